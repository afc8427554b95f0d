//! Which day a stated date means: years that are not said, weekdays, months (rules R3, R4, R6).

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// What the verbs of the sentence say about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unsaid,
}

/// A date as far as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
}

/// How far back a date without year and verb may lie.
const BACK_DAYS: u64 = 60;
const AHEAD_DAYS: u64 = 305;

impl Said {
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    /// The day meant, or `None` where there is no such day.
    pub fn resolve(self, reference: NaiveDate, tense: Tense) -> Option<NaiveDate> {
        if let Some(year) = self.year {
            return self.in_year(year);
        }
        let year = reference.year();
        // 29 February may need a search of four years.
        let mut near = (year - 4..=year + 4).filter_map(|year| self.in_year(year));
        match tense {
            Tense::Future => near.find(|date| *date >= reference),
            Tense::Past => near.rev().find(|date| *date <= reference),
            Tense::Unsaid => {
                let first = reference.checked_sub_days(Days::new(BACK_DAYS))?;
                let last = reference.checked_add_days(Days::new(AHEAD_DAYS))?;
                near.find(|date| *date >= first && *date <= last)
            }
        }
    }

    /// The later end of a range: the first such day on or after its start.
    pub fn after(self, start: NaiveDate) -> Option<NaiveDate> {
        match self.year {
            Some(year) => self.in_year(year).filter(|end| *end >= start),
            None => (start.year()..=start.year() + 1)
                .filter_map(|year| self.in_year(year))
                .find(|end| *end >= start),
        }
    }
}

pub(super) fn weekday_on_or_after(day: Weekday, reference: NaiveDate) -> Option<NaiveDate> {
    let ahead = (7 + day.num_days_from_monday() - reference.weekday().num_days_from_monday()) % 7;
    reference.checked_add_days(Days::new(u64::from(ahead)))
}

pub(super) fn weekday_before(day: Weekday, reference: NaiveDate) -> Option<NaiveDate> {
    let back = (6 + reference.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7 + 1;
    reference.checked_sub_days(Days::new(u64::from(back)))
}

/// In the Monday-to-Sunday week after the reference's.
pub(super) fn weekday_next_week(day: Weekday, reference: NaiveDate) -> Option<NaiveDate> {
    let monday =
        reference.checked_sub_days(Days::new(u64::from(reference.weekday().num_days_from_monday())))?;
    monday.checked_add_days(Days::new(7 + u64::from(day.num_days_from_monday())))
}

pub(super) fn month_days(year: i32, month: u32) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = if month == 12 {
        NaiveDate::from_ymd_opt(year + 1, 1, 1)?
    } else {
        NaiveDate::from_ymd_opt(year, month + 1, 1)?
    };
    Some((first, next.pred_opt()?))
}

/// The n-th, or from the end the last, weekday of a month.
pub(super) fn weekday_of_month(year: i32, month: u32, day: Weekday, which: i32) -> Option<NaiveDate> {
    let (first, last) = month_days(year, month)?;
    if which < 0 {
        let back = (7 + last.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7;
        return last.checked_sub_days(Days::new(u64::from(back)));
    }
    let found =
        weekday_on_or_after(day, first)?.checked_add_days(Days::new(7 * (which as u64).saturating_sub(1)))?;
    (found <= last).then_some(found)
}
