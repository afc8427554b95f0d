//! What was found wrong in an issue, in English.

use subscribers::Language::English as EN;

use super::ITEMS;
use crate::finding::Finding;
use crate::text::date::since;

pub(super) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::TooFew { have, need } => {
            format!("The issue has {}, at least {need} are needed.", ITEMS.count(EN, *have))
        }
        Finding::PhotoWithoutDescription { item } => {
            format!("“{item}”: a photo has no description for those who cannot see.")
        }
        Finding::PhotoWithoutCredit { item } => format!("“{item}”: the photo has no author."),
        Finding::BrokenLink { item, url } => format!("“{item}”: a link does not open: {url}"),
        Finding::NoFunder { name } => format!("The issue lacks the acknowledgement of the funder: {name}."),
        Finding::PastEvent { item, date } => {
            format!("“{item}”: the event is already past, {}.", since(EN, *date, *date))
        }
        Finding::SubjectLength { characters } => {
            format!("The subject has {characters} characters; 20 to 78 are good.")
        }
        Finding::Large { octets } => {
            format!(
                "The letter is long ({}\u{a0}KB). Mail programs cut it from 95\u{a0}KB on.",
                octets / 1000
            )
        }
        Finding::TooLarge { octets } => {
            format!(
                "The letter is too long ({}\u{a0}KB): mail programs cut it from 95\u{a0}KB on. Shorten a text, or leave a story for the next issue.",
                octets.div_ceil(1000)
            )
        }
        Finding::VagueLink { item, words } => {
            format!("“{item}”: the text says “{words}”, and there is no link. Write the address.")
        }
        Finding::DayUnchosen { item } => {
            format!("“{item}”: the weekday is not that of the date. Choose the day.")
        }
        Finding::Undecided { count } => format!("Still waiting for a decision: {}.", ITEMS.count(EN, *count)),
        Finding::Incomplete { item } => {
            format!("“{item}”: the title, the text or the description of a photo is missing.")
        }
        Finding::Other(words) => words.clone(),
    }
}
