use super::{ITEMS, LV};
use crate::text::Plural;
use crate::text::words::notices::Notices;

/// “gaida 3 dienas”: the accusative.
const DAYS: Plural = Plural { zero: "dienu", one: "dienu", other: "dienas" };
const LETTERS: Plural = Plural { zero: "vēstuļu", one: "vēstule", other: "vēstules" };

pub(super) const NOTICES: Notices = Notices {
    how_by_reply: "Var izlemt arī, atbildot uz šo vēstuli: pirmajā rindā rakstiet “apstiprināt” vai “noraidīt: iemesls”.",
    answer_subject: |title| format!("Atbilde par ziņu “{title}”"),
    addition_subject: |title| format!("Papildinājums ziņai “{title}”"),
    answer_preview: |who, words| format!("{who}: {words}"),
    asked: "Jautājums",
    answer: "Atbilde",
    addition: "Papildinājums",
    wordless: "Jauna teksta vēstulē nav.",
    by_another: |who| format!("To rakstīja cits cilvēks, nevis ziņas iesūtītājs: {who}."),
    answer_came: |when| format!("Par šo ziņu pa to laiku pienāca atbilde: {when}."),
    answer_came_title: "Par ziņu ir pienākusi atbilde",
    changed_by_itself: |when| format!("Šī ziņa pa to laiku ir mainījusies: {when}."),
    again: |subject| format!("Re: {subject}"),
    decided_preview: "Jūsu lēmums ir saglabāts. Ja pārdomājat, atsauciet to redakcijā.",
    undecided_preview: "Nekas nav mainīts. Zemāk rakstām, kāpēc.",
    lacking: "Šo ziņu vēl nevar apstiprināt. Trūkst:",
    title_lacks: "virsraksta",
    text_lacks: "teksta",
    photo_lacks: |number| format!("{number}.\u{a0}fotogrāfijas apraksta"),
    day_lacks: "izvēlētas dienas: nedēļas diena un datums nesaskan",
    no_reason: "Lai ziņu noraidītu, vajadzīgs iemesls; to nosūtīsim iesūtītājam. Atbildiet uz paziņojumu vēlreiz un \
         pirmajā rindā rakstiet “noraidīt: iemesls”.",
    reason_too_long: "Iemesls ir pārāk garš: var būt līdz 2000 zīmēm.",
    unclear: "Nesapratām, ko izlēmāt: pirmā rinda sākas kā lēmums, bet turpinās citādi. Atbildiet uz paziņojumu vēlreiz \
         un pirmajā rindā rakstiet tikai “apstiprināt” vai “noraidīt: iemesls”, vai izlemiet lapā.",
    settled: "Šo ziņu vairs nevar mainīt.",
    kept_as_letter: "Pārējo, ko uzrakstījāt, atradīsiet redakcijā pie vēstulēm.",
    how: |channel| match channel {
        "desk" => Some("Izlemts redakcijā."),
        "mail" => Some("Izlemts pa e-pastu."),
        "link" => Some("Izlemts ar saiti no vēstules."),
        "command" => Some("Izlemts komandrindā."),
        _ => None,
    },
    told_preview: "Lai zinātu: par šo ziņu izlemts, kamēr tā gaidīja Jūs.",
    undone: |who, when| format!("Lēmumu par šo ziņu atsauca: {who}, {when}."),
    withdrawn: |when| format!("Iesūtītājs šo ziņu atsauca: {when}."),
    again_in: |state| format!("Ziņa atkal ir tāda kā pirms lēmuma. Stāvoklis: {state}."),
    flood_subject: |n| format!("Neparasti daudz ziņu: vēl {}", ITEMS.count(LV, n)),
    flood: |n| {
        format!(
            "Īsā laikā no dažādiem sūtītājiem atnāca tik daudz, ka par katru ziņu atsevišķi neziņojām. Rindā ielikts \
             vēl: {}.",
            ITEMS.count(LV, n)
        )
    },
    waiting_subject: |n, days| format!("Gaida {}, vecākā jau {}", ITEMS.count(LV, n), DAYS.count(LV, days)),
    waiting_preview: "Sūtītāji cer uz atbildi. Izlemt var arī no telefona.",
    waiting: |n, days| {
        format!("Jūsu lēmumu gaida: {}. Vecākā gaida jau {}.", ITEMS.count(LV, n), DAYS.count(LV, days))
    },
    waits: |title, days| match days {
        0 => format!("“{title}”"),
        _ => format!("“{title}”: gaida {}", DAYS.count(LV, days)),
    },
    and_more: |n| format!("Un vēl: {}.", ITEMS.count(LV, n)),
    letters_too: |n| format!("Atbildi gaida arī lasītāji: {}.", LETTERS.count(LV, n)),
    nothing_to_do: "Jums nekas nav jādara.",
    many_subject: |n| format!("Jau izlemts: {}", ITEMS.count(LV, n)),
    many_preview: "Par katru atsevišķi vairs nerakstījām; viss ir šajā sarakstā.",
};
