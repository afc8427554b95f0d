//! What conversations came to, and rows with which none was begun.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::delivery::{Claim, Delivery, InvalidTransition, Outcome, Reply, State, UncertainPolicy};

use super::row::{KEPT_REPLY, Row, SENDING, change, end_attempts};
use super::{Dialect, Gone, Told, Write, json, ms};

impl Write {
    /// Records what conversations came to. An outcome for a row that is no longer held stays as evidence among the
    /// attempts. Gives the recipients that are not there.
    ///
    /// # Errors
    /// The database fails.
    pub async fn settle(
        &mut self,
        told: &[Told],
        now: DateTime<Utc>,
        policy: UncertainPolicy,
    ) -> anyhow::Result<Vec<Gone>> {
        let mut judged = Vec::with_capacity(told.len());
        let mut attempts = Vec::with_capacity(told.len());
        for told in told {
            let next = told.delivery.clone().settle(told.claim, told.outcome.clone(), now, told.random);
            judged.push((told.id, next.context("settle a mail")?, told.claim));
            let reply = reply_of(&told.outcome).map(Reply::line).unwrap_or_default();
            attempts.push(serde_json::json!({
                "i": told.id, "a": told.claim.attempt, "o": told.outcome.name(), "r": reply,
            }));
        }
        let as_claimed = self.keep_results(&judged, &attempts, now, policy).await?;
        let gone: Vec<i64> = if as_claimed {
            judged.into_iter().filter(|(_, next, _)| is_gone(next)).map(|(id, ..)| id).collect()
        } else {
            self.settle_late(told, now, policy).await?
        };
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.rows_for_change(gone.into_iter()).await?;
        let told: HashMap<i64, &Told> = told.iter().map(|told| (told.id, told)).collect();
        let reply = |id| told.get(&id).and_then(|told| reply_of(&told.outcome)).map(Reply::line);
        let gone = rows.into_iter().map(|row| Gone {
            reply: reply(row.id).unwrap_or_default(),
            recipient_hash: row.recipient_hash,
            subscription: row.subscription,
        });
        Ok(gone.collect())
    }

    /// Writes results over rows that still are as their claims left them, but for the marker, which no result depends
    /// on: while a claim holds a row, nobody else changes it. The ends of the attempts go with them. Were they all so?
    /// No more comes back, since each row that does is a waking of its own.
    async fn keep_results(
        &mut self,
        judged: &[(i64, Delivery, Claim)],
        attempts: &[serde_json::Value],
        now: DateTime<Utc>,
        policy: UncertainPolicy,
    ) -> anyhow::Result<bool> {
        let changes: Vec<serde_json::Value> = judged
            .iter()
            .map(|(id, next, claim)| {
                let mut change = change(*id, next, policy, now);
                change["w"] = claim.worker.0.into();
                change["e"] = SENDING.into();
                change
            })
            .collect();
        let results = format!(
            "UPDATE outbox SET state = c.s, next_at = c.n, uncertains = c.u, worker = NULL, lease_until = NULL,
                 dot_at = NULL, reply = {KEPT_REPLY}, reason = c.q, settled_at = c.f
             FROM {} WHERE outbox.outbox_id = c.i{} AND outbox.attempts = c.a AND outbox.worker = c.w
                 AND outbox.state = c.e",
            self.dialect.ledger_changes("$1"),
            self.dialect.by_key("outbox.outbox_id", "$1")
        );
        let ends = end_attempts(self.dialect, "$2", "$3");
        let kept = sqlx::query(sqlx::AssertSqlSafe(self.dialect.together(&ends, &results)))
            .bind(json(&changes)?)
            .bind(ms(now))
            .bind(json(&attempts)?)
            .execute(self.connection())
            .await
            .context("keep results")?;
        let all = match self.dialect {
            Dialect::Sqlite => judged.len() + attempts.len(),
            Dialect::Postgres => judged.len(),
        };
        Ok(usize::try_from(kept.rows_affected()).context("count results")? == all)
    }

    /// Results among which is one whose row another hand has touched since: all are read again, and what is still open
    /// is judged as it is now. Gives those whose recipient is not there.
    async fn settle_late(
        &mut self,
        told: &[Told],
        now: DateTime<Utc>,
        policy: UncertainPolicy,
    ) -> anyhow::Result<Vec<i64>> {
        let rows = self.rows_for_change(told.iter().map(|told| told.id)).await?;
        let mut rows: HashMap<i64, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        let (mut changes, mut gone) = (Vec::new(), Vec::new());
        for told in told {
            let Some(Row { delivery, .. }) = rows.remove(&told.id) else { continue };
            let now_is = match delivery.clone().settle(told.claim, told.outcome.clone(), now, told.random) {
                Ok(next) => {
                    changes.push(change(told.id, &next, policy, now));
                    next
                }
                // Settled a moment ago with the others, or somebody else's by now.
                Err(InvalidTransition::NotHeld) => delivery,
                Err(error) => return Err(error).context("settle a mail"),
            };
            let ours = now_is.attempts == told.claim.attempt;
            if ours && matches!(told.outcome, Outcome::Refused { .. }) && is_gone(&now_is) {
                gone.push(told.id);
            }
        }
        self.keep(&changes, None).await?;
        Ok(gone)
    }

    /// Gives back rows whose conversation was never begun, as if they had not been taken.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_back(
        &mut self,
        claims: &[(i64, Claim)],
        now: DateTime<Utc>,
        policy: UncertainPolicy,
    ) -> anyhow::Result<()> {
        let claim_of: HashMap<i64, Claim> = claims.iter().copied().collect();
        let mut changes = Vec::with_capacity(claims.len());
        let mut attempts = Vec::with_capacity(claims.len());
        for row in self.rows_for_change(claims.iter().map(|(id, _)| *id)).await? {
            let Some(claim) = claim_of.get(&row.id) else { continue };
            // Not held any more: somebody else's by now.
            let Ok(next) = row.delivery.put_back(*claim, now) else { continue };
            changes.push(change(row.id, &next, policy, now));
            attempts.push(serde_json::json!({ "i": row.id, "a": claim.attempt }));
        }
        self.keep(&changes, None).await?;
        let sql = format!(
            "DELETE FROM attempt WHERE EXISTS
                 (SELECT 1 FROM {} WHERE c.i = attempt.outbox_id AND c.a = attempt.number) AND {}",
            self.dialect.attempts("$1"),
            self.dialect.is_among("attempt.outbox_id", "$2")
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&attempts)?)
            .bind(json(&claims.iter().map(|(id, _)| *id).collect::<Vec<i64>>())?)
            .execute(self.connection())
            .await
            .context("take attempts back that were not made")?;
        Ok(())
    }
}

fn is_gone(delivery: &Delivery) -> bool {
    matches!(delivery.state, State::Refused { recipient_gone: true, .. })
}

fn reply_of(outcome: &Outcome) -> Option<&Reply> {
    match outcome {
        Outcome::Accepted { reply }
        | Outcome::Deferred { reply }
        | Outcome::Refused { reply, .. }
        | Outcome::OurFault { reply, .. } => Some(reply),
        Outcome::Uncertain | Outcome::Withheld => None,
    }
}
