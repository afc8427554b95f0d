//! What was decided lately, over all items: their revisions, the corrections of what was published, and what editors said
//! of mail in quarantine.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::{ItemContent, ItemState};
use sqlx::any::AnyRow;

use super::row::{Reader, json};
use super::{Page, Store};

/// What the machine does with items by itself stands in their revisions too, and is nobody's decision.
const BY_ITSELF: &str = "('plan', 'unplan', 'return', 'publish', 'answered', 'remind')";

/// The act of a correction, which is no revision: what was published stays.
pub const CORRECT: &str = "correct";

/// The act of an editor's word on a mail in quarantine.
pub const TREAT: &str = "treat";

/// A decision, and what it was about as that is now.
#[derive(Debug, Clone)]
pub struct Decided {
    pub of: Of,
    pub revision: i64,
    pub at: DateTime<Utc>,
    pub by: String,
    pub channel: String,
    pub act: String,
    pub title: String,
}

/// What a decision was about.
#[derive(Debug, Clone)]
pub enum Of {
    Item {
        id: i64,
        state: ItemState,
        revision_now: i64,
    },
    /// A mail that was in quarantine.
    Message {
        id: i64,
        /// Somebody has decided on what it became.
        used: bool,
    },
}

impl Of {
    pub fn item(&self) -> Option<i64> {
        match self {
            Of::Item { id, .. } => Some(*id),
            Of::Message { .. } => None,
        }
    }
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
                 item.detail, item.revision, message.message_id, message.subject,
                 (SELECT COUNT(*) FROM item AS made WHERE made.message_id = done.message_id AND made.revision > 1)
                     + (SELECT COUNT(*) FROM item_reply WHERE item_reply.message_id = done.message_id)
                     + (SELECT COUNT(*) FROM letter WHERE letter.message_id = done.message_id
                            AND letter.state <> 'open') AS used
             FROM (
                 SELECT item_id, 0 AS message_id, revision AS decided, at, by_whom, channel, act FROM item_revision
                 WHERE act NOT IN {BY_ITSELF}
                 UNION ALL
                 SELECT item_id, 0 AS message_id, 0 AS decided, at, by_whom, '' AS channel, '{CORRECT}' AS act
                 FROM correction
                 UNION ALL
                 SELECT 0 AS item_id, message_id, 0 AS decided, at, by_whom, '' AS channel, '{TREAT}' AS act
                 FROM treatment
             ) AS done
             LEFT JOIN item ON item.item_id = done.item_id
             LEFT JOIN message ON message.message_id = done.message_id
             WHERE COALESCE(item.publication_id, message.publication_id) = $1
             ORDER BY done.at DESC, done.item_id DESC, done.decided DESC, done.message_id DESC
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
            let message: Option<i64> = row.get("message_id")?;
            let (of, title) = match message {
                Some(id) => {
                    let used: i64 = row.get("used")?;
                    (Of::Message { id, used: used > 0 }, row.get("subject")?)
                }
                None => {
                    let content: ItemContent = row.json("content")?;
                    let id = row.get("item_id")?;
                    let of = Of::Item { id, state: row.json("detail")?, revision_now: row.get("revision")? };
                    (of, content.title)
                }
            };
            Ok(Decided {
                of,
                revision: row.get("decided")?,
                at: row.time("at")?,
                by: row.get("by_whom")?,
                channel: row.get("channel")?,
                act: row.get("act")?,
                title,
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
                     WHERE item.publication_id = $1)
                 + (SELECT COUNT(*) FROM treatment JOIN message ON message.message_id = treatment.message_id
                     WHERE message.publication_id = $1) AS n"
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
