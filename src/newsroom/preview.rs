//! An issue as one reader would get it, by the renderer of the sending path: what approval froze, or what it would
//! freeze now.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use subscribers::{EmailAddress, Language, Purpose};
use templates::text::date;
use templates::{Email, Segment, Slot};

use super::{mail, view};
use crate::app::App;
use crate::outbound::message::{Addressee, Bulletin, Frozen};
use crate::store::{IssueContent, IssueRow, SubscriptionRow};

/// The delivery of a preview: no delivery of ours has this id, so nothing that comes back finds one.
const NO_DELIVERY: i64 = 0;

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
    let to = to.unwrap_or(&app.config.mailbox.address);
    let reader = app.store.write().await?.subscription_of(app.publication, to).await?;
    let language = language
        .or_else(|| reader.as_ref().map(SubscriptionRow::language))
        .unwrap_or(app.config.publication.language);
    let content = content(app, issue, language).await?;
    Ok(Preview { content, addressee: addressee(app, to, reader.as_ref(), language) })
}

impl Preview {
    /// Subject, HTML and text with the personal parts filled in.
    pub fn email(&self) -> Email {
        let IssueContent { subject, html, text, .. } = self.content.clone();
        let email = Email { subject, html, text };
        let value = |slot| match slot {
            Slot::LeaveUrl => self.addressee.leave_url.as_str(),
            Slot::Since => self.addressee.since.as_str(),
        };
        let (html, text) = (filled(&email.html_segments(), value), filled(&email.text_segments(), value));
        Email { html, text, ..email }
    }

    /// The whole mail with its headers.
    ///
    /// # Errors
    /// The content cannot be frozen.
    pub fn mail(&self, app: &App, issue: &IssueRow) -> anyhow::Result<Vec<u8>> {
        let home = view::paths(app).home();
        let bulletin = Bulletin {
            edition: &issue.edition.to_string(),
            language: self.content.language,
            subject: &self.content.subject,
            html: &self.content.html,
            text: &self.content.text,
            list_id: &app.config.publication.list_id,
            help_url: Some(&home),
            archive_url: Some(&home),
            sender_id: Some(&app.config.publication.slug),
        };
        Ok(Frozen::new(&app.letterhead, &bulletin)?.address(&self.addressee).wire.message())
    }
}

async fn content(app: &App, issue: &IssueRow, language: Language) -> anyhow::Result<IssueContent> {
    if issue.content_hash.is_empty() {
        return Ok(view::bulletin(app, &view::stored_contents(app, issue).await?, language));
    }
    let frozen = app.store.issue_contents(issue.id).await?;
    let content = frozen.into_iter().find(|content| content.language == language);
    content.with_context(|| format!("the issue has no content in {:?}", language.code()))
}

fn addressee(
    app: &App,
    to: &EmailAddress,
    reader: Option<&SubscriptionRow>,
    language: Language,
) -> Addressee {
    let zone = app.config.publication.zone;
    let now = app.clock.now();
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let confirmed = reader.and_then(|reader| reader.confirmed_at).unwrap_or(now);
    let subscription = reader.map_or(NO_DELIVERY, |reader| reader.public_id);
    let token = app.token(Purpose::Leave, subscription);
    Addressee {
        delivery: NO_DELIVERY,
        subscription,
        to: to.clone(),
        date: mail::local(app, now),
        leave_url: view::paths(app).leave(token.as_str()),
        since: date::since(language, day(confirmed), day(now)),
    }
}

fn filled<'a>(segments: &[Segment<'a>], value: impl Fn(Slot) -> &'a str) -> String {
    let part = |segment: &Segment<'a>| match segment {
        Segment::Literal(text) => *text,
        Segment::Slot(slot) => value(*slot),
    };
    segments.iter().map(part).collect()
}
