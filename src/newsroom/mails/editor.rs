//! Mails to the editors about issues and about the mailbox. Those about items stand in `notices.rs`.

use issues::reading::Report;
use subscribers::{EmailAddress, Language};
use templates::email;

use super::to_person;
use crate::app::App;
use crate::newsroom::mail::{Outgoing, local, queue};
use crate::newsroom::{edition, view};
use crate::store::{IssueRow, MailKind, Write};

/// The issue is not fit to be sent: the editors are told what is missing.
///
/// # Errors
/// The database fails.
pub async fn held(app: &App, write: &mut Write, issue: &IssueRow) -> anyhow::Result<()> {
    let contents = view::contents(write, issue).await?;
    for editor in app.store.editors(app.publication).await? {
        let email = email::held::render(&email::held::View {
            frame: view::frame(app, editor.language),
            year: issue.edition.year,
            month: issue.edition.month,
            missing: view::findings(&contents, &issue.findings),
            url: app.paths().desk(&format!("/issue/{}", issue.id)),
        });
        queue(app, write, to_editor(MailKind::Held, &editor.address, editor.language, email)).await?;
    }
    Ok(())
}

/// The issue is assembled: the editors are told what is in it and how to approve it.
///
/// # Errors
/// The database fails.
pub async fn draft_ready(app: &App, write: &mut Write, issue: &IssueRow) -> anyhow::Result<()> {
    let contents = view::contents(write, issue).await?;
    let sends_at = edition::sends_at(app, issue.edition).map(|moment| local(app, moment).naive_local());
    for editor in app.store.editors(app.publication).await? {
        let edition = view::edition(app, &contents, editor.language, &view::paths(app));
        let email = email::draft_ready::render(&email::draft_ready::View {
            frame: view::frame(app, editor.language),
            year: issue.edition.year,
            month: issue.edition.month,
            number: edition.number,
            running_number: edition.running_number,
            items: contents.items.iter().map(|(_, row)| row.item.content.title.clone()).collect(),
            dates: edition.calendar.len(),
            findings: view::findings(&contents, &issue.findings),
            url: app.paths().desk(&format!("/issue/{}", issue.id)),
            sends_at,
        });
        queue(app, write, to_editor(MailKind::DraftReady, &editor.address, editor.language, email)).await?;
    }
    Ok(())
}

/// A mail too large for us was left on the server; the editors are told.
///
/// # Errors
/// The database fails.
pub async fn too_large(app: &App, write: &mut Write, report: &Report, octets: u64) -> anyhow::Result<()> {
    for editor in app.store.editors(app.publication).await? {
        let email = email::too_large::render(&email::too_large::View {
            frame: view::frame(app, editor.language),
            from: sender(report),
            subject: report.subject.clone().unwrap_or_default(),
            octets,
            limit_octets: u64::try_from(app.config.inbound.size_bytes_max).unwrap_or(u64::MAX),
        });
        queue(app, write, to_editor(MailKind::TooLarge, &editor.address, editor.language, email)).await?;
    }
    Ok(())
}

pub(in crate::newsroom) fn to_editor(
    kind: MailKind,
    to: &EmailAddress,
    language: Language,
    email: templates::Email,
) -> Outgoing<'_> {
    to_person(kind, to, language, email)
}

/// The sender as the header gives them.
pub(in crate::newsroom) fn sender(report: &Report) -> String {
    let from = report.from.as_ref();
    let name = from.and_then(|from| from.name.as_deref()).unwrap_or("");
    let address = from.and_then(|from| from.address.as_deref()).unwrap_or("");
    named(name, address)
}

pub(in crate::newsroom) fn named(name: &str, address: &str) -> String {
    if name.is_empty() { address.to_owned() } else { format!("{name} <{address}>") }
}
