//! The month that an issue bears, and the sending moment that an assembly works towards.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Cron;
use crate::Edition;

/// Which month an issue is called after, seen from the day it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bears {
    /// What leaves in November is November's.
    This,
    /// What leaves on the last Wednesday of November is December's.
    Next,
}

impl Bears {
    /// The month of an issue that leaves at `sending`, by the calendar of the zone.
    pub fn edition(self, sending: DateTime<Utc>, zone: Tz) -> Edition {
        let day = sending.with_timezone(&zone).date_naive();
        let this = Edition::of(day);
        match self {
            Bears::This => this,
            Bears::Next => this.next(),
        }
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
        assert_eq!(Bears::Next.edition(sending, Riga).to_string(), "2026-12");
        assert_eq!(Bears::This.edition(sending, Riga).to_string(), "2026-11");
        let sending = send.next(Riga, at("2026-12-01T00:00:00Z")).unwrap();
        assert_eq!(Bears::Next.edition(sending, Riga).to_string(), "2027-01");
    }

    #[test]
    fn the_month_is_that_of_the_zone() {
        let sending = at("2026-11-30T22:30:00Z"); // half past midnight of 1 December in Riga
        assert_eq!(Bears::This.edition(sending, Riga).to_string(), "2026-12");
        assert_eq!(Bears::Next.edition(at("2026-12-31T22:30:00Z"), Riga).to_string(), "2027-02");
    }

    #[test]
    fn an_assembly_works_towards_the_first_sending_at_or_after_it() {
        let send = Cron::parse("0 9 * * Wed#L").unwrap();
        let sending = at("2026-11-25T07:00:00Z");
        for assembly in ["2026-10-28T07:00:01Z", "2026-11-20T07:00:00Z", "2026-11-25T07:00:00Z"] {
            assert_eq!(sending_of(at(assembly), &send, Riga), Some(sending), "{assembly}");
        }
        assert_eq!(sending_of(DateTime::<Utc>::MIN_UTC, &send, Riga), None);
    }
}
