//! The bulletin, in Latvian.

use subscribers::Language::Latvian as LV;

use super::{DATES, ITEMS};
use crate::text::date::{capital, month_of};
use crate::text::number::counted;
use crate::text::{Bulletin, Plural, join};

const SHE: [&str; 11] =
    ["", "viena", "divas", "trīs", "četras", "piecas", "sešas", "septiņas", "astoņas", "deviņas", "desmit"];
const HE: [&str; 11] =
    ["", "viens", "divi", "trīs", "četri", "pieci", "seši", "septiņi", "astoņi", "deviņi", "desmit"];
/// “ar … minūtēm”: one in the accusative, more in the dative.
const WITH: [&str; 11] =
    ["", "vienu", "divām", "trim", "četrām", "piecām", "sešām", "septiņām", "astoņām", "deviņām", "desmit"];
const MINUTES: Plural = Plural { zero: "minūtēm", one: "minūti", other: "minūtēm" };

pub(super) const BULLETIN: Bulletin = Bulletin {
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
};
