//! Senders whom an editor does not take in any more. Their news and letters are kept in quarantine with that reason: nobody
//! is thanked or told, nothing is deleted, and one click takes them in again. What is no such thing, a goodbye, a bounce,
//! the answer to a question of ours, keeps its handling, and so does what an editor of ours sends.
//!
//! A From can be forged. A mail whose sender's check failed blocks nobody, since it would be the person impersonated; and
//! what is kept aside by a forged From an editor treats as what it is.

use chrono::{DateTime, Utc};
use issues::reading::{Verified, is_nobody};
use subscribers::{EmailAddress, clean_line};

use super::route::contributor_of;
use crate::app::App;
use crate::inbound::understand::Understood;
use crate::store::{BlockedSender, Write};

/// What a page is about that shows a sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Item(i64),
    Letter(i64),
    Message(i64),
}

/// A sender, as a page about her shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// Nobody is known who could be blocked, or it is an editor.
    Nobody,
    In,
    /// The check of the sender failed: blocking would hit whoever is impersonated.
    Unsure,
    Blocked(BlockedSender),
}

/// Who sent something, and by which mail it came.
struct Sender {
    /// By which she would be blocked: the contributor's, or the one the mail names.
    address: EmailAddress,
    message: Option<i64>,
}

async fn sender(app: &App, of: Of) -> anyhow::Result<Option<Sender>> {
    let (message, contributor) = match of {
        Of::Item(id) => {
            let Some(row) = app.store.item(id).await?.filter(|row| row.publication == app.publication) else {
                return Ok(None);
            };
            (row.message, row.contributor)
        }
        Of::Letter(id) => {
            let row = app.store.letter(id).await?.filter(|row| row.publication == app.publication);
            (row.map(|row| row.message), None)
        }
        Of::Message(id) => (Some(id), None),
    };
    let address = match (contributor, message) {
        (Some(id), _) => app.store.contributor(id).await?.map(|contributor| contributor.address),
        (None, Some(id)) => {
            let row = app.store.message(id).await?.filter(|row| row.publication == app.publication);
            let address = row.and_then(|row| EmailAddress::parse(&row.from_address).ok());
            address.filter(|address| !is_nobody(address.as_str()))
        }
        (None, None) => None,
    };
    Ok(address.map(|address| Sender { address, message }))
}

/// Is somebody known who could be blocked?
///
/// # Errors
/// The database fails.
pub async fn is_known(app: &App, of: Of) -> anyhow::Result<bool> {
    Ok(sender(app, of).await?.is_some())
}

/// How the sender of something stands.
///
/// # Errors
/// The database fails.
pub async fn taken(app: &App, of: Of) -> anyhow::Result<Taken> {
    match sender(app, of).await? {
        Some(sender) => standing(app, &sender).await,
        None => Ok(Taken::Nobody),
    }
}

async fn standing(app: &App, sender: &Sender) -> anyhow::Result<Taken> {
    if let Some(blocked) = app.store.blocked_sender(app.publication, &sender.address).await? {
        return Ok(Taken::Blocked(blocked));
    }
    if is_editor(app, &sender.address).await? {
        return Ok(Taken::Nobody);
    }
    Ok(match sender.message {
        Some(message) if app.store.report(message).await?.verified == Verified::Fail => Taken::Unsure,
        Some(_) | None => Taken::In,
    })
}

/// Takes nothing from this sender any more. `false` where that is so already, nobody is there to be blocked, or
/// it is not known whether she wrote it.
///
/// # Errors
/// The database fails.
pub async fn block(app: &App, of: Of, by: &str) -> anyhow::Result<bool> {
    let Some(sender) = sender(app, of).await? else { return Ok(false) };
    if standing(app, &sender).await? != Taken::In {
        return Ok(false);
    }
    let mut write = app.store.write().await?;
    let done = write.block_sender(app.publication, &sender.address, &clean_line(by), app.clock.now()).await?;
    write.commit().await?;
    Ok(done)
}

/// Takes the sender of this in again. What came meanwhile stays in quarantine until an editor looks at it.
///
/// # Errors
/// The database fails.
pub async fn unblock(app: &App, of: Of) -> anyhow::Result<bool> {
    match taken(app, of).await? {
        Taken::Blocked(blocked) => unblock_row(app, blocked.id).await,
        Taken::Nobody | Taken::In | Taken::Unsure => Ok(false),
    }
}

/// [`unblock`] for the row of a list, where the address may be erased.
///
/// # Errors
/// The database fails.
pub async fn unblock_row(app: &App, id: i64) -> anyhow::Result<bool> {
    let mut write = app.store.write().await?;
    let done = write.unblock_sender(app.publication, id).await?;
    write.commit().await?;
    Ok(done)
}

/// Since when the mails of a person are kept aside; `None` where they are not.
///
/// # Errors
/// The database fails.
pub async fn blocked_since(app: &App, address: &EmailAddress) -> anyhow::Result<Option<DateTime<Utc>>> {
    Ok(app.store.blocked_sender(app.publication, address).await?.map(|blocked| blocked.at))
}

async fn is_editor(app: &App, address: &EmailAddress) -> anyhow::Result<bool> {
    Ok(app.store.editors(app.publication).await?.iter().any(|editor| editor.address == *address))
}

/// Would an editor have to look at this, and is its sender not taken in?
pub(super) async fn is_unwanted(
    app: &App,
    write: &mut Write,
    understood: &Understood,
) -> anyhow::Result<bool> {
    if !understood.report.kind.is_for_a_person() {
        return Ok(false);
    }
    let from = understood.report.from.as_ref().and_then(|from| from.address.as_deref());
    let from = from.and_then(|from| EmailAddress::parse(from).ok());
    // Where a machine such as a web form wrote for somebody, she is who sent it.
    let behind = contributor_of(understood).map(|(address, _)| address);
    let senders: Vec<EmailAddress> = from.into_iter().chain(behind).collect();
    if !write.is_blocked(app.publication, &senders).await? {
        return Ok(false);
    }
    for sender in &senders {
        if is_editor(app, sender).await? {
            return Ok(false);
        }
    }
    Ok(true)
}
