//! Takes mail in safely and turns bytes into a parsed message. The only user of mail-parser.

pub mod imap;
pub mod intake;
pub mod smtpd;
mod attachments;
pub mod documents;
pub mod parsing;
