//! Puts a finished mail into the outbox, in the transaction of what causes it.

use anyhow::Context as _;
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use issues::delivery::{BULLETIN_EXPIRES_AFTER, CONFIRMATION_EXPIRES_AFTER, NOTICE_EXPIRES_AFTER};
use subscribers::{EmailAddress, Language};
use templates::Email;

use crate::app::App;
use crate::clock::random_id;
use crate::outbound::message::{Automatic, Leaving, ReplyTo, ReturnPath, Single, Thread};
use crate::store::{MailKind, NewMail, Write};

/// A mail to one person about one thing.
pub struct Outgoing<'a> {
    pub kind: MailKind,
    pub to: &'a EmailAddress,
    pub language: Language,
    pub email: Email,
    pub automatic: Automatic,
    pub reply_to: ReplyTo,
    pub return_path: ReturnPath,
    pub thread: Thread,
    pub leaving: Option<Leaving>,
    pub about: About,
}

/// The row a mail is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    pub item: Option<i64>,
    /// The revision of the item that the mail shows.
    pub item_revision: Option<i64>,
    pub letter: Option<i64>,
    pub subscription: Option<i64>,
    /// The reader who asked that the address be confirmed.
    pub asked_by: Option<i64>,
}

/// Queues a mail; `false` when the address is suppressed and gets none.
///
/// # Errors
/// The database fails.
pub async fn queue(app: &App, write: &mut Write, outgoing: Outgoing<'_>) -> anyhow::Result<bool> {
    queue_as(app, write, random_id(), outgoing).await
}

/// [`queue`] for a mail whose links name the mail itself, so that its id was drawn before.
///
/// # Errors
/// The database fails.
pub async fn queue_as(
    app: &App,
    write: &mut Write,
    public_id: i64,
    outgoing: Outgoing<'_>,
) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let composed = app
        .letterhead
        .compose(&Single {
            delivery: public_id,
            to: outgoing.to.clone(),
            date: local(app, now),
            language: outgoing.language,
            automatic: outgoing.automatic,
            reply_to: outgoing.reply_to,
            return_path: outgoing.return_path,
            thread: outgoing.thread,
            leaving: outgoing.leaving,
            subject: &outgoing.email.subject,
            html: &outgoing.email.html,
            text: &outgoing.email.text,
        })
        .context("compose a mail")?;
    let message = composed.wire.message();
    write
        .queue_mail(&NewMail {
            public_id,
            publication: app.publication,
            kind: outgoing.kind,
            recipient: outgoing.to,
            language: outgoing.language,
            return_path: composed.envelope.from.as_ref(),
            mail: &message,
            message_id: &composed.message_id,
            item: outgoing.about.item,
            item_revision: outgoing.about.item_revision,
            letter: outgoing.about.letter,
            subscription: outgoing.about.subscription,
            asked_by: outgoing.about.asked_by,
            at: now,
            expires_at: now + life(outgoing.kind),
        })
        .await
}

/// A moment as the bulletin's zone writes it into a Date header.
pub fn local(app: &App, moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    app.local(moment)
}

/// How long a mail is worth trying.
pub(super) fn life(kind: MailKind) -> TimeDelta {
    match kind {
        MailKind::SignIn => super::sign_in::LINK_LIVES,
        MailKind::Own => super::readers::OWN_LINK_LIVES,
        MailKind::Confirmation | MailKind::LeaveLink | MailKind::NewAddress => CONFIRMATION_EXPIRES_AFTER,
        MailKind::Notice
        | MailKind::ByReply
        | MailKind::Decided
        | MailKind::MoreDecided
        | MailKind::MoreNews
        | MailKind::Waiting
        | MailKind::Held
        | MailKind::DraftReady
        | MailKind::TooLarge
        | MailKind::Test => NOTICE_EXPIRES_AFTER,
        MailKind::Thanks
        | MailKind::Receipt
        | MailKind::Decision
        | MailKind::Question
        | MailKind::QuestionReminder
        | MailKind::Undone
        | MailKind::Published
        | MailKind::Reminder
        | MailKind::Moved
        | MailKind::Welcome
        | MailKind::Answer => BULLETIN_EXPIRES_AFTER,
    }
}
