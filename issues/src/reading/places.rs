//! Places of the publication's own list, found by the forms in which a text may name them.
//!
//! A name that is an ordinary word too (“sala” is an island) counts only beside a parish or an institution. Of two
//! places of one name the municipality decides that is named with it, else the one that the rest of the text is about.

use std::collections::HashMap;

use super::report::Mailbox;
use super::rules::KnownPlace;
use crate::Place;
use crate::language::fold;

/// Words beside a name that make it a place, folded; compared by their beginning.
const BESIDE: [&str; 24] = [
    "pagast",
    "pag",
    "novad",
    "pilset",
    "bibliotek",
    "tautas",
    "kulturas",
    "kn",
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
/// Short words of the above that must stand whole.
const WHOLE: [&str; 2] = ["pag", "kn"];
/// Names written without marks are believed from this length on.
const BARE_LETTERS_MIN: usize = 6;

/// “Seces un Zalves un Neretas pagasts”
const NAMES_IN_A_ROW_MAX: usize = 3;

/// A name in a text.
struct Named<'a> {
    word: &'a str,
    /// All places that are called so.
    candidates: Vec<&'a KnownPlace>,
    confidence: f64,
}

/// The places of a text, in its order, each once. The sender's name and address only count where the text names none.
pub(super) fn find(text: &str, sender: Option<&Mailbox>, known: &[KnownPlace]) -> Vec<Place> {
    let found = search(text, known, 1.0);
    let Some(sender) = sender.filter(|_| found.is_empty()) else { return found };
    let found = search(sender.name.as_deref().unwrap_or(""), known, 0.6);
    if !found.is_empty() {
        return found;
    }
    // “leimanu.tn@…”: what stands there is written without capitals and marks.
    let local = sender.address.as_deref().and_then(|address| address.split('@').next()).unwrap_or("");
    let capital =
        |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    let words: Vec<String> = local.split(|c: char| !c.is_alphabetic()).map(capital).collect();
    search(&words.join(" "), known, 0.5)
}

fn search(text: &str, known: &[KnownPlace], confidence: f64) -> Vec<Place> {
    if known.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named: Vec<Named<'_>> =
        (0..words.len()).filter_map(|at| named(&words, at, known, confidence)).collect();
    let about = municipalities(&words, &named);
    let mut found: Vec<Place> = Vec::new();
    for name in &named {
        let place = match name.candidates.as_slice() {
            [] => continue,
            [only] => (*only, name.confidence),
            several => match several.iter().max_by_key(|place| votes(&about, &place.municipality)) {
                Some(best) if votes(&about, &best.municipality) > 0 => (*best, name.confidence),
                // Either; the editor sees that it is a guess.
                _ => (several[0], name.confidence / 2.0),
            },
        };
        let (place, confidence) = place;
        if !found.iter().any(|other| other.place == place.place && other.municipality == place.municipality) {
            found.push(Place {
                place: place.place.clone(),
                municipality: place.municipality.clone(),
                text: name.word.to_owned(),
                confidence,
                confirmed: None,
            });
        }
    }
    found
}

/// The places that the word at this position names.
fn named<'a>(words: &[&'a str], at: usize, known: &'a [KnownPlace], confidence: f64) -> Option<Named<'a>> {
    let word = *words.get(at)?;
    if !word.chars().next().is_some_and(char::is_uppercase) {
        return None;
    }
    let next = after(words, at);
    if next.starts_with("iel") {
        return None;
    }
    let beside =
        BESIDE.iter().any(|stem| if WHOLE.contains(stem) { next == *stem } else { next.starts_with(stem) });
    let (candidates, confidence) = match called(word, known, |form, word| form == word) {
        exact if !exact.is_empty() => (exact, confidence),
        // SHOUTED, or typed without marks.
        _ if word.chars().count() >= BARE_LETTERS_MIN || beside => {
            let folded = fold(word);
            (called(&folded, known, |form, word| fold(form) == word), confidence * 0.8)
        }
        _ => return None,
    };
    let candidates: Vec<&KnownPlace> =
        candidates.into_iter().filter(|place| beside || !place.ordinary).collect();
    (!candidates.is_empty()).then_some(Named { word, candidates, confidence })
}

/// The word that says what a name is, folded; names in a row share it: “Seces un Zalves pagasts”.
fn after(words: &[&str], at: usize) -> String {
    let mut next = at + 1;
    for _ in 0..NAMES_IN_A_ROW_MAX {
        let and = words.get(next).is_some_and(|word| matches!(*word, "un" | "and"));
        let name = words.get(next + 1).and_then(|word| word.chars().next()).is_some_and(char::is_uppercase);
        if !(and && name) {
            break;
        }
        next += 2;
    }
    words.get(next).map(|word| fold(word)).unwrap_or_default()
}

fn called<'a>(word: &str, known: &'a [KnownPlace], same: impl Fn(&str, &str) -> bool) -> Vec<&'a KnownPlace> {
    known.iter().filter(|place| place.forms.iter().any(|form| same(form, word))).collect()
}

/// The municipalities that a text is about, and how often: those it names, and those of the places that are beyond
/// doubt.
fn municipalities(words: &[&str], named: &[Named<'_>]) -> HashMap<String, usize> {
    let stated = words.windows(2).filter(|pair| fold(pair[1]).starts_with("nov")).map(|pair| fold(pair[0]));
    let certain = named.iter().filter_map(|name| match name.candidates.as_slice() {
        [only] => only.municipality.split(' ').next().map(fold),
        _ => None,
    });
    let mut about = HashMap::new();
    for name in stated.chain(certain) {
        *about.entry(name).or_default() += 1;
    }
    about
}

fn votes(about: &HashMap<String, usize>, municipality: &str) -> usize {
    let first = municipality.split(' ').next().map(fold).unwrap_or_default();
    about.get(&first).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(place: &str, municipality: &str, forms: &[&str], ordinary: bool) -> KnownPlace {
        let forms = forms.iter().map(|form| (*form).to_owned()).collect();
        KnownPlace { place: place.into(), municipality: municipality.into(), forms, ordinary }
    }

    fn known() -> Vec<KnownPlace> {
        let pilskalne = ["Pilskalne", "Pilskalnes", "Pilskalnē"];
        vec![
            place("Rite", "Jēkabpils novads", &["Rite", "Rites", "Ritē"], true),
            place("Dviete", "Augšdaugavas novads", &["Dvietes", "Dvietē"], false),
            place("Pilskalne", "Aizkraukles novads", &pilskalne, false),
            place("Pilskalne", "Augšdaugavas novads", &pilskalne, false),
        ]
    }

    fn names(text: &str, sender: &str) -> Vec<String> {
        let address = Some("dvietes.tn@novads.example".to_owned()).filter(|_| sender == "TN");
        let sender = Mailbox { name: Some(sender.to_owned()), address };
        find(text, Some(&sender), &known()).into_iter().map(|place| place.place).collect()
    }

    #[test]
    fn known_forms_are_found_and_ordinary_words_are_not() {
        assert_eq!(names("Dvietes muižā un Rites bibliotēkā", ""), ["Dviete", "Rite"]);
        assert_eq!(names("Rites un Dvietes pagastā", ""), ["Rite", "Dviete"]);
        assert_eq!(names("Dvietes ielā", ""), Vec::<String>::new());
        assert_eq!(names("Rite bija klusa. Ritē bija rīts.", ""), Vec::<String>::new());
        assert_eq!(names("Šodien bija klase", "Rites bibliotēka"), ["Rite"]);
        assert_eq!(names("Afiša pielikumā", "TN"), ["Dviete"]);
    }

    #[test]
    fn shouted_and_unmarked_names_are_found() {
        assert_eq!(names("TALKA DVIETĒ", ""), ["Dviete"]);
        assert_eq!(names("Talka Rites bibliotekaa", ""), ["Rite"]);
    }

    #[test]
    fn of_two_places_of_one_name_the_municipality_decides() {
        let municipality = |text: &str| {
            let found =
                find(text, None, &known()).into_iter().find(|place| place.place == "Pilskalne").unwrap();
            (found.municipality, found.confidence)
        };
        assert_eq!(municipality("Pilskalnē, Augšdaugavas novadā"), ("Augšdaugavas novads".into(), 1.0));
        assert_eq!(municipality("Pilskalnē un Dvietē"), ("Augšdaugavas novads".into(), 1.0));
        assert_eq!(municipality("Tirgus Pilskalnē"), ("Aizkraukles novads".into(), 0.5));
    }
}
