//! The forms of a sentence that make events: dated, every week, every month, counted from today, a whole month.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::{Clock, Scan, Stated};
use crate::event::WEEKDAY_MISMATCH;
use crate::language::lv::lexicon::{self, DayForm};
use crate::language::lv::resolve::{self, Said, Tense};
use crate::language::lv::tokens::Kind;
use crate::{Event, LocalMoment, Precision};

impl Scan<'_> {
    /// Everything with a day and a month.
    pub(super) fn dated(&mut self, at: usize) -> Option<usize> {
        let (days, end) = self.days(at)?;
        let tense = self.tense(at);
        let prev = self.before(at, 1).to_owned();
        // “moved from X to Y”: only Y.
        if prev == "no"
            && self.sentence(at).any(|i| i < at && self.word(i).starts_with("parcel"))
            && (end..end + 3).any(|i| self.word(i) == "uz")
        {
            return Some(end);
        }
        let deadline = prev == "lidz"
            || matches!(prev.as_str(), "до" | "until" | "by")
            || prev == "ka" && self.before(at, 2) == "velak"
            || (1..=3).any(|back| self.before(at, back).starts_with("termin"));
        let open =
            matches!(prev.as_str(), "no" | "kops" | "с") || prev == "ar" && self.before(at, 2) == "sakot";
        let clock = self.clock_near(end);
        let used = clock.map_or(end, |clock| clock.end);
        let warn = self.weekday_beside(at, end);
        match days {
            Stated::Range(first, last) => {
                let Some(start) = first.resolve(self.reference, tense) else {
                    return Some(end);
                };
                let Some(stop) = last.after(start) else {
                    return Some(end);
                };
                self.range(start, stop, clock, at, used);
            }
            Stated::List(list) => {
                for said in list {
                    let Some(day) = said.resolve(self.reference, tense) else {
                        continue;
                    };
                    let mismatch = warn.is_some_and(|weekday| weekday != day.weekday());
                    let mut event = self.event(day, clock, at, used);
                    event.warn = mismatch.then(|| WEEKDAY_MISMATCH.to_owned());
                    event.weekday = warn.filter(|_| mismatch);
                    if deadline {
                        event.end = Some(clock.map_or(LocalMoment::Day(day), |clock| {
                            LocalMoment::Time(day.and_time(clock.from))
                        }));
                        event.start = None;
                    } else if open && clock.is_none() {
                        event.end = None;
                    }
                    self.out.push(event);
                    if let (Some(clock), false) = (clock, deadline) {
                        self.further_clocks(day, clock.end, at);
                    }
                }
            }
        }
        Some(used)
    }

    pub(super) fn range(
        &mut self,
        start: NaiveDate,
        stop: NaiveDate,
        clock: Option<Clock>,
        at: usize,
        used: usize,
    ) {
        let mut event = self.event(start, clock, at, used);
        match clock {
            None => event.end = Some(LocalMoment::Day(stop)),
            // Every day of the range at that time.
            Some(_) => event.rrule = Some(format!("FREQ=DAILY;UNTIL={}", stop.format("%Y%m%d"))),
        }
        self.out.push(event);
    }

    /// A second clock of the same sentence is a second event of the same day.
    pub(super) fn further_clocks(&mut self, day: NaiveDate, from: usize, about: usize) {
        let end = self.sentence(about).end;
        let mut at = from;
        while at < end {
            if self.days(at).is_some() || lexicon::weekday(self.word(at), self.said(at)).is_some() {
                return;
            }
            let prefixed = (at..at + 2).any(|i| matches!(self.word(i), "plkst" | "pulksten" | "pulkst"));
            match self.clock(at).filter(|_| prefixed) {
                Some(clock) => {
                    let event = self.event(day, Some(clock), at, clock.end);
                    self.out.push(event);
                    at = clock.end;
                }
                None => at += 1,
            }
        }
    }

    pub(super) fn event(&self, day: NaiveDate, clock: Option<Clock>, at: usize, end: usize) -> Event {
        let text = self.span(at, end);
        let mut event = match clock {
            None => Event::on(day, &text),
            Some(clock) => {
                let mut event = Event::at(day.and_time(clock.from), &text);
                event.end = clock.to.and_then(|to| {
                    // An end before the beginning is of the next day.
                    let last = if to <= clock.from { day.checked_add_days(Days::new(1))? } else { day };
                    Some(LocalMoment::Time(last.and_time(to)))
                });
                event
            }
        };
        event.status = self.status(at);
        event
    }

    /// The weekday that is said beside a date.
    pub(super) fn weekday_beside(&self, at: usize, end: usize) -> Option<Weekday> {
        let near = (at.saturating_sub(3)..at).rev().chain(end..end + 3);
        near.filter(|&i| !matches!(self.tokens.get(i).map(|t| &t.kind), Some(Kind::Newline)))
            .find_map(|i| {
                lexicon::weekday(self.word(i), self.said(i)).filter(|(_, form)| *form != DayForm::Plural)
            })
            .map(|(day, _)| day)
    }

    /// “katra mēneša pēdējā trešdienā no janvāra līdz aprīlim”
    pub(super) fn monthly(&mut self, at: usize) -> Option<usize> {
        let mut next = at;
        if matches!(self.word(next), "katra" | "ik") {
            next += 1;
        }
        if self.word(next) != "menesa" {
            return None;
        }
        let which = lexicon::ordinal(self.word(next + 1))?;
        let (weekday, _) = lexicon::weekday(self.word(next + 2), self.said(next + 2))?;
        let mut end = next + 3;
        let mut bounds = None;
        if self.word(end) == "no"
            && let (Some((first, after)), Some((last, stop))) = (self.month(end + 1), self.month(end + 3))
            && self.word(after) == "lidz"
        {
            bounds = Some((first, last));
            end = stop;
        }
        let clock = self.clock_near(end);
        let (year, reference) = (self.reference.year(), self.reference);
        let (start, until) = match bounds {
            Some((first, last)) => {
                // The series that is nearest: its end is not long past.
                let year = (year..=year + 1).find(|year| {
                    let last_year = if last < first { year + 1 } else { *year };
                    resolve::month_days(last_year, last).is_some_and(|(_, end)| end >= reference)
                })?;
                let last_year = if last < first { year + 1 } else { year };
                let until = resolve::month_days(last_year, last)?.1;
                (resolve::weekday_of_month(year, first, weekday, which)?, Some(until))
            }
            None => {
                let months = (0..24u32).map(|ahead| {
                    let months = reference.month0() + ahead;
                    (year + (months / 12) as i32, months % 12 + 1)
                });
                let start = months
                    .filter_map(|(year, month)| resolve::weekday_of_month(year, month, weekday, which))
                    .find(|day| *day >= reference)?;
                (start, None)
            }
        };
        let used = clock.map_or(end, |clock| clock.end);
        let mut event = self.event(start, clock, at, used);
        let mut rule = format!("FREQ=MONTHLY;BYDAY={which}{}", lexicon::rule_day(weekday));
        if let Some(until) = until {
            rule.push_str(&format!(";UNTIL={}", until.format("%Y%m%d")));
        }
        event.rrule = Some(rule);
        self.out.push(event);
        Some(used)
    }

    /// “katru otrdienu plkst. 16.00”, “otrdienās un ceturtdienās plkst. 17.30”: only with a clock.
    pub(super) fn weekly(&mut self, at: usize) -> Option<usize> {
        let mut days: Vec<Weekday> = Vec::new();
        let mut next = at;
        if matches!(self.word(at), "katru" | "каждую" | "каждыи" | "every") {
            days.push(lexicon::weekday(self.word(at + 1), self.said(at + 1))?.0);
            next = at + 2;
        } else {
            while let Some((day, DayForm::Plural)) = lexicon::weekday(self.word(next), self.said(next)) {
                days.push(day);
                next += 1;
                if self.word(next) == "un" || self.sign(next) == Some(',') {
                    next += 1;
                }
            }
        }
        if days.is_empty() {
            return None;
        }
        // With bounds of its own it is a rarer form: no event is better than a series without its end.
        if self.days(next).is_some() || matches!(self.word(next), "no") && self.days(next + 1).is_some() {
            return self.days(next).map(|(_, end)| end).or_else(|| self.days(next + 1).map(|(_, end)| end));
        }
        let clock = self.clock_near(next)?;
        let start = days.iter().filter_map(|day| resolve::weekday_on_or_after(*day, self.reference)).min()?;
        let mut event = self.event(start, Some(clock), at, clock.end);
        days.sort_by_key(Weekday::num_days_from_monday);
        let codes: Vec<&str> = days.iter().map(|day| lexicon::rule_day(*day)).collect();
        event.rrule = Some(format!("FREQ=WEEKLY;BYDAY={}", codes.join(",")));
        self.out.push(event);
        Some(clock.end)
    }

    /// Weekdays and words such as “rīt” that count from the reference.
    pub(super) fn relative(&mut self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let plus = |days: i64| self.reference.checked_add_signed(chrono::TimeDelta::days(days));
        let (day, end) = match word {
            "sodien" | "sovakar" | "sorit" | "сегодня" => (plus(0)?, at + 1),
            "rit" | "ritdien" | "завтра" => (plus(1)?, at + 1),
            "parit" => (plus(2)?, at + 1),
            "vakar" => (plus(-1)?, at + 1),
            "aizvakar" => (plus(-2)?, at + 1),
            _ => {
                let (weekday, form) = lexicon::weekday(word, self.said(at))?;
                // The date beside it says more.
                if self.date_follows(at + 1) {
                    return None;
                }
                let prev = self.before(at, 1);
                let deadline = prev == "lidz" && form == DayForm::Until;
                if !deadline && form != DayForm::On {
                    return None;
                }
                let next_week = matches!(prev, "nakamaja" | "nakosaja" | "nak")
                    || (1..=2).any(|back| self.before(at, back) == "nakamnedel");
                let past_week = matches!(prev, "pagajusaja" | "aizvaditaja");
                let day = if next_week {
                    resolve::weekday_next_week(weekday, self.reference)?
                } else if past_week || self.tense(at) == Tense::Past {
                    resolve::weekday_before(weekday, self.reference)?
                } else {
                    resolve::weekday_on_or_after(weekday, self.reference)?
                };
                if deadline {
                    let mut event = Event::on(day, &self.span(at, at + 1));
                    event.start = None;
                    self.out.push(event);
                    return Some(at + 1);
                }
                (day, at + 1)
            }
        };
        // “Today” beside a stated date is that date.
        if self.date_follows(end) {
            return None;
        }
        let clock = self.clock_near(end);
        let used = clock.map_or(end, |clock| clock.end);
        let event = self.event(day, clock, at, used);
        self.out.push(event);
        Some(used)
    }

    pub(super) fn date_follows(&self, from: usize) -> bool {
        (from..from + 3)
            .take_while(|&i| i == from || matches!(self.sign(i - 1), Some(',' | '.' | '(')))
            .any(|i| self.days(i).is_some())
    }

    /// “Pulksten 18 … 14. martā”: the clock before its date.
    pub(super) fn clock_alone(&mut self, at: usize) -> Option<usize> {
        if !matches!(self.word(at), "plkst" | "pulksten") || self.before(at, 1) == "lidz" {
            return None;
        }
        let clock = self.clock(at)?;
        let sentence = self.sentence(at);
        let date = (clock.end..sentence.end.min(clock.end + 8)).find(|&i| self.days(i).is_some())?;
        let (Stated::List(list), end) = self.days(date)? else {
            return None;
        };
        let [said] = list.as_slice() else { return None };
        if self.clock_near(end).is_some() || matches!(self.before(date, 1), "lidz" | "no") {
            return None;
        }
        let day = said.resolve(self.reference, self.tense(date))?;
        let event = self.event(day, Some(clock), at, end);
        self.out.push(event);
        Some(end)
    }

    /// “septembrī”: a whole month, in the locative and with its marks only.
    pub(super) fn month_alone(&mut self, at: usize) -> Option<usize> {
        let month = lexicon::month_in_locative(self.said(at))?;
        let numbered = at > 0 && (self.number(at - 1).is_some() || self.sign(at - 1) == Some('.'));
        let year_said = at >= 1 && matches!(self.before(at, 1), "gada" | "g");
        if numbered && !year_said {
            return None;
        }
        let year = if year_said {
            let number = (2..=4).find_map(|back| self.number(at.checked_sub(back)?));
            number.filter(|(_, digits)| *digits == 4)?.0 as i32
        } else {
            let said = Said { year: None, month, day: 1 };
            let tense = self.tense(at);
            let first =
                said.resolve(self.reference, if tense == Tense::Future { Tense::Unsaid } else { tense })?;
            first.year()
        };
        let (first, last) = resolve::month_days(year, month)?;
        let mut event = Event::on(first, &self.span(at, at + 1));
        event.end = Some(LocalMoment::Day(last));
        event.precision = Precision::Month;
        self.out.push(event);
        Some(at + 1)
    }
}
