//! Who took a photo, read off an answer to that question: “Foto: Anna Liepa”, “Fotografēja Anna Liepa”, a bare name, “es
//! pati”. What it gives is a proposal; where the words leave a doubt there is none.

use super::captions::{self, Captions};
use crate::language::{fold, folded_words};
use crate::{ItemContent, ItemPhoto};

/// Lines of an answer that are read: behind them stands what nobody asked.
const LINES_MAX: usize = 20;
/// Words of a name.
const NAME_WORDS_MAX: usize = 4;
/// An answer of so few words answers and does nothing else.
const SHORT_WORDS_MAX: usize = 12;
/// What people write around a name, folded.
const VERBS: [&str; 12] = [
    "fotografeja",
    "fotografejusi",
    "fotografejis",
    "fotografe",
    "fotografs",
    "fotografija",
    "foto",
    "bildeja",
    "autors",
    "autore",
    "nofotografeja",
    "uznema",
];
/// Words of greeting and closing, which begin with a capital and are nobody's name.
const NO_NAMES: [&str; 16] = [
    "labdien",
    "sveiki",
    "sveika",
    "labrit",
    "labvakar",
    "paldies",
    "ludzu",
    "ar",
    "cienu",
    "ja",
    "ne",
    "nezinu",
    "fotografeja",
    "foto",
    "hello",
    "thanks",
];

/// Whom an answer names, with the number of the photo where it gives one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credited {
    Named(Vec<(Option<usize>, String)>),
    /// Whoever wrote the answer.
    Herself,
}

/// Reads an answer. `asked` says that the question was this one; without it only plain statements count.
pub fn credited(text: &str, asked: bool) -> Option<Credited> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES_MAX);
    let mut found = Captions::default();
    for line in lines() {
        captions::take(line, true, &mut found);
    }
    if !found.credits.is_empty() {
        return Some(Credited::Named(found.credits));
    }
    let named = |name: String| Some(Credited::Named(vec![(None, name)]));
    if let Some(name) = lines().find_map(stated) {
        return named(name);
    }
    if !asked {
        return None;
    }
    let folded = folded_words(text);
    let short = folded.split_whitespace().count() <= SHORT_WORDS_MAX;
    let own = [
        " es pati ",
        " es pats ",
        " pati ",
        " pats ",
        " es fotografeju ",
        " mans foto ",
        " mana foto ",
        " mana bilde ",
    ];
    if short && own.iter().any(|words| folded.contains(words)) {
        return Some(Credited::Herself);
    }
    lines().find_map(|line| name(line.split_whitespace().collect())).filter(|_| short).and_then(named)
}

/// Is this an answer and nothing else? Whoever wrote it needs no question again.
pub fn is_short(text: &str) -> bool {
    (1..=SHORT_WORDS_MAX).contains(&text.split_whitespace().count())
}

/// “Fotografēja Anna Liepa”, “Anna Liepa fotografēja”.
fn stated(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.iter().position(|word| VERBS.contains(&fold(bare(word)).as_str()))?;
    let is_name = |word: &&&str| bare(word).chars().next().is_some_and(char::is_uppercase);
    let after: Vec<&str> = words[at + 1..].iter().take_while(is_name).copied().collect();
    let goes_on = |word: &&&str| is_name(word) && !greets(word) && !word.ends_with(['!', '?']);
    let before = words[..at].iter().rev().take_while(goes_on).count();
    name(after).or_else(|| name(words[at - before..at].to_vec()))
}

/// Two words or more that all begin like a name, and nothing else.
fn name(words: Vec<&str>) -> Option<String> {
    let capital = |word: &&str| bare(word).chars().next().is_some_and(char::is_uppercase);
    let fits = (2..=NAME_WORDS_MAX).contains(&words.len())
        && words.iter().all(|word| capital(word) && !greets(word) && !word.contains(['@', ':', '/']));
    fits.then(|| words.join(" ").trim_end_matches(['.', ',', '!', ';']).to_owned())
}

fn greets(word: &str) -> bool {
    NO_NAMES.contains(&fold(bare(word)).as_str())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

impl ItemContent {
    /// With the authors that an answer names, at photos of which nobody knows. `writer` is who wrote it.
    pub fn with_credits(&self, credited: &Credited, writer: &str) -> ItemContent {
        let mut content = self.clone();
        let named = match credited {
            Credited::Named(named) => named.clone(),
            Credited::Herself if writer.split_whitespace().count() < 2 => return content,
            Credited::Herself => vec![(None, writer.trim().to_owned())],
        };
        let plain: Vec<&str> =
            named.iter().filter(|(number, _)| number.is_none()).map(|(_, name)| name.as_str()).collect();
        let bare = |photo: &ItemPhoto| photo.credit.trim().is_empty();
        for (index, photo) in content.photos.iter_mut().enumerate().filter(|(_, photo)| bare(photo)) {
            let numbered =
                named.iter().find(|(number, _)| *number == Some(index + 1)).map(|(_, name)| name.clone());
            if let Some(name) = numbered.or_else(|| (!plain.is_empty()).then(|| plain.join(", "))) {
                photo.credit = name;
                photo.credit_proposed = true;
            }
        }
        content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, asked: bool, want: Option<&str>) {
        let got = credited(text, asked).map(|credited| match credited {
            Credited::Named(named) => named.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(", "),
            Credited::Herself => "es".to_owned(),
        });
        assert_eq!(got.as_deref(), want, "{text}");
    }

    #[test]
    fn answers_name_who_took_the_photo() {
        check("Foto: Anna Liepa", true, Some("Anna Liepa"));
        check("Labdien!\n\nFoto: Anna Liepa.\n\nAr cieņu,\nIlze Egle", true, Some("Anna Liepa"));
        check("Fotografēja Anna Liepa.", false, Some("Anna Liepa"));
        check("Sveiki! Anna Liepa fotografēja pērn.", false, Some("Anna Liepa"));
        check("Anna Liepa", true, Some("Anna Liepa"));
        check("Es pati!", true, Some("es"));
        check("Foto: Anna Liepa (1.), Jānis Egle (2.)", true, Some("Anna Liepa, Jānis Egle"));
    }

    #[test]
    fn what_leaves_a_doubt_names_nobody() {
        check("Anna Liepa", false, None);
        check("Anna", true, None);
        check("Labdien! Nezinu.", true, None);
        check("Fotografēja kāds no mūsu puses.", true, None);
        check("Ar cieņu,\nPaldies Jums", true, None);
        check("", true, None);
    }

    #[test]
    fn a_name_fills_only_what_nobody_knows() {
        let known = ItemPhoto { credit: "Jānis".into(), ..ItemPhoto::default() };
        let content = ItemContent { photos: vec![ItemPhoto::default(), known], ..ItemContent::default() };
        let filled = content.with_credits(&credited("Foto: Anna Liepa", true).unwrap(), "Rasma");
        let credits: Vec<_> =
            filled.photos.iter().map(|photo| (photo.credit.as_str(), photo.credit_proposed)).collect();
        assert_eq!(credits, [("Anna Liepa", true), ("Jānis", false)]);
        assert_eq!(content.with_credits(&Credited::Herself, "Rasma"), content, "a first name is no author");
        assert_eq!(content.with_credits(&Credited::Herself, "Rasma Egle").photos[0].credit, "Rasma Egle");
    }
}
