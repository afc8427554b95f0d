//! How much waits, for the desk.

use anyhow::Context as _;

use super::Store;
use super::row::Reader;

/// What waits for an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Items that are pending.
    pub items: usize,
    /// Letters that are open.
    pub letters: usize,
}

impl Store {
    /// # Errors
    /// The database fails.
    pub async fn waiting(&self, publication: i64) -> anyhow::Result<Waiting> {
        let row = sqlx::query(
            "SELECT
                 (SELECT COUNT(*) FROM item WHERE publication_id = $1 AND state = 'pending') AS items,
                 (SELECT COUNT(*) FROM letter WHERE publication_id = $1 AND state = 'open') AS letters",
        )
        .bind(publication)
        .fetch_one(&self.reader)
        .await
        .context("count what waits")?;
        let row = Reader::new("publication", &row);
        Ok(Waiting { items: row.whole("items")?, letters: row.whole("letters")? })
    }
}
