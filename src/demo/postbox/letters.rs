//! Everybody's letters: what was received from the newsroom and what was handed to it, by whose mailbox they are in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::demo::kept::{self, Handed};
use crate::demo::opened;
use crate::demo::world::{Sink, Sunk};

/// A letter in somebody's mailbox, as a list of letters needs it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// `r12` was received, `s3` was sent.
    pub id: String,
    /// Address of the mailbox, in lower case.
    pub owner: String,
    pub sent: bool,
    pub at: DateTime<Utc>,
    pub bytes: Arc<[u8]>,
    /// Where a server returns it; empty for what may not be returned.
    pub return_path: String,
    pub subject: String,
    /// Name and address of its From.
    pub from: (String, String),
    /// Name or address of who it went to.
    pub to: String,
    pub is_bulletin: bool,
    /// It came since this start.
    pub new: bool,
}

/// Somebody with a mailbox.
#[derive(Debug, Default)]
pub struct Owner {
    pub name: Option<String>,
    pub letters: Vec<Arc<Letter>>,
    pub writes: bool,
    pub only_reads: bool,
}

pub struct Letters {
    folder: PathBuf,
    sink: Arc<Sink>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    letters: Vec<Arc<Letter>>,
    received: usize,
    sent: usize,
}

impl Letters {
    /// # Errors
    /// The folder is not whole.
    pub fn open(folder: &Path, sink: Arc<Sink>) -> anyhow::Result<Self> {
        let mut known = Known::default();
        known.receive(&sink, false);
        for handed in kept::handed_so_far(folder)? {
            known.send(handed, false);
        }
        Ok(Self { folder: folder.to_owned(), sink, known: Mutex::new(known) })
    }

    /// All there are now.
    pub fn all(&self) -> Vec<Arc<Letter>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.receive(&self.sink, true);
        known.letters.clone()
    }

    pub fn find(&self, owner: &str, id: &str) -> Option<Arc<Letter>> {
        self.all().into_iter().find(|letter| letter.id == id && letter.owner == owner)
    }

    /// How many somebody has received.
    pub fn received(&self, owner: &str) -> usize {
        self.all().iter().filter(|letter| !letter.sent && letter.owner == owner).count()
    }

    /// Keeps what was handed over.
    ///
    /// # Errors
    /// The disk fails.
    pub fn keep_sent(&self, handed: Handed) -> anyhow::Result<()> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        kept::keep_handed(&self.folder, known.sent + 1, &handed)?;
        known.send(handed, true);
        Ok(())
    }

    /// Everybody, by address.
    pub fn owners(&self) -> BTreeMap<String, Owner> {
        let mut owners: BTreeMap<String, Owner> = BTreeMap::new();
        for letter in self.all() {
            let owner = owners
                .entry(letter.owner.clone())
                .or_insert_with(|| Owner { only_reads: true, ..Owner::default() });
            if letter.sent {
                owner.writes = true;
                let (name, address) = &letter.from;
                if !name.trim().is_empty() && address.to_lowercase() == letter.owner {
                    owner.name = Some(name.clone());
                }
            }
            owner.only_reads &= letter.is_bulletin;
            owner.letters.push(letter);
        }
        for owner in owners.values_mut() {
            owner.letters.sort_by_key(|letter| std::cmp::Reverse(letter.at));
        }
        owners
    }

    /// The addresses of all who ever wrote, in the order in which they first did.
    pub fn writers(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let sent = self.all().into_iter().filter(|letter| letter.sent);
        sent.map(|letter| letter.owner.clone()).filter(|owner| seen.insert(owner.clone())).collect()
    }
}

impl Known {
    fn receive(&mut self, sink: &Sink, new: bool) {
        for sunk in sink.since(self.received) {
            self.received += 1;
            let Sunk { at, from, to, bytes } = sunk;
            let owner = to.to_lowercase();
            self.letters.push(Arc::new(read(
                format!("r{}", self.received),
                owner,
                false,
                at,
                bytes,
                from,
                new,
            )));
        }
    }

    fn send(&mut self, handed: Handed, new: bool) {
        self.sent += 1;
        let owner = handed.sender.to_lowercase();
        // What a mail server itself returned is in nobody's mailbox.
        if !owner.is_empty() {
            let (id, bytes) = (format!("s{}", self.sent), handed.bytes.into());
            self.letters.push(Arc::new(read(id, owner, true, handed.at, bytes, String::new(), new)));
        }
    }
}

fn read(
    id: String,
    owner: String,
    sent: bool,
    at: DateTime<Utc>,
    bytes: Arc<[u8]>,
    return_path: String,
    new: bool,
) -> Letter {
    let mut letter = Letter {
        id,
        owner,
        sent,
        at,
        bytes: bytes.clone(),
        return_path,
        subject: String::new(),
        from: Default::default(),
        to: String::new(),
        is_bulletin: false,
        new: new && !sent,
    };
    let Some(parsed) = opened::parse(&bytes) else { return letter };
    letter.subject = parsed.subject().unwrap_or("").to_owned();
    if let Some(from) = parsed.from().and_then(|from| from.first()) {
        letter.from = (from.name().unwrap_or("").to_owned(), from.address().unwrap_or("").to_owned());
    }
    if let Some(to) = parsed.to().and_then(|to| to.first()) {
        letter.to = to.name().or_else(|| to.address()).unwrap_or("").to_owned();
    }
    letter.is_bulletin = !sent && parsed.header_raw("List-Id").is_some();
    letter
}
