//! The monthly reminder to contributors. One-click leaving is in it.

use chrono::NaiveDate;

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// 1 to 12, the month of the issue.
    pub month: u32,
    /// The last day for news.
    pub until: NaiveDate,
    pub leave_url: String,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().reminder;
    let said = (text.text)(&frame.publication.name, view.month);
    Letter {
        frame,
        subject: (text.subject)(view.until, frame.today, view.month),
        preview: text.preview.to_owned(),
        blocks: vec![
            Block::Text(format!("{} {said}", frame.text().shared.hello)),
            Block::Text(text.how.to_owned()),
            Block::Text(text.nothing.to_owned()),
            Block::Soft(text.why.to_owned()),
            Block::Link { label: text.leave.to_owned(), url: view.leave_url.clone() },
        ],
        closing: Closing::Automatic,
    }
    .render()
}
