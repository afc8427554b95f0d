//! A dated thing inside an item: local dates and times as they were stated, never converted, never invented.

use std::fmt;

use chrono::{
    DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Utc, Weekday,
};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::WebLink;

mod details;

pub use details::{
    EVENT_LINK_CHARACTERS_MAX, EVENT_PLACE_CHARACTERS_MAX, EVENT_PRICE_CHARACTERS_MAX, EventDetails,
};

/// A series without a stated end is taken to go on for so long: what nobody has said again for a year may be over.
const OPEN_SERIES_DAYS: chrono::Days = chrono::Days::new(365);

/// An event as the words of an item give it. `text` are those words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// `None` where only an end is stated: a deadline.
    pub start: Option<LocalMoment>,
    /// Inclusive for whole days; `None` where no end is stated.
    pub end: Option<LocalMoment>,
    pub all_day: bool,
    /// RFC 5545 recurrence rule without its name, for a series.
    pub rrule: Option<String>,
    pub precision: Precision,
    pub status: EventStatus,
    /// What an editor should look at, such as `weekday_mismatch`.
    pub warn: Option<String>,
    pub text: String,
    /// The weekday that the words say beside the date, where it is not the date's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<Weekday>,
    /// Where exactly: “Rites tautas nams”. The places of an item say only which parish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// In words: “bez maksas”, “3 €”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// A page that says more, or sells tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<WebLink>,
    /// Who took it for right; until somebody did it is a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Confirmed>,
}

/// What [`Event::warn`] says of a date whose weekday is another than the words say.
pub const WEEKDAY_MISMATCH: &str = "weekday_mismatch";

/// A person made what the machine proposed her own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    pub by: String,
    pub at: DateTime<Utc>,
}

/// A local date, or a local date and time, exactly as precise as it was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LocalMoment {
    Day(NaiveDate),
    Time(NaiveDateTime),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    #[default]
    Exact,
    /// A third of a month: its beginning, middle or end.
    Third,
    Month,
    Season,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    #[default]
    Confirmed,
    Tentative,
    Cancelled,
}

impl Event {
    /// One whole day.
    pub fn on(day: NaiveDate, text: &str) -> Self {
        let day = LocalMoment::Day(day);
        Self {
            start: Some(day),
            end: Some(day),
            all_day: true,
            rrule: None,
            precision: Precision::Exact,
            status: EventStatus::Confirmed,
            warn: None,
            text: text.to_owned(),
            weekday: None,
            place: None,
            price: None,
            link: None,
            confirmed: None,
        }
    }

    /// A beginning at a stated clock time.
    pub fn at(time: NaiveDateTime, text: &str) -> Self {
        Self {
            start: Some(LocalMoment::Time(time)),
            end: None,
            all_day: false,
            ..Self::on(time.date(), text)
        }
    }

    /// The last day on which the event is still of use to a reader: its end, its start, or for a series the end
    /// of the rule. `None` means it has no end.
    pub fn last_day(&self) -> Option<NaiveDate> {
        if let Some(rule) = &self.rrule {
            return rule.split(';').find_map(|part| part.strip_prefix("UNTIL=")).and_then(parse_until);
        }
        match (self.start, self.end) {
            (_, Some(end)) => Some(end.date()),
            (Some(start @ LocalMoment::Time(_)), None) => Some(start.date()),
            // “from 10 November”: all day and open.
            (Some(LocalMoment::Day(_)), None) | (None, None) => None,
        }
    }

    /// The first and the last day on which a calendar names the event; `None` where nothing says when. A series without
    /// an end has a year, an open stretch (“from 10 November”) its first day.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.start.or(self.end)?.date();
        let open = match self.rrule {
            Some(_) => first.checked_add_days(OPEN_SERIES_DAYS).unwrap_or(first),
            None => first,
        };
        Some((first, self.last_day().unwrap_or(open).max(first)))
    }

    /// Is it over, seen from the day on which a reader reads?
    pub fn is_past(&self, on: NaiveDate) -> bool {
        self.last_day().is_some_and(|last| last < on)
    }

    /// The days between which somebody must choose, in their order: the words say a date and a weekday that is not its
    /// own. Empty when nothing contradicts.
    pub fn contradiction(&self) -> Vec<NaiveDate> {
        let Some(said) = self.start.or(self.end).map(LocalMoment::date) else { return Vec::new() };
        if self.warn.as_deref() != Some(WEEKDAY_MISMATCH) {
            return Vec::new();
        }
        let mut days = vec![said];
        // The nearest day of that name: people are mistaken by a day or two.
        days.extend(self.weekday.and_then(|weekday| nearest(weekday, said)).filter(|day| *day != said));
        days.sort_unstable();
        days
    }

    /// Leaves out a clock that no clock of the zone shows; the day stands without it.
    pub(crate) fn without_skipped_time(&mut self, zone: Tz) {
        let shown = |moment: Option<LocalMoment>| moment.is_none_or(|moment| moment.is_shown_in(zone));
        let day = |moment: Option<LocalMoment>| moment.map(|moment| LocalMoment::Day(moment.date()));
        match (shown(self.start), shown(self.end)) {
            (true, true) => return,
            // It begins when it is said to.
            (true, false) if self.start.is_some() => self.end = None,
            _ => (self.start, self.end) = (day(self.start), day(self.end.or(self.start))),
        }
        self.all_day = [self.start, self.end].into_iter().flatten().all(|moment| moment.time().is_none());
    }

    /// By what events are put in order: the day, whole days first, then the clock.
    pub fn order(&self) -> (NaiveDate, NaiveTime) {
        let moment = self.start.or(self.end);
        moment.map_or((NaiveDate::MAX, NaiveTime::MIN), |m| (m.date(), m.time().unwrap_or(NaiveTime::MIN)))
    }
}

fn nearest(weekday: Weekday, day: NaiveDate) -> Option<NaiveDate> {
    let ahead = u64::from((7 + weekday.num_days_from_monday() - day.weekday().num_days_from_monday()) % 7);
    if ahead <= 3 {
        day.checked_add_days(Days::new(ahead))
    } else {
        day.checked_sub_days(Days::new(7 - ahead))
    }
}

fn parse_until(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.get(..8)?, "%Y%m%d").ok()
}

impl LocalMoment {
    pub fn date(self) -> NaiveDate {
        match self {
            LocalMoment::Day(day) => day,
            LocalMoment::Time(time) => time.date(),
        }
    }

    /// The clock time, where one was stated.
    pub fn time(self) -> Option<NaiveTime> {
        match self {
            LocalMoment::Day(_) => None,
            LocalMoment::Time(time) => Some(time.time()),
        }
    }

    /// Is it a moment at all? When summer time begins, the clocks go forward over an hour that nobody has.
    pub fn is_shown_in(self, zone: Tz) -> bool {
        match self {
            LocalMoment::Day(_) => true,
            LocalMoment::Time(time) => zone.from_local_datetime(&time).earliest().is_some(),
        }
    }

    /// Reads `2026-12-06` or `2026-12-06T15:00`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(LocalMoment::Day(day));
        }
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok().map(LocalMoment::Time)
    }
}

impl fmt::Display for LocalMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LocalMoment::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            LocalMoment::Time(time) => write!(f, "{}", time.format("%Y-%m-%dT%H:%M")),
        }
    }
}

impl Serialize for LocalMoment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalMoment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("a date 2026-12-06 or a time 2026-12-06T15:00"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_event_is_past_only_after_its_last_stated_day() {
        let mut event = Event::on(day("2026-12-06"), "6. decembrī");
        assert!(!event.is_past(day("2026-12-06")) && event.is_past(day("2026-12-07")));
        event.end = LocalMoment::parse("2026-12-08");
        assert!(!event.is_past(day("2026-12-08")));
        event.end = None;
        assert!(!event.is_past(day("2030-01-01")), "open ends do not pass");
        event.rrule = Some("FREQ=MONTHLY;BYDAY=-1WE;UNTIL=20270430".into());
        assert!(!event.is_past(day("2027-04-30")) && event.is_past(day("2027-05-01")));
    }

    #[test]
    fn an_hour_that_no_clock_shows_is_left_out() {
        let event = |start: &str, end: &str| {
            let (start, end) = (LocalMoment::parse(start), LocalMoment::parse(end));
            let mut event = Event { start, end, all_day: false, ..Event::on(day("2027-03-28"), "") };
            event.without_skipped_time(chrono_tz::Europe::Riga);
            let words = |moment: Option<LocalMoment>| moment.map_or_else(String::new, |m| m.to_string());
            format!("{}/{} {}", words(event.start), words(event.end), event.all_day)
        };
        for (start, end, left) in [
            ("2027-03-28T03:00", "", "2027-03-28/2027-03-28 true"),
            ("2027-03-28T03:59", "2027-03-28T06:00", "2027-03-28/2027-03-28 true"),
            ("2027-03-27T22:00", "2027-03-28T03:30", "2027-03-27T22:00/ false"),
            ("", "2027-03-28T03:30", "/2027-03-28 true"),
            ("2027-03-28T02:59", "2027-03-28T04:00", "2027-03-28T02:59/2027-03-28T04:00 false"),
            // An hour that is there twice is there.
            ("2027-10-31T03:30", "", "2027-10-31T03:30/ false"),
        ] {
            assert_eq!(event(start, end), left, "{start}/{end}");
        }
    }

    #[test]
    fn a_calendar_names_an_event_on_its_days() {
        let days = |event: &Event| event.days().map(|(first, last)| format!("{first} {last}"));
        let mut event = Event::on(day("2026-12-06"), "6. decembrī");
        assert_eq!(days(&event).unwrap(), "2026-12-06 2026-12-06");
        event.end = None;
        assert_eq!(days(&event).unwrap(), "2026-12-06 2026-12-06");
        event.rrule = Some("FREQ=WEEKLY;BYDAY=SU".into());
        assert_eq!(days(&event).unwrap(), "2026-12-06 2027-12-06");
        event.rrule = Some("FREQ=WEEKLY;BYDAY=SU;UNTIL=20261227".into());
        assert_eq!(days(&event).unwrap(), "2026-12-06 2026-12-27");
        event = Event { start: None, end: LocalMoment::parse("2026-12-15"), rrule: None, ..event };
        assert_eq!(days(&event).unwrap(), "2026-12-15 2026-12-15");
        event.end = None;
        assert_eq!(days(&event), None);
    }

    #[test]
    fn a_weekday_that_is_not_the_dates_leaves_two_days_to_choose_from() {
        let mut event = Event::on(day("2026-12-06"), "sestdien, 6. decembrī");
        assert!(event.contradiction().is_empty());
        event.warn = Some(WEEKDAY_MISMATCH.into());
        assert_eq!(event.contradiction(), [day("2026-12-06")], "kept by an earlier build");
        event.weekday = Some(Weekday::Sat);
        assert_eq!(event.contradiction(), [day("2026-12-05"), day("2026-12-06")]);
        event.weekday = Some(Weekday::Wed);
        assert_eq!(event.contradiction(), [day("2026-12-06"), day("2026-12-09")]);
    }

    #[test]
    fn what_an_earlier_build_kept_still_reads() {
        let kept = r#"{"start":"2026-12-06","end":null,"all_day":true,"rrule":null,"precision":"exact",
            "status":"confirmed","warn":null,"text":"6. decembrī"}"#;
        let event: Event = serde_json::from_str(kept).unwrap();
        assert_eq!((&event.confirmed, &event.place, &event.price, &event.link), (&None, &None, &None, &None));
        // What is not known is not written, so that programs which read our reports see what they saw.
        assert!(!serde_json::to_string(&event).unwrap().contains("price"));
        let harmful = kept.replace("\"all_day\"", r#""link":"javascript:alert(1)","all_day""#);
        assert!(serde_json::from_str::<Event>(&harmful).is_err());
    }

    #[test]
    fn moments_are_written_as_precisely_as_they_were_stated() {
        for text in ["2026-12-06", "2026-12-06T15:00"] {
            assert_eq!(LocalMoment::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(LocalMoment::parse("6.12.2026"), None);
    }
}
