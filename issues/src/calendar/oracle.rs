//! Ten years of schedules against two oracles that share nothing with ours: the `croner` crate, and counting by hand.

use std::str::FromStr as _;

use chrono::{DateTime, Datelike as _, NaiveDate, TimeZone as _, Utc, Weekday};
use chrono_tz::{Europe::Riga, Tz};

use super::Cron;

const YEARS: std::ops::Range<i32> = 2024..2034;

fn first_of(year: i32) -> DateTime<Utc> {
    Riga.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap().to_utc()
}

fn ours(expression: &str) -> Vec<DateTime<Utc>> {
    let cron = Cron::parse(expression).unwrap();
    cron.after(Riga, first_of(YEARS.start)).take_while(|t| *t < first_of(YEARS.end)).collect()
}

/// Our expression, and the same for croner: there `+` before the weekday says that both days must hold.
fn check(expression: &str, for_croner: &str) {
    let start: DateTime<Tz> = first_of(YEARS.start).with_timezone(&Riga);
    let theirs: Vec<DateTime<Utc>> = croner::Cron::from_str(for_croner)
        .unwrap()
        .iter_after(start)
        .map(|t| t.to_utc())
        .take_while(|t| *t < first_of(YEARS.end))
        .collect();
    assert!(theirs.len() >= 2, "{for_croner} says something");
    assert_eq!(ours(expression), theirs, "{expression}");
}

#[test]
fn ten_years_are_the_same_as_croners() {
    for expression in [
        "0 9 * * Wed#L",
        "0 9 * 1-4 Wed#L",
        "30 18 * * Mon#1",
        "30 18 * * Tue#3",
        "0 7 * * Sun#5",
        "0 9 * * Fri#L",
        "15 6 * * Mon-Fri",
        "0 12 31 * *",
        "0 12 29 2 *",
        "0 12 1,15 * *",
        "0 0 1 1 *",
        "59 23 28-31 12 *",
        "0 8 */5 * *",
        "0 10-16/3 1 Mar,Jun,Sep,Dec *",
        "*/20 9 * 6 Sat",
        "5 0 * * *",
    ] {
        check(expression, expression);
    }
    check("0 9 25-31 * Wed", "0 9 25-31 * +WED");
    check("0 9 13 * Fri", "0 9 13 * +FRI");
}

#[test]
fn the_last_wednesdays_are_those_counted_by_hand() {
    let mut expected = Vec::new();
    for (year, month) in YEARS.flat_map(|year| (1..=12).map(move |month| (year, month))) {
        let last = (22..=31)
            .filter_map(|day| NaiveDate::from_ymd_opt(year, month, day))
            .rfind(|day| day.weekday() == Weekday::Wed)
            .unwrap();
        // Riga is three hours ahead from the last Sunday of March to the last Sunday of October.
        let last_sunday = |month| {
            (25..=31)
                .map(|day| NaiveDate::from_ymd_opt(year, month, day).unwrap())
                .find(|d| d.weekday() == Weekday::Sun)
        };
        let summer = Some(last) >= last_sunday(3) && Some(last) < last_sunday(10);
        expected.push(last.and_hms_opt(if summer { 6 } else { 7 }, 0, 0).unwrap().and_utc());
    }
    assert_eq!(expected.len(), 120);
    assert_eq!(ours("0 9 * * Wed#L"), expected);
}
