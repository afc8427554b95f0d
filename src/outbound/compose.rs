//! From a held row to what goes over the line. An issue is encoded once per language and kept for its other readers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use chrono::{DateTime, FixedOffset, Utc};
use subscribers::{Language, Purpose};
use templates::Paths;

use super::message::{Addressee, Bulletin, Frozen};
use super::{Envelope, Wire};
use crate::app::App;
use crate::store::{Held, HeldMail};

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
            HeldMail::Delivery { issue, subscription, confirmed_at } => {
                let frozen = self.frozen(app, *issue, held.language).await?;
                let zone = app.config.publication.zone;
                // The day of the Date header and not today, or a repeat would say the year otherwise.
                let date = held.dated_at.with_timezone(&zone);
                let confirmed = confirmed_at.with_timezone(&zone).date_naive();
                let token = app.token(Purpose::Leave, *subscription);
                let composed = frozen.address(&Addressee {
                    delivery: held.public_id,
                    subscription: *subscription,
                    to: held.recipient.clone(),
                    date: local(app, held.dated_at),
                    leave_url: paths(app).leave(token.as_str()),
                    since: templates::text::date::since(held.language, confirmed, date.date_naive()),
                });
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
        let home = paths(app).home();
        let frozen = Arc::new(Frozen::new(
            &app.letterhead,
            &Bulletin {
                edition: &row.edition.to_string(),
                language,
                subject: &content.subject,
                html: &content.html,
                text: &content.text,
                list_id: &app.config.publication.list_id,
                help_url: Some(&home),
                archive_url: Some(&home),
                sender_id: Some(&app.config.publication.slug),
            },
        )?);
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

fn paths(app: &App) -> Paths {
    Paths::new(app.config.public_url.as_str())
}

/// A moment in the bulletin's zone, as the Date header says it.
fn local(app: &App, at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&app.config.publication.zone).fixed_offset()
}
