//! Dates in words. An event is said with the precision it was stated with, never converted, never completed.
//!
//! Inside a date all spaces are no-break spaces; between its parts (weekday, day, clock) a line may break.
//! The year is said only where a reader of the given day could take it for another.

mod english;
mod latvian;
mod near;
mod series;
mod shape;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use issues::{Event, EventStatus};
use subscribers::Language;

pub use near::{clock, named_day, near, until_near};
use series::Series;
use shape::Shape;

/// “Svētdien, 6. decembrī, plkst. 15.00” for a reader who reads on `today`.
pub fn when(language: Language, event: &Event, today: NaiveDate) -> String {
    let shape = Shape::of(event);
    let mut words = match language {
        Language::Latvian => latvian::when(&shape, today),
        Language::English => english::when(&shape, today),
    };
    let suffix = match (language, event.status) {
        (_, EventStatus::Confirmed) => "",
        (Language::Latvian, EventStatus::Tentative) => ", vēl var mainīties",
        (Language::English, EventStatus::Tentative) => ", may still change",
        (Language::Latvian, EventStatus::Cancelled) => " – nenotiks",
        (Language::English, EventStatus::Cancelled) => " – cancelled",
    };
    words.push_str(suffix);
    words
}

/// The value of [`crate::Slot::Since`]: “14. martā”, with the year when it is not this year.
pub fn since(language: Language, date: NaiveDate, today: NaiveDate) -> String {
    let year = date.year() != today.year();
    match language {
        Language::Latvian if year => latvian::dated_locative(date),
        Language::Latvian => latvian::locative(date),
        Language::English if year => format!("on {}", english::dated(date)),
        Language::English => format!("on {}", english::day(date)),
    }
}

/// “trešdien, 25. novembrī” inside a sentence.
pub fn on_day(language: Language, date: NaiveDate, today: NaiveDate) -> String {
    match language {
        Language::Latvian => latvian::on_day(date, today),
        Language::English => format!("on {}", english::on_day(date, today)),
    }
}

/// “12. decembris ir sestdiena”, to compare a date with what was meant.
pub fn weekday_of(language: Language, date: NaiveDate) -> String {
    match language {
        Language::Latvian => latvian::weekday_of(date),
        Language::English => format!("{} is a {}", english::day(date), english::weekday(date.weekday())),
    }
}

/// “trešdien, 25. novembrī, plkst. 10.00” inside a sentence; the time is local.
pub fn at(language: Language, time: NaiveDateTime, today: NaiveDate) -> String {
    let day = on_day(language, time.date(), today);
    match language {
        Language::Latvian => format!("{day}, {}", latvian::clock(time.time())),
        Language::English => format!("{day} at {}", english::clock(time.time())),
    }
}

/// The same standing alone.
pub fn moment(language: Language, time: NaiveDateTime, today: NaiveDate) -> String {
    let words = at(language, time, today);
    let words = match language {
        Language::Latvian => words.as_str(),
        Language::English => words.strip_prefix("on ").unwrap_or(&words),
    };
    capital(words)
}

/// “līdz otrdienai, 15. decembrim” inside a sentence.
pub fn until(language: Language, date: NaiveDate, today: NaiveDate) -> String {
    match language {
        Language::Latvian => latvian::until(date, today),
        Language::English => format!("by {}", english::on_day(date, today)),
    }
}

/// “decembra”: the month of an issue, as an attribute.
pub fn month_of(language: Language, month: u32) -> &'static str {
    match language {
        Language::Latvian => latvian::month(month).genitive,
        Language::English => english::month(month),
    }
}

/// “2026. gada decembris”.
pub fn year_and_month(language: Language, year: i32, month: u32) -> String {
    match language {
        Language::Latvian => format!("{year}.\u{a0}gada {}", latvian::month(month).nominative),
        Language::English => format!("{} {year}", english::month(month)),
    }
}

/// Must the year be said? Only dates from two months back to ten months ahead go without.
fn says_year(date: NaiveDate, today: NaiveDate) -> bool {
    let days = (date - today).num_days();
    date.year() != today.year() && !(-60..=300).contains(&days)
}

/// The first letter in upper case; phrases are built in lower case and begin lines.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests;
