//! What was decided about an item, for its contributor.

use super::Email;
use super::letter::{Block, Closing, Letter, boxed};
use crate::Frame;
use crate::parts::one_line;
use crate::text::{Text, shorten};

const TITLE_CHARACTERS_MAX: usize = 60;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub title: String,
    pub decision: Decision,
    /// Who decided, by name, where readers may know it.
    pub editor: Option<String>,
    /// The contributor's own page on the item.
    pub page_url: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// For the issue of this month.
    Approved {
        year: i32,
        month: u32,
        /// Title and text as they will be published, where an editor changed what was sent.
        edited: Option<(String, String)>,
    },
    Rejected {
        reason: String,
    },
    /// She did not answer what was asked.
    PutAside {
        questions: Vec<String>,
    },
    /// Will be looked at again for the issue of this month.
    Postponed {
        year: i32,
        month: u32,
    },
}

pub fn render(view: &View) -> Email {
    let text = &view.frame.text().decision;
    let hello = view.frame.text().shared.hello;
    let title = title(view.frame.text(), &view.title);
    let (subject, preview, mut blocks) = match &view.decision {
        Decision::Approved { year, month, edited } => {
            let mut blocks = vec![Block::Text(format!("{hello} {}", (text.approved)(&title, *year, *month)))];
            let decided = &view.frame.text().decided;
            match edited {
                Some((headline, words)) => {
                    blocks.push(Block::Heading(decided.edited.to_owned()));
                    blocks.push(Block::Written(format!("{}\n\n{words}", one_line(headline))));
                    blocks.push(Block::Soft(decided.if_wrong.to_owned()));
                }
                None => blocks.push(Block::Soft(text.if_changed.to_owned())),
            }
            ((text.approved_title)(*month), text.approved_preview, blocks)
        }
        Decision::Rejected { reason } => (
            (text.rejected_title)(&title),
            text.rejected_preview,
            vec![
                Block::Text(format!("{hello} {}", (text.rejected)(&title))),
                boxed(text.reason, reason),
                Block::Soft(text.if_clarify.to_owned()),
            ],
        ),
        Decision::PutAside { questions } => {
            let waits = &view.frame.text().waits;
            let mut blocks = vec![Block::Text(format!("{hello} {}", (waits.aside)(&title)))];
            blocks.extend(questions.iter().map(|question| boxed(text.question, question)));
            blocks.push(Block::Text(waits.comes_back.to_owned()));
            ((waits.aside_title)(&title), waits.aside_preview, blocks)
        }
        Decision::Postponed { year, month } => (
            (text.postponed_title)(*month),
            text.postponed_preview,
            vec![
                Block::Text(format!("{hello} {}", (text.postponed)(&title, *year, *month))),
                Block::Soft(text.nothing_to_do.to_owned()),
            ],
        ),
    };
    let label = view.frame.text().person.contribution.link.to_owned();
    blocks.push(Block::Link { label, url: view.page_url.clone() });
    Letter {
        frame: &view.frame,
        subject,
        preview: preview.to_owned(),
        blocks,
        closing: Closing::Person(view.editor.clone()),
    }
    .render()
}

/// A title inside a sentence or subject.
pub(super) fn title(text: &Text, title: &str) -> String {
    let title = one_line(title);
    if title.is_empty() { text.decision.untitled.to_owned() } else { shorten(&title, TITLE_CHARACTERS_MAX) }
}
