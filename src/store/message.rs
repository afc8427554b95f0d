//! Everything ever received: stored with its envelope before the source is acknowledged, understood afterwards.

use std::ops::RangeInclusive;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::reading::{Kind, Report, Unreadable};
use sqlx::any::AnyRow;

use super::row::{Reader, json, ms};
use super::{Store, Write};
use crate::inbound::intake::Held;

/// A mail as it came.
pub struct NewMessage<'a> {
    pub public_id: i64,
    pub publication: i64,
    /// `smtp`, `lmtp`, `imap` or `pipe`.
    pub source: &'static str,
    pub sender: Option<&'a str>,
    pub recipients: &'a [String],
    pub received_at: DateTime<Utc>,
    pub content: &'a [u8],
    /// Set when only the head could be taken: the mail goes to quarantine at once.
    pub quarantined: Option<Unreadable>,
}

#[derive(Debug, Clone)]
pub struct MessageRow {
    pub id: i64,
    pub publication: i64,
    pub source: String,
    pub sender: Option<String>,
    pub recipients: Vec<String>,
    pub received_at: DateTime<Utc>,
    pub sha256: String,
    pub bytes: i64,
    pub state: String,
    pub kind: String,
    pub why: String,
    /// Why it is in quarantine, or was before an editor said what it is.
    pub reason: Option<Unreadable>,
    pub from_address: String,
    pub from_name: String,
    pub subject: String,
    pub header_message_id: String,
    pub tries: i64,
}

/// Where a message ends.
pub enum RouteTo<'a> {
    Routed { why: &'a str },
    Quarantined { why: Unreadable },
}

pub(super) const COLUMNS: &str = "message_id, publication_id, source, sender, recipients, received_at, sha256, bytes, state, kind, \
     why, reason, from_address, from_name, subject, header_message_id, tries";

fn read_reason(row: &Reader<'_>) -> anyhow::Result<Option<Unreadable>> {
    let reason: String = row.get("reason")?;
    if reason.is_empty() { Ok(None) } else { Ok(Some(row.json("reason")?)) }
}

pub(super) fn read(row: &AnyRow) -> anyhow::Result<MessageRow> {
    let row = Reader::new("message", row);
    Ok(MessageRow {
        id: row.get("message_id")?,
        publication: row.get("publication_id")?,
        source: row.get("source")?,
        sender: row.get("sender")?,
        recipients: row.json("recipients")?,
        received_at: row.time("received_at")?,
        sha256: row.get("sha256")?,
        bytes: row.get("bytes")?,
        state: row.get("state")?,
        kind: row.get("kind")?,
        why: row.get("why")?,
        reason: read_reason(&row)?,
        from_address: row.get("from_address")?,
        from_name: row.get("from_name")?,
        subject: row.get("subject")?,
        header_message_id: row.get("header_message_id")?,
        tries: row.get("tries")?,
    })
}

impl Write {
    /// Keeps a message and its bytes. `None` when the very same bytes are ours already.
    ///
    /// # Errors
    /// The database fails; nothing may be acknowledged then.
    pub async fn keep_message(&mut self, new: &NewMessage<'_>) -> anyhow::Result<Option<i64>> {
        let sha256 = self.keep_blob(new.content, "message/rfc822", new.received_at).await?;
        let (state, why, reason) = match &new.quarantined {
            Some(why) => ("quarantined", why.to_string(), json(why)?),
            None => ("received", String::new(), String::new()),
        };
        let bytes = i64::try_from(new.content.len()).context("count the bytes of a message")?;
        sqlx::query_scalar(
            "INSERT INTO message (public_id, publication_id, source, sender, recipients, received_at, sha256, bytes,
                 state, why, kind, reason)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (publication_id, sha256) DO NOTHING
             RETURNING message_id",
        )
        .bind(new.public_id)
        .bind(new.publication)
        .bind(new.source)
        .bind(new.sender)
        .bind(json(&new.recipients)?)
        .bind(ms(new.received_at))
        .bind(sha256)
        .bind(bytes)
        .bind(state)
        .bind(why)
        .bind(if new.quarantined.is_some() { Kind::Unreadable.name() } else { "" })
        .bind(reason)
        .fetch_optional(self.connection())
        .await
        .context("keep a message")
    }

    /// Takes the oldest message that is not understood yet and counts the try, so that a message which kills the
    /// reader is met a limited number of times.
    ///
    /// # Errors
    /// The database fails.
    pub async fn next_received(&mut self, publication: i64) -> anyhow::Result<Option<MessageRow>> {
        let sql = format!(
            "UPDATE message SET tries = tries + 1 WHERE message_id IN (
                 SELECT message_id FROM message WHERE publication_id = $1 AND state = 'received'
                 ORDER BY message_id LIMIT 1{})
             RETURNING {COLUMNS}",
            self.dialect.skip_locked()
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .fetch_optional(self.connection())
            .await
            .context("take a received message")?;
        row.as_ref().map(read).transpose()
    }

    /// Records what a message is and where it went, if it still waits for that. `false` when another was faster.
    ///
    /// # Errors
    /// The database fails.
    pub async fn route_message(&mut self, id: i64, report: &Report, to: RouteTo<'_>) -> anyhow::Result<bool> {
        let (state, why, reason) = match to {
            RouteTo::Routed { why } => ("routed", why.to_owned(), String::new()),
            RouteTo::Quarantined { why } => ("quarantined", why.to_string(), json(&why)?),
        };
        let from = report.from.as_ref();
        let done = sqlx::query(
            "UPDATE message SET state = $2, kind = $3, why = $4, from_address = $5, from_name = $6, subject = $7,
                 header_message_id = $8, report = $9, reason = $10
             WHERE message_id = $1 AND state = 'received'",
        )
        .bind(id)
        .bind(state)
        .bind(report.kind.name())
        .bind(why)
        .bind(from.and_then(|from| from.address.as_deref()).unwrap_or(""))
        .bind(from.and_then(|from| from.name.as_deref()).unwrap_or(""))
        .bind(report.subject.as_deref().unwrap_or(""))
        .bind(report.message_id.as_deref().unwrap_or(""))
        .bind(json(report)?)
        .bind(reason)
        .execute(self.connection())
        .await
        .context("record what a message is")?;
        Ok(done.rows_affected() == 1)
    }

    /// Puts a message that cannot be understood at all into quarantine.
    ///
    /// # Errors
    /// The database fails.
    pub async fn quarantine_message(&mut self, id: i64, why: Unreadable) -> anyhow::Result<()> {
        sqlx::query(
            "UPDATE message SET state = 'quarantined', kind = 'unreadable', why = $2, reason = $3
             WHERE message_id = $1",
        )
        .bind(id)
        .bind(why.to_string())
        .bind(json(&why)?)
        .execute(self.connection())
        .await
        .context("quarantine a message")?;
        Ok(())
    }

    /// An earlier message with the same Message-ID, author and text: the same mail by another way.
    ///
    /// # Errors
    /// The database fails.
    pub async fn same_message(&mut self, id: i64, report: &Report) -> anyhow::Result<Option<i64>> {
        let Some(header) = report.message_id.as_deref().filter(|id| !id.is_empty()) else { return Ok(None) };
        let rows = sqlx::query(
            "SELECT message_id, report FROM message
             WHERE header_message_id = $1 AND message_id <> $2 AND state = 'routed' ORDER BY message_id",
        )
        .bind(header)
        .bind(id)
        .fetch_all(self.connection())
        .await
        .context("look for the same message")?;
        for row in &rows {
            let row = Reader::new("message", row);
            let other: Report = row.json("report")?;
            if other.text == report.text && other.from == report.from && other.kind == report.kind {
                return Ok(Some(row.get("message_id")?));
            }
        }
        Ok(None)
    }

    /// Remembers that a mail of an IMAP mailbox is ours. `message` is its row.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_imap_seen(
        &mut self,
        mailbox: &str,
        uid_validity: u32,
        uid: u32,
        message: i64,
        held: Held,
    ) -> anyhow::Result<()> {
        let moved = match held {
            Held::Whole => 0_i64,
            Held::Moved => 1,
            Held::Head => 2,
        };
        sqlx::query(
            "INSERT INTO imap_seen (mailbox, uid_validity, uid, message_id, moved) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (mailbox, uid_validity, uid) DO NOTHING",
        )
        .bind(mailbox)
        .bind(i64::from(uid_validity))
        .bind(i64::from(uid))
        .bind(message)
        .bind(moved)
        .execute(self.connection())
        .await
        .context("remember a mail of the mailbox")?;
        Ok(())
    }

    /// The server confirmed that a mail was moved away.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_imap_moved(
        &mut self,
        mailbox: &str,
        uid_validity: u32,
        uid: u32,
    ) -> anyhow::Result<()> {
        sqlx::query("UPDATE imap_seen SET moved = 1 WHERE mailbox = $1 AND uid_validity = $2 AND uid = $3")
            .bind(mailbox)
            .bind(i64::from(uid_validity))
            .bind(i64::from(uid))
            .execute(self.connection())
            .await
            .context("remember that a mail was moved")?;
        Ok(())
    }

    /// The row of these bytes.
    ///
    /// # Errors
    /// The database fails.
    pub async fn message_of(&mut self, publication: i64, sha256: &str) -> anyhow::Result<Option<i64>> {
        sqlx::query_scalar("SELECT message_id FROM message WHERE publication_id = $1 AND sha256 = $2")
            .bind(publication)
            .bind(sha256)
            .fetch_optional(self.connection())
            .await
            .context("find a message by its bytes")
    }
}

impl Store {
    /// When the oldest message came that waits to be understood.
    ///
    /// # Errors
    /// The database fails.
    pub async fn oldest_received(&self, publication: i64) -> anyhow::Result<Option<DateTime<Utc>>> {
        let oldest: Option<i64> = sqlx::query_scalar(
            "SELECT MIN(received_at) FROM message WHERE publication_id = $1 AND state = 'received'",
        )
        .bind(publication)
        .fetch_one(&self.reader)
        .await
        .context("look for mail that waits to be read")?;
        oldest.map(super::row::time).transpose()
    }

    /// Messages in the order they came; empty filters match all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn messages(
        &self,
        publication: i64,
        state: &str,
        kind: &str,
    ) -> anyhow::Result<Vec<MessageRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM message
             WHERE publication_id = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR kind = $3) ORDER BY message_id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(publication)
            .bind(state)
            .bind(kind)
            .fetch_all(&self.reader)
            .await
            .context("list messages")?;
        rows.iter().map(read).collect()
    }

    /// # Errors
    /// The database fails.
    pub async fn message(&self, id: i64) -> anyhow::Result<Option<MessageRow>> {
        let sql = format!("SELECT {COLUMNS} FROM message WHERE message_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(&self.reader)
            .await
            .context("find a message")?;
        row.as_ref().map(read).transpose()
    }

    /// How a routed message was understood.
    ///
    /// # Errors
    /// The database fails, or the message is not understood yet.
    pub async fn report(&self, id: i64) -> anyhow::Result<Report> {
        let row = sqlx::query("SELECT message_id, report FROM message WHERE message_id = $1")
            .bind(id)
            .fetch_one(&self.reader)
            .await
            .context("read how a message was understood")?;
        Reader::new("message", &row).json("report")
    }

    /// The items a message became, by message.
    ///
    /// # Errors
    /// The database fails.
    pub async fn items_of_messages(&self, publication: i64) -> anyhow::Result<Vec<(i64, i64)>> {
        let rows = sqlx::query(
            "SELECT message_id, item_id FROM item WHERE publication_id = $1 AND message_id IS NOT NULL
             ORDER BY item_id",
        )
        .bind(publication)
        .fetch_all(&self.reader)
        .await
        .context("list the items of messages")?;
        let pair = |row: &AnyRow| {
            let row = Reader::new("item", row);
            Ok((row.get("message_id")?, row.get("item_id")?))
        };
        rows.iter().map(pair).collect()
    }

    /// What we hold of the mails of a mailbox with these UIDs.
    ///
    /// # Errors
    /// The database fails.
    pub async fn imap_seen(
        &self,
        mailbox: &str,
        uid_validity: u32,
        uids: RangeInclusive<u32>,
    ) -> anyhow::Result<Vec<(u32, Held)>> {
        let rows = sqlx::query(
            "SELECT uid, moved FROM imap_seen
             WHERE mailbox = $1 AND uid_validity = $2 AND uid >= $3 AND uid <= $4 ORDER BY uid",
        )
        .bind(mailbox)
        .bind(i64::from(uid_validity))
        .bind(i64::from(*uids.start()))
        .bind(i64::from(*uids.end()))
        .fetch_all(&self.reader)
        .await
        .context("read what we have of the mailbox")?;
        let held = |row: &AnyRow| {
            let row = Reader::new("imap_seen", row);
            let moved: i64 = row.get("moved")?;
            let held = match moved {
                0 => Held::Whole,
                1 => Held::Moved,
                _ => Held::Head,
            };
            Ok((row.whole("uid")?, held))
        };
        rows.iter().map(held).collect()
    }
}
