//! The ledger over the outbox: which rows a worker takes, the marker before the final dot, and what came of it.
//!
//! Rows are found here and judged by `issues::delivery` and `subscribers::may_mail` in the same transaction; only the
//! marker says its conditions in SQL, because it is one statement for many rows. A test holds the two together.
//! What it leaves out: how rows are queued and found again, in `outbox.rs`.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use chrono::{DateTime, Utc};
use issues::IssueState;
use issues::delivery::{
    Abandoned, Claim, Delivery, Dot, InvalidTransition, LEASE_MARGIN, Outcome, Reply, State, UncertainPolicy,
    WorkerId,
};
use sqlx::any::AnyRow;
use subscribers::{EmailAddress, Language, NotMailable, SubscriptionState, may_mail};

use super::row::{Reader, json, ms};
use super::suppression::suppressed;
use super::{Dialect, Store, Write};

const SENDING: &str = "sending";
/// What stands in `reason` of a delivery that was refused because the mailbox is not there.
const RECIPIENT_GONE: &str = "recipient_gone";
/// What stands in `outcome` of an attempt whose worker died before the final dot.
const INTERRUPTED: &str = "interrupted";

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

const WAITING: &str = "settled_at IS NULL AND state IN ('queued', 'deferred', 'uncertain')";

const COLUMNS: &str = "outbox.outbox_id, outbox.state, outbox.attempts, outbox.uncertains, outbox.next_at, \
     outbox.expires_at, outbox.worker, outbox.lease_until, outbox.dot_at, outbox.reply, outbox.reason";

/// A row of the ledger as the rules see it.
fn read(row: &Reader<'_>) -> anyhow::Result<Delivery> {
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
fn change(id: i64, delivery: &Delivery, policy: UncertainPolicy, now: DateTime<Utc>) -> serde_json::Value {
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

/// Rows that became uncertain before this moment go out once more.
fn uncertain_before(now: DateTime<Utc>, policy: UncertainPolicy) -> i64 {
    match policy {
        UncertainPolicy::Resend { after } => ms(now - after),
        UncertainPolicy::AssumeSent => i64::MIN,
    }
}

/// Why a due row goes to nobody.
fn verdict(
    row: &Reader<'_>,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Abandoned>> {
    if expires_at <= now {
        return Ok(Some(Abandoned::Expired));
    }
    let suppressed: i64 = row.get("suppressed")?;
    let priority: i64 = row.get("priority")?;
    if priority == 0 {
        return Ok((suppressed == 1).then_some(Abandoned::Suppressed));
    }
    let detail: Option<String> = row.get("detail")?;
    // Erased.
    let Some(detail) = detail else { return Ok(Some(Abandoned::Left)) };
    let state: SubscriptionState =
        serde_json::from_str(&detail).context("database: table subscription, column detail")?;
    Ok(match may_mail(&state, suppressed == 1) {
        Ok(()) => None,
        Err(NotMailable::Left | NotMailable::Unconfirmed) => Some(Abandoned::Left),
        Err(NotMailable::Suppressed) => Some(Abandoned::Suppressed),
    })
}

fn held(row: &Reader<'_>, claim: Claim, delivery: Delivery) -> anyhow::Result<Held> {
    let issue: Option<i64> = row.get("issue_id")?;
    let mail = match issue {
        Some(issue) => HeldMail::Delivery {
            issue,
            subscription: row.get("subscription_public_id")?,
            confirmed_at: row.time("confirmed_at")?,
        },
        None => {
            let path: String = row.get("return_path")?;
            let return_path = if path.is_empty() { None } else { Some(row.address("return_path")?) };
            HeldMail::Single { return_path, bytes: row.get("mail")? }
        }
    };
    Ok(Held {
        id: row.get("outbox_id")?,
        claim,
        delivery,
        public_id: row.get("public_id")?,
        recipient: row.address("recipient")?,
        language: row.language("language")?,
        dated_at: row.time("dated_at")?,
        mail,
    })
}

impl Write {
    /// Takes up to `max` rows that are due: single mails first, then deliveries of issues that are going out. Each
    /// gets a new attempt, recorded before it begins. Who may not be mailed any more is abandoned here.
    ///
    /// # Errors
    /// The database fails.
    pub async fn claim(
        &mut self,
        holder: &Holder,
        now: DateTime<Utc>,
        policy: UncertainPolicy,
        max: usize,
    ) -> anyhow::Result<Taken> {
        let ids = self.due(now, policy, max).await?;
        let mut taken = Taken::default();
        if ids.is_empty() {
            return Ok(taken);
        }
        let sql = format!(
            "SELECT {COLUMNS}, outbox.public_id, outbox.priority, outbox.issue_id, outbox.recipient,
                 outbox.language, outbox.return_path, outbox.mail, outbox.dated_at, subscription.detail,
                 subscription.public_id AS subscription_public_id, subscription.confirmed_at,
                 CASE WHEN {} THEN 1 ELSE 0 END AS suppressed
             FROM outbox LEFT JOIN subscription ON subscription.subscription_id = outbox.subscription_id
             WHERE {} ORDER BY outbox.priority, outbox.next_at, outbox.outbox_id",
            suppressed("outbox.kind", "outbox.recipient_hash"),
            self.dialect.is_among("outbox.outbox_id", "$1")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&ids)?)
            .fetch_all(self.connection())
            .await
            .context("read due mails")?;
        let mut changes = Vec::with_capacity(rows.len());
        let mut attempts = Vec::with_capacity(rows.len());
        for row in &rows {
            let row = Reader::new("outbox", row);
            let id: i64 = row.get("outbox_id")?;
            let delivery = read(&row)?;
            let verdict = verdict(&row, delivery.expires_at, now)?;
            let next = match verdict {
                Some(why) => delivery.abandon(why, policy),
                None => delivery.claim(holder.worker, now, policy),
            };
            let next = next.with_context(|| format!("claim the mail {id}"))?;
            changes.push(change(id, &next, policy, now));
            if verdict.is_some() {
                taken.abandoned += 1;
                continue;
            }
            attempts.push(serde_json::json!({ "i": id, "a": next.attempts }));
            let claim = Claim { worker: holder.worker, attempt: next.attempts };
            taken.held.push(held(&row, claim, next)?);
        }
        self.keep(&changes, Some(holder)).await?;
        self.begin_attempts(holder.worker, now, &attempts).await?;
        Ok(taken)
    }

    async fn due(
        &mut self,
        now: DateTime<Utc>,
        policy: UncertainPolicy,
        max: usize,
    ) -> anyhow::Result<Vec<i64>> {
        let skip = self.dialect.skip_locked();
        let again = uncertain_before(now, policy);
        let limit = |taken: usize| i64::try_from(max - taken.min(max)).context("limit a claim");
        let sql = format!(
            "SELECT outbox_id FROM outbox WHERE priority = 0 AND {WAITING} AND next_at <= $1
                 AND (state <> 'uncertain' OR next_at <= $2)
             ORDER BY next_at, outbox_id LIMIT $3{skip}"
        );
        let mut ids: Vec<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(ms(now))
            .bind(again)
            .bind(limit(0)?)
            .fetch_all(self.connection())
            .await
            .context("find due single mails")?;
        for issue in self.issues_going_out(now).await? {
            if ids.len() >= max {
                break;
            }
            let sql = format!(
                "SELECT outbox_id FROM outbox WHERE issue_id = $1 AND priority = 1 AND {WAITING} AND next_at <= $2
                     AND (state <> 'uncertain' OR next_at <= $3)
                 ORDER BY next_at, outbox_id LIMIT $4{skip}"
            );
            let more: Vec<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .bind(issue)
                .bind(ms(now))
                .bind(again)
                .bind(limit(ids.len())?)
                .fetch_all(self.connection())
                .await
                .context("find due deliveries")?;
            ids.extend(more);
        }
        Ok(ids)
    }

    /// Issues in `sending` whose hold is over; a paused one is none.
    async fn issues_going_out(&mut self, now: DateTime<Utc>) -> anyhow::Result<Vec<i64>> {
        let rows =
            sqlx::query("SELECT issue_id, detail FROM issue WHERE state = 'sending' ORDER BY issue_id")
                .fetch_all(self.connection())
                .await
                .context("find issues going out")?;
        going_out(&rows, now)
    }

    async fn begin_attempts(
        &mut self,
        worker: WorkerId,
        now: DateTime<Utc>,
        attempts: &[serde_json::Value],
    ) -> anyhow::Result<()> {
        let sql = format!(
            "INSERT INTO attempt (outbox_id, number, worker, started_at) SELECT c.i, c.a, $1, $2 FROM {}",
            self.dialect.attempts("$3")
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(worker.0)
            .bind(ms(now))
            .bind(json(&attempts)?)
            .execute(self.connection())
            .await
            .context("record attempts")?;
        Ok(())
    }

    /// Writes rows as the rules left them. A holder stands there from its claim on.
    async fn keep(&mut self, changes: &[serde_json::Value], holder: Option<&Holder>) -> anyhow::Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "UPDATE outbox SET state = c.s, next_at = c.n, attempts = c.a, uncertains = c.u, worker = c.w,
                 lease_until = c.l, dot_at = c.d, reply = COALESCE(c.r, outbox.reply), reason = c.q,
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

    /// The marker before the final dot, for many rows in one statement: gives those that may be sent. For the others
    /// no dot may leave. Asks everything again: worker, attempt, lease, issue, subscription and suppression.
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
                 AND NOT {}
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
        let kept = self.keep_results(&judged, now, policy).await?;
        self.end_attempts(&attempts, now).await?;
        let gone: Vec<i64> = if kept == judged.len() {
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
    /// on: while a claim holds a row, nobody else changes it. Gives how many those were; no more comes back, since each
    /// row that does is a waking of its own.
    async fn keep_results(
        &mut self,
        judged: &[(i64, Delivery, Claim)],
        now: DateTime<Utc>,
        policy: UncertainPolicy,
    ) -> anyhow::Result<usize> {
        let changes: Vec<serde_json::Value> = judged
            .iter()
            .map(|(id, next, claim)| {
                let mut change = change(*id, next, policy, now);
                change["w"] = claim.worker.0.into();
                change["e"] = SENDING.into();
                change
            })
            .collect();
        let sql = format!(
            "UPDATE outbox SET state = c.s, next_at = c.n, uncertains = c.u, worker = NULL, lease_until = NULL,
                 dot_at = NULL, reply = COALESCE(c.r, outbox.reply), reason = c.q, settled_at = c.f
             FROM {} WHERE outbox.outbox_id = c.i{} AND outbox.attempts = c.a AND outbox.worker = c.w
                 AND outbox.state = c.e",
            self.dialect.ledger_changes("$1"),
            self.dialect.by_key("outbox.outbox_id", "$1")
        );
        let kept = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&changes)?)
            .execute(self.connection())
            .await
            .context("keep results")?;
        usize::try_from(kept.rows_affected()).context("count results")
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

    /// Deals with rows that nobody is at work on: those of workers that are gone, of stopped issues, and uncertain
    /// ones under a policy that leaves them so. `alone` says that nothing of this holder's home is under way, so that
    /// whatever is held from there was left behind. Gives how many rows moved.
    ///
    /// # Errors
    /// The database fails.
    pub async fn release(
        &mut self,
        holder: &Holder,
        now: DateTime<Utc>,
        policy: UncertainPolicy,
        alone: bool,
    ) -> anyhow::Result<u64> {
        let home = if alone { holder.home.as_str() } else { "" };
        let sql = format!(
            "SELECT {COLUMNS}, outbox.home, outbox.life, outbox.recipient_hash, outbox.subscription_id FROM outbox
             WHERE outbox.state = 'sending' AND (outbox.lease_until < $1 OR ($2 <> '' AND outbox.home = $2))
             ORDER BY outbox.outbox_id{}",
            self.dialect.skip_locked()
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(ms(now))
            .bind(home)
            .fetch_all(self.connection())
            .await
            .context("find mails left behind")?;
        let mut changes = Vec::with_capacity(rows.len());
        let mut attempts = Vec::with_capacity(rows.len());
        for row in &rows {
            let reader = Reader::new("outbox", row);
            let (of_home, life): (String, String) = (reader.get("home")?, reader.get("life")?);
            let row = Row::read(&reader)?;
            let markers_hold = !life.is_empty() && life == holder.life;
            let attempt = row.delivery.attempts;
            let released = if alone && of_home == holder.home {
                row.delivery.release(now, markers_hold)
            } else {
                row.delivery.release_overdue(now, markers_hold)
            };
            let released = released.with_context(|| format!("release the mail {}", row.id))?;
            let outcome = match released.state {
                State::Uncertain { .. } => Outcome::Uncertain.name(),
                _ => INTERRUPTED,
            };
            changes.push(change(row.id, &released, policy, now));
            attempts.push(serde_json::json!({ "i": row.id, "a": attempt, "o": outcome, "r": "" }));
        }
        self.keep(&changes, None).await?;
        self.end_attempts(&attempts, now).await?;
        let stopped = format!(
            "UPDATE outbox SET state = 'abandoned', reason = 'stopped', settled_at = $1
             WHERE priority = 1 AND {WAITING}
                 AND issue_id IN (SELECT issue.issue_id FROM issue WHERE issue.state = 'stopped')"
        );
        let mut moved = self.sweep(stopped, now).await?;
        if policy == UncertainPolicy::AssumeSent {
            let assumed =
                "UPDATE outbox SET settled_at = $1 WHERE state = 'uncertain' AND settled_at IS NULL"
                    .to_owned();
            moved += self.sweep(assumed, now).await?;
        }
        Ok(moved + u64::try_from(rows.len()).context("count mails left behind")?)
    }

    async fn sweep(&mut self, sql: String, now: DateTime<Utc>) -> anyhow::Result<u64> {
        let swept = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(ms(now))
            .execute(self.connection())
            .await
            .context("settle what nobody sends")?;
        Ok(swept.rows_affected())
    }

    /// Rows of the ledger, kept still until the transaction ends.
    async fn rows_for_change(&mut self, ids: impl Iterator<Item = i64>) -> anyhow::Result<Vec<Row>> {
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

    async fn end_attempts(
        &mut self,
        attempts: &[serde_json::Value],
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        if attempts.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "UPDATE attempt SET ended_at = $1, outcome = c.o, reply = c.r FROM {}
             WHERE attempt.outbox_id = c.i AND attempt.number = c.a{}",
            self.dialect.attempts("$2"),
            self.dialect.by_key("attempt.outbox_id", "$2")
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(ms(now))
            .bind(json(&attempts)?)
            .execute(self.connection())
            .await
            .context("end attempts")?;
        Ok(())
    }

    /// What stays the same as long as commits that did not wait for the disk stand. SQLite loses them with the
    /// machine, which `machine` names; PostgreSQL with its own crash, after which it empties a table.
    ///
    /// # Errors
    /// The database fails.
    pub async fn life(&mut self, machine: &str, drawn: &str) -> anyhow::Result<String> {
        match self.dialect {
            Dialect::Sqlite => Ok(machine.to_owned()),
            Dialect::Postgres => {
                sqlx::query(
                    "INSERT INTO database_life (one, value) VALUES (1, $1) ON CONFLICT (one) DO NOTHING",
                )
                .bind(drawn)
                .execute(self.connection())
                .await
                .context("keep the life of the database")?;
                sqlx::query_scalar("SELECT value FROM database_life")
                    .fetch_one(self.connection())
                    .await
                    .context("read the life of the database")
            }
        }
    }
}

struct Row {
    id: i64,
    delivery: Delivery,
    recipient_hash: String,
    subscription: Option<i64>,
}

impl Row {
    fn read(row: &Reader<'_>) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.get("outbox_id")?,
            delivery: read(row)?,
            recipient_hash: row.get("recipient_hash")?,
            subscription: row.get("subscription_id")?,
        })
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

impl Store {
    /// Is there anything to do in the outbox? Cheap enough to ask every second. `alone` as in [`Write::release`].
    ///
    /// # Errors
    /// The database fails.
    pub async fn look_at_outbox(
        &self,
        holder: &Holder,
        now: DateTime<Utc>,
        policy: UncertainPolicy,
        alone: bool,
    ) -> anyhow::Result<Looked> {
        let rows =
            sqlx::query("SELECT issue_id, detail FROM issue WHERE state = 'sending' ORDER BY issue_id")
                .fetch_all(&self.reader)
                .await
                .context("find issues going out")?;
        let issues = going_out(&rows, now)?;
        let due = format!("{WAITING} AND next_at <= $1 AND (state <> 'uncertain' OR next_at <= $2)");
        let sql = format!(
            "SELECT
                 CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE state = 'sending'
                         AND (lease_until < $1 OR ($3 <> '' AND home = $3)))
                     OR EXISTS (SELECT 1 FROM outbox WHERE priority = 1 AND {WAITING} AND issue_id IN
                         (SELECT issue.issue_id FROM issue WHERE issue.state = 'stopped'))
                     OR ($4 = 1 AND EXISTS
                         (SELECT 1 FROM outbox WHERE state = 'uncertain' AND settled_at IS NULL))
                 THEN 1 ELSE 0 END AS stray,
                 CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE priority = 0 AND {due})
                     OR EXISTS (SELECT 1 FROM outbox WHERE priority = 1 AND {due} AND issue_id IN {})
                 THEN 1 ELSE 0 END AS due",
            self.dialect.each_number("$5")
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(ms(now))
            .bind(uncertain_before(now, policy))
            .bind(if alone { holder.home.as_str() } else { "" })
            .bind(i64::from(policy == UncertainPolicy::AssumeSent))
            .bind(json(&issues)?)
            .fetch_one(&self.reader)
            .await
            .context("look at the outbox")?;
        let row = Reader::new("outbox", &row);
        let (stray, due): (i64, i64) = (row.whole("stray")?, row.whole("due")?);
        Ok(Looked { stray: stray == 1, due: due == 1 })
    }
}
