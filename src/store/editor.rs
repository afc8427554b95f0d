//! Editors: who is told about new items and may decide.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use subscribers::{EmailAddress, Language};

use super::row::{Reader, ms};
use super::{Store, Write};

#[derive(Debug, Clone)]
pub struct Editor {
    pub id: i64,
    pub address: EmailAddress,
    pub name: String,
    pub language: Language,
}

impl Write {
    /// Adds an editor, or gives a known one this name and language.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_editor(
        &mut self,
        publication: i64,
        address: &EmailAddress,
        name: &str,
        language: Language,
        at: DateTime<Utc>,
    ) -> anyhow::Result<i64> {
        sqlx::query_scalar(
            "INSERT INTO editor (publication_id, address, address_key, name, language, added_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (publication_id, address_key) DO UPDATE
                 SET name = excluded.name, language = excluded.language
             RETURNING editor_id",
        )
        .bind(publication)
        .bind(address.as_str())
        .bind(address.key())
        .bind(name)
        .bind(language.code())
        .bind(ms(at))
        .fetch_one(self.connection())
        .await
        .context("keep an editor")
    }

    /// Keeps an editor's row until the transaction ends: whoever else wants it waits.
    ///
    /// # Errors
    /// The database fails.
    pub async fn hold_editor(&mut self, id: i64) -> anyhow::Result<()> {
        let sql = format!("SELECT editor_id FROM editor WHERE editor_id = $1{}", self.dialect.for_update());
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .context("hold an editor")?;
        Ok(())
    }

    /// Takes an editor off; `false` when there is none with this address.
    ///
    /// # Errors
    /// The database fails.
    pub async fn remove_editor(&mut self, publication: i64, address: &EmailAddress) -> anyhow::Result<bool> {
        let done = sqlx::query("DELETE FROM editor WHERE publication_id = $1 AND address_key = $2")
            .bind(publication)
            .bind(address.key())
            .execute(self.connection())
            .await
            .context("remove an editor")?;
        Ok(done.rows_affected() > 0)
    }
}

impl Store {
    /// # Errors
    /// The database fails.
    pub async fn editors(&self, publication: i64) -> anyhow::Result<Vec<Editor>> {
        let rows = sqlx::query(
            "SELECT editor_id, address, name, language FROM editor WHERE publication_id = $1 ORDER BY editor_id",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("list editors")?;
        rows.iter().map(|row| Editor::read(&Reader::new("editor", row))).collect()
    }
}

impl Editor {
    pub(super) fn read(row: &Reader<'_>) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.get("editor_id")?,
            address: row.address("address")?,
            name: row.get("name")?,
            language: row.language("language")?,
        })
    }

    /// How the editor stands in histories.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { self.address.as_str() } else { &self.name }
    }
}
