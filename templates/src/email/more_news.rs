//! Too much came for a notice about each, from one sender or from many: how much more there is, for the editor.

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::parts::one_line;
use crate::text::shorten;

/// Titles that are listed.
const TITLES_MAX: usize = 20;
/// Longest title in the list, in characters.
const TITLE_CHARACTERS_MAX: usize = 80;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// Name and address of the sender, as the header gives them; may be empty.
    pub from: String,
    /// It came from many; they are not listed, for they may be nobody.
    pub many_senders: bool,
    /// Of the items without a notice, oldest first; an item may have none.
    pub titles: Vec<String>,
    /// The queue at the desk.
    pub url: String,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().editor;
    let count = view.titles.len();
    let words = &frame.text().notices;
    let (subject, more) = match view.many_senders {
        true => (words.flood_subject, words.flood),
        false => (text.more_news_subject, text.more_news),
    };
    let mut blocks = vec![Block::Text(format!("{} {}", frame.text().shared.hello, more(count)))];
    let from = one_line(&view.from);
    if !from.is_empty() {
        blocks.push(Block::Facts(vec![(text.from, from)]));
    }
    let titled = view.titles.iter().map(|title| shorten(&one_line(title), TITLE_CHARACTERS_MAX));
    let titled: Vec<String> = titled.filter(|title| !title.is_empty()).take(TITLES_MAX).collect();
    if !titled.is_empty() {
        blocks.push(Block::List(titled));
    }
    blocks.push(Block::Button { label: text.more_news_command.to_owned(), url: view.url.clone() });
    Letter {
        frame,
        subject: subject(count),
        preview: text.more_news_preview.to_owned(),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}
