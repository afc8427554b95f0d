//! Mails to one person about one thing: thanks, decisions, questions, confirmations, notices, reminders.

use chrono::{DateTime, FixedOffset};
use subscribers::{EmailAddress, Language, Purpose, TokenLife};

use super::{
    Composed, Letterhead, SINGLE,
    body::{Body, Kind, UnfitContent, close},
    boundary,
    bulletin::leaving,
    date_header,
    head::{Head, graphic},
    return_life,
};
use crate::outbound::{Envelope, Wire};

/// Octets of References; more is left out from the middle, where it is missed least.
const REFERENCES_OCTETS_MAX: usize = 900;

/// Whether a person wrote it (RFC 3834 section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// An editor did.
    No,
    /// Nobody did; no mail caused it.
    Generated,
    /// Nobody did; it answers a mail.
    Replied,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyTo {
    Mailbox,
    /// Answers find their row: an item, a letter.
    Row(Purpose, i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnPath {
    /// An automatic answer comes from nobody (RFC 3834 section 3.3), so that it cannot be answered.
    Null,
    /// Bounces find the outbox row.
    Row,
}

/// What it answers. Ids come from strangers' mails; what is no Message-ID is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
}

/// One-click leaving of what is sent without being asked for each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    pub url: String,
    pub purpose: Purpose,
    pub id: i64,
}

/// One mail. The same values give the same bytes.
#[derive(Debug, Clone)]
pub struct Single<'a> {
    /// The outbox row's random id: Message-ID and return path.
    pub delivery: i64,
    pub to: EmailAddress,
    pub date: DateTime<FixedOffset>,
    pub language: Language,
    pub automatic: Automatic,
    pub reply_to: ReplyTo,
    pub return_path: ReturnPath,
    pub thread: Thread,
    pub leaving: Option<Leaving>,
    pub subject: &'a str,
    pub html: &'a str,
    pub text: &'a str,
}

impl Letterhead {
    /// # Errors
    /// When a text has a place for something personal: only bulletins have.
    pub fn compose(&self, single: &Single<'_>) -> Result<Composed, UnfitContent> {
        let text = Body::new(Kind::Text, single.text)?;
        let html = Body::new(Kind::Html, single.html)?;
        if super::Slot::ALL.iter().any(|&slot| text.has(slot) || html.has(slot)) {
            return Err(UnfitContent::UnknownSlot);
        }
        let token = self.delivery_token(single.delivery, single.date);
        let boundary = boundary(&token);
        let life = return_life(single.date);
        let message_id = self.message_id(SINGLE, single.delivery, single.date);
        let head = self.head(single, &message_id, &boundary);
        let mut wire = String::with_capacity(head.as_str().len() + text.octets() + html.octets() + 400);
        wire.push_str(head.as_str());
        wire.push_str("\r\n");
        text.write(&boundary, |_| "", &mut wire);
        html.write(&boundary, |_| "", &mut wire);
        close(&boundary, &mut wire);
        let from = match single.return_path {
            ReturnPath::Null => None,
            ReturnPath::Row => Some(self.address_for(Purpose::Bounce, single.delivery, life)),
        };
        let to = single.to.clone();
        Ok(Composed { envelope: Envelope { from, to }, message_id, wire: Wire::composed(wire) })
    }

    fn head(&self, single: &Single<'_>, message_id: &str, boundary: &str) -> Head {
        let life = return_life(single.date);
        let mut head = Head::default();
        head.line("From", &self.from);
        let reply_to = match single.reply_to {
            ReplyTo::Mailbox => self.mailbox.clone(),
            ReplyTo::Row(purpose, id) => self.address_for(purpose, id, life),
        };
        head.line("Reply-To", &format!("<{}>", reply_to.as_str()));
        head.line("To", &format!("<{}>", single.to.as_str()));
        head.text("Subject", single.subject);
        head.line("Date", &date_header(single.date));
        head.line("Message-ID", &format!("<{message_id}>"));
        if let Some(id) = single.thread.in_reply_to.as_deref().and_then(message_id_of) {
            head.line("In-Reply-To", &format!("<{id}>"));
        }
        let references = references(&single.thread);
        if !references.is_empty() {
            head.line("References", &references.join("\r\n "));
        }
        head.line("MIME-Version", "1.0");
        head.line("Content-Language", single.language.code());
        match single.automatic {
            Automatic::No => {}
            Automatic::Generated => head.line("Auto-Submitted", "auto-generated"),
            Automatic::Replied => head.line("Auto-Submitted", "auto-replied"),
        }
        head.line("X-Auto-Response-Suppress", "All");
        if let Some(leave) = &single.leaving {
            let leave_to = self.address_for(leave.purpose, leave.id, TokenLife::Forever);
            leaving(&mut head, &leave.url, &leave_to);
        }
        head.line("Content-Type", &format!("multipart/alternative;\r\n boundary=\"{boundary}\""));
        head
    }
}

/// The inside of a Message-ID that can be repeated as it is.
fn message_id_of(text: &str) -> Option<&str> {
    let inside = text.trim().trim_start_matches('<').trim_end_matches('>');
    (inside.len() <= 250 && inside.contains('@')).then_some(inside).and_then(graphic)
}

/// The first and the latest, as many as fit (RFC 5322 section 3.6.4).
fn references(thread: &Thread) -> Vec<String> {
    let mut ids: Vec<&str> = Vec::new();
    for id in thread.references.iter().chain(&thread.in_reply_to) {
        if let Some(id) = message_id_of(id)
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    let octets = |ids: &[&str]| ids.iter().map(|id| id.len() + 5).sum::<usize>();
    while octets(&ids) > REFERENCES_OCTETS_MAX && ids.len() > 1 {
        ids.remove(1);
    }
    ids.iter().map(|id| format!("<{id}>")).collect()
}
