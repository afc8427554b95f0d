//! The deliveries of an issue in the outbox: whom they are for, how many are in which state, and what became of each.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;
use subscribers::{EmailAddress, Language, Manner, SubscriptionState};

use super::people::read_manner;
use super::row::{Reader, json, ms};
use super::{Store, Write};

/// A subscription as the freezing of an audience sees it.
#[derive(Debug, Clone)]
pub struct Reached {
    pub subscription: i64,
    pub address: EmailAddress,
    pub address_hash: String,
    pub state: SubscriptionState,
    pub language: Language,
    pub manner: Manner,
    pub suppressed: bool,
}

/// One reader's delivery, to be queued.
#[derive(Debug, Clone)]
pub struct NewDelivery {
    pub public_id: i64,
    pub subscription: i64,
    pub recipient: String,
    pub recipient_hash: String,
    pub language: Language,
    pub plain_text: bool,
    pub message_id: String,
}

/// One row of the ledger of an issue, as `zinas issue deliveries` prints it.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    pub id: i64,
    /// `None` once the person is erased.
    pub subscription: Option<i64>,
    pub recipient: String,
    pub state: String,
    pub reason: String,
    pub message_id: String,
    pub settled_at: Option<DateTime<Utc>>,
    pub bounce_class: String,
    pub attempts: Vec<AttemptRow>,
}

#[derive(Debug, Clone)]
pub struct AttemptRow {
    pub at: DateTime<Utc>,
    pub outcome: String,
    pub reply: String,
}

impl Write {
    /// Confirmed subscriptions in the order of their ids, after this one; whether each may be mailed is decided by
    /// the caller on what stands here.
    ///
    /// # Errors
    /// The database fails.
    pub async fn audience(
        &mut self,
        publication: i64,
        after: i64,
        max: usize,
    ) -> anyhow::Result<Vec<Reached>> {
        let rows = sqlx::query(
            "SELECT subscription.subscription_id, subscription.address, subscription.address_hash,
                 subscription.detail, subscription.language, subscription.plain_text, subscription.pause,
                 CASE WHEN suppression.address_hash IS NULL THEN 0 ELSE 1 END AS suppressed
             FROM subscription LEFT JOIN suppression ON suppression.address_hash = subscription.address_hash
             WHERE subscription.publication_id = $1 AND subscription.state = 'confirmed'
                 AND subscription.subscription_id > $2
             ORDER BY subscription.subscription_id LIMIT $3",
        )
        .bind(publication)
        .bind(after)
        .bind(i64::try_from(max).context("limit an audience")?)
        .fetch_all(self.connection())
        .await
        .context("read the audience")?;
        let read = |row: &AnyRow| {
            let row = Reader::new("subscription", row);
            let suppressed: i64 = row.whole("suppressed")?;
            Ok(Reached {
                subscription: row.get("subscription_id")?,
                address: row.address("address")?,
                address_hash: row.get("address_hash")?,
                state: row.json("detail")?,
                language: row.language("language")?,
                manner: read_manner(&row)?,
                suppressed: suppressed == 1,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Queues deliveries; one that is there already stays as it is. Gives how many are new.
    ///
    /// # Errors
    /// The database fails.
    pub async fn queue_deliveries(
        &mut self,
        publication: i64,
        issue: i64,
        deliveries: &[NewDelivery],
        at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> anyhow::Result<i64> {
        let rows: Vec<serde_json::Value> = deliveries
            .iter()
            .map(|delivery| {
                serde_json::json!({
                    "p": delivery.public_id, "s": delivery.subscription, "r": delivery.recipient,
                    "h": delivery.recipient_hash, "l": delivery.language.code(), "m": delivery.message_id,
                    "t": i64::from(delivery.plain_text),
                })
            })
            .collect();
        let sql = format!(
            "INSERT INTO outbox (public_id, publication_id, kind, priority, issue_id, subscription_id, recipient,
                 recipient_hash, language, plain_text, message_id, dated_at, next_at, expires_at, created_at)
             SELECT p, $1, 'issue', 1, $2, s, r, h, l, t, m, $3, $3, $4, $3 FROM {} WHERE TRUE
             ON CONFLICT (issue_id, subscription_id) DO NOTHING",
            self.dialect.delivery_rows("$5")
        );
        let queued = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(issue)
            .bind(ms(at))
            .bind(ms(expires_at))
            .bind(json(&rows)?)
            .execute(self.connection())
            .await
            .context("queue deliveries")?;
        i64::try_from(queued.rows_affected()).context("count deliveries")
    }

    /// Nothing of a stopped issue that has not begun goes out any more. What is on the line ends as it ends.
    ///
    /// # Errors
    /// The database fails.
    pub async fn abandon_deliveries(&mut self, issue: i64, at: DateTime<Utc>) -> anyhow::Result<u64> {
        let abandoned = sqlx::query(
            "UPDATE outbox SET state = 'abandoned', reason = 'stopped', settled_at = $2
             WHERE issue_id = $1 AND settled_at IS NULL AND state IN ('queued', 'deferred', 'uncertain')",
        )
        .bind(issue)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("abandon the deliveries of a stopped issue")?;
        Ok(abandoned.rows_affected())
    }

    /// Has every delivery of an issue come to its end? An uncertain one that will be repeated has not.
    ///
    /// # Errors
    /// The database fails.
    pub async fn deliveries_are_final(&mut self, issue: i64) -> anyhow::Result<bool> {
        let open: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE issue_id = $1 AND settled_at IS NULL")
                .bind(issue)
                .fetch_one(self.connection())
                .await
                .context("count open deliveries")?;
        Ok(open == 0)
    }
}

impl Store {
    /// The deliveries of an issue with their attempts; an empty state matches all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn deliveries(&self, issue: i64, state: &str) -> anyhow::Result<Vec<DeliveryRow>> {
        let rows = sqlx::query(
            "SELECT outbox_id, subscription_id, recipient, state, reason, message_id, settled_at, bounce_class FROM outbox
             WHERE issue_id = $1 AND ($2 = '' OR state = $2) ORDER BY outbox_id",
        )
        .bind(issue)
        .bind(state)
        .fetch_all(&self.reader)
        .await
        .context("list deliveries")?;
        let mut deliveries = Vec::with_capacity(rows.len());
        for row in &rows {
            let row = Reader::new("outbox", row);
            deliveries.push(DeliveryRow {
                id: row.get("outbox_id")?,
                subscription: row.get("subscription_id")?,
                recipient: row.get("recipient")?,
                state: row.get("state")?,
                reason: row.get("reason")?,
                message_id: row.get("message_id")?,
                settled_at: row.time_option("settled_at")?,
                bounce_class: row.get("bounce_class")?,
                attempts: Vec::new(),
            });
        }
        let rows = sqlx::query(
            "SELECT attempt.outbox_id, attempt.started_at, attempt.outcome, attempt.reply FROM attempt
             JOIN outbox ON outbox.outbox_id = attempt.outbox_id
             WHERE outbox.issue_id = $1 ORDER BY attempt.outbox_id, attempt.number",
        )
        .bind(issue)
        .fetch_all(&self.reader)
        .await
        .context("list attempts")?;
        for row in &rows {
            let row = Reader::new("attempt", row);
            let id: i64 = row.get("outbox_id")?;
            let Ok(place) = deliveries.binary_search_by_key(&id, |delivery| delivery.id) else { continue };
            deliveries[place].attempts.push(AttemptRow {
                at: row.time("started_at")?,
                outcome: row.get("outcome")?,
                reply: row.get("reply")?,
            });
        }
        Ok(deliveries)
    }

    /// How many deliveries of an issue are in each state.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delivery_counts(&self, issue: i64) -> anyhow::Result<Vec<(String, i64)>> {
        let rows = sqlx::query(
            "SELECT state, COUNT(*) AS n FROM outbox WHERE issue_id = $1 GROUP BY state ORDER BY state",
        )
        .bind(issue)
        .fetch_all(&self.reader)
        .await
        .context("count deliveries")?;
        let pair = |row: &AnyRow| {
            let row = Reader::new("outbox", row);
            Ok((row.get("state")?, row.get("n")?))
        };
        rows.iter().map(pair).collect()
    }
}
