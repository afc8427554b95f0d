//! The link to what is a reader's own: her data, another address, erasure. It goes to her address and nowhere else.

use chrono::NaiveDateTime;

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::parts::one_line;
use crate::text::date::at;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub url: String,
    /// When somebody asked, local.
    pub asked_at: NaiveDateTime,
    /// The network prefix from which somebody asked.
    pub origin: Option<String>,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().own;
    let mut asked =
        (text.mail_asked)(&at(frame.language, view.asked_at, frame.today), &frame.publication.name);
    if let Some(origin) = &view.origin {
        asked = format!("{asked} {}", (frame.text().subscribe.mail_origin)(&one_line(origin)));
    }
    Letter {
        frame,
        subject: text.mail_subject.to_owned(),
        preview: text.mail_preview.to_owned(),
        blocks: vec![
            Block::Text(format!("{} {asked}", frame.text().shared.hello)),
            Block::Button { label: text.mail_button.to_owned(), url: view.url.clone() },
            Block::Text(text.mail_valid.to_owned()),
            Block::Soft(text.mail_ignore.to_owned()),
        ],
        closing: Closing::Automatic,
    }
    .render()
}
