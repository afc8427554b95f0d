//! The editor's word on an issue: approve, send, pause, resume, stop; and the sending moment that waits for it.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::calendar::Job;
use issues::{Finding, Hand, InvalidIssueStep, IssueState, Item};
use sha2::{Digest as _, Sha256};
use subscribers::{Language, clean_line};

use super::assembly::{Standing, Taking, dead_links, fill, standing};
use super::seen::Generation;
use super::{Leaves, NotDone, chosen, meant, sends_at, to_change};
use crate::app::App;
use crate::newsroom::moderate::Who;
use crate::newsroom::{horizon, mails, view};
use crate::store::{IssueContent, IssueRow, Write};

/// An editor approves: what is approved by now goes in, the content is frozen, and the next sending moment is taken.
///
/// # Errors
/// See [`NotDone`].
pub async fn approve(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    let dead = dead_links(app).await?;
    let mut write = app.store.write().await?;
    let row = chosen(app, &mut write, issue, &["ready", "held", "draft"]).await?;
    let send_at = sending_moment_of(app, &row)?;
    let row = freeze(app, &mut write, row, by, send_at, &Freezing::all(Leaves::AtNextMoment, &dead)).await?;
    write.commit().await?;
    Ok(row)
}

/// What freezing looks at.
struct Freezing<'a> {
    leaves: Leaves,
    dead: &'a [Finding],
    taking: Taking,
    /// What an editor was shown: nothing else is frozen.
    shown: Option<Shown<'a>>,
}

impl<'a> Freezing<'a> {
    fn all(leaves: Leaves, dead: &'a [Finding]) -> Self {
        Self { leaves, dead, taking: Taking::Everything, shown: None }
    }

    fn only(leaves: Leaves, shown: Shown<'a>, known: &'a [Finding]) -> Self {
        Self { leaves, dead: known, taking: Taking::Nothing, shown: Some(shown) }
    }
}

/// What an editor would approve, or send, now.
pub struct Offer {
    pub standing: Standing,
    /// Of the content in all languages.
    pub hash: String,
    pub generation: Generation,
    /// The hold begins.
    pub send_at: DateTime<Utc>,
    /// It ends, and the first mail leaves.
    pub not_before: DateTime<Utc>,
    pub readers: usize,
}

/// What an editor saw before the button.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    pub hash: &'a str,
    /// Nothing where the form did not bring it.
    pub generation: Option<&'a Generation>,
    /// The sending moment; nothing where it leaves now.
    pub send_at: Option<DateTime<Utc>>,
}

/// Reads an issue as it would be approved; changes nothing.
///
/// # Errors
/// See [`NotDone`].
pub async fn offer(app: &App, issue: &IssueRow, leaves: Leaves) -> Result<Offer, NotDone> {
    let send_at = match leaves {
        Leaves::AtNextMoment => sending_moment_of(app, issue)?,
        Leaves::Now => app.clock.now(),
    };
    let standing = standing(app, issue, leaves).await?;
    let hash =
        if issue.state.is_open() { rendered(app, &standing.contents).1 } else { issue.content_hash.clone() };
    let leaves_on = send_at.with_timezone(&app.config.publication.zone).date_naive();
    let readers = app.store.count_readers(app.publication, leaves_on).await?;
    let generation = Generation::of(issue, &standing.contents, &standing.findings);
    Ok(Offer { standing, hash, generation, send_at, not_before: send_at + app.config.issue.hold, readers })
}

/// Approves exactly what was shown, for the moment that was shown.
///
/// # Errors
/// See [`NotDone`].
pub async fn approve_shown(app: &App, issue: i64, shown: Shown<'_>, by: &str) -> Result<IssueRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = to_change(app, &mut write, issue).await?;
    let send_at = sending_moment_of(app, &row)?;
    if row.state.is_open() && shown.send_at != Some(send_at) {
        return Err(NotDone::Overtaken);
    }
    let known = row.findings.clone();
    let row = freeze(app, &mut write, row, by, send_at, &Freezing::only(Leaves::AtNextMoment, shown, &known))
        .await?;
    write.commit().await?;
    Ok(row)
}

/// Sends now exactly what was shown: begins the hold.
///
/// # Errors
/// See [`NotDone`].
pub async fn send_shown(app: &App, issue: i64, shown: Shown<'_>, by: &str) -> Result<IssueRow, NotDone> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = to_change(app, &mut write, issue).await?;
    let known = row.findings.clone();
    let row = if row.state.is_open() {
        freeze(app, &mut write, row, by, now, &Freezing::only(Leaves::Now, shown, &known)).await?
    } else if row.content_hash == shown.hash && shown.generation.is_some_and(|seen| seen.is_of_approval(&row))
    {
        row
    } else {
        return Err(NotDone::Overtaken);
    };
    let state = row.state.clone().send(by, now + app.config.issue.hold)?;
    write.change_issue(row.id, &state).await?;
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    write.commit().await?;
    Ok(row)
}

fn sending_moment_of(app: &App, issue: &IssueRow) -> Result<DateTime<Utc>, NotDone> {
    sends_at(app, issue.edition).ok_or(NotDone::NoSendingMoment)
}

/// The content in all languages, and its hash.
fn rendered(app: &App, standing: &view::Contents) -> (Vec<IssueContent>, String) {
    let contents: Vec<IssueContent> =
        Language::ALL.into_iter().map(|language| view::bulletin(app, standing, language)).collect();
    let mut hash = Sha256::new();
    for content in &contents {
        for part in [content.language.code(), &content.subject, &content.html, &content.text] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
    }
    (contents, data_encoding::HEXLOWER.encode(&hash.finalize()))
}

/// Fills, checks and freezes, inside an open transaction.
async fn freeze(
    app: &App,
    write: &mut Write,
    row: IssueRow,
    by: &str,
    send_at: DateTime<Utc>,
    freezing: &Freezing<'_>,
) -> Result<IssueRow, NotDone> {
    if !row.state.is_open() {
        return Err(InvalidIssueStep::State { from: row.state.name(), step: "approved" }.into());
    }
    // Approved after its month's sending moment, it leaves a month later and bears that month.
    let leaves = app.config.issue.bears.edition(send_at, app.config.publication.zone);
    if leaves > row.edition {
        write.retarget_issue(row.id, leaves).await?;
    }
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    let row = fill(app, write, row, freezing.leaves, freezing.dead, freezing.taking).await?;
    let state = row.state.clone().approve(by, app.clock.now(), send_at)?;
    write.tell_corrections(app.publication, row.id).await?;
    let standing = view::contents(write, &row).await?.leaving(freezing.leaves);
    let (contents, hash) = rendered(app, &standing);
    if let Some(shown) = freezing.shown {
        let now = Generation::of(&row, &standing, &row.findings);
        if shown.hash != hash || shown.generation != Some(&now) {
            return Err(NotDone::Overtaken);
        }
    }
    horizon::keep(app, write, &standing).await?;
    write.freeze_issue(row.id, &contents, &hash).await?;
    write.change_issue(row.id, &state).await?;
    Ok(write.issue_for_change(row.id).await?.context("find the issue again")?)
}

/// Sends now: approves what is not approved yet, and begins the hold.
///
/// # Errors
/// See [`NotDone`].
pub async fn send(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    let id = meant(app, issue, &["approved", "ready", "held", "draft"]).await?;
    // What is frozen already is not looked at again: nothing could be changed.
    let open = app.store.issue(id).await?.is_some_and(|row| row.state.is_open());
    let dead = if open { dead_links(app).await? } else { Vec::new() };
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = to_change(app, &mut write, id).await?;
    let freezing = Freezing::all(Leaves::Now, &dead);
    let row = if row.state.is_open() { freeze(app, &mut write, row, by, now, &freezing).await? } else { row };
    let state = row.state.clone().send(by, now + app.config.issue.hold)?;
    write.change_issue(row.id, &state).await?;
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    write.commit().await?;
    Ok(row)
}

/// # Errors
/// See [`NotDone`].
pub async fn pause(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    step(app, issue, &["sending"], |state| state.pause(by)).await
}

/// # Errors
/// See [`NotDone`].
pub async fn resume(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    let row = step(app, issue, &["paused"], |state| state.resume(by)).await?;
    app.wake.queued.notify_waiters();
    Ok(row)
}

async fn step(
    app: &App,
    issue: Option<i64>,
    states: &[&str],
    step: impl FnOnce(IssueState) -> Result<IssueState, InvalidIssueStep>,
) -> Result<IssueRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = chosen(app, &mut write, issue, states).await?;
    let state = step(row.state.clone())?;
    write.change_issue(row.id, &state).await?;
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    write.commit().await?;
    Ok(row)
}

/// Takes an approval back before anything has gone out: the issue is open again, with what stands in it, and leaves
/// only when it is approved anew.
///
/// # Errors
/// See [`NotDone`].
pub async fn reopen(app: &App, issue: i64, by: &str) -> Result<IssueRow, NotDone> {
    let mut write = app.store.write().await?;
    write.before_an_issue_opens(app.publication).await?;
    let row = to_change(app, &mut write, issue).await?;
    let state = row.state.clone().reopen(row.audience.is_some())?;
    if write.open_draft(app.publication).await?.is_some() {
        return Err(NotDone::AnotherIsOpen);
    }
    write.untell_corrections(row.id).await?;
    write.thaw_issue(row.id).await?;
    let mut arrangement = row.arrangement.clone();
    arrangement.opened_again(Hand { by: clean_line(by), at: app.clock.now() });
    write.set_arrangement(row.id, &arrangement).await?;
    write.change_issue(row.id, &state).await?;
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    write.commit().await?;
    Ok(row)
}

/// Nothing more goes out. In the hold nothing has gone out yet: the items are free for the next issue again.
///
/// # Errors
/// See [`NotDone`].
pub async fn stop(app: &App, issue: Option<i64>, who: Who<'_>) -> Result<IssueRow, NotDone> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = chosen(app, &mut write, issue, &["sending", "paused", "approved"]).await?;
    let state = row.state.clone().stop(who.by, now)?;
    write.change_issue(row.id, &state).await?;
    if row.audience.is_none() {
        write.untell_corrections(row.id).await?;
        for item in write.items_for_change(app.publication, "planned").await? {
            if let Some(state) = item.item.state.released(row.id) {
                let after = Item { state, content: item.item.content.clone() };
                write.change_item(&item, &after, who.by, who.channel, "unplan", now).await?;
            }
        }
    } else {
        write.abandon_deliveries(row.id, now).await?;
    }
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    write.commit().await?;
    Ok(row)
}

/// At the sending moment: an issue that is ready goes out by itself where the configuration says so; otherwise the
/// editors are reminded of one that still waits for them.
///
/// # Errors
/// The database fails.
pub async fn sending_moment(app: &App, moment: DateTime<Utc>) -> anyhow::Result<()> {
    // Only an issue that leaves without an editor's word is frozen here.
    let dead = if app.config.issue.needs_approval { Vec::new() } else { dead_links(app).await? };
    let mut write = app.store.write().await?;
    if !write.take_moment(app.publication, Job::Send.name(), moment, true, app.clock.now()).await? {
        return Ok(());
    }
    // An issue that was sent before its time has left this moment nothing to do: the draft is that of a later one.
    let leaving = app.config.issue.bears.edition(moment, app.config.publication.zone);
    let draft = write.open_draft(app.publication).await?.filter(|draft| draft.edition <= leaving);
    if let Some(draft) = draft {
        if app.config.issue.needs_approval {
            match draft.state {
                IssueState::Ready => mails::draft_ready(app, &mut write, &draft).await?,
                _ => mails::held(app, &mut write, &draft).await?,
            }
        } else {
            match freeze(app, &mut write, draft, "", moment, &Freezing::all(Leaves::AtNextMoment, &dead))
                .await
            {
                // Held: the editors were told at the assembly.
                Ok(_) | Err(NotDone::Step(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}
