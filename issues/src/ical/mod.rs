//! Events in the language of other calendars (RFC 5545): one event to take along, or many to subscribe to.
//!
//! Whole days are dates, clock times are local with their zone, nothing is converted. What is not certain to the day is
//! not written at all: a calendar knows no “in spring”. Invitations, alarms and attendees are left out.

mod lines;
mod zone;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::{Event, EventStatus, LocalMoment, Precision};
use lines::Lines;

const PRODUCT: &str = "-//zinas//calendar//LV";
/// How often a calendar that is subscribed to should be fetched.
const REFRESH: &str = "P1D";
/// Years that are written with four digits, and a day after which there still is one.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=9998;

/// A calendar, as a file or as a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    pub name: String,
    /// In which the clock times of the entries are.
    pub zone: Tz,
    pub entries: Vec<Entry>,
}

/// An event with what a calendar shows beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The same for ever; an address of a mailbox's form.
    pub uid: String,
    /// Grows with each change.
    pub sequence: i64,
    pub changed_at: DateTime<Utc>,
    pub title: String,
    pub description: String,
    pub place: String,
    pub url: String,
    pub event: Event,
}

/// When an event is, as a calendar can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// The day after the last is not part of it.
    Days {
        first: NaiveDate,
        after: NaiveDate,
    },
    Times {
        start: NaiveDateTime,
        end: Option<NaiveDateTime>,
    },
}

/// Can this event be put into a calendar without claiming more than was said?
pub fn is_exact(event: &Event) -> bool {
    let rule = event.rrule.as_deref().is_none_or(|rule| event.start.is_some() && is_rule(rule));
    event.precision == Precision::Exact && rule && When::of(event).is_some()
}

/// The calendar with CRLF at the ends of its lines, no longer than 75 octets each. Entries that are not exact are left
/// out ([`is_exact`]).
pub fn write(calendar: &Calendar) -> String {
    let entries: Vec<(&Entry, When)> = calendar
        .entries
        .iter()
        .filter(|entry| is_exact(&entry.event))
        .filter_map(|entry| Some((entry, When::of(&entry.event)?)))
        .collect();
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", PRODUCT);
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    // The second is RFC 7986's name for what the first has long been understood as.
    lines.text("X-WR-CALNAME", &calendar.name);
    lines.text("NAME", &calendar.name);
    lines.plain("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    let earliest = entries.iter().filter_map(|(_, when)| match when {
        When::Times { start, .. } => Some(start.year()),
        When::Days { .. } => None,
    });
    if let Some(year) = earliest.min() {
        zone::write(&mut lines, calendar.zone, year);
    }
    for (entry, when) in entries {
        event(&mut lines, entry, when, calendar.zone);
    }
    lines.plain("END", "VCALENDAR");
    lines.finish()
}

fn event(lines: &mut Lines, entry: &Entry, when: When, zone: Tz) {
    lines.plain("BEGIN", "VEVENT");
    lines.text("UID", &entry.uid);
    // A published calendar has no conversation in which the two could differ; and a calendar that has not changed is
    // the same to the last octet.
    lines.plain("DTSTAMP", &utc(entry.changed_at));
    lines.plain("LAST-MODIFIED", &utc(entry.changed_at));
    lines.plain("SEQUENCE", &entry.sequence.max(0).to_string());
    match when {
        When::Days { first, after } => {
            lines.plain("DTSTART;VALUE=DATE", &day(first));
            lines.plain("DTEND;VALUE=DATE", &day(after));
            // A whole day is not one on which its reader is busy.
            lines.plain("TRANSP", "TRANSPARENT");
        }
        When::Times { start, end } => {
            lines.plain(&format!("DTSTART;TZID={}", zone.name()), &time(start));
            if let Some(end) = end {
                lines.plain(&format!("DTEND;TZID={}", zone.name()), &time(end));
            }
        }
    }
    if let Some(rule) = &entry.event.rrule {
        lines.plain("RRULE", &rewritten(rule, when, zone));
    }
    let status = match entry.event.status {
        EventStatus::Confirmed => "CONFIRMED",
        EventStatus::Tentative => "TENTATIVE",
        EventStatus::Cancelled => "CANCELLED",
    };
    lines.plain("STATUS", status);
    lines.text("SUMMARY", &entry.title);
    for (name, words) in [("DESCRIPTION", &entry.description), ("LOCATION", &entry.place)] {
        if !words.trim().is_empty() {
            lines.text(name, words);
        }
    }
    // A URI takes no backslashes: what is not one is left out.
    if let Ok(url) = url::Url::parse(&entry.url) {
        lines.plain("URL", url.as_str());
    }
    lines.plain("END", "VEVENT");
}

impl When {
    fn of(event: &Event) -> Option<Self> {
        use LocalMoment::{Day, Time};
        let days = |first: NaiveDate, last: NaiveDate| {
            let after = last.max(first).checked_add_days(Days::new(1))?;
            Some(When::Days { first, after })
        };
        let series = event.rrule.is_some();
        let when = match (event.start, event.end) {
            (None, None) => None,
            // A deadline is on its day; a stretch without an end begins on its first.
            (None, Some(Day(only))) | (Some(Day(only)), None) => days(only, only),
            // Of a series one occurrence is written, and the rule beside it.
            (Some(Day(first)), Some(_)) if series => days(first, first),
            (Some(Day(first)), Some(end)) => days(first, end.date()),
            (None, Some(Time(start))) | (Some(Time(start)), None) => Some(When::Times { start, end: None }),
            (Some(Time(start)), Some(Time(end))) => {
                let end = if series { occurrence_end(start, end.time())? } else { end };
                Some(When::Times { start, end: Some(end).filter(|end| *end > start) })
            }
            (Some(Time(start)), Some(Day(last))) => {
                let whole = !series && last > start.date();
                let end = if whole { last.checked_add_days(Days::new(1)) } else { None };
                Some(When::Times { start, end: end.map(|day| day.and_time(NaiveTime::MIN)) })
            }
        };
        when.filter(When::is_written)
    }

    /// A year has four digits (section 3.3.4). Beside the last of them a zone has no day for its offset either.
    fn is_written(&self) -> bool {
        let (start, end) = match *self {
            When::Days { first, after } => (first, after),
            When::Times { start, end } => (start.date(), end.unwrap_or(start).date()),
        };
        YEARS.contains(&start.year()) && YEARS.contains(&end.year())
    }
}

/// The end of the first occurrence, past midnight if it must be.
fn occurrence_end(start: NaiveDateTime, end: NaiveTime) -> Option<NaiveDateTime> {
    let day = start.date();
    let day = if end < start.time() { day.checked_add_days(Days::new(1))? } else { day };
    Some(day.and_time(end))
}

/// Parts of a rule and nothing else (section 3.3.10): what could end the line or begin another property is none.
fn is_rule(rule: &str) -> bool {
    let plain =
        |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, b'=' | b';' | b',' | b'-' | b'+');
    rule.starts_with("FREQ=") && rule.len() <= 200 && rule.bytes().all(plain)
}

/// The rule with its last day as the start wants it: a date beside dates, the end of that day in UTC beside times.
fn rewritten(rule: &str, when: When, zone: Tz) -> String {
    let part = |part: &str| {
        let until = part.strip_prefix("UNTIL=").and_then(|until| until.get(..8));
        let Some(last) = until.and_then(|text| NaiveDate::parse_from_str(text, "%Y%m%d").ok()) else {
            return part.to_owned();
        };
        match when {
            When::Days { .. } => format!("UNTIL={}", day(last)),
            When::Times { .. } => {
                let end = last.and_time(NaiveTime::MIN) + chrono::TimeDelta::seconds(86_399);
                let end = zone.from_local_datetime(&end).latest().map_or(end.and_utc(), |end| end.to_utc());
                format!("UNTIL={}", utc(end))
            }
        }
    };
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn time(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

fn utc(time: DateTime<Utc>) -> String {
    time.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests;
