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

/// An item on which was decided, and of which the other editors have not been told.
#[derive(Debug, Clone)]
pub struct Untold {
    pub item: i64,
    pub since: DateTime<Utc>,
    pub at: DateTime<Utc>,
}

/// A mail that told an editor about an item.
#[derive(Debug, Clone)]
pub struct Noticed {
    pub public_id: i64,
    pub message_id: String,
    /// A notice with a link to decide, and not what somebody else decided.
    pub is_notice: bool,
    /// The revision of the item that it told of.
    pub revision: Option<i64>,
}

/// Notices that an editor got in a while.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Announced {
    pub of_all: usize,
    pub of_sender: usize,
}

fn sender_of(row: &Reader<'_>) -> anyhow::Result<Option<EmailAddress>> {
    let address: Option<String> = row.get("address")?;
    Ok(address.and_then(|address| EmailAddress::parse(&address).ok()))
}

impl Write {
    /// Notices since then, of all that came, and of what came from one mailbox, whatever its tags; `None` for all whose
    /// address we do not know. The most that any one editor got.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_announced(
        &mut self,
        publication: i64,
        sender: Option<&EmailAddress>,
        since: DateTime<Utc>,
    ) -> anyhow::Result<Announced> {
        let rows = sqlx::query(
            "SELECT outbox.recipient_hash, contributor.address FROM outbox
                 JOIN item ON item.item_id = outbox.item_id
                 LEFT JOIN contributor ON contributor.contributor_id = item.contributor_id
             WHERE outbox.created_at > $1 AND outbox.priority = 0 AND outbox.kind = $2
                 AND outbox.publication_id = $3",
        )
        .bind(ms(since))
        .bind(MailKind::Notice.name())
        .bind(publication)
        .fetch_all(self.connection())
        .await
        .context("count the items that editors were told of")?;
        let mailbox = sender.map(EmailAddress::mailbox_key);
        let mut counts: HashMap<String, Announced> = HashMap::new();
        for row in &rows {
            let row = Reader::new("outbox", row);
            let count = counts.entry(row.get("recipient_hash")?).or_default();
            count.of_all += 1;
            count.of_sender += usize::from(sender_of(&row)?.map(|of| of.mailbox_key()) == mailbox);
        }
        let most = |of: fn(&Announced) -> usize| counts.values().map(of).max().unwrap_or(0);
        Ok(Announced { of_all: most(|count| count.of_all), of_sender: most(|count| count.of_sender) })
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

    /// Remembers that an item was decided on, for the other editors.
    ///
    /// # Errors
    /// The database fails.
    pub async fn note_decision(&mut self, item: i64, at: DateTime<Utc>) -> anyhow::Result<()> {
        sqlx::query(
            "INSERT INTO untold_decision (item_id, since, at) VALUES ($1, $2, $2)
             ON CONFLICT (item_id) DO UPDATE SET at = excluded.at",
        )
        .bind(item)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("note a decision")?;
        Ok(())
    }

    /// Takes it up, as it was seen: `false` when somebody else has, or when something was decided since.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_untold_decision(&mut self, untold: &Untold) -> anyhow::Result<bool> {
        let taken = sqlx::query("DELETE FROM untold_decision WHERE item_id = $1 AND at = $2")
            .bind(untold.item)
            .bind(ms(untold.at))
            .execute(self.connection())
            .await
            .context("take up a decision")?;
        Ok(taken.rows_affected() == 1)
    }

    /// Mails since then that told of one decision. The most that any one editor got.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_told(&mut self, publication: i64, since: DateTime<Utc>) -> anyhow::Result<usize> {
        let rows: Vec<i64> = sqlx::query_scalar(
            "SELECT COUNT(*) FROM outbox
             WHERE publication_id = $1 AND kind = $2 AND created_at > $3 AND priority = 0
             GROUP BY recipient_hash",
        )
        .bind(publication)
        .bind(MailKind::Decided.name())
        .bind(ms(since))
        .fetch_all(self.connection())
        .await
        .context("count what editors were told")?;
        Ok(usize::try_from(rows.into_iter().max().unwrap_or(0))?)
    }

    /// What an editor was told about an item, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn noticed(&mut self, item: i64, recipient_hash: &str) -> anyhow::Result<Vec<Noticed>> {
        let rows = sqlx::query(
            "SELECT public_id, message_id, kind, item_revision FROM outbox
             WHERE item_id = $1 AND recipient_hash = $2 AND kind IN ($3, $4) ORDER BY outbox_id",
        )
        .bind(item)
        .bind(recipient_hash)
        .bind(MailKind::Notice.name())
        .bind(MailKind::Decided.name())
        .fetch_all(self.connection())
        .await
        .context("find what an editor was told about an item")?;
        let noticed = |row| {
            let row = Reader::new("outbox", row);
            let kind: String = row.get("kind")?;
            Ok(Noticed {
                public_id: row.get("public_id")?,
                message_id: row.get("message_id")?,
                is_notice: kind == MailKind::Notice.name(),
                revision: row.get("item_revision")?,
            })
        };
        rows.iter().map(noticed).collect()
    }
}

impl Store {
    /// Decisions of which the other editors have not been told, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn untold_decisions(&self, publication: i64) -> anyhow::Result<Vec<Untold>> {
        let rows = sqlx::query(
            "SELECT untold_decision.item_id, untold_decision.since, untold_decision.at
             FROM untold_decision JOIN item ON item.item_id = untold_decision.item_id
             WHERE item.publication_id = $1 ORDER BY untold_decision.since, untold_decision.item_id",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("look for decisions to tell of")?;
        let untold = |row| {
            let row = Reader::new("untold_decision", row);
            Ok(Untold { item: row.get("item_id")?, since: row.time("since")?, at: row.time("at")? })
        };
        rows.iter().map(untold).collect()
    }

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
