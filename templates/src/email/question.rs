//! An editor's question to a contributor. The answer is a reply.

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter, boxed};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub title: String,
    pub question: String,
    /// Who asks, by name, where that is known.
    pub editor: Option<String>,
    /// The contributor's own page on the item.
    pub page_url: String,
}

pub fn render(view: &View) -> Email {
    let text = &view.frame.text().decision;
    Letter {
        frame: &view.frame,
        subject: (text.question_title)(&title(view.frame.text(), &view.title)),
        preview: text.question_preview.to_owned(),
        blocks: vec![
            Block::Text(view.frame.text().shared.hello.to_owned()),
            boxed(text.question, &view.question),
            Block::Text(text.question_reply.to_owned()),
            Block::Link {
                label: view.frame.text().person.contribution.link.to_owned(),
                url: view.page_url.clone(),
            },
        ],
        closing: Closing::Person(view.editor.clone()),
    }
    .render()
}
