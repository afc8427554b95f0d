//! What an editor said that a mail in quarantine is.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::reading::{Kind, Report};

use super::row::{Reader, json, ms};
use super::{MessageRow, Store, Write, message};

/// Who said what a mail is, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treatment {
    /// `None` when it was set aside.
    pub kind: Option<Kind>,
    /// Why the mail had been in quarantine.
    pub was_why: String,
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
            "INSERT INTO treatment (message_id, kind, was_why, by_whom, at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(treatment.kind.map_or("", Kind::name))
        .bind(&treatment.was_why)
        .bind(&treatment.by)
        .bind(ms(treatment.at))
        .execute(self.connection())
        .await
        .context("keep who said what a message is")?;
        Ok(true)
    }
}

impl Store {
    /// # Errors
    /// The database fails.
    pub async fn treatment(&self, message: i64) -> anyhow::Result<Option<Treatment>> {
        let row =
            sqlx::query("SELECT message_id, kind, was_why, by_whom, at FROM treatment WHERE message_id = $1")
                .bind(message)
                .fetch_optional(&self.reader)
                .await
                .context("read who said what a message is")?;
        let Some(row) = row else { return Ok(None) };
        let row = Reader::new("message", &row);
        let kind: String = row.get("kind")?;
        Ok(Some(Treatment {
            kind: Kind::parse(&kind),
            was_why: row.get("was_why")?,
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
