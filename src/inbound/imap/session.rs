//! A connection to the IMAP server: opened, signed in, every command with its time limit.
//!
//! After a command that took too long or broke off the connection is of no use and has to be dropped.

use std::{collections::BTreeMap, fmt, future::Future, time::Duration};

use async_imap::{
    Authenticator, Client, Session, error::Error, extensions::idle::IdleResponse, types::Fetch,
};
use futures_util::TryStreamExt as _;
use rustls::pki_types::ServerName;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;

use super::{
    ImapConfig,
    error::{ImapError, describe},
    utf7,
};
use crate::{config::Security, tls};

const CONNECT_MAX: Duration = Duration::from_secs(30);
const COMMAND_MAX: Duration = Duration::from_secs(2 * 60);
/// For the bytes of one mail over a slow line.
const BODY_MAX: Duration = Duration::from_secs(15 * 60);
const LOGOUT_MAX: Duration = Duration::from_secs(5);
/// Enough of a mail that is too large to see who wrote what about which matter.
const HEAD_OCTETS_MAX: usize = 64 * 1024;
/// UIDs asked about in one command.
const UIDS_AT_ONCE: usize = 200;

pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug> Stream for S {}
type Wire = Box<dyn Stream>;

pub struct Connection {
    session: Session<Wire>,
    abilities: Abilities,
}

/// What the server offers beyond the plain protocol.
#[derive(Debug, Clone, Copy)]
struct Abilities {
    idle: bool,
    moves: bool,
    uid_plus: bool,
}

/// A mailbox that was opened.
pub struct Opened {
    pub uid_validity: u32,
}

/// Why waiting has ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Woken {
    /// Something happened, or it is time to look anyway.
    Look,
    Shutdown,
}

impl Connection {
    /// Connects, secures the line and signs in.
    ///
    /// # Errors
    /// See [`ImapError`].
    pub async fn open(config: &ImapConfig) -> Result<Self, ImapError> {
        let client = secured(config).await?;
        let mut session = within(COMMAND_MAX, "sign us in", sign_in(client, config)).await??;
        let capabilities = within(COMMAND_MAX, "say what it can do", session.capabilities())
            .await?
            .map_err(|error| ImapError::failed("say what it can do", &error))?;
        let abilities = Abilities {
            idle: capabilities.has_str("IDLE"),
            moves: capabilities.has_str("MOVE"),
            uid_plus: capabilities.has_str("UIDPLUS"),
        };
        Ok(Self { session, abilities })
    }

    /// Opens the mailbox anew: a UIDVALIDITY that changes under an open session is told only then.
    pub async fn select(&mut self, mailbox: &str) -> Result<Opened, ImapError> {
        let doing = "open the mailbox";
        let found = within(COMMAND_MAX, doing, self.session.select(utf7::encode(mailbox))).await?;
        let found = found.map_err(|error| match error {
            Error::No(why) => ImapError::NoMailbox { mailbox: mailbox.to_owned(), why },
            error => ImapError::failed(doing, &error),
        })?;
        let uid_validity = found.uid_validity.ok_or_else(|| ImapError::Failed {
            doing,
            why: "it names no UIDVALIDITY, without which mail cannot be told apart".to_owned(),
        })?;
        Ok(Opened { uid_validity })
    }

    /// The mails in the open mailbox, oldest first. Whether somebody has read them does not matter.
    pub async fn search(&mut self, query: &str) -> Result<Vec<u32>, ImapError> {
        let doing = "search the mailbox";
        let found = within(COMMAND_MAX, doing, self.session.uid_search(query)).await?;
        let mut uids: Vec<u32> =
            found.map_err(|error| ImapError::failed(doing, &error))?.into_iter().collect();
        // The library takes the end of the line for the end of the answer.
        self.noop().await?;
        uids.sort_unstable();
        Ok(uids)
    }

    /// The size in octets of each mail that is still there.
    pub async fn sizes(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, u64>, ImapError> {
        let mut sizes = BTreeMap::new();
        for some in uids.chunks(UIDS_AT_ONCE) {
            let set = some.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
            let fetched =
                self.fetch(&set, "(UID RFC822.SIZE)", "say how large mails are", COMMAND_MAX).await?;
            sizes.extend(fetched.iter().filter_map(|mail| Some((mail.uid?, u64::from(mail.size?)))));
        }
        Ok(sizes)
    }

    /// The bytes of a mail; `None` when it is gone meanwhile. It is not marked as read.
    pub async fn bytes(&mut self, uid: u32) -> Result<Option<Vec<u8>>, ImapError> {
        self.section(uid, "(UID BODY.PEEK[])").await
    }

    /// The header fields of a mail with the blank line behind them, as far as they fit into some 64 KiB.
    pub async fn head(&mut self, uid: u32) -> Result<Option<Vec<u8>>, ImapError> {
        let start = self.section(uid, &format!("(UID BODY.PEEK[]<0.{HEAD_OCTETS_MAX}>)")).await?;
        Ok(start.map(|bytes| head_of(&bytes)))
    }

    async fn section(&mut self, uid: u32, query: &str) -> Result<Option<Vec<u8>>, ImapError> {
        let fetched = self.fetch(&uid.to_string(), query, "hand over a mail", BODY_MAX).await?;
        let mail = fetched.iter().find(|mail| mail.uid == Some(uid));
        Ok(mail.and_then(|mail| mail.body()).map(<[u8]>::to_vec))
    }

    /// Always reads the answer to its end: a stream dropped before leaves the rest to the next command.
    async fn fetch(
        &mut self,
        set: &str,
        query: &str,
        doing: &'static str,
        limit: Duration,
    ) -> Result<Vec<Fetch>, ImapError> {
        let fetching = async { self.session.uid_fetch(set, query).await?.try_collect::<Vec<_>>().await };
        within(limit, doing, fetching).await?.map_err(|error| ImapError::failed(doing, &error))
    }

    /// Moves a mail to another mailbox, which is made when it is missing. `Ok(Err(why))` when the server would not:
    /// the connection is still good then, and the mail where it was.
    pub async fn move_away(&mut self, uid: u32, mailbox: &str) -> Result<Result<(), String>, ImapError> {
        let target = utf7::encode(mailbox);
        match self.try_move(uid, &target).await? {
            Ok(()) => Ok(Ok(())),
            Err(_) => {
                // It may only be missing; when it is not, the second attempt says why.
                let doing = "make a mailbox";
                let made = within(COMMAND_MAX, doing, self.session.create(&target)).await?;
                if answered(made, doing)?.is_ok() {
                    let subscribed = within(COMMAND_MAX, doing, self.session.subscribe(&target)).await?;
                    if let Err(why) = answered(subscribed, doing)? {
                        tracing::debug!(why, "the new mailbox cannot be subscribed to");
                    }
                }
                self.try_move(uid, &target).await
            }
        }
    }

    async fn try_move(&mut self, uid: u32, target: &str) -> Result<Result<(), String>, ImapError> {
        let (doing, uid) = ("move a mail", uid.to_string());
        if self.abilities.moves {
            return answered(within(COMMAND_MAX, doing, self.session.uid_mv(&uid, target)).await?, doing);
        }
        let copied = answered(within(COMMAND_MAX, doing, self.session.uid_copy(&uid, target)).await?, doing)?;
        if copied.is_err() {
            return Ok(copied);
        }
        let command = format!("UID STORE {uid} +FLAGS.SILENT (\\Deleted)");
        let marked = answered(
            within(COMMAND_MAX, doing, self.session.run_command_and_check_ok(command)).await?,
            doing,
        )?;
        if marked.is_err() || !self.abilities.uid_plus {
            // A plain EXPUNGE would also take what others have marked; the mark alone hides the mail.
            return Ok(marked);
        }
        let command = format!("UID EXPUNGE {uid}");
        answered(within(COMMAND_MAX, doing, self.session.run_command_and_check_ok(command)).await?, doing)
    }

    /// Whether the server spoke of new mail while it answered other commands.
    pub fn heard_of_mail(&mut self) -> bool {
        use async_imap::types::UnsolicitedResponse;
        let mut heard = false;
        while let Ok(said) = self.session.unsolicited_responses.try_recv() {
            heard |= matches!(said, UnsolicitedResponse::Exists(_));
        }
        heard
    }

    /// Waits until the server has something to say (RFC 2177), or `longest` has passed. A server that cannot IDLE is
    /// asked again after `poll`.
    pub async fn wait(
        mut self,
        longest: Duration,
        poll: Duration,
        shutdown: &CancellationToken,
    ) -> Result<(Self, Woken), ImapError> {
        if !self.abilities.idle {
            tokio::select! {
                () = tokio::time::sleep(poll.min(longest)) => {}
                () = shutdown.cancelled() => return Ok((self, Woken::Shutdown)),
            }
            self.noop().await?;
            return Ok((self, Woken::Look));
        }
        let doing = "wait for mail";
        let mut idle = self.session.idle();
        within(COMMAND_MAX, doing, idle.init()).await?.map_err(|error| ImapError::failed(doing, &error))?;
        let woken = {
            let (waiting, _interrupt) = idle.wait_with_timeout(longest);
            tokio::select! {
                response = waiting => match response {
                    // A farewell comes as new data too: `done` below finds the line dead.
                    Ok(IdleResponse::NewData(_) | IdleResponse::Timeout | IdleResponse::ManualInterrupt) => Woken::Look,
                    Err(error) => return Err(ImapError::failed(doing, &error)),
                },
                () = shutdown.cancelled() => Woken::Shutdown,
            }
        };
        let session = within(COMMAND_MAX, doing, idle.done())
            .await?
            .map_err(|error| ImapError::failed(doing, &error))?;
        let abilities = self.abilities;
        Ok((Self { session, abilities }, woken))
    }

    async fn noop(&mut self) -> Result<(), ImapError> {
        let doing = "answer";
        within(COMMAND_MAX, doing, self.session.noop())
            .await?
            .map_err(|error| ImapError::failed(doing, &error))
    }

    /// Says goodbye. Nothing depends on the answer.
    pub async fn close(mut self) {
        if !matches!(timeout(LOGOUT_MAX, self.session.logout()).await, Ok(Ok(()))) {
            tracing::debug!("the IMAP server did not answer our goodbye");
        }
    }
}

async fn secured(config: &ImapConfig) -> Result<Client<Wire>, ImapError> {
    let server = config.server();
    let unreachable = |why: String| ImapError::Unreachable { server: server.clone(), why };
    let stream = timeout(CONNECT_MAX, TcpStream::connect((config.host.as_str(), config.port)))
        .await
        .map_err(|_| unreachable("it does not answer".to_owned()))?
        .map_err(|error| unreachable(error.to_string()))?;
    stream.set_nodelay(true).map_err(|error| unreachable(error.to_string()))?;
    match config.security {
        Security::Tls => greeted(Client::new(encrypted(stream, config).await?), &server).await,
        Security::StartTls => {
            let mut client = greeted(Client::new(stream), &server).await?;
            let doing = "start TLS";
            within(COMMAND_MAX, doing, client.run_command_and_check_ok("STARTTLS", None))
                .await?
                .map_err(|error| ImapError::failed(doing, &error))?;
            // What came in clear behind the answer is thrown away with the old client.
            Ok(Client::new(encrypted(client.into_inner(), config).await?))
        }
        Security::None => {
            let is_here = stream.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
            if !is_here {
                return Err(ImapError::PlainToTheWorld { server });
            }
            greeted(Client::new(Box::new(stream) as Wire), &server).await
        }
    }
}

async fn encrypted(stream: TcpStream, config: &ImapConfig) -> Result<Wire, ImapError> {
    let untrusted = |why: String| ImapError::Untrusted { server: config.server(), why };
    let tls = tls::client_config(config.ca_file.as_deref()).map_err(ImapError::Tls)?;
    let name = ServerName::try_from(config.host.clone()).map_err(|error| untrusted(error.to_string()))?;
    let stream = within(CONNECT_MAX, "start TLS", TlsConnector::from(tls).connect(name, stream))
        .await?
        .map_err(|error| untrusted(error.to_string()))?;
    Ok(Box::new(stream))
}

/// Reads the greeting, which the first command would take for its answer.
async fn greeted<S: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug>(
    mut client: Client<S>,
    server: &str,
) -> Result<Client<S>, ImapError> {
    let unreachable = |why: &str| ImapError::Unreachable { server: server.to_owned(), why: why.to_owned() };
    match within(COMMAND_MAX, "greet us", client.read_response()).await? {
        Ok(Some(_)) => Ok(client),
        Ok(None) => Err(unreachable("it hung up without a greeting")),
        Err(error) => Err(unreachable(&describe(&Error::Io(error)))),
    }
}

/// PLAIN of RFC 4616 in base64, for words that LOGIN cannot carry.
struct Plain<'config>(&'config ImapConfig);

impl Authenticator for Plain<'_> {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        format!("\0{}\0{}", self.0.user, self.0.password.expose())
    }
}

async fn sign_in(client: Client<Wire>, config: &ImapConfig) -> Result<Session<Wire>, ImapError> {
    let (user, password) = (config.user.as_str(), config.password.expose());
    let signed_in = if user.is_ascii() && password.is_ascii() {
        client.login(user, password).await
    } else {
        client.authenticate("PLAIN", Plain(config)).await
    };
    signed_in.map_err(|(error, _)| match &error {
        // Other refusals pass by themselves: `[UNAVAILABLE]`, too many connections (RFC 5530).
        Error::No(why) if why.contains("AuthenticationFailed") || why.contains("AUTHENTICATIONFAILED") => {
            ImapError::Credentials { server: config.server() }
        }
        error => ImapError::failed("sign us in", error),
    })
}

/// Tells a refusal, after which the connection can be used, from a failure, after which it cannot.
fn answered<T>(result: Result<T, Error>, doing: &'static str) -> Result<Result<T, String>, ImapError> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(error @ (Error::No(_) | Error::Bad(_))) => Ok(Err(describe(&error))),
        Err(error) => Err(ImapError::failed(doing, &error)),
    }
}

async fn within<T>(
    limit: Duration,
    doing: &'static str,
    work: impl Future<Output = T>,
) -> Result<T, ImapError> {
    timeout(limit, work).await.map_err(|_| ImapError::TooSlow { doing })
}

/// Cuts a mail, or its beginning, behind the blank line after the header fields.
pub(super) fn head_of(bytes: &[u8]) -> Vec<u8> {
    let start = &bytes[..bytes.len().min(HEAD_OCTETS_MAX)];
    match start.windows(4).position(|window| window == b"\r\n\r\n") {
        Some(place) => start[..place + 4].to_vec(),
        None => [start, b"\r\n\r\n"].concat(),
    }
}
