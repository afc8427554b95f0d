//! An issue from its opening to its end: opened and assembled, approved and frozen, sent after the hold, finished.
//!
//! Here is what all of them ask: which month an issue bears, and which issue is meant.

mod approval;
mod arranging;
mod assembly;
mod seen;
mod sending;

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, NaiveDate, Utc};
use issues::calendar::{Job, sending_of};
use issues::{Edition, InvalidIssueStep, IssueState};

pub use self::approval::{
    Offer, Shown, approve, approve_shown, offer, pause, reopen, resume, send, send_shown, sending_moment,
    stop,
};
pub use self::arranging::{Change, NotArranged, arrange, token};
pub use self::assembly::{Standing, assemble, assemble_at_desk, assembly_moment, standing};
pub(super) use self::assembly::{close_ranks, join};
pub use self::seen::{Generation, Since, since};
pub use self::sending::advance;
use crate::app::App;
use crate::store::{IssueRow, Write};

/// Moments looked through for that of an edition: a daily schedule, and an edition some months ahead.
const MOMENTS_MAX: usize = 400;

#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    #[error("there is no such issue")]
    NoSuchIssue,
    #[error("no sending moment is configured (schedule.send); `zinas issue send` sends now")]
    NoSendingMoment,
    #[error("the issue is not as it was shown any more")]
    Overtaken,
    #[error("another issue is being made already; there is one at a time")]
    AnotherIsOpen,
    #[error(transparent)]
    Step(#[from] InvalidIssueStep),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// When an issue would leave: the month that it bears follows, and the day on which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    AtNextMoment,
    Now,
}

/// The edition of the issue that leaves at the first sending moment after `from`.
pub fn coming(app: &App, from: DateTime<Utc>) -> anyhow::Result<Edition> {
    let zone = app.config.publication.zone;
    let sending = match app.config.cron(Job::Send) {
        Some(cron) => cron.next(zone, from).ok_or_else(|| anyhow!("schedule.send has no moment any more"))?,
        None => from,
    };
    Ok(app.config.issue.bears.edition(sending, zone))
}

/// The edition that is being made: that of the next sending, unless an issue for it is frozen or sent already.
///
/// # Errors
/// The database fails.
pub async fn being_made(app: &App) -> anyhow::Result<Edition> {
    let coming = coming(app, app.clock.now())?;
    let issues = app.store.issues(app.publication, "").await?;
    Ok(issues
        .iter()
        .filter(|issue| is_settled(issue))
        .map(|issue| issue.edition.next())
        .fold(coming, Edition::max))
}

/// The edition that would have come first but takes nothing any more; `None` where what is approved now comes next.
///
/// # Errors
/// The database fails.
pub async fn closed(app: &App) -> anyhow::Result<Option<Edition>> {
    let made = being_made(app).await?;
    let issues = app.store.issues(app.publication, "").await?;
    let going = |issue: &&IssueRow| {
        matches!(
            issue.state,
            IssueState::Approved { .. } | IssueState::Sending { .. } | IssueState::Paused { .. }
        )
    };
    let coming = Some(coming(app, app.clock.now())?).filter(|coming| *coming < made);
    Ok(coming.or(issues.iter().rfind(going).map(|issue| issue.edition).filter(|edition| *edition < made)))
}

/// Frozen, going out or sent: nothing can be put into it any more.
fn is_settled(issue: &IssueRow) -> bool {
    !issue.state.is_open() && !matches!(issue.state, IssueState::Stopped { .. })
}

/// The edition that an assembly at this moment works towards.
fn edition_of(app: &App, assembly: DateTime<Utc>) -> anyhow::Result<Edition> {
    let zone = app.config.publication.zone;
    match app.config.cron(Job::Send) {
        Some(cron) => {
            let sending = sending_of(assembly, cron, zone).context("schedule.send has no moment any more")?;
            Ok(app.config.issue.bears.edition(sending, zone))
        }
        None => Ok(app.config.issue.bears.edition(assembly, zone)),
    }
}

/// The moment at which an edition leaves: the next whose issue bears its month. After an issue was sent before its
/// time, that is not the next of the schedule.
pub fn sends_at(app: &App, edition: Edition) -> Option<DateTime<Utc>> {
    let zone = app.config.publication.zone;
    first_moment(app, Job::Send, |moment| app.config.issue.bears.edition(moment, zone) >= edition)
}

/// The moment at which an edition is put together.
pub fn assembles_at(app: &App, edition: Edition) -> Option<DateTime<Utc>> {
    first_moment(app, Job::Assemble, |moment| edition_of(app, moment).is_ok_and(|of| of >= edition))
}

fn first_moment(app: &App, job: Job, fits: impl Fn(DateTime<Utc>) -> bool) -> Option<DateTime<Utc>> {
    let zone = app.config.publication.zone;
    let cron = app.config.cron(job)?;
    let mut moment = cron.next(zone, app.clock.now());
    for _ in 0..MOMENTS_MAX {
        match moment {
            Some(at) if !fits(at) => moment = cron.next(zone, at),
            found => return found,
        }
    }
    None
}

/// The day on which the readers of an edition will read: that of its sending moment, or today's.
pub fn reading_day(app: &App, edition: Edition, leaves: Leaves) -> NaiveDate {
    let sending = match leaves {
        Leaves::AtNextMoment => sends_at(app, edition),
        Leaves::Now => None,
    };
    let sending = sending.unwrap_or(app.clock.now());
    sending.with_timezone(&app.config.publication.zone).date_naive()
}

/// The day on which readers will read what is approved now.
///
/// # Errors
/// The database fails.
pub async fn reads_on(app: &App) -> anyhow::Result<NaiveDate> {
    Ok(reading_day(app, being_made(app).await?, Leaves::AtNextMoment))
}

/// Which issue a command means when it names none.
async fn meant(app: &App, issue: Option<i64>, states: &[&str]) -> Result<i64, NotDone> {
    match issue {
        Some(id) => Ok(id),
        None => among(app.store.issues(app.publication, "").await?, states),
    }
}

/// [`meant`], to be changed in this transaction.
async fn chosen(
    app: &App,
    write: &mut Write,
    issue: Option<i64>,
    states: &[&str],
) -> Result<IssueRow, NotDone> {
    let id = match issue {
        Some(id) => id,
        None => among(write.issues(app.publication).await?, states)?,
    };
    to_change(app, write, id).await
}

/// This issue, if it is one of ours, to be changed in this transaction.
async fn to_change(app: &App, write: &mut Write, id: i64) -> Result<IssueRow, NotDone> {
    let row = write.issue_for_change(id).await?.filter(|row| row.publication == app.publication);
    row.ok_or(NotDone::NoSuchIssue)
}

/// The last in one of these states, else the last.
fn among(rows: Vec<IssueRow>, states: &[&str]) -> Result<i64, NotDone> {
    let wanted = rows.iter().rev().find(|row| states.contains(&row.state.name()));
    Ok(wanted.or(rows.last()).ok_or(NotDone::NoSuchIssue)?.id)
}

/// The issue that an editor has to do with now: the one that is going out or about to, else the one that is being made,
/// else the last.
///
/// # Errors
/// The database fails.
pub async fn at_hand(app: &App) -> anyhow::Result<Option<IssueRow>> {
    let mut rows = app.store.issues(app.publication, "").await?;
    let going = rows.iter().rposition(|row| {
        matches!(
            row.state,
            IssueState::Approved { .. } | IssueState::Sending { .. } | IssueState::Paused { .. }
        )
    });
    let open = || rows.iter().rposition(|row| row.state.is_open());
    let at = going.or_else(open).or_else(|| rows.len().checked_sub(1));
    Ok(at.map(|at| rows.swap_remove(at)))
}
