//! Thanks for what came in, in Latvian.

use subscribers::Language::Latvian as LV;

use crate::text::{Plural, Thanks, join};

pub(super) const THANKS: Thanks = Thanks {
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
};
