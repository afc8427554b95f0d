//! Notices that were withheld, and what notices about one sender are counted by.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use subscribers::EmailAddress;

use super::outbox::MailKind;
use super::row::{Reader, ms};
use super::{Store, Write};

/// A sender whose mails came too fast for notices; `None` stands for all whose address we do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flood {
    pub contributor: Option<i64>,
    pub first_at: DateTime<Utc>,
    pub last_at: DateTime<Utc>,
}

impl Write {
    /// Notices since then about what came from one mailbox, whatever its tags; `None` for all whose address we do not
    /// know. The most that any one editor got.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_announced(
        &mut self,
        sender: Option<&EmailAddress>,
        since: DateTime<Utc>,
    ) -> anyhow::Result<usize> {
        let rows = sqlx::query(
            "SELECT outbox.recipient_hash, contributor.address FROM outbox
                 JOIN item ON item.item_id = outbox.item_id
                 LEFT JOIN contributor ON contributor.contributor_id = item.contributor_id
             WHERE outbox.created_at > $1 AND outbox.priority = 0 AND outbox.kind = $2",
        )
        .bind(ms(since))
        .bind(MailKind::Notice.name())
        .fetch_all(self.connection())
        .await
        .context("count the items that editors were told of")?;
        let mailbox = sender.map(EmailAddress::mailbox_key);
        let mut counts: HashMap<String, usize> = HashMap::new();
        for row in &rows {
            let row = Reader::new("outbox", row);
            let address: Option<String> = row.get("address")?;
            let of = address.and_then(|address| EmailAddress::parse(&address).ok());
            if of.map(|of| of.mailbox_key()) == mailbox {
                *counts.entry(row.get("recipient_hash")?).or_default() += 1;
            }
        }
        Ok(counts.into_values().max().unwrap_or(0))
    }

    /// Remembers that no notice went out about an item.
    ///
    /// # Errors
    /// The database fails.
    pub async fn withhold_notice(&mut self, item: i64, at: DateTime<Utc>) -> anyhow::Result<()> {
        sqlx::query(
            "INSERT INTO withheld_notice (item_id, at) VALUES ($1, $2) ON CONFLICT (item_id) DO NOTHING",
        )
        .bind(item)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("withhold a notice")?;
        Ok(())
    }

    /// Takes the withheld notices about items of one contributor: gives the items, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_withheld(
        &mut self,
        publication: i64,
        contributor: Option<i64>,
    ) -> anyhow::Result<Vec<i64>> {
        let mut items: Vec<i64> = sqlx::query_scalar(
            "DELETE FROM withheld_notice WHERE item_id IN (SELECT item.item_id FROM item
                 WHERE item.publication_id = $1 AND COALESCE(item.contributor_id, 0) = $2)
             RETURNING item_id",
        )
        .bind(publication)
        .bind(contributor.unwrap_or(0))
        .fetch_all(self.connection())
        .await
        .context("take withheld notices")?;
        items.sort_unstable();
        Ok(items)
    }
}

impl Store {
    /// Senders about whose items notices were withheld.
    ///
    /// # Errors
    /// The database fails.
    pub async fn floods(&self, publication: i64) -> anyhow::Result<Vec<Flood>> {
        let rows = sqlx::query(
            "SELECT item.contributor_id, MIN(withheld_notice.at) AS first_at, MAX(withheld_notice.at) AS last_at
             FROM withheld_notice JOIN item ON item.item_id = withheld_notice.item_id
             WHERE item.publication_id = $1 GROUP BY item.contributor_id ORDER BY first_at",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("look for withheld notices")?;
        rows.iter()
            .map(|row| {
                let row = Reader::new("withheld_notice", row);
                Ok(Flood {
                    contributor: row.get("contributor_id")?,
                    first_at: row.time("first_at")?,
                    last_at: row.time("last_at")?,
                })
            })
            .collect()
    }
}
