//! To the address that a reader left for another, so that nobody is moved unawares.

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// The new address: [`subscribers::EmailAddress::masked`].
    pub masked: String,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().person.address;
    let moved = (text.moved)(&frame.publication.name, &view.masked);
    Letter {
        frame,
        subject: text.moved_subject.to_owned(),
        preview: text.moved_preview.to_owned(),
        blocks: vec![
            Block::Text(format!("{} {moved}", frame.text().shared.hello)),
            Block::Text(text.moved_not_me.to_owned()),
        ],
        closing: Closing::Automatic,
    }
    .render()
}
