//! Takes mail in safely and turns bytes into a parsed message. The only user of mail-parser and of ammonia.

mod attachments;
pub mod documents;
pub mod foreign;
pub mod imap;
pub mod intake;
pub mod letter;
pub mod parsing;
pub mod pipe;
pub mod receiving;
pub mod smtpd;
pub mod understand;
