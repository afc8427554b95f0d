//! A cron expression on the wall clock.
//!
//! The `cron` crate reads the numbers; walking the days is done here, because the crate leaves out a moment that
//! falls into the skipped hour of spring, gives one of the repeated hour of autumn twice, and ends with the year 2100.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeDelta, TimeZone as _, Utc,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::expression::{self, InvalidCron, Nth, Parsed};

/// The Gregorian calendar repeats itself, weekdays included, after 400 years of this many days.
const CYCLE_DAYS: usize = 146_097;

/// No clock was ever put forward by more (Apia left out a whole day in 2011).
const GAP_HOURS_MAX: i64 = 48;

/// The last year in which anything happens; keeps arithmetic on dates far from its limits.
const YEAR_MAX: i32 = 9998;

/// When something happens, on the wall clock.
///
/// Five fields: minute, hour, day of the month, month, day of the week. Numbers, `*`, lists, ranges and steps as
/// everywhere. Days of the week are names, never numbers; one of them may be followed by `#L`, the last of the
/// month, or by `#1` to `#5`.
///
/// **Day of the month and day of the week must both hold**: `0 9 25-31 * Wed` is a Wednesday from the 25th on. Old
/// cron takes either; nobody who plans an issue means that.
///
/// A time that the clock skips in spring comes later by as much as the clock was put forward. A time that the clock
/// repeats in autumn comes once, in the first pass.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cron {
    text: String,
    /// The times of a day, in order.
    times: Vec<NaiveTime>,
    days: Vec<u32>,
    months: Vec<u32>,
    /// By days from Monday.
    weekdays: [bool; 7],
    nth: Nth,
}

impl Cron {
    pub fn parse(expression: &str) -> Result<Self, InvalidCron> {
        let Parsed { minutes, hours, days, months, weekdays, nth } = expression::parse(expression)?;
        let times = hours
            .iter()
            .flat_map(|hour| minutes.iter().map(move |minute| (*hour, *minute)))
            .filter_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0))
            .collect();
        let text = expression.split_whitespace().collect::<Vec<_>>().join(" ");
        let cron = Self { text, times, days, months, weekdays, nth };
        let first = NaiveDate::default();
        match first.iter_days().take(CYCLE_DAYS).any(|day| cron.falls_on(day)) {
            true => Ok(cron),
            false => Err(InvalidCron::Never),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// All moments later than `t`, in order, each once. Ends only with the year 9998.
    pub fn after(&self, zone: Tz, t: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> + use<'_> {
        // Two days earlier than any zone's date of `t`: a moment may come later than the day it is written on.
        let start = t.date_naive().checked_sub_days(Days::new(3)).unwrap_or(NaiveDate::MIN);
        let mut last = t;
        start
            .iter_days()
            .take_while(|day| day.year() <= YEAR_MAX)
            .filter(|day| self.falls_on(*day))
            .flat_map(move |day| {
                let mut moments: Vec<DateTime<Utc>> =
                    self.times.iter().filter_map(|time| instant(zone, day.and_time(*time))).collect();
                // In spring 03:45 comes at 04:45, after 04:15, and together with 04:45.
                moments.sort_unstable();
                moments
            })
            .filter(move |moment| {
                let later = *moment > last;
                last = last.max(*moment);
                later
            })
    }

    /// The first moment later than `t`.
    pub fn next(&self, zone: Tz, t: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.after(zone, t).next()
    }

    fn falls_on(&self, day: NaiveDate) -> bool {
        self.months.contains(&day.month())
            && self.days.contains(&day.day())
            && self.weekdays[day.weekday().num_days_from_monday() as usize]
            && match self.nth {
                Nth::Every => true,
                Nth::Number(n) => day.day0() / 7 + 1 == n,
                Nth::Last => {
                    day.checked_add_days(Days::new(7)).is_none_or(|later| later.month() != day.month())
                }
            }
    }
}

/// When the wall clock of the zone shows `local`, or when it would have without being put forward.
fn instant(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    if let Some(first_pass) = zone.from_local_datetime(&local).earliest() {
        return Some(first_pass.to_utc());
    }
    // The clock skips this time. Counted with the offset in force before, it comes later by the length of the gap.
    let before = (1..=GAP_HOURS_MAX).find_map(|hours| {
        let earlier = local.checked_sub_signed(TimeDelta::hours(hours))?;
        zone.from_local_datetime(&earlier).latest()
    })?;
    let moment = local.checked_sub_offset(before.offset().fix())?;
    Some(moment.and_utc())
}

impl PartialEq for Cron {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Cron {}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Cron {
    type Err = InvalidCron;

    fn from_str(text: &str) -> Result<Self, InvalidCron> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Cron {
    type Error = InvalidCron;

    fn try_from(text: String) -> Result<Self, InvalidCron> {
        Self::parse(&text)
    }
}

impl From<Cron> for String {
    fn from(cron: Cron) -> String {
        cron.text
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{Europe::Riga, Pacific::Apia};
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Field;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// The first moments of an expression, as the wall clock shows them.
    fn wall(expression: &str, zone: Tz, from: &str, count: usize) -> Vec<String> {
        let cron = Cron::parse(expression).unwrap();
        let moments = cron.after(zone, at(from)).take(count);
        moments.map(|t| t.with_timezone(&zone).format("%F %H:%M%:::z").to_string()).collect()
    }

    #[test]
    fn the_last_wednesday_of_january_to_april_2024() {
        assert_eq!(
            wall("0 9 * 1-4 Wed#L", Riga, "2024-01-01T00:00:00Z", 5),
            [
                "2024-01-31 09:00+02",
                "2024-02-28 09:00+02",
                "2024-03-27 09:00+02",
                "2024-04-24 09:00+03",
                "2025-01-29 09:00+02"
            ]
        );
    }

    #[test]
    fn a_time_that_spring_skips_comes_an_hour_later_and_once() {
        let from = "2027-03-27T00:00:00Z";
        assert_eq!(
            wall("30 3 * * *", Riga, from, 3),
            ["2027-03-27 03:30+02", "2027-03-28 04:30+03", "2027-03-29 03:30+03"]
        );
        // 03:30 and 04:30 are the same moment on that day.
        assert_eq!(
            wall("30 3,4 * * *", Riga, "2027-03-27T12:00:00Z", 3),
            ["2027-03-28 04:30+03", "2027-03-29 03:30+03", "2027-03-29 04:30+03"]
        );
        // None is lost where skipped and real times meet.
        assert_eq!(
            wall("*/15 2-4 * * *", Riga, "2027-03-28T00:40:00Z", 6),
            [
                "2027-03-28 02:45+02",
                "2027-03-28 04:00+03",
                "2027-03-28 04:15+03",
                "2027-03-28 04:30+03",
                "2027-03-28 04:45+03",
                "2027-03-29 02:00+03"
            ]
        );
    }

    #[test]
    fn a_time_that_autumn_repeats_comes_once_in_the_first_pass() {
        assert_eq!(
            wall("30 3 * * *", Riga, "2026-10-24T12:00:00Z", 2),
            ["2026-10-25 03:30+03", "2026-10-26 03:30+02"]
        );
        // Asked inside the second pass, it does not come again.
        assert_eq!(wall("30 3 * * *", Riga, "2026-10-25T01:10:00Z", 1), ["2026-10-26 03:30+02"]);
    }

    #[test]
    fn a_day_that_a_zone_leaves_out_is_made_up_for() {
        assert_eq!(
            wall("0 9 * * *", Apia, "2011-12-29T00:00:00Z", 3),
            ["2011-12-29 09:00-10", "2011-12-31 09:00+14", "2012-01-01 09:00+14"]
        );
    }

    #[test]
    fn months_without_such_a_day_are_passed_over() {
        assert_eq!(
            wall("0 12 31 * *", Riga, "2026-01-31T12:00:00Z", 3),
            ["2026-03-31 12:00+03", "2026-05-31 12:00+03", "2026-07-31 12:00+03"]
        );
        assert_eq!(
            wall("0 12 29 2 *", Riga, "2026-01-01T00:00:00Z", 2),
            ["2028-02-29 12:00+02", "2032-02-29 12:00+02"]
        );
        assert_eq!(
            wall("0 0 29 2 Mon", Riga, "2080-01-01T00:00:00Z", 1),
            ["2112-02-29 00:00+02"],
            "40 years after the one of 2072, since 2100 has no such day"
        );
        assert_eq!(
            wall("0 9 * * Mon#5", Riga, "2026-11-01T00:00:00Z", 2),
            ["2026-11-30 09:00+02", "2027-03-29 09:00+03"]
        );
        assert_eq!(
            wall("0 9 * 1 *", Riga, "2101-01-01T00:00:00Z", 1),
            ["2101-01-01 09:00+02"],
            "past the crate's end"
        );
    }

    #[test]
    fn day_of_the_month_and_day_of_the_week_must_both_hold() {
        assert_eq!(
            wall("0 9 25-31 * Wed", Riga, "2026-01-01T00:00:00Z", 2),
            ["2026-01-28 09:00+02", "2026-02-25 09:00+02"]
        );
    }

    #[test]
    fn weekdays_are_names_in_any_case_and_ranges_run_over_the_weekend() {
        for text in ["Fri-Sun", "fri,SAT,Sunday", "Friday-sunday"] {
            assert_eq!(
                wall(&format!("0 9 * * {text}"), Riga, "2026-11-23T00:00:00Z", 4),
                ["2026-11-27 09:00+02", "2026-11-28 09:00+02", "2026-11-29 09:00+02", "2026-12-04 09:00+02"],
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_schedule_is_refused_with_its_field() {
        let field = |field, text: &str| InvalidCron::Field { field, text: text.into() };
        let nth = |text: &str| InvalidCron::Nth { text: text.into() };
        let numeric = |text: &str| InvalidCron::NumericWeekday { text: text.into() };
        for (expression, expected) in [
            ("", InvalidCron::FieldCount { found: 0 }),
            ("0 9 * *", InvalidCron::FieldCount { found: 4 }),
            ("0 0 9 * * Wed", InvalidCron::FieldCount { found: 6 }),
            ("@monthly", InvalidCron::FieldCount { found: 1 }),
            ("60 9 * * *", field(Field::Minute, "60")),
            ("*/0 9 * * *", field(Field::Minute, "*/0")),
            ("1, 9 * * *", field(Field::Minute, "1,")),
            ("0 24 * * *", field(Field::Hour, "24")),
            ("0 17-9 * * *", field(Field::Hour, "17-9")),
            ("0 9 0 * *", field(Field::DayOfMonth, "0")),
            ("0 9 L * *", field(Field::DayOfMonth, "L")),
            ("0 9 ? * Wed", field(Field::DayOfMonth, "?")),
            ("0 9 * 13 *", field(Field::Month, "13")),
            ("0 9 * Foo *", field(Field::Month, "Foo")),
            ("0 9 * * trešdiena", field(Field::Weekday, "trešdiena")),
            ("0 9 * * Wed-", field(Field::Weekday, "Wed-")),
            ("0 9 * * Mon-Fri/2", field(Field::Weekday, "Mon-Fri/2")),
            ("0 9 * * ?", field(Field::Weekday, "?")),
            ("0 9 * * 3", numeric("3")),
            ("0 9 * * 1-5", numeric("1-5")),
            ("0 9 * * 3#L", numeric("3#L")),
            ("0 9 * * Wed#6", nth("Wed#6")),
            ("0 9 * * Wed#0", nth("Wed#0")),
            ("0 9 * * Wed#", nth("Wed#")),
            ("0 9 * * Wed,Fri#L", nth("Wed,Fri#L")),
            ("0 9 * * *#1", nth("*#1")),
            ("0 9 30 2 *", InvalidCron::Never),
            ("0 9 1-7 * Wed#L", InvalidCron::Never),
        ] {
            assert_eq!(Cron::parse(expression).unwrap_err(), expected, "{expression}");
        }
        assert_eq!(Cron::parse(&"*,".repeat(300)).unwrap_err(), InvalidCron::TooLong);
    }

    #[test]
    fn an_error_says_what_is_wrong_where_and_what_to_write() {
        let said = Cron::parse("0 9 * * 3").unwrap_err().to_string();
        assert_eq!(
            said,
            "the day of the week “3” is a number: write Mon, Tue, Wed, Thu, Fri, Sat or Sun, because some \
             programs count Sunday as 0 and others as 1"
        );
        let said = Cron::parse("0 25 * * *").unwrap_err().to_string();
        assert_eq!(said, "the hour “25” is not understood: write 0 to 23, as in 9 or 9,18 or 9-17 or */2");
    }

    #[test]
    fn an_expression_is_configuration_text() {
        let cron: Cron = serde_json::from_str(r#"" 0  9 * * Wed#L""#).unwrap();
        assert_eq!(serde_json::to_string(&cron).unwrap(), r#""0 9 * * Wed#L""#);
        assert!(serde_json::from_str::<Cron>(r#""0 9 * * 3""#).is_err());
    }

    #[test]
    fn the_ends_of_time_are_ends_and_not_errors() {
        let cron = Cron::parse("0 9 * * *").unwrap();
        assert_eq!(cron.next(Riga, DateTime::<Utc>::MAX_UTC), None);
        assert!(cron.next(Apia, DateTime::<Utc>::MIN_UTC).is_some());
    }

    fn expressions() -> impl Strategy<Value = String> {
        let minute =
            prop_oneof!["[0-5]?[0-9]", Just("*/7".into()), Just("*".into()), "[0-2][0-9]-[3-5][0-9]"];
        let hour = prop_oneof!["1?[0-9]", "2[0-3]", Just("*/5".into()), Just("2-4".into())];
        let day =
            prop_oneof![3 => Just("*".to_owned()), 1 => "[1-9]|[12][0-9]|3[01]", 1 => Just("20-31".into())];
        let month = prop_oneof![3 => Just("*".to_owned()), 1 => "[1-9]|1[0-2]", 1 => Just("Mar,Oct".into())];
        let weekday = prop_oneof![
            2 => Just("*".to_owned()),
            2 => "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(#[1-5L])?",
            1 => Just("Sat-Sun".into())
        ];
        (minute, hour, day, month, weekday).prop_map(|(a, b, c, d, e)| format!("{a} {b} {c} {d} {e}"))
    }

    proptest! {
        #[test]
        fn no_text_makes_parsing_panic(text in any::<String>(), near in "[-0-9*,/#LWedMon? \t]{0,40}") {
            let _ = Cron::parse(&text);
            let _ = Cron::parse(&near);
            let _ = Cron::parse(&format!("0 9 * * {near}"));
        }

        #[test]
        fn moments_strictly_increase_and_each_is_the_next_of_the_one_before(
            expression in expressions(), seconds in 0_i64..4_000_000_000, zone in 0..chrono_tz::TZ_VARIANTS.len()
        ) {
            let (zone, start) = (chrono_tz::TZ_VARIANTS[zone], DateTime::from_timestamp(seconds, 0).unwrap());
            let Ok(cron) = Cron::parse(&expression) else { return Ok(()) };
            let moments: Vec<_> = cron.after(zone, start).take(20).collect();
            prop_assert_eq!(moments.len(), 20);
            let mut before = start;
            for moment in moments {
                prop_assert!(moment > before);
                prop_assert_eq!(cron.next(zone, before), Some(moment));
                prop_assert_eq!(cron.next(zone, moment - TimeDelta::seconds(1)), Some(moment));
                before = moment;
            }
        }
    }
}
