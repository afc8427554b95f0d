//! What an editor said that a mail in quarantine is.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::reading::{Kind, Report};

use super::erase::ABOUT_ITEMS;
use super::row::{Reader, json, ms};
use super::{MessageRow, Store, Write, message};

/// Who said what a mail is, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treatment {
    /// `None` when it was set aside.
    pub kind: Option<Kind>,
    /// Why the mail had been in quarantine, and as what.
    pub was_why: String,
    pub was_kind: Kind,
    pub by: String,
    pub at: DateTime<Utc>,
}

impl Write {
    /// The message as it is now, kept still until the transaction ends.
    ///
    /// # Errors
    /// The database fails.
    pub async fn message_for_change(&mut self, id: i64) -> anyhow::Result<Option<MessageRow>> {
        let columns = message::COLUMNS;
        let sql = format!("SELECT {columns} FROM message WHERE message_id = $1{}", self.dialect.for_update());
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .context("find a message")?;
        row.as_ref().map(message::read).transpose()
    }

    /// Takes a mail out of quarantine as what an editor says it is. `false` when it is not there any more; nothing is
    /// changed then.
    ///
    /// # Errors
    /// The database fails.
    pub async fn treat_message(
        &mut self,
        id: i64,
        treatment: &Treatment,
        report: &Report,
        why: &str,
    ) -> anyhow::Result<bool> {
        let from = report.from.as_ref();
        let changed = sqlx::query(
            "UPDATE message SET state = 'routed', kind = $2, why = $3, from_address = $4, from_name = $5,
                 subject = $6, header_message_id = $7, report = $8
             WHERE message_id = $1 AND state = 'quarantined'",
        )
        .bind(id)
        .bind(report.kind.name())
        .bind(why)
        .bind(from.and_then(|from| from.address.as_deref()).unwrap_or(""))
        .bind(from.and_then(|from| from.name.as_deref()).unwrap_or(""))
        .bind(report.subject.as_deref().unwrap_or(""))
        .bind(report.message_id.as_deref().unwrap_or(""))
        .bind(json(report)?)
        .execute(self.connection())
        .await
        .context("take a message out of quarantine")?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO treatment (message_id, kind, was_why, by_whom, at, was_kind) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(treatment.kind.map_or("", Kind::name))
        .bind(&treatment.was_why)
        .bind(&treatment.by)
        .bind(ms(treatment.at))
        .bind(treatment.was_kind.name())
        .execute(self.connection())
        .await
        .context("keep who said what a message is")?;
        Ok(true)
    }
}

/// Why what an editor said of a mail cannot be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaysTreated {
    /// It is in quarantine already, or said otherwise since.
    NotTreated,
    /// Somebody has decided on what it became.
    Used,
}

impl Write {
    /// Puts a mail back into quarantine, as it was before an editor said at this moment what it is. What it became goes,
    /// if nobody has done anything with it, and whoever is known only by it; mails about it that have not left never will. What
    /// was added to an item stays: what that changed there is not taken back by taking the words away.
    ///
    /// # Errors
    /// The database fails.
    pub async fn untreat_message(
        &mut self,
        id: i64,
        said_at: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> anyhow::Result<Result<(), StaysTreated>> {
        let items = "SELECT item_id FROM item WHERE message_id = $1";
        let letters = "SELECT letter_id FROM letter WHERE message_id = $1";
        let hold = self.dialect.for_update();
        let sql = format!("SELECT contributor_id FROM item WHERE message_id = $1 ORDER BY item_id{hold}");
        let writers: Vec<Option<i64>> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_all(self.connection())
            .await
            .context("hold what a message became")?;
        let used: i64 = sqlx::query_scalar(
            "SELECT (SELECT COUNT(*) FROM item WHERE message_id = $1 AND revision > 1)
                 + (SELECT COUNT(*) FROM item_reply JOIN item ON item.item_id = item_reply.item_id
                    WHERE item.message_id = $1)
                 + (SELECT COUNT(*) FROM item_reply WHERE message_id = $1)
                 + (SELECT COUNT(*) FROM letter WHERE message_id = $1 AND state <> 'open')",
        )
        .bind(id)
        .fetch_one(self.connection())
        .await
        .context("ask what became of a message")?;
        if used > 0 {
            return Ok(Err(StaysTreated::Used));
        }
        let back = sqlx::query(
            "UPDATE message SET state = 'quarantined',
                 kind = (SELECT was_kind FROM treatment WHERE treatment.message_id = $1),
                 why = (SELECT was_why FROM treatment WHERE treatment.message_id = $1)
             WHERE message_id = $1 AND state = 'routed'
                 AND EXISTS (SELECT 1 FROM treatment WHERE treatment.message_id = $1 AND treatment.at = $2)",
        )
        .bind(id)
        .bind(ms(said_at))
        .execute(self.connection())
        .await
        .context("put a message back into quarantine")?;
        if back.rows_affected() == 0 {
            return Ok(Err(StaysTreated::NotTreated));
        }
        let about = format!("(item_id IN ({items}) OR letter_id IN ({letters}))");
        let sql = format!(
            "UPDATE outbox SET state = 'abandoned', reason = 'stopped', settled_at = $2
             WHERE state IN ('queued', 'deferred') AND {about}"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .bind(ms(at))
            .execute(self.connection())
            .await
            .context("take back the mails about a message")?;
        for sql in [
            // What editors were told leaves no words behind that no item leads to: an erasure would miss them.
            format!(
                "UPDATE outbox SET mail = NULL
                 WHERE settled_at IS NOT NULL AND priority = 0 AND kind IN {ABOUT_ITEMS} AND {about}"
            ),
            // An answer to what has left is a letter now.
            format!("UPDATE outbox SET item_id = NULL, letter_id = NULL WHERE {about}"),
            format!("DELETE FROM withheld_notice WHERE item_id IN ({items})"),
            format!("DELETE FROM draft WHERE item_id IN ({items})"),
            "DELETE FROM letter WHERE message_id = $1".to_owned(),
            "DELETE FROM item WHERE message_id = $1".to_owned(),
            "DELETE FROM treatment WHERE message_id = $1".to_owned(),
        ] {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(id)
                .execute(self.connection())
                .await
                .context("take back what a message became")?;
        }
        for writer in writers.into_iter().flatten() {
            self.forget_if_without_items(writer).await?;
        }
        Ok(Ok(()))
    }

    /// Whoever sent nothing is no contributor, and is not reminded to send more. Who wants no reminders is remembered.
    async fn forget_if_without_items(&mut self, contributor: i64) -> anyhow::Result<()> {
        // Held first: whoever keeps another item of theirs at this moment is seen below.
        let sql = format!(
            "SELECT contributor_id FROM contributor WHERE contributor_id = $1{}",
            self.dialect.for_update()
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(contributor)
            .fetch_optional(self.connection())
            .await
            .context("hold a contributor")?;
        sqlx::query(
            "DELETE FROM contributor WHERE contributor_id = $1 AND reminders = 1
                 AND NOT EXISTS (SELECT 1 FROM item WHERE item.contributor_id = $1)",
        )
        .bind(contributor)
        .execute(self.connection())
        .await
        .context("forget who was a contributor by mistake")?;
        Ok(())
    }
}

impl Store {
    /// # Errors
    /// The database fails.
    pub async fn treatment(&self, message: i64) -> anyhow::Result<Option<Treatment>> {
        let row = sqlx::query(
            "SELECT message_id, kind, was_why, was_kind, by_whom, at FROM treatment WHERE message_id = $1",
        )
        .bind(message)
        .fetch_optional(&self.reader)
        .await
        .context("read who said what a message is")?;
        let Some(row) = row else { return Ok(None) };
        let row = Reader::new("message", &row);
        let (kind, was_kind): (String, String) = (row.get("kind")?, row.get("was_kind")?);
        Ok(Some(Treatment {
            kind: Kind::parse(&kind),
            was_why: row.get("was_why")?,
            was_kind: Kind::parse(&was_kind).unwrap_or(Kind::Unreadable),
            by: row.get("by_whom")?,
            at: row.time("at")?,
        }))
    }

    /// The items and letters that a message became.
    ///
    /// # Errors
    /// The database fails.
    pub async fn became(&self, message: i64) -> anyhow::Result<(Vec<i64>, Vec<i64>)> {
        let items = sqlx::query_scalar(
            "SELECT item_id FROM item WHERE message_id = $1
             UNION SELECT item_id FROM item_reply WHERE message_id = $1 ORDER BY 1",
        )
        .bind(message)
        .fetch_all(&self.reader)
        .await
        .context("find the items of a message")?;
        let letters = sqlx::query_scalar("SELECT letter_id FROM letter WHERE message_id = $1")
            .bind(message)
            .fetch_all(&self.reader)
            .await
            .context("find the letters of a message")?;
        Ok((items, letters))
    }
}
