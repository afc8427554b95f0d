//! One mail to one person: its states, who may move it between them, and when it is tried again.
//!
//! The ledger keeps these states and `src/outbound` brings the outcomes; the rules are here alone. What it leaves
//! out: whom to mail at all, which is decided when the audience is frozen and again before the final dot.

mod because;
mod reply;

use chrono::{DateTime, TimeDelta, Utc};

pub use because::Because;
pub use reply::{Fault, Outcome, Phase, Reply, Trouble, judge, judge_connection};

/// A bulletin is stale after three days, and the next one comes anyway.
pub const BULLETIN_EXPIRES_AFTER: TimeDelta = TimeDelta::hours(72);
/// Somebody waits in front of a form for a confirmation.
pub const CONFIRMATION_EXPIRES_AFTER: TimeDelta = TimeDelta::hours(24);
/// An editor's notice says what the queue shows anyway.
pub const NOTICE_EXPIRES_AFTER: TimeDelta = TimeDelta::hours(12);

/// Waits after the first, second, … deferral; the last one repeats. RFC 5321 section 4.5.4.1 asks for half an hour
/// in general and allows a quicker start, which greylisting rewards.
pub const BACKOFF: [TimeDelta; 6] = [
    TimeDelta::minutes(6),
    TimeDelta::minutes(12),
    TimeDelta::minutes(25),
    TimeDelta::minutes(50),
    TimeDelta::minutes(100),
    TimeDelta::hours(3),
];
/// Each wait is up to this share longer or shorter, so that five hundred deferrals do not return in one second.
pub const BACKOFF_JITTER_PERCENT: i64 = 20;

/// A lease outlives the ten minutes that the answer to the final dot may take (RFC 5321 section 4.5.3.2.6).
pub const LEASE: TimeDelta = TimeDelta::minutes(15);
/// No final dot is sent in the last part of a lease: another worker may hold the row before the dot arrives.
pub const LEASE_MARGIN: TimeDelta = TimeDelta::seconds(30);
/// When an uncertain delivery goes out once more: a bounce or a late answer may settle it before.
pub const RESEND_AFTER: TimeDelta = TimeDelta::hours(1);
/// Uncertain this often is final: a third copy helps nobody.
pub const UNCERTAIN_MAX: u32 = 2;

/// The daemon's life that holds a row; a new one at every start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkerId(pub i64);

/// One delivery with what is true of it in every state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Conversations begun.
    pub attempts: u32,
    /// How many of them ended without anybody knowing how.
    pub uncertain: u32,
    pub expires_at: DateTime<Utc>,
    pub state: State,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Queued {
        not_before: DateTime<Utc>,
    },
    Sending {
        attempt: u32,
        worker: WorkerId,
        lease: DateTime<Utc>,
        dot: Dot,
    },
    Accepted {
        reply: Reply,
    },
    Deferred {
        reply: Reply,
        next: DateTime<Utc>,
    },
    Refused {
        reply: Reply,
        recipient_gone: bool,
    },
    /// The worker died or the line broke between the final dot and its recorded answer.
    Uncertain {
        since: DateTime<Utc>,
    },
    Abandoned(Abandoned),
}

/// How far a conversation may have got, as far as the ledger knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    /// The final dot was surely not sent.
    Before,
    /// The marker was set: the dot may be on its way.
    Marked,
}

/// Why nobody tries any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Abandoned {
    Expired,
    Left,
    Suppressed,
    Stopped,
}

/// What happens to a delivery of which nobody knows whether it arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UncertainPolicy {
    /// Once more with the same Message-ID and the same bytes, after this time.
    Resend { after: TimeDelta },
    /// It counts as sent.
    AssumeSent,
}

/// The moment and the one that acts, against which a held row is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    pub worker: WorkerId,
    pub attempt: u32,
}

/// Why a delivery stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTransition {
    #[error("it is not due yet")]
    NotDue,
    #[error("another worker or a later attempt holds it")]
    NotHeld,
    #[error("its lease ends too soon")]
    LeaseEnds,
    #[error("its lease has not ended")]
    LeaseRuns,
    #[error("its state is final")]
    Final,
    #[error("a worker is sending it")]
    Busy,
}

impl Abandoned {
    pub const ALL: [Abandoned; 4] =
        [Abandoned::Expired, Abandoned::Left, Abandoned::Suppressed, Abandoned::Stopped];

    pub fn name(self) -> &'static str {
        match self {
            Abandoned::Expired => "expired",
            Abandoned::Left => "left",
            Abandoned::Suppressed => "suppressed",
            Abandoned::Stopped => "stopped",
        }
    }
}

impl State {
    /// The word of the ledger and of `zinas issue deliveries`.
    pub fn name(&self) -> &'static str {
        match self {
            State::Queued { .. } => "queued",
            State::Sending { .. } => "sending",
            State::Accepted { .. } => "accepted",
            State::Deferred { .. } => "deferred",
            State::Refused { .. } => "refused",
            State::Uncertain { .. } => "uncertain",
            State::Abandoned(_) => "abandoned",
        }
    }
}

impl Outcome {
    /// The word of the ledger's attempts.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Accepted { .. } => "accepted",
            Outcome::Deferred { .. } => "deferred",
            Outcome::Refused { .. } => "refused",
            Outcome::Uncertain => "uncertain",
            Outcome::OurFault { .. } => "our_fault",
            Outcome::Withheld => "withheld",
        }
    }
}

impl Delivery {
    pub fn queued(not_before: DateTime<Utc>, expires_at: DateTime<Utc>) -> Self {
        Self { attempts: 0, uncertain: 0, expires_at, state: State::Queued { not_before } }
    }

    /// Nothing will move it any more.
    pub fn is_final(&self, policy: UncertainPolicy) -> bool {
        match &self.state {
            State::Queued { .. } | State::Sending { .. } | State::Deferred { .. } => false,
            State::Accepted { .. } | State::Refused { .. } | State::Abandoned(_) => true,
            State::Uncertain { .. } => match policy {
                UncertainPolicy::Resend { .. } => self.uncertain >= UNCERTAIN_MAX,
                UncertainPolicy::AssumeSent => true,
            },
        }
    }

    /// When a worker may take it; `None` while one holds it or when it is final.
    pub fn due(&self, policy: UncertainPolicy) -> Option<DateTime<Utc>> {
        match (&self.state, policy) {
            (State::Queued { not_before }, _) => Some(*not_before),
            (State::Deferred { next, .. }, _) => Some(*next),
            (State::Uncertain { since }, UncertainPolicy::Resend { after })
                if self.uncertain < UNCERTAIN_MAX =>
            {
                Some(*since + after)
            }
            (State::Uncertain { .. }, UncertainPolicy::Resend { .. } | UncertainPolicy::AssumeSent) => None,
            (
                State::Sending { .. } | State::Accepted { .. } | State::Refused { .. } | State::Abandoned(_),
                _,
            ) => None,
        }
    }

    /// A worker takes it and begins one attempt.
    ///
    /// # Errors
    /// When it is held, final or not yet due.
    pub fn claim(
        self,
        worker: WorkerId,
        now: DateTime<Utc>,
        policy: UncertainPolicy,
    ) -> Result<Self, InvalidTransition> {
        match self.due(policy) {
            Some(due) if due <= now => {
                let attempts = self.attempts.saturating_add(1);
                let state =
                    State::Sending { attempt: attempts, worker, lease: now + LEASE, dot: Dot::Before };
                Ok(Self { attempts, state, ..self })
            }
            Some(_) => Err(InvalidTransition::NotDue),
            None if self.is_final(policy) => Err(InvalidTransition::Final),
            None => Err(InvalidTransition::Busy),
        }
    }

    /// The marker before the final dot: says that from here on the reader may have the mail.
    ///
    /// # Errors
    /// When the row is no longer this worker's, or not for long enough. No dot is sent then.
    pub fn mark(self, claim: Claim, now: DateTime<Utc>) -> Result<Self, InvalidTransition> {
        match self.state {
            State::Sending { attempt, worker, lease, dot: Dot::Before }
                if (Claim { worker, attempt }) == claim =>
            {
                if lease < now + LEASE_MARGIN {
                    return Err(InvalidTransition::LeaseEnds);
                }
                let state = State::Sending { attempt, worker, lease, dot: Dot::Marked };
                Ok(Self { state, ..self })
            }
            _ => Err(InvalidTransition::NotHeld),
        }
    }

    /// Records what a conversation came to. `random` spreads the next attempt.
    ///
    /// A late yes or no of the last attempt also settles an uncertain delivery, even for good: the ledger had only
    /// lost sight of it.
    ///
    /// # Errors
    /// When the row is no longer this attempt's; the caller keeps the outcome as evidence among the attempts.
    pub fn settle(
        self,
        claim: Claim,
        outcome: Outcome,
        now: DateTime<Utc>,
        random: u32,
    ) -> Result<Self, InvalidTransition> {
        match &self.state {
            State::Sending { attempt, worker, .. }
                if (Claim { worker: *worker, attempt: *attempt }) == claim => {}
            State::Uncertain { .. }
                if self.attempts == claim.attempt
                    && matches!(outcome, Outcome::Accepted { .. } | Outcome::Refused { .. }) => {}
            _ => return Err(InvalidTransition::NotHeld),
        }
        let mut uncertain = self.uncertain;
        let state = match outcome {
            Outcome::Accepted { reply } => State::Accepted { reply },
            Outcome::Refused { reply, recipient_gone } => State::Refused { reply, recipient_gone },
            Outcome::Deferred { reply } => {
                let wait =
                    backoff(self.attempts, random).max(reply.named_wait().unwrap_or(TimeDelta::zero()));
                let next = now + wait;
                if next >= self.expires_at {
                    State::Abandoned(Abandoned::Expired)
                } else {
                    State::Deferred { reply, next }
                }
            }
            Outcome::Uncertain => {
                uncertain += 1;
                State::Uncertain { since: now }
            }
            Outcome::OurFault { .. } | Outcome::Withheld => State::Queued { not_before: now },
        };
        Ok(Self { uncertain, state, ..self })
    }

    /// Takes a row back from a worker that is gone. `markers_hold` is false when the machine itself went down, since
    /// the marker before the dot is not forced to disk: whatever was held may then have been sent.
    ///
    /// # Errors
    /// When nobody holds it.
    pub fn release(self, now: DateTime<Utc>, markers_hold: bool) -> Result<Self, InvalidTransition> {
        match self.state {
            State::Sending { dot: Dot::Before, .. } if markers_hold => {
                Ok(Self { state: State::Queued { not_before: now }, ..self })
            }
            State::Sending { dot: Dot::Before | Dot::Marked, .. } => {
                Ok(Self { uncertain: self.uncertain + 1, state: State::Uncertain { since: now }, ..self })
            }
            State::Queued { .. }
            | State::Accepted { .. }
            | State::Deferred { .. }
            | State::Refused { .. }
            | State::Uncertain { .. }
            | State::Abandoned(_) => Err(InvalidTransition::NotHeld),
        }
    }

    /// Gives back a row that was claimed and whose conversation was never begun: no attempt was made.
    ///
    /// # Errors
    /// When the row is no longer this worker's, or its marker is set.
    pub fn put_back(self, claim: Claim, now: DateTime<Utc>) -> Result<Self, InvalidTransition> {
        match self.state {
            State::Sending { attempt, worker, dot: Dot::Before, .. }
                if (Claim { worker, attempt }) == claim =>
            {
                let attempts = self.attempts.saturating_sub(1);
                Ok(Self { attempts, state: State::Queued { not_before: now }, ..self })
            }
            _ => Err(InvalidTransition::NotHeld),
        }
    }

    /// [`Delivery::release`] for a worker that may still live: only after its lease.
    ///
    /// # Errors
    /// When nobody holds it, or its lease runs.
    pub fn release_overdue(self, now: DateTime<Utc>, markers_hold: bool) -> Result<Self, InvalidTransition> {
        match self.state {
            State::Sending { lease, .. } if lease >= now => Err(InvalidTransition::LeaseRuns),
            State::Sending { .. }
            | State::Queued { .. }
            | State::Accepted { .. }
            | State::Deferred { .. }
            | State::Refused { .. }
            | State::Uncertain { .. }
            | State::Abandoned(_) => self.release(now, markers_hold),
        }
    }

    /// Gives up a delivery that nobody holds. A held one is caught by the marker before its dot.
    ///
    /// # Errors
    /// When a worker holds it or it is final already.
    pub fn abandon(self, why: Abandoned, policy: UncertainPolicy) -> Result<Self, InvalidTransition> {
        if self.is_final(policy) {
            return Err(InvalidTransition::Final);
        }
        match self.state {
            State::Sending { .. } => Err(InvalidTransition::Busy),
            State::Queued { .. }
            | State::Deferred { .. }
            | State::Uncertain { .. }
            | State::Accepted { .. }
            | State::Refused { .. }
            | State::Abandoned(_) => Ok(Self { state: State::Abandoned(why), ..self }),
        }
    }
}

/// The wait after this many attempts. `random` is any number; it moves the wait by up to a fifth either way.
pub fn backoff(attempts: u32, random: u32) -> TimeDelta {
    let step = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let wait = BACKOFF[step.min(BACKOFF.len() - 1)].num_milliseconds();
    let reach = wait * BACKOFF_JITTER_PERCENT / 100;
    let shift = i64::from(random) * (2 * reach) / i64::from(u32::MAX) - reach;
    TimeDelta::milliseconds(wait + shift)
}

#[cfg(test)]
mod tests;
