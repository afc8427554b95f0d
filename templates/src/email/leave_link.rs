//! The answer to a goodbye in free words: a From line proves nothing, so the person is asked to confirm.

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub leave_url: String,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().leave;
    let name = &frame.publication.name;
    Letter {
        frame,
        subject: (text.mail_subject)(name),
        preview: text.mail_preview.to_owned(),
        blocks: vec![
            Block::Text(format!("{} {}", frame.text().shared.hello, (text.mail_text)(name))),
            Block::Button { label: text.button.to_owned(), url: view.leave_url.clone() },
            Block::Soft(text.mail_not_me.to_owned()),
        ],
        closing: Closing::Automatic,
    }
    .render()
}
