//! What a contributor is told of her news, in Latvian.

use subscribers::Language::Latvian as LV;

use crate::text::Decision;
use crate::text::date::{capital, month_of};

pub(super) const DECISION: Decision = Decision {
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
};
