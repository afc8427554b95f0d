//! An issue that is held, for the editor: nothing went out, and this is missing.

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::{Finding, Frame};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub year: i32,
    pub month: u32,
    pub missing: Vec<Finding>,
    /// The page of the issue at the desk.
    pub url: String,
}

pub fn render(view: &View) -> Email {
    let text = &view.frame.text().editor;
    let said = (text.held)(view.year, view.month);
    let mut blocks = vec![Block::Text(format!("{} {said}", view.frame.text().shared.hello))];
    if !view.missing.is_empty() {
        blocks.push(Block::Heading(text.missing.to_owned()));
        blocks.push(Block::List(findings(&view.frame, &view.missing)));
    }
    blocks.push(Block::Button {
        label: view.frame.text().edition_page.mail_mend.to_owned(),
        url: view.url.clone(),
    });
    blocks.push(Block::Soft(text.held_next.to_owned()));
    Letter {
        frame: &view.frame,
        subject: (text.held_subject)(view.month),
        preview: text.held_preview.to_owned(),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}

pub(super) fn findings(frame: &Frame, findings: &[Finding]) -> Vec<String> {
    findings.iter().map(frame.text().finding).collect()
}
