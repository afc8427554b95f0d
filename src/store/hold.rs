//! What a transaction keeps still before it decides, in this order: the publication, its issues, then items. Whoever waits
//! for somebody then waits in a line and never in a ring, which PostgreSQL would break by failing one of them.

use anyhow::Context as _;

use super::Write;

impl Write {
    /// Nobody opens an issue of the publication until the transaction ends. Taken before any issue or item: who then holds
    /// the open ones holds all that will be.
    ///
    /// # Errors
    /// The database fails.
    pub async fn let_no_issue_open(&mut self, publication: i64) -> anyhow::Result<()> {
        self.hold_publication(publication, self.dialect.for_share()).await
    }

    /// Before an issue is opened, for the first time or again: waits for everybody who counts on it that none is. Taken
    /// before any issue or item.
    ///
    /// # Errors
    /// The database fails.
    pub async fn before_an_issue_opens(&mut self, publication: i64) -> anyhow::Result<()> {
        self.hold_publication(publication, self.dialect.for_alone()).await
    }

    async fn hold_publication(&mut self, publication: i64, how: &str) -> anyhow::Result<()> {
        let sql = format!("SELECT publication_id FROM publication WHERE publication_id = $1{how}");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_one(self.connection())
            .await
            .context("hold the publication")?;
        Ok(())
    }

    /// Keeps still, until the transaction ends, the one issue that items can still be put into, and this one beside it; in
    /// the order of their numbers.
    ///
    /// # Errors
    /// The database fails.
    pub async fn hold_issues(&mut self, publication: i64, beside: Option<i64>) -> anyhow::Result<()> {
        let sql = format!(
            "SELECT issue_id FROM issue WHERE publication_id = $1
                 AND (state IN ('draft', 'ready', 'held') OR issue_id = $2)
             ORDER BY issue_id{}",
            self.dialect.for_update()
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            // No issue has this number.
            .bind(beside.unwrap_or(0))
            .fetch_all(self.connection())
            .await
            .context("hold the issues that a decision may change")?;
        Ok(())
    }
}
