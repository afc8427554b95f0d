//! What was found wrong in an issue, in Latvian.

use subscribers::Language::Latvian as LV;

use super::ITEMS;
use crate::finding::Finding;
use crate::text::date::since;

pub(super) fn finding(finding: &Finding) -> String {
    match finding {
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
    }
}
