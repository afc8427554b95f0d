//! Taking a person out of the database (GDPR article 17).
//!
//! What is theirs goes: subscription and consent, the row of the contributor, letters, the mails they sent, items that
//! no editor approved, and what mails of ours said to them or about them. Rows that keep order stay without their
//! words: a received mail, so that it is not fetched again; a delivery, so that the ledger still adds up. What is
//! approved or published stays as the publication's record (article 17(3)(a)), as does what others wrote.

mod names;
mod questions;

use std::collections::BTreeSet;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::reading::{Kind, Report, Unreadable};
use issues::{Item, ItemContent, ItemState};
use serde::Serialize;
use sqlx::Row as _;
use subscribers::EmailAddress;

use self::names::{head_names, report_names};
use super::ledger::WAITING;
use super::row::{Reader, json, like, ms};
use super::suppression::address_hash;
use super::{Dialect, Write};

/// What stands in `why` of a received mail whose words are gone.
pub const ERASED: &str = "erased at the person's wish";
/// Mails to editors that list titles or senders, and whose rows name no item: one of them may be about anybody, and
/// nobody needs its bytes once it has left.
const LISTS: &str = "('more_news', 'waiting', 'more_decided', 'too_large', 'held', 'draft_ready')";

/// Mails to editors about one item, which their rows name.
pub(super) const ABOUT_ITEMS: &str = "('notice', 'by_reply', 'decided')";

/// What was erased of a person, and what stays.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Erased {
    pub subscriptions: u64,
    pub contributors: u64,
    pub letters: u64,
    /// Mails received from the person, and machines' reports about them.
    pub messages: u64,
    /// Items that no editor had approved.
    pub items: u64,
    /// Mails of ours to the person.
    pub mails: u64,
    /// Items that stay, approved or published.
    pub items_kept: u64,
}

impl Erased {
    /// Was there anything at all of the person?
    pub fn any(&self) -> bool {
        let Erased { subscriptions, contributors, letters, messages, items, mails, items_kept: _ } = *self;
        subscriptions + contributors + letters + messages + items + mails > 0
    }
}

impl std::ops::AddAssign for Erased {
    fn add_assign(&mut self, more: Self) {
        let Erased { subscriptions, contributors, letters, messages, items, mails, items_kept } = more;
        self.subscriptions += subscriptions;
        self.contributors += contributors;
        self.letters += letters;
        self.messages += messages;
        self.items += items;
        self.mails += mails;
        self.items_kept += items_kept;
    }
}

fn is(address: &EmailAddress, text: &str) -> bool {
    EmailAddress::parse(text).is_ok_and(|other| other == *address)
}

impl Write {
    /// Takes a person out, as the head of this file says. The hash of the address stays where it stands.
    ///
    /// # Errors
    /// The database fails.
    pub async fn erase_person(
        &mut self,
        publication: i64,
        address: &EmailAddress,
        at: DateTime<Utc>,
    ) -> anyhow::Result<Erased> {
        let (hash, key) = (address_hash(address), address.key());
        if self.dialect == Dialect::Sqlite {
            // Freed pages would keep the words otherwise.
            sqlx::query("PRAGMA secure_delete = ON")
                .execute(self.connection())
                .await
                .context("overwrite what is erased")?;
        }
        let letters = self.letters_of(publication, address).await?;
        let mut messages = self.messages_of(publication, address).await?;
        messages.extend(letters.iter().map(|(_, message)| *message));
        let messages: Vec<i64> = messages.into_iter().collect();
        let contributor: Option<i64> = sqlx::query_scalar(
            "SELECT contributor_id FROM contributor WHERE publication_id = $1 AND address_key = $2",
        )
        .bind(publication)
        .bind(&key)
        .fetch_optional(self.connection())
        .await
        .context("find a contributor")?;
        let (gone, kept) = self.items_of(contributor, &messages).await?;
        let all: Vec<i64> = gone.iter().chain(&kept).copied().collect();

        let mails = self.erase_mails(publication, &hash, &all, &messages, at).await?;
        let letters: Vec<i64> = letters.into_iter().map(|(letter, _)| letter).collect();
        self.on_each("DELETE FROM letter WHERE letter_id IN", &letters).await?;
        self.on_each("DELETE FROM item_reply WHERE message_id IN", &messages).await?;
        // What an editor was typing may quote the person, also about an item that stays.
        self.on_each("DELETE FROM draft WHERE item_id IN", &all).await?;
        self.erase_items(&gone).await?;
        self.on_each("UPDATE item SET contributor_id = NULL WHERE item_id IN", &kept).await?;
        for message in &messages {
            self.erase_message(*message).await?;
        }
        let mails = mails + self.erase_questions(publication, &key, at).await?;
        let mut erased = Erased {
            letters: count(&letters)?,
            messages: count(&messages)?,
            items: count(&gone)?,
            items_kept: count(&kept)?,
            mails,
            ..Erased::default()
        };
        // While the subscription is there to be found.
        sqlx::query(
            "UPDATE outbox SET subscription_id = NULL WHERE subscription_id IN
                 (SELECT subscription_id FROM subscription WHERE publication_id = $1 AND address_key = $2)",
        )
        .bind(publication)
        .bind(&key)
        .execute(self.connection())
        .await
        .context("forget a subscription in the ledger")?;
        for (sql, counted) in [
            (
                "DELETE FROM subscription WHERE publication_id = $1 AND address_key = $2",
                &mut erased.subscriptions,
            ),
            (
                "DELETE FROM contributor WHERE publication_id = $1 AND address_key = $2",
                &mut erased.contributors,
            ),
        ] {
            let done = sqlx::query(sql).bind(publication).bind(&key).execute(self.connection()).await;
            *counted = done.context("erase a person")?.rows_affected();
        }
        // The wish of somebody who moved to this address, and has not confirmed it.
        sqlx::query("DELETE FROM address_change WHERE address_key = $1")
            .bind(&key)
            .execute(self.connection())
            .await
            .context("erase an unconfirmed address")?;
        self.forget_numbers(&letters, &gone).await?;
        // The list of who is not taken in goes by the hash.
        sqlx::query("UPDATE blocked_sender SET address = '' WHERE publication_id = $1 AND address_hash = $2")
            .bind(publication)
            .bind(&hash)
            .execute(self.connection())
            .await
            .context("erase the address of a blocked sender")?;
        // A diagnostic quotes the address, and so may an editor's reason.
        for sql in [
            "UPDATE suppression SET note = '' WHERE address_hash = $1",
            "UPDATE lifted_suppression SET note = '', why = '' WHERE address_hash = $1",
        ] {
            sqlx::query(sql).bind(&hash).execute(self.connection()).await.context("erase notes")?;
        }
        Ok(erased)
    }

    /// Letters by this address, each with its mail.
    async fn letters_of(
        &mut self,
        publication: i64,
        address: &EmailAddress,
    ) -> anyhow::Result<Vec<(i64, i64)>> {
        let rows =
            sqlx::query("SELECT letter_id, message_id, from_address FROM letter WHERE publication_id = $1")
                .bind(publication)
                .fetch_all(self.connection())
                .await
                .context("find the letters of a person")?;
        let mut letters = Vec::new();
        for row in &rows {
            let row = Reader::new("letter", row);
            let from: String = row.get("from_address")?;
            if is(address, &from) {
                letters.push((row.get("letter_id")?, row.get("message_id")?));
            }
        }
        Ok(letters)
    }

    /// Mails from this address, and what machines reported about it.
    async fn messages_of(
        &mut self,
        publication: i64,
        address: &EmailAddress,
    ) -> anyhow::Result<BTreeSet<i64>> {
        let key = address.key();
        let rows = sqlx::query(
            "SELECT message_id, sender, from_address, sha256,
                 CASE WHEN kind IN ('bounce', 'complaint', 'auto_reply', 'report')
                     AND LOWER(report) LIKE $2 ESCAPE '\\' THEN report ELSE 'null' END AS about
             FROM message WHERE publication_id = $1 AND why <> $3",
        )
        .bind(publication)
        .bind(like(&key))
        .bind(ERASED)
        .fetch_all(self.connection())
        .await
        .context("find the mails of a person")?;
        let mut messages = BTreeSet::new();
        for row in &rows {
            let row = Reader::new("message", row);
            let (sender, from): (Option<String>, String) = (row.get("sender")?, row.get("from_address")?);
            let about: serde_json::Value = row.json("about")?;
            let mut theirs = report_names(&about, &key) || is(address, &from);
            if from.is_empty() {
                // Not understood, or not yet.
                let sha256: String = row.get("sha256")?;
                theirs |=
                    sender.is_some_and(|sender| is(address, &sender)) || self.is_from(&sha256, &key).await?;
            }
            if theirs {
                messages.insert(row.get("message_id")?);
            }
        }
        Ok(messages)
    }

    async fn is_from(&mut self, sha256: &str, key: &str) -> anyhow::Result<bool> {
        let row = sqlx::query("SELECT content FROM blob_chunk WHERE sha256 = $1 AND number = 0")
            .bind(sha256)
            .fetch_optional(self.connection())
            .await
            .context("read the head of a mail")?;
        let Some(row) = row else { return Ok(false) };
        let content: &[u8] = row.try_get("content").context("read the head of a mail")?;
        Ok(head_names(content, key))
    }

    /// Items by a person: those that go with them, and those that stay.
    async fn items_of(
        &mut self,
        contributor: Option<i64>,
        messages: &[i64],
    ) -> anyhow::Result<(Vec<i64>, Vec<i64>)> {
        let sql = format!(
            "SELECT item_id, detail FROM item WHERE contributor_id = $2 OR message_id IN {} ORDER BY item_id",
            self.dialect.each_number("$1")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&messages)?)
            .bind(contributor)
            .fetch_all(self.connection())
            .await
            .context("find the items of a person")?;
        let (mut gone, mut kept) = (Vec::new(), Vec::new());
        for row in &rows {
            let row = Reader::new("item", row);
            let state: ItemState = row.json("detail")?;
            let list = if state.outlives_its_contributor() { &mut kept } else { &mut gone };
            list.push(row.get("item_id")?);
        }
        Ok((gone, kept))
    }

    /// What mails of ours said to a person, or to editors about the person's items. What waits never leaves: without
    /// its words it could not. Gives how many went to the person.
    ///
    /// Of the editors' mails that have left, those about the person's items lose their bytes, those about items that
    /// the person answered (the sender stands there), and of this publication all that list titles. A mail of the last
    /// two kinds that still waits leaves as it is: it is minutes old, and others' news would go untold with it.
    ///
    /// What a connection holds is left to it, so that the ledger says how it ended. It loses its recipient, and that
    /// is the sign: the marker lets no dot leave, no reply is kept in clear, and if it comes to wait again, nobody takes
    /// it. A mail whose dot is marked already arrives or not.
    async fn erase_mails(
        &mut self,
        publication: i64,
        hash: &str,
        items: &[i64],
        messages: &[i64],
        at: DateTime<Utc>,
    ) -> anyhow::Result<u64> {
        let each = self.dialect.each_number("$3");
        // In the order in which a result is kept, so that neither waits for the other.
        let attempts = "UPDATE attempt SET reply = '' WHERE outbox_id IN
             (SELECT outbox_id FROM outbox WHERE recipient_hash = $1)";
        sqlx::query(attempts).bind(hash).execute(self.connection()).await.context("erase from the ledger")?;
        let waiting = format!(
            "UPDATE outbox SET state = 'abandoned', reason = 'left', settled_at = $2
             WHERE {WAITING}
                 AND (recipient_hash = $1 OR (kind IN {ABOUT_ITEMS} AND item_id IN {each}))"
        );
        sqlx::query(sqlx::AssertSqlSafe(waiting))
            .bind(hash)
            .bind(ms(at))
            .bind(json(&items)?)
            .execute(self.connection())
            .await
            .context("abandon what waits for an erased person")?;
        self.on_each(
            &format!(
                "UPDATE outbox SET recipient = '', mail = NULL, reply = ''
                 WHERE settled_at IS NULL AND kind IN {ABOUT_ITEMS} AND item_id IN"
            ),
            items,
        )
        .await?;
        let answered = self.dialect.each_number("$2");
        let to_editors = format!(
            "UPDATE outbox SET mail = NULL WHERE settled_at IS NOT NULL AND priority = 0 AND
                 ((publication_id = $1 AND kind IN {LISTS})
                 OR (kind IN {ABOUT_ITEMS} AND (item_id IN {each}
                     OR item_id IN (SELECT item_id FROM item_reply WHERE message_id IN {answered}))))"
        );
        sqlx::query(sqlx::AssertSqlSafe(to_editors))
            .bind(publication)
            .bind(json(&messages)?)
            .bind(json(&items)?)
            .execute(self.connection())
            .await
            .context("erase from the mails to editors")?;
        let theirs = "UPDATE outbox SET recipient = '', mail = NULL, reply = '', bounce_text = ''
             WHERE recipient_hash = $1 AND recipient <> ''";
        let theirs = sqlx::query(theirs).bind(hash).execute(self.connection()).await;
        Ok(theirs.context("erase from the ledger")?.rows_affected())
    }

    /// Items with their history and with photos that nothing else shows.
    async fn erase_items(&mut self, items: &[i64]) -> anyhow::Result<()> {
        let mut photos = BTreeSet::new();
        let mut note = |content: &ItemContent| {
            photos.extend(content.photos.iter().map(|photo| photo.sha256.clone()));
        };
        let each = self.dialect.each_number("$1");
        let sql = format!("SELECT content FROM item WHERE item_id IN {each}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(json(&items)?).fetch_all(self.connection());
        for row in &rows.await.context("read items to be erased")? {
            note(&Reader::new("item", row).json("content")?);
        }
        let sql = format!("SELECT before FROM item_revision WHERE item_id IN {each}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(json(&items)?).fetch_all(self.connection());
        for row in &rows.await.context("read revisions to be erased")? {
            let before: Item = Reader::new("item_revision", row).json("before")?;
            note(&before.content);
        }
        for table in [
            "item_revision",
            "item_reply",
            "issue_item",
            "withheld_notice",
            "untold_decision",
            "correction",
            "item",
        ] {
            self.on_each(&format!("DELETE FROM {table} WHERE item_id IN"), items).await?;
        }
        for photo in &photos {
            let shown: i64 = sqlx::query_scalar(
                "SELECT (SELECT COUNT(*) FROM item WHERE content LIKE $1)
                     + (SELECT COUNT(*) FROM item_revision WHERE before LIKE $1)",
            )
            .bind(like(photo))
            .fetch_one(self.connection())
            .await
            .context("ask who shows a photo")?;
            if shown == 0 {
                // Whole, so that the same picture can be kept when somebody else sends it.
                self.empty_blob(photo).await?;
                let gone = sqlx::query(
                    "DELETE FROM blob WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM message WHERE sha256 = $1)",
                );
                gone.bind(photo).execute(self.connection()).await.context("erase a photo")?;
            }
        }
        Ok(())
    }

    /// What comes back for an old mail of ours is about nothing any more.
    async fn forget_numbers(&mut self, letters: &[i64], items: &[i64]) -> anyhow::Result<()> {
        self.on_each("UPDATE outbox SET letter_id = NULL WHERE letter_id IN", letters).await?;
        self.on_each("UPDATE outbox SET item_id = NULL WHERE item_id IN", items).await
    }

    /// A received mail keeps its place and nothing of what it said. The same bytes coming again are the same mail,
    /// fetched or passed on once more, and stay erased: a person who writes again writes other bytes, if only another
    /// Date and Message-ID.
    async fn erase_message(&mut self, id: i64) -> anyhow::Result<()> {
        let row = sqlx::query("SELECT message_id, sha256, state, kind FROM message WHERE message_id = $1")
            .bind(id)
            .fetch_one(self.connection())
            .await
            .context("find a mail to be erased")?;
        let row = Reader::new("message", &row);
        let (sha256, state, kind): (String, String, String) =
            (row.get("sha256")?, row.get("state")?, row.get("kind")?);
        // What waits to be understood has nothing left to understand.
        let (state, kind) = match Kind::parse(&kind) {
            Some(kind) if state != "received" => (state.as_str(), kind),
            Some(_) | None => ("quarantined", Kind::Unreadable),
        };
        self.empty_blob(&sha256).await?;
        sqlx::query(
            "UPDATE message SET state = $2, kind = $3, why = $4, report = $5, reason = $6, sender = NULL, recipients = '[]',
                 bytes = 0, from_address = '', from_name = '', subject = '', header_message_id = ''
             WHERE message_id = $1",
        )
        .bind(id)
        .bind(state)
        .bind(kind.name())
        .bind(ERASED)
        .bind(json(&Report::erased(kind, ERASED))?)
        .bind(json(&Unreadable::Erased)?)
        .execute(self.connection())
        .await
        .context("erase a mail")?;
        Ok(())
    }

    /// The name of the bytes stays, so that they are known when they come again.
    async fn empty_blob(&mut self, sha256: &str) -> anyhow::Result<()> {
        for sql in ["DELETE FROM blob_chunk WHERE sha256 = $1", "UPDATE blob SET bytes = 0 WHERE sha256 = $1"]
        {
            sqlx::query(sql).bind(sha256).execute(self.connection()).await.context("empty a blob")?;
        }
        Ok(())
    }

    /// One statement on many rows; it ends where their numbers are to stand.
    async fn on_each(&mut self, sql: &str, rows: &[i64]) -> anyhow::Result<()> {
        let sql = format!("{sql} {}", self.dialect.each_number("$1"));
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(json(&rows)?)
            .execute(self.connection())
            .await
            .context("erase a person")?;
        Ok(())
    }
}

fn count<T>(rows: &[T]) -> anyhow::Result<u64> {
    u64::try_from(rows.len()).context("count what is erased")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_for_itself() {
        assert_eq!(like("a_b%c\\"), "%a\\_b\\%c\\\\%");
    }
}
