//! What the public may see: issues whose audience is frozen, and the items in them, by year, by days, by words.
//!
//! Words and days of an item stand in columns of their own beside its content. The query narrows by them; what a page
//! then shows is decided on the content itself.

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use issues::ItemContent;
use issues::search::{QUERY_WORDS_MAX, searched};
use sqlx::any::AnyRow;

use super::issue::{IssueItem, IssueRow, read as read_issue, read_item as read_place};
use super::item::{ItemRow, read as read_item};
use super::row::{Reader, like, time};
use super::{Store, issue, item};

/// Items filled in one transaction at the start.
const BATCH_MAX: i64 = 200;

/// An item where the public finds it.
#[derive(Debug, Clone)]
pub struct PublishedItem {
    pub issue: i64,
    pub place: IssueItem,
    pub row: ItemRow,
}

/// The address of a public page, and when it last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedAddress {
    pub year: i32,
    pub number: i64,
    pub slug: String,
    pub changed_at: DateTime<Utc>,
}

/// What SQL asks an item about, beside its content.
pub(super) struct Described {
    pub words: String,
    pub first_day: Option<i64>,
    pub last_day: Option<i64>,
}

impl Described {
    pub fn of(content: &ItemContent) -> Self {
        let days = content.days();
        Self {
            words: searched(content),
            first_day: days.map(|(first, _)| number(first)),
            last_day: days.map(|(_, last)| number(last)),
        }
    }
}

fn number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

fn date(number: Option<i64>) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number?).ok()?)
}

fn read(row: &AnyRow) -> anyhow::Result<PublishedItem> {
    Ok(PublishedItem {
        issue: Reader::new("issue_item", row).get("issue_id")?,
        place: read_place(row)?,
        row: read_item(row)?,
    })
}

/// Public items and where they stand; a condition and an order follow.
fn items(rest: &str) -> String {
    // Issues have columns of the same names.
    let columns: Vec<String> =
        item::COLUMNS.split(',').map(|column| format!("item.{}", column.trim())).collect();
    let columns = columns.join(", ");
    format!("SELECT {columns}, issue_item.issue_id, issue_item.section, issue_item.slug {FROM} {rest}")
}

const FROM: &str = "FROM issue JOIN issue_item ON issue_item.issue_id = issue.issue_id
     JOIN item ON item.item_id = issue_item.item_id
     WHERE issue.publication_id = $1 AND issue.audience IS NOT NULL";
const NEWEST_FIRST: &str = "ORDER BY issue.running_number DESC, issue_item.position";

impl Store {
    /// Every public issue, newest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn published_issues(&self, publication: i64) -> anyhow::Result<Vec<IssueRow>> {
        let sql = format!(
            "SELECT {} FROM issue WHERE publication_id = $1 AND audience IS NOT NULL ORDER BY running_number DESC",
            issue::COLUMNS
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(publication).fetch_all(&self.reader);
        rows.await.context("list public issues")?.iter().map(read_issue).collect()
    }

    /// Year, number and slug of an item where the public finds it last; `None` for one that is not public.
    ///
    /// # Errors
    /// The database fails.
    pub async fn public_place(&self, item: i64) -> anyhow::Result<Option<(i32, i64, String)>> {
        let row = sqlx::query(
            "SELECT issue.year, issue.number, issue_item.slug FROM issue_item
             JOIN issue ON issue.issue_id = issue_item.issue_id
             WHERE issue_item.item_id = $1 AND issue.audience IS NOT NULL
             ORDER BY issue.running_number DESC LIMIT 1",
        );
        let row = row.bind(item).fetch_optional(&self.reader).await.context("find a public item")?;
        let Some(row) = row else { return Ok(None) };
        let row = Reader::new("issue", &row);
        let year: i64 = row.get("year")?;
        Ok(Some((i32::try_from(year).context("read a year")?, row.get("number")?, row.get("slug")?)))
    }

    /// What stands in the public issues of a year, newest issue first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn published_in_year(&self, publication: i64, year: i32) -> anyhow::Result<Vec<PublishedItem>> {
        let sql = items(&format!("AND issue.year = $2 {NEWEST_FIRST}"));
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(publication).bind(i64::from(year));
        let rows = rows.fetch_all(&self.reader).await.context("read the public items of a year")?;
        rows.iter().map(read).collect()
    }

    /// The newest public items.
    ///
    /// # Errors
    /// The database fails.
    pub async fn published_lately(&self, publication: i64, limit: i64) -> anyhow::Result<Vec<PublishedItem>> {
        let sql = items(&format!("{NEWEST_FIRST} LIMIT $2"));
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(publication).bind(limit);
        let rows = rows.fetch_all(&self.reader).await.context("read the newest public items")?;
        rows.iter().map(read).collect()
    }

    /// Public items some of whose events may be on these days, both included; the soonest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn published_on_days(
        &self,
        publication: i64,
        (first, last): (NaiveDate, NaiveDate),
        limit: i64,
    ) -> anyhow::Result<Vec<PublishedItem>> {
        let sql = items(
            "AND item.first_day <= $3 AND item.last_day >= $2 ORDER BY item.first_day, item.item_id LIMIT $4",
        );
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(publication).bind(number(first)).bind(number(last));
        let rows = rows.bind(limit).fetch_all(&self.reader).await.context("read public items by days")?;
        rows.iter().map(read).collect()
    }

    /// The first and the last day that any public item names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn published_days(&self, publication: i64) -> anyhow::Result<Option<(NaiveDate, NaiveDate)>> {
        let sql = format!("SELECT MIN(item.first_day) AS first_day, MAX(item.last_day) AS last_day {FROM}");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_one(&self.reader)
            .await
            .context("ask for the days of public items")?;
        let row = Reader::new("item", &row);
        Ok(date(row.get("first_day")?).zip(date(row.get("last_day")?)))
    }

    /// Public items in which all these folded words stand, newest first: one page of them, and how many there are.
    ///
    /// # Errors
    /// The database fails.
    pub async fn search_published(
        &self,
        publication: i64,
        words: &[String],
        (skip, limit): (i64, i64),
    ) -> anyhow::Result<(Vec<PublishedItem>, i64)> {
        let mut condition = String::new();
        for place in 2..QUERY_WORDS_MAX + 2 {
            condition.push_str(&format!(" AND item.words LIKE ${place} ESCAPE '\\'"));
        }
        // A word that is not asked for is in everything.
        let patterns: Vec<String> = (0..QUERY_WORDS_MAX)
            .map(|at| words.get(at).map_or_else(|| "%".to_owned(), |word| like(word)))
            .collect();
        let sql = format!("SELECT COUNT(*) {FROM}{condition}");
        let mut count = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(publication);
        for pattern in &patterns {
            count = count.bind(pattern.as_str());
        }
        let count: i64 = count.fetch_one(&self.reader).await.context("count what is found")?;
        let (to, from) = (QUERY_WORDS_MAX + 2, QUERY_WORDS_MAX + 3);
        let sql = items(&format!("{condition} {NEWEST_FIRST} LIMIT ${to} OFFSET ${from}"));
        let mut found = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(publication);
        for pattern in &patterns {
            found = found.bind(pattern.as_str());
        }
        let found =
            found.bind(limit).bind(skip).fetch_all(&self.reader).await.context("search public items")?;
        Ok((found.iter().map(read).collect::<anyhow::Result<_>>()?, count))
    }

    /// The pages of public items, newest first, with the moment when each was published or last corrected.
    ///
    /// # Errors
    /// The database fails.
    pub async fn published_addresses(
        &self,
        publication: i64,
        limit: i64,
    ) -> anyhow::Result<Vec<PublishedAddress>> {
        let sql = format!(
            "SELECT issue.year, issue.number, issue_item.slug,
                 COALESCE((SELECT MAX(at) FROM correction WHERE correction.item_id = item.item_id), issue.queued_at)
                     AS changed_at
             {FROM} {NEWEST_FIRST} LIMIT $2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(publication).bind(limit);
        let rows = rows.fetch_all(&self.reader).await.context("list the public pages")?;
        let read = |row: &AnyRow| {
            let row = Reader::new("issue", row);
            let changed_at: Option<i64> = row.get("changed_at")?;
            Ok(PublishedAddress {
                year: row.whole("year")?,
                number: row.get("number")?,
                slug: row.get("slug")?,
                changed_at: time(changed_at.unwrap_or(0))?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Fills words and days of items from before there were columns for them.
    ///
    /// # Errors
    /// The database fails.
    pub(super) async fn describe_items(&self) -> anyhow::Result<()> {
        loop {
            let mut write = self.write().await?;
            let rows =
                sqlx::query("SELECT item_id, content FROM item WHERE words = '' ORDER BY item_id LIMIT $1")
                    .bind(BATCH_MAX)
                    .fetch_all(write.connection())
                    .await
                    .context("find items without words")?;
            if rows.is_empty() {
                return write.roll_back().await;
            }
            for row in &rows {
                let row = Reader::new("item", row);
                let id: i64 = row.get("item_id")?;
                let described = Described::of(&row.json::<ItemContent>("content")?);
                sqlx::query("UPDATE item SET words = $2, first_day = $3, last_day = $4 WHERE item_id = $1")
                    .bind(id)
                    .bind(&described.words)
                    .bind(described.first_day)
                    .bind(described.last_day)
                    .execute(write.connection())
                    .await
                    .context("fill the words of an item")?;
            }
            write.commit().await?;
        }
    }
}
