//! An issue as one reader would get it, by the renderer of the sending path: what approval froze, or what it would
//! freeze now.

use anyhow::Context as _;
use chrono::TimeDelta;
use subscribers::{EmailAddress, Language, Source};
use templates::{Email, Segment, Slot};

use super::edition::{Leaves, standing};
use super::mail::life;
use super::view;
use crate::app::App;
use crate::clock::random_id;
use crate::outbound::message::Addressee;
use crate::outbound::{Reader, addressee, freeze};
use crate::store::{Editor, IssueContent, IssueRow, MailKind, NewMail, SubscriptionRow};

/// The delivery of a preview: no delivery of ours has this id, so nothing that comes back finds one.
const NO_DELIVERY: i64 = 0;
/// Test mails that one editor gets in an hour.
const TESTS_PER_HOUR_MAX: i64 = 10;

/// What one reader would find in the mailbox.
pub struct Preview {
    content: IssueContent,
    addressee: Addressee,
}

/// For the reader with this address; for the mailbox of the publication where none is named. A stranger's links lead
/// nowhere.
///
/// # Errors
/// The database fails.
pub async fn preview(
    app: &App,
    issue: &IssueRow,
    to: Option<&EmailAddress>,
    language: Option<Language>,
) -> anyhow::Result<Preview> {
    let reader = match to {
        Some(to) => app.store.write().await?.subscription_of(app.publication, to).await?,
        None => None,
    };
    let to = to.unwrap_or(&app.config.mailbox.address);
    let language = language
        .or_else(|| reader.as_ref().map(SubscriptionRow::language))
        .unwrap_or(app.config.publication.language);
    let content = content(app, issue, language).await?;
    let now = app.clock.now();
    let reader = Reader {
        delivery: NO_DELIVERY,
        subscription: reader.as_ref().map_or(NO_DELIVERY, |reader| reader.public_id),
        to,
        language,
        confirmed_at: reader.as_ref().and_then(|reader| reader.confirmed_at).unwrap_or(now),
        source: reader.as_ref().map_or(Source::Own, |reader| reader.state.source()),
        plain_text: reader.as_ref().is_some_and(|reader| reader.manner.plain_text),
    };
    Ok(Preview { content, addressee: addressee(app, &reader, now) })
}

impl Preview {
    /// Subject, HTML and text with the personal parts filled in.
    pub fn email(&self) -> Email {
        let IssueContent { subject, html, text, .. } = self.content.clone();
        let email = Email { subject, html, text };
        let value = |slot| match slot {
            Slot::LeaveUrl => self.addressee.leave_url.as_str(),
            Slot::PreferencesUrl => self.addressee.preferences_url.as_str(),
            Slot::Since => self.addressee.since.as_str(),
            Slot::Why => self.addressee.why.as_str(),
        };
        let (html, text) = (filled(&email.html_segments(), value), filled(&email.text_segments(), value));
        Email { html, text, ..email }
    }

    /// The whole mail with its headers.
    ///
    /// # Errors
    /// The content cannot be frozen.
    pub fn mail(&self, app: &App, issue: &IssueRow) -> anyhow::Result<Vec<u8>> {
        Ok(freeze(app, issue, &self.content)?.address(&self.addressee).wire.message())
    }
}

/// What became of a wish for a test mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tested {
    Sent,
    /// No mail may go to the editor's address.
    Suppressed,
    TooMany,
}

/// Sends an issue to one of its editors by the way of the readers' mail, with a subject that says what it is. Its links for
/// leaving and for preferences lead to the issue's page at the desk and change nothing.
///
/// # Errors
/// The database fails.
pub async fn test(
    app: &App,
    issue: &IssueRow,
    editor: &Editor,
    language: Language,
) -> anyhow::Result<Tested> {
    let now = app.clock.now();
    let content = content(app, issue, language).await?;
    let subject = (templates::text::text(language).edition_page.test_subject)(&content.subject);
    let mut write = app.store.write().await?;
    let bucket = format!("test mail to editor {}", editor.id);
    if !write.count_request(&bucket, TESTS_PER_HOUR_MAX, now - TimeDelta::hours(1), now).await? {
        return Ok(Tested::TooMany);
    }
    let public_id = random_id();
    let reader = Reader {
        delivery: public_id,
        subscription: NO_DELIVERY,
        to: &editor.address,
        language,
        confirmed_at: now,
        source: Source::Own,
        plain_text: false,
    };
    let leave_url = app.paths().desk(&format!("/issue/{}?did=test-leave", issue.id));
    let preferences_url = leave_url.clone();
    let addressee = Addressee { leave_url, preferences_url, ..addressee(app, &reader, now) };
    let composed = freeze(app, issue, &IssueContent { subject, ..content })?.address(&addressee);
    let queued = write
        .queue_mail(&NewMail {
            public_id,
            publication: app.publication,
            kind: MailKind::Test,
            recipient: &editor.address,
            language,
            return_path: composed.envelope.from.as_ref(),
            mail: &composed.wire.message(),
            message_id: &composed.message_id,
            item: None,
            item_revision: None,
            asked_by: None,
            letter: None,
            subscription: None,
            at: now,
            expires_at: now + life(MailKind::Test),
        })
        .await?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(if queued { Tested::Sent } else { Tested::Suppressed })
}

async fn content(app: &App, issue: &IssueRow, language: Language) -> anyhow::Result<IssueContent> {
    if issue.content_hash.is_empty() {
        let standing = standing(app, issue, Leaves::AtNextMoment).await?;
        return Ok(view::bulletin(app, &standing.contents, language));
    }
    let frozen = app.store.issue_contents(issue.id).await?;
    let content = frozen.into_iter().find(|content| content.language == language);
    content.with_context(|| format!("the issue has no content in {:?}", language.code()))
}

fn filled<'a>(segments: &[Segment<'a>], value: impl Fn(Slot) -> &'a str) -> String {
    let part = |segment: &Segment<'a>| match segment {
        Segment::Literal(text) => *text,
        Segment::Slot(slot) => value(*slot),
    };
    segments.iter().map(part).collect()
}
