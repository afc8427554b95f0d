//! A question to a contributor that still waits for its answer: once more, with what happens if none comes. One-click
//! leaving of reminders is in it.

use chrono::NaiveDate;

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter, boxed};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub title: String,
    /// What was asked since she last answered, in the order of asking.
    pub questions: Vec<String>,
    /// The day on which the item is put aside.
    pub put_aside_on: NaiveDate,
    /// Who asks, by name, where that is known.
    pub editor: Option<String>,
    /// The contributor's own page on the item.
    pub page_url: String,
    pub leave_url: String,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let (text, decision) = (&frame.text().waits, &frame.text().decision);
    let title = title(frame.text(), &view.title);
    let mut blocks = vec![Block::Text(format!("{} {}", frame.text().shared.hello, (text.reminder)(&title)))];
    blocks.extend(view.questions.iter().map(|question| boxed(decision.question, question)));
    blocks.push(Block::Text(decision.question_reply.to_owned()));
    blocks.push(Block::Soft((text.until)(view.put_aside_on, frame.today)));
    blocks.push(Block::Link {
        label: frame.text().person.contribution.link.to_owned(),
        url: view.page_url.clone(),
    });
    blocks.push(Block::Link { label: frame.text().reminder.leave.to_owned(), url: view.leave_url.clone() });
    Letter {
        frame,
        subject: (text.reminder_title)(&title),
        preview: text.reminder_preview.to_owned(),
        blocks,
        closing: Closing::Person(view.editor.clone()),
    }
    .render()
}
