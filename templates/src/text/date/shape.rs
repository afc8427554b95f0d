//! What kind of phrase an event needs, the same for all languages.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use issues::{Event, LocalMoment, Precision};

use super::Series;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Deadline(LocalMoment),
    /// From a day on, with no end stated.
    From(NaiveDate),
    Day(NaiveDate),
    Days(NaiveDate, NaiveDate),
    Time(NaiveDateTime),
    Hours(NaiveDate, NaiveTime, NaiveTime),
    /// One stretch with a clock time at one or both ends, over several days.
    Span(LocalMoment, LocalMoment),
    Third(NaiveDate, Third),
    Month(NaiveDate),
    Season(NaiveDate, Season),
    Series(Series),
    /// Nothing we can say better than the words of the text.
    Words(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Third {
    Beginning,
    Middle,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Shape {
    pub(super) fn of(event: &Event) -> Self {
        let words = || Shape::Words(event.text.clone());
        if event.rrule.is_some() {
            return Series::of(event).map_or_else(words, Shape::Series);
        }
        let day = event.start.or(event.end).map(LocalMoment::date);
        match (event.precision, day) {
            (_, None) => words(),
            (Precision::Third, Some(day)) => Shape::Third(day, third(day)),
            (Precision::Month, Some(day)) => Shape::Month(day),
            (Precision::Season, Some(day)) => Shape::Season(day, season(day)),
            (Precision::Exact, Some(_)) => exact(event.start, event.end).unwrap_or_else(words),
        }
    }
}

fn exact(start: Option<LocalMoment>, end: Option<LocalMoment>) -> Option<Shape> {
    use LocalMoment::{Day, Time};
    Some(match (start, end) {
        (None, None) => return None,
        (None, Some(end)) => Shape::Deadline(end),
        (Some(Day(day)), None) => Shape::From(day),
        (Some(Time(time)), None) => Shape::Time(time),
        (Some(Day(first)), Some(Day(last))) if first == last => Shape::Day(first),
        (Some(Day(first)), Some(Day(last))) => Shape::Days(first, last),
        (Some(Time(start)), Some(Time(end))) if start == end => Shape::Time(start),
        (Some(Time(start)), Some(Time(end))) if reads_as_one_evening(start, end) => {
            Shape::Hours(start.date(), start.time(), end.time())
        }
        (Some(Time(time)), Some(Day(day))) if time.date() == day => Shape::Time(time),
        (Some(start), Some(end)) => Shape::Span(start, end),
    })
}

/// Within a day, or past midnight into the small hours: “22.00–3.00”.
fn reads_as_one_evening(start: NaiveDateTime, end: NaiveDateTime) -> bool {
    start.date() == end.date() || (start.date().succ_opt() == Some(end.date()) && end.time() < start.time())
}

fn third(day: NaiveDate) -> Third {
    match day.day() {
        ..=10 => Third::Beginning,
        11..=20 => Third::Middle,
        _ => Third::End,
    }
}

fn season(day: NaiveDate) -> Season {
    match day.month() {
        3..=5 => Season::Spring,
        6..=8 => Season::Summer,
        9..=11 => Season::Autumn,
        _ => Season::Winter,
    }
}
