//! Issues, what stands in them, and the content that approval froze.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::{Arrangement, Edition, Finding, IssueState};
use sqlx::any::AnyRow;
use subscribers::Language;

use super::row::{Reader, json, ms};
use super::{Store, Write};

pub struct NewIssue {
    pub public_id: i64,
    pub publication: i64,
    pub edition: Edition,
    /// The running number of a publication's first issue here; later ones count on.
    pub first_running_number: i64,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub struct IssueRow {
    pub id: i64,
    pub publication: i64,
    pub public_id: i64,
    pub edition: Edition,
    pub number: i64,
    pub running_number: i64,
    pub state: IssueState,
    pub findings: Vec<Finding>,
    pub note: String,
    pub title: String,
    pub opened_at: DateTime<Utc>,
    pub content_hash: String,
    /// The name of the picture of its horizon; empty until approval.
    pub horizon: String,
    pub audience: Option<i64>,
    pub queued_at: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    /// What an editor has arranged by hand.
    pub arrangement: Arrangement,
}

/// An item's place in an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueItem {
    pub item: i64,
    pub section: String,
    pub slug: String,
}

/// What readers of one language get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueContent {
    pub language: Language,
    pub subject: String,
    pub html: String,
    pub text: String,
}

pub(super) const COLUMNS: &str = "issue_id, publication_id, public_id, year, month, number, running_number, detail, findings, note, title, \
     opened_at, content_hash, horizon, audience, queued_at, sent_at, arrangement";

pub(super) fn read(row: &AnyRow) -> anyhow::Result<IssueRow> {
    let row = Reader::new("issue", row);
    Ok(IssueRow {
        id: row.get("issue_id")?,
        publication: row.get("publication_id")?,
        public_id: row.get("public_id")?,
        edition: Edition { year: row.whole("year")?, month: row.whole("month")? },
        number: row.get("number")?,
        running_number: row.get("running_number")?,
        state: row.json("detail")?,
        findings: row.json("findings")?,
        note: row.get("note")?,
        title: row.get("title")?,
        opened_at: row.time("opened_at")?,
        content_hash: row.get("content_hash")?,
        horizon: row.get("horizon")?,
        audience: row.get("audience")?,
        queued_at: row.time_option("queued_at")?,
        sent_at: row.time_option("sent_at")?,
        arrangement: row.json("arrangement")?,
    })
}

pub(super) fn read_item(row: &AnyRow) -> anyhow::Result<IssueItem> {
    let row = Reader::new("issue_item", row);
    Ok(IssueItem { item: row.get("item_id")?, section: row.get("section")?, slug: row.get("slug")? })
}

impl Write {
    /// Opens a draft; its numbers count on from those before it, per year and in all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn open_issue(&mut self, new: &NewIssue) -> anyhow::Result<i64> {
        let state = IssueState::Draft;
        sqlx::query_scalar(
            "INSERT INTO issue (public_id, publication_id, year, month, number, running_number, state, detail,
                 opened_at)
             SELECT $1, $2, $3, $4,
                 (SELECT COALESCE(MAX(number), 0) + 1 FROM issue WHERE publication_id = $2 AND year = $3),
                 (SELECT COALESCE(MAX(running_number) + 1, $5) FROM issue WHERE publication_id = $2),
                 $6, $7, $8
             RETURNING issue_id",
        )
        .bind(new.public_id)
        .bind(new.publication)
        .bind(i64::from(new.edition.year))
        .bind(i64::from(new.edition.month))
        .bind(new.first_running_number)
        .bind(state.name())
        .bind(json(&state)?)
        .bind(ms(new.at))
        .fetch_one(self.connection())
        .await
        .context("open an issue")
    }

    /// Gives an open issue the month in which it will leave after all; the number counts on if the year changes.
    ///
    /// # Errors
    /// The database fails.
    pub async fn retarget_issue(&mut self, id: i64, edition: Edition) -> anyhow::Result<()> {
        sqlx::query(
            "UPDATE issue SET year = $2, month = $3, number = CASE WHEN year = $2 THEN number ELSE
                 (SELECT COALESCE(MAX(other.number), 0) + 1 FROM issue AS other
                  WHERE other.publication_id = issue.publication_id AND other.year = $2) END
             WHERE issue_id = $1",
        )
        .bind(id)
        .bind(i64::from(edition.year))
        .bind(i64::from(edition.month))
        .execute(self.connection())
        .await
        .context("give an issue another month")?;
        Ok(())
    }

    /// The one issue that items can still be put into, if there is one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn open_draft(&mut self, publication: i64) -> anyhow::Result<Option<IssueRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM issue WHERE publication_id = $1 AND state IN ('draft', 'ready', 'held')
             ORDER BY issue_id LIMIT 1{}",
            self.dialect.for_update()
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_optional(self.connection())
            .await
            .context("find the open issue")?;
        row.as_ref().map(read).transpose()
    }

    /// [`Store::issues`], as this transaction sees them.
    ///
    /// # Errors
    /// The database fails.
    pub async fn issues(&mut self, publication: i64) -> anyhow::Result<Vec<IssueRow>> {
        let sql = format!("SELECT {COLUMNS} FROM issue WHERE publication_id = $1 ORDER BY issue_id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_all(self.connection())
            .await
            .context("list issues in a transaction")?;
        rows.iter().map(read).collect()
    }

    /// The issue as it is now, kept still until the transaction ends.
    ///
    /// # Errors
    /// The database fails.
    pub async fn issue_for_change(&mut self, id: i64) -> anyhow::Result<Option<IssueRow>> {
        let sql = format!("SELECT {COLUMNS} FROM issue WHERE issue_id = $1{}", self.dialect.for_update());
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .context("find an issue")?;
        row.as_ref().map(read).transpose()
    }

    /// # Errors
    /// The database fails.
    pub async fn change_issue(&mut self, id: i64, state: &IssueState) -> anyhow::Result<()> {
        let sent_at = match state {
            IssueState::Sent { at } => Some(ms(*at)),
            IssueState::Draft
            | IssueState::Ready
            | IssueState::Held { .. }
            | IssueState::Approved { .. }
            | IssueState::Sending { .. }
            | IssueState::Paused { .. }
            | IssueState::Stopped { .. } => None,
        };
        sqlx::query(
            "UPDATE issue SET state = $2, detail = $3, sent_at = COALESCE($4, sent_at) WHERE issue_id = $1",
        )
        .bind(id)
        .bind(state.name())
        .bind(json(state)?)
        .bind(sent_at)
        .execute(self.connection())
        .await
        .context("change an issue")?;
        Ok(())
    }

    /// What the last assembly found, and what the issue is called.
    ///
    /// # Errors
    /// The database fails.
    pub async fn describe_issue(&mut self, id: i64, title: &str, findings: &[Finding]) -> anyhow::Result<()> {
        sqlx::query("UPDATE issue SET title = $2, findings = $3 WHERE issue_id = $1")
            .bind(id)
            .bind(title)
            .bind(json(&findings)?)
            .execute(self.connection())
            .await
            .context("describe an issue")?;
        Ok(())
    }

    /// # Errors
    /// The database fails.
    pub async fn set_issue_note(&mut self, id: i64, note: &str) -> anyhow::Result<()> {
        sqlx::query("UPDATE issue SET note = $2 WHERE issue_id = $1")
            .bind(id)
            .bind(note)
            .execute(self.connection())
            .await
            .context("keep the note of an issue")?;
        Ok(())
    }

    /// # Errors
    /// The database fails.
    pub async fn set_arrangement(&mut self, id: i64, arrangement: &Arrangement) -> anyhow::Result<()> {
        sqlx::query("UPDATE issue SET arrangement = $2 WHERE issue_id = $1")
            .bind(id)
            .bind(json(arrangement)?)
            .execute(self.connection())
            .await
            .context("keep the arrangement of an issue")?;
        Ok(())
    }

    /// Sets what stands in an issue, in this order.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_issue_items(&mut self, id: i64, items: &[IssueItem]) -> anyhow::Result<()> {
        sqlx::query("DELETE FROM issue_item WHERE issue_id = $1")
            .bind(id)
            .execute(self.connection())
            .await
            .context("empty an issue")?;
        for (position, item) in (1_i64..).zip(items) {
            sqlx::query(
                "INSERT INTO issue_item (issue_id, item_id, position, section, slug) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(id)
            .bind(item.item)
            .bind(position)
            .bind(&item.section)
            .bind(&item.slug)
            .execute(self.connection())
            .await
            .context("put an item into an issue")?;
        }
        Ok(())
    }

    /// Takes an item out of every draft.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_out_of_draft(&mut self, item: i64) -> anyhow::Result<()> {
        sqlx::query(
            "DELETE FROM issue_item WHERE item_id = $1 AND issue_id IN
                 (SELECT issue_id FROM issue WHERE state IN ('draft', 'ready', 'held'))",
        )
        .bind(item)
        .execute(self.connection())
        .await
        .context("take an item out of its draft")?;
        Ok(())
    }

    /// What stands in an issue, in order, inside this transaction.
    ///
    /// # Errors
    /// The database fails.
    pub async fn items_of_issue(&mut self, id: i64) -> anyhow::Result<Vec<IssueItem>> {
        let rows = sqlx::query(ITEMS)
            .bind(id)
            .fetch_all(self.connection())
            .await
            .context("read what stands in an issue")?;
        rows.iter().map(read_item).collect()
    }

    /// Freezes the content of an issue for good.
    ///
    /// # Errors
    /// The database fails, or the content is frozen already.
    pub async fn freeze_issue(
        &mut self,
        id: i64,
        contents: &[IssueContent],
        hash: &str,
    ) -> anyhow::Result<()> {
        for content in contents {
            sqlx::query(
                "INSERT INTO issue_content (issue_id, language, subject, html, text) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(id)
            .bind(content.language.code())
            .bind(&content.subject)
            .bind(&content.html)
            .bind(&content.text)
            .execute(self.connection())
            .await
            .context("freeze the content of an issue")?;
        }
        sqlx::query("UPDATE issue SET content_hash = $2 WHERE issue_id = $1")
            .bind(id)
            .bind(hash)
            .execute(self.connection())
            .await
            .context("keep the hash of an issue")?;
        Ok(())
    }

    /// Forgets what was frozen: the issue is open again.
    ///
    /// # Errors
    /// The database fails.
    pub async fn thaw_issue(&mut self, id: i64) -> anyhow::Result<()> {
        for (what, sql) in [
            ("forget the content of an issue", "DELETE FROM issue_content WHERE issue_id = $1"),
            ("forget the hash of an issue", "UPDATE issue SET content_hash = '' WHERE issue_id = $1"),
        ] {
            sqlx::query(sql).bind(id).execute(self.connection()).await.context(what)?;
        }
        Ok(())
    }

    /// Keeps the picture of an issue's horizon: its name in links, and its blob.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_horizon(&mut self, id: i64, name: &str, sha256: &str) -> anyhow::Result<()> {
        sqlx::query("UPDATE issue SET horizon = $2, horizon_png = $3 WHERE issue_id = $1")
            .bind(id)
            .bind(name)
            .bind(sha256)
            .execute(self.connection())
            .await
            .context("keep the horizon of an issue")?;
        Ok(())
    }

    /// The audience is frozen: so many readers, at this moment.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_audience(&mut self, id: i64, readers: i64, at: DateTime<Utc>) -> anyhow::Result<()> {
        sqlx::query("UPDATE issue SET audience = $2, queued_at = $3 WHERE issue_id = $1")
            .bind(id)
            .bind(readers)
            .bind(ms(at))
            .execute(self.connection())
            .await
            .context("keep the audience of an issue")?;
        Ok(())
    }
}

const ITEMS: &str =
    "SELECT issue_id, item_id, section, slug FROM issue_item WHERE issue_id = $1 ORDER BY position";

impl Store {
    /// Issues, newest last; an empty state matches all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn issues(&self, publication: i64, state: &str) -> anyhow::Result<Vec<IssueRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM issue WHERE publication_id = $1 AND ($2 = '' OR state = $2) ORDER BY issue_id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(state)
            .fetch_all(&self.reader)
            .await
            .context("list issues")?;
        rows.iter().map(read).collect()
    }

    /// # Errors
    /// The database fails.
    pub async fn issue(&self, id: i64) -> anyhow::Result<Option<IssueRow>> {
        let sql = format!("SELECT {COLUMNS} FROM issue WHERE issue_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(&self.reader)
            .await
            .context("find an issue")?;
        row.as_ref().map(read).transpose()
    }

    /// The issue with a year and a number, as its page is called.
    ///
    /// # Errors
    /// The database fails.
    pub async fn issue_numbered(
        &self,
        publication: i64,
        year: i32,
        number: i64,
    ) -> anyhow::Result<Option<IssueRow>> {
        let sql =
            format!("SELECT {COLUMNS} FROM issue WHERE publication_id = $1 AND year = $2 AND number = $3");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(i64::from(year))
            .bind(number)
            .fetch_optional(&self.reader)
            .await
            .context("find an issue by its number")?;
        row.as_ref().map(read).transpose()
    }

    /// The blob behind the name of a horizon, of whichever issue: the same places in the same month look the same.
    ///
    /// # Errors
    /// The database fails.
    pub async fn horizon(&self, name: &str) -> anyhow::Result<Option<String>> {
        sqlx::query_scalar(
            "SELECT horizon_png FROM issue WHERE horizon = $1 AND horizon_png IS NOT NULL LIMIT 1",
        )
        .bind(name)
        .fetch_optional(&self.reader)
        .await
        .context("find a horizon")
    }

    /// What stands in an issue, in order.
    ///
    /// # Errors
    /// The database fails.
    pub async fn issue_items(&self, id: i64) -> anyhow::Result<Vec<IssueItem>> {
        let rows = sqlx::query(ITEMS)
            .bind(id)
            .fetch_all(&self.reader)
            .await
            .context("read what stands in an issue")?;
        rows.iter().map(read_item).collect()
    }

    /// The frozen content, by language; empty before approval.
    ///
    /// # Errors
    /// The database fails.
    pub async fn issue_contents(&self, id: i64) -> anyhow::Result<Vec<IssueContent>> {
        let rows = sqlx::query(
            "SELECT issue_id, language, subject, html, text FROM issue_content WHERE issue_id = $1
             ORDER BY language",
        )
        .bind(id)
        .fetch_all(&self.reader)
        .await
        .context("read the content of an issue")?;
        let content = |row: &AnyRow| {
            let row = Reader::new("issue_content", row);
            Ok(IssueContent {
                language: row.language("language")?,
                subject: row.get("subject")?,
                html: row.get("html")?,
                text: row.get("text")?,
            })
        };
        rows.iter().map(content).collect()
    }
}
