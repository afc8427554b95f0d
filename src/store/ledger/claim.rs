//! Which rows a worker takes, in which order, and who is mailed no more.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::delivery::{Abandoned, Claim, Delivery, UncertainPolicy, WorkerId};
use subscribers::{NotMailable, SubscriptionState, may_mail};

use super::row::{COLUMNS, change, read};
use super::{Held, HeldMail, Holder, Reader, Taken, WAITING, Write, going_out, json, ms, uncertain_before};
use crate::store::suppression::suppressed;

/// Why a due row goes to nobody.
fn verdict(
    row: &Reader<'_>,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Abandoned>> {
    let recipient: String = row.get("recipient")?;
    // Erased while a connection held it.
    if recipient.is_empty() {
        return Ok(Some(Abandoned::Left));
    }
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
            source: row.json::<SubscriptionState>("detail")?.source(),
            plain_text: row.get::<i64>("plain_text")? == 1,
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
                 outbox.language, outbox.plain_text, outbox.return_path, outbox.mail, outbox.dated_at, subscription.detail,
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
}
