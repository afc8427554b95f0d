//! Moments of the schedule that have been dealt with, each once and for all.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::row::{ms, time};
use super::{Store, Write};

impl Write {
    /// Takes a moment of a job, fired or skipped. `false` when it has been taken before.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_moment(
        &mut self,
        publication: i64,
        job: &str,
        moment: DateTime<Utc>,
        fired: bool,
        at: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let taken = sqlx::query(
            "INSERT INTO job_moment (publication_id, job, moment, fired, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (publication_id, job, moment) DO NOTHING",
        )
        .bind(publication)
        .bind(job)
        .bind(ms(moment))
        .bind(i64::from(fired))
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("take a moment of the schedule")?;
        Ok(taken.rows_affected() == 1)
    }
}

impl Store {
    /// The last moment of a job that was dealt with.
    ///
    /// # Errors
    /// The database fails.
    pub async fn last_moment(&self, publication: i64, job: &str) -> anyhow::Result<Option<DateTime<Utc>>> {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT MAX(moment) FROM job_moment WHERE publication_id = $1 AND job = $2")
                .bind(publication)
                .bind(job)
                .fetch_one(&self.reader)
                .await
                .context("read the last moment of a job")?;
        last.map(time).transpose()
    }
}
