//! What must outlive the process and belongs to nobody, and the publication's own row.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::row::{Reader, ms};
use super::{Store, Write};

impl Write {
    /// The publication's id, made on first sight.
    ///
    /// # Errors
    /// The database fails.
    pub async fn publication(&mut self, slug: &str, at: DateTime<Utc>) -> anyhow::Result<i64> {
        sqlx::query(
            "INSERT INTO publication (slug, installed_at) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING",
        )
        .bind(slug)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("keep the publication")?;
        sqlx::query_scalar("SELECT publication_id FROM publication WHERE slug = $1")
            .bind(slug)
            .fetch_one(self.connection())
            .await
            .context("find the publication")
    }

    /// The value under a name; `value` becomes it where there is none yet.
    ///
    /// # Errors
    /// The database fails.
    pub async fn setting(&mut self, name: &str, value: &str) -> anyhow::Result<String> {
        sqlx::query("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
            .bind(name)
            .bind(value)
            .execute(self.connection())
            .await
            .context("keep a setting")?;
        sqlx::query_scalar("SELECT value FROM setting WHERE name = $1")
            .bind(name)
            .fetch_one(self.connection())
            .await
            .context("read a setting")
    }
}

impl Store {
    /// When the publication first ran here: no moment of the schedule before it is ever caught up.
    ///
    /// # Errors
    /// The database fails.
    pub async fn installed_at(&self, publication: i64) -> anyhow::Result<DateTime<Utc>> {
        let row =
            sqlx::query("SELECT publication_id, installed_at FROM publication WHERE publication_id = $1")
                .bind(publication)
                .fetch_one(&self.reader)
                .await
                .context("find the publication")?;
        Reader::new("publication", &row).time("installed_at")
    }
}
