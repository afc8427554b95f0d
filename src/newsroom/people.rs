//! What people do: subscribe, confirm, leave, come back, be erased; and what a bounce does to an address.

use chrono::TimeDelta;
use issues::reading::is_nobody;
use subscribers::{
    Act, Bounced, ConsentEvent, EmailAddress, InvalidTransition, Preferences, SubscriptionState, Suppression,
    SuppressionReason, after_bounce, clean_line, clean_text,
};

use super::mails;
use super::moderate::Who;
use super::stopped::DESK;
use crate::app::App;
use crate::clock::random_id;
use crate::store::{
    Erased, Lifted, MailKind, NewSubscription, Sent, Stop, SubscriptionRow, Write, address_hash,
};

/// Confirmation mails to one address in a day: the button of a stranger's form must not become a nuisance.
const CONFIRMATIONS_PER_DAY_MAX: usize = 1;
/// The same over all tags of one mailbox, which may be several people's.
const CONFIRMATIONS_PER_MAILBOX_AND_DAY_MAX: usize = 3;

/// Whence a wish comes.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// `form`, `mail`, `command`, `import`, `one-click`, …
    pub channel: &'a str,
    /// A network prefix, a file name; may be empty.
    pub from: &'a str,
}

/// What became of a wish to subscribe. The person is never told which: the answer is the same for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requested {
    /// A confirmation mail is on its way.
    Asked,
    /// The address is confirmed already; nothing was changed and nothing is mailed.
    Known,
    /// A confirmation mail went out a short while ago.
    TooSoon,
    /// The address must not be mailed.
    Suppressed,
    /// The address is a machine's: `mailer-daemon@…`, `noreply@…`.
    Nobody,
}

#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    #[error("there is no such subscription")]
    NoSuchSubscription,
    #[error("the address is suppressed: {}; `zinas subscriber lift` takes that back, with a reason", .0.name())]
    Suppressed(SuppressionReason),
    #[error("nobody reads this address: its name is that of a machine")]
    Nobody,
    #[error("a reason is needed")]
    NoReason,
    #[error("the words of the consent are needed: what this person agreed to, when and how")]
    NoConsent,
    #[error("the address is not suppressed; there is nothing to lift")]
    NotSuppressed,
    #[error(transparent)]
    Step(#[from] InvalidTransition),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// A person asks for the bulletin; a confirmation mail asks back (double opt-in).
///
/// An address that is suppressed because it bounced, or because the person was erased, is asked as well, and stays
/// suppressed until the answer: anyone can type a stranger's address. After a complaint or an editor's word it stays
/// silent.
///
/// # Errors
/// The database fails.
pub async fn request(
    app: &App,
    address: &EmailAddress,
    preferences: &Preferences,
    words: &str,
    origin: Origin<'_>,
) -> anyhow::Result<Requested> {
    let mut write = app.store.write().await?;
    let requested = request_in(app, &mut write, address, preferences, words, origin).await?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(requested)
}

/// [`request`] inside an open transaction.
pub(super) async fn request_in(
    app: &App,
    write: &mut Write,
    address: &EmailAddress,
    preferences: &Preferences,
    words: &str,
    origin: Origin<'_>,
) -> anyhow::Result<Requested> {
    let now = app.clock.now();
    if is_nobody(address.as_str()) {
        return Ok(Requested::Nobody);
    }
    if is_ours(app, address) {
        return Ok(Requested::Suppressed);
    }
    let found = write.subscription_of(app.publication, address).await?;
    if found.as_ref().is_some_and(|row| matches!(row.state, SubscriptionState::Confirmed { .. })) {
        return Ok(Requested::Known);
    }
    let since = now - TimeDelta::hours(24);
    let asked = [MailKind::Confirmation];
    if write.count_mails_to_address(address, &asked, since).await? >= CONFIRMATIONS_PER_DAY_MAX
        || write.count_mails_to_mailbox(address, &asked, since).await?
            >= CONFIRMATIONS_PER_MAILBOX_AND_DAY_MAX
    {
        return Ok(Requested::TooSoon);
    }
    if let Some(suppression) = write.suppression(&address_hash(address)).await?
        && !suppression.reason.ends_with_a_confirmation()
    {
        return Ok(Requested::Suppressed);
    }
    let (id, public_id) = match found {
        Some(row) => {
            let state = row.state.clone().request(now);
            write.change_subscription(row.id, &state, now).await?;
            (row.id, row.public_id)
        }
        None => {
            let public_id = random_id();
            let state = SubscriptionState::requested(now);
            let new = NewSubscription {
                public_id,
                publication: app.publication,
                address,
                state: &state,
                preferences,
                at: now,
            };
            (write.keep_subscription(&new).await?, public_id)
        }
    };
    consent(write, app, id, Act::Requested, words, origin).await?;
    mails::confirmation(app, write, address, preferences.language, public_id, id, origin.from).await?;
    Ok(Requested::Asked)
}

/// Our own mailbox, with or without a tag, is no reader.
pub(super) fn is_ours(app: &App, address: &EmailAddress) -> bool {
    let mailbox = &app.config.mailbox;
    let tagged =
        mailbox.delimiter.is_some_and(|delimiter| mailbox.address.tag_of(address, delimiter).is_some());
    tagged || *address == mailbox.address
}

/// The person confirms, with the words that were shown.
///
/// # Errors
/// See [`NotDone`].
pub async fn confirm(
    app: &App,
    public_id: i64,
    words: &str,
    origin: Origin<'_>,
) -> Result<SubscriptionRow, NotDone> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.subscription_by_public_id(public_id).await?.ok_or(NotDone::NoSuchSubscription)?;
    let before = row.state.name();
    let state = row.state.clone().confirm(now, origin.channel)?;
    if state.name() != before {
        let hash = address_hash(&row.address);
        if let Some(suppression) = write.suppression(&hash).await? {
            if !suppression.reason.ends_with_a_confirmation() {
                return Err(NotDone::Suppressed(suppression.reason));
            }
            let lifted = Lifted { at: now, by: "", why: "confirmed by the person" };
            write.lift_suppression(&hash, lifted).await?;
        }
        write.change_subscription(row.id, &state, now).await?;
        consent(&mut write, app, row.id, Act::Confirmed, words, origin).await?;
    }
    write.commit().await?;
    Ok(SubscriptionRow { state, ..row })
}

/// The person leaves, by whatever way. Leaving twice is no error.
///
/// # Errors
/// See [`NotDone`].
pub async fn leave(app: &App, public_id: i64, origin: Origin<'_>) -> Result<SubscriptionRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = write.subscription_by_public_id(public_id).await?.ok_or(NotDone::NoSuchSubscription)?;
    let row = leave_in(app, &mut write, row, origin).await?;
    write.commit().await?;
    Ok(row)
}

/// [`leave`] inside an open transaction.
pub(super) async fn leave_in(
    app: &App,
    write: &mut Write,
    row: SubscriptionRow,
    origin: Origin<'_>,
) -> anyhow::Result<SubscriptionRow> {
    let now = app.clock.now();
    let state = row.state.clone().leave(now, origin.channel);
    if state.name() != row.state.name() {
        write.change_subscription(row.id, &state, now).await?;
        consent(write, app, row.id, Act::Left, "", origin).await?;
        let sent_to =
            matches!(row.state, SubscriptionState::Confirmed { .. } | SubscriptionState::Pending { .. });
        if origin.channel == DESK && sent_to {
            let stop = Stop { at: now, by: clean_line(origin.from), before: row.state.clone() };
            write.keep_stop(row.id, &stop).await?;
        }
    } else if origin.channel != DESK && write.end_stop(row.id).await? {
        // An editor was first, and now she says so herself, which nobody takes back.
        consent(write, app, row.id, Act::Left, "", origin).await?;
    }
    Ok(SubscriptionRow { state, ..row })
}

/// “That was a mistake”: the person takes the leaving back on the page that confirmed it.
///
/// # Errors
/// See [`NotDone`].
pub async fn rejoin(
    app: &App,
    public_id: i64,
    words: &str,
    origin: Origin<'_>,
) -> Result<SubscriptionRow, NotDone> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.subscription_by_public_id(public_id).await?.ok_or(NotDone::NoSuchSubscription)?;
    if matches!(row.state, SubscriptionState::Confirmed { .. }) {
        return Ok(row);
    }
    if let Some(suppression) = write.suppression(&address_hash(&row.address)).await? {
        return Err(NotDone::Suppressed(suppression.reason));
    }
    // Only someone who has been confirmed once can come back without a new confirmation mail.
    let left = matches!(row.state, SubscriptionState::Unsubscribed { .. }) && row.confirmed_at.is_some();
    if !left {
        return Err(InvalidTransition { from: row.state.name(), step: "taken back" }.into());
    }
    let state = row.state.clone().restore(now, origin.channel)?;
    write.change_subscription(row.id, &state, now).await?;
    consent(&mut write, app, row.id, Act::Confirmed, words, origin).await?;
    write.commit().await?;
    Ok(SubscriptionRow { state, ..row })
}

/// An editor adds a person who has agreed elsewhere; the words of that consent are kept.
///
/// # Errors
/// See [`NotDone`].
pub async fn add(
    app: &App,
    address: &EmailAddress,
    preferences: &Preferences,
    words: &str,
    origin: Origin<'_>,
) -> Result<SubscriptionRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = add_in(app, &mut write, address, preferences, words, origin).await?;
    write.commit().await?;
    Ok(row)
}

/// [`add`] of one person by an editor, who is named in a mail that says so and how to leave. One who is a reader already
/// gets none.
///
/// # Errors
/// See [`NotDone`].
pub async fn add_and_welcome(
    app: &App,
    address: &EmailAddress,
    preferences: &Preferences,
    words: &str,
    origin: Origin<'_>,
) -> Result<SubscriptionRow, NotDone> {
    let mut write = app.store.write().await?;
    let before = write.subscription_of(app.publication, address).await?;
    let row = add_in(app, &mut write, address, preferences, words, origin).await?;
    if !before.is_some_and(|before| matches!(before.state, SubscriptionState::Confirmed { .. })) {
        mails::welcome(app, &mut write, &row, words, origin.from).await?;
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(row)
}

/// [`add`] inside an open transaction, for imports.
///
/// # Errors
/// See [`NotDone`].
pub async fn add_in(
    app: &App,
    write: &mut Write,
    address: &EmailAddress,
    preferences: &Preferences,
    words: &str,
    origin: Origin<'_>,
) -> Result<SubscriptionRow, NotDone> {
    let now = app.clock.now();
    if clean_text(words).trim().is_empty() {
        return Err(NotDone::NoConsent);
    }
    if is_nobody(address.as_str()) {
        return Err(NotDone::Nobody);
    }
    if let Some(suppression) = write.suppression(&address_hash(address)).await? {
        return Err(NotDone::Suppressed(suppression.reason));
    }
    let found = write.subscription_of(app.publication, address).await?;
    let state = SubscriptionState::add(found.as_ref().map(|row| row.state.clone()), now, origin.channel)?;
    let id = match found {
        Some(row) if row.state == state => return Ok(row),
        Some(row) => {
            write.change_subscription(row.id, &state, now).await?;
            row.id
        }
        None => {
            let new = NewSubscription {
                public_id: random_id(),
                publication: app.publication,
                address,
                state: &state,
                preferences,
                at: now,
            };
            write.keep_subscription(&new).await?
        }
    };
    consent(write, app, id, Act::Imported, words, origin).await?;
    write.subscription_for_change(id).await?.ok_or(NotDone::NoSuchSubscription)
}

/// What a suppression that was taken back stood on.
#[derive(Debug)]
pub enum TakenBack {
    /// The subscription as it stands now.
    Subscription(Box<SubscriptionRow>),
    /// An entry of the list alone: the address subscribes to nothing.
    Entry(Suppression),
}

/// An editor lifts a suppression, with a reason that is kept; also one of an address that subscribes to nothing.
///
/// # Errors
/// See [`NotDone`].
pub async fn lift(
    app: &App,
    address: &EmailAddress,
    reason: &str,
    who: Who<'_>,
) -> Result<TakenBack, NotDone> {
    let (reason, by) = (clean_text(reason), clean_line(who.by));
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(NotDone::NoReason);
    }
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let lifted = Lifted { at: now, by: &by, why: reason };
    let was = write.lift_suppression(&address_hash(address), lifted).await?;
    let done = match write.subscription_of(app.publication, address).await? {
        Some(row) => {
            let how = write.consent_channel(row.id).await?;
            let confirmed = row.confirmed_at.map(|at| (at, how.as_deref().unwrap_or("editor")));
            let state = row.state.clone().lift(confirmed, now);
            if was.is_none() && state == row.state {
                return Err(NotDone::NotSuppressed);
            }
            if state != row.state {
                write.change_subscription(row.id, &state, now).await?;
            }
            let origin = Origin { channel: who.channel, from: &by };
            consent(&mut write, app, row.id, Act::Lifted, reason, origin).await?;
            TakenBack::Subscription(Box::new(SubscriptionRow { state, ..row }))
        }
        None => TakenBack::Entry(was.ok_or(NotDone::NotSuppressed)?),
    };
    write.commit().await?;
    Ok(done)
}

/// Why nobody was erased.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    /// Her mails would end, and with one editor all notices.
    #[error("this is an editor's address; `zinas editor remove` comes first")]
    IsEditor,
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// Takes a person out of the database, with the addresses she had before she moved to this one and that nobody else has
/// since. What was approved or published stays, and the hash of the address, so that no import brings it back.
///
/// # Errors
/// See [`NotErased`].
pub async fn erase(app: &App, address: &EmailAddress) -> Result<Erased, NotErased> {
    if app.store.editors(app.publication).await?.iter().any(|editor| editor.address.key() == address.key()) {
        return Err(NotErased::IsEditor);
    }
    let mut write = app.store.write().await?;
    // While the subscription is there to tell them.
    let former = write.former_addresses(app.publication, address).await?;
    let mut erased = Erased::default();
    for address in std::iter::once(address).chain(&former) {
        erased += write.erase_person(app.publication, address, app.clock.now()).await?;
        let note = String::new();
        let suppression = Suppression { reason: SuppressionReason::Erased, at: app.clock.now(), note };
        write.suppress(&address_hash(address), &suppression).await?;
    }
    write.commit().await?;
    app.store.fold_log().await?;
    Ok(erased)
}

/// A report about one of our mails came back: recorded, and if the address is dead it is suppressed.
pub(super) async fn bounced(
    app: &App,
    write: &mut Write,
    sent: &Sent,
    class: Bounced,
    diagnostic: &str,
) -> anyhow::Result<()> {
    write.record_bounce(sent.id, class, diagnostic, app.clock.now()).await?;
    if let Some(reason) = after_bounce(class) {
        suppress(app, write, &sent.recipient_hash, sent.subscription, reason, diagnostic).await?;
    }
    Ok(())
}

/// Puts an address on the list, and its subscription into the state that says so.
pub async fn suppress(
    app: &App,
    write: &mut Write,
    hash: &str,
    subscription: Option<i64>,
    reason: SuppressionReason,
    note: &str,
) -> anyhow::Result<()> {
    let now = app.clock.now();
    // What a server said, or an editor.
    write.suppress(hash, &Suppression { reason, at: now, note: clean_text(note) }).await?;
    let Some(id) = subscription else { return Ok(()) };
    let Some(row) = write.subscription_for_change(id).await? else { return Ok(()) };
    // The mail went to an address that is not this person's any more.
    if address_hash(&row.address) != hash {
        return Ok(());
    }
    write.end_stop(id).await?;
    let before = row.state.name();
    let state = row.state.suppress(now, reason);
    if state.name() != before {
        write.change_subscription(id, &state, now).await?;
        consent(write, app, id, Act::Suppressed, "", Origin { channel: reason.name(), from: "" }).await?;
    }
    Ok(())
}

pub(super) async fn consent(
    write: &mut Write,
    app: &App,
    subscription: i64,
    act: Act,
    words: &str,
    origin: Origin<'_>,
) -> anyhow::Result<()> {
    let event = ConsentEvent {
        at: app.clock.now(),
        act,
        words: clean_text(words).trim().to_owned(),
        channel: origin.channel.to_owned(),
        origin: clean_line(origin.from),
    };
    write.keep_consent(subscription, &event).await
}
