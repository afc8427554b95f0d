//! A reminder of what waits for the editors: how much, and for how long.

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::text::shorten;

/// Titles that are listed.
const TITLES_MAX: usize = 10;
const TITLE_CHARACTERS_MAX: usize = 80;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// Oldest first; there is one at least.
    pub items: Vec<Item>,
    /// Letters that wait as well.
    pub letters: usize,
    /// The queue at the desk.
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub title: String,
    /// Whole days that it has waited.
    pub days: usize,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let words = &frame.text().notices;
    let (count, oldest) = (view.items.len(), view.items.first().map_or(0, |item| item.days));
    let line = |item: &Item| {
        let title = shorten(&title(frame.text(), &item.title), TITLE_CHARACTERS_MAX);
        (words.waits)(&title, item.days)
    };
    let mut blocks = vec![
        Block::Text(format!("{} {}", frame.text().shared.hello, (words.waiting)(count, oldest))),
        Block::List(view.items.iter().take(TITLES_MAX).map(line).collect()),
    ];
    if count > TITLES_MAX {
        blocks.push(Block::Soft((words.and_more)(count - TITLES_MAX)));
    }
    if view.letters > 0 {
        blocks.push(Block::Text((words.letters_too)(view.letters)));
    }
    blocks.push(Block::Button {
        label: frame.text().editor.more_news_command.to_owned(),
        url: view.url.clone(),
    });
    Letter {
        frame,
        subject: (words.waiting_subject)(count, oldest),
        preview: words.waiting_preview.to_owned(),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}
