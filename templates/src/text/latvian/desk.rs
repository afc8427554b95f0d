//! Deciding about an item, in Latvian.

use crate::text::Desk;

pub(super) const DESK: Desk = Desk {
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
};
