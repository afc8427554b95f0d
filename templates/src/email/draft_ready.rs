//! An issue has been put together, for the editor: what is in it, what to check, how to approve it.

use chrono::NaiveDateTime;

use super::Email;
use super::held::findings;
use super::letter::{Block, Closing, Letter};
use crate::parts::one_line;
use crate::{Finding, Frame};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub year: i32,
    pub month: u32,
    pub number: u32,
    pub running_number: u32,
    /// Titles in their order.
    pub items: Vec<String>,
    /// Lines of the calendar.
    pub dates: usize,
    pub findings: Vec<Finding>,
    /// The page of the issue at the desk.
    pub url: String,
    /// The sending moment that an approval takes, local, where the schedule has one.
    pub sends_at: Option<NaiveDateTime>,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().editor;
    let said = (text.draft)(view.year, view.month, view.number, view.running_number);
    let mut blocks = vec![Block::Text(format!("{} {said}", frame.text().shared.hello))];
    if view.findings.is_empty() {
        blocks.push(Block::Text(text.no_findings.to_owned()));
    } else {
        blocks.push(Block::Box {
            title: text.findings.to_owned(),
            paragraphs: findings(frame, &view.findings).iter().map(|words| one_line(words)).collect(),
        });
    }
    if !view.items.is_empty() {
        blocks.push(Block::Heading(text.draft_items.to_owned()));
        blocks.push(Block::List(view.items.clone()));
    }
    blocks.push(Block::Text((text.draft_dates)(view.dates)));
    blocks.push(Block::Button {
        label: frame.text().edition_page.mail_approve.to_owned(),
        url: view.url.clone(),
    });
    if let Some(time) = view.sends_at {
        blocks.push(Block::Text((text.sends_at)(time, frame.today)));
    }
    blocks.push(Block::Soft(text.not_without_you.to_owned()));
    Letter {
        frame,
        subject: (text.draft_subject)(view.month, view.items.len(), view.dates),
        preview: (text.draft_preview)(view.findings.len()),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}
