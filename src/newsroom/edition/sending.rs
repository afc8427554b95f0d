//! From the sending moment to the last delivery: the hold, the audience, the end.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use issues::{IssueState, Item};
use subscribers::is_reached;

use super::assembly::open;
use super::coming;
use crate::app::App;
use crate::clock::random_id;
use crate::newsroom::mail::local;
use crate::newsroom::mails;
use crate::store::{IssueRow, NewDelivery};

/// A delivery that could not leave for so long is given up.
const DELIVERY_EXPIRES_AFTER: TimeDelta = issues::delivery::BULLETIN_EXPIRES_AFTER;
/// Readers whose deliveries are queued with one statement.
const DELIVERY_BATCH_MAX: usize = 1_000;

/// Moves every issue on whose time has come: into the hold, out of it, to its end. One step of the schedule task.
///
/// # Errors
/// The database fails.
pub async fn advance(app: &App) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut worked = false;
    for row in app.store.issues(app.publication, "").await? {
        worked |= match &row.state {
            IssueState::Approved { send_at, .. } if *send_at <= now => begin_hold(app, row.id).await?,
            IssueState::Sending { not_before, .. } if *not_before <= now => match row.audience {
                None => end_hold(app, row.id).await?,
                Some(_) => finish(app, row.id).await?,
            },
            IssueState::Draft
            | IssueState::Ready
            | IssueState::Held { .. }
            | IssueState::Approved { .. }
            | IssueState::Sending { .. }
            | IssueState::Paused { .. }
            | IssueState::Sent { .. }
            | IssueState::Stopped { .. } => false,
        };
    }
    Ok(worked)
}

async fn begin_hold(app: &App, issue: i64) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.issue_for_change(issue).await?.context("find the issue again")?;
    let IssueState::Approved { by, send_at, .. } = &row.state else { return Ok(false) };
    // The hold counts from the moment that was promised; after a long stop it begins now, so that it is never none.
    let begins = if now - *send_at < app.config.issue.hold { *send_at } else { now };
    let state = row.state.clone().send(by, begins + app.config.issue.hold)?;
    write.change_issue(issue, &state).await?;
    write.commit().await?;
    Ok(true)
}

/// The end of the hold freezes the audience: one delivery per confirmed reader who has not paused. The items are
/// published.
async fn end_hold(app: &App, issue: i64) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.issue_for_change(issue).await?.context("find the issue again")?;
    let due = matches!(&row.state, IssueState::Sending { not_before, .. } if *not_before <= now);
    if !due || row.audience.is_some() {
        return Ok(false);
    }
    let today = app.today();
    let mut readers = 0;
    let mut after = 0;
    loop {
        let audience = write.audience(app.publication, after, DELIVERY_BATCH_MAX).await?;
        let Some(last) = audience.last() else { break };
        after = last.subscription;
        let deliveries: Vec<NewDelivery> = audience
            .iter()
            .filter(|reader| is_reached(&reader.state, reader.suppressed, reader.manner, today).is_ok())
            .map(|reader| {
                let public_id = random_id();
                let message_id = delivery_message_id(app, &row, public_id, now);
                NewDelivery {
                    public_id,
                    subscription: reader.subscription,
                    recipient: reader.address.as_str().to_owned(),
                    recipient_hash: reader.address_hash.clone(),
                    language: reader.language,
                    plain_text: reader.manner.plain_text,
                    message_id,
                }
            })
            .collect();
        readers += write
            .queue_deliveries(app.publication, issue, &deliveries, now, now + DELIVERY_EXPIRES_AFTER)
            .await?;
        for reader in &audience {
            let left = reader.manner.pause.and_then(|pause| pause.after_an_issue(today));
            if left != reader.manner.pause {
                write.keep_pause(reader.subscription, left).await?;
            }
        }
    }
    write.keep_audience(issue, readers, now).await?;
    for place in write.items_of_issue(issue).await? {
        let item = write.item_for_change(place.item).await?.context("find an item of the issue")?;
        let Some(state) = item.item.state.published(issue, now) else {
            // It stands in the frozen content all the same; nobody waits because of it.
            tracing::warn!(
                item = item.id,
                state = item.item.state.name(),
                "an item of the issue is not planned for it"
            );
            continue;
        };
        let published = Item { state, content: item.item.content.clone() };
        write.change_item(&item, &published, "", "schedule", "publish", now).await?;
        mails::published(app, &mut write, &item, &row, &place.slug).await?;
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(true)
}

/// Without angle brackets; the engine makes the same from the same row.
fn delivery_message_id(app: &App, issue: &IssueRow, public_id: i64, at: DateTime<Utc>) -> String {
    app.letterhead.message_id(&issue.edition.to_string(), public_id, local(app, at))
}

/// Every delivery is final: the issue is sent, and the draft of the next one opens.
async fn finish(app: &App, issue: i64) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    write.before_an_issue_opens(app.publication).await?;
    let row = write.issue_for_change(issue).await?.context("find the issue again")?;
    if !matches!(row.state, IssueState::Sending { .. }) || !write.deliveries_are_final(issue).await? {
        return Ok(false);
    }
    let state = row.state.clone().finish(now)?;
    write.change_issue(issue, &state).await?;
    let edition = coming(app, now)?.max(row.edition.next());
    open(app, &mut write, edition).await?;
    write.commit().await?;
    Ok(true)
}
