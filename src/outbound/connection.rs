//! One conversation with the relay.
//!
//! A connection is owned by whoever sends and comes back only after an answer that leaves it in order. Whatever times
//! out or breaks drops it, so that no late answer to one delivery can be read as the answer to the next.

use std::{error::Error as _, fmt, future::Future, io, time::Duration};

use issues::delivery::{Fault, Outcome, Phase, Reply, Trouble, judge, judge_connection};
use lettre::transport::smtp::{
    self,
    authentication::{Credentials, Mechanism},
    client::AsyncSmtpConnection,
    extension::ClientId,
    response::Response,
};
use subscribers::EmailAddress;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, client::TlsStream, rustls};

use super::{
    line::{ClearTrouble, Handed, Line, ask_for_tls},
    relay::{Protection, Relay},
    wire::Wire,
};

/// A line to the relay that has greeted, is secured and signed in as configured, and has nothing under way.
pub struct Connection {
    smtp: AsyncSmtpConnection,
    handed: Handed,
    /// The server takes several commands in one write (RFC 2920).
    pipelining: bool,
    command_limit: Duration,
    dot_limit: Duration,
    quit_limit: Duration,
}

/// MAIL FROM and RCPT TO: one recipient, so that one answer means one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// `None` is the null sender, which nobody answers automatically.
    pub from: Option<EmailAddress>,
    pub to: EmailAddress,
}

/// What the compare-and-set marker before the final dot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    /// The row is still ours and is marked: send the dot.
    Marked,
    /// It is not: let go without the dot, which cancels the mail (RFC 5321 section 4.1.1.10).
    Withheld,
}

impl Connection {
    /// Connects, secures, greets and signs in.
    ///
    /// # Errors
    /// Says whether waiting helps or somebody must change something. No delivery is touched by either.
    pub async fn open(relay: &Relay) -> Result<Self, Trouble> {
        let limits = relay.limits;
        let stream = within(limits.connect, TcpStream::connect((relay.host.as_str(), relay.port)))
            .await?
            .map_err(|error| later(&format!("the relay cannot be reached: {}", io_words(error.kind()))))?;
        // Without it each message waits 40 ms for an acknowledgement (Nagle meets delayed ACK).
        stream.set_nodelay(true).map_err(|_| later("the line broke while connecting"))?;
        let handed = Handed::default();
        let line = match &relay.protection {
            Protection::None => Line::clear(stream, handed.clone()),
            Protection::Implicit(tls) => Line::secure(handshake(relay, tls, stream).await?, handed.clone()),
            Protection::StartTls(tls) => {
                let mut stream = stream;
                within(limits.command, ask_for_tls(&mut stream, &relay.hello))
                    .await?
                    .map_err(clear_trouble)?;
                Line::secured(handshake(relay, tls, stream).await?, handed.clone())
            }
        };
        let hello = ClientId::Domain(relay.hello.clone());
        let smtp =
            within(limits.command, AsyncSmtpConnection::connect_with_transport(Box::new(line), &hello))
                .await?
                .map_err(|error| trouble(Phase::Connect, &error))?;
        let mut connection = Self {
            smtp,
            handed,
            pipelining: false,
            command_limit: limits.command,
            dot_limit: limits.dot,
            quit_limit: limits.quit,
        };
        connection.sign_in(relay).await?;
        connection.look_for_pipelining(relay).await?;
        Ok(connection)
    }

    async fn sign_in(&mut self, relay: &Relay) -> Result<(), Trouble> {
        let Some(sign_in) = &relay.sign_in else {
            return Ok(());
        };
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        if self.smtp.server_info().get_auth_mechanism(&mechanisms).is_none() {
            let reply = Reply::none("neither AUTH PLAIN nor LOGIN is offered");
            return Err(Trouble::OurFault(Fault::NoSignIn, reply));
        }
        let credentials = Credentials::new(sign_in.user.clone(), sign_in.password.clone());
        within(self.command_limit, self.smtp.auth(&mechanisms, &credentials))
            .await?
            .map_err(|error| trouble(Phase::Auth, &error))?;
        Ok(())
    }

    /// lettre keeps no word of PIPELINING, so the extensions are asked for once more.
    async fn look_for_pipelining(&mut self, relay: &Relay) -> Result<(), Trouble> {
        let hello = format!("EHLO {}\r\n", relay.hello);
        let response = within(self.command_limit, self.smtp.command(Raw(&hello)))
            .await?
            .map_err(|error| trouble(Phase::Hello, &error))?;
        self.pipelining = response.message().any(|line| line.trim().eq_ignore_ascii_case("PIPELINING"));
        Ok(())
    }

    pub fn is_pipelining(&self) -> bool {
        self.pipelining
    }

    /// Sends one message to one recipient. `fence` runs after the relay has said 354 and before any of the message,
    /// and only if it comes to that.
    ///
    /// The connection comes back when it may carry the next message.
    pub async fn send(
        mut self,
        envelope: &Envelope,
        message: &Wire,
        fence: impl Future<Output = Fence>,
    ) -> (Option<Self>, Outcome) {
        let opened = if self.pipelining {
            self.open_in_one_write(envelope).await
        } else {
            self.open_step_by_step(envelope).await
        };
        match opened {
            Opened::Go => {}
            Opened::No(outcome, Next::Reset) => return (self.reset().await, outcome),
            Opened::No(outcome, Next::Drop) => return (None, outcome),
        }
        match fence.await {
            Fence::Marked => {}
            Fence::Withheld => return (None, Outcome::Withheld),
        }
        let whole = self.handed.octets() + message.as_str().len() as u64;
        let answered = timeout(self.dot_limit, self.smtp.command(Raw(message.as_str()))).await;
        match answered.ok().and_then(answer) {
            Some(reply) if matches!(reply.code(), 250..300 | 400..600) => {
                let kept = (reply.code() != 421).then_some(self);
                (kept, judge(Phase::Dot, reply))
            }
            // Not all of it was handed over, so the dot was not.
            _ if self.handed.octets() < whole => (None, broken()),
            // No answer, or one that answers something else.
            _ => (None, Outcome::Uncertain),
        }
    }

    async fn open_in_one_write(&mut self, envelope: &Envelope) -> Opened {
        let commands = format!("{}{}DATA\r\n", mail(envelope), rcpt(envelope));
        let limit = self.command_limit;
        let mail = timeout(limit, self.smtp.command(Raw(&commands))).await;
        let Some(mail) = mail.ok().and_then(answer) else {
            return Opened::No(broken(), Next::Drop);
        };
        let mut replies = [None, None];
        for reply in &mut replies {
            let read = timeout(limit, self.smtp.read_response()).await;
            *reply = read.ok().and_then(answer);
            if reply.is_none() {
                break;
            }
        }
        let [rcpt, data] = replies;
        // An answer refused by a relay that still says 354 would need a dot to get out of (RFC 2920 section 3.1).
        let next = match &data {
            Some(data) if (400..600).contains(&data.code()) => Next::Reset,
            Some(_) | None => Next::Drop,
        };
        for (phase, reply) in [(Phase::Mail, Some(mail)), (Phase::Rcpt, rcpt), (Phase::Data, data)] {
            match reply {
                None => return Opened::No(broken(), Next::Drop),
                Some(reply) if is_yes(phase, &reply) => {}
                Some(reply) => {
                    let next = if reply.code() == 421 { Next::Drop } else { next };
                    return Opened::No(judge(phase, reply), next);
                }
            }
        }
        Opened::Go
    }

    async fn open_step_by_step(&mut self, envelope: &Envelope) -> Opened {
        for (phase, command) in [
            (Phase::Mail, mail(envelope)),
            (Phase::Rcpt, rcpt(envelope)),
            (Phase::Data, "DATA\r\n".to_owned()),
        ] {
            let answered = timeout(self.command_limit, self.smtp.command(Raw(&command))).await;
            let Some(reply) = answered.ok().and_then(answer) else {
                return Opened::No(broken(), Next::Drop);
            };
            if !is_yes(phase, &reply) {
                let in_order = (400..600).contains(&reply.code()) && reply.code() != 421;
                let next = if in_order { Next::Reset } else { Next::Drop };
                return Opened::No(judge(phase, reply), next);
            }
        }
        Opened::Go
    }

    async fn reset(mut self) -> Option<Self> {
        let answered = timeout(self.command_limit, self.smtp.command(Raw("RSET\r\n"))).await;
        let reply = answered.ok().and_then(answer)?;
        (reply.code() == 250).then_some(self)
    }

    /// Says goodbye; nothing depends on the answer.
    pub async fn quit(mut self) {
        // An elapsed limit or a broken line ends the connection just as well.
        drop(timeout(self.quit_limit, self.smtp.command(Raw("QUIT\r\n"))).await);
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("pipelining", &self.pipelining).finish_non_exhaustive()
    }
}

/// How far MAIL, RCPT and DATA got.
enum Opened {
    Go,
    No(Outcome, Next),
}

enum Next {
    Reset,
    Drop,
}

/// lettre writes any `Display` in one piece.
struct Raw<'a>(&'a str);

impl fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

fn mail(envelope: &Envelope) -> String {
    let from = envelope.from.as_ref().map_or("", EmailAddress::as_str);
    format!("MAIL FROM:<{from}>\r\n")
}

fn rcpt(envelope: &Envelope) -> String {
    format!("RCPT TO:<{}>\r\n", envelope.to.as_str())
}

fn is_yes(phase: Phase, reply: &Reply) -> bool {
    match phase {
        Phase::Data => reply.code() == 354,
        Phase::Connect
        | Phase::Hello
        | Phase::Secure
        | Phase::Auth
        | Phase::Mail
        | Phase::Rcpt
        | Phase::Dot => (200..300).contains(&reply.code()),
    }
}

fn broken() -> Outcome {
    Outcome::Deferred { reply: Reply::none("the line broke before the final dot") }
}

/// An answer, whether lettre calls it a success or a failure; `None` when nothing was understood.
fn answer(result: Result<Response, smtp::Error>) -> Option<Reply> {
    match result {
        Ok(response) => {
            let text: Vec<&str> = response.message().collect();
            Some(Reply::new(u16::from(response.code()), &text.join(" ")))
        }
        Err(error) => refusal(&error),
    }
}

/// The answer inside lettre's failure: its source is the text without the digits.
fn refusal(error: &smtp::Error) -> Option<Reply> {
    let code = error.status()?;
    let text = error.source().map_or_else(String::new, ToString::to_string);
    Some(Reply::new(u16::from(code), &text))
}

fn later(words: &str) -> Trouble {
    Trouble::Later(Reply::none(words))
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, Trouble> {
    let done = timeout(limit, work).await;
    done.map_err(|_| later("the relay did not answer in time"))
}

fn trouble(phase: Phase, error: &smtp::Error) -> Trouble {
    match refusal(error) {
        Some(reply) => judge_connection(phase, reply),
        None => later("the line broke while greeting the relay"),
    }
}

fn clear_trouble(trouble: ClearTrouble) -> Trouble {
    match trouble {
        ClearTrouble::Answered { to_starttls, reply } => {
            let phase = if to_starttls { Phase::Secure } else { Phase::Connect };
            judge_connection(phase, reply)
        }
        ClearTrouble::NotOffered => {
            Trouble::OurFault(Fault::NoEncryption, Reply::none("STARTTLS is not offered"))
        }
        ClearTrouble::Broken(words) => later(words),
    }
}

async fn handshake(
    relay: &Relay,
    tls: &TlsConnector,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, Trouble> {
    let connecting = tls.connect(relay.server_name.clone(), stream);
    let error = match within(relay.limits.connect, connecting).await? {
        Ok(stream) => return Ok(stream),
        Err(error) => error,
    };
    let cause = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    Err(match cause {
        Some(rustls::Error::InvalidCertificate(why)) => {
            Trouble::OurFault(Fault::Certificate, Reply::none(&format!("{why:?}")))
        }
        // What a server without TLS sends on its port.
        Some(rustls::Error::InvalidMessage(_)) => {
            Trouble::OurFault(Fault::NoEncryption, Reply::none("the relay does not speak TLS on this port"))
        }
        Some(other) => later(&format!("the line could not be encrypted: {other}")),
        None => later("the line broke while encrypting"),
    })
}

fn io_words(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::ConnectionRefused => "nobody listens there",
        io::ErrorKind::TimedOut => "no answer",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "no way there",
        _ => "its name or address does not answer",
    }
}
