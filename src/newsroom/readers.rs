//! What a reader does on her own page: she chooses how the bulletin comes, pauses it, and moves to another address.
//!
//! The link to that page stands in every issue, and issues are forwarded. So what is hers alone, her data, another
//! address and erasure, needs a link of the day that is mailed to her own address.
//!
//! A new address is confirmed by the mail that goes there; until then everything stays with the old one, which is told
//! when the move is done. Whoever holds the link learns nothing of others: a wish for an address that is subscribed,
//! suppressed or our own is answered like any other and sends nothing.

use chrono::TimeDelta;
use issues::reading::is_nobody;
use subscribers::{Act, EmailAddress, Manner, Preferences, SubscriptionState};

use super::mails;
use super::people::{NotDone, Origin, consent, is_ours};
use crate::app::App;
use crate::clock::random_id;
use crate::store::{AddressChange, MailKind, SubscriptionRow, Write, address_hash};

/// Questions to one address in a day, about a subscription or a move: a stranger's form must not become a nuisance.
const QUESTIONS_PER_DAY_MAX: usize = 1;
/// The same over all tags of one mailbox.
const QUESTIONS_PER_MAILBOX_AND_DAY_MAX: usize = 3;
const QUESTIONS: [MailKind; 2] = [MailKind::Confirmation, MailKind::NewAddress];
/// How long a new address may be confirmed: the life of the link.
pub const NEW_ADDRESS_WAITS: TimeDelta = TimeDelta::days(7);

/// How long the link to what is a reader's own works.
pub const OWN_LINK_LIVES: TimeDelta = TimeDelta::hours(24);

/// Mails a reader the link to what is her own; `false` where nothing may be sent to her address.
///
/// # Errors
/// The database fails.
pub async fn ask_own(app: &App, row: &SubscriptionRow, origin: Origin<'_>) -> anyhow::Result<bool> {
    let mut write = app.store.write().await?;
    let sent = mails::own(app, &mut write, row, origin.from).await?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(sent)
}

/// Keeps what a confirmed reader chose.
///
/// # Errors
/// There is no such reader, or she has left.
pub async fn choose(
    app: &App,
    public_id: i64,
    preferences: &Preferences,
    manner: Manner,
) -> Result<SubscriptionRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = confirmed(&mut write, public_id).await?;
    write.change_preferences(row.id, preferences, manner, app.clock.now()).await?;
    write.commit().await?;
    Ok(SubscriptionRow { preferences: preferences.clone(), manner, ..row })
}

/// A reader wishes to be written to elsewhere; the new address is asked, where it may be.
///
/// # Errors
/// There is no such reader, she has left, or the address is a machine's.
pub async fn ask_address(
    app: &App,
    public_id: i64,
    address: &EmailAddress,
    words: &str,
    origin: Origin<'_>,
) -> Result<(), NotDone> {
    if is_nobody(address.as_str()) {
        return Err(NotDone::Nobody);
    }
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = confirmed(&mut write, public_id).await?;
    let change = AddressChange {
        subscription: row.id,
        public_id: random_id(),
        address: address.clone(),
        requested_at: now,
    };
    write.keep_address_change(&change).await?;
    consent(&mut write, app, row.id, Act::Requested, words, origin).await?;
    if may_ask(app, &mut write, &row, address).await? {
        mails::new_address(app, &mut write, &row, &change, origin.from).await?;
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}

/// May a question go to a new address? The reader is not told.
async fn may_ask(
    app: &App,
    write: &mut Write,
    row: &SubscriptionRow,
    address: &EmailAddress,
) -> anyhow::Result<bool> {
    if is_ours(app, address) || *address == row.address || !is_free(app, write, address).await? {
        return Ok(false);
    }
    let since = app.clock.now() - TimeDelta::hours(24);
    Ok(write.count_mails_to_address(address, &QUESTIONS, since).await? < QUESTIONS_PER_DAY_MAX
        && write.count_mails_to_mailbox(address, &QUESTIONS, since).await?
            < QUESTIONS_PER_MAILBOX_AND_DAY_MAX)
}

/// Is an address neither a reader's, present or past, nor suppressed?
async fn is_free(app: &App, write: &mut Write, address: &EmailAddress) -> anyhow::Result<bool> {
    let theirs = write.subscription_of(app.publication, address).await?;
    Ok(theirs.is_none_or(|row| row.confirmed_at.is_none())
        && write.suppression(&address_hash(address)).await?.is_none())
}

/// A reader thinks better of it.
///
/// # Errors
/// There is no such reader, or she has left.
pub async fn keep_address(app: &App, public_id: i64) -> Result<SubscriptionRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = confirmed(&mut write, public_id).await?;
    write.end_address_change(row.id).await?;
    write.commit().await?;
    Ok(row)
}

/// The new address confirms, with the words that were shown; the old one is told.
///
/// # Errors
/// The wish is gone, the reader has left, or the address became somebody's or suppressed since.
pub async fn confirm_address(
    app: &App,
    change: i64,
    words: &str,
    origin: Origin<'_>,
) -> Result<SubscriptionRow, NotDone> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let change = write.address_change_for_change(change).await?.ok_or(NotDone::NoSuchSubscription)?;
    let row = write.subscription_for_change(change.subscription).await?.ok_or(NotDone::NoSuchSubscription)?;
    let row = still_confirmed(row)?;
    if !is_free(app, &mut write, &change.address).await? {
        return Err(NotDone::NoSuchSubscription);
    }
    // Who only wished to subscribe with it is the same person, and a reader now.
    if let Some(wish) = write.subscription_of(app.publication, &change.address).await? {
        write.forget_wish(wish.id).await?;
    }
    write.move_subscription(row.id, &change.address, now).await?;
    write.end_address_change(row.id).await?;
    consent(&mut write, app, row.id, Act::Moved, words, origin).await?;
    mails::moved(app, &mut write, &row, &change.address).await?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(SubscriptionRow { address: change.address, ..row })
}

async fn confirmed(write: &mut Write, public_id: i64) -> Result<SubscriptionRow, NotDone> {
    let row = write.subscription_by_public_id(public_id).await?.ok_or(NotDone::NoSuchSubscription)?;
    still_confirmed(row)
}

fn still_confirmed(row: SubscriptionRow) -> Result<SubscriptionRow, NotDone> {
    match row.state {
        SubscriptionState::Confirmed { .. } => Ok(row),
        SubscriptionState::Pending { .. }
        | SubscriptionState::Unsubscribed { .. }
        | SubscriptionState::Suppressed { .. } => Err(NotDone::NoSuchSubscription),
    }
}
