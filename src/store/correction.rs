//! Corrections of published items: dated, signed, visible, and told to the readers of the next issue once.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;

use super::row::{Reader, json, ms};
use super::{Store, Write};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRow {
    pub id: i64,
    pub item: i64,
    pub text: String,
    pub by: String,
    pub at: DateTime<Utc>,
    /// The issue whose readers are told, once it is frozen.
    pub told_in: Option<i64>,
}

const COLUMNS: &str = "correction_id, correction.item_id, text, by_whom, at, told_in";
/// Of an issue: those it tells; of one that is open, those it would tell now.
const OF_ISSUE: &str = "JOIN item ON item.item_id = correction.item_id
     WHERE told_in = $1 OR ($2 = 1 AND told_in IS NULL
         AND item.publication_id = (SELECT publication_id FROM issue WHERE issue_id = $1))
     ORDER BY correction_id";

fn read(row: &AnyRow) -> anyhow::Result<CorrectionRow> {
    let row = Reader::new("correction", row);
    Ok(CorrectionRow {
        id: row.get("correction_id")?,
        item: row.get("item_id")?,
        text: row.get("text")?,
        by: row.get("by_whom")?,
        at: row.time("at")?,
        told_in: row.get("told_in")?,
    })
}

impl Write {
    /// Keeps a correction of an item.
    ///
    /// # Errors
    /// The database fails, or there is no such item.
    pub async fn add_correction(
        &mut self,
        item: i64,
        text: &str,
        by: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<i64> {
        sqlx::query_scalar(
            "INSERT INTO correction (item_id, text, by_whom, at) VALUES ($1, $2, $3, $4) RETURNING correction_id",
        )
        .bind(item)
        .bind(text)
        .bind(by)
        .bind(ms(at))
        .fetch_one(self.connection())
        .await
        .context("keep a correction")
    }

    /// Has an issue with this item gone out?
    ///
    /// # Errors
    /// The database fails.
    pub async fn item_is_public(&mut self, item: i64) -> anyhow::Result<bool> {
        let found: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM issue_item JOIN issue ON issue.issue_id = issue_item.issue_id
             WHERE issue_item.item_id = $1 AND issue.audience IS NOT NULL",
        )
        .bind(item)
        .fetch_one(self.connection())
        .await
        .context("ask whether an item is public")?;
        Ok(found > 0)
    }

    /// Has an item been corrected with just these words?
    ///
    /// # Errors
    /// The database fails.
    pub async fn correction_with(&mut self, item: i64, text: &str) -> anyhow::Result<Option<CorrectionRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM correction WHERE item_id = $1 AND text = $2 ORDER BY correction_id LIMIT 1"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(item).bind(text);
        let row = row.fetch_optional(self.connection()).await.context("look for a correction")?;
        row.as_ref().map(read).transpose()
    }

    /// What no issue has told yet is told by this one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tell_corrections(&mut self, publication: i64, issue: i64) -> anyhow::Result<()> {
        sqlx::query(
            "UPDATE correction SET told_in = $2
             WHERE told_in IS NULL AND item_id IN (SELECT item_id FROM item WHERE publication_id = $1)",
        )
        .bind(publication)
        .bind(issue)
        .execute(self.connection())
        .await
        .context("give corrections to an issue")?;
        Ok(())
    }

    /// An issue that never went out has told nothing.
    ///
    /// # Errors
    /// The database fails.
    pub async fn untell_corrections(&mut self, issue: i64) -> anyhow::Result<()> {
        sqlx::query("UPDATE correction SET told_in = NULL WHERE told_in = $1")
            .bind(issue)
            .execute(self.connection())
            .await
            .context("take corrections back from an issue")?;
        Ok(())
    }

    /// What an issue tells, inside this transaction; `open` issues also what no issue has told.
    ///
    /// # Errors
    /// The database fails.
    pub async fn corrections_of_issue(
        &mut self,
        issue: i64,
        open: bool,
    ) -> anyhow::Result<Vec<CorrectionRow>> {
        let sql = format!("SELECT {COLUMNS} FROM correction {OF_ISSUE}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(issue).bind(i64::from(open));
        let rows = rows.fetch_all(self.connection()).await.context("read the corrections of an issue")?;
        rows.iter().map(read).collect()
    }
}

impl Store {
    /// [`Write::corrections_of_issue`].
    ///
    /// # Errors
    /// The database fails.
    pub async fn corrections_of_issue(&self, issue: i64, open: bool) -> anyhow::Result<Vec<CorrectionRow>> {
        let sql = format!("SELECT {COLUMNS} FROM correction {OF_ISSUE}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(issue).bind(i64::from(open));
        let rows = rows.fetch_all(&self.reader).await.context("read the corrections of an issue")?;
        rows.iter().map(read).collect()
    }

    /// The corrections of these items, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn corrections(&self, items: &[i64]) -> anyhow::Result<Vec<CorrectionRow>> {
        let among = self.dialect.is_among("item_id", "$1");
        let sql = format!("SELECT {COLUMNS} FROM correction WHERE {among} ORDER BY correction_id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(json(&items)?).fetch_all(&self.reader);
        rows.await.context("read corrections")?.iter().map(read).collect()
    }
}
