//! The bulletin: rendered and encoded once per issue and language, put together per reader.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use subscribers::{EmailAddress, Language, Purpose, TokenLife};
use templates::Slot;

use super::{
    Composed, Letterhead,
    body::{Body, Kind, UnfitContent, close},
    boundary, date_header,
    head::{Head, graphic},
    return_life,
};
use crate::outbound::{Envelope, Wire};

/// What an issue says in one language, as approved.
pub struct Bulletin<'a> {
    /// The edition in letters, digits and hyphens, `2026-12`; part of each Message-ID.
    pub edition: &'a str,
    pub language: Language,
    pub subject: &'a str,
    pub html: &'a str,
    pub text: &'a str,
    /// `zinas.selija.example` (RFC 2919): the same for ever.
    pub list_id: &'a str,
    /// Pages, only where they exist (RFC 2369).
    pub help_url: Option<&'a str>,
    pub archive_url: Option<&'a str>,
    /// Five to fifteen letters that stay the same, the last part of Feedback-ID.
    pub sender_id: Option<&'a str>,
}

/// A bulletin ready to be put together: all that is the same for all readers, encoded.
pub struct Frozen {
    letterhead: Letterhead,
    edition: String,
    head: String,
    text: Body,
    html: Body,
}

/// One reader's delivery. The same values give the same bytes.
#[derive(Debug, Clone)]
pub struct Addressee {
    /// The delivery's own random id, never a row number.
    pub delivery: i64,
    /// The subscription's random id, for leaving.
    pub subscription: i64,
    pub to: EmailAddress,
    /// Fixed at the first attempt.
    pub date: DateTime<FixedOffset>,
    pub leave_url: String,
    pub preferences_url: String,
    pub since: String,
    pub why: String,
    /// One part, the text, instead of two.
    pub plain_text: bool,
}

impl Frozen {
    /// # Errors
    /// When a place for something personal is unknown, or neither part says how to leave.
    pub fn new(letterhead: &Letterhead, bulletin: &Bulletin<'_>) -> Result<Self, UnfitContent> {
        let text = Body::new(Kind::Text, bulletin.text)?;
        let html = Body::new(Kind::Html, bulletin.html)?;
        if !text.has(Slot::LeaveUrl) || !html.has(Slot::LeaveUrl) {
            return Err(UnfitContent::NoLeaving);
        }
        let owner = letterhead.mailbox.as_str();
        let mut head = Head::default();
        head.line("From", &letterhead.from);
        head.text("Subject", bulletin.subject);
        head.line("MIME-Version", "1.0");
        head.line("Content-Language", bulletin.language.code());
        if let Some(list_id) = graphic(bulletin.list_id) {
            let space = if letterhead.phrase.is_empty() { "" } else { " " };
            head.line("List-Id", &format!("{}{space}<{list_id}>", letterhead.phrase));
        }
        for (name, url) in [("List-Help", bulletin.help_url), ("List-Archive", bulletin.archive_url)] {
            if let Some(url) = url.and_then(graphic) {
                head.line(name, &format!("<{url}>"));
            }
        }
        head.line("List-Owner", &format!("<mailto:{owner}>"));
        head.line("List-Post", "NO");
        head.line("Precedence", "list");
        head.line("X-Auto-Response-Suppress", "OOF, AutoReply");
        if let Some(sender) = bulletin.sender_id.and_then(graphic)
            && let Some(edition) = graphic(bulletin.edition)
        {
            let language = bulletin.language.code();
            head.line("Feedback-ID", &format!("{edition}:bulletin:{language}:{sender}"));
        }
        Ok(Self {
            letterhead: letterhead.clone(),
            edition: bulletin.edition.to_owned(),
            head: head.as_str().to_owned(),
            text,
            html,
        })
    }

    /// Puts one reader's mail together.
    pub fn address(&self, reader: &Addressee) -> Composed {
        let letterhead = &self.letterhead;
        let token = letterhead.delivery_token(reader.delivery, reader.date);
        let boundary = boundary(&token);
        let life = return_life(reader.date);
        let reply_to = letterhead.address_for(Purpose::Reply, reader.delivery, life);
        let leave_to = letterhead.address_for(Purpose::Leave, reader.subscription, TokenLife::Forever);

        let mut head = Head::default();
        head.line("Reply-To", &format!("<{}>", reply_to.as_str()));
        head.line("To", &format!("<{}>", reader.to.as_str()));
        head.line("Date", &date_header(reader.date));
        let message_id = letterhead.message_id(&self.edition, reader.delivery, reader.date);
        head.line("Message-ID", &format!("<{message_id}>"));
        leaving(&mut head, &reader.leave_url, &leave_to);
        if reader.plain_text {
            head.line("Content-Type", "text/plain; charset=utf-8");
            head.line("Content-Transfer-Encoding", "quoted-printable");
        } else {
            head.line("Content-Type", &format!("multipart/alternative;\r\n boundary=\"{boundary}\""));
        }

        let octets = self.head.len() + self.text.octets() + self.html.octets() + 2_000;
        let mut wire = String::with_capacity(octets);
        wire.push_str(&self.head);
        wire.push_str(head.as_str());
        wire.push_str("\r\n");
        let value = |slot| match slot {
            Slot::LeaveUrl => reader.leave_url.as_str(),
            Slot::PreferencesUrl => reader.preferences_url.as_str(),
            Slot::Since => reader.since.as_str(),
            Slot::Why => reader.why.as_str(),
        };
        if reader.plain_text {
            self.text.write_content(value, &mut wire);
        } else {
            self.text.write(&boundary, value, &mut wire);
            self.html.write(&boundary, value, &mut wire);
            close(&boundary, &mut wire);
        }
        let envelope = Envelope {
            from: Some(letterhead.address_for(Purpose::Bounce, reader.delivery, life)),
            to: reader.to.clone(),
        };
        Composed { envelope, message_id, wire: Wire::composed(wire) }
    }
}

/// RFC 2369 section 3.2 and RFC 8058 section 3.1: the page first, then the address, folded between the two only; one
/// click only behind https.
pub(super) fn leaving(head: &mut Head, url: &str, leave_to: &EmailAddress) {
    let mailto = format!("<mailto:{}?subject=unsubscribe>", leave_to.as_str());
    match graphic(url) {
        Some(url) => {
            head.line("List-Unsubscribe", &format!("<{url}>,\r\n {mailto}"));
            if url.starts_with("https://") {
                head.line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            }
        }
        None => head.line("List-Unsubscribe", &mailto),
    }
}

impl fmt::Debug for Frozen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frozen").field("edition", &self.edition).finish_non_exhaustive()
    }
}
