//! The store's side of the door: bytes and envelope are committed before any source is told so.

use std::ops::RangeInclusive;

use anyhow::Context as _;
use issues::reading::Unreadable;
use subscribers::EmailAddress;

use super::mails;
use crate::app::SharedApp;
use crate::clock::random_id;
use crate::inbound::intake::{Arrival, Held, ImapKey, Intake, IntakeError, Sender, Source, Stored};
use crate::inbound::understand::understand;
use crate::store::{NewMessage, Write};

/// Where all sources hand in.
#[derive(Clone)]
pub struct Door(pub SharedApp);

impl Door {
    async fn keep(&self, arrival: &Arrival, head_of: Option<u64>) -> anyhow::Result<Stored> {
        let app = &self.0;
        let now = app.clock.now();
        let limit = u64::try_from(app.config.inbound.size_bytes_max).unwrap_or(u64::MAX);
        let why = head_of.map(|size| Unreadable::TooLarge { size, limit });
        let mut write = app.store.write().await?;
        let (source, imap) = match &arrival.source {
            Source::Smtp => ("smtp", None),
            Source::Lmtp => ("lmtp", None),
            Source::Imap(key) => ("imap", Some(key)),
            Source::Pipe => ("pipe", None),
        };
        let sender = match &arrival.envelope.sender {
            Sender::Address(address) => Some(address.as_str()),
            Sender::Null => Some(""),
            Sender::Unknown => None,
        };
        let new = NewMessage {
            public_id: random_id(),
            publication: app.publication,
            source,
            sender,
            recipients: &arrival.envelope.recipients,
            received_at: now,
            content: &arrival.bytes,
            quarantined: why,
        };
        let kept = write.keep_message(&new).await?;
        if let Some(key) = imap {
            let message = match kept {
                Some(id) => id,
                None => same_bytes(app.publication, &mut write, &arrival.bytes).await?,
            };
            let held = if head_of.is_some() { Held::Head } else { Held::Whole };
            write.keep_imap_seen(&key.mailbox, key.uid_validity, key.uid, message, held).await?;
        }
        if let (Some(size), Some(_)) = (head_of, kept) {
            let report = understand(&arrival.bytes, sender, &app.config.rules(), app.today()).report;
            mails::too_large(app, &mut write, &report, size).await?;
        }
        write.commit().await?;
        app.wake.arrived.notify_one();
        app.wake.queued.notify_waiters();
        Ok(if kept.is_some() { Stored::New } else { Stored::Known })
    }
}

async fn same_bytes(publication: i64, write: &mut Write, bytes: &[u8]) -> anyhow::Result<i64> {
    let found = write.message_of(publication, &crate::store::sha256(bytes)).await?;
    found.context("find the message that has these bytes")
}

impl Intake for Door {
    fn accepts(&self, recipient: &str) -> bool {
        let mailbox = &self.0.config.mailbox;
        let Ok(recipient) = EmailAddress::parse(recipient) else { return false };
        let tagged = |delimiter| mailbox.address.tag_of(&recipient, delimiter).is_some();
        recipient == mailbox.address || mailbox.delimiter.is_some_and(tagged)
    }

    fn size_bytes_max(&self) -> usize {
        self.0.config.inbound.size_bytes_max
    }

    async fn store(&self, arrival: Arrival) -> Result<Stored, IntakeError> {
        let limit = self.size_bytes_max();
        if arrival.bytes.len() > limit {
            return Err(IntakeError::TooLarge { limit });
        }
        self.keep(&arrival, None).await.map_err(failed)
    }

    async fn store_head(&self, arrival: Arrival, size: u64) -> Result<Stored, IntakeError> {
        self.keep(&arrival, Some(size)).await.map_err(failed)
    }

    async fn imap_held(
        &self,
        mailbox: &str,
        uid_validity: u32,
        uids: RangeInclusive<u32>,
    ) -> Result<Vec<(u32, Held)>, IntakeError> {
        self.0.store.imap_seen(mailbox, uid_validity, uids).await.map_err(failed)
    }

    async fn imap_moved(&self, key: &ImapKey) -> Result<(), IntakeError> {
        let moved = async {
            let mut write = self.0.store.write().await?;
            write.keep_imap_moved(&key.mailbox, key.uid_validity, key.uid).await?;
            write.commit().await
        };
        moved.await.map_err(failed)
    }

    fn mailbox_reached(&self) {
        self.0.receiving.reached(self.0.clock.now());
    }

    fn mailbox_lost(&self, what: &'static str) {
        self.0.receiving.lost(what, self.0.clock.now());
    }
}

fn failed(error: anyhow::Error) -> IntakeError {
    if crate::store::is_full(&error) { IntakeError::Full(error) } else { IntakeError::Storage(error) }
}
