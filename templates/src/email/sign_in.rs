//! The link that signs an editor in, once and within a quarter of an hour.

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub url: String,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().room;
    Letter {
        frame,
        subject: (text.mail_subject)(&frame.publication.name),
        preview: text.mail_preview.to_owned(),
        blocks: vec![
            Block::Text(format!("{} {}", frame.text().shared.hello, text.mail_text)),
            Block::Button { label: text.enter.to_owned(), url: view.url.clone() },
            Block::Soft(text.mail_not_me.to_owned()),
        ],
        closing: Closing::Automatic,
    }
    .render()
}
