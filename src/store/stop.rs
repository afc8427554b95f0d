//! What was before an editor ended a subscription at the desk, for as long as that can be taken back.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;
use subscribers::SubscriptionState;

use super::row::{Reader, json, ms};
use super::{Store, Write};

/// An end that an editor made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub at: DateTime<Utc>,
    pub by: String,
    pub before: SubscriptionState,
}

const STOP: &str = "SELECT at, by_whom, before FROM desk_stop WHERE subscription_id = $1";

fn read(row: &AnyRow) -> anyhow::Result<Stop> {
    let row = Reader::new("desk_stop", row);
    Ok(Stop { at: row.time("at")?, by: row.get("by_whom")?, before: row.json("before")? })
}

impl Write {
    /// The latest stop of a subscription takes the place of an earlier one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_stop(&mut self, subscription: i64, stop: &Stop) -> anyhow::Result<()> {
        sqlx::query(
            "INSERT INTO desk_stop (subscription_id, at, by_whom, before) VALUES ($1, $2, $3, $4)
             ON CONFLICT (subscription_id) DO UPDATE
                 SET at = excluded.at, by_whom = excluded.by_whom, before = excluded.before",
        )
        .bind(subscription)
        .bind(ms(stop.at))
        .bind(&stop.by)
        .bind(json(&stop.before)?)
        .execute(self.connection())
        .await
        .context("keep what was before a subscription was ended")?;
        Ok(())
    }

    /// # Errors
    /// The database fails.
    pub async fn stop_of(&mut self, subscription: i64) -> anyhow::Result<Option<Stop>> {
        let row = sqlx::query(STOP)
            .bind(subscription)
            .fetch_optional(self.connection())
            .await
            .context("find what was before a subscription was ended")?;
        row.as_ref().map(read).transpose()
    }

    /// It cannot be taken back any more; `false` when there was none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_stop(&mut self, subscription: i64) -> anyhow::Result<bool> {
        let done = sqlx::query("DELETE FROM desk_stop WHERE subscription_id = $1")
            .bind(subscription)
            .execute(self.connection())
            .await
            .context("forget what was before a subscription was ended")?;
        Ok(done.rows_affected() == 1)
    }
}

impl Store {
    /// # Errors
    /// The database fails.
    pub async fn stop_of(&self, subscription: i64) -> anyhow::Result<Option<Stop>> {
        let row = sqlx::query(STOP)
            .bind(subscription)
            .fetch_optional(&self.reader)
            .await
            .context("find what was before a subscription was ended")?;
        row.as_ref().map(read).transpose()
    }
}
