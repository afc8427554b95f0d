//! The LMTP and SMTP listener for hosts with a mail server of their own (RFC 2033, RFC 5321).
//!
//! It takes mail for its own recipients only, refuses the rest during the conversation, and says 250 only for what is
//! committed. It leaves out TLS and AUTH, for it sits on a loopback port or a UNIX socket, and it relays nothing.

mod body;
mod conversation;
mod dots;
mod listen;
mod places;
mod replies;

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    task::JoinSet,
    time::{Instant, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

pub use self::listen::{InvalidListenAddress, ListenAddress, Listener};
use self::{
    body::Room,
    conversation::{Conversation, Next},
    listen::Stream,
    places::{Doing, Place, Places},
};
use super::intake::{Intake, IntakeError};

/// Octets read at once.
const BLOCK_OCTETS: usize = 64 * 1024;
/// Mails of the largest size that may be in memory at once, over all conversations.
const LARGEST_MAILS_IN_MEMORY_MAX: usize = 4;
/// For the last word to a client that gives up its place.
const GIVING_UP_MAX: Duration = Duration::from_secs(1);
/// Pause after the system could not give us a connection, for example because files have run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    Smtp,
    Lmtp,
}

#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// One more takes the place of who has been silent longest between mails.
    pub connections_max: usize,
    /// RFC 5321 section 4.5.3.1.8 asks for 100.
    pub recipients_max: usize,
    pub errors_max: usize,
    /// For one read or write. RFC 5321 section 4.5.3.2 asks for 5 minutes.
    pub wait_max: Duration,
    /// For a whole conversation, so that one octet a minute does not hold a connection for ever.
    pub conversation_max: Duration,
    /// For a client that is inside a mail when we stop. Most need a blink to finish it, and one that has fallen silent
    /// repeats its mail later.
    pub stopping_max: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 64,
            recipients_max: 100,
            errors_max: 10,
            wait_max: Duration::from_secs(5 * 60),
            conversation_max: Duration::from_secs(60 * 60),
            stopping_max: Duration::from_secs(20),
        }
    }
}

/// Serves connections until `shutdown`, then finishes the mails that are being sent and returns.
///
/// # Errors
/// None of a single conversation's; it returns early only when a conversation panicked.
pub async fn run<I: Intake>(
    listener: Listener,
    protocol: Protocol,
    intake: Arc<I>,
    limits: Limits,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let room = Room::new(intake.size_bytes_max().saturating_mul(LARGEST_MAILS_IN_MEMORY_MAX));
    let places = Places::new(limits.connections_max);
    let mut conversations = JoinSet::new();
    loop {
        tokio::select! {
            () = shutdown.cancelled() => break,
            Some(ended) = conversations.join_next() => ended?,
            accepted = listener.accept() => match accepted {
                Ok(stream) => {
                    let place = places.take(Instant::now());
                    let serving = Serving {
                        stream,
                        conversation: Conversation::new(protocol, limits, room.clone()),
                        limits,
                        until: Instant::now() + limits.conversation_max,
                    };
                    let (intake, shutdown) = (Arc::clone(&intake), shutdown.clone());
                    conversations.spawn(async move {
                        let result = match place {
                            Some(place) => serving.serve(&*intake, &place, &shutdown).await,
                            None => serving.turn_away().await,
                        };
                        if let Err(error) = result {
                            tracing::debug!(%error, "a mail conversation broke off");
                        }
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "could not take a mail connection");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }
    // New clients find nobody here while the last mails come in.
    drop(listener);
    while let Some(ended) = conversations.join_next().await {
        ended?;
    }
    Ok(())
}

/// One conversation with its socket.
struct Serving {
    stream: Box<dyn Stream>,
    conversation: Conversation,
    limits: Limits,
    until: Instant,
}

impl Serving {
    /// Until the client leaves, or its place goes to another.
    async fn serve(
        mut self,
        intake: &impl Intake,
        place: &Place,
        shutdown: &CancellationToken,
    ) -> io::Result<()> {
        let mut block = vec![0; BLOCK_OCTETS];
        let mut filled = 0;
        let mut stopping = false;
        loop {
            let mut left = &block[..filled];
            loop {
                match self.conversation.advance(&mut left, intake) {
                    Next::Read => break,
                    Next::HangUp => return self.write().await,
                    Next::Store(arrival, held) => {
                        place.heard(Doing::Storing, Instant::now());
                        let result = intake.store(arrival).await;
                        drop(held);
                        if let Err(error) = &result {
                            tracing::error!(error = with_causes(error), "a mail was not stored");
                        }
                        self.conversation.stored(&result);
                    }
                }
            }
            let idle = self.conversation.is_between_mails();
            place.heard(if idle { Doing::Nothing } else { Doing::Mail }, Instant::now());
            tokio::select! {
                biased;
                written = self.write() => written?,
                // Who does not read what we say has no place either.
                () = place.leave.cancelled() => return Ok(()),
            }
            let wait_until = self.until.min(Instant::now() + self.limits.wait_max);
            let read = tokio::select! {
                // What has been sent is read first, so that a mail on its way is not turned back.
                biased;
                read = timeout_at(wait_until, self.stream.read(&mut block)) => read,
                () = place.leave.cancelled() => {
                    // The place is another's already: no longer than a word takes.
                    let farewell = self.farewell(replies::TOO_MANY_CONNECTIONS);
                    return timeout(GIVING_UP_MAX, farewell).await?;
                }
                () = shutdown.cancelled(), if !stopping || self.conversation.is_between_mails() => {
                    if self.conversation.is_between_mails() {
                        return self.farewell(replies::SHUTTING_DOWN).await;
                    }
                    stopping = true;
                    self.until = self.until.min(Instant::now() + self.limits.stopping_max);
                    filled = 0;
                    continue;
                }
            };
            match read {
                Ok(Ok(0)) => return Ok(()),
                Ok(Ok(octets)) => filled = octets,
                Ok(Err(error)) => return Err(error),
                Err(_) if stopping => return self.farewell(replies::SHUTTING_DOWN).await,
                Err(_) => return self.farewell(replies::TOO_SLOW).await,
            }
        }
    }

    async fn turn_away(mut self) -> io::Result<()> {
        self.conversation.take_replies();
        self.farewell(replies::TOO_MANY_CONNECTIONS).await
    }

    async fn farewell(&mut self, reply: &str) -> io::Result<()> {
        self.conversation.end(reply);
        self.write().await
    }

    async fn write(&mut self) -> io::Result<()> {
        let replies = self.conversation.take_replies();
        if replies.is_empty() {
            return Ok(());
        }
        timeout(self.limits.wait_max, self.stream.write_all(&replies)).await??;
        timeout(self.limits.wait_max, self.stream.flush()).await?
    }
}

/// The error with its causes, for one line of log.
fn with_causes(error: &IntakeError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
