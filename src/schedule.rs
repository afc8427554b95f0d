//! The schedule task: fires the moments of the five jobs and moves issues on when their time has come.
//!
//! A moment is recorded in the transaction that does its work, so that it is done once whatever is killed when.

use chrono::{DateTime, TimeDelta, Utc};
use issues::calendar::{Due, Job, Past, due};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::app::{App, SharedApp, Step};
use crate::newsroom::{drafts, edition, mails, notices, told, unanswered, waiting};

/// How often the schedule looks, so that what a command changed is noticed within a second.
const LOOK_EVERY: TimeDelta = TimeDelta::milliseconds(500);
/// Requests are remembered for as long as any limit looks back.
pub const REQUESTS_KEPT: TimeDelta = TimeDelta::days(2);
/// Wishes to subscribe that were never confirmed are forgotten after this.
pub const UNCONFIRMED_KEPT: TimeDelta = TimeDelta::days(30);

/// Since when an expression holds, as kept in the database.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
struct InForce {
    expression: String,
    zone: String,
    since: DateTime<Utc>,
}

/// Runs until told to stop.
///
/// # Errors
/// None: what fails is logged and tried again.
pub async fn run(app: SharedApp, soft: CancellationToken) -> anyhow::Result<()> {
    // Side by side: an assembly looks at links for up to two minutes, and no hold waits for that.
    tokio::join!(repeat(&app, &soft, || move_on(&app)), repeat(&app, &soft, || fire_moments(&app)),);
    Ok(())
}

/// One half of the task, again and again; a breath in between when there was nothing to do.
async fn repeat<Done>(app: &App, soft: &CancellationToken, work: impl Fn() -> Done)
where
    Done: Future<Output = anyhow::Result<bool>>,
{
    while !soft.is_cancelled() {
        match work().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "the schedule failed and tries again")
            }
        }
        tokio::select! {
            () = app.clock.sleep_until(app.clock.now() + LOOK_EVERY) => {}
            () = soft.cancelled() => {}
        }
    }
}

/// Does everything that is due now.
///
/// # Errors
/// The database fails.
pub async fn step(app: &App) -> anyhow::Result<Step> {
    let worked = move_on(app).await? | fire_moments(app).await?;
    Ok(if worked { Step::Worked } else { Step::Idle })
}

/// What has its own time: issues, questions that nobody answers, the end of a flood of news, and decisions that have
/// settled.
async fn move_on(app: &App) -> anyhow::Result<bool> {
    let mut worked = edition::advance(app).await?;
    // What cannot be told must not keep an issue from its moment.
    for (what, done) in [
        ("a question without an answer", unanswered::step(app).await),
        ("what came in a flood", notices::step(app).await),
        ("what was decided", told::step(app).await),
    ] {
        match done {
            Ok(done) => worked |= done,
            Err(error) => tracing::error!(
                what,
                error = format!("{error:#}"),
                "somebody could not be told of something, which is tried again"
            ),
        }
    }
    Ok(worked)
}

/// Fires what the expressions say is due.
async fn fire_moments(app: &App) -> anyhow::Result<bool> {
    let mut worked = false;
    for (job, cron) in &app.config.schedule {
        let zone = app.config.publication.zone;
        let in_force_since = in_force_since(app, *job, cron.as_str(), zone.name()).await?;
        let last = app.store.last_moment(app.publication, job.name()).await?;
        match due(*job, cron, zone, Past { in_force_since, last }, app.clock.now()) {
            Due::Nothing { .. } => {}
            Due::Fire { moment, missed } => {
                tracing::info!(job = job.name(), %moment, missed, "a moment of the schedule has come");
                // One job that fails must not keep the others from their moments.
                match fire(app, *job, moment).await {
                    Ok(()) => worked = true,
                    Err(error) => tracing::error!(
                        job = job.name(),
                        error = format!("{error:#}"),
                        "a job of the schedule failed and is tried again"
                    ),
                }
            }
            Due::Skip { through, moments } => {
                tracing::info!(job = job.name(), %through, moments, "moments of the schedule are too old");
                let mut write = app.store.write().await?;
                write.take_moment(app.publication, job.name(), through, false, app.clock.now()).await?;
                write.commit().await?;
                worked = true;
            }
        }
    }
    Ok(worked)
}

/// An expression that is new, or was changed, holds from now on: none of its earlier moments is fired.
async fn in_force_since(app: &App, job: Job, expression: &str, zone: &str) -> anyhow::Result<DateTime<Utc>> {
    let name = format!("schedule.{}", job.name());
    let kept: Option<InForce> =
        app.store.setting(&name).await?.as_deref().map(serde_json::from_str).transpose()?;
    if let Some(kept) = kept.filter(|kept| kept.expression == expression && kept.zone == zone) {
        return Ok(kept.since);
    }
    let since = app.clock.now();
    let new = InForce { expression: expression.to_owned(), zone: zone.to_owned(), since };
    let mut write = app.store.write().await?;
    write.put_setting(&name, &serde_json::to_string(&new)?).await?;
    write.commit().await?;
    Ok(since)
}

async fn fire(app: &App, job: Job, moment: DateTime<Utc>) -> anyhow::Result<()> {
    match job {
        Job::Reminder => remind(app, moment).await,
        Job::Waiting => waiting::remind(app, moment).await,
        Job::Assemble => edition::assembly_moment(app, moment).await,
        Job::Send => edition::sending_moment(app, moment).await,
        Job::CleanUp => clean_up(app, moment).await,
    }
}

/// Contributors are asked for their news, each once.
async fn remind(app: &App, moment: DateTime<Utc>) -> anyhow::Result<()> {
    let now = app.clock.now();
    let zone = app.config.publication.zone;
    let edition = edition::being_made(app).await?;
    // News are welcome until the issue is put together.
    let closing = edition::assembles_at(app, edition).unwrap_or(now);
    let until = closing.with_timezone(&zone).date_naive();
    let contributors = app.store.reminded_contributors(app.publication).await?;
    let mut write = app.store.write().await?;
    if !write.take_moment(app.publication, Job::Reminder.name(), moment, true, now).await? {
        return Ok(());
    }
    for contributor in &contributors {
        // Nobody is asked for what nobody would look at.
        if write.is_blocked(app.publication, std::slice::from_ref(&contributor.address)).await? {
            continue;
        }
        mails::reminder(app, &mut write, contributor, edition.month, until).await?;
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}

async fn clean_up(app: &App, moment: DateTime<Utc>) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    if write.take_moment(app.publication, Job::CleanUp.name(), moment, true, now).await? {
        write.sweep_requests(now - REQUESTS_KEPT).await?;
        write.sweep_sessions(now).await?;
        write.forget_unconfirmed(now - UNCONFIRMED_KEPT).await?;
        write.forget_address_changes(now - UNCONFIRMED_KEPT).await?;
        write.sweep_drafts(now - drafts::KEPT).await?;
        write.commit().await?;
    }
    Ok(())
}
