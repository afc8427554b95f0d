//! An issue as one reader would get it, by the renderer of the sending path: what approval froze, or what it would
//! freeze now.

use anyhow::Context as _;
use subscribers::{EmailAddress, Language};
use templates::{Email, Segment, Slot};

use super::view;
use crate::app::App;
use crate::outbound::message::Addressee;
use crate::outbound::{Reader, addressee, freeze};
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
    let now = app.clock.now();
    let reader = Reader {
        delivery: NO_DELIVERY,
        subscription: reader.as_ref().map_or(NO_DELIVERY, |reader| reader.public_id),
        to,
        language,
        confirmed_at: reader.as_ref().and_then(|reader| reader.confirmed_at).unwrap_or(now),
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

async fn content(app: &App, issue: &IssueRow, language: Language) -> anyhow::Result<IssueContent> {
    if issue.content_hash.is_empty() {
        return Ok(view::bulletin(app, &view::stored_contents(app, issue).await?, language));
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
