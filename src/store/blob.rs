//! Bytes by their SHA-256: raw mail, photos and documents, in chunks, so that a backup of the database is whole.

use anyhow::{Context as _, ensure};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;

use super::row::{Reader, ms};
use super::{Store, Write};

/// Largest chunk in octets.
pub const BLOB_CHUNK_BYTES: usize = 1 << 20;

pub struct StoredBlob {
    pub media_type: String,
    pub content: Vec<u8>,
}

/// SHA-256 in lower-case hex: the name of a blob.
pub fn sha256(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content))
}

impl Write {
    /// Keeps bytes under their SHA-256; keeping them twice is keeping them once.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_blob(
        &mut self,
        content: &[u8],
        media_type: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<String> {
        let name = sha256(content);
        let bytes = i64::try_from(content.len()).context("count the bytes of a blob")?;
        let new = sqlx::query(
            "INSERT INTO blob (sha256, media_type, bytes, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (sha256) DO NOTHING",
        )
        .bind(&name)
        .bind(media_type)
        .bind(bytes)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("keep a blob")?;
        if new.rows_affected() == 0 {
            return Ok(name);
        }
        for (number, chunk) in (0_i64..).zip(content.chunks(BLOB_CHUNK_BYTES)) {
            sqlx::query("INSERT INTO blob_chunk (sha256, number, content) VALUES ($1, $2, $3)")
                .bind(&name)
                .bind(number)
                .bind(chunk)
                .execute(self.connection())
                .await
                .context("keep a chunk of a blob")?;
        }
        Ok(name)
    }
}

impl Store {
    /// How many bytes a blob has, without reading them.
    ///
    /// # Errors
    /// The database fails.
    pub async fn blob_size(&self, sha256: &str) -> anyhow::Result<Option<i64>> {
        sqlx::query_scalar("SELECT bytes FROM blob WHERE sha256 = $1")
            .bind(sha256)
            .fetch_optional(&self.reader)
            .await
            .context("ask how large a blob is")
    }

    /// The bytes of a blob, checked for completeness.
    ///
    /// # Errors
    /// The database fails, or holds less than it should.
    pub async fn blob(&self, sha256: &str) -> anyhow::Result<Option<StoredBlob>> {
        let found = sqlx::query("SELECT media_type, bytes FROM blob WHERE sha256 = $1")
            .bind(sha256)
            .fetch_optional(&self.reader)
            .await
            .context("look for a blob")?;
        let Some(row) = found else { return Ok(None) };
        let reader = Reader::new("blob", &row);
        let (media_type, bytes): (String, usize) = (reader.get("media_type")?, reader.whole("bytes")?);
        let chunks = sqlx::query("SELECT content FROM blob_chunk WHERE sha256 = $1 ORDER BY number")
            .bind(sha256)
            .fetch_all(&self.reader)
            .await
            .context("read a blob")?;
        let mut content = Vec::with_capacity(bytes);
        for chunk in &chunks {
            content.extend_from_slice(chunk.try_get("content").context("read a chunk of a blob")?);
        }
        ensure!(content.len() == bytes, "database: blob {sha256} has {} of {bytes} bytes", content.len());
        Ok(Some(StoredBlob { media_type, content }))
    }
}
