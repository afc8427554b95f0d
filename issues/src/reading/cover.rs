//! What a letter says to the newsroom and not to readers: greetings, “see attached”, private notes.

use std::sync::LazyLock;

use crate::language::{fold, folded_words};

/// Words of greeting.
const GREETINGS: [&str; 17] = [
    "labdien",
    "sveiki",
    "sveika",
    "sveiks",
    "sveicinati",
    "labrit",
    "labvakar",
    "cienijama redakcija",
    "cienijamie",
    "cienijamie kolegi",
    "hello",
    "hi",
    "dear",
    "good day",
    "добрый день",
    "здравствуйте",
    "добрый вечер",
];
/// Fragments of sentences that only accompany, with spaces where words begin.
const COVERING: [&str; 32] = [
    " pielikuma",
    " pievienoj",
    " pielieku",
    " sutu ",
    " sutam ",
    " nosutu",
    " parsutu",
    " ludzu public",
    " ludzu ieviet",
    " ludzu ieliec",
    " ludzu ielik",
    " lugums public",
    " lugums ieviet",
    " ludzu apstiprin",
    " varbut noder",
    " ceru ka noder",
    " jusu zinam",
    " jusu avizei",
    " labu dienu velot",
    " jauku dienu velot",
    " jau ieprieks paldies",
    " paldies jau ieprieks",
    " attached ",
    " please publish",
    " please find",
    " во вложении",
    " прилагаю",
    " прошу опубликовать",
    " foto skat",
    " pateicos jau",
    " nakamajam numuram",
    " izmantojiet pec",
];
/// As they are compared, folded once for all sentences.
static GREETINGS_FOLDED: LazyLock<[String; 17]> = LazyLock::new(|| GREETINGS.map(fold));
static COVERING_FOLDED: LazyLock<[String; 32]> = LazyLock::new(|| COVERING.map(fold));
/// A longer sentence says something.
const SENTENCE_WORDS_MAX: usize = 14;

/// Is the paragraph for the newsroom alone?
pub(super) fn is_private_note(paragraph: &str) -> bool {
    let start = fold(paragraph.trim_start().trim_start_matches(['*', '_', '(']));
    let postscript = ["p.s.", "p. s.", "ps.", "ps:", "ps ", "p.s ", "p.s:", "p. p. s.", "p.p.s."]
        .iter()
        .any(|mark| start.starts_with(mark));
    let words = folded_words(paragraph);
    let forbidden = [
        " nepublice",
        " ne publicesanai",
        " nav publicesanai",
        " neieviet",
        " tikai redakcijai",
        " tikai jums zinasanai",
        " nerakstiet",
        " not for publication",
        " do not publish",
        " не публик",
        " не для публикации",
        " nelieciet ",
        " publicet nevajag",
        " nevajag publicet",
    ]
    .iter()
    .any(|words_of| words.contains(words_of));
    postscript || forbidden
}

/// Takes greetings and covering sentences off both ends of a text; gives the text and what was taken.
pub(super) fn strip(text: &str) -> (String, String) {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut taken = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].trim().is_empty() {
            at += 1;
            continue;
        }
        let (head, rest) = first_sentence(lines[at]);
        // A greeting with a comma leads into the sentence: leave it.
        let greeting = is_greeting(head) && (!head.trim_end().ends_with(',') || rest.trim().is_empty());
        if !(greeting || is_covering(head)) {
            break;
        }
        taken.push(head.trim().to_owned());
        lines[at] = rest.trim_start();
    }
    let mut back = Vec::new();
    let mut end = lines.len();
    while let Some(last) = lines[..end].iter().rposition(|line| !line.trim().is_empty()) {
        end = last + 1;
        let (rest, tail) = last_sentence(lines[last]);
        let before = rest.trim();
        let named =
            is_first_name(tail) && (is_covering(last_sentence(before).1) || before.is_empty() && last > at);
        if !(is_covering(tail) || is_thanks(tail) || named) {
            break;
        }
        back.push(tail.trim().to_owned());
        lines[last] = before;
    }
    let kept = lines.join("\n");
    if kept.trim().is_empty() {
        // There is nothing but the covering words: they are the text then.
        return (text.to_owned(), String::new());
    }
    back.reverse();
    taken.append(&mut back);
    (super::words::tidy(&kept), taken.join("\n"))
}

fn is_greeting(sentence: &str) -> bool {
    let folded = fold(sentence);
    let folded = folded.trim().trim_end_matches(['!', '.', ',', ' ', ')', ':', ';']);
    GREETINGS_FOLDED.iter().any(|greeting| {
        folded.strip_prefix(greeting.as_str()).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with([' ', ',', '!'])
                    && rest.split_whitespace().count() <= 4
                    && sentence.trim_end().ends_with(['!', ',', '.', ':'])
        })
    })
}

fn is_covering(sentence: &str) -> bool {
    let words = folded_words(sentence);
    let count = words.split_whitespace().count();
    (1..=SENTENCE_WORDS_MAX).contains(&count)
        && !sentence.contains(|c: char| c.is_ascii_digit())
        && COVERING_FOLDED.iter().any(|fragment| words.contains(fragment))
}

fn is_thanks(sentence: &str) -> bool {
    let words = folded_words(sentence);
    matches!(words.trim(), "paldies" | "liels paldies" | "paldies jums" | "thanks" | "thank you" | "спасибо")
}

/// One or two names with which a person signs at the end of the last line.
fn is_first_name(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    (1..=2).contains(&words.len())
        && words.iter().all(|word| {
            let word = word.trim_end_matches(',');
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().skip(1).all(char::is_lowercase)
        })
}

/// Ends of sentences: a mark, a space, and a capital, a digit or a quotation mark. From either end, and no further
/// than asked: sentences are taken off a line one by one.
fn boundaries(line: &str) -> impl DoubleEndedIterator<Item = usize> {
    let spaces = line.char_indices().filter(|(_, space)| space.is_whitespace());
    spaces.filter_map(|(at, space)| {
        let mark = line[..at].chars().next_back()?;
        let next = line[at + space.len_utf8()..].chars().next()?;
        let capital = next.is_uppercase() || next.is_ascii_digit() || "“„«\"".contains(next);
        (matches!(mark, '.' | '!' | '?' | '…' | ')') && capital).then_some(at)
    })
}

fn first_sentence(line: &str) -> (&str, &str) {
    boundaries(line).next().map_or((line, ""), |at| line.split_at(at))
}

fn last_sentence(line: &str) -> (&str, &str) {
    boundaries(line).next_back().map_or(("", line), |at| line.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covering_words_go_and_news_stays() {
        for (text, want) in [
            ("Labdien! Šodien bija klase.\nFoto pielikumā. Rasma", "Šodien bija klase."),
            ("Labdien! Sūtu divas ziņas.\n\nKlubs\nTeksts.", "Klubs\nTeksts."),
            ("Labdien, kolēģi!\n\nSūtu marta plānu, lūdzu ielikt kalendārā.\n\nPasākumi", "Pasākumi"),
            (
                "Sveiki! Pielikumā relīze un foto, lūdzu publicēt.",
                "Sveiki! Pielikumā relīze un foto, lūdzu publicēt.",
            ),
            ("Pielikumā minētie 12 darbi skatāmi muzejā.", "Pielikumā minētie 12 darbi skatāmi muzejā."),
        ] {
            assert_eq!(strip(text).0, want);
        }
    }

    #[test]
    fn notes_to_the_newsroom_are_private() {
        for text in [
            "P.S. Šo nepublicē",
            "PS: zvani man",
            "(Šo gan, lūdzu, nepublicējiet!)",
            "Не для публикации: телефон",
        ] {
            assert!(is_private_note(text), "{text}");
        }
        assert!(!is_private_note("Psalmi skanēs baznīcā."));
    }
}
