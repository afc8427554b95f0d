//! A neutral receipt for private mail, such as an award entry: it says nothing of what was sent.

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
}

pub fn render(view: &View) -> Email {
    let text = &view.frame.text().thanks;
    let hello = format!("{} {}", view.frame.text().shared.hello, text.private_text);
    Letter {
        frame: &view.frame,
        subject: text.private_title.to_owned(),
        preview: text.private_preview.to_owned(),
        blocks: vec![Block::Text(hello), Block::Soft(text.add_by_reply.to_owned())],
        closing: Closing::Automatic,
    }
    .render()
}
