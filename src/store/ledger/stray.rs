//! What there is to do, and rows that nobody is at work on.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::delivery::{Outcome, State, UncertainPolicy};

use super::row::{COLUMNS, Row, change};
use super::{Dialect, Holder, Looked, Reader, Store, WAITING, Write, going_out, json, ms, uncertain_before};

/// What stands in `outcome` of an attempt whose worker died before the final dot.
const INTERRUPTED: &str = "interrupted";

impl Write {
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
