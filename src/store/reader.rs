//! What readers choose, and the wish to get the bulletin at another address until it is confirmed there.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;
use subscribers::{Act, EmailAddress, Manner, Pause, Preferences};

use super::people::written_pause;
use super::row::{Reader, json, ms};
use super::{Store, Write, address_hash};

/// A reader wishes to be written to elsewhere.
#[derive(Debug, Clone)]
pub struct AddressChange {
    pub subscription: i64,
    /// Named by the link in the mail to the new address.
    pub public_id: i64,
    pub address: EmailAddress,
    pub requested_at: DateTime<Utc>,
}

const CHANGE: &str = "subscription_id, public_id, address, requested_at";

fn read(row: &AnyRow) -> anyhow::Result<AddressChange> {
    let row = Reader::new("address_change", row);
    Ok(AddressChange {
        subscription: row.get("subscription_id")?,
        public_id: row.get("public_id")?,
        address: row.address("address")?,
        requested_at: row.time("requested_at")?,
    })
}

impl Write {
    /// # Errors
    /// The database fails.
    pub async fn change_preferences(
        &mut self,
        subscription: i64,
        preferences: &Preferences,
        manner: Manner,
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        sqlx::query(
            "UPDATE subscription SET language = $2, municipality = $3, plain_text = $4, pause = $5, changed_at = $6
             WHERE subscription_id = $1",
        )
        .bind(subscription)
        .bind(preferences.language.code())
        .bind(&preferences.municipality)
        .bind(i64::from(manner.plain_text))
        .bind(written_pause(manner.pause)?)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("change a reader's preferences")?;
        Ok(())
    }

    /// What is left of a pause after an issue.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_pause(&mut self, subscription: i64, pause: Option<Pause>) -> anyhow::Result<()> {
        sqlx::query("UPDATE subscription SET pause = $2 WHERE subscription_id = $1")
            .bind(subscription)
            .bind(written_pause(pause)?)
            .execute(self.connection())
            .await
            .context("keep what is left of a pause")?;
        Ok(())
    }

    /// Keeps a wish in the place of the one before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_address_change(&mut self, change: &AddressChange) -> anyhow::Result<()> {
        sqlx::query(
            "INSERT INTO address_change (subscription_id, public_id, address, address_key, requested_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (subscription_id) DO UPDATE SET public_id = excluded.public_id, address = excluded.address,
                 address_key = excluded.address_key, requested_at = excluded.requested_at",
        )
        .bind(change.subscription)
        .bind(change.public_id)
        .bind(change.address.as_str())
        .bind(change.address.key())
        .bind(ms(change.requested_at))
        .execute(self.connection())
        .await
        .context("keep the wish to change an address")?;
        Ok(())
    }

    /// The wish that a link names, kept still until the transaction ends.
    ///
    /// # Errors
    /// The database fails.
    pub async fn address_change_for_change(
        &mut self,
        public_id: i64,
    ) -> anyhow::Result<Option<AddressChange>> {
        let sql =
            format!("SELECT {CHANGE} FROM address_change WHERE public_id = $1{}", self.dialect.for_update());
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(self.connection())
            .await
            .context("find the wish to change an address")?;
        row.as_ref().map(read).transpose()
    }

    /// The wish is fulfilled or taken back.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_address_change(&mut self, subscription: i64) -> anyhow::Result<()> {
        sqlx::query("DELETE FROM address_change WHERE subscription_id = $1")
            .bind(subscription)
            .execute(self.connection())
            .await
            .context("end the wish to change an address")?;
        Ok(())
    }

    /// Forgets wishes that were never confirmed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_address_changes(&mut self, before: DateTime<Utc>) -> anyhow::Result<u64> {
        let forgotten = sqlx::query("DELETE FROM address_change WHERE requested_at < $1")
            .bind(ms(before))
            .execute(self.connection())
            .await
            .context("forget unconfirmed addresses")?;
        Ok(forgotten.rows_affected())
    }

    /// From now on the subscription is that of another address.
    ///
    /// # Errors
    /// The database fails, or somebody subscribes with that address already.
    pub async fn move_subscription(
        &mut self,
        subscription: i64,
        to: &EmailAddress,
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        sqlx::query(
            "UPDATE subscription SET address = $2, address_key = $3, address_hash = $4, changed_at = $5
             WHERE subscription_id = $1",
        )
        .bind(subscription)
        .bind(to.as_str())
        .bind(to.key())
        .bind(address_hash(to))
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("move a subscription to another address")?;
        Ok(())
    }

    /// Forgets a wish to subscribe that was never confirmed, in favour of who confirmed the address.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_wish(&mut self, subscription: i64) -> anyhow::Result<()> {
        sqlx::query("DELETE FROM subscription WHERE subscription_id = $1 AND confirmed_at IS NULL")
            .bind(subscription)
            .execute(self.connection())
            .await
            .context("forget an unconfirmed wish")?;
        Ok(())
    }

    /// The other addresses at which a reader got mail of ours, before she moved. Without those that are somebody's again:
    /// a reader's, an editor's, or of who has written since.
    ///
    /// # Errors
    /// The database fails.
    pub async fn former_addresses(
        &mut self,
        publication: i64,
        address: &EmailAddress,
    ) -> anyhow::Result<Vec<EmailAddress>> {
        let recipients: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT outbox.recipient FROM outbox
             JOIN subscription ON subscription.subscription_id = outbox.subscription_id
             WHERE subscription.publication_id = $1 AND subscription.address_key = $2 AND outbox.recipient <> ''
                 AND outbox.recipient_hash <> subscription.address_hash",
        )
        .bind(publication)
        .bind(address.key())
        .fetch_all(self.connection())
        .await
        .context("find the former addresses of a reader")?;
        let moved: Option<i64> = sqlx::query_scalar(
            "SELECT MAX(consent.at) FROM consent
             JOIN subscription ON subscription.subscription_id = consent.subscription_id
             WHERE subscription.publication_id = $1 AND subscription.address_key = $2 AND consent.act = $3",
        )
        .bind(publication)
        .bind(address.key())
        .bind(json(&Act::Moved)?)
        .fetch_one(self.connection())
        .await
        .context("find when a reader moved")?;
        let mut former = Vec::new();
        for recipient in &recipients {
            let address = EmailAddress::parse(recipient)
                .context("database: table outbox, column recipient is no address")?;
            let others: Vec<i64> = sqlx::query_scalar(
                "SELECT subscription_id FROM subscription WHERE publication_id = $1 AND address_key = $2
                 UNION ALL SELECT editor_id FROM editor WHERE publication_id = $1 AND address_key = $2
                 UNION ALL SELECT contributor_id FROM contributor
                     WHERE publication_id = $1 AND address_key = $2 AND first_at > $3",
            )
            .bind(publication)
            .bind(address.key())
            .bind(moved.unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await
            .context("find who has a former address now")?;
            if others.is_empty() {
                former.push(address);
            }
        }
        Ok(former)
    }
}

impl Store {
    /// What a reader wished last and has not confirmed, if it was after this moment.
    ///
    /// # Errors
    /// The database fails.
    pub async fn address_change(
        &self,
        subscription: i64,
        since: DateTime<Utc>,
    ) -> anyhow::Result<Option<AddressChange>> {
        let sql =
            format!("SELECT {CHANGE} FROM address_change WHERE subscription_id = $1 AND requested_at >= $2");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(subscription)
            .bind(ms(since))
            .fetch_optional(&self.reader)
            .await
            .context("find the wish of a reader to change the address")?;
        row.as_ref().map(read).transpose()
    }

    /// The wish that a link names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn address_change_of_token(&self, public_id: i64) -> anyhow::Result<Option<AddressChange>> {
        let sql = format!("SELECT {CHANGE} FROM address_change WHERE public_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(&self.reader)
            .await
            .context("find the wish that a link names")?;
        row.as_ref().map(read).transpose()
    }
}
