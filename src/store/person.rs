//! What the database holds of one person, for her own eyes (GDPR article 15): nothing is left out because it is
//! inconvenient, and nothing of others is put in.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::any::AnyRow;
use subscribers::EmailAddress;

use super::item::{self, ItemRow};
use super::letter::{self, LetterRow};
use super::row::Reader;
use super::{Store, address_hash};

/// A mail that was received from the person.
#[derive(Debug, Clone)]
pub struct Mailed {
    pub at: DateTime<Utc>,
    pub subject: String,
    /// The words as they were read; empty until then.
    pub text: String,
    pub bytes: i64,
}

/// A mail of ours to the person.
#[derive(Debug, Clone)]
pub struct Mailing {
    pub at: DateTime<Utc>,
    pub kind: String,
    pub state: String,
}

/// What is wanted of a report; a mail that waits to be understood has an empty one.
#[derive(Deserialize)]
struct Words {
    #[serde(default)]
    text: String,
}

impl Store {
    /// The contributor with this address.
    ///
    /// # Errors
    /// The database fails.
    pub async fn contributor_of(
        &self,
        publication: i64,
        address: &EmailAddress,
    ) -> anyhow::Result<Option<super::Contributor>> {
        let id: Option<i64> = sqlx::query_scalar(
            "SELECT contributor_id FROM contributor WHERE publication_id = $1 AND address_key = $2",
        )
        .bind(publication)
        .bind(address.key())
        .fetch_optional(&self.reader)
        .await
        .context("find a contributor by the address")?;
        match id {
            Some(id) => self.contributor(id).await,
            None => Ok(None),
        }
    }

    /// The items that a contributor sent, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn items_of_contributor(&self, contributor: i64) -> anyhow::Result<Vec<ItemRow>> {
        let sql = format!("SELECT {} FROM item WHERE contributor_id = $1 ORDER BY item_id", item::COLUMNS);
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(contributor)
            .fetch_all(&self.reader)
            .await
            .context("list the items of a contributor")?;
        rows.iter().map(item::read).collect()
    }

    /// The letters that came from an address, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn letters_from(
        &self,
        publication: i64,
        address: &EmailAddress,
    ) -> anyhow::Result<Vec<LetterRow>> {
        let sql = format!(
            "SELECT {} FROM letter WHERE publication_id = $1 AND LOWER(from_address) = $2 ORDER BY letter_id",
            letter::COLUMNS
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(address.key())
            .fetch_all(&self.reader)
            .await
            .context("list the letters of a person")?;
        rows.iter().map(letter::read).collect()
    }

    /// The mails that came from an address, oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn mails_from(&self, publication: i64, address: &EmailAddress) -> anyhow::Result<Vec<Mailed>> {
        let rows = sqlx::query(
            "SELECT message_id, received_at, subject, report, bytes FROM message
             WHERE publication_id = $1 AND LOWER(from_address) = $2 ORDER BY message_id",
        )
        .bind(publication)
        .bind(address.key())
        .fetch_all(&self.reader)
        .await
        .context("list the mails of a person")?;
        let read = |row: &AnyRow| {
            let row = Reader::new("message", row);
            Ok(Mailed {
                at: row.time("received_at")?,
                subject: row.get("subject")?,
                text: row.json::<Words>("report")?.text,
                bytes: row.get("bytes")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// The mails that we sent to an address or have queued for it, oldest first; those of a subscription at its former
    /// addresses too.
    ///
    /// # Errors
    /// The database fails.
    pub async fn mails_to(
        &self,
        publication: i64,
        address: &EmailAddress,
        subscription: i64,
    ) -> anyhow::Result<Vec<Mailing>> {
        let rows = sqlx::query(
            "SELECT outbox_id, created_at, kind, state FROM outbox
             WHERE publication_id = $1 AND (recipient_hash = $2 OR subscription_id = $3) ORDER BY outbox_id",
        )
        .bind(publication)
        .bind(address_hash(address))
        .bind(subscription)
        .fetch_all(&self.reader)
        .await
        .context("list the mails to a person")?;
        let read = |row: &AnyRow| {
            let row = Reader::new("outbox", row);
            Ok(Mailing { at: row.time("created_at")?, kind: row.get("kind")?, state: row.get("state")? })
        };
        rows.iter().map(read).collect()
    }

    /// The last part of the address of an item's page in this issue, where it stands in it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn place_of_item(&self, item: i64, issue: i64) -> anyhow::Result<Option<String>> {
        sqlx::query_scalar("SELECT slug FROM issue_item WHERE item_id = $1 AND issue_id = $2")
            .bind(item)
            .bind(issue)
            .fetch_optional(&self.reader)
            .await
            .context("find the place of an item in an issue")
    }

    /// The item that a token of ours names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn item_of_token(&self, public_id: i64) -> anyhow::Result<Option<ItemRow>> {
        let sql = format!("SELECT {} FROM item WHERE public_id = $1", item::COLUMNS);
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(&self.reader)
            .await
            .context("find the item that a link names")?;
        row.as_ref().map(item::read).transpose()
    }
}
