//! Notices that were withheld, and what notices about one sender are counted by.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use subscribers::EmailAddress;

use super::outbox::MailKind;
use super::row::{Reader, json, ms};
use super::{Store, Write};

/// An item about which the editors have had no notice.
#[derive(Debug, Clone)]
pub struct Withheld {
    pub item: i64,
    pub at: DateTime<Utc>,
    /// `None` where we know no address.
    pub sender: Option<EmailAddress>,
}

fn sender_of(row: &Reader<'_>) -> anyhow::Result<Option<EmailAddress>> {
    let address: Option<String> = row.get("address")?;
    Ok(address.and_then(|address| EmailAddress::parse(&address).ok()))
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
            if sender_of(&row)?.map(|of| of.mailbox_key()) == mailbox {
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

    /// Takes the withheld notices about these items: gives those that nobody else has taken, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_withheld(&mut self, items: &[i64]) -> anyhow::Result<Vec<i64>> {
        let sql = format!(
            "DELETE FROM withheld_notice WHERE {} RETURNING item_id",
            self.dialect.is_among("item_id", "$1")
        );
        let mut items: Vec<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(json(&items)?)
            .fetch_all(self.connection())
            .await
            .context("take withheld notices")?;
        items.sort_unstable();
        Ok(items)
    }
}

impl Store {
    /// Items about which notices were withheld, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn withheld(&self, publication: i64) -> anyhow::Result<Vec<Withheld>> {
        let rows = sqlx::query(
            "SELECT withheld_notice.item_id, withheld_notice.at, contributor.address
             FROM withheld_notice JOIN item ON item.item_id = withheld_notice.item_id
                 LEFT JOIN contributor ON contributor.contributor_id = item.contributor_id
             WHERE item.publication_id = $1 ORDER BY withheld_notice.at",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("look for withheld notices")?;
        rows.iter()
            .map(|row| {
                let row = Reader::new("withheld_notice", row);
                Ok(Withheld { item: row.get("item_id")?, at: row.time("at")?, sender: sender_of(&row)? })
            })
            .collect()
    }
}
