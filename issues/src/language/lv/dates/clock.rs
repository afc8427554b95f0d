//! Clock times, and the clock that belongs to a date.

use chrono::NaiveTime;

use super::{CLOCK_WORDS_MAX, Clock, Scan};
use crate::language::lv::lexicon;
use crate::language::lv::tokens::Kind;

impl Scan<'_> {
    /// A clock at a place: “plkst. 18.00”, “18:00”, “no 9.00 līdz 13.00”, “6 pm”.
    pub(super) fn clock(&self, at: usize) -> Option<Clock> {
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
    pub(super) fn time_of(&self, at: usize, bare: bool) -> Option<(NaiveTime, usize)> {
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
    pub(super) fn clock_near(&self, from: usize) -> Option<Clock> {
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
}
