//! Readers as the desk looks at them: by state and words, one with what was sent to her.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::Store;
use super::people::{SUBSCRIPTION, SubscriptionRow, read_subscription};
use super::row::{Reader, like};

/// How many subscriptions there are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SubscriptionCounts {
    pub pending: usize,
    pub confirmed: usize,
    pub unsubscribed: usize,
    pub suppressed: usize,
}

/// An issue that was on its way to one reader.
#[derive(Debug, Clone)]
pub struct IssueToReader {
    pub issue: i64,
    pub year: i32,
    pub month: u32,
    pub number: i64,
    pub state: String,
    pub reason: String,
    pub settled_at: Option<DateTime<Utc>>,
    /// A report that came later.
    pub bounced: bool,
}

/// A name as a municipality begins: capital letters beyond ASCII are compared as they stand on SQLite.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Store {
    /// Subscriptions by address, of one state or of all, whose address or municipality holds these words.
    ///
    /// # Errors
    /// The database fails.
    pub async fn find_subscriptions(
        &self,
        publication: i64,
        state: &str,
        words: &str,
        skip: i64,
        most: i64,
    ) -> anyhow::Result<Vec<SubscriptionRow>> {
        let words = words.to_lowercase();
        let sql = format!(
            "SELECT {SUBSCRIPTION} FROM subscription
             WHERE publication_id = $1 AND ($2 = '' OR state = $2)
                 AND (LOWER(address) LIKE $3 ESCAPE '\\' OR municipality LIKE $3 ESCAPE '\\'
                     OR municipality LIKE $4 ESCAPE '\\')
             ORDER BY address_key LIMIT $5 OFFSET $6"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(state)
            .bind(like(&words))
            .bind(like(&capital(&words)))
            .bind(most)
            .bind(skip)
            .fetch_all(&self.reader)
            .await
            .context("find subscriptions")?;
        rows.iter().map(read_subscription).collect()
    }

    /// # Errors
    /// The database fails.
    pub async fn count_subscriptions(&self, publication: i64) -> anyhow::Result<SubscriptionCounts> {
        let rows = sqlx::query(
            "SELECT state, COUNT(*) AS many FROM subscription WHERE publication_id = $1 GROUP BY state",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("count subscriptions")?;
        let mut counts = SubscriptionCounts::default();
        for row in &rows {
            let row = Reader::new("subscription", row);
            let (state, many): (String, usize) = (row.get("state")?, row.whole("many")?);
            match state.as_str() {
                "pending" => counts.pending = many,
                "confirmed" => counts.confirmed = many,
                "unsubscribed" => counts.unsubscribed = many,
                "suppressed" => counts.suppressed = many,
                other => anyhow::bail!("database: table subscription, state {other:?} is not known"),
            }
        }
        Ok(counts)
    }

    /// # Errors
    /// The database fails.
    pub async fn subscription(&self, publication: i64, id: i64) -> anyhow::Result<Option<SubscriptionRow>> {
        let sql = format!(
            "SELECT {SUBSCRIPTION} FROM subscription WHERE publication_id = $1 AND subscription_id = $2"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(id)
            .fetch_optional(&self.reader)
            .await
            .context("find a subscription")?;
        row.as_ref().map(read_subscription).transpose()
    }

    /// What was sent to a reader, the latest issue first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn issues_to(&self, subscription: i64, most: i64) -> anyhow::Result<Vec<IssueToReader>> {
        let rows = sqlx::query(
            "SELECT issue.issue_id, issue.year, issue.month, issue.number, outbox.state, outbox.reason,
                 outbox.settled_at, outbox.bounced_at
             FROM outbox JOIN issue ON issue.issue_id = outbox.issue_id
             WHERE outbox.subscription_id = $1
             ORDER BY issue.running_number DESC LIMIT $2",
        )
        .bind(subscription)
        .bind(most)
        .fetch_all(&self.reader)
        .await
        .context("list the issues that went to a reader")?;
        rows.iter()
            .map(|row| {
                let row = Reader::new("issue", row);
                Ok(IssueToReader {
                    issue: row.get("issue_id")?,
                    year: row.whole("year")?,
                    month: row.whole("month")?,
                    number: row.get("number")?,
                    state: row.get("state")?,
                    reason: row.get("reason")?,
                    settled_at: row.time_option("settled_at")?,
                    bounced: row.time_option("bounced_at")?.is_some(),
                })
            })
            .collect()
    }
}
