//! Why a round with the IMAP server failed, in one sentence each.

use std::io;

use crate::inbound::intake::IntakeError;

#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    #[error("cannot reach the IMAP server at {server}: {why}")]
    Unreachable { server: String, why: String },
    #[error("the IMAP server at {server} does not prove who it is: {why}")]
    Untrusted { server: String, why: String },
    #[error(
        "the IMAP server at {server} is not on this machine, so the password does not go there without TLS"
    )]
    PlainToTheWorld { server: String },
    /// Trying again does not help before somebody changes the configuration.
    #[error(
        "the IMAP server at {server} refused the user name or the password: correct them in the configuration"
    )]
    Credentials { server: String },
    #[error("the IMAP server has no mailbox named {mailbox} for us: {why}")]
    NoMailbox { mailbox: String, why: String },
    #[error("the IMAP server took too long to {doing}")]
    TooSlow { doing: &'static str },
    #[error("the IMAP server could not {doing}: {why}")]
    Failed { doing: &'static str, why: String },
    #[error("mail from the IMAP server could not be stored")]
    Intake(#[from] IntakeError),
    #[error("cannot use TLS: {0:#}")]
    Tls(anyhow::Error),
}

impl ImapError {
    /// Without names, addresses or what the server said: for monitors, whom anybody may read.
    pub fn in_short(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "the mailbox cannot be reached",
            Self::Untrusted { .. } | Self::Tls(_) => "the mailbox does not prove who it is",
            Self::PlainToTheWorld { .. } => "the mailbox is without TLS",
            Self::Credentials { .. } => "the mailbox refuses the user name or the password",
            Self::NoMailbox { .. } => "the mailbox has no such folder",
            Self::TooSlow { .. } => "the mailbox is too slow",
            Self::Failed { .. } => "the mailbox refuses a command",
            Self::Intake(_) => "mail could not be stored",
        }
    }

    pub(super) fn failed(doing: &'static str, error: &async_imap::error::Error) -> Self {
        Self::Failed { doing, why: describe(error) }
    }
}

/// What the library says, without what it read: its errors quote mail.
pub(super) fn describe(error: &async_imap::error::Error) -> String {
    use async_imap::error::Error;
    match error {
        Error::Io(error) => describe_io(error),
        // The words of the server about a command of ours.
        Error::Bad(text) | Error::No(text) => text.clone(),
        Error::ConnectionLost => "the connection was lost".to_owned(),
        Error::Parse(_) => "its answer is not IMAP".to_owned(),
        Error::Validate(_) => "a line break in a name".to_owned(),
        _ => "the command failed".to_owned(),
    }
}

fn describe_io(error: &io::Error) -> String {
    match (error.get_ref(), error.raw_os_error()) {
        (_, Some(_)) => error.to_string(),
        (Some(inner), None) if inner.is::<rustls::Error>() => inner.to_string(),
        (Some(_), None) => "its answer is not IMAP".to_owned(),
        (None, None) => error.kind().to_string(),
    }
}
