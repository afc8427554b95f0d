//! The ledger over the outbox: which rows a worker takes, the marker before the final dot, and what came of it.
//!
//! Rows are found here and judged by `issues::delivery` and `subscribers::may_mail` in the same transaction; only the
//! marker says its conditions in SQL, because it is one statement for many rows. A test holds the two together.
//! What it leaves out: how rows are queued and found again, in `outbox.rs`.

mod claim;
mod mark;
mod row;
mod settle;
mod stray;

use chrono::{DateTime, Utc};
use issues::IssueState;
use issues::delivery::{Claim, Delivery, Outcome, UncertainPolicy, WorkerId};
use sqlx::any::AnyRow;
use subscribers::{EmailAddress, Language, Source};

use super::row::{Reader, json, ms};
use super::{Dialect, Store, Write};

/// Who takes rows: one life of the daemon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// New at every start.
    pub worker: WorkerId,
    /// The same at every start in this place, where only one daemon runs at a time.
    pub home: String,
    /// Stays the same as long as commits that did not wait for the disk stand; empty where nobody can tell.
    pub life: String,
}

/// A row that a worker holds, with what its mail is made of.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: i64,
    pub claim: Claim,
    /// The row as the claim left it.
    pub delivery: Delivery,
    pub public_id: i64,
    pub recipient: EmailAddress,
    pub language: Language,
    /// For the Date header.
    pub dated_at: DateTime<Utc>,
    pub mail: HeldMail,
}

#[derive(Debug, Clone)]
pub enum HeldMail {
    Single {
        return_path: Option<EmailAddress>,
        bytes: Vec<u8>,
    },
    Delivery {
        issue: i64,
        /// The subscription's public id.
        subscription: i64,
        confirmed_at: DateTime<Utc>,
        source: Source,
        /// Without HTML, as the reader wished when the audience was frozen.
        plain_text: bool,
    },
}

/// What a claim came to.
#[derive(Debug, Default)]
pub struct Taken {
    /// In the order in which they are to leave.
    pub held: Vec<Held>,
    /// Rows that were due and go to nobody any more.
    pub abandoned: usize,
}

/// What one conversation came to.
#[derive(Debug, Clone)]
pub struct Told {
    pub id: i64,
    pub claim: Claim,
    /// The row as the claim left it.
    pub delivery: Delivery,
    pub outcome: Outcome,
    /// Spreads the next attempt.
    pub random: u32,
}

/// A recipient that the relay says is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    pub recipient_hash: String,
    pub subscription: Option<i64>,
    pub reply: String,
}

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// Rows of a worker that is gone, of a stopped issue, or final under another policy than before.
    pub stray: bool,
    pub due: bool,
}

/// What nobody holds and nothing has ended.
pub(super) const WAITING: &str = "settled_at IS NULL AND state IN ('queued', 'deferred', 'uncertain')";

/// Rows that became uncertain before this moment go out once more.
fn uncertain_before(now: DateTime<Utc>, policy: UncertainPolicy) -> i64 {
    match policy {
        UncertainPolicy::Resend { after } => ms(now - after),
        UncertainPolicy::AssumeSent => i64::MIN,
    }
}

fn going_out(rows: &[AnyRow], now: DateTime<Utc>) -> anyhow::Result<Vec<i64>> {
    let mut issues = Vec::new();
    for row in rows {
        let row = Reader::new("issue", row);
        if matches!(row.json("detail")?, IssueState::Sending { not_before, .. } if not_before <= now) {
            issues.push(row.get("issue_id")?);
        }
    }
    Ok(issues)
}
