//! Every reply of the listener, with its enhanced status code (RFC 3463).

use smtp_proto::Error;

use super::Protocol;
use crate::inbound::intake::{IntakeError, Stored};

pub const HELLO: &str = "250 localhost";
pub const READY: &str = "250 2.0.0 Ready";
pub const SENDER_OK: &str = "250 2.1.0 Sender ok";
pub const RECIPIENT_OK: &str = "250 2.1.5 Recipient ok";
pub const CHUNK_OK: &str = "250 2.0.0 Chunk received";
pub const STORED: &str = "250 2.0.0 Stored";
/// RFC 5321 section 3.5.3: we do not tell who is here.
pub const CANNOT_VERIFY: &str = "252 2.5.0 Send it and see";
pub const HELP: &str = "214 2.0.0 RFC 5321 and RFC 2033";
pub const BYE: &str = "221 2.0.0 Goodbye";
pub const SEND_MAIL: &str = "354 End it with CR LF . CR LF";

pub const SHUTTING_DOWN: &str = "421 4.3.2 Shutting down, come again";
pub const TOO_MANY_CONNECTIONS: &str = "421 4.7.0 Too many connections, come again";
pub const TOO_MANY_ERRORS: &str = "421 4.7.0 Too many errors";
pub const TOO_SLOW: &str = "421 4.4.2 Too slow";
pub const NOT_STORED: &str = "451 4.3.0 Could not store the mail, send it again";
pub const NO_ROOM: &str = "452 4.3.1 No room just now, send it again";
pub const TOO_MANY_RECIPIENTS: &str = "452 4.5.3 Too many recipients";

pub const LINE_TOO_LONG: &str = "500 5.5.2 Line too long";
pub const UNKNOWN_COMMAND: &str = "500 5.5.1 Unknown command";
pub const SYNTAX: &str = "501 5.5.4 Syntax error";
pub const BAD_SENDER: &str = "501 5.1.7 Not an address";
pub const BAD_RECIPIENT: &str = "501 5.1.3 Not an address";
pub const NOT_IMPLEMENTED: &str = "502 5.5.1 Not implemented";
pub const HELLO_FIRST: &str = "503 5.5.1 Greet first";
pub const MAIL_FIRST: &str = "503 5.5.1 MAIL first";
pub const RECIPIENT_FIRST: &str = "503 5.5.1 No valid recipients";
pub const MAIL_OPEN: &str = "503 5.5.1 A mail is being sent already";
pub const UNKNOWN_RECIPIENT: &str = "550 5.1.1 No such mailbox here";
pub const TOO_LARGE: &str = "552 5.3.4 The mail is too large";
pub const UNKNOWN_PARAMETER: &str = "555 5.5.4 Unknown parameter";

pub fn greeting(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Smtp => "220 localhost ESMTP",
        Protocol::Lmtp => "220 localhost LMTP",
    }
}

/// The answer to EHLO and LHLO. Nothing is offered that is not done.
pub fn extensions(size_max: usize) -> [String; 7] {
    [
        "250-localhost".to_owned(),
        "250-PIPELINING".to_owned(),
        format!("250-SIZE {size_max}"),
        "250-8BITMIME".to_owned(),
        "250-SMTPUTF8".to_owned(),
        "250-CHUNKING".to_owned(),
        "250 ENHANCEDSTATUSCODES".to_owned(),
    ]
}

/// What an unreadable command line is answered with.
pub fn misunderstood(error: &Error) -> &'static str {
    match error {
        Error::UnknownCommand => UNKNOWN_COMMAND,
        Error::InvalidSenderAddress => BAD_SENDER,
        Error::InvalidRecipientAddress => BAD_RECIPIENT,
        Error::UnsupportedParameter { .. } => UNKNOWN_PARAMETER,
        Error::ResponseTooLong => LINE_TOO_LONG,
        Error::NeedsMoreData { .. }
        | Error::SyntaxError { .. }
        | Error::InvalidParameter { .. }
        | Error::InvalidResponse { .. } => SYNTAX,
    }
}

/// 250 stands here only for what is committed. What is not stored is tried again by the client, unless it can never fit.
pub fn outcome(result: &Result<Stored, IntakeError>) -> &'static str {
    match result {
        Ok(Stored::New | Stored::Known) => STORED,
        Err(IntakeError::TooLarge { .. }) => TOO_LARGE,
        Err(IntakeError::Full(_)) => NO_ROOM,
        Err(IntakeError::Storage(_)) => NOT_STORED,
    }
}
