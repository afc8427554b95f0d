//! A row of the ledger as the rules see it, and back.

use anyhow::{Context as _, bail};
use chrono::{DateTime, Utc};
use issues::delivery::{Abandoned, Delivery, Dot, Reply, State, UncertainPolicy, WorkerId};

use super::{Dialect, Holder, Reader, Write, json, ms};

pub(super) const SENDING: &str = "sending";

/// What stands in `reason` of a delivery that was refused because the mailbox is not there.
const RECIPIENT_GONE: &str = "recipient_gone";

pub(super) const COLUMNS: &str = "outbox.outbox_id, outbox.state, outbox.attempts, outbox.uncertains, outbox.next_at, \
     outbox.expires_at, outbox.worker, outbox.lease_until, outbox.dot_at, outbox.reply, outbox.reason";

/// What becomes of a reply. It may quote an address, and a row without a recipient is one of an erased person.
pub(super) const KEPT_REPLY: &str =
    "CASE outbox.recipient WHEN '' THEN '' ELSE COALESCE(c.r, outbox.reply) END";

pub(super) struct Row {
    pub id: i64,
    pub delivery: Delivery,
    pub recipient_hash: String,
    pub subscription: Option<i64>,
}

impl Row {
    pub(super) fn read(row: &Reader<'_>) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.get("outbox_id")?,
            delivery: read(row)?,
            recipient_hash: row.get("recipient_hash")?,
            subscription: row.get("subscription_id")?,
        })
    }
}

/// A row of the ledger as the rules see it.
pub(super) fn read(row: &Reader<'_>) -> anyhow::Result<Delivery> {
    let state: String = row.get("state")?;
    let next = row.time("next_at")?;
    let attempts = row.whole("attempts")?;
    let reply = |row: &Reader<'_>| -> anyhow::Result<Reply> {
        let line: String = row.get("reply")?;
        Ok(Reply::from_line(&line))
    };
    let reason: String = row.get("reason")?;
    let state = match state.as_str() {
        "queued" => State::Queued { not_before: next },
        "deferred" => State::Deferred { reply: reply(row)?, next },
        "uncertain" => State::Uncertain { since: next },
        "accepted" => State::Accepted { reply: reply(row)? },
        "refused" => State::Refused { reply: reply(row)?, recipient_gone: reason == RECIPIENT_GONE },
        "sending" => State::Sending {
            attempt: attempts,
            worker: WorkerId(row.get("worker")?),
            lease: row.time("lease_until")?,
            dot: row.time_option("dot_at")?.map_or(Dot::Before, |_| Dot::Marked),
        },
        "abandoned" => {
            let why = Abandoned::ALL.into_iter().find(|why| why.name() == reason);
            State::Abandoned(why.context("database: table outbox, column reason")?)
        }
        other => bail!("database: table outbox, column state: {other:?}"),
    };
    Ok(Delivery { attempts, uncertain: row.whole("uncertains")?, expires_at: row.time("expires_at")?, state })
}

/// A row as the statement in [`Write::keep`] takes it.
pub(super) fn change(
    id: i64,
    delivery: &Delivery,
    policy: UncertainPolicy,
    now: DateTime<Utc>,
) -> serde_json::Value {
    let (mut worker, mut lease, mut dot) = (None, None, None);
    let (mut reply, mut reason) = (None, "");
    let next = match &delivery.state {
        State::Queued { not_before } => *not_before,
        State::Deferred { reply: line, next } => {
            reply = Some(line.line());
            *next
        }
        State::Uncertain { since } => *since,
        State::Sending { worker: by, lease: until, dot: marked, .. } => {
            worker = Some(by.0);
            lease = Some(ms(*until));
            dot = (*marked == Dot::Marked).then(|| ms(now));
            now
        }
        State::Accepted { reply: line } => {
            reply = Some(line.line());
            now
        }
        State::Refused { reply: line, recipient_gone } => {
            reply = Some(line.line());
            if *recipient_gone {
                reason = RECIPIENT_GONE;
            }
            now
        }
        State::Abandoned(why) => {
            reason = why.name();
            now
        }
    };
    let settled = delivery.is_final(policy).then(|| ms(now));
    serde_json::json!({
        "i": id, "s": delivery.state.name(), "n": ms(next), "a": delivery.attempts, "u": delivery.uncertain,
        "w": worker, "l": lease, "d": dot, "r": reply, "q": reason, "f": settled,
    })
}

/// How attempts ended, at `now`, from the JSON list in `attempts`; without their replies as in [`KEPT_REPLY`].
pub(super) fn end_attempts(dialect: Dialect, now: &str, attempts: &str) -> String {
    format!(
        "UPDATE attempt SET ended_at = {now}, outcome = c.o, reply =
             CASE (SELECT outbox.recipient FROM outbox WHERE outbox.outbox_id = attempt.outbox_id)
                 WHEN '' THEN '' ELSE c.r END
         FROM {}
         WHERE attempt.outbox_id = c.i AND attempt.number = c.a{}",
        dialect.attempts(attempts),
        dialect.by_key("attempt.outbox_id", attempts)
    )
}

impl Write {
    /// Writes rows as the rules left them. A holder stands there from its claim on.
    pub(super) async fn keep(
        &mut self,
        changes: &[serde_json::Value],
        holder: Option<&Holder>,
    ) -> anyhow::Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "UPDATE outbox SET state = c.s, next_at = c.n, attempts = c.a, uncertains = c.u, worker = c.w,
                 lease_until = c.l, dot_at = c.d, reply = {KEPT_REPLY}, reason = c.q,
                 settled_at = c.f, home = COALESCE($1, outbox.home), life = COALESCE($2, outbox.life)
             FROM {} WHERE outbox.outbox_id = c.i{}",
            self.dialect.ledger_changes("$3"),
            self.dialect.by_key("outbox.outbox_id", "$3")
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(holder.map(|holder| holder.home.clone()))
            .bind(holder.map(|holder| holder.life.clone()))
            .bind(json(&changes)?)
            .execute(self.connection())
            .await
            .context("keep the ledger")?;
        Ok(())
    }

    /// Rows of the ledger, kept still until the transaction ends.
    pub(super) async fn rows_for_change(
        &mut self,
        ids: impl Iterator<Item = i64>,
    ) -> anyhow::Result<Vec<Row>> {
        let ids: Vec<i64> = ids.collect();
        let sql = format!(
            "SELECT {COLUMNS}, outbox.recipient_hash, outbox.subscription_id FROM outbox
             WHERE {} ORDER BY outbox_id{}",
            self.dialect.is_among("outbox_id", "$1"),
            self.dialect.for_update()
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&ids)?)
            .fetch_all(self.connection())
            .await
            .context("read the ledger")?;
        rows.iter().map(|row| Row::read(&Reader::new("outbox", row))).collect()
    }

    pub(super) async fn end_attempts(
        &mut self,
        attempts: &[serde_json::Value],
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        if attempts.is_empty() {
            return Ok(());
        }
        let sql = end_attempts(self.dialect, "$1", "$2");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(ms(now))
            .bind(json(&attempts)?)
            .execute(self.connection())
            .await
            .context("end attempts")?;
        Ok(())
    }
}
