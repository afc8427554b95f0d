//! What people wrote: items, dates and the issue that holds them.

use issues::{Event, Precision, WebLink};

use super::{Kind, event};
use crate::Edition;
use crate::edition::{Correction, Dated, Funder, Happening, Item, Logo, Note, Photo, Section};

const LV: &str = "lv";

/// Title, place, text, byline, alt, caption, credit.
const NEWS: [[&str; 7]; 5] = [
    [
        "Sunākstes bibliotēkas logā trešdienās deg gaisma",
        "Sunākste, Aizkraukles novads",
        "No 2. decembra bibliotēka trešdienās būs atvērta līdz plkst. 20.00. Varēs izmantot datoru, samaksāt \
         rēķinus vai vienkārši pasēdēt siltumā. Tēja ir, čības katram jāņem savas.\n\n“Vakaros uz ceļa ir tumšs, bet \
         mūsu logu redz no pašas pieturas,” saka bibliotekāre Ilze Rītarasa.",
        "Ilze Rītarasa, Sunākstes bibliotēkas vadītāja",
        "Maza koka ēka sniegā krēslas stundā, visos logos dzeltena gaisma",
        "Bibliotēka ap pieciem vakarā",
        "Ilze Rītarasa",
    ],
    [
        "Ritē grāmatu var noklausīties pa tālruni",
        "Rite, Jēkabpils novads",
        "Septiņi brīvprātīgie darbdienās no plkst. 14.00 līdz 16.00 piezvana tiem, kam lasīt kļuvis grūti, un \
         pusstundu lasa priekšā. Pieteikt var sevi, mammu vai kaimiņu: https://rite.biblioteka.example/lasam?no=14&lidz=16.",
        "Rasma Ozolzare, Rites bibliotēkas vadītāja",
        "Trīs grāmatu plaukti pustumsā, labajā pusē tos apspīd galda lampa",
        "Grāmatas plauktā.",
        "Rites bibliotēka",
    ],
    [
        "Kaplavas ezermalā atkal ir piestātne",
        "Kaplava, Krāslavas novads",
        "Trīs sestdienas, divpadsmit cilvēki un viena aizdota vinča, un ielūzušās laipas vietā ir droša piestātne ar \
         margu un soliņu. Laivas gan jāgaida līdz pavasarim.",
        "Edvīns Laivarags, biedrība “Kaplavas laipa”",
        "Miglains ezers saullēktā: koka laipa, sarkana laiva un saliņa ar eglēm",
        "",
        "Edvīns Laivarags",
    ],
    [
        "Dvietes muižā lies vaska sveces",
        "Dviete, Augšdaugavas novads",
        "Sestdien, 12. decembrī, no plkst. 11.00 varēs izliet sveci no vietējo bitenieku vaska. Dalība 3 €, bērniem \
         bez maksas. Līdzi jāņem burciņa un siltas zeķes.",
        "Vilnis Egļukalns, Dvietes muižas kopiena",
        "Sešas degošas vaska sveces uz koka galda",
        "Pērn izlieto sveču pietika līdz Meteņiem",
        "",
    ],
    [
        "Mācības Ilgu muižā: pieteikties var līdz 15. decembrim",
        "Ilgas, Augšdaugavas novads",
        "No 5. līdz 7. martam Ilgu muižā tiksies Sēlijas kopienu un biedrību ļaudis. Runās par to, kā sarunāties ar \
         pašvaldību. Ēdināšana un naktsmājas bez maksas.",
        "kopienu sadarbības tīkls “Sēlijas salas”",
        "",
        "",
        "",
    ],
];

/// Start, end, title, place.
const DATES: [[&str; 4]; 6] = [
    ["2026-12-02T17:00", "2026-12-02T20:00", "Vakars bibliotēkā", "Sunākstes bibliotēka, Aizkraukles novads"],
    ["2026-12-05T10:00", "", "Ziemassvētku tirdziņš", "Gārsenes pils pagalms, Jēkabpils novads"],
    ["2026-12-06T15:00", "", "Egles iedegšana", "Laukums pie kultūras pils, Viesīte"],
    ["", "2026-12-15", "Jāpiesakās mācībām", "Ilgu muiža, Augšdaugavas novads"],
    ["2026-12-27", "2026-12-29", "Danči pie egles", "Saukas tautas nams, Jēkabpils novads"],
    ["2027-01-01", "2027-01-31", "Iedzīvotāju sapulce", "Zasas pagasts, Jēkabpils novads"],
];

/// What an editor marks.
const MARKS: &str = "\n\n**Līdzi** jāņem *labs prāts*, [kartē](https://karte.example/rite?a=1&b=2) un:\n- cimdi\n- **grābeklis**";

pub(crate) fn item(kind: Kind, index: usize) -> Item {
    let [title, place, text, byline, alt, caption, credit] = NEWS[index % NEWS.len()];
    let slug = crate::item_slug(title);
    let marked = index == 1 && kind != Kind::Empty;
    let has_photo = !alt.is_empty() && kind != Kind::Empty && index < NEWS.len();
    Item {
        lang: None,
        place: kind.option(place),
        title: kind.words(title),
        photos: if has_photo { vec![photo(kind, index, alt, caption, credit)] } else { Vec::new() },
        text: if marked { kind.perhaps(text) + MARKS } else { kind.perhaps(text) },
        marked,
        byline: kind.option(byline),
        slug: if index < NEWS.len() { slug } else { format!("{slug}-{}", index / NEWS.len() + 1) },
    }
}

fn photo(kind: Kind, index: usize, alt: &str, caption: &str, credit: &str) -> Photo {
    let [width, height] = [[1104, 690], [1104, 736], [640, 960], [400, 300]][index % 4];
    Photo {
        url: format!("https://zinas.salas.example/photo/{:064x}.jpg", index + 10),
        width,
        height,
        alt: kind.words(alt),
        caption: kind.words(caption),
        credit: kind.words(credit),
    }
}

pub(crate) fn dated(kind: Kind, index: usize) -> Dated {
    let [start, end, title, place] = DATES[index % DATES.len()];
    let mut event = event(start, end, title);
    if start == "2027-01-01" {
        event.precision = Precision::Month;
    }
    if index == 1 {
        detailed(kind, &mut event);
    }
    Dated {
        event,
        lang: Some(LV.to_owned()),
        title: kind.words(title),
        place: if index == 4 { String::new() } else { kind.words(place) },
    }
}

/// Where exactly, for how much, and where more is said.
pub(crate) fn detailed(kind: Kind, event: &mut Event) {
    event.place = Some(kind.words("Rites tautas nams"));
    event.price = Some(kind.words("3 €, bērniem bez maksas"));
    event.link = WebLink::parse("https://biletes.example/svetki?maksa=3&vieta=rite");
}

/// A line of the calendar with its links.
pub(crate) fn happening(kind: Kind, index: usize) -> Happening {
    let item = item(kind, index);
    let dated = dated(kind, index);
    Happening {
        file: (dated.event.precision == Precision::Exact).then_some(index + 1),
        dated,
        year: 2026,
        number: 12,
        slug: item.slug,
        corrected_on: (index == 2).then(|| super::day("2026-11-27")),
    }
}

pub(crate) fn correction(kind: Kind) -> Correction {
    Correction {
        on: Some(super::day("2026-11-27")),
        about: matches!(kind, Kind::Many | Kind::Hostile)
            .then(|| kind.words("Ziemassvētku tirdziņš Gārsenē")),
        lang: Some(LV.to_owned()),
        text: kind.words(
            "Novembra numurā rakstījām, ka tirdziņš sākas plkst. 9.00. Pareizi: plkst. 10.00. Atvainojamies.",
        ),
    }
}

pub(crate) fn funder(kind: Kind) -> Funder {
    Funder {
        logo: (kind != Kind::One).then(|| Logo {
            url: "https://zinas.salas.example/photo/f0.jpg".to_owned(),
            alt: kind.words("Sabiedrības integrācijas fonds"),
            width: 220,
            height: 72,
        }),
        lang: Some(LV.to_owned()),
        text: kind.words(
            "Projektu “Gaisma logā” īsteno biedrība “Kopienu sadarbības tīkls “Sēlijas salas”” ar Sabiedrības \
             integrācijas fonda finansiālu atbalstu no Latvijas valsts budžeta līdzekļiem.",
        ),
    }
}

pub(crate) fn edition(kind: Kind) -> Edition {
    let items: Vec<_> = (0..kind.count(NEWS.len())).map(|index| item(kind, index)).collect();
    let places = ["Sunākste", "Rite", "Kaplava", "Dviete", "Ilgas"];
    let mut sections = vec![Section { title: None, items }];
    if kind == Kind::Many {
        let second = sections[0].items.split_off(12);
        sections[0].title = Some("Ziņas".to_owned());
        sections.push(Section { title: Some("Darbi un iespējas".to_owned()), items: second });
        sections.push(Section { title: Some("Tukša nodaļa".to_owned()), items: Vec::new() });
    }
    Edition {
        year: 2026,
        month: 12,
        number: 12,
        running_number: 58,
        title: match kind {
            Kind::Normal => Some("Decembra ziņas: gaismas logs Sunākstē un piestātne Kaplavā".to_owned()),
            Kind::Hostile => Some(kind.words("Decembra ziņas")),
            Kind::Empty | Kind::One | Kind::Many => None,
        },
        places: places.iter().take(kind.count(5)).map(|place| kind.words(place)).collect(),
        islands: places.iter().take(kind.count(5)).map(|place| kind.words(place)).collect(),
        horizon: (kind != Kind::Empty).then(|| "0123456789abcdef".repeat(4)),
        note: (!matches!(kind, Kind::Empty | Kind::One)).then(|| Note {
            lang: Some(LV.to_owned()),
            text: kind.words(
                "Decembrī Sēlijā satumst ap četriem, tāpēc šis numurs ir par gaismu: par lampu bibliotēkas logā, par \
                 svecēm un par balsi tālrunī, kas lasa priekšā tiem, kam acis nogurušas.\n\nJanvāra numuram ziņas \
                 gaidām līdz 20. decembrim.",
            ),
            signed: kind.words("Anna Miglasēta, redaktore"),
        }),
        sections,
        corrections: (0..kind.count(1).min(2)).map(|_| correction(kind)).collect(),
        calendar: (0..kind.count(DATES.len())).map(|index| dated(kind, index)).collect(),
        funders: (0..kind.count(1).min(2)).map(|_| funder(kind)).collect(),
    }
}
