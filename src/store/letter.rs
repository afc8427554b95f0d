//! Letters: replies of readers.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::{Letter, LetterState};
use sqlx::any::AnyRow;

use super::row::{Reader, json, ms};
use super::{Store, Write};

pub struct NewLetter<'a> {
    pub public_id: i64,
    pub publication: i64,
    pub message: i64,
    pub issue: Option<i64>,
    pub subscription: Option<i64>,
    pub from_address: &'a str,
    pub from_name: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub received_at: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub struct LetterRow {
    pub id: i64,
    pub publication: i64,
    pub public_id: i64,
    pub message: i64,
    pub issue: Option<i64>,
    pub from_address: String,
    pub from_name: String,
    pub letter: Letter,
    pub received_at: DateTime<Utc>,
}

pub(super) const COLUMNS: &str = "letter_id, publication_id, public_id, message_id, issue_id, from_address, from_name, subject, text, detail, \
     received_at";

pub(super) fn read(row: &AnyRow) -> anyhow::Result<LetterRow> {
    let row = Reader::new("letter", row);
    Ok(LetterRow {
        id: row.get("letter_id")?,
        publication: row.get("publication_id")?,
        public_id: row.get("public_id")?,
        message: row.get("message_id")?,
        issue: row.get("issue_id")?,
        from_address: row.get("from_address")?,
        from_name: row.get("from_name")?,
        letter: Letter { subject: row.get("subject")?, text: row.get("text")?, state: row.json("detail")? },
        received_at: row.time("received_at")?,
    })
}

impl Write {
    /// # Errors
    /// The database fails.
    pub async fn keep_letter(&mut self, new: &NewLetter<'_>) -> anyhow::Result<i64> {
        let state = LetterState::Open;
        sqlx::query_scalar(
            "INSERT INTO letter (public_id, publication_id, message_id, issue_id, subscription_id, from_address,
                 from_name, subject, text, state, detail, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             RETURNING letter_id",
        )
        .bind(new.public_id)
        .bind(new.publication)
        .bind(new.message)
        .bind(new.issue)
        .bind(new.subscription)
        .bind(new.from_address)
        .bind(new.from_name)
        .bind(new.subject)
        .bind(new.text)
        .bind(state.name())
        .bind(json(&state)?)
        .bind(ms(new.received_at))
        .fetch_one(self.connection())
        .await
        .context("keep a letter")
    }

    /// The letter as it is now, kept still until the transaction ends.
    ///
    /// # Errors
    /// The database fails.
    pub async fn letter_for_change(&mut self, id: i64) -> anyhow::Result<Option<LetterRow>> {
        let sql = format!("SELECT {COLUMNS} FROM letter WHERE letter_id = $1{}", self.dialect.for_update());
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .context("find a letter")?;
        row.as_ref().map(read).transpose()
    }

    /// # Errors
    /// The database fails.
    pub async fn change_letter(&mut self, id: i64, state: &LetterState) -> anyhow::Result<()> {
        sqlx::query("UPDATE letter SET state = $2, detail = $3 WHERE letter_id = $1")
            .bind(id)
            .bind(state.name())
            .bind(json(state)?)
            .execute(self.connection())
            .await
            .context("change a letter")?;
        Ok(())
    }

    /// The letter that a token of ours names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn letter_by_public_id(&mut self, public_id: i64) -> anyhow::Result<Option<LetterRow>> {
        let sql = format!("SELECT {COLUMNS} FROM letter WHERE public_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(self.connection())
            .await
            .context("find a letter by its public id")?;
        row.as_ref().map(read).transpose()
    }
}

impl Store {
    /// Letters in the order they came.
    ///
    /// # Errors
    /// The database fails.
    pub async fn letters(&self, publication: i64) -> anyhow::Result<Vec<LetterRow>> {
        let sql = format!("SELECT {COLUMNS} FROM letter WHERE publication_id = $1 ORDER BY letter_id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_all(&self.reader)
            .await
            .context("list letters")?;
        rows.iter().map(read).collect()
    }

    /// # Errors
    /// The database fails.
    pub async fn letter(&self, id: i64) -> anyhow::Result<Option<LetterRow>> {
        let sql = format!("SELECT {COLUMNS} FROM letter WHERE letter_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(&self.reader)
            .await
            .context("find a letter")?;
        row.as_ref().map(read).transpose()
    }
}
