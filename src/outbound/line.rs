//! The line under lettre: one TCP stream, plain or under TLS, that counts what was handed over.
//!
//! The count tells a line that broke inside the body, where the final dot was surely not sent, from one that broke
//! after it. STARTTLS is spoken here and not by lettre, whose reader keeps what an attacker in between sent in clear
//! behind the answer and takes it for the first answer under TLS.

use std::{
    fmt, io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use issues::delivery::Reply;
use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::client::TlsStream;

/// Octets of one answer before encryption; a greeting and a list of extensions are far shorter.
const CLEAR_REPLY_OCTETS_MAX: usize = 16 * 1_024;

/// The greeting that lettre waits for and that a relay does not repeat under TLS.
const GREETING: &[u8] = b"220 under TLS\r\n";

/// How many octets went into the line so far.
#[derive(Clone, Default)]
pub(super) struct Handed(Arc<AtomicU64>);

impl Handed {
    pub(super) fn octets(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

pub(super) enum Line {
    Clear { stream: TcpStream, handed: Handed },
    Secure { stream: Box<TlsStream<TcpStream>>, greeting: &'static [u8], handed: Handed },
}

impl Line {
    pub(super) fn clear(stream: TcpStream, handed: Handed) -> Self {
        Line::Clear { stream, handed }
    }

    /// TLS from the first octet (RFC 8314 section 3.3).
    pub(super) fn secure(stream: TlsStream<TcpStream>, handed: Handed) -> Self {
        Line::Secure { stream: Box::new(stream), greeting: b"", handed }
    }

    /// TLS after STARTTLS, where the relay does not greet again.
    pub(super) fn secured(stream: TlsStream<TcpStream>, handed: Handed) -> Self {
        Line::Secure { stream: Box::new(stream), greeting: GREETING, handed }
    }
}

/// What went wrong before encryption.
pub(super) enum ClearTrouble {
    /// An answer that was not yes, and whether it was to STARTTLS itself.
    Answered {
        to_starttls: bool,
        reply: Reply,
    },
    NotOffered,
    Broken(&'static str),
}

/// Greets, asks for STARTTLS and gets its 220 (RFC 3207 section 4), with nothing left unread.
pub(super) async fn ask_for_tls(stream: &mut TcpStream, hello: &str) -> Result<(), ClearTrouble> {
    let answered = |to_starttls, reply: Reply| match reply.code() {
        200..300 => Ok(reply),
        _ => Err(ClearTrouble::Answered { to_starttls, reply }),
    };
    answered(false, clear_reply(stream).await?)?;
    say(stream, &format!("EHLO {hello}\r\n")).await?;
    let extensions = answered(false, clear_reply(stream).await?)?;
    let mut words = extensions.text().split_ascii_whitespace();
    if !words.any(|word| word.eq_ignore_ascii_case("STARTTLS")) {
        return Err(ClearTrouble::NotOffered);
    }
    say(stream, "STARTTLS\r\n").await?;
    answered(true, clear_reply(stream).await?)?;
    Ok(())
}

async fn say(stream: &mut TcpStream, command: &str) -> Result<(), ClearTrouble> {
    let written = stream.write_all(command.as_bytes()).await;
    written.map_err(|_| ClearTrouble::Broken("the line broke before encryption"))
}

/// One answer of one or more lines; more than that is refused, since we have asked for no more.
async fn clear_reply(stream: &mut TcpStream) -> Result<Reply, ClearTrouble> {
    let mut read = Vec::new();
    loop {
        let mut piece = [0; 1_024];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return Err(ClearTrouble::Broken("the line broke before encryption")),
            Ok(count) => read.extend_from_slice(&piece[..count]),
        }
        if let Some(reply) = whole_reply(&read)? {
            return Ok(reply);
        }
        if read.len() > CLEAR_REPLY_OCTETS_MAX {
            return Err(ClearTrouble::Broken("the relay's answer has no end"));
        }
    }
}

fn whole_reply(read: &[u8]) -> Result<Option<Reply>, ClearTrouble> {
    let strange = ClearTrouble::Broken("the relay does not speak SMTP");
    let Some(end) = read.iter().rposition(|&octet| octet == b'\n') else {
        return Ok(None);
    };
    let Ok(text) = std::str::from_utf8(&read[..end]) else {
        return Err(strange);
    };
    let (mut words, mut code) = (String::new(), None);
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end_matches('\r');
        let digits = line.get(..3).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        let Some(digits) = digits.and_then(|d| d.parse::<u16>().ok()) else {
            return Err(strange);
        };
        code = code.or(Some(digits));
        words.push_str(line.get(4..).unwrap_or(""));
        let is_last = line.as_bytes().get(3) != Some(&b'-');
        if is_last {
            return if lines.peek().is_none() && end + 1 == read.len() {
                Ok(code.map(|code| Reply::new(code, &words)))
            } else {
                Err(ClearTrouble::Broken("the relay sent more in clear than it was asked"))
            };
        }
        words.push(' ');
    }
    Ok(None)
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut *self {
            Line::Clear { stream, .. } => Pin::new(stream).poll_read(context, buffer),
            Line::Secure { stream, greeting, .. } => {
                if greeting.is_empty() {
                    return Pin::new(stream).poll_read(context, buffer);
                }
                let (now, later) = greeting.split_at(greeting.len().min(buffer.remaining()));
                buffer.put_slice(now);
                *greeting = later;
                Poll::Ready(Ok(()))
            }
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        let (written, handed) = match &mut *self {
            Line::Clear { stream, handed } => (Pin::new(stream).poll_write(context, octets), handed),
            Line::Secure { stream, handed, .. } => (Pin::new(stream).poll_write(context, octets), handed),
        };
        if let Poll::Ready(Ok(count)) = &written {
            handed.0.fetch_add(*count as u64, Ordering::Relaxed);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Line::Clear { stream, .. } => Pin::new(stream).poll_flush(context),
            Line::Secure { stream, .. } => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Line::Clear { stream, .. } => Pin::new(stream).poll_shutdown(context),
            Line::Secure { stream, .. } => Pin::new(stream).poll_shutdown(context),
        }
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match self {
            Line::Clear { stream, .. } => stream.peer_addr(),
            Line::Secure { stream, .. } => stream.get_ref().0.peer_addr(),
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Line::Clear { .. } => "Line::Clear",
            Line::Secure { .. } => "Line::Secure",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<(u16, String)>, ()> {
        match whole_reply(text.as_bytes()) {
            Ok(reply) => Ok(reply.map(|r| (r.code(), r.text().to_owned()))),
            Err(_) => Err(()),
        }
    }

    #[test]
    fn an_answer_in_clear_is_read_whole_or_refused() {
        assert_eq!(read("220 hi\r\n"), Ok(Some((220, "hi".into()))));
        assert_eq!(read("250-a\r\n250 STARTTLS\r\n"), Ok(Some((250, "a STARTTLS".into()))));
        assert_eq!(read("250-a\r\n"), Ok(None));
        assert_eq!(read("220 h"), Ok(None));
        assert_eq!(read("HTTP/1.1 400\r\n"), Err(()));
    }

    #[test]
    fn nothing_may_follow_an_answer_in_clear() {
        assert_eq!(read("220 go\r\n250 injected\r\n"), Err(()));
        assert_eq!(read("220 go\r\n250 inj"), Err(()));
    }
}
