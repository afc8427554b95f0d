//! What editors are typing, and who is at which item.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::Change;

use super::row::{Reader, json, ms};
use super::{Store, Write};

/// An editor's unsaved words on an item.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Of the item, when it was shown to her.
    pub revision: i64,
    pub changes: Vec<Change>,
    pub saved_at: DateTime<Utc>,
}

pub struct NewDraft<'a> {
    pub item: i64,
    pub editor: i64,
    pub revision: i64,
    /// `None` while nothing is typed: what was kept before stays.
    pub changes: Option<&'a [Change]>,
    pub at: DateTime<Utc>,
    /// Nothing is kept where the page spoke after this moment.
    pub not_since: DateTime<Utc>,
}

impl Write {
    /// Keeps what an editor types, and that she is there; `false` when that was too soon after the last time.
    ///
    /// # Errors
    /// The database fails, or there is no such item or editor.
    pub async fn keep_draft(&mut self, new: &NewDraft<'_>) -> anyhow::Result<bool> {
        let typed = if new.changes.is_some() {
            "revision = excluded.revision, changes = excluded.changes, saved_at = excluded.saved_at,"
        } else {
            ""
        };
        let sql = format!(
            "INSERT INTO draft (item_id, editor_id, revision, changes, seen_at, saved_at) VALUES ($1, $2, $3, $4, $5, $5)
             ON CONFLICT (item_id, editor_id) DO UPDATE SET {typed} seen_at = excluded.seen_at
             WHERE draft.seen_at <= $6"
        );
        let kept = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(new.item)
            .bind(new.editor)
            .bind(new.revision)
            .bind(json(&new.changes.unwrap_or_default())?)
            .bind(ms(new.at))
            .bind(ms(new.not_since))
            .execute(self.connection())
            .await
            .context("keep a draft")?;
        Ok(kept.rows_affected() > 0)
    }

    /// What she typed is saved, or not wanted.
    ///
    /// # Errors
    /// The database fails.
    pub async fn drop_draft(&mut self, item: i64, editor: i64) -> anyhow::Result<()> {
        sqlx::query("DELETE FROM draft WHERE item_id = $1 AND editor_id = $2")
            .bind(item)
            .bind(editor)
            .execute(self.connection())
            .await
            .context("drop a draft")?;
        Ok(())
    }

    /// Forgets drafts whose page has been closed so long.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sweep_drafts(&mut self, before: DateTime<Utc>) -> anyhow::Result<u64> {
        let swept = sqlx::query("DELETE FROM draft WHERE seen_at < $1").bind(ms(before));
        Ok(swept.execute(self.connection()).await.context("forget old drafts")?.rows_affected())
    }
}

impl Store {
    /// What an editor typed on an item and has not saved.
    ///
    /// # Errors
    /// The database fails.
    pub async fn draft(&self, item: i64, editor: i64) -> anyhow::Result<Option<Draft>> {
        let row = sqlx::query(
            "SELECT revision, changes, saved_at FROM draft WHERE item_id = $1 AND editor_id = $2",
        )
        .bind(item)
        .bind(editor)
        .fetch_optional(&self.reader)
        .await
        .context("find a draft")?;
        let Some(row) = row else { return Ok(None) };
        let row = Reader::new("draft", &row);
        let changes: Vec<Change> = row.json("changes")?;
        let draft = Draft { revision: row.get("revision")?, changes, saved_at: row.time("saved_at")? };
        Ok(Some(draft).filter(|draft| !draft.changes.is_empty()))
    }

    /// Items and the other editors who have been at them since a moment, by the names they show.
    ///
    /// # Errors
    /// The database fails.
    pub async fn watching(
        &self,
        publication: i64,
        but: i64,
        since: DateTime<Utc>,
    ) -> anyhow::Result<Vec<(i64, String)>> {
        let rows = sqlx::query(
            "SELECT draft.item_id, editor.name, editor.address FROM draft
             JOIN editor ON editor.editor_id = draft.editor_id
             WHERE editor.publication_id = $1 AND draft.editor_id <> $2 AND draft.seen_at > $3
             ORDER BY draft.item_id, draft.editor_id",
        )
        .bind(publication)
        .bind(but)
        .bind(ms(since))
        .fetch_all(&self.reader)
        .await
        .context("ask who is at which item")?;
        let who = |row| {
            let row = Reader::new("draft", row);
            let (name, address): (String, String) = (row.get("name")?, row.get("address")?);
            Ok((row.get("item_id")?, if name.is_empty() { address } else { name }))
        };
        rows.iter().map(who).collect()
    }
}
