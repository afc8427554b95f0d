//! English dates: “Sunday 6 December, 15:00”.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use issues::LocalMoment;

use super::series::{Rhythm, Series};
use super::shape::{Season, Shape, Third};
use super::{capital, says_year};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month of the calendar, 1 to 12.
pub(super) fn month(month: u32) -> &'static str {
    MONTHS[(month.clamp(1, 12) - 1) as usize]
}

pub(super) fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

pub(super) fn when(shape: &Shape, today: NaiveDate) -> String {
    let words = match shape {
        Shape::Deadline(moment) => format!("by {}", moment_words(*moment, today)),
        Shape::From(day) => format!("from {}", on_day(*day, today)),
        Shape::Day(day) => on_day(*day, today),
        Shape::Days(first, last) => days(*first, *last, today),
        Shape::Time(time) => moment_words(LocalMoment::Time(*time), today),
        Shape::Hours(day, from, to) => format!("{}, {}–{}", on_day(*day, today), clock(*from), clock(*to)),
        Shape::Span(start, end) => {
            format!("from {} to {}", moment_words(*start, today), moment_words(*end, today))
        }
        Shape::Third(day, third) => {
            let third = match third {
                Third::Beginning => "early",
                Third::Middle => "mid",
                Third::End => "late",
            };
            format!("{third} {}{}, date not known yet", month(day.month()), year_after(*day, today))
        }
        Shape::Month(day) => {
            format!("{}{}, date not known yet", month(day.month()), year_after(*day, today))
        }
        Shape::Season(day, season) => {
            let season = match season {
                Season::Spring => "spring",
                Season::Summer => "summer",
                Season::Autumn => "autumn",
                Season::Winter => "winter",
            };
            format!("{season}{}, date not known yet", year_after(*day, today))
        }
        Shape::Series(series) => repeated(series, today),
        Shape::Words(words) => words.clone(),
    };
    capital(&words)
}

/// “6 December”
pub(super) fn day(day: NaiveDate) -> String {
    format!("{}\u{a0}{}", day.day(), month(day.month()))
}

/// “5 December is a Saturday”
pub(super) fn named_day(date: NaiveDate) -> String {
    format!("{} is a {}", day(date), weekday(date.weekday()))
}

/// “14 March 2025”
pub(super) fn dated(date: NaiveDate) -> String {
    format!("{}\u{a0}{}", day(date), date.year())
}

fn year_after(date: NaiveDate, today: NaiveDate) -> String {
    if says_year(date, today) { format!("\u{a0}{}", date.year()) } else { String::new() }
}

/// “Sunday 6 December”
pub(super) fn on_day(date: NaiveDate, today: NaiveDate) -> String {
    format!("{} {}{}", weekday(date.weekday()), day(date), year_after(date, today))
}

fn days(first: NaiveDate, last: NaiveDate, today: NaiveDate) -> String {
    let last_words = format!("{}{}", day(last), year_after(last, today));
    if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{last_words}", first.day())
    } else {
        format!("from {}{} to {last_words}", day(first), year_after(first, today))
    }
}

fn moment_words(moment: LocalMoment, today: NaiveDate) -> String {
    let date = on_day(moment.date(), today);
    match moment.time() {
        Some(time) => format!("{date}, {}", clock(time)),
        None => date,
    }
}

/// “15:00”
pub(super) fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

fn repeated(series: &Series, today: NaiveDate) -> String {
    let mut words = match &series.rhythm {
        Rhythm::Daily => "every day".to_owned(),
        Rhythm::WorkingDays => "on working days".to_owned(),
        Rhythm::Weekly(days) => {
            let days: Vec<_> = days.iter().map(|day| format!("{}s", weekday(*day))).collect();
            super::super::join(&days, " and ")
        }
        Rhythm::Fortnightly(day) => format!("every second {}", weekday(*day)),
        Rhythm::Monthly(nth, day) => {
            let nth = match nth {
                1 => "first",
                2 => "second",
                3 => "third",
                4 => "fourth",
                _ => "last",
            };
            format!("every {nth} {} of the month", weekday(*day))
        }
        Rhythm::MonthDay(day) => format!("on day {day} of every month"),
    };
    if let Some(from) = series.from {
        words += &format!(", {}", clock(from));
        if let Some(to) = series.to {
            words += &format!("–{}", clock(to));
        }
    }
    if let Some(last) = series.until {
        words += &format!(", until {}{}", day(last), year_after(last, today));
    }
    words
}
