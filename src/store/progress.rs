//! How far an issue has come with its readers: for the page of a running send, and for who got it afterwards. Read
//! beside the sending, by the readers' connections; one statement answers for all numbers of a page.

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::any::AnyRow;
use subscribers::Pause;

use super::Store;
use super::delivery::{AttemptRow, DeliveryRow};
use super::dialect::Dialect;
use super::row::{Reader, ms};

/// Deliveries that stand alike with receivers alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What stands behind the at sign; empty for erased persons.
    pub domain: String,
    pub state: String,
    pub reason: String,
    pub settled: bool,
    pub count: usize,
    /// The next moment at which one of them is due.
    pub next: Option<DateTime<Utc>>,
    /// Came to their end after the given moment.
    pub lately: usize,
    /// Reports that came later.
    pub bounced: usize,
}

/// Which deliveries are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    /// Final, and not with the reader as far as we know.
    NotDelivered,
    Accepted,
    /// Queued, or on the line.
    Waiting,
    Deferred,
    Refused,
    Uncertain,
    Abandoned,
    /// A report came back later.
    Bounced,
}

/// Where a page of a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// After the delivery with this row number; 0 is the first page.
    pub after: i64,
    pub max: usize,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Deliveries {
    pub rows: Vec<(DeliveryRow, Option<DateTime<Utc>>)>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

impl Which {
    fn condition(self) -> &'static str {
        match self {
            Which::All => "TRUE",
            Which::NotDelivered => {
                "(bounced_at IS NOT NULL OR (settled_at IS NOT NULL AND state <> 'accepted'))"
            }
            Which::Accepted => "state = 'accepted'",
            Which::Waiting => "state IN ('queued', 'sending')",
            Which::Deferred => "state = 'deferred'",
            Which::Refused => "state = 'refused'",
            Which::Uncertain => "state = 'uncertain'",
            Which::Abandoned => "state = 'abandoned'",
            Which::Bounced => "bounced_at IS NOT NULL",
        }
    }
}

impl Dialect {
    fn domain(self) -> &'static str {
        match self {
            Dialect::Sqlite => "LOWER(SUBSTR(recipient, INSTR(recipient, '@') + 1))",
            Dialect::Postgres => "LOWER(SPLIT_PART(recipient, '@', 2))",
        }
    }
}

impl Store {
    /// How the deliveries of an issue stand; `lately` counts what was settled after `since`.
    ///
    /// # Errors
    /// The database fails.
    pub async fn progress(&self, issue: i64, since: DateTime<Utc>) -> anyhow::Result<Vec<Group>> {
        let sql = format!(
            "SELECT {} AS domain, state, reason, CASE WHEN settled_at IS NULL THEN 0 ELSE 1 END AS settled,
                 COUNT(*) AS n, MIN(next_at) AS next_at,
                 SUM(CASE WHEN settled_at > $2 THEN 1 ELSE 0 END) AS lately,
                 SUM(CASE WHEN bounced_at IS NULL THEN 0 ELSE 1 END) AS bounced
             FROM outbox WHERE issue_id = $1 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
            self.dialect.domain()
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(issue)
            .bind(ms(since))
            .fetch_all(&self.reader)
            .await
            .context("count how an issue goes out")?;
        let group = |row: &AnyRow| {
            let row = Reader::new("outbox", row);
            let settled: i64 = row.whole("settled")?;
            Ok(Group {
                domain: row.get("domain")?,
                state: row.get("state")?,
                reason: row.get("reason")?,
                settled: settled == 1,
                count: row.whole("n")?,
                next: row.time_option("next_at")?,
                lately: row.whole("lately")?,
                bounced: row.whole("bounced")?,
            })
        };
        rows.iter().map(group).collect()
    }

    /// A page of the deliveries of an issue, in the order of their rows, with the moments at which they are due.
    ///
    /// # Errors
    /// The database fails.
    pub async fn deliveries_of(&self, issue: i64, which: Which, place: Place) -> anyhow::Result<Deliveries> {
        let sql = format!(
            "SELECT outbox_id, subscription_id, recipient, state, reason, message_id, settled_at, bounce_class,
                 next_at
             FROM outbox
             WHERE issue_id = $1 AND outbox_id > $2 AND {} ORDER BY outbox_id LIMIT $3",
            which.condition()
        );
        let max = i64::try_from(place.max).context("limit a list of deliveries")?;
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(issue)
            .bind(place.after)
            .bind(max + 1)
            .fetch_all(&self.reader)
            .await
            .context("list deliveries")?;
        let mut deliveries = Vec::with_capacity(rows.len());
        for row in rows.iter().take(place.max) {
            let row = Reader::new("outbox", row);
            let settled_at = row.time_option("settled_at")?;
            let next = row.time_option("next_at")?.filter(|_| settled_at.is_none());
            let delivery = DeliveryRow {
                id: row.get("outbox_id")?,
                subscription: row.get("subscription_id")?,
                recipient: row.get("recipient")?,
                state: row.get("state")?,
                reason: row.get("reason")?,
                message_id: row.get("message_id")?,
                settled_at,
                bounce_class: row.get("bounce_class")?,
                attempts: Vec::new(),
            };
            deliveries.push((delivery, next));
        }
        let next = (rows.len() > place.max).then(|| deliveries.last().map_or(0, |(row, _)| row.id));
        let ids: Vec<i64> = deliveries.iter().map(|(row, _)| row.id).collect();
        let sql = format!(
            "SELECT outbox_id, started_at, outcome, reply FROM attempt WHERE {} ORDER BY outbox_id, number",
            self.dialect.is_among("outbox_id", "$1")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(super::row::json(&ids)?)
            .fetch_all(&self.reader)
            .await
            .context("list attempts")?;
        for row in &rows {
            let row = Reader::new("attempt", row);
            let id: i64 = row.get("outbox_id")?;
            let Ok(place) = deliveries.binary_search_by_key(&id, |(row, _)| row.id) else { continue };
            deliveries[place].0.attempts.push(AttemptRow {
                at: row.time("started_at")?,
                outcome: row.get("outcome")?,
                reply: row.get("reply")?,
            });
        }
        Ok(Deliveries { rows: deliveries, next })
    }

    /// Readers who would get an issue that leaves on this day.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_readers(&self, publication: i64, today: NaiveDate) -> anyhow::Result<usize> {
        let rows = sqlx::query(
            "SELECT subscription.pause, COUNT(*) AS n FROM subscription
             LEFT JOIN suppression ON suppression.address_hash = subscription.address_hash
             WHERE subscription.publication_id = $1 AND subscription.state = 'confirmed'
                 AND suppression.address_hash IS NULL
             GROUP BY subscription.pause",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("count readers")?;
        let mut readers = 0;
        for row in &rows {
            let row = Reader::new("subscription", row);
            let pause: String = row.get("pause")?;
            if pause.is_empty() || !row.json::<Pause>("pause")?.holds(today) {
                readers += row.whole::<usize>("n")?;
            }
        }
        Ok(readers)
    }
}
