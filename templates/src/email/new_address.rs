//! The question to a reader's new address. No words of the person who asked: anybody may type in anybody's address.

use chrono::{NaiveDate, NaiveDateTime};

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::parts::one_line;
use crate::text::date::at;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub confirm_url: String,
    /// When somebody asked, local.
    pub asked_at: NaiveDateTime,
    /// The network prefix from which somebody asked.
    pub origin: Option<String>,
    /// The last day on which the link works.
    pub valid_until: NaiveDate,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().person.address;
    let subscribe = &frame.text().subscribe;
    let name = &frame.publication.name;
    let mut asked = (text.mail_asked)(&at(frame.language, view.asked_at, frame.today), name);
    if let Some(origin) = &view.origin {
        asked = format!("{asked} {}", (subscribe.mail_origin)(&one_line(origin)));
    }
    Letter {
        frame,
        subject: text.mail_subject.to_owned(),
        preview: text.mail_preview.to_owned(),
        blocks: vec![
            Block::Text(format!("{} {asked}", frame.text().shared.hello)),
            Block::Text(subscribe.mail_agree.to_owned()),
            Block::Written((text.agree)(name)),
            Block::Button { label: text.confirm.to_owned(), url: view.confirm_url.clone() },
            Block::Text(text.mail_ignore.to_owned()),
            Block::Soft((subscribe.mail_valid)(view.valid_until, frame.today)),
        ],
        closing: Closing::Automatic,
    }
    .render()
}
