//! Leaving, in Latvian.

use crate::text::Leave;

pub(super) const LEAVE: Leave = Leave {
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
    reminder_title: "Vairs neatgādināt",
    reminder_text: |name| {
        format!(
            "“{}” redakcija vairs nesūtīs Jums atgādinājumus: ne ikmēneša, ne par jautājumu, kas gaida atbildi. Ziņas varēsiet sūtīt tāpat.",
            name.genitive
        )
    },
    reminder_button: "Vairs neatgādināt",
    reminder_done_title: "Vairs neatgādināsim",
    reminder_done: "Ziņas un bildes joprojām gaidīsim.",
};
