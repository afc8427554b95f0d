//! The link to a published item, for its contributor.

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub title: String,
    pub year: i32,
    pub month: u32,
    /// Of the item's page.
    pub url: String,
}

pub fn render(view: &View) -> Email {
    let text = &view.frame.text().decision;
    let said = (text.published)(&title(view.frame.text(), &view.title), view.year, view.month);
    Letter {
        frame: &view.frame,
        subject: text.published_title.to_owned(),
        preview: (text.published_preview)(view.month),
        blocks: vec![
            Block::Text(format!("{} {said}", view.frame.text().shared.hello)),
            Block::Button { label: text.published_link.to_owned(), url: view.url.clone() },
        ],
        closing: Closing::Automatic,
    }
    .render()
}
