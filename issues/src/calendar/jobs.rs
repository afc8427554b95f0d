//! The five jobs of the schedule, and what is due of them.
//!
//! A moment that passed while the daemon was down is caught up once or skipped, by the rule of its job. Nothing is
//! fired twice as long as the caller records what was fired or skipped, in the transaction that does the work.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Cron;

/// Moments that lie back further are forgotten, for any job. More than a year, for jobs that happen once a year.
const LOOK_BACK: TimeDelta = TimeDelta::days(400);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// Asks contributors for their news.
    Reminder,
    /// Reminds editors of what waits for them.
    Waiting,
    /// Opens and fills the draft.
    Assemble,
    /// Sends the approved issue.
    Send,
    /// Deletes what has outlived its period.
    CleanUp,
}

/// What becomes of moments that passed unused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatchUp {
    /// However many there were, the job is done once, for the latest of them.
    Once,
    /// The latest counts if it is no older than this; everything older is passed over.
    Skip { older_than: TimeDelta },
}

impl Job {
    pub const ALL: [Job; 5] = [Job::Reminder, Job::Waiting, Job::Assemble, Job::Send, Job::CleanUp];

    pub fn name(self) -> &'static str {
        match self {
            Job::Reminder => "reminder",
            Job::Waiting => "waiting",
            Job::Assemble => "assemble",
            Job::Send => "send",
            Job::CleanUp => "clean_up",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.name() == name)
    }

    /// The stated rule.
    pub fn catch_up(self) -> CatchUp {
        match self {
            // A day late it still helps; later it may name a deadline that has passed.
            Job::Reminder => CatchUp::Skip { older_than: TimeDelta::hours(24) },
            // Tomorrow there is another one.
            Job::Waiting => CatchUp::Skip { older_than: TimeDelta::hours(12) },
            // The month's issue is wanted, however late.
            Job::Assemble | Job::Send => CatchUp::Once,
            // The next run deletes the same things.
            Job::CleanUp => CatchUp::Skip { older_than: TimeDelta::hours(1) },
        }
    }
}

/// What a job has behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// Since when this expression holds: the installation, or the last change of the expression or the zone. No
    /// moment up to then is ever fired.
    pub in_force_since: DateTime<Utc>,
    /// The last moment recorded as fired or skipped.
    pub last: Option<DateTime<Utc>>,
}

/// What is to be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing before `next`.
    Nothing { next: Option<DateTime<Utc>> },
    /// Do it for `moment` and record that; `missed` earlier moments are thereby done with as well.
    Fire { moment: DateTime<Utc>, missed: usize },
    /// Record `through`, do nothing: that many moments, the last of them `through`, are too old.
    Skip { through: DateTime<Utc>, moments: usize },
}

/// What is due of a job at `now`.
///
/// The caller records `moment` or `through` as `last`, unique per job and publication, and asks again.
pub fn due(job: Job, cron: &Cron, zone: Tz, past: Past, now: DateTime<Utc>) -> Due {
    let known = past.last.map_or(past.in_force_since, |last| last.max(past.in_force_since));
    let horizon = now.checked_sub_signed(LOOK_BACK).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let (mut latest, mut moments) = (None, 0);
    for moment in cron.after(zone, known.max(horizon)).take_while(|moment| *moment <= now) {
        latest = Some(moment);
        moments += 1;
    }
    let Some(latest) = latest else {
        // A clock that was put back does not bring recorded moments back.
        return Due::Nothing { next: cron.next(zone, known.max(now)) };
    };
    let fire = match job.catch_up() {
        CatchUp::Once => true,
        CatchUp::Skip { older_than } => now - latest <= older_than,
    };
    if fire {
        Due::Fire { moment: latest, missed: moments - 1 }
    } else {
        Due::Skip { through: latest, moments }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Riga;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn check(job: Job, expression: &str, since: &str, last: Option<&str>, now: &str) -> Due {
        let past = Past { in_force_since: at(since), last: last.map(at) };
        due(job, &Cron::parse(expression).unwrap(), Riga, past, at(now))
    }

    const LAST_WEDNESDAY: &str = "0 9 * * Wed#L";
    const INSTALLED: &str = "2026-09-10T12:00:00Z";

    #[test]
    fn a_first_start_fires_nothing_from_before_the_installation() {
        for job in Job::ALL {
            assert_eq!(
                check(job, LAST_WEDNESDAY, INSTALLED, None, INSTALLED),
                Due::Nothing { next: Some(at("2026-09-30T06:00:00Z")) }
            );
        }
    }

    #[test]
    fn a_moment_fires_when_it_has_come_and_never_again() {
        let moment = "2026-09-30T06:00:00Z";
        for job in Job::ALL {
            assert!(matches!(
                check(job, LAST_WEDNESDAY, INSTALLED, None, "2026-09-30T05:59:59Z"),
                Due::Nothing { .. }
            ));
            assert_eq!(
                check(job, LAST_WEDNESDAY, INSTALLED, None, moment),
                Due::Fire { moment: at(moment), missed: 0 }
            );
            for later in [moment, "2026-09-30T06:00:01Z", "2026-10-01T00:00:00Z", "2026-09-20T00:00:00Z"] {
                assert_eq!(
                    check(job, LAST_WEDNESDAY, INSTALLED, Some(moment), later),
                    Due::Nothing { next: Some(at("2026-10-28T07:00:00Z")) },
                    "also with the clock put back"
                );
            }
        }
    }

    #[test]
    fn an_issue_missed_is_caught_up_once_for_the_latest_moment() {
        for job in [Job::Assemble, Job::Send] {
            assert_eq!(
                check(job, LAST_WEDNESDAY, INSTALLED, None, "2026-12-01T00:00:00Z"),
                Due::Fire { moment: at("2026-11-25T07:00:00Z"), missed: 2 }
            );
        }
    }

    #[test]
    fn reminding_and_cleaning_up_are_skipped_when_they_come_too_late() {
        let monday = "0 9 * * Mon#2"; // 14 September, 06:00 UTC
        let now =
            ["2026-09-14T07:00:00Z", "2026-09-14T07:00:01Z", "2026-09-15T06:00:00Z", "2026-09-15T06:00:01Z"];
        let fire = Due::Fire { moment: at("2026-09-14T06:00:00Z"), missed: 0 };
        let skip = Due::Skip { through: at("2026-09-14T06:00:00Z"), moments: 1 };
        assert_eq!(
            now.map(|now| check(Job::CleanUp, monday, INSTALLED, None, now)),
            [fire, skip, skip, skip]
        );
        assert_eq!(
            now.map(|now| check(Job::Reminder, monday, INSTALLED, None, now)),
            [fire, fire, fire, skip]
        );
        assert_eq!(
            check(Job::CleanUp, "0 3 * * *", INSTALLED, None, "2026-09-15T00:30:00Z"),
            Due::Fire { moment: at("2026-09-15T00:00:00Z"), missed: 4 },
            "the latest is on time, the others are done with"
        );
    }

    #[test]
    fn a_new_expression_does_not_fire_moments_it_would_have_had() {
        let (last, changed) = ("2026-09-30T06:00:00Z", "2026-10-20T10:00:00Z");
        assert_eq!(
            check(Job::Send, "0 9 15 * *", changed, Some(last), changed),
            Due::Nothing { next: Some(at("2026-11-15T07:00:00Z")) }
        );
    }

    #[test]
    fn what_lies_back_more_than_a_year_is_forgotten() {
        let seen = check(Job::Send, "* * * * *", "1990-01-01T00:00:00Z", None, "2026-01-01T00:00:30Z");
        assert!(matches!(seen, Due::Fire { missed, .. } if missed < 400 * 24 * 60));
    }

    #[test]
    fn names_are_read_back() {
        for job in Job::ALL {
            assert_eq!(Job::parse(job.name()), Some(job));
            assert_eq!(serde_json::to_string(&job).unwrap(), format!("\"{}\"", job.name()));
        }
    }

    proptest! {
        /// The daemon is up at arbitrary times, and records what it is told: whatever it does, each moment is
        /// disposed of once, in order.
        #[test]
        fn nothing_is_fired_twice(job in 0..4_usize, pauses in prop::collection::vec(1_i64..5_000_000, 1..40)) {
            let cron = Cron::parse("30 3 * * Wed,Sun").unwrap();
            let start = at("2026-01-01T00:00:00Z");
            let (mut past, mut now) = (Past { in_force_since: start, last: None }, start);
            let (mut disposed, mut fired) = (0, Vec::new());
            for pause in pauses {
                now += TimeDelta::seconds(pause);
                match due(Job::ALL[job], &cron, Riga, past, now) {
                    Due::Nothing { next } => {
                        prop_assert!(next.unwrap() > now);
                        continue;
                    }
                    Due::Fire { moment, missed } => {
                        fired.push(moment);
                        disposed += 1 + missed;
                        past.last = Some(moment);
                    }
                    Due::Skip { through, moments } => {
                        disposed += moments;
                        past.last = Some(through);
                    }
                }
                let again = matches!(due(Job::ALL[job], &cron, Riga, past, now), Due::Nothing { .. });
                prop_assert!(again, "what was recorded is not due again");
            }
            prop_assert!(fired.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(disposed, cron.after(Riga, start).take_while(|m| *m <= now).count());
        }
    }
}
