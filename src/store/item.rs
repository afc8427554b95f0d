//! Items and their revisions. A change is a compare-and-set on the revision; each one is kept with what was before.

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, Utc};
use issues::{Item, ItemContent, ItemState};
use sqlx::any::AnyRow;

use super::published::Described;
use super::row::{Reader, json, ms};
use super::{Store, Write};

pub struct NewItem<'a> {
    pub public_id: i64,
    pub publication: i64,
    pub message: Option<i64>,
    pub contributor: Option<i64>,
    pub content: &'a ItemContent,
    pub received_at: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub struct ItemRow {
    pub id: i64,
    pub public_id: i64,
    pub publication: i64,
    pub message: Option<i64>,
    pub contributor: Option<i64>,
    pub item: Item,
    pub revision: i64,
    pub received_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

/// One change of an item: who, when, by which channel, from what to what.
#[derive(Debug, Clone)]
pub struct Revision {
    pub revision: i64,
    pub at: DateTime<Utc>,
    pub by: String,
    pub channel: String,
    pub act: String,
    pub before: Item,
    pub after: Item,
}

/// What a contributor wrote about an item after its first mail.
#[derive(Debug, Clone)]
pub struct ItemReply {
    pub message: i64,
    pub text: String,
    pub at: DateTime<Utc>,
}

pub(super) const COLUMNS: &str = "item_id, public_id, publication_id, message_id, contributor_id, detail, content, revision, \
     received_at, changed_at";

pub(super) fn read(row: &AnyRow) -> anyhow::Result<ItemRow> {
    let row = Reader::new("item", row);
    Ok(ItemRow {
        id: row.get("item_id")?,
        public_id: row.get("public_id")?,
        publication: row.get("publication_id")?,
        message: row.get("message_id")?,
        contributor: row.get("contributor_id")?,
        item: Item { state: row.json::<ItemState>("detail")?, content: row.json::<ItemContent>("content")? },
        revision: row.get("revision")?,
        received_at: row.time("received_at")?,
        changed_at: row.time("changed_at")?,
    })
}

impl Write {
    /// # Errors
    /// The database fails.
    pub async fn keep_item(&mut self, new: &NewItem<'_>) -> anyhow::Result<i64> {
        let state = ItemState::Pending;
        let described = Described::of(new.content);
        sqlx::query_scalar(
            "INSERT INTO item (public_id, publication_id, message_id, contributor_id, state, detail, content,
                 received_at, changed_at, words, first_day, last_day)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)
             RETURNING item_id",
        )
        .bind(new.public_id)
        .bind(new.publication)
        .bind(new.message)
        .bind(new.contributor)
        .bind(state.name())
        .bind(json(&state)?)
        .bind(json(new.content)?)
        .bind(ms(new.received_at))
        .bind(&described.words)
        .bind(described.first_day)
        .bind(described.last_day)
        .fetch_one(self.connection())
        .await
        .context("keep an item")
    }

    /// The item as it is now, kept still until the transaction ends.
    ///
    /// # Errors
    /// The database fails.
    pub async fn item_for_change(&mut self, id: i64) -> anyhow::Result<Option<ItemRow>> {
        let sql = format!("SELECT {COLUMNS} FROM item WHERE item_id = $1{}", self.dialect.for_update());
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .context("find an item")?;
        row.as_ref().map(read).transpose()
    }

    /// [`Store::item`], as this transaction sees it. For who only tells of an item: nobody who changes it is waited for.
    ///
    /// # Errors
    /// The database fails.
    pub async fn item(&mut self, id: i64) -> anyhow::Result<Option<ItemRow>> {
        let sql = format!("SELECT {COLUMNS} FROM item WHERE item_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .context("find an item in a transaction")?;
        row.as_ref().map(read).transpose()
    }

    /// The item that a token of ours names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn item_by_public_id(&mut self, public_id: i64) -> anyhow::Result<Option<i64>> {
        sqlx::query_scalar("SELECT item_id FROM item WHERE public_id = $1")
            .bind(public_id)
            .fetch_optional(self.connection())
            .await
            .context("find an item by its public id")
    }

    /// Sets an item to `after` if its revision is still `row.revision`, and keeps the change. `false` when another
    /// was faster; nothing is changed then.
    ///
    /// # Errors
    /// The database fails.
    pub async fn change_item(
        &mut self,
        row: &ItemRow,
        after: &Item,
        by: &str,
        channel: &str,
        act: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let described = Described::of(&after.content);
        let changed = sqlx::query(
            "UPDATE item SET state = $3, detail = $4, content = $5, revision = revision + 1, changed_at = $6,
                 came_back = CASE WHEN $7 = 'return' THEN 1 ELSE came_back END,
                 words = $8, first_day = $9, last_day = $10
             WHERE item_id = $1 AND revision = $2",
        )
        .bind(row.id)
        .bind(row.revision)
        .bind(after.state.name())
        .bind(json(&after.state)?)
        .bind(json(&after.content)?)
        .bind(ms(at))
        .bind(act)
        .bind(&described.words)
        .bind(described.first_day)
        .bind(described.last_day)
        .execute(self.connection())
        .await
        .context("change an item")?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO item_revision (item_id, revision, at, by_whom, channel, act, before, after)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(row.id)
        .bind(row.revision + 1)
        .bind(ms(at))
        .bind(by)
        .bind(channel)
        .bind(act)
        .bind(json(&row.item)?)
        .bind(json(after)?)
        .execute(self.connection())
        .await
        .context("keep a revision")?;
        Ok(true)
    }

    /// # Errors
    /// The database fails.
    pub async fn keep_item_reply(
        &mut self,
        item: i64,
        message: i64,
        text: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        sqlx::query(
            "INSERT INTO item_reply (item_id, message_id, text, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (item_id, message_id) DO NOTHING",
        )
        .bind(item)
        .bind(message)
        .bind(text)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("keep a reply about an item")?;
        Ok(())
    }

    /// Items in one state, oldest first, what came back on top.
    ///
    /// # Errors
    /// The database fails.
    pub async fn items_for_change(&mut self, publication: i64, state: &str) -> anyhow::Result<Vec<ItemRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM item WHERE publication_id = $1 AND state = $2
             ORDER BY came_back DESC, item_id{}",
            self.dialect.for_update()
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(state)
            .fetch_all(self.connection())
            .await
            .context("find items to change")?;
        rows.iter().map(read).collect()
    }

    /// All changes of an item, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn revisions_for_change(&mut self, item: i64) -> anyhow::Result<Vec<Revision>> {
        let rows = sqlx::query(REVISIONS)
            .bind(item)
            .fetch_all(self.connection())
            .await
            .context("read the revisions of an item")?;
        rows.iter().map(read_revision).collect()
    }
}

const REVISIONS: &str =
    "SELECT item_id, revision, at, by_whom, channel, act, before, after FROM item_revision
     WHERE item_id = $1 ORDER BY revision";

fn read_revision(row: &AnyRow) -> anyhow::Result<Revision> {
    let row = Reader::new("item_revision", row);
    Ok(Revision {
        revision: row.get("revision")?,
        at: row.time("at")?,
        by: row.get("by_whom")?,
        channel: row.get("channel")?,
        act: row.get("act")?,
        before: row.json("before")?,
        after: row.json("after")?,
    })
}

impl Store {
    /// Items oldest first, what came back from a postponement on top; an empty state matches all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn items(&self, publication: i64, state: &str) -> anyhow::Result<Vec<ItemRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM item WHERE publication_id = $1 AND ($2 = '' OR state = $2)
             ORDER BY CASE WHEN state = 'pending' THEN came_back ELSE 0 END DESC, item_id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(state)
            .fetch_all(&self.reader)
            .await
            .context("list items")?;
        rows.iter().map(read).collect()
    }

    /// # Errors
    /// The database fails.
    pub async fn item(&self, id: i64) -> anyhow::Result<Option<ItemRow>> {
        let sql = format!("SELECT {COLUMNS} FROM item WHERE item_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(&self.reader)
            .await
            .context("find an item")?;
        row.as_ref().map(read).transpose()
    }

    /// Items whose contributors were asked something, of what came before then.
    ///
    /// # Errors
    /// The database fails.
    pub async fn asked_before(
        &self,
        publication: i64,
        before: DateTime<Utc>,
    ) -> anyhow::Result<Vec<ItemRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM item WHERE publication_id = $1 AND state = 'asked' AND received_at <= $2
             ORDER BY item_id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(ms(before))
            .fetch_all(&self.reader)
            .await
            .context("list what waits for an answer")?;
        rows.iter().map(read).collect()
    }

    /// The numbers of the items that wait for a decision, in the order of the queue.
    ///
    /// # Errors
    /// The database fails.
    pub async fn waiting_items(&self, publication: i64) -> anyhow::Result<Vec<i64>> {
        sqlx::query_scalar(
            "SELECT item_id FROM item WHERE publication_id = $1 AND state = 'pending'
             ORDER BY came_back DESC, item_id",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("list what waits")
    }

    /// # Errors
    /// The database fails.
    pub async fn revisions(&self, item: i64) -> anyhow::Result<Vec<Revision>> {
        let rows = sqlx::query(REVISIONS)
            .bind(item)
            .fetch_all(&self.reader)
            .await
            .context("read the revisions of an item")?;
        rows.iter().map(read_revision).collect()
    }

    /// # Errors
    /// The database fails.
    pub async fn item_replies(&self, item: i64) -> anyhow::Result<Vec<ItemReply>> {
        let rows = sqlx::query(
            "SELECT item_id, message_id, text, at FROM item_reply WHERE item_id = $1 ORDER BY at",
        )
        .bind(item)
        .fetch_all(&self.reader)
        .await
        .context("read the replies about an item")?;
        let read = |row: &AnyRow| {
            let row = Reader::new("item", row);
            Ok(ItemReply { message: row.get("message_id")?, text: row.get("text")?, at: row.time("at")? })
        };
        rows.iter().map(read).collect()
    }

    /// May the public see this photo? Only photos of items in an issue whose hold has ended, or of
    /// items that an editor has approved and that stand in the issue being made.
    ///
    /// # Errors
    /// The database fails.
    pub async fn photo_is_public(&self, sha256: &str) -> anyhow::Result<bool> {
        let needle = format!("%\"sha256\":\"{sha256}\"%");
        let found: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM item JOIN issue_item ON issue_item.item_id = item.item_id
             JOIN issue ON issue.issue_id = issue_item.issue_id
             WHERE (issue.audience IS NOT NULL OR item.state = 'planned') AND item.content LIKE $1",
        )
        .bind(needle)
        .fetch_one(&self.reader)
        .await
        .map_err(|error| anyhow!(error).context("ask whether a photo is public"))?;
        Ok(found > 0)
    }
}
