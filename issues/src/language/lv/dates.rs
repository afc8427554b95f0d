//! Dates and clock times in Latvian sentences: numeric dates, months by name, ranges, lists, deadlines, weekdays,
//! simple series. Conservative: where the words leave a doubt, there is no event, since a wrong date costs a journey.
//!
//! A pure function of text and reference day. It leaves out the rarer forms: hour words, seasons, thirds of months,
//! opening hours.

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::lexicon::{self, DayForm};
use super::resolve::{self, Said, Tense};
use super::tokens::{Kind, Token, tokens};
use crate::{Event, EventStatus, LocalMoment, Precision};

/// Words that may stand between a date and its clock.
const CLOCK_WORDS_MAX: usize = 6;
/// Events of one text; a yearly plan has a few hundred.
const EVENTS_MAX: usize = 500;

/// The events that a text states, in its order.
pub fn events(text: &str, reference: NaiveDate) -> Vec<Event> {
    let mut scan = Scan { text, tokens: tokens(text), reference, out: Vec::new() };
    scan.run();
    scan.out
}

struct Scan<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    reference: NaiveDate,
    out: Vec<Event>,
}

/// What stands at one place: days, and where they end.
#[derive(Debug, Clone, PartialEq)]
enum Stated {
    List(Vec<Said>),
    Range(Said, Said),
}

#[derive(Debug, Clone, Copy)]
struct Clock {
    from: NaiveTime,
    /// `None` where no end is stated; midnight at the end of the day is 00:00.
    to: Option<NaiveTime>,
    end: usize,
}

impl Scan<'_> {
    fn word(&self, at: usize) -> &str {
        match self.tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Word(word)) => word,
            _ => "",
        }
    }

    fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    fn sign(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    fn said(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    fn span(&self, from: usize, to: usize) -> String {
        let (Some(first), Some(last)) = (self.tokens.get(from), self.tokens.get(to.saturating_sub(1))) else {
            return String::new();
        };
        self.text.get(first.start..last.end.max(first.end)).unwrap_or("").replace('\n', " ")
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() && self.out.len() < EVENTS_MAX {
            // “not on the 9th, but on the 10th”: only what follows counts.
            if self.word(at) == "nevis"
                && let Some(but) = (at..(at + 10).min(self.tokens.len())).find(|&i| self.word(i) == "bet")
            {
                at = but + 1;
                continue;
            }
            let next = self
                .monthly(at)
                .or_else(|| self.weekly(at))
                .or_else(|| self.dated(at))
                .or_else(|| self.clock_alone(at))
                .or_else(|| self.relative(at))
                .or_else(|| self.month_alone(at));
            at = next.filter(|next| *next > at).unwrap_or(at + 1);
        }
    }

    // --- pieces ---

    fn skip_dots(&self, mut at: usize) -> usize {
        while self.sign(at) == Some('.') {
            at += 1;
        }
        at
    }

    fn day_number(&self, at: usize) -> Option<(u32, usize)> {
        let (day, digits) = self.number(at)?;
        ((1..=31).contains(&day) && digits <= 2).then(|| (day, self.skip_dots(at + 1)))
    }

    fn month(&self, at: usize) -> Option<(u32, usize)> {
        let month = lexicon::month(self.word(at))?;
        let end = if self.sign(at + 1) == Some('.') && self.said(at).chars().count() <= 5 {
            at + 2
        } else {
            at + 1
        };
        Some((month, end))
    }

    /// “2024. gada”, “š. g.”, “pagājušā gada”
    fn year_before(&self, at: usize) -> Option<(i32, usize)> {
        if let Some((year, 4)) = self.number(at)
            && (1900..2200).contains(&year)
        {
            let next = self.skip_dots(at + 1);
            return match self.word(next) {
                "gada" | "gadu" | "gads" | "gadam" => Some((year as i32, next + 1)),
                "g" => Some((year as i32, self.skip_dots(next + 1))),
                _ => None,
            };
        }
        let shift = match self.word(at) {
            "s" | "si" | "sa" | "saja" | "sogad" => 0,
            "pagajusa" | "pagajusaja" | "aizvadita" => -1,
            "nakama" | "nakamaja" | "nakosa" => 1,
            _ => return None,
        };
        let next = self.skip_dots(at + 1);
        let year = self.reference.year() + shift;
        match self.word(next) {
            "gada" => Some((year, next + 1)),
            "g" => Some((year, self.skip_dots(next + 1))),
            _ => None,
        }
    }

    fn year_after(&self, at: usize) -> Option<(i32, usize)> {
        let at = if self.sign(at) == Some(',') { at + 1 } else { at };
        let (year, digits) = self.number(at)?;
        if digits != 4 || !(1900..2200).contains(&year) {
            return None;
        }
        let dot = self.skip_dots(at + 1);
        let end = if self.word(dot).starts_with("gad") || self.word(dot) == "g" || self.word(dot) == "г" {
            self.skip_dots(dot + 1)
        } else {
            at + 1
        };
        Some((year as i32, end))
    }

    /// “24.02.2024.”, “24.02.”, “24/02/2024”, “2024-02-24”
    fn numeric(&self, at: usize) -> Option<(Said, usize)> {
        if let Some((year, 4)) = self.number(at)
            && self.sign(at + 1) == Some('-')
            && let (Some((month, 2)), Some('-'), Some((day, 2))) =
                (self.number(at + 2), self.sign(at + 3), self.number(at + 4))
        {
            return self.real(Some(year as i32), month, day, at + 5);
        }
        let (day, digits) = self.number(at)?;
        // A number that goes on before or behind is something else: an amount, an address, a version.
        let glued = at > 0
            && matches!(self.sign(at - 1), Some('.' | '/' | ',' | ':' | '+' | '#'))
            && self.tokens[at - 1].end == self.tokens[at].start
            && at > 1
            && self.number(at - 2).is_some();
        let separator = self.sign(at + 1).filter(|sign| matches!(sign, '.' | '/'))?;
        let (month, month_digits) = self.number(at + 2)?;
        if glued || digits > 2 || month_digits > 2 || !(1..=31).contains(&day) || !(1..=12).contains(&month) {
            return None;
        }
        if self.sign(at + 3) == Some(separator)
            && let Some((year, digits @ (2 | 4))) = self.number(at + 4)
        {
            let year = if digits == 2 { 2000 + year as i32 } else { year as i32 };
            let end = if self.sign(at + 5) == Some('.') { at + 6 } else { at + 5 };
            return (1900..2200).contains(&year).then(|| self.real(Some(year), month, day, end)).flatten();
        }
        // Without a year only with the closing dot and two digits: “8.03.” and not “1.2”.
        let closed = separator == '.'
            && self.sign(at + 3) == Some('.')
            && month_digits == 2
            && self.number(at + 4).is_none_or(|_| self.tokens[at + 3].end < self.tokens[at + 4].start);
        closed.then(|| self.real(None, month, day, at + 4)).flatten()
    }

    fn real(&self, year: Option<i32>, month: u32, day: u32, end: usize) -> Option<(Said, usize)> {
        NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
        Some((Said { year, month, day }, end))
    }

    /// Days with their month: one, several, or a range.
    fn days(&self, at: usize) -> Option<(Stated, usize)> {
        let (days, end) = self.days_at(at)?;
        // “18. novembra ielā” is a street.
        let street = self.word(end).starts_with("iel") || self.word(end).starts_with("gatv");
        (!street).then_some((days, end))
    }

    fn days_at(&self, at: usize) -> Option<(Stated, usize)> {
        if let Some((first, end)) = self.numeric(at) {
            return Some(self.until(vec![first], end));
        }
        // “28.02.–03.03.2024.” is handled above; “19.-26.10.21” here.
        let (year, mut next) = self.year_before(at).map_or((None, at), |(year, next)| (Some(year), next));
        let mut days: Vec<u32> = Vec::new();
        let mut range = false;
        loop {
            let (day, after) = self.day_number(next)?;
            days.push(day);
            if let Some((month, end)) = self.month(after) {
                let (year, end) = match (year, self.year_after(end)) {
                    (None, Some((year, end))) => (Some(year), end),
                    (year, _) => (year, end),
                };
                let said = |day: u32| Said { year, month, day };
                if days.iter().any(|day| NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, *day).is_none())
                {
                    return None;
                }
                if range {
                    let [first, last] = days.as_slice() else {
                        return None;
                    };
                    return (first < last).then(|| (Stated::Range(said(*first), said(*last)), end));
                }
                return Some(self.until(days.into_iter().map(said).collect(), end));
            }
            let dash = self.sign(after) == Some('-') || matches!(self.word(after), "lidz" | "по");
            let comma = self.sign(after) == Some(',') || matches!(self.word(after), "un" | "и" | "and");
            if dash && days.len() == 1 {
                range = true;
                if let Some((last, end)) = self.numeric(after + 1) {
                    let first = Said { day: days[0], ..last };
                    return (first.day < last.day).then_some((Stated::Range(first, last), end));
                }
            } else if !comma || range || days.len() > 12 {
                return None;
            }
            next = after + 1;
        }
    }

    /// A single date may be the beginning of a range.
    fn until(&self, days: Vec<Said>, end: usize) -> (Stated, usize) {
        let joined = self.sign(end) == Some('-') || matches!(self.word(end), "lidz" | "until" | "to" | "по");
        if let ([first], true) = (days.as_slice(), joined) {
            let next = end + 1;
            let last = self.numeric(next).or_else(|| {
                let (year, next) =
                    self.year_before(next).map_or((None, next), |(year, next)| (Some(year), next));
                let (day, next) = self.day_number(next)?;
                let (month, end) = self.month(next)?;
                let (year, end) =
                    self.year_after(end).map_or((year, end), |(after, end)| (year.or(Some(after)), end));
                self.real(year, month, day, end)
            });
            if let Some((last, end)) = last {
                // A year at the far end serves both, as far as the order allows.
                let year = first.year.or_else(|| {
                    let before = (first.month, first.day) > (last.month, last.day);
                    last.year.map(|year| if before { year - 1 } else { year })
                });
                return (Stated::Range(Said { year, ..*first }, last), end);
            }
        }
        (Stated::List(days), end)
    }

    /// A clock at a place: “plkst. 18.00”, “18:00”, “no 9.00 līdz 13.00”, “6 pm”.
    fn clock(&self, at: usize) -> Option<Clock> {
        let mut next = at;
        if matches!(self.word(next), "no" | "с" | "from") {
            next += 1;
        }
        // In a cell of a table “no 11” is an hour.
        let cell = next > at && at > 0 && self.sign(at - 1) == Some('|') && self.sign(next + 1) == Some('|');
        let (time, after) = self.time_of(next, cell)?;
        let mut clock = Clock { from: time, to: None, end: after };
        let joined =
            self.sign(after) == Some('-') || matches!(self.word(after), "lidz" | "до" | "to" | "until");
        if joined && let Some((to, end)) = self.time_of(after + 1, true) {
            clock.to = Some(to);
            clock.end = end;
        }
        // “5.00 līdz 7.00 EUR” is money.
        let money = |at: usize| {
            matches!(self.sign(at), Some('€' | '$' | '%'))
                || matches!(self.word(at), "eur" | "eiro" | "euro" | "ls" | "km" | "cm" | "h" | "ha" | "kg")
        };
        (!money(clock.end) && !money(after)).then_some(clock)
    }

    /// `bare` accepts an hour alone, as the far end of a range has it.
    fn time_of(&self, at: usize, bare: bool) -> Option<(NaiveTime, usize)> {
        let prefixed = matches!(self.word(at), "plkst" | "pulksten" | "pulkst" | "pl" | "plk" | "at");
        let at = if prefixed { self.skip_dots(at + 1) } else { at };
        let (hour, digits) = self.number(at)?;
        if hour > 24 || digits > 2 {
            return None;
        }
        let separator = self.sign(at + 1).filter(|sign| matches!(sign, '.' | ':'));
        let minutes = separator.and_then(|_| self.number(at + 2)).filter(|(minute, digits)| {
            *digits == 2 && *minute < 60 && self.tokens[at + 2].start == self.tokens[at + 1].end
        });
        // “12.10.2024” and “8.03.” are dates.
        if !prefixed && self.numeric(at).is_some() {
            return None;
        }
        let (minute, mut end) = match minutes {
            Some((minute, _)) => (minute, at + 3),
            None if prefixed || bare => (0, at + 1),
            None => match self.word(at + 1) {
                "pm" | "am" => (0, at + 1),
                _ => return None,
            },
        };
        let mut hour = hour;
        match self.word(end) {
            "pm" if hour < 12 => hour += 12,
            "am" if hour == 12 => hour = 0,
            "pm" | "am" => {}
            _ => end -= 1,
        }
        end += 1;
        // “līdz 3. martam” after a clock is a date.
        if bare
            && minutes.is_none()
            && self.sign(end) == Some('.')
            && lexicon::month(self.word(end + 1)).is_some()
        {
            return None;
        }
        let time = NaiveTime::from_hms_opt(hour % 24, minute, 0).filter(|_| hour < 24 || minute == 0)?;
        Some((time, end))
    }

    /// The clock that belongs to a date ending at a place: near, in the same sentence, before any other date.
    fn clock_near(&self, from: usize) -> Option<Clock> {
        let (mut at, mut words, mut breaks) = (from, 0, 0);
        while at < self.tokens.len() && words <= CLOCK_WORDS_MAX {
            if let Some(clock) = self.clock(at) {
                // A bare “18.00” only right beside the date.
                let prefixed = (at..clock.end).any(|i| {
                    matches!(
                        self.word(i),
                        "plkst" | "pulksten" | "pulkst" | "pl" | "plk" | "at" | "pm" | "am"
                    )
                });
                let colon = (at..clock.end).any(|i| self.sign(i) == Some(':'));
                if prefixed || words == 0 || colon && words <= 3 {
                    return Some(clock);
                }
                return None;
            }
            if at > from && self.days(at).is_some() {
                return None;
            }
            match &self.tokens[at].kind {
                // Weekdays and prepositions do not count as words between.
                Kind::Word(word)
                    if lexicon::weekday(word, self.said(at)).is_some() || word == "no" || word == "в" => {}
                Kind::Word(_) => words += 1,
                Kind::Number(..) => words += 2,
                Kind::Newline => {
                    breaks += 1;
                    if breaks > 1 {
                        return None;
                    }
                }
                Kind::Sign('.' | '!' | '?') if self.ends_sentence(at) => return None,
                Kind::Sign(_) => {}
            }
            at += 1;
        }
        None
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let capital = self.said(at + 1).chars().next().is_some_and(char::is_uppercase);
        let abbreviation = at > 0 && self.said(at - 1).chars().count() <= 2;
        matches!(self.sign(at), Some('!' | '?')) || (self.sign(at) == Some('.') && capital && !abbreviation)
    }

    /// The sentence around a place, as a range of tokens.
    fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let stop = |i: usize| self.ends_sentence(i) || self.tokens[i].kind == Kind::Newline;
        let start = (0..at).rev().take(80).find(|&i| stop(i)).map_or(at.saturating_sub(80), |i| i + 1);
        let end =
            (at..self.tokens.len()).take(80).find(|&i| stop(i)).unwrap_or((at + 80).min(self.tokens.len()));
        start..end
    }

    fn tense(&self, at: usize) -> Tense {
        let mut tense = Tense::Unsaid;
        for i in self.sentence(at) {
            let word = self.word(i);
            if lexicon::is_future_verb(word) {
                return Tense::Future;
            }
            if lexicon::is_past_verb(word) {
                tense = Tense::Past;
            }
        }
        tense
    }

    fn status(&self, at: usize) -> EventStatus {
        if self.sentence(at).any(|i| self.word(i).starts_with("atcelt")) {
            EventStatus::Cancelled
        } else {
            EventStatus::Confirmed
        }
    }

    // --- forms ---

    /// Everything with a day and a month.
    fn dated(&mut self, at: usize) -> Option<usize> {
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
                    event.warn = mismatch.then(|| "weekday_mismatch".to_owned());
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

    fn range(&mut self, start: NaiveDate, stop: NaiveDate, clock: Option<Clock>, at: usize, used: usize) {
        let mut event = self.event(start, clock, at, used);
        match clock {
            None => event.end = Some(LocalMoment::Day(stop)),
            // Every day of the range at that time.
            Some(_) => event.rrule = Some(format!("FREQ=DAILY;UNTIL={}", stop.format("%Y%m%d"))),
        }
        self.out.push(event);
    }

    /// A second clock of the same sentence is a second event of the same day.
    fn further_clocks(&mut self, day: NaiveDate, from: usize, about: usize) {
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

    fn event(&self, day: NaiveDate, clock: Option<Clock>, at: usize, end: usize) -> Event {
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
    fn weekday_beside(&self, at: usize, end: usize) -> Option<Weekday> {
        let near = (at.saturating_sub(3)..at).rev().chain(end..end + 3);
        near.filter(|&i| !matches!(self.tokens.get(i).map(|t| &t.kind), Some(Kind::Newline)))
            .find_map(|i| {
                lexicon::weekday(self.word(i), self.said(i)).filter(|(_, form)| *form != DayForm::Plural)
            })
            .map(|(day, _)| day)
    }

    /// “katra mēneša pēdējā trešdienā no janvāra līdz aprīlim”
    fn monthly(&mut self, at: usize) -> Option<usize> {
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
    fn weekly(&mut self, at: usize) -> Option<usize> {
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
    fn relative(&mut self, at: usize) -> Option<usize> {
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

    fn date_follows(&self, from: usize) -> bool {
        (from..from + 3)
            .take_while(|&i| i == from || matches!(self.sign(i - 1), Some(',' | '.' | '(')))
            .any(|i| self.days(i).is_some())
    }

    /// “Pulksten 18 … 14. martā”: the clock before its date.
    fn clock_alone(&mut self, at: usize) -> Option<usize> {
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
    fn month_alone(&mut self, at: usize) -> Option<usize> {
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

/// The moment of a header block in words: “ceturtdien, 2024. gada 7. martā 18:22”, “Thursday, March 7, 2024 6:22 PM”.
pub fn moment_in_words(text: &str) -> Option<NaiveDateTime> {
    let scan =
        Scan { text, tokens: tokens(text), reference: NaiveDate::from_ymd_opt(2024, 1, 1)?, out: Vec::new() };
    let count = scan.tokens.len();
    let day = (0..count)
        .find_map(|at| match scan.days(at)? {
            (Stated::List(list), _) => list.first().copied().filter(|said| said.year.is_some()),
            (Stated::Range(..), _) => None,
        })
        .and_then(|said| NaiveDate::from_ymd_opt(said.year?, said.month, said.day))
        .or_else(|| {
            // Month first, as in American English.
            (0..count).find_map(|at| {
                let (month, next) = scan.month(at)?;
                let (day, next) = scan.day_number(next)?;
                let (year, _) = scan.year_after(next)?;
                NaiveDate::from_ymd_opt(year, month, day)
            })
        })?;
    let time = (0..count)
        .filter(|&at| scan.sign(at + 1) == Some(':'))
        .find_map(|at| scan.time_of(at, false))
        .map_or(NaiveTime::MIN, |(time, _)| time);
    Some(day.and_time(time))
}

#[cfg(test)]
mod tests;
