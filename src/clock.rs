//! The only place that asks the time or draws random numbers, so that tests and the demo can give both.
//!
//! The clock serves schedule, leases, back-off, caps and tokens. Socket time-outs stay real and are not its work.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Notify;

/// How often a sleeper on an injected clock looks again, in case it missed a wake-up.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Gives the time and waits for it.
#[derive(Clone)]
pub enum Clock {
    System,
    /// The system's, but this much ahead: for the demo that goes on where its month has ended.
    Ahead(TimeDelta),
    /// Moves only when told to: for tests and for the demo in which a month passes.
    Injected(Arc<Injected>),
}

pub struct Injected {
    now_ms: AtomicI64,
    moved: Notify,
}

impl Clock {
    pub fn injected(now: DateTime<Utc>) -> Self {
        Clock::Injected(Arc::new(Injected {
            now_ms: AtomicI64::new(now.timestamp_millis()),
            moved: Notify::new(),
        }))
    }

    /// The time, to the millisecond: what the database keeps.
    #[expect(clippy::disallowed_methods, reason = "this is the place the others take it from")]
    pub fn now(&self) -> DateTime<Utc> {
        let now_ms = match self {
            Clock::System => Utc::now().timestamp_millis(),
            Clock::Ahead(by) => Utc::now().timestamp_millis().saturating_add(by.num_milliseconds()),
            Clock::Injected(clock) => clock.now_ms.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_millis(now_ms).expect("milliseconds of our own making are a date")
    }

    /// Runs like the system's, and shows this moment now.
    pub fn running_from(now: DateTime<Utc>) -> Self {
        Clock::Ahead(now - Clock::System.now())
    }

    /// Moves an injected clock; a system clock stays as it is.
    pub fn advance_to(&self, now: DateTime<Utc>) {
        if let Clock::Injected(clock) = self {
            clock.now_ms.fetch_max(now.timestamp_millis(), Ordering::SeqCst);
            clock.moved.notify_waiters();
        }
    }

    pub async fn sleep_until(&self, moment: DateTime<Utc>) {
        match self {
            Clock::System | Clock::Ahead(_) => {
                let wait = (moment - self.now()).to_std().unwrap_or(Duration::ZERO);
                tokio::time::sleep(wait).await;
            }
            Clock::Injected(clock) => {
                while self.now() < moment {
                    tokio::select! {
                        () = clock.moved.notified() => {}
                        () = tokio::time::sleep(LOOK_AGAIN) => {}
                    }
                }
            }
        }
    }
}

/// A random id for what leaves the house: 63 bits, never zero.
pub fn random_id() -> i64 {
    loop {
        let id = i64::from_be_bytes(random_octets::<8>()) & i64::MAX;
        if id != 0 {
            return id;
        }
    }
}

/// Octets of the system's random source.
pub fn random_octets<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    rand::fill(&mut octets);
    octets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_clock_that_is_ahead_runs_on() {
        let then = DateTime::from_timestamp_millis(1_797_840_000_000).unwrap();
        let clock = Clock::running_from(then);
        clock.sleep_until(then + TimeDelta::milliseconds(30)).await;
        let late = clock.now() - then;
        assert!(late >= TimeDelta::milliseconds(30) && late < TimeDelta::minutes(5), "{late}");
    }
}
