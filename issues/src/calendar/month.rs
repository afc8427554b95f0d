//! The month that an issue bears, and the sending moment that an assembly works towards.

use std::fmt;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Cron;

/// Which month an issue is called after, seen from the day it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bears {
    /// What leaves in November is November's.
    This,
    /// What leaves on the last Wednesday of November is December's.
    Next,
}

/// A month of a year, 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    pub year: i32,
    pub month: u32,
}

impl Bears {
    /// The month of an issue that leaves at `sending`, by the calendar of the zone.
    pub fn month(self, sending: DateTime<Utc>, zone: Tz) -> Month {
        let day = sending.with_timezone(&zone).date_naive();
        let this = Month {
            year: day.year(),
            month: day.month(),
        };
        match self {
            Bears::This => this,
            Bears::Next => this.next(),
        }
    }
}

impl Month {
    pub fn next(self) -> Self {
        match self.month {
            12 => Self {
                year: self.year + 1,
                month: 1,
            },
            month => Self {
                year: self.year,
                month: month + 1,
            },
        }
    }
}

/// As `2026-12`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The sending moment that the assembly of `assembly` works towards: the first at or after it.
///
/// Take it from the moment of the assembly, not from the time at which the assembly was at last done: an issue
/// assembled late still bears its own month, although it leaves at a later moment.
pub fn sending_of(assembly: DateTime<Utc>, send: &Cron, zone: Tz) -> Option<DateTime<Utc>> {
    let just_before = assembly.checked_sub_signed(TimeDelta::seconds(1))?;
    send.next(zone, just_before)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Riga;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn what_leaves_on_the_last_wednesday_of_november_is_decembers() {
        let send = Cron::parse("0 9 * * Wed#L").unwrap();
        let sending = send.next(Riga, at("2026-11-01T00:00:00Z")).unwrap();
        assert_eq!(Bears::Next.month(sending, Riga).to_string(), "2026-12");
        assert_eq!(Bears::This.month(sending, Riga).to_string(), "2026-11");
        let sending = send.next(Riga, at("2026-12-01T00:00:00Z")).unwrap();
        assert_eq!(Bears::Next.month(sending, Riga).to_string(), "2027-01");
    }

    #[test]
    fn the_month_is_that_of_the_zone() {
        let sending = at("2026-11-30T22:30:00Z"); // half past midnight of 1 December in Riga
        assert_eq!(Bears::This.month(sending, Riga).to_string(), "2026-12");
        assert_eq!(
            Bears::Next.month(at("2026-12-31T22:30:00Z"), Riga).to_string(),
            "2027-02"
        );
    }

    #[test]
    fn an_assembly_works_towards_the_first_sending_at_or_after_it() {
        let send = Cron::parse("0 9 * * Wed#L").unwrap();
        let sending = at("2026-11-25T07:00:00Z");
        for assembly in [
            "2026-10-28T07:00:01Z",
            "2026-11-20T07:00:00Z",
            "2026-11-25T07:00:00Z",
        ] {
            assert_eq!(sending_of(at(assembly), &send, Riga), Some(sending), "{assembly}");
        }
        assert_eq!(sending_of(DateTime::<Utc>::MIN_UTC, &send, Riga), None);
    }
}
