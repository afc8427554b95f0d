//! Dates and clock times in Latvian sentences: numeric dates, months by name, ranges, lists, deadlines, weekdays,
//! simple series. Conservative: where the words leave a doubt, there is no event, since a wrong date costs a journey.
//!
//! A pure function of text and reference day. It leaves out the rarer forms: hour words, seasons, thirds of months,
//! opening hours.

mod clock;
mod days;
mod forms;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::lexicon::{self};
use super::resolve::{Said, Tense};
use super::tokens::{Kind, Token, tokens};
use crate::{Event, EventStatus};

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
