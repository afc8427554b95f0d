//! The outbox: every single mail that must leave, queued in the transaction of the decision that causes it, and found again
//! when something comes back. The deliveries of issues are in it too (`delivery.rs`); claiming, marking and settling stand in
//! `ledger.rs`.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;
use subscribers::{Bounced, EmailAddress, Language};

use super::row::{Reader, ms};
use super::suppression::{address_hash, mailbox_hash, suppressed};
use super::{Store, Write};

/// What a single mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    Thanks,
    Receipt,
    Decision,
    Question,
    /// That a question still waits for its answer.
    QuestionReminder,
    /// What a contributor was told does not hold any more.
    Undone,
    Published,
    Confirmation,
    LeaveLink,
    Notice,
    /// What became of an editor's answer to a notice.
    ByReply,
    /// What another editor decided.
    Decided,
    /// Many such decisions.
    MoreDecided,
    MoreNews,
    /// What waits for the editors.
    Waiting,
    Held,
    DraftReady,
    Reminder,
    Answer,
    TooLarge,
    SignIn,
    /// The question to confirm a new address, sent there.
    NewAddress,
    /// To the address that was left for another.
    Moved,
    /// To somebody whom an editor added.
    Welcome,
    /// The link to what is a reader's own.
    Own,
    /// An issue as its readers would get it, for the editor who asked.
    Test,
}

impl MailKind {
    pub fn name(self) -> &'static str {
        match self {
            MailKind::Thanks => "thanks",
            MailKind::Receipt => "receipt",
            MailKind::Decision => "decision",
            MailKind::Question => "question",
            MailKind::QuestionReminder => "question_reminder",
            MailKind::Undone => "undone",
            MailKind::Published => "published",
            MailKind::Confirmation => "confirmation",
            MailKind::LeaveLink => "leave_link",
            MailKind::Notice => "notice",
            MailKind::ByReply => "by_reply",
            MailKind::Decided => "decided",
            MailKind::MoreDecided => "more_decided",
            MailKind::MoreNews => "more_news",
            MailKind::Waiting => "waiting",
            MailKind::Held => "held",
            MailKind::DraftReady => "draft_ready",
            MailKind::Reminder => "reminder",
            MailKind::Answer => "answer",
            MailKind::TooLarge => "too_large",
            MailKind::SignIn => "sign_in",
            MailKind::NewAddress => "new_address",
            MailKind::Moved => "moved",
            MailKind::Welcome => "welcome",
            MailKind::Own => "own",
            MailKind::Test => "test",
        }
    }
}

/// A single mail, complete.
pub struct NewMail<'a> {
    pub public_id: i64,
    pub publication: i64,
    pub kind: MailKind,
    pub recipient: &'a EmailAddress,
    pub language: Language,
    /// MAIL FROM; `None` for the null sender.
    pub return_path: Option<&'a EmailAddress>,
    pub mail: &'a [u8],
    pub message_id: &'a str,
    pub item: Option<i64>,
    /// The revision of the item that the mail shows.
    pub item_revision: Option<i64>,
    pub letter: Option<i64>,
    pub subscription: Option<i64>,
    /// The reader who asked that this address be confirmed.
    pub asked_by: Option<i64>,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// What became of a mail that was to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    /// There was none, or it never reached anybody.
    Nothing,
    /// It had not left, and never will.
    InTime,
    /// It has left, or may have.
    TooLate,
}

/// A mail of ours that something came back for.
#[derive(Debug, Clone)]
pub struct Sent {
    pub id: i64,
    pub public_id: i64,
    pub kind: String,
    pub issue: Option<i64>,
    pub subscription: Option<i64>,
    pub item: Option<i64>,
    /// Of a notice, unless it is older than this column.
    pub item_revision: Option<i64>,
    pub letter: Option<i64>,
    pub recipient: String,
    pub recipient_hash: String,
}

const SENT: &str = "outbox_id, public_id, kind, issue_id, subscription_id, item_id, item_revision, letter_id, \
     recipient, recipient_hash";

fn read_sent(row: &AnyRow) -> anyhow::Result<Sent> {
    let row = Reader::new("outbox", row);
    Ok(Sent {
        id: row.get("outbox_id")?,
        public_id: row.get("public_id")?,
        kind: row.get("kind")?,
        issue: row.get("issue_id")?,
        subscription: row.get("subscription_id")?,
        item: row.get("item_id")?,
        item_revision: row.get("item_revision")?,
        letter: row.get("letter_id")?,
        recipient: row.get("recipient")?,
        recipient_hash: row.get("recipient_hash")?,
    })
}

impl Write {
    /// Takes back the first mail since then by which the contributor of an item was told a decision, if it has not left.
    /// What was taken back before does not count.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_back_decision(
        &mut self,
        item: i64,
        since: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> anyhow::Result<TakenBack> {
        let sql = format!(
            "SELECT outbox_id, state FROM outbox
             WHERE item_id = $1 AND kind IN ('decision', 'question') AND created_at >= $2
                 AND NOT (state = 'abandoned' AND reason = 'stopped')
             ORDER BY outbox_id LIMIT 1{}",
            self.dialect.for_update()
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(item)
            .bind(ms(since))
            .fetch_optional(self.connection())
            .await
            .context("find the mail of a decision")?;
        let Some(row) = row else { return Ok(TakenBack::Nothing) };
        let row = Reader::new("outbox", &row);
        let (id, state): (i64, String) = (row.get("outbox_id")?, row.get("state")?);
        match state.as_str() {
            "queued" | "deferred" => {}
            "refused" | "abandoned" => return Ok(TakenBack::Nothing),
            _ => return Ok(TakenBack::TooLate),
        }
        sqlx::query(
            "UPDATE outbox SET state = 'abandoned', reason = 'stopped', settled_at = $2 WHERE outbox_id = $1",
        )
        .bind(id)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("take back the mail of a decision")?;
        Ok(TakenBack::InTime)
    }

    /// Takes back what reminds of the question of an item, if it has not left.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take_back_question_reminders(&mut self, item: i64, at: DateTime<Utc>) -> anyhow::Result<()> {
        sqlx::query(
            "UPDATE outbox SET state = 'abandoned', reason = 'stopped', settled_at = $2
             WHERE item_id = $1 AND kind = 'question_reminder' AND state IN ('queued', 'deferred')",
        )
        .bind(item)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("take back the reminder of a question")?;
        Ok(())
    }

    /// The Message-ID of the last question that the contributor of an item was sent.
    ///
    /// # Errors
    /// The database fails.
    pub async fn question_of(&mut self, item: i64) -> anyhow::Result<Option<String>> {
        sqlx::query_scalar(
            "SELECT message_id FROM outbox
             WHERE item_id = $1 AND kind = 'question' AND NOT (state = 'abandoned' AND reason = 'stopped')
             ORDER BY outbox_id DESC LIMIT 1",
        )
        .bind(item)
        .fetch_optional(self.connection())
        .await
        .context("find the mail of a question")
    }

    /// Queues a single mail. A suppressed address gets none, but for the question to confirm where a confirmation
    /// lifts it: `false` then.
    ///
    /// # Errors
    /// The database fails.
    pub async fn queue_mail(&mut self, new: &NewMail<'_>) -> anyhow::Result<bool> {
        let sql = format!(
            "INSERT INTO outbox (public_id, publication_id, kind, priority, item_id, letter_id, subscription_id,
                 recipient, recipient_hash, mailbox_hash, language, return_path, mail, message_id, dated_at, next_at,
                 expires_at, created_at, item_revision, asked_by)
             SELECT $1, $2, $3, 0, $4, $5, $6, $7, $8, $15, $9, $10, $11, $12, $13, $13, $14, $13, $16, $17
             WHERE NOT {}",
            suppressed("$3", "$8")
        );
        let queued = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(new.public_id)
            .bind(new.publication)
            .bind(new.kind.name())
            .bind(new.item)
            .bind(new.letter)
            .bind(new.subscription)
            .bind(new.recipient.as_str())
            .bind(address_hash(new.recipient))
            .bind(new.language.code())
            .bind(new.return_path.map_or("", EmailAddress::as_str))
            .bind(new.mail)
            .bind(new.message_id)
            .bind(ms(new.at))
            .bind(ms(new.expires_at))
            .bind(mailbox_hash(new.recipient))
            .bind(new.item_revision)
            .bind(new.asked_by)
            .execute(self.connection())
            .await
            .context("queue a mail")?;
        Ok(queued.rows_affected() == 1)
    }

    /// Mails of these kinds that a publication queued for an address since then.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_mails_of(
        &mut self,
        publication: i64,
        recipient: &EmailAddress,
        kinds: &[MailKind],
        since: DateTime<Utc>,
    ) -> anyhow::Result<usize> {
        let theirs = format!("publication_id = {publication} AND recipient_hash");
        self.count_mails(&theirs, &address_hash(recipient), kinds, since).await
    }

    /// Mails of these kinds to an address since then, of whatever publication.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_mails_to_address(
        &mut self,
        recipient: &EmailAddress,
        kinds: &[MailKind],
        since: DateTime<Utc>,
    ) -> anyhow::Result<usize> {
        self.count_mails("recipient_hash", &address_hash(recipient), kinds, since).await
    }

    /// [`Self::count_mails_to_address`] over all tags of its mailbox.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_mails_to_mailbox(
        &mut self,
        recipient: &EmailAddress,
        kinds: &[MailKind],
        since: DateTime<Utc>,
    ) -> anyhow::Result<usize> {
        self.count_mails("mailbox_hash", &mailbox_hash(recipient), kinds, since).await
    }

    async fn count_mails(
        &mut self,
        column: &str,
        hash: &str,
        kinds: &[MailKind],
        since: DateTime<Utc>,
    ) -> anyhow::Result<usize> {
        let sql = format!("SELECT kind FROM outbox WHERE {column} = $1 AND created_at > $2 AND priority = 0");
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(hash)
            .bind(ms(since))
            .fetch_all(self.connection())
            .await
            .context("count the mails to an address")?;
        Ok(rows.iter().filter(|kind| kinds.iter().any(|of| of.name() == kind.as_str())).count())
    }

    /// The mail of ours that a token names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sent_by_public_id(&mut self, public_id: i64) -> anyhow::Result<Option<Sent>> {
        let sql = format!("SELECT {SENT} FROM outbox WHERE public_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(self.connection())
            .await
            .context("find a mail of ours by its public id")?;
        row.as_ref().map(read_sent).transpose()
    }

    /// The mail of ours with this Message-ID, without angle brackets.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sent_by_message_id(&mut self, message_id: &str) -> anyhow::Result<Option<Sent>> {
        let sql = format!("SELECT {SENT} FROM outbox WHERE message_id = $1 ORDER BY outbox_id LIMIT 1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(message_id)
            .fetch_optional(self.connection())
            .await
            .context("find a mail of ours by its Message-ID")?;
        row.as_ref().map(read_sent).transpose()
    }

    /// A report about a mail of ours came back. About an erased person's it leaves no words here.
    ///
    /// # Errors
    /// The database fails.
    pub async fn record_bounce(
        &mut self,
        outbox: i64,
        class: Bounced,
        text: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        sqlx::query(
            "UPDATE outbox SET bounced_at = $2, bounce_class = $3,
                 bounce_text = CASE recipient WHEN '' THEN '' ELSE $4 END
             WHERE outbox_id = $1 AND bounce_class <> 'hard'",
        )
        .bind(outbox)
        .bind(ms(at))
        .bind(class.name())
        .bind(text)
        .execute(self.connection())
        .await
        .context("record a bounce")?;
        Ok(())
    }
}

impl Store {
    /// The mail of ours that a link names.
    ///
    /// # Errors
    /// The database fails.
    pub async fn mail_of_token(&self, public_id: i64) -> anyhow::Result<Option<Sent>> {
        let sql = format!("SELECT {SENT} FROM outbox WHERE public_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(public_id)
            .fetch_optional(&self.reader)
            .await
            .context("find the mail that a link names")?;
        row.as_ref().map(read_sent).transpose()
    }

    /// Single mails that have not left yet.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_waiting_mails(&self) -> anyhow::Result<i64> {
        sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE priority = 0 AND settled_at IS NULL")
            .fetch_one(&self.reader)
            .await
            .context("count waiting mails")
    }
}
