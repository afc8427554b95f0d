//! From a held row to what goes over the line. An issue is encoded once per language and kept for its other readers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use subscribers::{EmailAddress, Language, Purpose, Source};

use super::message::{Addressee, Bulletin, Frozen};
use super::{Envelope, Wire};
use crate::app::App;
use crate::store::{Held, HeldMail, IssueContent, IssueRow};

/// Issues whose encoded content is kept; more than two are never under way at once.
const ISSUES_KEPT_MAX: usize = 4;

/// The content of issues that are going out.
#[derive(Default)]
pub(super) struct Composer {
    frozen: Mutex<HashMap<(i64, Language), Arc<Frozen>>>,
}

impl Composer {
    /// The same row gives the same bytes, whenever and by whomever it is composed.
    ///
    /// # Errors
    /// The content is missing or unfit, which no repetition will change.
    pub(super) async fn compose(&self, app: &App, held: &Held) -> anyhow::Result<(Envelope, Wire)> {
        match &held.mail {
            HeldMail::Single { return_path, bytes } => {
                let envelope = Envelope { from: return_path.clone(), to: held.recipient.clone() };
                Ok((envelope, Wire::new(bytes)?))
            }
            HeldMail::Delivery { issue, subscription, confirmed_at, source, plain_text } => {
                let frozen = self.frozen(app, *issue, held.language).await?;
                let reader = Reader {
                    delivery: held.public_id,
                    subscription: *subscription,
                    to: &held.recipient,
                    language: held.language,
                    confirmed_at: *confirmed_at,
                    source: *source,
                    plain_text: *plain_text,
                };
                let composed = frozen.address(&addressee(app, &reader, held.dated_at));
                Ok((composed.envelope, composed.wire))
            }
        }
    }

    async fn frozen(&self, app: &App, issue: i64, language: Language) -> anyhow::Result<Arc<Frozen>> {
        if let Some(frozen) = self.kept().get(&(issue, language)) {
            return Ok(Arc::clone(frozen));
        }
        let row = app.store.issue(issue).await?.context("the issue of a delivery is not there")?;
        let contents = app.store.issue_contents(issue).await?;
        let content = contents.iter().find(|content| content.language == language);
        let content = content.context("the issue has no content in the reader's language")?;
        let frozen = Arc::new(freeze(app, &row, content)?);
        let mut kept = self.kept();
        if kept.len() >= ISSUES_KEPT_MAX {
            kept.retain(|(of, _), _| *of == issue);
        }
        kept.insert((issue, language), Arc::clone(&frozen));
        Ok(frozen)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<(i64, Language), Arc<Frozen>>> {
        self.frozen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One reader of an issue.
pub struct Reader<'a> {
    pub delivery: i64,
    pub subscription: i64,
    pub to: &'a EmailAddress,
    pub language: Language,
    pub confirmed_at: DateTime<Utc>,
    pub source: Source,
    pub plain_text: bool,
}

/// The content of an issue in one language, encoded once for all its readers.
///
/// # Errors
/// The content is unfit.
pub fn freeze(app: &App, issue: &IssueRow, content: &IssueContent) -> anyhow::Result<Frozen> {
    let home = app.paths().home();
    let bulletin = Bulletin {
        edition: &issue.edition.to_string(),
        language: content.language,
        subject: &content.subject,
        html: &content.html,
        text: &content.text,
        list_id: &app.config.publication.list_id,
        help_url: Some(&home),
        archive_url: Some(&home),
        sender_id: Some(&app.config.publication.slug),
    };
    Ok(Frozen::new(&app.letterhead, &bulletin)?)
}

/// What is personal in a reader's mail of this date.
pub fn addressee(app: &App, reader: &Reader<'_>, dated_at: DateTime<Utc>) -> Addressee {
    let date = app.local(dated_at);
    // The day of the Date header and not today, or a repeat would say the year otherwise.
    let confirmed = app.local(reader.confirmed_at).date_naive();
    let leave = app.token(Purpose::Leave, reader.subscription);
    // Its last day counts from the Date header for the same reason.
    let preferences = app.token_of(Purpose::Preferences, reader.subscription, dated_at.date_naive());
    Addressee {
        delivery: reader.delivery,
        subscription: reader.subscription,
        to: reader.to.clone(),
        date,
        leave_url: app.paths().leave(leave.as_str()),
        preferences_url: app.paths().preferences(preferences.as_str()),
        plain_text: reader.plain_text,
        why: templates::text::why(reader.language, reader.source, confirmed, date.date_naive()),
        since: templates::text::date::since(reader.language, confirmed, date.date_naive()),
    }
}
