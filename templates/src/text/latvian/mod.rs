//! Latvian. Polite Jūs with a capital, short verbs, no blame, “ ” for quotations.

mod corrections;
mod decided;
mod desk_error;
mod drafts;
mod edition_page;
mod event;
mod item_page;
mod marks;
mod moments;
mod notices;
mod own;
mod people;
mod person;
mod postbox;
mod print;
mod public;
mod queue;
mod room;
mod source;

use issues::reading::WarningCode;
use subscribers::Language::Latvian as LV;

use super::date::{at, capital, month_of, on_day, since, until};
use super::number::counted;
use super::*;
use crate::finding::Finding;

const ITEMS: Plural = Plural { zero: "ziņu", one: "ziņa", other: "ziņas" };
const DATES: Plural = Plural { zero: "datumu", one: "datums", other: "datumi" };
const PHOTOS: Plural = Plural { zero: "fotogrāfiju", one: "fotogrāfija", other: "fotogrāfijas" };
const WARNINGS: Plural = Plural { zero: "norāžu", one: "norāde", other: "norādes" };

const SHE: [&str; 11] =
    ["", "viena", "divas", "trīs", "četras", "piecas", "sešas", "septiņas", "astoņas", "deviņas", "desmit"];
const HE: [&str; 11] =
    ["", "viens", "divi", "trīs", "četri", "pieci", "seši", "septiņi", "astoņi", "deviņi", "desmit"];
/// “ar … minūtēm”: one in the accusative, more in the dative.
const WITH: [&str; 11] =
    ["", "vienu", "divām", "trim", "četrām", "piecām", "sešām", "septiņām", "astoņām", "deviņām", "desmit"];
const MINUTES: Plural = Plural { zero: "minūtēm", one: "minūti", other: "minūtēm" };

pub(super) static TEXT: Text = Text {
    shared: Shared {
        and: " un ",
        hello: "Labdien!",
        regards: "Ar cieņu",
        by_computer: "Šo vēstuli nosūtīja dators, bet Jūsu atbildi lasīs cilvēks.",
        issue_role: "e-pasta izdevums",
        letter_role: "e-pasta vēstule",
        photo_credit: |author| format!("Foto: {author}"),
        picture: |words| format!("[Attēls: {words}]"),
        prepared_by: |who| format!("Informāciju sagatavoja: {who}"),
        number: |number, running| format!("Nr.\u{a0}{number} ({running})"),
        month_issue: |month| format!("{} numurs", month_of(LV, month)),
        items: ITEMS,
        dates: DATES,
        photos: PHOTOS,
        warnings: WARNINGS,
    },
    states: States {
        pending: "Gaida izskatīšanu",
        asked: "Gaidām iesūtītāja atbildi",
        approved: "Apstiprināta",
        planned: "Ielikta numurā",
        published: "Publicēta",
        rejected: "Noraidīta",
        postponed: "Atlikta",
        merged: "Apvienota ar citu",
        withdrawn: "Atsaukta",
    },
    bulletin: Bulletin {
        subject: |month, titles| {
            let month = capital(month_of(LV, month));
            if titles.is_empty() {
                format!("{month} ziņas un kalendārs")
            } else {
                format!("{month} ziņas: {}", join(titles, " un "))
            }
        },
        preview: |items, dates, time| {
            let items = (items > 0).then(|| counted(LV, items, &SHE, ITEMS));
            let dates = (dates > 0).then(|| counted(LV, dates, &HE, DATES));
            let counts: Vec<_> = items.into_iter().chain(dates).collect();
            let minutes = counted(LV, time.minutes(), &WITH, MINUTES);
            let counts = if counts.is_empty() { "Īss numurs".to_owned() } else { join(&counts, " un ") };
            format!("{}. Lasīšanai pietiks ar {minutes}.", capital(&counts))
        },
        in_browser: "Lasīt pārlūkā",
        places: |places| format!("Šajā numurā raksta {}.", join(places, " un ")),
        one_minute: "Ja ir tikai viena minūte",
        contents: "Šajā numurā",
        item_page: |title| format!("Ziņa pārlūkā: {title}"),
        calendar: |month| format!("{} kalendārs", capital(month_of(LV, month))),
        correction: "Labojums.",
        send_news_question: "Vai zināt ko tādu, kā te trūkst?",
        send_news_call: "Atsūtiet divus teikumus un bildi",
        why_before: "Šo vēstuli saņemat, jo ",
        why_after: |name| format!(" “{}”.", name.dative),
        leave: "Atteikties no jaunumiem",
        empty: "Šoreiz ziņu nav.",
    },
    thanks: Thanks {
        news_title: "Paldies, Jūsu ziņa ir saņemta",
        news_preview: "Redakcija to izskatīs un atbildēs divu darba dienu laikā.",
        received: |title, photos, documents| {
            let mut parts = vec![match title {
                Some(title) => format!("Jūsu ziņu “{title}”"),
                None => "Jūsu ziņu".to_owned(),
            }];
            let plural = Plural { zero: "fotogrāfiju", one: "fotogrāfiju", other: "fotogrāfijas" };
            match photos {
                0 => {}
                1 => parts.push("vienu fotogrāfiju".to_owned()),
                n => parts.push(plural.count(LV, n)),
            }
            let plural = Plural { zero: "dokumentu", one: "dokumentu", other: "dokumentus" };
            match documents {
                0 => {}
                1 => parts.push("vienu dokumentu".to_owned()),
                n => parts.push(plural.count(LV, n)),
            }
            format!("Saņēmām {}.", join(&parts, " un "))
        },
        addition_title: "Paldies, Jūsu ziņa ir papildināta",
        addition_preview: "Pievienojām papildinājumu Jūsu ziņai. Redakcija to izlasīs.",
        correction_title: "Paldies, ka pamanījāt",
        correction_preview: "Labojums ir saņemts. Redakcija to izskatīs divu darba dienu laikā.",
        received_addition: |title| match title {
            Some(title) => format!("Jūsu vēstuli pievienojām ziņai “{title}”."),
            None => "Jūsu vēstuli pievienojām iepriekš atsūtītajai ziņai.".to_owned(),
        },
        reader: |editor| format!("To lasīs {editor}."),
        one_question: "Viens jautājums",
        ask_words: "Lūdzu, uzrakstiet dažos vārdos: kas, kur un cikos. Tad to varēs izlasīt arī tie, kas attēlus \
                    neredz. Pietiks, ja atbildēsiet uz šo vēstuli.",
        ask_when: "Lūdzu, precizējiet norises dienu un laiku. Pietiks, ja atbildēsiet uz šo vēstuli.",
        ask_credit: "Lūdzu, uzrakstiet, kas fotografējis. Bez autora vārda attēlu nedrīkstam publicēt. Pietiks, ja \
                     atbildēsiet uz šo vēstuli ar vārdu un uzvārdu.",
        understood: "Tā mēs Jūs sapratām",
        if_wrong: "Ja kas nav pareizi, atbildiet, un izlabosim.",
        gps_removed: "Atrašanās vietas datus no fotogrāfijām izņēmām.",
        add_by_reply: "Ja vēlaties ko papildināt, vienkārši atbildiet uz šo vēstuli.",
        private_title: "Paldies, Jūsu vēstule ir saņemta",
        private_preview: "To lasīs tikai redakcija. Bez Jūsu ziņas neko no tās nepublicēsim.",
        private_text: "Vēstuli izlasīs cilvēks un, ja vajadzēs, Jums atbildēs.",
    },
    decided: decided::DECIDED,
    decision: Decision {
        approved_title: |month| format!("Jūsu ziņa būs {} numurā", month_of(LV, month)),
        approved_preview: "Paldies, ka dalāties! Kad numurs būs izsūtīts, atrakstīsim.",
        approved: |title, year, month| {
            format!("Ziņu “{title}” ieliksim {year}.\u{a0}gada {} numurā.", month_of(LV, month))
        },
        if_changed: "Ja līdz tam kas mainās, atbildiet uz šo vēstuli, un izlabosim.",
        rejected_title: |title| format!("Par Jūsu ziņu “{title}”"),
        rejected_preview: "Šoreiz Jūsu ziņu nepublicēsim. Tālāk rakstām, kāpēc.",
        rejected: |title| format!("Paldies, ka atsūtījāt ziņu “{title}”. Šoreiz to nepublicēsim."),
        reason: "Iemesls",
        if_clarify: "Ja vēlaties ko precizēt vai papildināt, atbildiet uz šo vēstuli.",
        postponed_title: |month| format!("Jūsu ziņa pārcelta uz {} numuru", month_of(LV, month)),
        postponed_preview: "Ziņa nav pazudusi: to izskatīsim nākamajam numuram.",
        postponed: |title, year, month| {
            format!("Ziņu “{title}” izskatīsim {year}.\u{a0}gada {} numuram.", month_of(LV, month))
        },
        nothing_to_do: "Jums nekas nav jādara. Ja līdz tam kas mainās, atbildiet uz šo vēstuli.",
        published_title: "Jūsu ziņa ir publicēta",
        published_preview: |month| {
            format!("{} numurs ir izsūtīts lasītājiem. Paldies, ka dalāties!", capital(month_of(LV, month)))
        },
        published: |title, year, month| {
            format!(
                "Ziņa “{title}” ir {year}.\u{a0}gada {} numurā. Saiti uz to varat sūtīt arī citiem.",
                month_of(LV, month)
            )
        },
        published_link: "Skatīt ziņu pārlūkā",
        question_title: |title| format!("Jautājums par Jūsu ziņu “{title}”"),
        question_preview: "Pietiks, ja atbildēsiet uz šo vēstuli. Ziņa gaida Jūsu atbildi.",
        question: "Jautājums",
        question_reply: "Lūdzu, atbildiet uz šo vēstuli.",
        untitled: "bez virsraksta",
    },
    subscribe: Subscribe {
        consent: |name| {
            format!(
                "Piekrītu reizi mēnesī e-pastā saņemt “{}” numuru. Atteikties varu jebkurā brīdī.",
                name.genitive
            )
        },
        title: |name| format!("Pieteikties “{}”", name.dative),
        lead: "Reizi mēnesī e-pastā: kas pie mums noticis un kas gaidāms. Bez maksas.",
        address: "Jūsu e-pasta adrese",
        bad_address: "Pārbaudiet, lūdzu, adresi: tajā jābūt zīmei @ un punktam.",
        nobodys_address: "Šo adresi neviens nelasa: tā pieder programmai. Norādiet, lūdzu, savu.",
        button: "Pieteikties",
        one_letter: "Nosūtīsim Jums vienu vēstuli. Apstipriniet to, un nākamais numurs atnāks e-pastā.",
        promise: "Adresi neizmantosim nekam citam un nevienam nedosim. Neskaitām, ko atverat.",
        leave_blank: "Atstājiet tukšu",
        latest: |month| format!("Vispirms apskatīt {} numuru", month_of(LV, month)),
        sent_title: "Vēl viens solis",
        sent: "Ja adrese ir pareiza, pēc brīža saņemsiet vēstuli. Atveriet to un apstipriniet pieteikšanos.",
        sent_hint: "Ja vēstules nav, ieskatieties mēstuļu mapē.",
        mail_subject: |name| format!("Lūdzu, apstipriniet pieteikšanos “{}”", name.dative),
        mail_preview: "Vēl viens solis: apstipriniet, un nākamais numurs atnāks e-pastā.",
        mail_asked: |when, name| {
            format!("{} kāds\u{a0}– cerams, Jūs\u{a0}– šo adresi pieteica “{}”.", capital(when), name.dative)
        },
        mail_origin: |origin| format!("Pieteikums nāca no tīkla {origin}."),
        mail_agree: "Apstiprinot Jūs sakāt:",
        mail_button: "Apstiprināt pieteikšanos",
        mail_valid: |day, today| format!("Saite derīga {}.", until(LV, day, today)),
        mail_ignore: "Ja nepieteicāties, šo vēstuli varat neņemt vērā. Mēs Jums vairs nerakstīsim.",
        confirm_title: |name| format!("Apstiprināt pieteikšanos “{}”", name.dative),
        confirm_address: |masked| format!("Adrese: {masked}"),
        confirm_button: "Apstiprināt",
        confirm_not_me: "Ja nepieteicāties, aizveriet šo lapu. Nekas nenotiks.",
        done_title: "Paldies, pieteikšanās ir apstiprināta",
        done_next: |day, today| format!("Nākamo numuru saņemsiet {}.", on_day(LV, day, today)),
        done_soon: "Nākamo numuru saņemsiet e-pastā.",
        already_title: "Šī adrese jau ir apstiprināta",
    },
    leave: Leave {
        mail_subject: |name| format!("Atteikšanās no izdevuma “{}”", name.nominative),
        mail_preview: "Vēl viens solis: apstipriniet, un vairs Jums nerakstīsim.",
        mail_text: |name| {
            format!(
                "Saņēmām vēstuli, ka vairs nevēlaties izdevumu “{}”. Lai neviens nevarētu atteikties Jūsu vietā, \
                 lūdzam apstiprināt.",
                name.nominative
            )
        },
        mail_not_me: "Ja to nelūdzāt, nekas nav jādara: viss paliks, kā ir.",
        title: |name| format!("Atteikties no izdevuma “{}”", name.nominative),
        address: |masked| format!("Adrese: {masked}"),
        button: "Atteikties no jaunumiem",
        stay: "Ja vēlaties palikt, aizveriet šo lapu. Nekas nemainīsies.",
        done_title: "Vairs Jums nerakstīsim",
        done: "Paldies, ka lasījāt!",
        undo: "Atteicos nejauši – vēlos saņemt arī turpmāk",
        undone_title: "Paliekat mūsu lasītājos",
        undone: "Nākamo numuru saņemsiet e-pastā, kā līdz šim.",
        reminder_title: "Vairs neatgādināt par ziņu iesūtīšanu",
        reminder_text: |name| {
            format!(
                "“{}” redakcija vairs nesūtīs Jums ikmēneša atgādinājumu. Ziņas varēsiet sūtīt tāpat.",
                name.genitive
            )
        },
        reminder_button: "Vairs neatgādināt",
        reminder_done_title: "Vairs neatgādināsim",
        reminder_done: "Ziņas un bildes joprojām gaidīsim.",
    },
    reminder: Reminder {
        subject: |day, today, month| {
            let day = until(LV, day, today);
            format!("{}, gaidām Jūsu ziņas {} numuram", capital(&day), month_of(LV, month))
        },
        preview: "Pietiek ar dažiem teikumiem un vienu bildi.",
        text: |name, month| format!("Drīz veidosim “{}” {} numuru.", name.genitive, month_of(LV, month)),
        how: "Ja Jūsu pusē gaidāms vai noticis kas labs, atbildiet uz šo vēstuli: kas, kur un kad, dažos teikumos, \
              un viena fotogrāfija ar autora vārdu.",
        nothing: "Ja šomēnes nekā nav, viss kārtībā: atbildēt nevajag.",
        why: "Šo atgādinājumu saņemat, jo esam no Jums saņēmuši ziņas.",
        leave: "Vairs neatgādināt",
    },
    editor: Editor {
        notice_subject: |title| format!("Jauna ziņa: {title}"),
        notice_preview: |from, photos, warnings| {
            let mut parts = vec![format!("Sūtītājs: {from}")];
            if photos > 0 {
                parts.push(PHOTOS.count(LV, photos));
            }
            if warnings > 0 {
                parts.push(format!("{} pārbaudei", WARNINGS.count(LV, warnings)));
            }
            format!("Gaida Jūsu lēmumu. {}.", parts.join(", "))
        },
        from: "Sūtītājs",
        received: "Saņemta",
        unknown: "nezināms",
        unverified: "Nevar pārbaudīt, vai sūtītājs ir īstais. Pirms publicējat, piezvaniet.",
        check: "Kas jāpārbauda",
        warning,
        when_and_where: "Kad un kur: ieteikums no vēstules",
        when: "Norises laiks",
        place: "Vieta",
        no_date: "Norises laiku vēstulē neatradām.",
        text: "Teksts",
        empty_text: "Vēstulē teksta nav.",
        byline: "Informāciju sagatavoja",
        photos: "Fotogrāfijas",
        photo_size: |width, height| format!("{width} × {height} pikseļi"),
        caption: |words| format!("paraksts: {words}"),
        no_credit: "autors nav norādīts",
        documents: "Dokumenti",
        decide: "Izskatīt un izlemt",
        link_is_yours: "Saite domāta tikai Jums. Lūdzu, nepārsūtiet to.",
        held_subject: |month| format!("{} numurs aizturēts", capital(month_of(LV, month))),
        held_preview: "Lasītājiem nekas nav izsūtīts. Tālāk rakstām, kā trūkst.",
        held: |year, month| {
            format!("{year}.\u{a0}gada {} numuru neizsūtām, kamēr kaut kā trūkst.", month_of(LV, month))
        },
        missing: "Kā trūkst",
        held_next: "Kad trūkstošais būs pievienots, numuru sagatavosim no jauna.",
        draft_subject: |month, items, dates| {
            format!(
                "{} numurs ir sagatavots: {}, {}",
                capital(month_of(LV, month)),
                ITEMS.count(LV, items),
                DATES.count(LV, dates)
            )
        },
        draft_preview: |findings| match findings {
            0 => "Viss ir kārtībā. Numurs gaida Jūsu apstiprinājumu.".to_owned(),
            n => format!("{} pārbaudei. Numurs gaida Jūsu apstiprinājumu.", capital(&WARNINGS.count(LV, n))),
        },
        draft: |year, month, number, running| {
            format!(
                "{year}.\u{a0}gada {} numurs, Nr.\u{a0}{number} ({running}), ir sagatavots.",
                month_of(LV, month)
            )
        },
        draft_items: "Ziņas numurā",
        draft_dates: |dates| format!("Kalendārā: {}.", DATES.count(LV, dates)),
        findings: "Kas jāpārbauda",
        no_findings: "Nekā, ko labot, neatradām.",
        sends_at: |time, today| format!("Apstiprināts numurs aizies {}.", at(LV, time, today)),
        not_without_you: "Bez Jūsu apstiprinājuma nekas netiks izsūtīts.",
        more_news_subject: |n| format!("No viena sūtītāja: vēl {}", ITEMS.count(LV, n)),
        more_news_preview: "Viss ir rindā; par katru atsevišķi neziņojām.",
        more_news: |n| {
            format!(
                "No viena sūtītāja īsā laikā atnāca tik daudz, ka par katru ziņu atsevišķi neziņojām. Rindā ielikts vēl: {}.",
                ITEMS.count(LV, n)
            )
        },
        more_news_command: "Apskatīt, kas gaida",
        large_subject: "Pastkastē palika vēstule, kas ir par lielu",
        large_preview: "Vēstule nav pazudusi, bet tās saturu neizlasījām.",
        large: |size, limit| {
            format!("Vēstule ir {size} liela, bet pieņemam līdz {limit}. Tā ir pastkastē, neskarta.")
        },
        large_next: "Palūdziet sūtītājam atsūtīt mazākus attēlus vai apskatiet vēstuli pastkastē.",
        subject: "Temats",
        no_subject: "bez temata",
        answer_preview: |name| format!("“{name}” redakcijas atbilde uz Jūsu vēstuli."),
        your_letter: "Jūs rakstījāt",
    },
    desk: Desk {
        title: "Izlemt par ziņu",
        headline: "Virsraksts",
        text: "Teksts",
        dates: "Norises laiks",
        proposal: "ieteikums",
        in_text: |words| format!("Tekstā: “{words}”."),
        place: "Norises vieta",
        photo: |n, of| {
            if of == 1 { "Fotogrāfija".to_owned() } else { format!("{n}. fotogrāfija no {of}") }
        },
        gps_removed: "Atrašanās vieta (GPS) izņemta.",
        alt: "Attēla apraksts neredzīgajiem",
        alt_hint: "Kā stāstītu pa tālruni, viens teikums.",
        alt_missing: "Uzrakstiet, kas attēlā redzams. Bez apraksta ziņu nevar apstiprināt.",
        caption: "Paraksts zem attēla",
        credit: "Foto autors",
        credit_missing: "Nav zināms. Varat pajautāt iesūtītājam.",
        letter: "Saņemtā vēstule",
        question: "Jautājums iesūtītājam",
        question_hint: "Vajadzīgs tikai tad, ja spiežat “Pajautāt”. Nosūtīsim pa e-pastu.",
        question_missing: "Uzrakstiet, ko pajautāt.",
        nobody_to_ask: "Nav, kam pajautāt: nezinām iesūtītāja adresi, vai uz to nedrīkst rakstīt.",
        reason: "Noraidīšanas iemesls",
        reason_hint: "Vajadzīgs tikai tad, ja spiežat “Noraidīt”. Nosūtīsim to iesūtītājam.",
        reason_missing: "Uzrakstiet iemeslu. To nosūtīsim iesūtītājam.",
        title_missing: "Uzrakstiet virsrakstu.",
        text_missing: "Uzrakstiet tekstu.",
        title_too_long: "Virsrakstā var būt ne vairāk kā 140 rakstzīmes.",
        text_too_long: "Tekstā var būt ne vairāk kā 20 000 rakstzīmju.",
        words_too_long: "Šeit var ierakstīt ne vairāk kā 2000 rakstzīmju.",
        approve: "Apstiprināt",
        ask: "Pajautāt",
        postpone: "Atlikt",
        reject: "Noraidīt",
        decision: "Lēmums",
        says_alt: |n| match n {
            1 => "Vēl trūkst attēla apraksta.".to_owned(),
            n => format!("Attēli, kam vēl trūkst apraksta: {n}."),
        },
        says_ready: "Līdz ar ziņu apstiprināsiet arī ieteikumus.",
        says_sender: "Apstiprinot Jūs apliecināt, ka sūtītājs ir pārbaudīts.",
        state: "Stāvoklis",
        not_saved: "Lēmums vēl nav saglabāts. Lūdzu, pārbaudiet iezīmēto.",
        said_approved: |title| format!("Ziņa “{title}” ir apstiprināta."),
        said_asked: |title| format!("Jautājums par ziņu “{title}” nosūtīts."),
        said_postponed: |title| format!("Ziņa “{title}” atlikta uz nākamo numuru."),
        said_rejected: |title| format!("Ziņa “{title}” noraidīta. Iemeslu nosūtīsim iesūtītājam."),
        said_changed: |title| format!("Ziņa “{title}” saglabāta."),
        said_quietly: |title, state| {
            format!(
                "Ziņa “{title}”: {}. Iesūtītājam neko nesūtīsim: viņa adresi nezinām vai uz to nedrīkst rakstīt.",
                state.to_lowercase()
            )
        },
        already_approved: |who, when| format!("Šo ziņu jau apstiprināja: {who}, {when}."),
        already_asked: |who, when| format!("Par šo ziņu jau pajautāja: {who}, {when}."),
        already_postponed: |who, when| format!("Šo ziņu jau atlika: {who}, {when}."),
        already_rejected: |who, when| format!("Šo ziņu jau noraidīja: {who}, {when}."),
        already_changed: |who, when| format!("Šo ziņu pa to laiku mainīja: {who}, {when}."),
        already_title: "Par ziņu jau ir izlemts",
        nothing_changed: "Jūsu lēmums nav saglabāts.",
        typed_kept: "Jūsu rakstītais ir zemāk. Jauns lēmums attieksies uz ziņu, kāda tā ir tagad.",
        look_again: "Apskatīt ziņu vēlreiz",
    },
    postbox: postbox::POSTBOX,
    room: room::ROOM,
    queue: queue::QUEUE,
    moments: moments::MOMENTS,
    notices: notices::NOTICES,
    people: people::PEOPLE,
    source: source::SOURCE,
    own: own::OWN,
    desk_error: desk_error::DESK_ERROR,
    drafts: drafts::DRAFTS,
    corrections: corrections::CORRECTIONS,
    item_page: item_page::ITEM_PAGE,
    edition_page: edition_page::EDITION_PAGE,
    site: Site {
        skip: "Pāriet uz saturu",
        other_language: "In English",
        monthly: "Reizi mēnesī Jūsu pastkastē",
        subscribe: "Saņemt e-pastā",
        subscribe_card: "Reizi mēnesī, bez maksas. Atteikties var ar vienu klikšķi.",
        home: "Sākums",
        latest: "Jaunākais numurs",
        read_issue: |month| format!("Lasīt {} numuru", month_of(LV, month)),
        what: |name| {
            format!(
                "“{}” stāsta, kas noticis un kas gaidāms mūsu kopienās. Raksta paši iedzīvotāji, numurs iznāk reizi \
                 mēnesī.",
                name.nominative
            )
        },
        send: "Kas notiek Jūsu pusē?",
        send_card: "Atsūtiet divus teikumus un bildi:",
        no_issue_yet: "Pirmais numurs vēl top.",
        in_issue: |month| format!("Šajā {} numurā", month_of(LV, month)),
        more_in_issue: |month| format!("Vēl {} numurā", month_of(LV, month)),
        when_and_where: "Kad un kur",
        published: |day, today| format!("Publicēts {}.", on_day(LV, day, today)),
        corrected: |day, today| format!("Labots {}.", since(LV, day, today)),
        not_found: Problem {
            title: "Šādas lapas nav",
            remedy: "Varbūt adresē ieviesusies kļūda. Jaunāko numuru atradīsiet sākumlapā.",
        },
        expired: Problem {
            title: "Saites laiks ir beidzies",
            remedy: "Nekas nav mainīts. Ja tas bija pieteikums, lūdzu, piesakieties vēlreiz.",
        },
        forged: Problem {
            title: "Saite nav derīga",
            remedy: "Varbūt tā nokopēta līdz pusei. Lūdzu, atveriet to no vēstules vēlreiz.",
        },
        too_many: Problem {
            title: "Mazliet par ātru",
            remedy: "No šī tīkla saņēmām daudz pieprasījumu. Lūdzu, mēģiniet vēlreiz pēc stundas.",
        },
        failure: Problem {
            title: "Neizdevās",
            remedy: "Vaina ir pie mums. Lūdzu, mēģiniet vēlreiz pēc brīža.",
        },
        refused: Problem {
            title: "Pieprasījumu nesapratām",
            remedy: "Lūdzu, atgriezieties iepriekšējā lapā un mēģiniet vēlreiz.",
        },
    },
    public: public::PUBLIC,
    person: person::PERSON,
    print: print::PRINT,
    event: event::EVENT,
    marks: marks::MARKS,
    finding: |finding| match finding {
        Finding::TooFew { have, need } => {
            format!("Numurā ir {}, vajag vismaz {need}.", ITEMS.count(LV, *have))
        }
        Finding::PhotoWithoutDescription { item } => {
            format!("“{item}”: fotogrāfijai nav apraksta neredzīgajiem.")
        }
        Finding::PhotoWithoutCredit { item } => format!("“{item}”: nav norādīts foto autors."),
        Finding::BrokenLink { item, url } => format!("“{item}”: saite neatveras: {url}"),
        Finding::NoFunder { name } => format!("Numurā trūkst atsauces uz finansētāju: {name}."),
        Finding::PastEvent { item, date } => {
            format!("“{item}”: notikums jau ir bijis, {}.", since(LV, *date, *date))
        }
        Finding::SubjectLength { characters } => {
            format!("Zīmju skaits vēstules tematā: {characters}. Labi ir no 20 līdz 78.")
        }
        Finding::Large { octets } => {
            format!("Vēstule ir gara ({}\u{a0}KB). No 95\u{a0}KB pasta programmas to apgriež.", octets / 1000)
        }
        Finding::TooLarge { octets } => {
            format!(
                "Vēstule ir par garu ({}\u{a0}KB): no 95\u{a0}KB pasta programmas to apgriež. Īsiniet kādu tekstu vai kādu ziņu atstājiet nākamajam numuram.",
                octets.div_ceil(1000)
            )
        }
        Finding::VagueLink { item, words } => {
            format!("“{item}”: tekstā ir “{words}”, bet saites tur nav. Ierakstiet adresi.")
        }
        Finding::DayUnchosen { item } => {
            format!("“{item}”: nedēļas diena neatbilst datumam. Izvēlieties dienu.")
        }
        Finding::Undecided { count } => format!("Lēmumu vēl gaida {}.", ITEMS.count(LV, *count)),
        Finding::Incomplete { item } => {
            format!("“{item}”: trūkst virsraksta, teksta vai fotogrāfijas apraksta.")
        }
        Finding::Other(words) => words.clone(),
    },
};

fn warning(code: WarningCode) -> &'static str {
    match code {
        WarningCode::PrivateNote => "Piezīmi, kas nav domāta publicēšanai, no teksta izņēmām.",
        WarningCode::PhotoMissing => "Norādīts foto autors, bet attēls nav atsūtīts.",
        WarningCode::MissingCredit => "Nav norādīts foto autors.",
        WarningCode::SeveralItems => "Izskatās, ka vienā vēstulē ir vairākas ziņas.",
        WarningCode::Empty => "Vēstulē nav ne teksta, ne pielikuma.",
        WarningCode::DateInFuture => "Vēstules datums ir nākotnē.",
        WarningCode::ManyRecipients => "Vēstule nosūtīta daudziem saņēmējiem.",
        WarningCode::SeveralAuthors => "Vēstulē norādīti vairāki sūtītāji.",
        WarningCode::DamagedMime => "Vēstule ir bojāta. Salīdziniet ar saņemto vēstuli.",
        WarningCode::TooManyParts => "Vēstulē ir ļoti daudz daļu, dažas neizlasījām.",
        WarningCode::NestedMessages => "Vēstulē ir citas vēstules vairākos slāņos, dziļākās neizlasījām.",
        WarningCode::TextCut => "Teksts ir ļoti garš, beigas neizlasījām.",
        WarningCode::CharsetGuessed => "Burtu kodējums nav norādīts pareizi. Pārbaudiet garumzīmes.",
        WarningCode::CharsetDamaged => "Dažus burtus nevarēja izlasīt. Pārbaudiet tekstu.",
        WarningCode::DocumentUnread => {
            "Kādu dokumentu neizdevās izlasīt pilnībā. Atveriet to saņemtajā vēstulē."
        }
        WarningCode::Unanswerable => "Sūtītājam nevaram atbildēt: šī adrese atbildes nesaņem.",
        WarningCode::AttachmentsUnread => "Pielikumus neizdevās izlasīt. Tie ir saņemtajā vēstulē.",
    }
}
