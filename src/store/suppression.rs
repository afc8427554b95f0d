//! The suppression list. It knows addresses by a hash, so that it can outlive an erasure.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use sqlx::any::AnyRow;
use subscribers::{EmailAddress, Suppression, SuppressionReason};

use super::outbox::MailKind;
use super::row::{Reader, ms};
use super::{Store, Write};

/// What the suppression list knows an address by.
pub fn address_hash(address: &EmailAddress) -> String {
    HEXLOWER.encode(&Sha256::digest(address.key().as_bytes()))
}

/// What caps count by: the same for all tags of one mailbox.
pub fn mailbox_hash(address: &EmailAddress) -> String {
    HEXLOWER.encode(&Sha256::digest(address.mailbox_key().as_bytes()))
}

/// Who takes an address off the list, and why: kept.
#[derive(Debug, Clone, Copy)]
pub struct Lifted<'a> {
    pub at: DateTime<Utc>,
    pub by: &'a str,
    pub why: &'a str,
}

const SUPPRESSION: &str = "SELECT reason, at, note FROM suppression WHERE address_hash = $1";

fn read(row: &AnyRow) -> anyhow::Result<Suppression> {
    let row = Reader::new("suppression", row);
    let reason: String = row.get("reason")?;
    let reason = SuppressionReason::parse(&reason).context("database: table suppression, column reason")?;
    Ok(Suppression { reason, at: row.time("at")?, note: row.get("note")? })
}

/// The reasons that a confirmation ends, as SQL lists them: names of ours, from the one rule there is.
fn ending_with_a_confirmation() -> String {
    let reasons = SuppressionReason::ALL.into_iter().filter(|reason| reason.ends_with_a_confirmation());
    reasons.map(|reason| format!("'{}'", reason.name())).collect::<Vec<_>>().join(", ")
}

/// The condition that a mail of a kind must not go to an address: the rule of
/// [`SuppressionReason::ends_with_a_confirmation`] for many rows at once. `kind` and `hash` are expressions of SQL.
pub(super) fn suppressed(kind: &str, hash: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM suppression WHERE suppression.address_hash = {hash}
             AND NOT ({kind} = '{}' AND suppression.reason IN ({})))",
        MailKind::Confirmation.name(),
        ending_with_a_confirmation()
    )
}

impl Write {
    /// Puts an address on the list. What stands there already stays, unless the new reason is graver: one that no
    /// confirmation ends.
    ///
    /// # Errors
    /// The database fails.
    pub async fn suppress(&mut self, hash: &str, suppression: &Suppression) -> anyhow::Result<()> {
        let lighter = ending_with_a_confirmation();
        let sql = format!(
            "INSERT INTO suppression (address_hash, reason, at, note) VALUES ($1, $2, $3, $4)
             ON CONFLICT (address_hash) DO UPDATE
                 SET reason = excluded.reason, at = excluded.at, note = excluded.note
                 WHERE suppression.reason IN ({lighter}) AND excluded.reason NOT IN ({lighter})"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(hash)
            .bind(suppression.reason.name())
            .bind(ms(suppression.at))
            .bind(&suppression.note)
            .execute(self.connection())
            .await
            .context("suppress an address")?;
        Ok(())
    }

    /// Takes an address off the list and keeps who did it and why. Gives what stood there.
    ///
    /// # Errors
    /// The database fails.
    pub async fn lift_suppression(
        &mut self,
        hash: &str,
        lifted: Lifted<'_>,
    ) -> anyhow::Result<Option<Suppression>> {
        let Some(suppression) = self.suppression(hash).await? else { return Ok(None) };
        sqlx::query(
            "INSERT INTO lifted_suppression
                 (address_hash, reason, suppressed_at, note, lifted_at, by_whom, why)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(hash)
        .bind(suppression.reason.name())
        .bind(ms(suppression.at))
        .bind(&suppression.note)
        .bind(ms(lifted.at))
        .bind(lifted.by)
        .bind(lifted.why)
        .execute(self.connection())
        .await
        .context("keep why a suppression is lifted")?;
        sqlx::query("DELETE FROM suppression WHERE address_hash = $1")
            .bind(hash)
            .execute(self.connection())
            .await
            .context("lift a suppression")?;
        Ok(Some(suppression))
    }

    /// Why an address is suppressed, if it is.
    ///
    /// # Errors
    /// The database fails.
    pub async fn suppression(&mut self, hash: &str) -> anyhow::Result<Option<Suppression>> {
        let row = sqlx::query(SUPPRESSION)
            .bind(hash)
            .fetch_optional(self.connection())
            .await
            .context("ask whether an address is suppressed")?;
        row.as_ref().map(read).transpose()
    }
}

impl Store {
    /// What was lifted from an address: the reason it was suppressed for, and why that was taken back; oldest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn lifted_suppressions(&self, hash: &str) -> anyhow::Result<Vec<(String, String)>> {
        let rows = sqlx::query(
            "SELECT lifted_suppression_id, reason, why FROM lifted_suppression WHERE address_hash = $1
             ORDER BY lifted_suppression_id",
        )
        .bind(hash)
        .fetch_all(&self.reader)
        .await
        .context("list lifted suppressions")?;
        let pair = |row: &AnyRow| {
            let row = Reader::new("lifted_suppression", row);
            Ok((row.get("reason")?, row.get("why")?))
        };
        rows.iter().map(pair).collect()
    }

    /// Why an address is suppressed, if it is.
    ///
    /// # Errors
    /// The database fails.
    pub async fn suppression(&self, hash: &str) -> anyhow::Result<Option<Suppression>> {
        let row = sqlx::query(SUPPRESSION)
            .bind(hash)
            .fetch_optional(&self.reader)
            .await
            .context("ask whether an address is suppressed")?;
        row.as_ref().map(read).transpose()
    }
}
