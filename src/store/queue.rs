//! The lists of the desk: a page of items or of quarantined mail, who sent what is on it, and what is going on.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::reading::Report;
use issues::{Item, ItemContent, ItemState};
use sqlx::any::AnyRow;

use super::row::{Reader, json};
use super::{ItemRow, MessageRow, Store, item, message};

/// Items of one sender that a page may name; who sends more than these is named by a number.
const WAITING_MAX: i64 = 500;

/// A piece of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub limit: i64,
    pub skip: i64,
}

/// How much there is in each state, and since when the oldest item waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub items: Vec<(String, usize)>,
    pub quarantined: usize,
    /// Of each state, when the oldest item came; empty for a state without items.
    pub since: Vec<(String, DateTime<Utc>)>,
    pub quarantined_since: Option<DateTime<Utc>>,
    pub oldest: Option<DateTime<Utc>>,
}

/// Who sent an item.
#[derive(Debug, Clone)]
pub struct Author {
    pub item: i64,
    /// As the header gives them; empty where there is none.
    pub name: String,
    pub address: String,
    /// How the mail was understood; `None` for what did not come by mail.
    pub report: Option<Report>,
    /// Items of the same contributor that came before.
    pub earlier: usize,
    /// Is the sender known at all?
    pub known: bool,
}

/// What a contributor wrote last about an item, after the mail that it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    pub item: i64,
    pub at: DateTime<Utc>,
    pub text: String,
    /// The question of an editor's that it answers, if it is the first that came after one.
    pub question: Option<String>,
}

/// What the daemon has in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// Messages that are not understood yet.
    pub received: usize,
    pub last_arrival: Option<DateTime<Utc>>,
    /// Single mails that have not left yet.
    pub mails: usize,
}

impl Store {
    /// Items in one of these states, oldest first with what came back on top, or those changed last first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn queue(
        &self,
        publication: i64,
        states: &[&'static str],
        newest_first: bool,
        page: Page,
    ) -> anyhow::Result<Vec<ItemRow>> {
        let states = states.iter().map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ");
        let order = if newest_first {
            "changed_at DESC, item_id DESC"
        } else {
            "CASE WHEN state = 'pending' THEN came_back ELSE 0 END DESC, item_id"
        };
        let columns = item::COLUMNS;
        let sql = format!(
            "SELECT {columns} FROM item WHERE publication_id = $1 AND state IN ({states})
             ORDER BY {order} LIMIT $2 OFFSET $3"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(page.limit)
            .bind(page.skip)
            .fetch_all(&self.reader)
            .await
            .context("list a page of items")?;
        rows.iter().map(item::read).collect()
    }

    /// Mail in quarantine, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn quarantine(&self, publication: i64, page: Page) -> anyhow::Result<Vec<MessageRow>> {
        let columns = message::COLUMNS;
        let sql = format!(
            "SELECT {columns} FROM message WHERE publication_id = $1 AND state = 'quarantined'
             ORDER BY message_id LIMIT $2 OFFSET $3"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(page.limit)
            .bind(page.skip)
            .fetch_all(&self.reader)
            .await
            .context("list mail in quarantine")?;
        rows.iter().map(message::read).collect()
    }

    /// # Errors
    /// The database fails.
    pub async fn count_queue(&self, publication: i64) -> anyhow::Result<Counted> {
        let rows = sqlx::query(
            "SELECT state, COUNT(*) AS n, MIN(received_at) AS since FROM item WHERE publication_id = $1
             GROUP BY state",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("count items by state")?;
        let (mut items, mut since) = (Vec::new(), Vec::new());
        for row in &rows {
            let row = Reader::new("item", row);
            let state: String = row.get("state")?;
            since.push((state.clone(), row.time("since")?));
            items.push((state, row.whole("n")?));
        }
        let row = sqlx::query(
            "SELECT
                 (SELECT COUNT(*) FROM message WHERE publication_id = $1 AND state = 'quarantined') AS quarantined,
                 (SELECT MIN(received_at) FROM message WHERE publication_id = $1 AND state = 'quarantined')
                     AS quarantined_since,
                 (SELECT MIN(received_at) FROM item WHERE publication_id = $1 AND state = 'pending') AS oldest",
        )
        .bind(publication)
        .fetch_one(&self.reader)
        .await
        .context("count what waits")?;
        let row = Reader::new("publication", &row);
        Ok(Counted {
            items,
            quarantined: row.whole("quarantined")?,
            since,
            quarantined_since: row.time_option("quarantined_since")?,
            oldest: row.time_option("oldest")?,
        })
    }

    /// Who sent these items.
    ///
    /// # Errors
    /// The database fails.
    pub async fn authors(&self, items: &[i64]) -> anyhow::Result<Vec<Author>> {
        let sql = format!(
            "SELECT item.item_id, item.contributor_id, message.from_name, message.from_address, message.report,
                 contributor.name, contributor.address,
                 (SELECT COUNT(*) FROM item AS earlier WHERE earlier.contributor_id = item.contributor_id
                      AND earlier.item_id < item.item_id) AS earlier
             FROM item
             LEFT JOIN message ON message.message_id = item.message_id
             LEFT JOIN contributor ON contributor.contributor_id = item.contributor_id
             WHERE {}",
            self.dialect.is_among("item.item_id", "$1")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&items)?)
            .fetch_all(&self.reader)
            .await
            .context("find who sent items")?;
        let author = |row: &AnyRow| {
            let row = Reader::new("item", row);
            let first = |one: &str, other: &str| -> anyhow::Result<String> {
                let (one, other): (Option<String>, Option<String>) = (row.get(one)?, row.get(other)?);
                Ok(one.filter(|text| !text.is_empty()).or(other).unwrap_or_default())
            };
            let report: Option<String> = row.get("report")?;
            let contributor: Option<i64> = row.get("contributor_id")?;
            Ok(Author {
                item: row.get("item_id")?,
                name: first("from_name", "name")?,
                address: first("from_address", "address")?,
                report: report.map(|_| row.json("report")).transpose()?,
                earlier: row.whole("earlier")?,
                known: contributor.is_some(),
            })
        };
        rows.iter().map(author).collect()
    }

    /// What waits of these contributors: contributor, item and its title, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn waiting_of(&self, contributors: &[i64]) -> anyhow::Result<Vec<(i64, i64, String)>> {
        let sql = format!(
            "SELECT contributor_id, item_id, content FROM item WHERE {} AND state = 'pending'
             ORDER BY item_id LIMIT {WAITING_MAX}",
            self.dialect.is_among("contributor_id", "$1")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&contributors)?)
            .fetch_all(&self.reader)
            .await
            .context("find what waits of contributors")?;
        let waiting = |row: &AnyRow| {
            let row = Reader::new("item", row);
            let content: ItemContent = row.json("content")?;
            Ok((row.get("contributor_id")?, row.get("item_id")?, content.title))
        };
        rows.iter().map(waiting).collect()
    }

    /// What contributors wrote last about these items; nothing where a question was asked since.
    ///
    /// # Errors
    /// The database fails.
    pub async fn replied(&self, items: &[i64]) -> anyhow::Result<Vec<Replied>> {
        let sql = format!(
            "SELECT item_id, at, text FROM item_reply WHERE {} ORDER BY at, message_id",
            self.dialect.is_among("item_id", "$1")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&items)?)
            .fetch_all(&self.reader)
            .await
            .context("find what contributors replied")?;
        let reply = |row: &AnyRow| {
            let row = Reader::new("item", row);
            Ok((row.get("item_id")?, row.time("at")?, row.get("text")?))
        };
        let replies: Vec<(i64, DateTime<Utc>, String)> =
            rows.iter().map(reply).collect::<anyhow::Result<_>>()?;
        let sql = format!(
            "SELECT item_id, at, after FROM item_revision WHERE act = 'ask' AND {} ORDER BY item_id, revision",
            self.dialect.is_among("item_id", "$1")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&items)?)
            .fetch_all(&self.reader)
            .await
            .context("find what contributors were asked")?;
        let ask = |row: &AnyRow| {
            let row = Reader::new("item_revision", row);
            let after: Item = row.json("after")?;
            Ok((row.get("item_id")?, row.time("at")?, after.state))
        };
        let asked: Vec<(i64, DateTime<Utc>, ItemState)> =
            rows.iter().map(ask).collect::<anyhow::Result<_>>()?;
        let of = |item: i64| {
            let (_, at, text) = replies.iter().rfind(|(of, ..)| *of == item)?;
            let last = asked.iter().rfind(|(of, ..)| *of == item);
            if last.is_some_and(|(_, when, _)| when > at) {
                return None;
            }
            let first = |since: &DateTime<Utc>| {
                replies.iter().filter(|(of, when, _)| *of == item && when >= since).count() == 1
            };
            let question = last.filter(|(_, since, _)| first(since)).and_then(|(_, _, state)| match state {
                ItemState::Asked { question, .. } => Some(question.clone()),
                _ => None,
            });
            Some(Replied { item, at: *at, text: text.clone(), question })
        };
        Ok(items.iter().filter_map(|item| of(*item)).collect())
    }

    /// # Errors
    /// The database fails.
    pub async fn working(&self, publication: i64) -> anyhow::Result<Working> {
        let row = sqlx::query(
            "SELECT
                 (SELECT COUNT(*) FROM message WHERE publication_id = $1 AND state = 'received') AS received,
                 (SELECT MAX(received_at) FROM message WHERE publication_id = $1) AS last_arrival,
                 (SELECT COUNT(*) FROM outbox WHERE publication_id = $1 AND priority = 0 AND settled_at IS NULL)
                     AS mails",
        )
        .bind(publication)
        .fetch_one(&self.reader)
        .await
        .context("ask what is going on")?;
        let row = Reader::new("publication", &row);
        Ok(Working {
            received: row.whole("received")?,
            last_arrival: row.time_option("last_arrival")?,
            mails: row.whole("mails")?,
        })
    }
}
