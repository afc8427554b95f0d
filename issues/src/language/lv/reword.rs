//! The words of a date beside the date an editor chose: do they say another, and how would they say this one? Only what
//! differs is changed, in the form in which it stands; English names of days and months are understood beside.
//!
//! Conservative: a phrase that cannot be put right with certainty is left to the editor.

use std::ops::Range;

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Timelike as _, Weekday};

use super::lexicon;
use super::tokens::{Kind, Token, tokens};
use crate::{Event, LocalMoment, Precision, WEEKDAY_MISMATCH};

/// Longer than this is no phrase but a sentence that was taken for one.
const PHRASE_CHARACTERS_MAX: usize = 200;

/// Do these words say another day or clock than the event has?
pub fn says_otherwise(phrase: &str, event: &Event) -> bool {
    let Some(first) = exact(event) else { return false };
    if phrase.chars().count() > PHRASE_CHARACTERS_MAX {
        return false;
    }
    let said = reading(phrase, first.date());
    !said.is_empty() && said.iter().all(|(said, absolute)| is_other(phrase, said, *absolute, event, first))
}

fn is_other(phrase: &str, said: &Event, absolute: bool, event: &Event, first: LocalMoment) -> bool {
    if said.warn.as_deref() == Some(WEEKDAY_MISMATCH) {
        return true;
    }
    let Some(said_first) = said.start.or(said.end) else { return false };
    let clock = |said: Option<LocalMoment>, is: Option<LocalMoment>| {
        said.and_then(LocalMoment::time).is_some_and(|said| is.and_then(LocalMoment::time) != Some(said))
    };
    if clock(Some(said_first), Some(first)) || said.start.is_some() && clock(said.end, event.end) {
        return true;
    }
    let year = phrase_says_year(phrase);
    let differs = |said: NaiveDate, is: NaiveDate| {
        (said.month(), said.day()) != (is.month(), is.day()) || year && said.year() != is.year()
    };
    if absolute {
        let last = |event: &Event| event.end.or(event.start).map(LocalMoment::date);
        let spans = said.start.is_some() && last(said) != Some(said_first.date());
        return differs(said_first.date(), first.date())
            || spans && last(said).zip(last(event)).is_some_and(|(said, is)| differs(said, is));
    }
    weekdays(phrase).first().is_some_and(|(_, said)| *said != first.date().weekday())
}

/// The same words for the day and clock of the event; `None` where they say it already, or cannot be put right.
pub fn reworded(phrase: &str, event: &Event) -> Option<String> {
    if !says_otherwise(phrase, event) {
        return None;
    }
    let first = exact(event)?;
    let last = event.end.filter(|_| event.start.is_some()).unwrap_or(first);
    let [(said, _)] = <[(Event, bool); 1]>::try_from(reading(phrase, first.date())).ok()?;
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let list = tokens(phrase);
    let words = Words { phrase, list: &list };
    let mentions = words.mentions();
    // One day is named once, or as its first and its last.
    let days = [first.date(), last.date()];
    let of = |at: usize, of: usize| if at + 1 == of && of > 1 { days[1] } else { days[0] };
    if mentions.len() > 2 {
        return None;
    }
    for (at, mention) in mentions.iter().enumerate() {
        let day = of(at, mentions.len());
        let shares = mentions.iter().filter(|other| other.month == mention.month).count() > 1;
        if shares && days[0].month() != days[1].month() {
            return None;
        }
        let numeric = matches!(list[mention.month].kind, Kind::Number(..));
        changes.push((words.range(mention.day), words.number(mention.day, day.day(), numeric)));
        let month = words.month(mention.month, day.month())?;
        if !changes.iter().any(|(range, _)| *range == words.range(mention.month)) {
            changes.push((words.range(mention.month), month));
        }
        if let Some(year) = mention.year {
            changes.push((words.range(year), day.year().to_string()));
        }
    }
    let named = weekdays(phrase);
    if named.len() > 2 {
        return None;
    }
    for (at, (range, was)) in named.iter().enumerate() {
        let day = of(at, named.len()).weekday();
        if day != *was {
            changes.push((range.clone(), weekday_like(&phrase[range.clone()], *was, day)?));
        }
    }
    for (at, clock) in words.clocks(&mentions).into_iter().enumerate().take(2) {
        let (was, is) = if at == 0 { (said.start.or(said.end), first) } else { (said.end, last) };
        if let (Some(was), Some(is)) = (was.and_then(LocalMoment::time), is.time())
            && was != is
        {
            changes.push((clock.clone(), clock_like(&phrase[clock], is)));
        }
    }
    changes.sort_by_key(|(range, _)| range.start);
    let mut new = phrase.to_owned();
    for (range, words) in changes.into_iter().rev() {
        new.replace_range(range, &words);
    }
    // Read again as it was read: what does not say the day now is not offered.
    (new != phrase && !says_otherwise(&new, event)).then_some(new)
}

/// The first moment of an event that is said exactly and once.
fn exact(event: &Event) -> Option<LocalMoment> {
    (event.rrule.is_none() && event.precision == Precision::Exact)
        .then(|| event.start.or(event.end))
        .flatten()
}

/// What the words state, each with whether they state it whatever day it is; empty where that is no exact day.
fn reading(phrase: &str, day: NaiveDate) -> Vec<(Event, bool)> {
    let on = |back: u64| {
        let reference = day.checked_sub_days(Days::new(back)).unwrap_or(day);
        super::events(phrase, reference)
    };
    // A week apart: what means another day then is said from the day of writing.
    let (one, other) = (on(6), on(13));
    if one.len() != other.len() || !one.iter().all(|event| exact(event).is_some()) {
        return Vec::new();
    }
    let absolute = |one: &Event, other: &Event| one.start.or(one.end) == other.start.or(other.end);
    one.into_iter()
        .zip(&other)
        .map(|(one, other)| {
            let absolute = absolute(&one, other);
            (one, absolute)
        })
        .collect()
}

fn phrase_says_year(phrase: &str) -> bool {
    tokens(phrase).iter().any(|token| matches!(token.kind, Kind::Number(1900..=2999, 4)))
}

fn weekdays(phrase: &str) -> Vec<(Range<usize>, Weekday)> {
    let list = tokens(phrase);
    let named = |token: &Token| {
        let Kind::Word(word) = &token.kind else { return None };
        let (day, _) = lexicon::weekday(word, &phrase[token.start..token.end])?;
        Some((token.start..token.end, day))
    };
    list.iter().filter_map(named).collect()
}

/// A day of a month in the words, by the numbers of its tokens.
struct Mention {
    day: usize,
    month: usize,
    year: Option<usize>,
}

struct Words<'a> {
    phrase: &'a str,
    list: &'a [Token],
}

impl Words<'_> {
    fn range(&self, at: usize) -> Range<usize> {
        self.list[at].start..self.list[at].end
    }

    fn said(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| &self.phrase[token.start..token.end])
    }

    fn is_day(&self, at: usize) -> bool {
        matches!(self.list.get(at).map(|token| &token.kind), Some(Kind::Number(1..=31, 1 | 2)))
    }

    fn is_month(&self, at: usize) -> bool {
        matches!(self.list.get(at).map(|token| &token.kind), Some(Kind::Word(word)) if lexicon::month(word).is_some())
    }

    fn sign(&self, at: usize, sign: char) -> bool {
        matches!(self.list.get(at).map(|token| &token.kind), Some(Kind::Sign(is)) if *is == sign)
    }

    fn joins(&self, at: usize) -> bool {
        self.sign(at, '-')
            || matches!(self.list.get(at).map(|token| &token.kind), Some(Kind::Word(word)) if word == "lidz" || word == "un" || word == "to")
    }

    fn mentions(&self) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at < self.list.len() {
            let dot = usize::from(self.sign(at + 1, '.'));
            let year = (at + 4 < self.list.len()
                && self.said(at + 4).len() == 4
                && matches!(self.list[at + 4].kind, Kind::Number(..)))
            .then_some(at + 4);
            if self.is_day(at) && self.is_month(at + 1 + dot) {
                found.push(Mention { day: at, month: at + 1 + dot, year: None });
                at += 2 + dot;
            } else if self.is_day(at) && self.joins(at + 1 + dot) {
                // “6.–8. decembrī”: the month is said once, behind the second.
                let second = at + 2 + dot;
                let month = second + 1 + usize::from(self.sign(second + 1, '.'));
                if self.is_day(second) && self.is_month(month) {
                    found.push(Mention { day: at, month, year: None });
                }
                at += 1;
            } else if self.is_day(at) && dot == 1 && self.is_day(at + 2) && self.sign(at + 3, '.') {
                found.push(Mention { day: at, month: at + 2, year });
                at += 4;
            } else {
                at += 1;
            }
        }
        found
    }

    /// A number as wide as the one that stands there, among numbers.
    fn number(&self, at: usize, value: u32, numeric: bool) -> String {
        let said = self.said(at);
        if said.starts_with('0') || numeric && said.len() == 2 {
            format!("{value:02}")
        } else {
            value.to_string()
        }
    }

    fn month(&self, at: usize, month: u32) -> Option<String> {
        match &self.list[at].kind {
            Kind::Number(..) => Some(self.number(at, month, true)),
            Kind::Word(word) if lexicon::month(word) == Some(month) => Some(self.said(at).to_owned()),
            Kind::Word(_) => month_like(self.said(at), month, self.phrase),
            Kind::Sign(_) | Kind::Newline => None,
        }
    }

    /// Clock times, but no dates.
    fn clocks(&self, mentions: &[Mention]) -> Vec<Range<usize>> {
        let dated =
            |at: usize| mentions.iter().any(|of| at == of.day || at == of.month || Some(at) == of.year);
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.list.len() {
            let hour = matches!(self.list[at].kind, Kind::Number(0..=24, 1 | 2)) && !dated(at);
            let minutes = hour
                && (self.sign(at + 1, '.') || self.sign(at + 1, ':'))
                && matches!(self.list.get(at + 2).map(|token| &token.kind), Some(Kind::Number(0..=59, 2)))
                && !dated(at + 2);
            if minutes {
                found.push(self.list[at].start..self.list[at + 2].end);
                at += 3;
            } else {
                if hour {
                    found.push(self.range(at));
                }
                at += 1;
            }
        }
        found
    }
}

fn clock_like(said: &str, time: NaiveTime) -> String {
    match said.find(['.', ':']) {
        Some(sign) => format!("{}{}{:02}", time.hour(), &said[sign..=sign], time.minute()),
        None if time.minute() == 0 => time.hour().to_string(),
        None => format!("{}.{:02}", time.hour(), time.minute()),
    }
}

const STEMS: [&str; 7] = ["pirm", "otr", "treš", "ceturt", "piekt", "sest", "svēt"];
const ENGLISH_DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Another weekday in the form of this one: “sestdienai” becomes “svētdienai”.
fn weekday_like(said: &str, was: Weekday, day: Weekday) -> Option<String> {
    let index = |day: Weekday| day.num_days_from_monday() as usize;
    let lower = said.to_lowercase();
    let english = ENGLISH_DAYS[index(was)];
    let new = if lower == english {
        ENGLISH_DAYS[index(day)].to_owned()
    } else if lower == english[..3] {
        ENGLISH_DAYS[index(day)][..3].to_owned()
    } else {
        let rest: String = lower.chars().skip(STEMS[index(was)].chars().count()).collect();
        if !rest.starts_with('d') {
            return None;
        }
        format!("{}{rest}", STEMS[index(day)])
    };
    Some(cased(said, &new))
}

/// Stems of months and whether they end like “marts”.
const MONTHS: [(&str, bool); 12] = [
    ("janvār", false),
    ("februār", false),
    ("mart", true),
    ("aprīl", false),
    ("maij", true),
    ("jūnij", true),
    ("jūlij", true),
    ("august", true),
    ("septembr", false),
    ("oktobr", false),
    ("novembr", false),
    ("decembr", false),
];
const ENGLISH_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Another month in the case of this one: “novembrim” becomes “martam”.
fn month_like(said: &str, month: u32, phrase: &str) -> Option<String> {
    let lower = said.to_lowercase();
    let at = usize::try_from(month).ok()?.checked_sub(1)?;
    if ENGLISH_MONTHS.contains(&lower.as_str()) {
        return Some(cased(said, ENGLISH_MONTHS[at]));
    }
    // Written without marks, what may be the locative is taken for it: “6 decembri”.
    let bare = phrase.is_ascii();
    let after = |prefix: &str| crate::language::fold(phrase).split_whitespace().any(|word| word == prefix);
    let case = match lower.chars().last()? {
        'ī' | 'ā' => 4,
        'm' => 2,
        'i' if bare => 4,
        'a' if bare && !after("no") => return None,
        'a' => 1,
        's' => 0,
        'i' | 'u' => 3,
        _ => return None,
    };
    let (stem, like_marts) = MONTHS.get(at)?;
    let endings = if *like_marts { ["s", "a", "am", "u", "ā"] } else { ["is", "a", "im", "i", "ī"] };
    Some(cased(said, &format!("{stem}{}", endings[case])))
}

/// With a capital where the old word has one.
fn cased(said: &str, new: &str) -> String {
    let mut letters = new.chars();
    match (said.chars().next().is_some_and(char::is_uppercase), letters.next()) {
        (true, Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(start: &str, end: &str) -> Event {
        let (start, end) = (LocalMoment::parse(start), LocalMoment::parse(end));
        let all_day = [start, end].into_iter().flatten().all(|moment| moment.time().is_none());
        Event { start, end, all_day, ..Event::on(NaiveDate::MIN, "") }
    }

    fn check(phrase: &str, start: &str, end: &str, want: Option<&str>) {
        let event = event(start, end);
        assert!(says_otherwise(phrase, &event), "{phrase} says {start}");
        assert_eq!(reworded(phrase, &event).as_deref(), want, "{phrase}");
    }

    #[test]
    fn only_what_differs_is_changed_in_the_form_in_which_it_stands() {
        let day = |phrase, start, want| check(phrase, start, start, Some(want));
        day("sestdien, 6. decembrī", "2026-12-05", "sestdien, 5. decembrī");
        day("sestdien, 6. decembrī", "2026-12-06", "svētdien, 6. decembrī");
        day("Sestdien, 28. novembrī", "2026-12-05", "Sestdien, 5. decembrī");
        check("līdz 6. decembrim", "", "2027-03-01", Some("līdz 1. martam"));
        day("sestdien 6 decembri", "2026-12-05", "sestdien 5 decembri");
        day("06.12.2026.", "2027-01-03", "03.01.2027.");
        day("Saturday, 6 December", "2026-12-05", "Saturday, 5 December");
        check(
            "sestdien, 6. decembrī, plkst. 11.00",
            "2026-12-05T11:00",
            "",
            Some("sestdien, 5. decembrī, plkst. 11.00"),
        );
        check("6. decembrī plkst 11:00", "2026-12-06T12:30", "", Some("6. decembrī plkst 12:30"));
        check(
            "6. decembrī plkst. 11.00–13.00",
            "2026-12-06T11:00",
            "2026-12-06T14:00",
            Some("6. decembrī plkst. 11.00–14.00"),
        );
        check("sestdien plkst. 11.00", "2026-12-06T11:00", "", Some("svētdien plkst. 11.00"));
        check("no 1. līdz 3. decembrim", "2026-12-02", "2026-12-04", Some("no 2. līdz 4. decembrim"));
    }

    #[test]
    fn what_cannot_be_put_right_with_certainty_is_only_told() {
        check("no 1. līdz 3. decembrim", "2026-11-30", "2026-12-02", None);
        check("6 декабря", "2027-01-05", "2027-01-05", None);
    }

    #[test]
    fn words_that_say_the_day_are_left_alone() {
        for (phrase, start, end) in [
            ("sestdien, 5. decembrī, plkst. 11.00", "2026-12-05T11:00", ""),
            ("5. decembrī", "2026-12-05T11:00", ""),
            ("5. decembrī", "2025-12-05", "2025-12-05"),
            ("rīt", "2026-12-05", "2026-12-05"),
            ("11. un 12. decembrī", "2026-12-12", "2026-12-12"),
            ("decembrī", "2026-12-05", "2026-12-05"),
            ("no 1. līdz 3. decembrim", "2026-12-01", "2026-12-03"),
            ("", "2026-12-05", "2026-12-05"),
        ] {
            let event = event(start, end);
            assert!(!says_otherwise(phrase, &event), "{phrase}");
            assert_eq!(reworded(phrase, &event), None);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_words_bring_it_down(phrase in "[a-zāē .:\\-–0-9]{0,60}", day in 1_u32..28) {
            let start = format!("2026-12-{day:02}");
            let event = event(&start, &start);
            if let Some(new) = reworded(&phrase, &event) {
                proptest::prop_assert!(!says_otherwise(&new, &event));
            }
        }
    }
}
