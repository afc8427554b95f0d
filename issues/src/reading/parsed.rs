//! A message as bytes became it: headers, texts, attachments. Filled by `src/inbound/parsing`.
//!
//! Nothing here is believed yet: every value is what the sender wrote, decoded.

use chrono::{DateTime, FixedOffset};

use super::Unreadable;
use super::report::{CalendarEntry, DocumentReport, DroppedPart, Mailbox, PhotoReport, Warning};

/// See the module. Every list is in the order of the message.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// Why nothing could be read at all. Everything else is empty then.
    pub unreadable: Option<Unreadable>,
    /// Unfolded, encoded words decoded.
    pub headers: Vec<Header>,
    pub from: Vec<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    /// Every address in To and Cc.
    pub recipients: Vec<Mailbox>,
    pub subject: Option<String>,
    /// `None` where the header is missing or nonsense.
    pub date: Option<DateTime<FixedOffset>>,
    /// When the last server took it, by the topmost Received.
    pub received: Option<DateTime<FixedOffset>>,
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    /// Of the whole message, in lower case: `multipart/report`.
    pub media_type: String,
    /// The parameter `report-type` of a `multipart/report`.
    pub report_type: Option<String>,
    /// Everything that was sent as plain text.
    pub plain: Option<String>,
    /// Everything that was sent as HTML, as text.
    pub html: Option<HtmlText>,
    /// The parts that are not the body, as bytes. [`super::read`] does not need them.
    pub attachments: Vec<Attachment>,
    /// Attachments sorted: pictures worth offering.
    pub photos: Vec<PhotoReport>,
    /// Attachments sorted: documents, with their words where these could be read.
    pub documents: Vec<DocumentReport>,
    /// Attachments sorted: what is not offered, and why.
    pub dropped: Vec<DroppedPart>,
    /// `message/rfc822` and `text/rfc822-headers` parts.
    pub embedded: Vec<Parsed>,
    /// The groups of fields of `message/delivery-status` (RFC 3464): first the message, then each recipient.
    pub delivery_status: Vec<Fields>,
    /// The fields of `message/feedback-report` (RFC 5965).
    pub feedback: Option<Fields>,
    pub calendar: Vec<CalendarEntry>,
    /// What was odd about the bytes.
    pub warnings: Vec<Warning>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub value: String,
}

/// An HTML body as text: paragraphs by blank lines, quotations with `> `, rows of tables on one line.
#[derive(Debug, Clone, Default)]
pub struct HtmlText {
    pub text: String,
    /// Does it say more than a plain part could: tables, lists, headings, links?
    pub structured: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Attachment {
    /// The file's base name, never a path.
    pub name: Option<String>,
    /// As the message claims, in lower case.
    pub media_type: String,
    pub content_id: Option<String>,
    /// Shown inside the text by its sender.
    pub inline: bool,
    pub bytes: Vec<u8>,
}

/// Header-like fields in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<Header>);

impl Fields {
    /// The first field of this name, in any case, without surrounding space.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    pub fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        values(&self.0, name)
    }
}

impl Parsed {
    /// A message of which nothing could be read.
    pub fn unreadable(why: Unreadable) -> Self {
        Self { unreadable: Some(why), ..Self::default() }
    }

    /// The first header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        values(&self.headers, name).next()
    }

    /// Every header of this name, top first.
    pub fn headers<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        values(&self.headers, name)
    }

    /// The author: the last entry of From that has an address, since `From: Bērziņš, Jānis <j@x.example>` makes
    /// an entry without one.
    pub fn author(&self) -> Option<&Mailbox> {
        self.from.iter().rev().find(|mailbox| mailbox.address.is_some()).or(self.from.last())
    }

    /// The address of the author in lower case.
    pub fn author_address(&self) -> Option<String> {
        self.author().and_then(|mailbox| mailbox.address.as_deref()).map(str::to_lowercase)
    }

    /// Has it the null return path of a report (RFC 5321 section 4.5.5)?
    pub fn has_null_return_path(&self) -> bool {
        self.header("Return-Path").is_some_and(|path| path.split_whitespace().collect::<String>() == "<>")
    }
}

fn values<'a, 'n>(headers: &'a [Header], name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
    headers
        .iter()
        .filter(move |header| header.name.eq_ignore_ascii_case(name))
        .map(|header| header.value.trim())
}
