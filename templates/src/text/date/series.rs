//! Series: the recurrence rules (RFC 5545 section 3.3.10) that texts really contain. Any other rule is said in
//! the words of the text.

use chrono::{NaiveDate, NaiveTime, Weekday};
use issues::{Event, LocalMoment};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) rhythm: Rhythm,
    pub(super) from: Option<NaiveTime>,
    pub(super) to: Option<NaiveTime>,
    pub(super) until: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rhythm {
    Daily,
    WorkingDays,
    /// On these days of every week.
    Weekly(Vec<Weekday>),
    /// On this day of every second week.
    Fortnightly(Weekday),
    /// On the nth such weekday of every month; -1 is the last.
    Monthly(i8, Weekday),
    MonthDay(u32),
}

impl Series {
    /// `None` for a rule that we have no phrase for.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let mut frequency = None;
        let mut interval = 1;
        let mut days = None;
        let mut month_day = None;
        let mut until = None;
        for part in event.rrule.as_deref()?.split(';') {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" => frequency = Some(value),
                "INTERVAL" => interval = value.parse::<u32>().ok()?,
                "BYDAY" => days = Some(value),
                "BYMONTHDAY" => month_day = Some(value.parse::<u32>().ok()?),
                "UNTIL" => until = Some(NaiveDate::parse_from_str(value.get(..8)?, "%Y%m%d").ok()?),
                "WKST" => {}
                _ => return None,
            }
        }
        let start = event.start?;
        let rhythm = match (frequency?, interval, days, month_day) {
            ("DAILY", 1, None, None) => Rhythm::Daily,
            ("WEEKLY", 1, Some("MO,TU,WE,TH,FR"), None) => Rhythm::WorkingDays,
            ("WEEKLY", 1, Some(days), None) => {
                Rhythm::Weekly(days.split(',').map(weekday).collect::<Option<_>>()?)
            }
            ("WEEKLY", 2, Some(day), None) => Rhythm::Fortnightly(weekday(day)?),
            ("MONTHLY", 1, Some(day), None) => {
                let (nth, day) = day.split_at_checked(day.len().checked_sub(2)?)?;
                let nth = nth.parse().ok().filter(|n| matches!(n, -1 | 1..=4))?;
                Rhythm::Monthly(nth, weekday(day)?)
            }
            ("MONTHLY", 1, None, Some(day @ 1..=31)) => Rhythm::MonthDay(day),
            _ => return None,
        };
        let to = event.end.and_then(LocalMoment::time).filter(|_| start.time().is_some());
        Some(Self { rhythm, from: start.time(), to, until })
    }
}

fn weekday(code: &str) -> Option<Weekday> {
    Some(match code {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}
