//! Titles worth proposing: from the subject, or a title line of the text.

use crate::language::{fold, folded_words};

/// A longer line is a sentence, not a title.
const TITLE_CHARS_MAX: usize = 140;
const REPLY: [&str; 10] = ["re", "atb", "atbilde", "ha", "на", "ответ", "отв", "aw", "sv", "antw"];
const FORWARD: [&str; 12] = [
    "fwd",
    "fw",
    "pars",
    "parsutits",
    "parsutisana",
    "parsutit",
    "tr",
    "wg",
    "пересл",
    "пересылка",
    "fwd fw",
    "parsut",
];
/// Subjects that say only that something is coming, folded; a title made of these words alone is none.
const EMPTY_WORDS: &[&str] = &[
    "pasakums",
    "pasakumi",
    "pasakumu",
    "zina",
    "zinas",
    "zinai",
    "zinam",
    "jaunums",
    "jaunumi",
    "jaunumiem",
    "foto",
    "bilde",
    "bildes",
    "fotografijas",
    "attels",
    "atteli",
    "afisa",
    "afisas",
    "plakats",
    "relize",
    "preses",
    "info",
    "informacija",
    "raksts",
    "raksti",
    "teksts",
    "publicesanai",
    "publicet",
    "publikacija",
    "sludinajums",
    "pazinojums",
    "labdien",
    "sveiki",
    "ludzu",
    "ludzu publicet",
    "numuram",
    "avizei",
    "izdevumam",
    "portalam",
    "lapai",
    "selija",
    "salu",
    "salas",
    "selijas",
    "par",
    "un",
    "no",
    "uz",
    "vel",
    "pielikuma",
    "pielikums",
    "dokuments",
    "document",
    "scan",
    "img",
    "untitled",
    "news",
    "photo",
    "photos",
    "picture",
    "event",
    "message",
    "hello",
    "hi",
    "for",
    "publication",
    "новости",
    "новость",
    "фото",
    "афиша",
    "информация",
    "janvara",
    "februara",
    "marta",
    "aprila",
    "maija",
    "junija",
    "julija",
    "augusta",
    "septembra",
    "oktobra",
    "novembra",
    "decembra",
    "the",
    "bez",
    "temata",
    "no subject",
    "subject",
    "temas",
    "nosaukuma",
    "jusu",
    "musu",
    "nakamajam",
    "nakosajam",
    "menesa",
    "menesim",
    "divas",
    "tris",
];

/// The subject without the prefixes of answers and forwards, repeated, in any of our languages.
pub(super) fn without_prefixes(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((_, after)) = prefix(rest) {
        rest = after.trim_start();
    }
    rest
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Reply,
    Forward,
}

fn prefix(subject: &str) -> Option<(Prefix, &str)> {
    let (head, after) = subject.split_once(':')?;
    let head = fold(head);
    // `Re[2]`, `Atb.`, `RE (2)`
    let word = head.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()*. ".contains(c)).trim();
    if REPLY.contains(&word) {
        Some((Prefix::Reply, after))
    } else if FORWARD.contains(&word) {
        Some((Prefix::Forward, after))
    } else {
        None
    }
}

pub(super) fn is_reply_subject(subject: &str) -> bool {
    prefix(subject.trim()).is_some_and(|(kind, _)| kind == Prefix::Reply)
}

pub(super) fn is_forward_subject(subject: &str) -> bool {
    prefix(subject.trim()).is_some_and(|(kind, _)| kind == Prefix::Forward)
}

/// A title out of a subject, or `None` where it says nothing.
pub(super) fn from_subject(subject: &str) -> Option<String> {
    let text = without_prefixes(subject);
    let file_like = text.contains('_') || has_file_ending(text);
    if file_like || !says_something(text) {
        return None;
    }
    proposal(text)
}

fn has_file_ending(text: &str) -> bool {
    let lower = text.to_lowercase();
    [".docx", ".doc", ".pdf", ".jpg", ".jpeg", ".odt", ".png", ".rtf"]
        .iter()
        .any(|ending| lower.ends_with(ending))
}

/// Is there a word in it that is not empty talk?
pub(super) fn says_something(text: &str) -> bool {
    let words = folded_words(text);
    let words: Vec<&str> = words.split_whitespace().collect();
    words.iter().any(|word| {
        word.chars().count() > 2 && word.chars().any(char::is_alphabetic) && !EMPTY_WORDS.contains(word)
    })
}

/// A title line of a text: a short first line that is no sentence, with more text after it.
pub(super) fn from_line(line: &str) -> Option<String> {
    let line = line.trim().trim_matches(['*', '_', '#']).trim();
    let sentence = line.ends_with(['.', ',', ';', ':']) && !line.ends_with("...") || line.contains(". ");
    let folded = fold(line);
    let greeting = [
        "labdien",
        "sveiki",
        "labrit",
        "labvakar",
        "sveicinat",
        "cien",
        "hello",
        "hi ",
        "dear",
        "добрыи",
        "здравств",
    ]
    .iter()
    .any(|word| folded.starts_with(word));
    let listed = line.starts_with(['-', '•', '>', '|'])
        || line.contains(" | ")
        || line.contains('@')
        || line.contains("://");
    if sentence || greeting || listed || !says_something(line) || folded.starts_with("p.s") {
        return None;
    }
    proposal(line)
}

/// Tidied, shouting turned to sentence case, not too long.
fn proposal(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c: char| c == '-' || c == '–' || c.is_whitespace()).to_owned();
    let text = match text.find("!!") {
        Some(at) => format!("{}!", &text[..at]),
        None => text,
    };
    let length = text.chars().count();
    if !(3..=TITLE_CHARS_MAX).contains(&length) {
        return None;
    }
    Some(if is_shouted(&text) { sentence_case(&text) } else { text })
}

fn is_shouted(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 8 && letters.iter().filter(|c| c.is_uppercase()).count() * 10 > letters.len() * 8
}

/// The first letter, and the first after a quotation mark, stay capital. Names are lost, so this is a proposal.
fn sentence_case(text: &str) -> String {
    let mut capital = true;
    text.chars()
        .map(|c| {
            let out = if capital { c } else { c.to_lowercase().next().unwrap_or(c) };
            capital = matches!(c, '“' | '„' | '«' | '"') || capital && !c.is_alphanumeric();
            out
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_shouting_go_and_empty_subjects_are_no_titles() {
        for (subject, want) in [
            ("Re: RE: Pārs.: Meistarklase", Some("Meistarklase")),
            ("FW: Atb.: Lasītāju klubs", Some("Lasītāju klubs")),
            ("AICINA PIETEIKTIES PADOMĒM", Some("Aicina pieteikties padomēm")),
            ("pasakums", None),
            ("ziņas marta numuram", None),
            ("afiša", None),
            ("Relīze_padomes_22.02.", None),
            ("Pasākumu plāns martam", Some("Pasākumu plāns martam")),
            ("", None),
            ("24.02.", None),
        ] {
            assert_eq!(from_subject(subject).as_deref(), want, "{subject}");
        }
    }
}
