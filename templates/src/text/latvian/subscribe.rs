//! Subscribing, in Latvian.

use subscribers::Language::Latvian as LV;

use crate::text::Subscribe;
use crate::text::date::{capital, month_of, on_day, until};

pub(super) const SUBSCRIBE: Subscribe = Subscribe {
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
};
