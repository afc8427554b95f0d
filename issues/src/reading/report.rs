//! The report of one message, as `zinas read --json` prints it. Every key is always present.

use serde::{Deserialize, Serialize};
use subscribers::Bounced;

use crate::{Byline, Event, Place};

/// How a message is understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub kind: Kind,
    /// Short reasons that led to the kind, most important first, each naming its evidence.
    pub why: Vec<String>,
    pub from: Option<Mailbox>,
    pub verified: Verified,
    pub subject: Option<String>,
    pub title: Option<String>,
    /// RFC 3339 with the offset of the header.
    pub sent_at: Option<String>,
    pub message_id: Option<String>,
    pub in_reply_to: Option<String>,
    pub language: Option<String>,
    pub text: String,
    pub elided: String,
    pub signature: Option<String>,
    pub forward: Option<Forward>,
    pub items: Vec<ProposedItem>,
    pub photos: Vec<PhotoReport>,
    pub documents: Vec<DocumentReport>,
    pub dropped: Vec<DroppedPart>,
    pub events: Vec<Event>,
    pub places: Vec<Place>,
    pub byline: Option<Byline>,
    pub bounces: Vec<BouncedRecipient>,
    /// The feedback type of a complaint.
    pub feedback: Option<String>,
    pub calendar: Vec<CalendarEntry>,
    pub warnings: Vec<Warning>,
}

impl Report {
    /// What is left of the report on a message whose words are erased: its kind, and why nothing else is there.
    pub fn erased(kind: Kind, why: &str) -> Self {
        Report {
            kind,
            why: vec![why.to_owned()],
            from: None,
            verified: Verified::None,
            subject: None,
            title: None,
            sent_at: None,
            message_id: None,
            in_reply_to: None,
            language: None,
            text: String::new(),
            elided: String::new(),
            signature: None,
            forward: None,
            items: Vec::new(),
            photos: Vec::new(),
            documents: Vec::new(),
            dropped: Vec::new(),
            events: Vec::new(),
            places: Vec::new(),
            byline: None,
            bounces: Vec::new(),
            feedback: None,
            calendar: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// What a message is. Depends on its bytes and the configuration alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Submission,
    Reply,
    Correction,
    Bounce,
    Complaint,
    AutoReply,
    Unsubscribe,
    Subscribe,
    /// Other people's newsletters and lists, and our own bulletin coming back.
    Bulk,
    /// DMARC and TLS reports.
    Report,
    /// Routed away from the shared queue by a rule of the publication.
    Private,
    Unreadable,
}

impl Kind {
    pub const ALL: [Kind; 12] = [
        Kind::Submission,
        Kind::Reply,
        Kind::Correction,
        Kind::Bounce,
        Kind::Complaint,
        Kind::AutoReply,
        Kind::Unsubscribe,
        Kind::Subscribe,
        Kind::Bulk,
        Kind::Report,
        Kind::Private,
        Kind::Unreadable,
    ];

    /// Does it wait for somebody who reads it? The machine sees to all others by itself.
    pub fn is_for_a_person(self) -> bool {
        match self {
            Kind::Submission | Kind::Reply | Kind::Correction | Kind::Private => true,
            Kind::Bounce
            | Kind::Complaint
            | Kind::AutoReply
            | Kind::Unsubscribe
            | Kind::Subscribe
            | Kind::Bulk
            | Kind::Report
            | Kind::Unreadable => false,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Submission => "submission",
            Kind::Reply => "reply",
            Kind::Correction => "correction",
            Kind::Bounce => "bounce",
            Kind::Complaint => "complaint",
            Kind::AutoReply => "auto_reply",
            Kind::Unsubscribe => "unsubscribe",
            Kind::Subscribe => "subscribe",
            Kind::Bulk => "bulk",
            Kind::Report => "report",
            Kind::Private => "private",
            Kind::Unreadable => "unreadable",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Name and address as a header gives them; the address is not checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: Option<String>,
}

/// Does a trusted `Authentication-Results` vouch for the domain of From?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verified {
    Pass,
    Fail,
    None,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forward {
    pub name: Option<String>,
    pub address: Option<String>,
    pub sent_at: Option<String>,
    pub subject: Option<String>,
}

/// A piece of news proposed from the message; `photos` are indexes into the report's photos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposedItem {
    pub title: Option<String>,
    pub text: String,
    pub photos: Vec<usize>,
    pub events: Vec<Event>,
    pub places: Vec<Place>,
    pub byline: Option<Byline>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoReport {
    pub name: Option<String>,
    pub media_type: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub gps_removed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentReport {
    pub name: Option<String>,
    pub media_type: String,
    pub bytes: u64,
    pub sha256: String,
    /// The extracted text, `None` where it was not extracted.
    pub words: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedPart {
    pub name: Option<String>,
    pub media_type: String,
    pub bytes: u64,
    pub reason: String,
}

/// One failed recipient of a bounce or complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BouncedRecipient {
    pub recipient: Option<String>,
    pub action: Option<String>,
    /// Enhanced status code (RFC 3463).
    pub status: Option<String>,
    pub reply_code: Option<u16>,
    pub class: Bounced,
    pub reason: Option<String>,
    pub diagnostic: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEntry {
    pub uid: Option<String>,
    pub summary: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub all_day: bool,
    pub rrule: Option<String>,
    pub location: Option<String>,
}

/// Something odd about a message that an editor should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub code: WarningCode,
    /// In English and with its particulars, for programs and the command line. People read the words of their language
    /// for the code.
    pub text: String,
}

/// What is odd. Its name is that of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// A note that is not for publication was left out of the text.
    PrivateNote,
    /// A photo is credited, but none came.
    PhotoMissing,
    /// Who took a photo is not said.
    MissingCredit,
    /// It looks like several pieces of news.
    SeveralItems,
    /// Neither text nor attachment.
    Empty,
    DateInFuture,
    ManyRecipients,
    SeveralAuthors,
    /// The parts are not as they should be.
    DamagedMime,
    /// Some parts were left out.
    TooManyParts,
    /// Messages nested deeper were left out.
    NestedMessages,
    TextCut,
    CharsetGuessed,
    /// Some letters could not be read.
    CharsetDamaged,
    /// A document could not be read whole.
    DocumentUnread,
    /// Nobody can be answered at the address given.
    Unanswerable,
    AttachmentsUnread,
}

impl WarningCode {
    pub const ALL: [WarningCode; 17] = [
        WarningCode::PrivateNote,
        WarningCode::PhotoMissing,
        WarningCode::MissingCredit,
        WarningCode::SeveralItems,
        WarningCode::Empty,
        WarningCode::DateInFuture,
        WarningCode::ManyRecipients,
        WarningCode::SeveralAuthors,
        WarningCode::DamagedMime,
        WarningCode::TooManyParts,
        WarningCode::NestedMessages,
        WarningCode::TextCut,
        WarningCode::CharsetGuessed,
        WarningCode::CharsetDamaged,
        WarningCode::DocumentUnread,
        WarningCode::Unanswerable,
        WarningCode::AttachmentsUnread,
    ];
}

impl Warning {
    pub fn new(code: WarningCode, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }
}
