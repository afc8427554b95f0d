//! Composing: headers and bodies of everything that leaves.
//!
//! A message is a pure function of what is given: date, ids, signed tokens and texts. Composed again after a crash it
//! has the same bytes, so that a repeat is recognised. What it leaves out: the words, which are `templates`'.

mod body;
mod bulletin;
mod head;
mod single;

use anyhow::Context as _;
use chrono::{DateTime, Days, FixedOffset, Utc};
use lettre::{
    Address,
    message::{
        Mailbox, Mailboxes,
        header::{self, Header as _, Headers},
    },
};
use subscribers::{EmailAddress, Purpose, Secret, Token, TokenLife};

use super::{Envelope, Wire};

pub use body::UnfitContent;
pub use bulletin::{Addressee, Bulletin, Frozen};
pub use head::cleaned;
pub use single::{Automatic, Leaving, ReplyTo, ReturnPath, Single, Thread};
pub use templates::Slot;

/// How long a reply or a bounce still finds its delivery.
const RETURN_LIFE: Days = Days::new(400);

/// What stands in the Message-ID of a single mail where a bulletin has its edition.
pub const SINGLE: &str = "m";
const WHAT_LETTERS_MAX: usize = 20;

/// A mail ready to be queued or sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    pub envelope: Envelope,
    /// Without angle brackets.
    pub message_id: String,
    pub wire: Wire,
}

/// Which of our addresses carry a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// Return path and Reply-To: `info+b.TOKEN@`.
    Tagged { delimiter: char },
    /// Reply-To only, where the relay refuses a tagged sender; bounces are matched by Message-ID.
    TaggedReplies { delimiter: char },
    /// The plain mailbox everywhere; replies and bounces are matched by Message-ID.
    Plain,
}

/// Who writes: what all mails of one publication share.
#[derive(Clone)]
pub struct Letterhead {
    /// The publication's name with its address, encoded, without the header's name.
    from: String,
    /// The name alone, encoded as a phrase.
    phrase: String,
    mailbox: EmailAddress,
    addressing: Addressing,
    secret: Secret,
}

impl Addressing {
    /// As configured: `None` is a mailbox whose host refuses tags.
    pub fn with(delimiter: Option<char>) -> Self {
        delimiter.map_or(Addressing::Plain, |delimiter| Addressing::Tagged { delimiter })
    }
}

impl Letterhead {
    /// # Errors
    /// When the mailbox cannot stand in a header, or cannot carry a tag though it shall.
    pub fn new(
        name: &str,
        mailbox: EmailAddress,
        addressing: Addressing,
        secret: Secret,
    ) -> anyhow::Result<Self> {
        let address = Address::new(mailbox.local(), mailbox.domain())
            .context("the publication's mailbox cannot stand in a header")?;
        let named = Mailbox::new(Some(cleaned(name)), address);
        let mut headers = Headers::new();
        headers.insert_raw(header::From::from(Mailboxes::from(named)).display());
        let from = headers.to_string().trim_start_matches("From: ").trim_end().to_owned();
        let phrase =
            from.strip_suffix(&format!("<{}>", mailbox.as_str())).unwrap_or("").trim_end().to_owned();
        let letterhead = Self { from, phrase, mailbox, addressing, secret };
        letterhead
            .tagged(Purpose::Reply, 0, TokenLife::Forever)
            .context("the publication's mailbox cannot carry a tag")?;
        Ok(letterhead)
    }

    pub fn mailbox(&self) -> &EmailAddress {
        &self.mailbox
    }

    /// The mailbox with a signed tag, or plain where tags are not used.
    fn tagged(
        &self,
        purpose: Purpose,
        id: i64,
        life: TokenLife,
    ) -> Result<EmailAddress, subscribers::InvalidAddress> {
        match (self.addressing, purpose) {
            (Addressing::Tagged { delimiter }, _) => self.with_tag(purpose, id, life, delimiter),
            (Addressing::TaggedReplies { .. }, Purpose::Bounce) | (Addressing::Plain, _) => {
                Ok(self.mailbox.clone())
            }
            (Addressing::TaggedReplies { delimiter }, _) => self.with_tag(purpose, id, life, delimiter),
        }
    }

    fn with_tag(
        &self,
        purpose: Purpose,
        id: i64,
        life: TokenLife,
        delimiter: char,
    ) -> Result<EmailAddress, subscribers::InvalidAddress> {
        let token = self.secret.token(purpose, id, life);
        self.mailbox.tagged(delimiter, &token.tag(purpose))
    }

    /// [`Letterhead::tagged`] for a mailbox that [`Letterhead::new`] has tried.
    fn address_for(&self, purpose: Purpose, id: i64, life: TokenLife) -> EmailAddress {
        self.tagged(purpose, id, life).expect("all tags are equally long, and one has been tried")
    }

    fn delivery_token(&self, delivery: i64, date: DateTime<FixedOffset>) -> Token {
        self.secret.token(Purpose::Bounce, delivery, return_life(date))
    }

    /// The Message-ID of a delivery, without angle brackets: `2026-12.TOKEN.b@selija.example`. `what` is the edition, or
    /// [`SINGLE`]; what cannot stand in an id is left out of it.
    pub fn message_id(&self, what: &str, delivery: i64, date: DateTime<FixedOffset>) -> String {
        let what: String =
            what.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(WHAT_LETTERS_MAX).collect();
        let token = self.delivery_token(delivery, date);
        format!("{what}.{}.b@{}", token.as_str(), self.mailbox.domain())
    }

    /// The delivery that a Message-ID of ours names, as it comes back in References or in a bounce.
    pub fn delivery_of(&self, message_id: &str, now: DateTime<Utc>) -> Option<i64> {
        let inside = message_id.trim().trim_start_matches('<').trim_end_matches('>');
        let (local, domain) = inside.rsplit_once('@')?;
        if !domain.eq_ignore_ascii_case(self.mailbox.domain()) {
            return None;
        }
        let (rest, kind) = local.rsplit_once('.')?;
        let (_, token) = rest.rsplit_once('.')?;
        if !kind.eq_ignore_ascii_case("b") {
            return None;
        }
        self.secret.open(token, Purpose::Bounce, now).ok()
    }
}

fn return_life(date: DateTime<FixedOffset>) -> TokenLife {
    TokenLife::Until(date.to_utc().date_naive() + RETURN_LIFE)
}

/// `Tue, 1 Dec 2026 08:00:00 +0200`
fn date_header(date: DateTime<FixedOffset>) -> String {
    date.to_rfc2822()
}

/// Unlike any other mail's, so that a mail forwarded inside another keeps its parts; `=_` cannot stand in
/// quoted-printable (RFC 2045 section 6.7).
fn boundary(token: &Token) -> String {
    // The head of a token is the same for all of a day; its MAC is at the end.
    let letters = token.as_str();
    format!("=_{}", &letters[letters.len().saturating_sub(24)..])
}
