//! A time zone in words of a calendar (RFC 5545 section 3.6.5): when its clocks change, told from the changes of one
//! year and taken to go on like that. Calendars that know the zone by its name use their own knowledge anyway.

use chrono::{DateTime, Datelike as _, NaiveDate, Offset as _, TimeDelta, TimeZone as _, Utc, Weekday};
use chrono_tz::{OffsetComponents as _, OffsetName as _, Tz};

use super::lines::Lines;

/// Clocks go from one distance to UTC to another.
struct Change {
    at: DateTime<Utc>,
    /// Seconds east of UTC before and after.
    from: i32,
    to: i32,
}

/// The zone, such that events from the beginning of `year` on have their time.
pub(super) fn write(lines: &mut Lines, zone: Tz, year: i32) {
    // A change of the year before is in force in January.
    let changes = changes(zone, year - 1);
    lines.plain("BEGIN", "VTIMEZONE");
    lines.plain("TZID", zone.name());
    if changes.is_empty() {
        let at = midnight(year).unwrap_or(DateTime::UNIX_EPOCH);
        let same = seconds(zone, at);
        observance(lines, zone, &Change { at, from: same, to: same }, false);
    }
    for change in &changes {
        // Two a year are summer time, and come back.
        observance(lines, zone, change, changes.len() == 2);
    }
    lines.plain("END", "VTIMEZONE");
}

fn observance(lines: &mut Lines, zone: Tz, change: &Change, yearly: bool) {
    let offset = zone.offset_from_utc_datetime(&change.at.naive_utc());
    let kind = if offset.dst_offset().is_zero() { "STANDARD" } else { "DAYLIGHT" };
    // The clock before the change is what shows its moment.
    let local = change.at.naive_utc() + TimeDelta::seconds(i64::from(change.from));
    lines.plain("BEGIN", kind);
    lines.plain("DTSTART", &super::time(local));
    if yearly {
        lines.plain("RRULE", &yearly_rule(local.date()));
    }
    lines.plain("TZOFFSETFROM", &distance(change.from));
    lines.plain("TZOFFSETTO", &distance(change.to));
    if let Some(name) = offset.abbreviation() {
        lines.text("TZNAME", name);
    }
    lines.plain("END", kind);
}

/// “the last Sunday of March”, “the second Sunday of March”.
fn yearly_rule(day: NaiveDate) -> String {
    let weekday = match day.weekday() {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    };
    let last = day.checked_add_days(chrono::Days::new(7)).is_none_or(|next| next.month() != day.month());
    let nth = if last { "-1".to_owned() } else { ((day.day() - 1) / 7 + 1).to_string() };
    format!("FREQ=YEARLY;BYMONTH={};BYDAY={nth}{weekday}", day.month())
}

fn changes(zone: Tz, year: i32) -> Vec<Change> {
    let mut out = Vec::new();
    let Some(mut at) = midnight(year) else { return out };
    while at.year() == year {
        let next = at + TimeDelta::days(1);
        let (from, to) = (seconds(zone, at), seconds(zone, next));
        if from != to {
            let (mut before, mut after) = (at, next);
            while after - before > TimeDelta::minutes(1) {
                let middle = before + TimeDelta::minutes((after - before).num_minutes() / 2);
                if seconds(zone, middle) == from { before = middle } else { after = middle }
            }
            out.push(Change { at: after, from, to });
        }
        at = next;
    }
    out
}

fn midnight(year: i32) -> Option<DateTime<Utc>> {
    Some(NaiveDate::from_ymd_opt(year, 1, 1)?.and_hms_opt(0, 0, 0)?.and_utc())
}

fn seconds(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

/// `+0200`
fn distance(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}
