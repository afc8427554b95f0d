//! Places of the publication's own list, found by the forms in which a text may name them.
//!
//! Plain for now: capitalised forms only, the longest first, and words that are also ordinary ones need a parish or
//! an institution beside them.

use super::rules::KnownPlace;
use crate::Place;
use crate::language::fold;

/// Words beside a name that make it a place, folded.
const BESIDE: [&str; 22] = [
    "pagast",
    "novad",
    "pilset",
    "bibliotek",
    "tautas",
    "kulturas",
    "muiz",
    "pil",
    "pamatskol",
    "vidusskol",
    "skol",
    "parvald",
    "baznic",
    "muzej",
    "saieta",
    "estrad",
    "draudz",
    "kopien",
    "ezer",
    "park",
    "pagr",
    "ciem",
];
/// Names that are ordinary words too.
const HOMOGRAPHS: [&str; 13] = [
    "sala",
    "salas",
    "kalns",
    "kalna",
    "zalve",
    "rite",
    "sece",
    "sauka",
    "saliena",
    "rubeni",
    "asari",
    "staburags",
    "selija",
];

/// The places of a text, in its order, each once. The sender's name only counts where the text names none.
pub(super) fn find(text: &str, sender: &str, known: &[KnownPlace]) -> Vec<Place> {
    let mut found = search(text, known, 1.0);
    if found.is_empty() {
        found = search(sender, known, 0.6);
    }
    found
}

fn search(text: &str, known: &[KnownPlace], confidence: f64) -> Vec<Place> {
    if known.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<Place> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !word.chars().next().is_some_and(char::is_uppercase) {
            continue;
        }
        let Some(place) = known.iter().find(|place| place.forms.iter().any(|form| form == word)) else {
            continue;
        };
        let next = words.get(at + 1).map(|word| fold(word)).unwrap_or_default();
        let beside = BESIDE.iter().any(|stem| next.starts_with(stem));
        let street = next.starts_with("iel");
        if street || (HOMOGRAPHS.contains(&fold(&place.place).as_str()) && !beside) {
            continue;
        }
        if !found.iter().any(|other| other.place == place.place && other.municipality == place.municipality) {
            found.push(Place {
                place: place.place.clone(),
                municipality: place.municipality.clone(),
                text: (*word).to_owned(),
                confidence,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_forms_are_found_and_ordinary_words_are_not() {
        let known = vec![
            KnownPlace {
                place: "Rite".into(),
                municipality: "Jēkabpils novads".into(),
                forms: vec!["Rite".into(), "Rites".into(), "Ritē".into()],
            },
            KnownPlace {
                place: "Dviete".into(),
                municipality: "Augšdaugavas novads".into(),
                forms: vec!["Dvietes".into(), "Dvietē".into()],
            },
        ];
        let names = |text: &str, sender: &str| -> Vec<String> {
            find(text, sender, &known).into_iter().map(|place| place.place).collect()
        };
        assert_eq!(names("Dvietes muižā un Rites bibliotēkā", ""), ["Dviete", "Rite"]);
        assert_eq!(names("Dvietes ielā", ""), Vec::<String>::new());
        assert_eq!(names("Šodien bija klase", "Rites bibliotēka"), ["Rite"]);
    }
}
