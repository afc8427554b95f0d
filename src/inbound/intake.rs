//! The door between the sources of mail (SMTP, LMTP, IMAP, standard input) and the store.
//!
//! A source hands over bytes and envelope, waits until they are committed, and only then tells its peer so.
//! What a mail means is nobody's business here: it is understood afterwards, from the stored bytes.

use std::{future::Future, ops::RangeInclusive};

/// One mail as it arrived, before anybody looked into it.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrival {
    pub bytes: Vec<u8>,
    pub envelope: Envelope,
    pub source: Source,
}

/// What the transport said about a mail, as opposed to what its header fields say.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    pub sender: Sender,
    /// Those we took the mail for; empty where the source does not say (IMAP).
    pub recipients: Vec<String>,
}

/// The reverse-path (RFC 5321 section 3.3).
#[derive(Clone, PartialEq, Eq)]
pub enum Sender {
    Address(String),
    /// `<>`: a report that must never be answered (RFC 5321 section 4.5.5).
    Null,
    /// The source does not say; a `Return-Path` field may.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Smtp,
    Lmtp,
    Imap(ImapKey),
    Pipe,
}

/// The name of a mail in an IMAP account, never given to another one (RFC 9051 section 2.3.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImapKey {
    pub mailbox: String,
    pub uid_validity: u32,
    pub uid: u32,
}

/// What became of an arrival that is safely ours now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    New,
    /// The same mail was here before; it was not stored twice.
    Known,
}

/// How much we hold of a mail that is in the IMAP mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// All of it: it waits to be moved away, if it is moved at all.
    Whole,
    /// Its head only, for it is over the size limit: it stays where it is.
    Head,
    /// All of it, and the server confirmed that it left the mailbox.
    Moved,
}

#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    #[error("the mail is larger than {limit} bytes")]
    TooLarge { limit: usize },
    /// The disk or the quota is used up. Nothing was stored.
    #[error("no room to store the mail")]
    Full(#[source] anyhow::Error),
    /// Anything else that kept the bytes from being committed. Nothing was stored.
    #[error("the mail could not be stored")]
    Storage(#[source] anyhow::Error),
}

/// Takes mail into the store. Implemented by the store's owner, called by the sources.
pub trait Intake: Send + Sync + 'static {
    /// Whether mail for this address is ours: the own mailbox, with or without a tag.
    fn accepts(&self, recipient: &str) -> bool;

    fn size_bytes_max(&self) -> usize;

    /// Stores bytes and envelope in one transaction and returns only once it is committed, so that the source may
    /// then say so. An [`ImapKey`] is recorded in the same transaction as [`Held::Whole`], for a known mail too.
    fn store(&self, arrival: Arrival) -> impl Future<Output = Result<Stored, IntakeError>> + Send;

    /// Stores the head of a mail that is over the limit, for quarantine: `arrival.bytes` ends with the blank line
    /// after the header fields, `size` is that of the whole mail. Its key is recorded as [`Held::Head`].
    fn store_head(
        &self,
        arrival: Arrival,
        size: u64,
    ) -> impl Future<Output = Result<Stored, IntakeError>> + Send;

    /// Our own record of the mails of a mailbox with a UID in `uids`, in any order. It never depends on `\Seen`.
    fn imap_held(
        &self,
        mailbox: &str,
        uid_validity: u32,
        uids: RangeInclusive<u32>,
    ) -> impl Future<Output = Result<Vec<(u32, Held)>, IntakeError>> + Send;

    /// Records as [`Held::Moved`] what the server confirmed to have left the mailbox.
    fn imap_moved(&self, key: &ImapKey) -> impl Future<Output = Result<(), IntakeError>> + Send;

    /// The mailbox was looked through, and all that it held is ours.
    fn mailbox_reached(&self) {}

    /// The mailbox could not be looked through; why in a few words without anybody's data.
    fn mailbox_lost(&self, _what: &'static str) {}
}

impl std::fmt::Debug for Arrival {
    /// Sizes and counts only: addresses and contents do not belong in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arrival")
            .field("bytes", &self.bytes.len())
            .field("recipients", &self.envelope.recipients.len())
            .field("source", &self.source)
            .finish()
    }
}
