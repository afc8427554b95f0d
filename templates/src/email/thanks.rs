//! Thanks to a contributor: it has arrived, and this is how we understood it. Never quotes more than the title,
//! so that nobody can use us to send their words to others.

use issues::Event;

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::details::in_short;
use crate::parts::one_line;
use crate::text::date::when;
use crate::text::shorten;

const TITLE_CHARACTERS_MAX: usize = 90;

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    pub about: About,
    /// As proposed from the letter; `None` where there is none.
    pub title: Option<String>,
    pub photos: usize,
    pub documents: usize,
    /// Who will read it, by name, where that is known.
    pub editor: Option<String>,
    /// Dates and places as understood, each with its place where one belongs to it.
    pub understood: Vec<Understood>,
    /// What is missing; only the first in the order of [`Missing`] is asked for.
    pub missing: Vec<Missing>,
    /// Was a position taken out of a photo?
    pub gps_removed: bool,
    /// The contributor's own page on the item; `None` where somebody else is thanked, who must not have it.
    pub page_url: Option<String>,
}

/// What the letter was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    News,
    /// An answer or addition to an item sent before.
    Addition {
        /// It answers what was asked: nothing is asked again.
        answers: bool,
    },
    /// Of something published.
    Correction,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    pub event: Option<Event>,
    /// “Rites bibliotēka, Jēkabpils novads”; may be empty.
    pub place: String,
}

impl Understood {
    /// Where and for how much.
    pub(crate) fn in_short(&self, frame: &Frame) -> String {
        let alone = || one_line(&self.place);
        self.event.as_ref().map_or_else(alone, |event| in_short(frame, event, &self.place))
    }
}

/// What a contributor is asked for, most needed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// A picture without words.
    Words,
    When,
    PhotoCredit,
}

pub fn render(view: &View) -> Email {
    let text = &view.frame.text().thanks;
    let title = view.title.as_deref().map(|title| shorten(&one_line(title), TITLE_CHARACTERS_MAX));
    let title = title.as_deref().filter(|title| !title.is_empty());
    let (subject, preview, received) = match view.about {
        About::News => {
            (text.news_title, text.news_preview, (text.received)(title, view.photos, view.documents))
        }
        About::Addition { .. } => {
            (text.addition_title, text.addition_preview, (text.received_addition)(title))
        }
        About::Correction => {
            (text.correction_title, text.correction_preview, (text.received_addition)(title))
        }
    };
    let mut hello = format!("{} {received}", view.frame.text().shared.hello);
    if let Some(editor) = &view.editor {
        hello = format!("{hello} {}", (text.reader)(&one_line(editor)));
    }
    let mut blocks = vec![Block::Text(hello)];
    if let Some(missing) = view.missing.iter().min() {
        let question = match missing {
            Missing::Words => text.ask_words,
            Missing::When => text.ask_when,
            Missing::PhotoCredit => text.ask_credit,
        };
        blocks
            .push(Block::Box { title: text.one_question.to_owned(), paragraphs: vec![question.to_owned()] });
    }
    if !view.understood.is_empty() {
        blocks.push(Block::Heading(text.understood.to_owned()));
        for understood in &view.understood {
            blocks.push(Block::When {
                when: understood
                    .event
                    .as_ref()
                    .map_or_else(String::new, |event| when(view.frame.language, event, view.frame.today)),
                place: understood.in_short(&view.frame),
            });
        }
    }
    let mut last = if view.understood.is_empty() { text.add_by_reply } else { text.if_wrong }.to_owned();
    if view.gps_removed {
        last = format!("{last} {}", text.gps_removed);
    }
    blocks.push(Block::Soft(last));
    if let Some(url) = &view.page_url {
        let label = view.frame.text().person.contribution.link.to_owned();
        blocks.push(Block::Button { label, url: url.clone() });
    }
    Letter {
        frame: &view.frame,
        subject: subject.to_owned(),
        preview: preview.to_owned(),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}
