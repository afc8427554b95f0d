//! A decision that its contributor was told of was taken back: what was said does not hold any more.

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub title: String,
    pub told: Told,
    pub stands: Stands,
    /// Who took it back, by name, where readers may know it.
    pub editor: Option<String>,
    /// The contributor's own page on the item.
    pub page_url: String,
}

/// What she was told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Approved,
    Rejected,
    Postponed,
    Asked,
    /// Since she had not answered.
    PutAside,
}

/// How the item stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Nothing is decided.
    Waits,
    /// For the issue of this month.
    Approved {
        month: u32,
    },
    Asked,
    Postponed {
        month: u32,
    },
    Rejected,
}

pub fn render(view: &View) -> Email {
    let text = &view.frame.text().decided;
    let title = title(view.frame.text(), &view.title);
    let hello = view.frame.text().shared.hello;
    Letter {
        frame: &view.frame,
        subject: (text.undone_title)(&title),
        preview: text.undone_preview.to_owned(),
        blocks: vec![
            Block::Text(format!("{hello} {}", (text.undone)(&title, view.told))),
            Block::Text((text.stands)(view.stands)),
            Block::Soft(text.sorry.to_owned()),
            Block::Link {
                label: view.frame.text().person.contribution.link.to_owned(),
                url: view.page_url.clone(),
            },
        ],
        closing: Closing::Person(view.editor.clone()),
    }
    .render()
}
