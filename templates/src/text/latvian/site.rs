//! What stands around the public pages, in Latvian.

use subscribers::Language::Latvian as LV;

use crate::text::date::{month_of, on_day, since};
use crate::text::{Problem, Site};

pub(super) const SITE: Site = Site {
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
        title: "Neizdevās", remedy: "Vaina ir pie mums. Lūdzu, mēģiniet vēlreiz pēc brīža."
    },
    refused: Problem {
        title: "Pieprasījumu nesapratām",
        remedy: "Lūdzu, atgriezieties iepriekšējā lapā un mēģiniet vēlreiz.",
    },
};
