//! A person's own affairs, in Latvian.

use subscribers::Act;
use subscribers::Language::Latvian as LV;

use crate::text::Plural;
use crate::text::date::{at, capital, month_of, until};
use crate::text::words::person::*;

const ISSUES: Plural = Plural { zero: "numuru", one: "numuru", other: "numurus" };
const DAYS: Plural = Plural { zero: "dienām", one: "dienas", other: "dienām" };
const ITEMS: Plural =
    Plural { zero: "apstiprinātu ziņu", one: "apstiprināta ziņa", other: "apstiprinātas ziņas" };

pub(super) const PERSON: Person = Person {
    sending: Sending {
        title: "Kā sūtīt ziņas",
        lead: "Pietiek ar dažiem teikumiem un vienu bildi. Atsūtiet tos e-pastā; nekur nav jāreģistrējas.",
        button: "Rakstīt vēstuli",
        what_title: "Ko uzrakstīt",
        what: [
            "Kas noticis vai gaidāms.",
            "Kur: vieta un novads.",
            "Kad: diena un laiks, ja aicināt uz notikumu.",
            "Kas raksta: Jūsu vārds un uzvārds vai organizācija.",
        ],
        photo_title: "Fotogrāfija",
        photo: [
            "Pievienojiet to vēstulei un uzrakstiet, kas fotografējis. Bez autora vārda attēlu nedrīkstam publicēt.",
            "Vienā teikumā pastāstiet, kas attēlā redzams. To dzirdēs tie, kas attēlus neredz.",
            "Atrašanās vietas datus no fotogrāfijām izņemam.",
        ],
        when_title: "Kad atsūtīt",
        closes: |month, time, today| {
            format!("{} numuru sāksim veidot {}.", capital(month_of(LV, month)), at(LV, time, today))
        },
        sends: |time, today| format!("Lasītājiem tas aizies {}.", at(LV, time, today)),
        late: "Kas atnāks vēlāk, gaidīs nākamo numuru.",
        monthly: "Numurs iznāk reizi mēnesī; ziņas gaidām vienmēr.",
        next_title: "Kas notiks ar Jūsu vēstuli",
        next: [
            "Uzreiz saņemsiet atbildi, kā Jūs sapratām, un saiti uz savas ziņas lapu.",
            "Redakcija ziņu izlasīs, ja vajadzēs, saīsinās vai izlabos un divu darba dienu laikā atrakstīs.",
            "Savas ziņas lapā redzēsiet vārdus, kādi tie būs numurā. Kamēr numurs nav apstiprināts, ziņu tur varat atsaukt.",
            "Kad numurs būs izsūtīts, atsūtīsim saiti, ko rādīt citiem.",
        ],
        promise: "Jūsu e-pasta adresi nepublicējam un nevienam nedodam.",
    },
    contribution: Contribution {
        title: "Jūsu ziņa",
        pending: "Paldies, ziņu esam saņēmuši. Redakcija to izlasīs un atbildēs divu darba dienu laikā.",
        asked: "Mums ir viens jautājums. Ziņa gaida Jūsu atbildi.",
        approved: |month| format!("Paldies, ziņa ir apstiprināta! Tā būs {} numurā.", month_of(LV, month)),
        planned: |month| format!("Paldies, ziņa ir ielikta {} numurā!", month_of(LV, month)),
        closed: |month| {
            format!(
                "{} numurs ar Jūsu ziņu ir gatavs un drīz aizies lasītājiem. Šeit ziņu vairs nevar atsaukt.",
                capital(month_of(LV, month))
            )
        },
        published: |month| format!("Ziņa ir publicēta {} numurā. Paldies, ka dalāties!", month_of(LV, month)),
        rejected: "Paldies, ka atsūtījāt. Šoreiz ziņu nepublicēsim.",
        postponed: |month| {
            format!(
                "Ziņa nav pazudusi: to izskatīsim {} numuram. Jums nekas nav jādara.",
                month_of(LV, month)
            )
        },
        merged: "Par to pašu rakstīja arī citi, un ziņas apvienojām vienā.",
        withdrawn: "Ziņa ir atsaukta, un to nepublicēsim.",
        question: "Jautājums",
        answer: "Atbildēt uz jautājumu",
        reason: "Iemesls",
        will_read: "Tā ziņa būs numurā",
        reads: "Tā ziņa ir numurā",
        no_text: "Teksta vēl nav.",
        sent: "Tā Jūs to atsūtījāt",
        nothing_sent: "Jūsu vēstules teksta vairs nav.",
        unchanged: "Tekstā neko nemainījām.",
        dates: "Kad un kur",
        see: "Skatīt publicēto ziņu",
        wrong_title: "Vai kas nav pareizi?",
        wrong: "Atbildiet uz mūsu vēstuli vai rakstiet, un izlabosim.",
        write: "Rakstīt redakcijai",
        correction: "Publicētu ziņu vairs nevar atsaukt. Ja tajā ir kļūda, uzrakstiet, un labojumu ar datumu pievienosim \
                     ziņas lapai.",
        write_correction: "Rakstīt labojumu",
        withdraw_title: "Pārdomājāt?",
        withdraw: "Varat ziņu atsaukt. Redakcija to redzēs, un ziņa numurā nebūs.",
        withdraw_button: "Atsaukt ziņu",
        said_withdrawn: "Ziņa ir atsaukta. Ja tā bija kļūda, atbildiet uz mūsu vēstuli, un redakcija to atjaunos.",
        overtaken: "Kamēr lasījāt, ziņa tika mainīta, un tā nav atsaukta. Tagad redzat, kāda tā ir.",
        again: "Ja joprojām vēlaties to atsaukt, nospiediet vēlreiz.",
        link: "Skatīt, kas notiek ar manu ziņu",
    },
    preferences: PreferencesWords {
        title: "Mani iestatījumi",
        link: "Mani iestatījumi",
        address: |masked| format!("Adrese: {masked}"),
        language: "Valoda, kurā ar Jums runājam",
        municipality: "Jūsu novads (nav obligāti)",
        municipality_hint: "Visi saņem vienu un to pašu numuru. Redakcijai tas palīdz zināt, kur ir lasītāji.",
        municipality_too_long: "Nosaukumā var būt ne vairāk kā 60 rakstzīmes.",
        plain_text: "Tikai teksts",
        plain_text_hint: "Bez attēliem un noformējuma: vecākam tālrunim, ekrāna lasītājam, lēnam tīklam.",
        pause: "Pauze",
        no_pause: "Sūtīt katru numuru",
        skip: |n| match n {
            1 => "Izlaist nākamo numuru".to_owned(),
            n => format!("Izlaist nākamos {}", ISSUES.count(LV, n)),
        },
        until: "Nesūtīt līdz kādai dienai",
        day: "Diena, no kuras atkal sūtīt",
        day_hint: "Vajadzīga tikai tad, ja izvēlējāties pauzi līdz dienai.",
        day_missing: "Izvēlieties dienu, no kuras numurus atkal sūtīt.",
        day_past: "Šī diena jau ir klāt. Izvēlieties vēlāku.",
        day_too_far: "Pauze var būt līdz gadam. Izvēlieties tuvāku dienu.",
        paused_until: |day, today| {
            format!("Pauze ir {}. Tad numurus atkal saņemsiet.", until(LV, day, today))
        },
        paused_issues: |n| match n {
            1 => "Nākamo numuru izlaidīsim, pēc tam atkal sūtīsim.".to_owned(),
            n => format!("Nākamos {} izlaidīsim, pēc tam atkal sūtīsim.", ISSUES.count(LV, n)),
        },
        save: "Saglabāt",
        not_saved: "Vēl nekas nav saglabāts. Lūdzu, pārbaudiet iezīmēto.",
        said_saved: "Saglabāts.",
        gone: "Numurus uz šo adresi vairs nesūtām. Ja vēlaties tos atkal saņemt, piesakieties.",
    },
    address: NewAddress {
        section: "Cita e-pasta adrese",
        how: "Nosūtīsim vēstuli uz jauno adresi. Kamēr tajā neapstiprināsiet, viss paliks, kā ir.",
        field: "Jaunā adrese",
        button: "Nosūtīt vēstuli",
        said_asked: "Ja uz jauno adresi drīkstam rakstīt, pēc brīža tur būs vēstule. Atveriet to un apstipriniet. Ja \
                     vēstules nav, ieskatieties mēstuļu mapē vai uzrakstiet mums.",
        waiting: |masked| format!("Gaidām, vai apstiprināsiet jauno adresi: {masked}"),
        keep: "Adresi nemainīt",
        said_kept: "Adrese paliek, kāda bija.",
        wish: |masked| format!("Lūdzu numurus sūtīt uz adresi {masked}."),
        agree: |name| format!("Vēlos “{}” numurus saņemt šajā adresē.", name.genitive),
        title: "Apstiprināt jauno adresi",
        confirm: "Apstiprināt",
        not_me: "Ja to nelūdzāt, aizveriet šo lapu. Nekas nenotiks.",
        done_title: "Adrese ir nomainīta",
        done: "Turpmāk numurus saņemsiet šeit. Uz līdzšinējo adresi aizsūtījām vienu vēstuli, lai Jūs to zinātu.",
        mail_subject: "Lūdzu, apstipriniet jauno adresi",
        mail_preview: "Vēl viens solis: apstipriniet, un numuri nāks uz šo adresi.",
        mail_asked: |when, name| {
            format!(
                "{} kāds\u{a0}– cerams, Jūs\u{a0}– lūdza “{}” numurus turpmāk sūtīt uz šo adresi.",
                capital(when),
                name.genitive
            )
        },
        mail_ignore: "Ja to nelūdzāt, šo vēstuli varat neņemt vērā. Nekas nemainīsies.",
        moved_subject: "Jūsu adrese ir nomainīta",
        moved_preview: "Turpmāk numurus sūtīsim uz Jūsu jauno adresi, nevis uz šo.",
        moved: |name, masked| {
            format!("Pēc Jūsu lūguma “{}” numurus turpmāk sūtīsim uz adresi {masked}.", name.genitive)
        },
        moved_not_me: "Ja to nelūdzāt, atbildiet uz šo vēstuli, un izlabosim.",
    },
    data: Data {
        title: "Mani dati",
        lead: "Tas ir viss, ko par Jums glabājam.",
        download: "Lejupielādēt kā JSON failu",
        subscription: "Numura saņemšana",
        address: "Adrese",
        state: "Stāvoklis",
        states: |state| match state {
            "pending" => "gaida apstiprinājumu",
            "confirmed" => "saņemat numurus",
            "unsubscribed" => "numurus vairs nesaņemat",
            "suppressed" => "uz šo adresi nesūtām",
            _ => "nav zināms",
        },
        language: "Valoda",
        municipality: "Novads",
        plain_text: "Tikai teksts",
        pause: "Pauze",
        yes: "jā",
        no: "nē",
        confirmed: "Apstiprināts",
        changed: "Pēdējās izmaiņas",
        new_address: "Jaunā adrese, vēl neapstiprināta",
        consent: "Jūsu piekrišana",
        acts: |act| match act {
            Act::Requested => "lūgts",
            Act::Confirmed => "apstiprināts",
            Act::Imported => "pievienots no saraksta",
            Act::Left => "atteikums",
            Act::Suppressed => "uz adresi vairs nesūtām",
            Act::Lifted => "uz adresi atkal drīkst sūtīt",
            Act::Moved => "nomainīta adrese",
        },
        contributor: "Ziņu sūtīšana",
        name: "Vārds",
        reminders: "Atgādinājumi",
        items: "Jūsu ziņas",
        letters: "Jūsu vēstules redakcijai",
        received: "No Jums saņemtie e-pasti",
        sent: "Mūsu vēstules Jums",
        issue: "numurs",
        mail: "vēstule",
        no_subject: "bez temata",
        back: "Atpakaļ uz iestatījumiem",
    },
    erase: Erase {
        title: "Izdzēst manus datus",
        lead: "Izdzēsto atjaunot nevarēs.",
        goes_title: "Izdzēsīsim",
        goes: [
            "adresi, iestatījumus un piekrišanas vēsturi,",
            "Jūsu vēstules un ziņas, kas vēl nav apstiprinātas,",
            "mūsu vēstules Jums.",
        ],
        stays_title: "Paliks",
        stays: [
            "apstiprinātās un publicētās ziņas ar Jūsu vārdu: tās ir izdevuma hronika,",
            "adreses kontrolsumma, no kuras adresi nevar nolasīt: lai Jums nekad vairs nerakstītu un, ja redakcija tā nolēmusi, neņemtu pretī Jūsu vēstules.",
        ],
        sure: "Jā, izdzēsiet manus datus.",
        is_editor: "Uz šo adresi nāk redakcijas vēstules. Vispirms lūdziet, lai cita redaktore Jūs atbrīvo no pienākumiem.",
        not_sure: "Lai izdzēstu, atzīmējiet šo rūtiņu.",
        button: "Izdzēst",
        rather: "Ja tikai nevēlaties saņemt numurus, pietiek ar pauzi vai atteikšanos. Atpakaļ uz iestatījumiem",
        done_title: "Jūsu dati ir izdzēsti",
        done: "Paldies, ka bijāt kopā ar mums. Vairs Jums nerakstīsim.",
        kept: |n| format!("Izdevumā paliek {}.", ITEMS.count(LV, n)),
    },
    privacy: Privacy {
        link: "Jūsu dati",
        title: "Ko zinām par Jums",
        lead: |name| {
            format!(
                "“{}” zina tik, cik vajag, lai atsūtītu numuru un atbildētu uz vēstulēm.",
                name.nominative
            )
        },
        who_title: "Kas atbild",
        who: "Par datiem atbild izdevējs:",
        nothing_title: "Neizsekojam",
        nothing: [
            "Neskaitām, ko atverat un uz kā klikšķināt: vēstulēs nav neredzamu attēlu, saites ved tieši.",
            "Lapās nav sīkdatņu, skriptu un svešu pakalpojumu.",
            "Adresi neizmantojam nekam citam un nevienam nedodam.",
        ],
        what_title: "Ko glabājam",
        readers: "Lasītājiem: e-pasta adresi, valodu un citas izvēles, piekrišanas vārdus ar datumu, kā arī to, kuri \
                  numuri nosūtīti.",
        contributors: "Ziņu sūtītājiem: atsūtītās vēstules, vārdu un adresi, ziņas un to labojumus, fotogrāfijas bez \
                       atrašanās vietas datiem.",
        letters: "Tiem, kas rakstījuši redakcijai: vēstuli un mūsu atbildi.",
        why_title: "Kāpēc",
        why: "Numurus sūtām, jo to lūdzāt un apstiprinājāt; piekrišanu varat jebkurā brīdī atsaukt. Atsūtītās ziņas \
              publicējam, jo tāpēc tās atsūtījāt.",
        how_long_title: "Cik ilgi",
        how_long_readers: "Lasītāju datus glabājam, kamēr saņemat numurus; pēc atteikšanās paliek ieraksts par to. Pēc Jūsu \
                           lūguma izdzēsīsim arī to.",
        how_long_wishes: |days| {
            format!("Pieteikumus, ko neviens neapstiprina, aizmirstam pēc {}.", DAYS.count(LV, days))
        },
        how_long_networks: |days| {
            format!(
                "No kura tīkla nāca pieprasījumi, pret ļaunprātību skaitām un aizmirstam pēc {}.",
                DAYS.count(LV, days)
            )
        },
        how_long_news: "Publicētās ziņas paliek arhīvā. Saņemtās vēstules glabājam, līdz lūdzat tās dzēst.",
        others_title: "Kas vēl redz",
        others: "Vēstules izsūta mūsu pasta pakalpojuma sniedzējs. Nevienam citam datus nedodam.",
        rights_title: "Jūsu tiesības",
        rights: "Katra numura beigās ir saite “Mani iestatījumi”. No turienes uz Jūsu adresi atsūtīsim saiti, ar kuru 24 \
                 stundas varat savus datus apskatīt, lejupielādēt, mainīt adresi un visu izdzēst. Varat arī uzrakstīt mums:",
        complain: "Ja domājat, ka rīkojamies nepareizi, varat sūdzēties datu aizsardzības iestādē, Latvijā tā ir Datu \
                   valsts inspekcija.",
    },
};
