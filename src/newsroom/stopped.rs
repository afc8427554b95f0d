//! Taking back that an editor ended a subscription at the desk: what was before is there again, exactly.
//!
//! Only while nothing else was said since. What the reader said herself, a suppression and an erasure outweigh it.

use chrono::{DateTime, Utc};
use subscribers::{Act, SubscriptionState, clean_line};

use super::moderate::Who;
use super::people::{Origin, consent};
use crate::app::App;
use crate::store::{Stop, SubscriptionRow, address_hash};

/// The channel of what is done at the desk.
pub const DESK: &str = "desk";

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum StaysStopped {
    #[error("there is no such subscription")]
    NoSuchSubscription,
    /// It was not ended at the desk at this moment, or something was said since.
    #[error("there is nothing to take back")]
    NotStopped,
    #[error("the address is suppressed")]
    Suppressed,
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// Does an end that was made at the desk still say why nothing is sent? Moments are kept in milliseconds.
fn stands(stop: &Stop, state: &SubscriptionState) -> bool {
    let same = |at: &DateTime<Utc>| at.timestamp_millis() == stop.at.timestamp_millis();
    matches!(state, SubscriptionState::Unsubscribed { at, how } if how == DESK && same(at))
}

/// What an editor can take back of a subscription that was ended at the desk.
///
/// # Errors
/// The database fails.
pub async fn standing(app: &App, row: &SubscriptionRow) -> anyhow::Result<Option<Stop>> {
    let stop = app.store.stop_of(row.id).await?.filter(|stop| stands(stop, &row.state));
    match stop {
        Some(stop) => Ok(app.store.suppression(&address_hash(&row.address)).await?.is_none().then_some(stop)),
        None => Ok(None),
    }
}

/// Takes back that a subscription was ended at the desk at this moment.
///
/// # Errors
/// See [`StaysStopped`]; nothing is changed then.
pub async fn take_back(
    app: &App,
    subscription: i64,
    stopped_at: DateTime<Utc>,
    who: Who<'_>,
) -> Result<(), StaysStopped> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.subscription_for_change(subscription).await?.ok_or(StaysStopped::NoSuchSubscription)?;
    let stop = write.stop_of(subscription).await?;
    let stop = stop.filter(|stop| stop.at == stopped_at && stands(stop, &row.state));
    let stop = stop.ok_or(StaysStopped::NotStopped)?;
    if write.suppression(&address_hash(&row.address)).await?.is_some() {
        return Err(StaysStopped::Suppressed);
    }
    write.change_subscription(subscription, &stop.before, now).await?;
    write.end_stop(subscription).await?;
    let by = clean_line(who.by);
    let origin = Origin { channel: who.channel, from: &by };
    consent(&mut write, app, subscription, Act::Lifted, "", origin).await?;
    write.commit().await?;
    Ok(())
}
