//! The words of frames and pages: one table per language, so that a missing string does not compile.
//!
//! Where a language needs grammar (plurals, cases, dates) the table holds a function. What contributors and
//! editors wrote is never in here.

pub mod date;
mod english;
mod latvian;
mod number;
mod plural;
mod words;

use chrono::NaiveDate;
use subscribers::{Language, Source};

pub use number::{ReadingTime, megabytes, size};
pub use plural::Plural;
pub use words::*;

/// The table of a language.
pub fn text(language: Language) -> &'static Text {
    match language {
        Language::Latvian => &latvian::TEXT,
        Language::English => &english::TEXT,
    }
}

/// The words of the public pages around the issues.
pub fn public(language: Language) -> &'static Public {
    &text(language).public
}

/// The words of consent that the subscribe page shows and the consent event records.
pub fn consent(language: Language, name: &Name) -> String {
    (text(language).subscribe.consent)(name)
}

/// The value of [`crate::Slot::Why`]: “14. martā pieteicāties”, “an editor added you on 14 March”. Words of ours alone.
pub fn why(language: Language, source: Source, day: NaiveDate, today: NaiveDate) -> String {
    (text(language).source.why)(source, &date::since(language, day, today))
}

/// The name of a publication in the cases that our sentences need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub nominative: String,
    pub genitive: String,
    pub dative: String,
}

/// Names in a row: “Rite, Kaplava un Dviete”.
pub(crate) fn join<S: AsRef<str>>(names: &[S], and: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{}{and}{}", first.join(", "), last.as_ref())
        }
    }
}

/// At most `max` characters, cut between words and marked with an ellipsis.
pub fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let head: String = text.chars().take(max.saturating_sub(1)).collect();
    let cut = head.rfind(char::is_whitespace).filter(|at| *at * 2 > head.len()).unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ':', ';', '.', '–', '-', '\u{a0}']))
}
