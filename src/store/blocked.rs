//! Senders from whom an editor takes no news or letters any more. Known by a hash, as on the suppression list, so that
//! an erasure leaves no address behind.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;
use subscribers::EmailAddress;

use super::row::{Reader, ms};
use super::{Store, Write, address_hash};

/// A sender who is not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockedSender {
    pub id: i64,
    /// Empty once the person is erased.
    pub address: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

const COLUMNS: &str = "blocked_sender_id, address, by_whom, at";

fn read(row: &AnyRow) -> anyhow::Result<BlockedSender> {
    let row = Reader::new("blocked_sender", row);
    Ok(BlockedSender {
        id: row.get("blocked_sender_id")?,
        address: row.get("address")?,
        by: row.get("by_whom")?,
        at: row.time("at")?,
    })
}

impl Write {
    /// Who is blocked already stays so, with who did it first: `false` then.
    ///
    /// # Errors
    /// The database fails.
    pub async fn block_sender(
        &mut self,
        publication: i64,
        address: &EmailAddress,
        by: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let done = sqlx::query(
            "INSERT INTO blocked_sender (publication_id, address_hash, address, by_whom, at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (publication_id, address_hash) DO NOTHING",
        )
        .bind(publication)
        .bind(address_hash(address))
        .bind(address.as_str())
        .bind(by)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("block a sender")?;
        Ok(done.rows_affected() == 1)
    }

    /// `false` when there is no such one any more.
    ///
    /// # Errors
    /// The database fails.
    pub async fn unblock_sender(&mut self, publication: i64, id: i64) -> anyhow::Result<bool> {
        let done =
            sqlx::query("DELETE FROM blocked_sender WHERE publication_id = $1 AND blocked_sender_id = $2")
                .bind(publication)
                .bind(id)
                .execute(self.connection())
                .await
                .context("take in a sender again")?;
        Ok(done.rows_affected() == 1)
    }

    /// Is one of these addresses blocked?
    ///
    /// # Errors
    /// The database fails.
    pub async fn is_blocked(&mut self, publication: i64, addresses: &[EmailAddress]) -> anyhow::Result<bool> {
        for address in addresses {
            let blocked: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM blocked_sender WHERE publication_id = $1 AND address_hash = $2",
            )
            .bind(publication)
            .bind(address_hash(address))
            .fetch_one(self.connection())
            .await
            .context("ask whether a sender is blocked")?;
            if blocked > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Store {
    /// # Errors
    /// The database fails.
    pub async fn blocked_sender(
        &self,
        publication: i64,
        address: &EmailAddress,
    ) -> anyhow::Result<Option<BlockedSender>> {
        let sql =
            format!("SELECT {COLUMNS} FROM blocked_sender WHERE publication_id = $1 AND address_hash = $2");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(address_hash(address))
            .fetch_optional(&self.reader)
            .await
            .context("find a blocked sender")?;
        row.as_ref().map(read).transpose()
    }

    /// All of them, the latest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn blocked_senders(&self, publication: i64) -> anyhow::Result<Vec<BlockedSender>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM blocked_sender WHERE publication_id = $1
             ORDER BY at DESC, blocked_sender_id DESC"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_all(&self.reader)
            .await
            .context("list blocked senders")?;
        rows.iter().map(read).collect()
    }
}
