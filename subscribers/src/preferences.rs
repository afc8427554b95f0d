//! What a reader chooses: her language and place, and how and when the bulletin comes.
//!
//! A pause ends by itself: with its day, or after so many issues. It is asked once per issue, when the audience is
//! frozen; a delivery that is queued by then goes out whatever the reader chooses afterwards.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{Language, NotMailable, SubscriptionState, may_mail};

/// The most issues that a pause leaves out.
pub const PAUSED_ISSUES_MAX: u8 = 3;
/// The farthest day of return. Who stays away longer leaves.
pub const PAUSED_DAYS_MAX: Days = Days::new(366);
/// Longest name of a municipality in characters.
pub const MUNICIPALITY_CHARACTERS_MAX: usize = 60;

/// What a reader says when she subscribes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    pub language: Language,
    /// Whose news come first; empty for no preference.
    pub municipality: String,
}

/// How the bulletin comes to her.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manner {
    /// One part of plain text, no HTML beside it.
    pub plain_text: bool,
    pub pause: Option<Pause>,
}

/// No issues for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// What goes out on this day, in the bulletin's zone, comes again.
    Until(NaiveDate),
    /// So many more issues are left out, 1 to [`PAUSED_ISSUES_MAX`].
    Issues(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPause {
    #[error("the day of return has come already")]
    Past,
    #[error("the day of return is more than a year away")]
    TooFar,
    #[error("a pause leaves out one, two or three issues")]
    Issues,
}

impl Pause {
    /// # Errors
    /// The day is not ahead, or too far.
    pub fn until(day: NaiveDate, today: NaiveDate) -> Result<Self, InvalidPause> {
        if day <= today {
            return Err(InvalidPause::Past);
        }
        if day > today + PAUSED_DAYS_MAX {
            return Err(InvalidPause::TooFar);
        }
        Ok(Pause::Until(day))
    }

    /// # Errors
    /// None, or too many.
    pub fn issues(number: u8) -> Result<Self, InvalidPause> {
        if (1..=PAUSED_ISSUES_MAX).contains(&number) {
            Ok(Pause::Issues(number))
        } else {
            Err(InvalidPause::Issues)
        }
    }

    /// Is she away on this day?
    pub fn holds(self, today: NaiveDate) -> bool {
        match self {
            Pause::Until(day) => today < day,
            Pause::Issues(left) => left > 0,
        }
    }

    /// What is left of it after an issue of this day went out without her.
    pub fn after_an_issue(self, today: NaiveDate) -> Option<Self> {
        match self {
            Pause::Issues(left) => left.checked_sub(1).filter(|left| *left > 0).map(Pause::Issues),
            until @ Pause::Until(_) => until.holds(today).then_some(until),
        }
    }
}

/// Why a subscription is not in the audience of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotReached {
    #[error(transparent)]
    NotMailable(#[from] NotMailable),
    #[error("the reader has paused")]
    Paused,
}

/// Is a subscription in the audience that is frozen on this day? The store narrows in SQL; this decides.
///
/// # Errors
/// The reason why not.
pub fn is_reached(
    state: &SubscriptionState,
    suppressed: bool,
    manner: Manner,
    today: NaiveDate,
) -> Result<(), NotReached> {
    may_mail(state, suppressed)?;
    match manner.pause {
        Some(pause) if pause.holds(today) => Err(NotReached::Paused),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn confirmed() -> SubscriptionState {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        SubscriptionState::Confirmed { at, how: "link".into() }
    }

    #[test]
    fn a_pause_until_a_day_ends_on_that_day() {
        let pause = Pause::until(day("2027-01-15"), day("2026-12-20")).unwrap();
        assert!(pause.holds(day("2027-01-14")) && !pause.holds(day("2027-01-15")));
        assert_eq!(pause.after_an_issue(day("2026-12-30")), Some(pause));
        assert_eq!(pause.after_an_issue(day("2027-01-27")), None);
    }

    #[test]
    fn a_pause_of_issues_counts_those_that_went_out() {
        let mut pause = Some(Pause::issues(2).unwrap());
        let mut missed = 0;
        while let Some(now) = pause {
            assert!(now.holds(day("2026-12-30")));
            missed += 1;
            pause = now.after_an_issue(day("2026-12-30"));
        }
        assert_eq!(missed, 2);
    }

    #[test]
    fn a_pause_is_short() {
        let today = day("2026-11-25");
        assert_eq!(Pause::until(today, today), Err(InvalidPause::Past));
        assert_eq!(Pause::until(day("2028-01-01"), today), Err(InvalidPause::TooFar));
        assert_eq!(Pause::issues(0), Err(InvalidPause::Issues));
        assert_eq!(Pause::issues(PAUSED_ISSUES_MAX + 1), Err(InvalidPause::Issues));
    }

    #[test]
    fn a_pause_keeps_nobody_in_who_may_not_be_mailed() {
        let today = day("2026-11-25");
        let paused = Manner { pause: Some(Pause::Issues(1)), ..Manner::default() };
        let reached =
            |state: &SubscriptionState, suppressed, manner| is_reached(state, suppressed, manner, today);
        assert_eq!(reached(&confirmed(), false, Manner::default()), Ok(()));
        assert_eq!(reached(&confirmed(), false, paused), Err(NotReached::Paused));
        let why = NotReached::NotMailable(NotMailable::Suppressed);
        assert_eq!(reached(&confirmed(), true, paused), Err(why));
    }

    proptest! {
        /// Whatever was chosen, every pause ends by itself: by issues within three, by its day within a year.
        #[test]
        fn every_pause_ends(issues in 0u8.., days in 0u64..2_000) {
            let today = day("2026-11-25");
            if let Ok(mut pause) = Pause::issues(issues) {
                for _ in 1..issues {
                    pause = pause.after_an_issue(today).unwrap();
                }
                prop_assert_eq!(pause.after_an_issue(today), None);
            }
            if let Ok(pause) = Pause::until(today + Days::new(days), today) {
                prop_assert!(!pause.holds(today + PAUSED_DAYS_MAX));
            }
        }
    }
}
