//! To somebody whom an editor added: who did, what this is, on which consent, and how to leave at once.

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::parts::one_line;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// The name of the editor, where there is one.
    pub editor: Option<String>,
    /// What the editor wrote down about the consent.
    pub consent: String,
    pub leave_url: String,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().source;
    let name = &frame.publication.name;
    let editor = view.editor.as_deref().map(one_line).filter(|editor| !editor.is_empty());
    let added = (text.welcome_added)(name, editor.as_deref());
    let mut blocks = vec![
        Block::Text(format!("{} {added}", frame.text().shared.hello)),
        Block::Text((frame.text().site.what)(name)),
    ];
    if !view.consent.trim().is_empty() {
        blocks.push(Block::Text(text.welcome_consent.to_owned()));
        blocks.push(Block::Written(view.consent.clone()));
    }
    blocks.push(Block::Text(text.welcome_leave.to_owned()));
    blocks.push(Block::Button { label: frame.text().leave.button.to_owned(), url: view.leave_url.clone() });
    Letter {
        frame,
        subject: (text.welcome_subject)(name),
        preview: text.welcome_preview.to_owned(),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}
