//! Mails that asked other addresses, at the wish of the person who is erased, whether she reads them.
//!
//! Nobody has confirmed those addresses, so that they are neither hers nor anybody else's; that she named them is hers.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use subscribers::EmailAddress;

use crate::store::ledger::WAITING;
use crate::store::row::ms;
use crate::store::suppression::address_hash;
use crate::store::{MailKind, Write};

/// Who asked is known by her row, or for a mail older than that column by the wish that is still open.
const THEIRS: &str = "kind = $4 AND (asked_by IN
        (SELECT subscription_id FROM subscription WHERE publication_id = $1 AND address_key = $2)
    OR (recipient_hash = $3 AND publication_id = $1 AND asked_by IS NULL))";

impl Write {
    /// Empties those mails; what waits never leaves. Gives how many there were. While the subscription is there to be
    /// found.
    pub(super) async fn erase_questions(
        &mut self,
        publication: i64,
        key: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<u64> {
        let asked: Option<String> = sqlx::query_scalar(
            "SELECT address_change.address FROM address_change
             JOIN subscription ON subscription.subscription_id = address_change.subscription_id
             WHERE subscription.publication_id = $1 AND subscription.address_key = $2",
        )
        .bind(publication)
        .bind(key)
        .fetch_optional(self.connection())
        .await
        .context("find the address that a person asked to be confirmed")?;
        let asked = asked.and_then(|asked| EmailAddress::parse(&asked).ok());
        let hash = asked.map(|asked| address_hash(&asked)).unwrap_or_default();
        let replies = format!(
            "UPDATE attempt SET reply = '' WHERE outbox_id IN (SELECT outbox_id FROM outbox WHERE {THEIRS})"
        );
        let waiting = format!(
            "UPDATE outbox SET state = 'abandoned', reason = 'left', settled_at = $5
             WHERE {WAITING} AND {THEIRS}"
        );
        let emptied = format!(
            "UPDATE outbox SET recipient = '', mail = NULL, reply = '', bounce_text = ''
             WHERE recipient <> '' AND {THEIRS}"
        );
        let mut mails = 0;
        for (sql, dated) in [(replies, false), (waiting, true), (emptied, false)] {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(publication)
                .bind(key.to_owned())
                .bind(hash.clone())
                .bind(MailKind::NewAddress.name());
            if dated {
                query = query.bind(ms(at));
            }
            let done = query.execute(self.connection()).await;
            mails = done.context("erase a question to another address")?.rows_affected();
        }
        Ok(mails)
    }
}
