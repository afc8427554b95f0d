//! What a message means: its kind with the evidence, the author's own words, and the items it proposes.
//!
//! Takes a [`Parsed`] message, made of bytes outside, and never fails: it returns what was understood and what
//! was odd about it. It does not know the database; matching to deliveries and items is the daemon's.

mod answer;
mod automatic;
mod bounce;
mod byline;
mod captions;
mod checks;
mod commands;
mod cover;
mod decision;
mod details;
mod kind;
mod news;
mod paragraphs;
mod parsed;
mod places;
mod quotes;
mod report;
mod rules;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod title;
mod unreadable;
mod words;

use chrono::NaiveDate;

pub use answer::{Credited, credited, is_short};
pub use automatic::{is_nobody, may_answer};
pub use bounce::{Returned, returned};
pub use checks::checks;
pub use decision::{Decides, Said, decides};
pub use parsed::{Attachment, Fields, Header, HtmlText, Parsed};
pub use report::*;
pub use rules::{KnownPlace, PrivateRule, Rules};
pub use unreadable::Unreadable;

/// The kind alone, with its evidence, most important first: what decides whether the rest is worth the work.
pub fn kind(parsed: &Parsed, rules: &Rules) -> (Kind, Vec<String>) {
    let words = news::own_words(parsed);
    let judgement = kind::judge(parsed, rules, &words, &news::document_words(parsed));
    (judgement.kind, judgement.why)
}

/// Reads a message. `on` is the day on which it came, for mail whose own date is missing or nonsense.
pub fn read(parsed: &Parsed, rules: &Rules, on: NaiveDate) -> Report {
    news::report(parsed, rules, on)
}

/// Everything a message says, before anything is taken off: what the proposed text was made of.
pub fn letter(parsed: &Parsed) -> &str {
    news::body(parsed)
}
