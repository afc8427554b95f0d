//! The marker before the final dot.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::delivery::{Claim, LEASE_MARGIN};

use super::row::SENDING;
use super::{Write, json, ms};
use crate::store::suppression::suppressed;

impl Write {
    /// The marker before the final dot, for many rows in one statement: gives those that may be sent. For the others
    /// no dot may leave. Asks everything again: worker, attempt, lease, issue, subscription, erasure and suppression.
    ///
    /// # Errors
    /// The database fails. No dot may leave then.
    pub async fn mark(&mut self, claims: &[(i64, Claim)], now: DateTime<Utc>) -> anyhow::Result<Vec<i64>> {
        let rows: Vec<serde_json::Value> = claims
            .iter()
            .map(|(id, claim)| {
                serde_json::json!({
                    "i": id, "a": claim.attempt, "w": claim.worker.0, "e": SENDING, "l": ms(now + LEASE_MARGIN),
                })
            })
            .collect();
        let sql = format!(
            "UPDATE outbox SET dot_at = $1 FROM {}
             WHERE outbox.outbox_id = c.i{} AND outbox.attempts = c.a AND outbox.worker = c.w
                 AND outbox.state = c.e AND outbox.dot_at IS NULL AND outbox.lease_until >= c.l
                 AND outbox.recipient <> '' AND NOT {}
                 AND (outbox.priority = 0
                     OR (EXISTS (SELECT 1 FROM issue WHERE issue.issue_id = outbox.issue_id
                             AND issue.state = 'sending')
                         AND EXISTS (SELECT 1 FROM subscription
                             WHERE subscription.subscription_id = outbox.subscription_id
                             AND subscription.state = 'confirmed')))
             RETURNING outbox_id",
            self.dialect.ledger_changes("$2"),
            self.dialect.by_key("outbox.outbox_id", "$2"),
            suppressed("outbox.kind", "outbox.recipient_hash")
        );
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(ms(now))
            .bind(json(&rows)?)
            .fetch_all(self.connection())
            .await
            .context("mark mails before their final dot")
    }
}
