//! A mail as an editor wants to see it beside what was made of it: all its words, who vouches for its sender, and the
//! files it brought. Read again from its bytes, since that is the one thing that no upgrade changes.

use chrono::{DateTime, FixedOffset};
use issues::reading::{self, Attachment, Mailbox, Parsed, Rules, Verified};

use super::parsing;
use crate::media;

/// What stands in a mail.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    pub from: Vec<Mailbox>,
    pub to: Vec<Mailbox>,
    pub subject: String,
    pub date: Option<DateTime<FixedOffset>>,
    /// Everything it says, before anything is taken off.
    pub text: String,
    /// What the server that we trust found out about the sender.
    pub checks: Vec<(&'static str, Verified)>,
    pub files: Vec<File>,
}

/// An attached file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: u64,
    /// Width and height, where it is a picture.
    pub pixels: Option<(u32, u32)>,
}

/// Reads a mail. Never fails: what cannot be read is empty.
pub fn read(bytes: &[u8], rules: &Rules) -> Letter {
    let parsed = parsing::parse(bytes);
    let checks = reading::checks(&parsed, rules);
    let text = reading::letter(&parsed).replace("\r\n", "\n");
    let (from, to) = (parsed.from.clone(), parsed.recipients.clone());
    let (subject, date) = (parsed.subject.clone().unwrap_or_default(), parsed.date);
    let file = |attachment: Attachment| File {
        pixels: media::dimensions(&attachment.bytes),
        bytes: attachment.bytes.len() as u64,
        name: attachment.name.unwrap_or_default(),
    };
    let files = attachments(parsed).into_iter().map(file).collect();
    Letter { from, to, subject, date, text, checks, files }
}

/// The attached pictures, whole.
pub fn pictures(bytes: &[u8]) -> Vec<Attachment> {
    let all = attachments(parsing::parse(bytes));
    all.into_iter().filter(|attachment| media::dimensions(&attachment.bytes).is_some()).collect()
}

/// Also those of what was forwarded as an attached message.
fn attachments(mut parsed: Parsed) -> Vec<Attachment> {
    let mut all = std::mem::take(&mut parsed.attachments);
    let mut embedded = parsed.embedded;
    while let Some(mut message) = embedded.pop() {
        all.append(&mut message.attachments);
        embedded.append(&mut message.embedded);
    }
    all
}
