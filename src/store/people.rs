//! Subscriptions with their consent, and contributors.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;
use subscribers::{Act, ConsentEvent, EmailAddress, Language, Manner, Pause, Preferences, SubscriptionState};

use super::address_hash;
use super::row::{Reader, json, ms};
use super::{MailKind, Store, Write};

pub struct NewSubscription<'a> {
    pub public_id: i64,
    pub publication: i64,
    pub address: &'a EmailAddress,
    pub state: &'a SubscriptionState,
    pub preferences: &'a Preferences,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub struct SubscriptionRow {
    pub id: i64,
    pub public_id: i64,
    pub address: EmailAddress,
    pub state: SubscriptionState,
    pub preferences: Preferences,
    pub manner: Manner,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub changed_at: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub struct Contributor {
    pub id: i64,
    pub public_id: i64,
    pub address: EmailAddress,
    pub name: String,
    pub reminders: bool,
}

pub(super) const SUBSCRIPTION: &str = "subscription_id, public_id, address, detail, language, municipality, plain_text, pause, \
     confirmed_at, changed_at";

pub(super) fn read_subscription(row: &AnyRow) -> anyhow::Result<SubscriptionRow> {
    let row = Reader::new("subscription", row);
    Ok(SubscriptionRow {
        id: row.get("subscription_id")?,
        public_id: row.get("public_id")?,
        address: row.address("address")?,
        state: row.json("detail")?,
        preferences: Preferences {
            language: row.language("language")?,
            municipality: row.get("municipality")?,
        },
        manner: read_manner(&row)?,
        confirmed_at: row.time_option("confirmed_at")?,
        changed_at: row.time("changed_at")?,
    })
}

/// How the bulletin comes to a reader, from her row.
pub(super) fn read_manner(row: &Reader<'_>) -> anyhow::Result<Manner> {
    let plain_text: i64 = row.get("plain_text")?;
    let pause: String = row.get("pause")?;
    let pause = if pause.is_empty() { None } else { Some(row.json::<Pause>("pause")?) };
    Ok(Manner { plain_text: plain_text == 1, pause })
}

/// A pause as its column holds it.
pub(super) fn written_pause(pause: Option<Pause>) -> anyhow::Result<String> {
    pause.as_ref().map_or_else(|| Ok(String::new()), json)
}

fn confirmed_at(state: &SubscriptionState) -> Option<i64> {
    match state {
        SubscriptionState::Confirmed { at, .. } => Some(ms(*at)),
        SubscriptionState::Pending { .. }
        | SubscriptionState::Unsubscribed { .. }
        | SubscriptionState::Suppressed { .. } => None,
    }
}

impl Write {
    /// # Errors
    /// The database fails, or the address is subscribed already.
    pub async fn keep_subscription(&mut self, new: &NewSubscription<'_>) -> anyhow::Result<i64> {
        sqlx::query_scalar(
            "INSERT INTO subscription (public_id, publication_id, address, address_key, address_hash, state, detail,
                 language, municipality, confirmed_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             RETURNING subscription_id",
        )
        .bind(new.public_id)
        .bind(new.publication)
        .bind(new.address.as_str())
        .bind(new.address.key())
        .bind(address_hash(new.address))
        .bind(new.state.name())
        .bind(json(new.state)?)
        .bind(new.preferences.language.code())
        .bind(&new.preferences.municipality)
        .bind(confirmed_at(new.state))
        .bind(ms(new.at))
        .fetch_one(self.connection())
        .await
        .context("keep a subscription")
    }

    /// # Errors
    /// The database fails.
    pub async fn change_subscription(
        &mut self,
        id: i64,
        state: &SubscriptionState,
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        sqlx::query(
            "UPDATE subscription SET state = $2, detail = $3, confirmed_at = COALESCE($4, confirmed_at),
                 changed_at = $5
             WHERE subscription_id = $1",
        )
        .bind(id)
        .bind(state.name())
        .bind(json(state)?)
        .bind(confirmed_at(state))
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("change a subscription")?;
        Ok(())
    }

    /// The channel of the consent that a subscription stands on: the last that was confirmed or brought.
    ///
    /// # Errors
    /// The database fails.
    pub async fn consent_channel(&mut self, subscription: i64) -> anyhow::Result<Option<String>> {
        sqlx::query_scalar(
            "SELECT channel FROM consent WHERE subscription_id = $1 AND act IN ($2, $3)
             ORDER BY consent_id DESC LIMIT 1",
        )
        .bind(subscription)
        .bind(json(&Act::Confirmed)?)
        .bind(json(&Act::Imported)?)
        .fetch_optional(self.connection())
        .await
        .context("find by which way a consent came")
    }

    /// # Errors
    /// The database fails.
    pub async fn keep_consent(&mut self, subscription: i64, event: &ConsentEvent) -> anyhow::Result<()> {
        sqlx::query(
            "INSERT INTO consent (subscription_id, at, act, words, channel, origin) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(subscription)
        .bind(ms(event.at))
        .bind(json(&event.act)?)
        .bind(&event.words)
        .bind(&event.channel)
        .bind(&event.origin)
        .execute(self.connection())
        .await
        .context("keep a consent event")?;
        Ok(())
    }

    /// The subscription of an address, kept still until the transaction ends.
    ///
    /// # Errors
    /// The database fails.
    pub async fn subscription_of(
        &mut self,
        publication: i64,
        address: &EmailAddress,
    ) -> anyhow::Result<Option<SubscriptionRow>> {
        let sql = format!(
            "SELECT {SUBSCRIPTION} FROM subscription WHERE publication_id = $1 AND address_key = $2{}",
            self.dialect.for_update()
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(address.key())
            .fetch_optional(self.connection())
            .await
            .context("find a subscription")?;
        row.as_ref().map(read_subscription).transpose()
    }

    /// The subscription that a token of ours names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn subscription_by_public_id(
        &mut self,
        public_id: i64,
    ) -> anyhow::Result<Option<SubscriptionRow>> {
        let sql = format!(
            "SELECT {SUBSCRIPTION} FROM subscription WHERE public_id = $1{}",
            self.dialect.for_update()
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(self.connection())
            .await
            .context("find a subscription by its public id")?;
        row.as_ref().map(read_subscription).transpose()
    }

    /// # Errors
    /// The database fails.
    pub async fn subscription_for_change(&mut self, id: i64) -> anyhow::Result<Option<SubscriptionRow>> {
        let sql = format!(
            "SELECT {SUBSCRIPTION} FROM subscription WHERE subscription_id = $1{}",
            self.dialect.for_update()
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .context("find a subscription")?;
        row.as_ref().map(read_subscription).transpose()
    }

    /// Forgets wishes to subscribe that were never confirmed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_unconfirmed(&mut self, before: DateTime<Utc>) -> anyhow::Result<u64> {
        let forgotten = sqlx::query(
            "DELETE FROM subscription WHERE state = 'pending' AND confirmed_at IS NULL AND changed_at < $1",
        )
        .bind(ms(before))
        .execute(self.connection())
        .await
        .context("forget unconfirmed wishes")?;
        Ok(forgotten.rows_affected())
    }

    /// The contributor with this address, made on first sight; a name that is known stays.
    ///
    /// # Errors
    /// The database fails.
    pub async fn contributor(
        &mut self,
        publication: i64,
        address: &EmailAddress,
        name: &str,
        public_id: i64,
        at: DateTime<Utc>,
    ) -> anyhow::Result<i64> {
        sqlx::query_scalar(
            "INSERT INTO contributor (public_id, publication_id, address, address_key, name, first_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (publication_id, address_key) DO UPDATE
                 SET name = CASE WHEN contributor.name = '' THEN excluded.name ELSE contributor.name END
             RETURNING contributor_id",
        )
        .bind(public_id)
        .bind(publication)
        .bind(address.as_str())
        .bind(address.key())
        .bind(name)
        .bind(ms(at))
        .fetch_one(self.connection())
        .await
        .context("keep a contributor")
    }

    /// # Errors
    /// The database fails.
    pub async fn contributor_by_id(&mut self, id: i64) -> anyhow::Result<Option<Contributor>> {
        let sql = format!("SELECT {CONTRIBUTOR} FROM contributor WHERE contributor_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .context("find a contributor")?;
        row.as_ref().map(read_contributor).transpose()
    }

    /// Turns the reminders of the contributor that a token names on or off.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_reminders(&mut self, public_id: i64, on: bool) -> anyhow::Result<bool> {
        let changed = sqlx::query("UPDATE contributor SET reminders = $2 WHERE public_id = $1")
            .bind(public_id)
            .bind(i64::from(on))
            .execute(self.connection())
            .await
            .context("change a contributor's reminders")?;
        Ok(changed.rows_affected() > 0)
    }
}

fn read_contributor(row: &AnyRow) -> anyhow::Result<Contributor> {
    let row = Reader::new("contributor", row);
    let reminders: i64 = row.get("reminders")?;
    Ok(Contributor {
        id: row.get("contributor_id")?,
        public_id: row.get("public_id")?,
        address: row.address("address")?,
        name: row.get("name")?,
        reminders: reminders == 1,
    })
}

fn read_consent(row: &AnyRow) -> anyhow::Result<ConsentEvent> {
    let row = Reader::new("consent", row);
    Ok(ConsentEvent {
        at: row.time("at")?,
        act: row.json::<Act>("act")?,
        words: row.get("words")?,
        channel: row.get("channel")?,
        origin: row.get("origin")?,
    })
}

const CONTRIBUTOR: &str = "contributor_id, public_id, address, name, reminders";

impl Store {
    /// Subscriptions by address; an empty state matches all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn subscriptions(&self, publication: i64, state: &str) -> anyhow::Result<Vec<SubscriptionRow>> {
        let sql = format!(
            "SELECT {SUBSCRIPTION} FROM subscription WHERE publication_id = $1 AND ($2 = '' OR state = $2)
             ORDER BY address_key"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(state)
            .fetch_all(&self.reader)
            .await
            .context("list subscriptions")?;
        rows.iter().map(read_subscription).collect()
    }

    /// The subscription that a token of ours names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn subscription_of_token(&self, public_id: i64) -> anyhow::Result<Option<SubscriptionRow>> {
        let sql = format!("SELECT {SUBSCRIPTION} FROM subscription WHERE public_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(&self.reader)
            .await
            .context("find a subscription by its public id")?;
        row.as_ref().map(read_subscription).transpose()
    }

    /// The subscription whose reader was mailed this link to what is her own, if she has the same address still and the
    /// mail is not over.
    ///
    /// # Errors
    /// The database fails.
    pub async fn subscription_of_own_link(
        &self,
        mail: i64,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<SubscriptionRow>> {
        let sql = format!(
            "SELECT {SUBSCRIPTION} FROM subscription WHERE EXISTS (SELECT 1 FROM outbox
                 WHERE outbox.public_id = $1 AND outbox.kind = $2 AND outbox.expires_at > $3
                     AND outbox.subscription_id = subscription.subscription_id
                     AND outbox.recipient_hash = subscription.address_hash)"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(mail)
            .bind(MailKind::Own.name())
            .bind(ms(now))
            .fetch_optional(&self.reader)
            .await
            .context("find the subscription of a link to what is a reader's own")?;
        row.as_ref().map(read_subscription).transpose()
    }

    /// The history of a subscription's consent.
    ///
    /// # Errors
    /// The database fails.
    pub async fn consent(&self, subscription: i64) -> anyhow::Result<Vec<ConsentEvent>> {
        let rows = sqlx::query(
            "SELECT consent_id, at, act, words, channel, origin FROM consent WHERE subscription_id = $1
             ORDER BY consent_id",
        )
        .bind(subscription)
        .fetch_all(&self.reader)
        .await
        .context("read consent")?;
        rows.iter().map(read_consent).collect()
    }

    /// The history of the consent of every subscription, each oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn consents(&self, publication: i64) -> anyhow::Result<Vec<(i64, ConsentEvent)>> {
        let rows = sqlx::query(
            "SELECT consent.subscription_id, consent.consent_id, consent.at, consent.act, consent.words,
                 consent.channel, consent.origin
             FROM consent JOIN subscription ON subscription.subscription_id = consent.subscription_id
             WHERE subscription.publication_id = $1 ORDER BY consent.consent_id",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("read the consent of everybody")?;
        rows.iter()
            .map(|row| Ok((Reader::new("consent", row).get("subscription_id")?, read_consent(row)?)))
            .collect()
    }

    /// # Errors
    /// The database fails.
    pub async fn contributor(&self, id: i64) -> anyhow::Result<Option<Contributor>> {
        let sql = format!("SELECT {CONTRIBUTOR} FROM contributor WHERE contributor_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(&self.reader)
            .await
            .context("find a contributor")?;
        row.as_ref().map(read_contributor).transpose()
    }

    /// The contributor that a token of ours names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn contributor_of_token(&self, public_id: i64) -> anyhow::Result<Option<Contributor>> {
        let sql = format!("SELECT {CONTRIBUTOR} FROM contributor WHERE public_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(&self.reader)
            .await
            .context("find a contributor by its public id")?;
        row.as_ref().map(read_contributor).transpose()
    }

    /// Contributors who get the monthly reminder and may be mailed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn reminded_contributors(&self, publication: i64) -> anyhow::Result<Vec<Contributor>> {
        let sql = format!(
            "SELECT {CONTRIBUTOR} FROM contributor WHERE publication_id = $1 AND reminders = 1 ORDER BY contributor_id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_all(&self.reader)
            .await
            .context("list contributors")?;
        rows.iter().map(read_contributor).collect()
    }

    /// How many confirmed subscriptions there are.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_confirmed(&self, publication: i64) -> anyhow::Result<i64> {
        sqlx::query_scalar(
            "SELECT COUNT(*) FROM subscription WHERE publication_id = $1 AND state = 'confirmed'",
        )
        .bind(publication)
        .fetch_one(&self.reader)
        .await
        .context("count readers")
    }
}

impl SubscriptionRow {
    pub fn language(&self) -> Language {
        self.preferences.language
    }
}
