//! An editor's answer to a reader's letter.

use super::Email;
use super::frame::name;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::parts::{one_line, paragraphs};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// Of the letter that is answered, with or without its “Re:”.
    pub subject: String,
    pub text: String,
    /// Who answers, by name, where that is known.
    pub editor: Option<String>,
    /// What the reader wrote, to remind them; may be empty.
    pub letter: String,
}

pub fn render(view: &View) -> Email {
    let text = &view.frame.text().editor;
    let subject = one_line(&view.subject);
    let subject = match subject.get(..3) {
        Some(head) if head.eq_ignore_ascii_case("re:") => subject[3..].trim().to_owned(),
        _ => subject,
    };
    let subject = if subject.is_empty() { text.no_subject.to_owned() } else { subject };
    let mut blocks =
        vec![Block::Text(view.frame.text().shared.hello.to_owned()), Block::Own(view.text.clone())];
    if !paragraphs(&view.letter).is_empty() {
        blocks.push(Block::Heading(text.your_letter.to_owned()));
        blocks.push(Block::Written(view.letter.clone()));
    }
    Letter {
        frame: &view.frame,
        subject: format!("Re: {subject}"),
        preview: (text.answer_preview)(&name(&view.frame)),
        blocks,
        closing: Closing::Person(view.editor.clone()),
    }
    .render()
}
