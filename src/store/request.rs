//! Requests counted against a limit, kept in the database so that a restart forgets none.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::Write;
use super::row::ms;

impl Write {
    /// Counts a request in a bucket if fewer than `max` came since `since`. `false` when the bucket is full.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_request(
        &mut self,
        bucket: &str,
        max: i64,
        since: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let counted = sqlx::query(
            "INSERT INTO request (bucket, at)
             SELECT $1, $3 WHERE (SELECT COUNT(*) FROM request WHERE bucket = $1 AND at > $4) < $2",
        )
        .bind(bucket)
        .bind(max)
        .bind(ms(at))
        .bind(ms(since))
        .execute(self.connection())
        .await
        .context("count a request")?;
        Ok(counted.rows_affected() == 1)
    }

    /// Forgets requests older than any limit looks back.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sweep_requests(&mut self, before: DateTime<Utc>) -> anyhow::Result<u64> {
        let swept = sqlx::query("DELETE FROM request WHERE at < $1")
            .bind(ms(before))
            .execute(self.connection())
            .await
            .context("sweep old requests")?;
        Ok(swept.rows_affected())
    }
}
