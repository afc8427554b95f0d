//! Days with their month and year, as they are written: numeric, by name, lists and ranges.

use chrono::{Datelike as _, NaiveDate};

use super::{Scan, Stated};
use crate::language::lv::lexicon::{self};
use crate::language::lv::resolve::Said;

impl Scan<'_> {
    pub(super) fn skip_dots(&self, mut at: usize) -> usize {
        while self.sign(at) == Some('.') {
            at += 1;
        }
        at
    }

    pub(super) fn day_number(&self, at: usize) -> Option<(u32, usize)> {
        let (day, digits) = self.number(at)?;
        ((1..=31).contains(&day) && digits <= 2).then(|| (day, self.skip_dots(at + 1)))
    }

    pub(super) fn month(&self, at: usize) -> Option<(u32, usize)> {
        let month = lexicon::month(self.word(at))?;
        let end = if self.sign(at + 1) == Some('.') && self.said(at).chars().count() <= 5 {
            at + 2
        } else {
            at + 1
        };
        Some((month, end))
    }

    /// “2024. gada”, “š. g.”, “pagājušā gada”
    pub(super) fn year_before(&self, at: usize) -> Option<(i32, usize)> {
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

    pub(super) fn year_after(&self, at: usize) -> Option<(i32, usize)> {
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
    pub(super) fn numeric(&self, at: usize) -> Option<(Said, usize)> {
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

    pub(super) fn real(&self, year: Option<i32>, month: u32, day: u32, end: usize) -> Option<(Said, usize)> {
        NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
        Some((Said { year, month, day }, end))
    }

    /// Days with their month: one, several, or a range.
    pub(super) fn days(&self, at: usize) -> Option<(Stated, usize)> {
        let (days, end) = self.days_at(at)?;
        // “18. novembra ielā” is a street.
        let street = self.word(end).starts_with("iel") || self.word(end).starts_with("gatv");
        (!street).then_some((days, end))
    }

    pub(super) fn days_at(&self, at: usize) -> Option<(Stated, usize)> {
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
    pub(super) fn until(&self, days: Vec<Said>, end: usize) -> (Stated, usize) {
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
}
