//! What must outlive the process and belongs to nobody, and the publication's own row.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::row::ms;
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
    pub async fn setting_or(&mut self, name: &str, value: &str) -> anyhow::Result<String> {
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

impl Write {
    /// Sets the value under a name.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_setting(&mut self, name: &str, value: &str) -> anyhow::Result<()> {
        sqlx::query(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(self.connection())
        .await
        .context("keep a setting")?;
        Ok(())
    }
}

impl Store {
    /// # Errors
    /// The database fails.
    pub async fn setting(&self, name: &str) -> anyhow::Result<Option<String>> {
        sqlx::query_scalar("SELECT value FROM setting WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.reader)
            .await
            .context("read a setting")
    }
}
