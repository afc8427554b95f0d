//! What became of an editor's answer to the notice of an item, in the thread of that answer.

use issues::Lacking;

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::page::decided::{Outcome, already, said};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub title: String,
    pub became: Became,
    /// More than a decision was written, and is among the letters.
    pub kept_as_letter: bool,
    /// Where to decide with all that there is.
    pub decide_url: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    /// Done, or somebody was faster.
    Decided(Outcome),
    Lacking(Vec<Lacking>),
    NoReason,
    ReasonTooLong,
    Unclear,
    /// Published, merged or withdrawn.
    Settled,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let (text, words) = (&frame.text().desk, &frame.text().notices);
    let title = title(frame.text(), &view.title);
    let done = matches!(&view.became, Became::Decided(Outcome::Done(_) | Outcome::Quietly(_)));
    let mut blocks = match &view.became {
        Became::Decided(outcome @ Outcome::Already { .. }) => {
            vec![Block::Text(format!("{} {}", already(frame, outcome), text.nothing_changed))]
        }
        Became::Decided(outcome) => vec![Block::Text(said(frame, &title, outcome))],
        Became::Lacking(lacking) => vec![
            Block::Text(words.lacking.to_owned()),
            Block::List(lacking.iter().map(|lacking| lacks(frame, lacking)).collect()),
        ],
        Became::NoReason => vec![Block::Text(words.no_reason.to_owned())],
        Became::ReasonTooLong => vec![Block::Text(words.reason_too_long.to_owned())],
        Became::Unclear => vec![Block::Text(words.unclear.to_owned())],
        Became::Settled => vec![Block::Text(words.settled.to_owned())],
    };
    if view.kept_as_letter {
        blocks.push(Block::Text(words.kept_as_letter.to_owned()));
    }
    let label = if done { text.look_again } else { frame.text().editor.decide };
    blocks.push(Block::Button { label: label.to_owned(), url: view.decide_url.clone() });
    blocks.push(Block::Soft(frame.text().editor.link_is_yours.to_owned()));
    let preview = if done { words.decided_preview } else { words.undecided_preview };
    Letter {
        frame,
        subject: (words.again)(&(frame.text().editor.notice_subject)(&title)),
        preview: preview.to_owned(),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}

fn lacks(frame: &Frame, lacking: &Lacking) -> String {
    let words = &frame.text().notices;
    match lacking {
        Lacking::Title => words.title_lacks.to_owned(),
        Lacking::Text => words.text_lacks.to_owned(),
        Lacking::PhotoDescription(number) => (words.photo_lacks)(*number + 1),
        Lacking::EventDay(_) => words.day_lacks.to_owned(),
    }
}
