//! One round: whatever is in the mailbox becomes ours, and what is ours moves away.

use std::collections::{BTreeMap, BTreeSet};

use tokio_util::sync::CancellationToken;

use super::{
    Fetched, ImapConfig,
    error::ImapError,
    session::{Connection, head_of},
};
use crate::inbound::intake::{Arrival, Envelope, Held, ImapKey, Intake, IntakeError, Sender, Source, Stored};

/// Mails that broke the connection before. They come last, so that they keep nobody waiting.
#[derive(Debug, Default)]
pub struct Suspects(BTreeSet<ImapKey>);

/// Takes what is in the mailbox and not ours yet, oldest first. Bytes are committed before a mail is moved, and a mail
/// is known by UIDVALIDITY and UID, so a round that breaks off anywhere is simply done again.
pub async fn round(
    connection: &mut Connection,
    config: &ImapConfig,
    intake: &impl Intake,
    suspects: &mut Suspects,
    shutdown: &CancellationToken,
) -> Result<Fetched, ImapError> {
    let opened = connection.select(&config.mailbox).await?;
    let key = |uid| ImapKey { mailbox: config.mailbox.clone(), uid_validity: opened.uid_validity, uid };
    let mut uids = connection.search(&query(config)).await?;
    let held = held(intake, &config.mailbox, opened.uid_validity, &uids).await?;
    uids.retain(|uid| !matches!(held.get(uid), Some(Held::Moved | Held::Head)));
    uids.sort_by_key(|uid| (suspects.0.contains(&key(*uid)), *uid));

    let new: Vec<u32> = uids.iter().copied().filter(|uid| !held.contains_key(uid)).collect();
    let sizes = connection.sizes(&new).await?;
    let mut fetched = Fetched::default();
    for uid in uids {
        if shutdown.is_cancelled() {
            break;
        }
        let key = key(uid);
        if !held.contains_key(&uid) {
            let Some(&size) = sizes.get(&uid) else {
                // Somebody took it away between the search and now.
                continue;
            };
            suspects.0.insert(key.clone());
            let taken = take(connection, intake, &key, size).await?;
            suspects.0.remove(&key);
            match taken {
                Taken::Whole(Stored::New) => fetched.stored += 1,
                Taken::Whole(Stored::Known) => fetched.known += 1,
                Taken::Head => fetched.heads += 1,
                Taken::Gone => {}
            }
            if !matches!(taken, Taken::Whole(_)) {
                continue;
            }
        }
        let Some(processed) = &config.processed else {
            continue;
        };
        match connection.move_away(uid, processed).await? {
            Ok(()) => {
                intake.imap_moved(&key).await?;
                fetched.moved += 1;
            }
            Err(why) => {
                tracing::warn!(uid, why, "a stored mail stays in the mailbox until it can be moved");
                fetched.waiting += 1;
            }
        }
    }
    Ok(fetched)
}

enum Taken {
    Whole(Stored),
    /// Over the limit: the mail stays on the server.
    Head,
    Gone,
}

async fn take(
    connection: &mut Connection,
    intake: &impl Intake,
    key: &ImapKey,
    size: u64,
) -> Result<Taken, ImapError> {
    let limit = u64::try_from(intake.size_bytes_max()).unwrap_or(u64::MAX);
    if size > limit {
        let Some(head) = connection.head(key.uid).await? else {
            return Ok(Taken::Gone);
        };
        return keep_head(intake, key, head, size).await;
    }
    let Some(bytes) = connection.bytes(key.uid).await? else {
        return Ok(Taken::Gone);
    };
    // Some servers round the size they announce.
    let (head, size) = (head_of(&bytes), bytes.len() as u64);
    match intake.store(arrival(key, bytes)).await {
        Ok(stored) => Ok(Taken::Whole(stored)),
        Err(IntakeError::TooLarge { .. }) => keep_head(intake, key, head, size).await,
        Err(error) => Err(error.into()),
    }
}

async fn keep_head(
    intake: &impl Intake,
    key: &ImapKey,
    head: Vec<u8>,
    size: u64,
) -> Result<Taken, ImapError> {
    intake.store_head(arrival(key, head), size).await?;
    tracing::warn!(
        uid = key.uid,
        size,
        "a mail over the size limit stays in the mailbox; its head is in quarantine"
    );
    Ok(Taken::Head)
}

fn arrival(key: &ImapKey, bytes: Vec<u8>) -> Arrival {
    Arrival {
        bytes,
        envelope: Envelope { sender: Sender::Unknown, recipients: Vec::new() },
        source: Source::Imap(key.clone()),
    }
}

/// What somebody deleted by hand stays deleted. Whether a mail was read says nothing about whether it is ours.
fn query(config: &ImapConfig) -> String {
    match config.since {
        // RFC 3501 section 6.4.4: English names of months.
        Some(date) => format!("UNDELETED SINCE {}", date.format("%-d-%b-%Y")),
        None => "UNDELETED".to_owned(),
    }
}

async fn held(
    intake: &impl Intake,
    mailbox: &str,
    uid_validity: u32,
    uids: &[u32],
) -> Result<BTreeMap<u32, Held>, ImapError> {
    let (Some(&first), Some(&last)) = (uids.first(), uids.last()) else {
        return Ok(BTreeMap::new());
    };
    Ok(intake.imap_held(mailbox, uid_validity, first..=last).await?.into_iter().collect())
}
