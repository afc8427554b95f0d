//! What the demo and its checks ask of the whole database: whether work waits, which moments fired, and whether
//! looking changed anything.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::Store;
use super::row::{Reader, ms};

/// The rows that a person's or an editor's act would change, in a form that compares.
const STATES: [&str; 8] = [
    "SELECT 'subscription', subscription_id, changed_at, state FROM subscription ORDER BY 2",
    "SELECT 'consent', consent_id, at, act FROM consent ORDER BY 2",
    "SELECT 'item', item_id, revision, state FROM item ORDER BY 2",
    "SELECT 'letter', letter_id, received_at, state FROM letter ORDER BY 2",
    "SELECT 'issue', issue_id, running_number, state FROM issue ORDER BY 2",
    "SELECT 'outbox', outbox_id, attempts, state FROM outbox ORDER BY 2",
    "SELECT 'message', message_id, tries, state FROM message ORDER BY 2",
    "SELECT 'contributor', contributor_id, reminders, name FROM contributor ORDER BY 2",
];

impl Store {
    /// One hash over the states of everything: equal before and after, nothing was changed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn digest(&self) -> anyhow::Result<String> {
        let mut hash = Sha256::new();
        for sql in STATES {
            for row in sqlx::query(sql).fetch_all(&self.reader).await.context("read all states")? {
                let (table, id): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
                let (number, state): (i64, String) = (row.try_get(2)?, row.try_get(3)?);
                hash.update(format!("{table} {id} {number} {state}\n"));
            }
        }
        Ok(data_encoding::HEXLOWER.encode(&hash.finalize()))
    }

    /// Messages that wait to be understood, and mails that are on the line or due.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_waiting(&self, now: DateTime<Utc>) -> anyhow::Result<(i64, i64)> {
        let messages: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM message WHERE state = 'received'")
            .fetch_one(&self.reader)
            .await
            .context("count waiting messages")?;
        let mails: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM outbox
             WHERE state = 'sending' OR (state IN ('queued', 'deferred') AND next_at <= $1)",
        )
        .bind(ms(now))
        .fetch_one(&self.reader)
        .await
        .context("count due mails")?;
        Ok((messages, mails))
    }

    /// The moments of the schedule that were fired, in order.
    ///
    /// # Errors
    /// The database fails.
    pub async fn fired_moments(&self, publication: i64) -> anyhow::Result<Vec<(String, DateTime<Utc>)>> {
        let rows = sqlx::query(
            "SELECT job, moment FROM job_moment WHERE publication_id = $1 AND fired = 1 ORDER BY moment, job",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("list fired moments")?;
        let pair = |row: &AnyRow| {
            let row = Reader::new("job_moment", row);
            Ok((row.get("job")?, row.time("moment")?))
        };
        rows.iter().map(pair).collect()
    }
}
