//! The world outside on loopback: everybody else's mail server, which takes what we send and remembers it, and
//! everybody else's mail program, which hands mail to us. Both speak real SMTP.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use lettre::address::Envelope;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use super::{kept, opened};
use crate::clock::Clock;
use crate::inbound::intake::{Arrival, Held, ImapKey, Intake, IntakeError, Sender, Stored};
use crate::inbound::smtpd::{self, Limits, ListenAddress, Listener, Protocol};

/// Largest mail that anybody takes from us.
const SIZE_BYTES_MAX: usize = 10 << 20;

/// A mail that somebody received from us.
#[derive(Debug, Clone)]
pub struct Sunk {
    pub at: DateTime<Utc>,
    pub from: String,
    pub to: String,
    pub bytes: Arc<[u8]>,
}

/// Everybody's mail server.
pub struct Sink {
    folder: PathBuf,
    clock: Clock,
    /// Addresses that do not exist: refused with 550 5.1.1.
    dead: BTreeSet<String>,
    /// Addresses whose server asks us to come back later, once.
    busy: Mutex<BTreeSet<String>>,
    looks_for: Duration,
    sunk: Mutex<Vec<Sunk>>,
}

/// How the mail servers of this world treat what we send.
#[derive(Debug, Default)]
pub struct Manners {
    /// Addresses that do not exist.
    pub dead: BTreeSet<String>,
    /// Addresses whose server asks us to come back later, once.
    pub busy: BTreeSet<String>,
    /// How long each mail is looked at before it is taken.
    pub looks_for: Duration,
}

impl Sink {
    /// Starts it with what it has received so far. What it takes is in the folder before it says so.
    ///
    /// # Errors
    /// The port is taken, or the folder is not whole.
    pub async fn start(
        folder: &Path,
        port: u16,
        clock: Clock,
        manners: Manners,
        shutdown: CancellationToken,
    ) -> anyhow::Result<Arc<Self>> {
        let address: ListenAddress =
            format!("127.0.0.1:{port}").parse().context("read the sink's address")?;
        let listener = Listener::bind(&address).await?;
        let sink = Arc::new(Self {
            folder: folder.to_owned(),
            clock,
            dead: manners.dead,
            busy: Mutex::new(manners.busy),
            looks_for: manners.looks_for,
            sunk: Mutex::new(kept::sunk_so_far(folder)?),
        });
        tokio::spawn(smtpd::run(listener, Protocol::Smtp, sink.clone(), Limits::default(), shutdown));
        Ok(sink)
    }

    /// Everything received so far, in order.
    pub fn sunk(&self) -> Vec<Sunk> {
        self.sunk.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was received after the first so many.
    pub fn since(&self, count: usize) -> Vec<Sunk> {
        let sunk = self.sunk.lock().unwrap_or_else(PoisonError::into_inner);
        sunk.get(count..).unwrap_or_default().to_vec()
    }

    /// The newest mail to an address whose text fits.
    pub fn newest(&self, to: &str, fits: impl Fn(&str) -> bool) -> Option<Sunk> {
        let sunk = self.sunk();
        sunk.into_iter().rev().find(|mail| mail.to == to && fits(&opened::words(mail)))
    }
}

impl Intake for Sink {
    fn accepts(&self, recipient: &str) -> bool {
        !self.dead.contains(recipient)
    }

    fn size_bytes_max(&self) -> usize {
        SIZE_BYTES_MAX
    }

    async fn store(&self, arrival: Arrival) -> Result<Stored, IntakeError> {
        tokio::time::sleep(self.looks_for).await;
        let bytes: Arc<[u8]> = arrival.bytes.into();
        for to in &arrival.envelope.recipients {
            if self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(to) {
                return Err(IntakeError::Storage(anyhow::anyhow!("busy")));
            }
            let from = match &arrival.envelope.sender {
                Sender::Address(address) => address.clone(),
                Sender::Null | Sender::Unknown => String::new(),
            };
            let mail = Sunk { at: self.clock.now(), from, to: to.clone(), bytes: bytes.clone() };
            let mut sunk = self.sunk.lock().unwrap_or_else(PoisonError::into_inner);
            kept::keep_sunk(&self.folder, sunk.len() + 1, &mail).map_err(IntakeError::Storage)?;
            sunk.push(mail);
        }
        Ok(Stored::New)
    }

    async fn store_head(&self, _: Arrival, _: u64) -> Result<Stored, IntakeError> {
        Ok(Stored::Known)
    }

    async fn imap_held(
        &self,
        _: &str,
        _: u32,
        _: RangeInclusive<u32>,
    ) -> Result<Vec<(u32, Held)>, IntakeError> {
        Ok(Vec::new())
    }

    async fn imap_moved(&self, _: &ImapKey) -> Result<(), IntakeError> {
        Ok(())
    }
}

/// Hands a mail to the newsroom, as another server does.
///
/// # Errors
/// It was not taken.
pub async fn post(door: SocketAddr, sender: &str, recipient: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let stream = TcpStream::connect(door).await.context("connect to the newsroom")?;
    stream.set_nodelay(true).context("connect to the newsroom")?;
    let hello = ClientId::Domain("world.example".to_owned());
    let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?;
    let from = if sender.is_empty() { None } else { Some(sender.parse().context("read a sender")?) };
    let envelope = Envelope::new(from, vec![recipient.parse().context("read a recipient")?])?;
    // The client ends the last line itself.
    let bytes = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
    connection.send(&envelope, bytes).await.context("hand over a mail")?;
    connection.quit().await.context("say goodbye")?;
    Ok(())
}

/// A port of this machine that nobody listens on.
///
/// # Errors
/// There is none.
pub fn free_port() -> anyhow::Result<u16> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").context("look for a free port")?;
    Ok(listener.local_addr().context("look for a free port")?.port())
}
