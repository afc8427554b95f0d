//! Reading a cron expression: five fields, with errors that say which field and why.
//!
//! The fields are read by the `cron` crate, one at a time so that an error names its field. The day of the week is
//! read here, because the crate counts Sunday as 1 and knows neither “last” nor “third”.

use std::str::FromStr;

use ::cron::{Schedule, TimeUnitSpec};
use chrono::Weekday;

/// Longer than any sensible expression: every minute of an hour as a list is 170 characters.
const EXPRESSION_CHARACTERS_MAX: usize = 400;

/// How much of a wrong field an error repeats.
const QUOTED_CHARACTERS_MAX: usize = 40;

/// The five fields, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Minute,
    Hour,
    DayOfMonth,
    Month,
    Weekday,
}

impl Field {
    pub const ALL: [Field; 5] = [Field::Minute, Field::Hour, Field::DayOfMonth, Field::Month, Field::Weekday];

    pub fn name(self) -> &'static str {
        match self {
            Field::Minute => "minute",
            Field::Hour => "hour",
            Field::DayOfMonth => "day of the month",
            Field::Month => "month",
            Field::Weekday => "day of the week",
        }
    }

    /// What may stand there, in words for an error.
    fn allowed(self) -> &'static str {
        match self {
            Field::Minute => "0 to 59, as in 30 or 0,30 or 10-20 or */15",
            Field::Hour => "0 to 23, as in 9 or 9,18 or 9-17 or */2",
            Field::DayOfMonth => "1 to 31, as in 15 or 1,15 or 25-31 or */2",
            Field::Month => "1 to 12 or names, as in 1-4 or Sep,Dec or */3",
            Field::Weekday => {
                "Mon, Tue, Wed, Thu, Fri, Sat and Sun, as in Wed or Mon-Fri or Tue,Thu, or one of them \
                 with #L (the last of the month) or #1 to #5"
            }
        }
    }
}

/// Why a text is no schedule. The text comes from the configuration and holds nothing private.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCron {
    #[error(
        "a schedule has five fields (minute, hour, day of the month, month, day of the week), this one has {found}"
    )]
    FieldCount { found: usize },
    #[error("a schedule is at most {EXPRESSION_CHARACTERS_MAX} characters long")]
    TooLong,
    #[error("the {} “{text}” is not understood: write {}", field.name(), field.allowed())]
    Field { field: Field, text: String },
    #[error(
        "the day of the week “{text}” is a number: write Mon, Tue, Wed, Thu, Fri, Sat or Sun, because some \
         programs count Sunday as 0 and others as 1"
    )]
    NumericWeekday { text: String },
    #[error(
        "the day of the week “{text}” is not understood: # follows one day and is followed by L (the last of \
         the month) or by 1 to 5"
    )]
    Nth { text: String },
    #[error(
        "this schedule has no day at all: day of the month, month and day of the week must hold together on some day"
    )]
    Never,
}

/// Which of the equal weekdays of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nth {
    Every,
    /// 1 to 5
    Number(u32),
    Last,
}

/// What the five fields say: numbers in order, none twice.
#[derive(Debug, Clone)]
pub(super) struct Parsed {
    pub minutes: Vec<u32>,
    pub hours: Vec<u32>,
    pub days: Vec<u32>,
    pub months: Vec<u32>,
    /// By days from Monday.
    pub weekdays: [bool; 7],
    pub nth: Nth,
}

pub(super) fn parse(expression: &str) -> Result<Parsed, InvalidCron> {
    if expression.chars().count() > EXPRESSION_CHARACTERS_MAX {
        return Err(InvalidCron::TooLong);
    }
    let texts: Vec<&str> = expression.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = texts[..] else {
        return Err(InvalidCron::FieldCount { found: texts.len() });
    };
    let minutes = numbers(parse_alone(Field::Minute, minute)?.minutes());
    let hours = numbers(parse_alone(Field::Hour, hour)?.hours());
    let days = numbers(parse_alone(Field::DayOfMonth, day)?.days_of_month());
    let months = numbers(parse_alone(Field::Month, month)?.months());
    let (weekdays, nth) = parse_weekdays(weekday)?;
    Ok(Parsed { minutes, hours, days, months, weekdays, nth })
}

/// One field, in an expression whose other fields say nothing. The crate puts the second in front.
fn parse_alone(field: Field, text: &str) -> Result<Schedule, InvalidCron> {
    let wrong = || InvalidCron::Field { field, text: quoted(text) };
    // The crate also takes `?`, which means nothing here.
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || "*,-/".contains(c)) {
        return Err(wrong());
    }
    let fields = Field::ALL.map(|other| if other == field { text } else { "*" });
    Schedule::from_str(&format!("0 {}", fields.join(" "))).map_err(|_| wrong())
}

fn numbers(field: &impl TimeUnitSpec) -> Vec<u32> {
    field.iter().collect()
}

fn parse_weekdays(text: &str) -> Result<([bool; 7], Nth), InvalidCron> {
    if text == "*" {
        return Ok(([true; 7], Nth::Every));
    }
    let wrong = || InvalidCron::Field { field: Field::Weekday, text: quoted(text) };
    let (names, nth) = match text.split_once('#') {
        None => (text, Nth::Every),
        Some((name, nth)) => {
            let nth = match nth {
                "L" | "l" => Nth::Last,
                "1" | "2" | "3" | "4" | "5" => Nth::Number(u32::from(nth.as_bytes()[0] - b'0')),
                _ => return Err(InvalidCron::Nth { text: quoted(text) }),
            };
            if name.contains([',', '-', '*']) {
                return Err(InvalidCron::Nth { text: quoted(text) });
            }
            (name, nth)
        }
    };
    let names_a_day = |name: &str| -> Result<Weekday, InvalidCron> {
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()) {
            return Err(InvalidCron::NumericWeekday { text: quoted(text) });
        }
        // chrono knows the short and the long English names in any case.
        name.parse().map_err(|_| wrong())
    };
    let mut weekdays = [false; 7];
    for part in names.split(',') {
        let (first, last) = match part.split_once('-') {
            Some((first, last)) => (names_a_day(first)?, names_a_day(last)?),
            None => (names_a_day(part)?, names_a_day(part)?),
        };
        // Fri-Mon is four days: a range runs on over the end of the week.
        let mut day = first;
        weekdays[index(day)] = true;
        while day != last {
            day = day.succ();
            weekdays[index(day)] = true;
        }
    }
    Ok((weekdays, nth))
}

fn index(day: Weekday) -> usize {
    day.num_days_from_monday() as usize
}

fn quoted(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(QUOTED_CHARACTERS_MAX).collect()
}
