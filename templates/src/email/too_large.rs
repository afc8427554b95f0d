//! A mail over the size limit that was left on the server, for the editor.

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::parts::one_line;
use crate::text::megabytes;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// Name and address of the sender, as the header gives them.
    pub from: String,
    pub subject: String,
    pub octets: u64,
    /// The largest size that we take.
    pub limit_octets: u64,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().editor;
    let [size, limit] = [view.octets, view.limit_octets].map(|octets| megabytes(frame.language, octets));
    let subject = one_line(&view.subject);
    let subject = if subject.is_empty() { text.no_subject.to_owned() } else { subject };
    Letter {
        frame,
        subject: text.large_subject.to_owned(),
        preview: text.large_preview.to_owned(),
        blocks: vec![
            Block::Text(format!("{} {}", frame.text().shared.hello, (text.large)(&size, &limit))),
            Block::Facts(vec![(text.from, one_line(&view.from)), (text.subject, subject)]),
            Block::Text(text.large_next.to_owned()),
        ],
        closing: Closing::Automatic,
    }
    .render()
}
