//! Numbers in words, sizes and times of reading.

use subscribers::Language;

use super::Plural;

/// Words per minute of a reader who takes the time.
const WORDS_PER_MINUTE: usize = 140;

/// How long a text takes to read, in whole minutes, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingTime(usize);

impl ReadingTime {
    pub fn of_words(words: usize) -> Self {
        Self(words.div_ceil(WORDS_PER_MINUTE).max(1))
    }

    pub fn minutes(self) -> usize {
        self.0
    }
}

/// “4,9 MB”; never “0 MB”.
pub fn megabytes(language: Language, octets: u64) -> String {
    let tenths = (octets.saturating_mul(10) / 1_000_000).max(1);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let mark = match language {
        Language::Latvian => ',',
        Language::English => '.',
    };
    if tenth == 0 { format!("{whole}\u{a0}MB") } else { format!("{whole}{mark}{tenth}\u{a0}MB") }
}

/// “48 KB”, “4,9 MB”; never nothing.
pub fn size(language: Language, octets: u64) -> String {
    if octets < 1_000_000 {
        format!("{}\u{a0}KB", octets.div_ceil(1_000).max(1))
    } else {
        megabytes(language, octets)
    }
}

/// A noun counted in words from one to ten: `words[1]` is “viena”.
pub(super) fn counted(language: Language, n: usize, words: &[&str; 11], noun: Plural) -> String {
    match words.get(n) {
        Some(word) if n > 0 => format!("{word} {}", noun.of(language, n)),
        _ => noun.count(language, n),
    }
}
