//! One mail from standard input, handed over by a mail server or a delivery agent.
//!
//! Success is told only after the bytes are committed. The envelope is what the caller says; the bytes are kept as
//! they came, an mbox `From ` line included.

use std::io::{self, Read};

use anyhow::Context as _;

use crate::app::App;
use crate::clock::random_id;
use crate::inbound::intake::{Envelope, IntakeError, Sender, Stored};
use crate::store::NewMessage;

/// What Postfix writes for the null sender where an address must stand (pipe(8), `null_sender`).
const NULL_SENDER: &str = "MAILER-DAEMON";

/// The reverse-path as a mail server gives it on a command line: `<>`, nothing or `MAILER-DAEMON` for the null sender
/// (RFC 5321 section 4.5.5).
pub fn sender(given: Option<&str>) -> Sender {
    let Some(given) = given else { return Sender::Unknown };
    let given = given.trim().trim_start_matches('<').trim_end_matches('>');
    match given {
        "" => Sender::Null,
        given if given.eq_ignore_ascii_case(NULL_SENDER) => Sender::Null,
        given => Sender::Address(given.to_owned()),
    }
}

/// The whole mail, or `None` when it is larger than the limit. What is over the limit is read to its end and not
/// kept, so that whoever writes it hears the reason instead of a broken pipe.
///
/// # Errors
/// Standard input fails.
pub fn read_mail(mut input: impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    input.by_ref().take(limit as u64 + 1).read_to_end(&mut content)?;
    if content.len() <= limit {
        return Ok(Some(content));
    }
    io::copy(&mut input, &mut io::sink())?;
    Ok(None)
}

/// Stores a mail and returns once it is committed.
///
/// # Errors
/// Nothing was stored.
pub async fn store(app: &App, content: &[u8], envelope: &Envelope) -> Result<Stored, IntakeError> {
    let limit = app.config.inbound.size_bytes_max;
    if content.len() > limit {
        return Err(IntakeError::TooLarge { limit });
    }
    keep(app, content, envelope).await.map_err(IntakeError::Storage)
}

async fn keep(app: &App, content: &[u8], envelope: &Envelope) -> anyhow::Result<Stored> {
    let sender = match &envelope.sender {
        Sender::Address(address) => Some(address.as_str()),
        Sender::Null => Some(""),
        Sender::Unknown => None,
    };
    let new = NewMessage {
        public_id: random_id(),
        publication: app.publication,
        source: "pipe",
        sender,
        recipients: &envelope.recipients,
        received_at: app.clock.now(),
        content,
        quarantined: None,
    };
    let mut write = app.store.write().await?;
    let kept = write.keep_message(&new).await.context("store a mail")?;
    write.commit().await?;
    Ok(if kept.is_some() { Stored::New } else { Stored::Known })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_null_sender_is_known_in_all_its_spellings() {
        for null in ["", "<>", " <> ", "MAILER-DAEMON", "mailer-daemon"] {
            assert!(sender(Some(null)) == Sender::Null, "{null:?}");
        }
        assert!(sender(Some("<anna@example.lv>")) == Sender::Address("anna@example.lv".into()));
        assert!(sender(None) == Sender::Unknown);
    }

    #[test]
    fn a_mail_at_the_limit_is_taken_and_one_octet_more_is_read_to_its_end_and_refused() {
        assert_eq!(read_mail(&b"12345"[..], 5).unwrap().as_deref(), Some(&b"12345"[..]));
        let mut large = io::Cursor::new(vec![b'x'; 100_000]);
        assert_eq!(read_mail(&mut large, 5).unwrap(), None);
        assert_eq!(large.position(), 100_000);
    }

    #[test]
    fn a_broken_line_is_no_end_of_the_mail() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::ConnectionReset.into())
            }
        }
        assert!(read_mail((&b"half a mail"[..]).chain(Broken), 100).is_err());
    }
}
