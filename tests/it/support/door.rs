//! An [`Intake`] in memory, for stories about the sources alone.

use std::{
    collections::BTreeMap,
    ops::RangeInclusive,
    sync::{Mutex, MutexGuard},
};

use zinas::inbound::intake::{Arrival, Held, ImapKey, Intake, IntakeError, Source, Stored};

pub const MAILBOX: &str = "info@bulletin.example";

/// Makes the error that a broken store answers with.
pub type Refusal = fn() -> IntakeError;

pub struct Door {
    pub size_bytes_max: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    arrivals: Vec<Arrival>,
    heads: Vec<(Arrival, u64)>,
    record: BTreeMap<ImapKey, Held>,
    refusal: Option<Refusal>,
    silent: bool,
}

impl Door {
    pub fn new() -> Self {
        Self::with_size_max(1 << 20)
    }

    pub fn with_size_max(size_bytes_max: usize) -> Self {
        Self { size_bytes_max, kept: Mutex::default() }
    }

    pub fn arrivals(&self) -> Vec<Arrival> {
        self.kept().arrivals.clone()
    }

    /// The mails that came as a head only, with their whole size.
    pub fn heads(&self) -> Vec<(Arrival, u64)> {
        self.kept().heads.clone()
    }

    pub fn record(&self) -> BTreeMap<ImapKey, Held> {
        self.kept().record.clone()
    }

    /// From now on nothing can be stored; `None` mends it.
    pub fn refuse(&self, refusal: Option<Refusal>) {
        self.kept().refusal = refusal;
    }

    /// From now on what is stored is stored, but nobody hears of it: the moment before a kill.
    pub fn fall_silent(&self, silent: bool) {
        self.kept().silent = silent;
    }

    fn keep(&self, arrival: Arrival) -> Result<Stored, IntakeError> {
        let mut kept = self.kept();
        if let Some(refusal) = kept.refusal {
            return Err(refusal());
        }
        if let Source::Imap(key) = &arrival.source {
            kept.record.insert(key.clone(), Held::Whole);
        }
        if kept.arrivals.iter().any(|known| known.bytes == arrival.bytes) {
            return Ok(Stored::Known);
        }
        kept.arrivals.push(arrival);
        Ok(Stored::New)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().expect("no test panics while it holds the door")
    }
}

impl Intake for Door {
    fn accepts(&self, recipient: &str) -> bool {
        recipient == MAILBOX || recipient.starts_with("info+") && recipient.ends_with("@bulletin.example")
    }

    fn size_bytes_max(&self) -> usize {
        self.size_bytes_max
    }

    async fn store(&self, arrival: Arrival) -> Result<Stored, IntakeError> {
        let stored = self.keep(arrival)?;
        if self.kept().silent {
            std::future::pending::<()>().await;
        }
        Ok(stored)
    }

    async fn store_head(&self, arrival: Arrival, size: u64) -> Result<Stored, IntakeError> {
        let mut kept = self.kept();
        if let Source::Imap(key) = &arrival.source {
            kept.record.insert(key.clone(), Held::Head);
        }
        kept.heads.push((arrival, size));
        Ok(Stored::New)
    }

    async fn imap_held(
        &self,
        mailbox: &str,
        uid_validity: u32,
        uids: RangeInclusive<u32>,
    ) -> Result<Vec<(u32, Held)>, IntakeError> {
        let kept = self.kept();
        let mine = kept.record.iter().filter(|(key, _)| {
            key.mailbox == mailbox && key.uid_validity == uid_validity && uids.contains(&key.uid)
        });
        Ok(mine.map(|(key, held)| (key.uid, *held)).collect())
    }

    async fn imap_moved(&self, key: &ImapKey) -> Result<(), IntakeError> {
        self.kept().record.insert(key.clone(), Held::Moved);
        Ok(())
    }
}
