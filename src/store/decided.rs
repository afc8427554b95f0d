//! What was decided lately, over all items: their revisions, and the corrections of what was published.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::{ItemContent, ItemState};
use sqlx::any::AnyRow;

use super::row::{Reader, json};
use super::{Page, Store};

/// What the machine does with items by itself stands in their revisions too, and is nobody's decision.
const BY_ITSELF: &str = "('plan', 'unplan', 'return', 'publish', 'answered')";

/// The act of a correction, which is no revision: what was published stays.
pub const CORRECT: &str = "correct";

/// A decision, and the item as it is now.
#[derive(Debug, Clone)]
pub struct Decided {
    pub item: i64,
    pub revision: i64,
    pub at: DateTime<Utc>,
    pub by: String,
    pub channel: String,
    pub act: String,
    pub title: String,
    pub state: ItemState,
    pub revision_now: i64,
}

/// One act of an item's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActOf {
    pub item: i64,
    pub revision: i64,
    pub act: String,
}

impl Store {
    /// What people decided, the latest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn decided(&self, publication: i64, page: Page) -> anyhow::Result<Vec<Decided>> {
        let sql = format!(
            "SELECT item.item_id, done.decided, done.at, done.by_whom, done.channel, done.act, item.content,
                 item.detail, item.revision
             FROM (
                 SELECT item_id, revision AS decided, at, by_whom, channel, act FROM item_revision
                 WHERE act NOT IN {BY_ITSELF}
                 UNION ALL
                 SELECT item_id, 0 AS decided, at, by_whom, '' AS channel, '{CORRECT}' AS act FROM correction
             ) AS done JOIN item ON item.item_id = done.item_id
             WHERE item.publication_id = $1
             ORDER BY done.at DESC, done.item_id DESC, done.decided DESC
             LIMIT $2 OFFSET $3"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(page.limit)
            .bind(page.skip)
            .fetch_all(&self.reader)
            .await
            .context("list decisions")?;
        let decided = |row: &AnyRow| {
            let row = Reader::new("item", row);
            let content: ItemContent = row.json("content")?;
            Ok(Decided {
                item: row.get("item_id")?,
                revision: row.get("decided")?,
                at: row.time("at")?,
                by: row.get("by_whom")?,
                channel: row.get("channel")?,
                act: row.get("act")?,
                title: content.title,
                state: row.json("detail")?,
                revision_now: row.get("revision")?,
            })
        };
        rows.iter().map(decided).collect()
    }

    /// How many there are of [`Store::decided`].
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_decided(&self, publication: i64) -> anyhow::Result<usize> {
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM item_revision JOIN item ON item.item_id = item_revision.item_id
                     WHERE item.publication_id = $1 AND item_revision.act NOT IN {BY_ITSELF})
                 + (SELECT COUNT(*) FROM correction JOIN item ON item.item_id = correction.item_id
                     WHERE item.publication_id = $1) AS n"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_one(&self.reader)
            .await
            .context("count decisions")?;
        Reader::new("item_revision", &row).whole("n")
    }

    /// All acts of these items, oldest first, item by item.
    ///
    /// # Errors
    /// The database fails.
    pub async fn acts_of(&self, items: &[i64]) -> anyhow::Result<Vec<ActOf>> {
        let sql = format!(
            "SELECT item_id, revision, act FROM item_revision WHERE {} ORDER BY item_id, revision",
            self.dialect.is_among("item_id", "$1")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&items)?)
            .fetch_all(&self.reader)
            .await
            .context("list the acts of items")?;
        let act = |row: &AnyRow| {
            let row = Reader::new("item_revision", row);
            Ok(ActOf { item: row.get("item_id")?, revision: row.get("revision")?, act: row.get("act")? })
        };
        rows.iter().map(act).collect()
    }
}
