//! The mails that the newsroom causes, each by whom it goes to: each fills its view and queues it.

mod contributor;
mod editor;
mod reader;

use chrono::TimeDelta;
use issues::reading::Report;
use subscribers::{EmailAddress, Language};

pub use self::contributor::{answer, published, question_reminder, receipt, reminder, tell, thanks};
pub(in crate::newsroom) use self::contributor::{page_of, thread_of};
pub use self::editor::{draft_ready, held, too_large};
pub(in crate::newsroom) use self::editor::{named, sender, to_editor};
pub use self::reader::{confirmation, leave_link, moved, new_address, own, welcome};
use super::mail::{About, Outgoing};
use crate::app::App;
use crate::outbound::message::{Automatic, ReplyTo, ReturnPath, Thread};
use crate::store::{Contributor, ItemRow, MailKind, Write};

/// Automatic answers to one mailbox in a day: a loop or a flood ends here.
const ANSWERS_PER_DAY_MAX: usize = 3;
/// What counts as an automatic answer; the question to confirm is one to a mail that asks for the bulletin.
const ANSWERS: [MailKind; 4] =
    [MailKind::Thanks, MailKind::Receipt, MailKind::LeaveLink, MailKind::Confirmation];

/// May this address get one more automatic answer today?
///
/// # Errors
/// The database fails.
pub async fn may_answer_again(app: &App, write: &mut Write, to: &EmailAddress) -> anyhow::Result<bool> {
    let since = app.clock.now() - TimeDelta::hours(24);
    Ok(write.count_mails_to_mailbox(to, &ANSWERS, since).await? < ANSWERS_PER_DAY_MAX)
}

pub(in crate::newsroom) fn answered_to(report: &Report) -> Thread {
    Thread {
        in_reply_to: report.message_id.clone(),
        references: report.in_reply_to.iter().chain(&report.message_id).cloned().collect(),
    }
}

/// A mail of ours that answers none.
fn to_person(kind: MailKind, to: &EmailAddress, language: Language, email: templates::Email) -> Outgoing<'_> {
    Outgoing {
        kind,
        to,
        language,
        email,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Row,
        thread: Thread::default(),
        leaving: None,
        about: About::default(),
    }
}

pub(in crate::newsroom) async fn contributor_of(
    write: &mut Write,
    item: &ItemRow,
) -> anyhow::Result<Option<Contributor>> {
    match item.contributor {
        Some(id) => write.contributor_by_id(id).await,
        None => Ok(None),
    }
}

/// Who signs what somebody did: the editor of this name, or [`editor_name`] where it is none of ours, such as the user
/// of a machine.
pub(in crate::newsroom) async fn signature(app: &App, by: &str) -> anyhow::Result<Option<String>> {
    let editors = app.store.editors(app.publication).await?;
    let named = editors.into_iter().map(|editor| editor.name).find(|name| !name.is_empty() && name == by);
    Ok(named.or_else(|| editor_name(app)))
}

/// Who signs what the newsroom does by itself: the first editor of the configuration, where a name is given.
fn editor_name(app: &App) -> Option<String> {
    app.config.editors.first().map(|editor| editor.name.clone()).filter(|name| !name.is_empty())
}
