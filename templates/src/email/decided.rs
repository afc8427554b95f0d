//! Another editor decided on an item: how and who, under the notice that came first, so that nobody does it twice.

use chrono::NaiveDateTime;

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::parts::one_line;
use crate::text::date::at;
use crate::text::shorten;

/// Decisions that one mail lists.
const LISTED_MAX: usize = 40;
const TITLE_CHARACTERS_MAX: usize = 80;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub decided: Told,
    /// The item, as it is now.
    pub url: String,
}

/// A decision on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub title: String,
    pub what: What,
    pub by: String,
    /// Local.
    pub at: NaiveDateTime,
    /// `desk`, `mail`, `link`, `command`, `page`.
    pub channel: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Approved,
    Asked {
        question: String,
    },
    Postponed,
    Rejected {
        reason: String,
    },
    /// Taken back; the state it has again.
    Undone {
        state: &'static str,
    },
    /// By the contributor.
    Withdrawn,
    /// By nobody: the contributor did not answer in time.
    Unanswered,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let words = &frame.text().notices;
    let Told { title: named, what, channel, .. } = &view.decided;
    let title = title(frame.text(), named);
    let how = (words.how)(channel).map(|how| format!(" {how}")).unwrap_or_default();
    let mut blocks = vec![Block::Text(format!("{}{how}", sentence(frame, &view.decided)))];
    match what {
        What::Asked { question: said } | What::Rejected { reason: said } => {
            blocks.push(Block::Written(said.clone()));
        }
        What::Undone { state } => blocks.push(Block::Text((words.again_in)(&state.to_lowercase()))),
        What::Approved | What::Postponed | What::Withdrawn | What::Unanswered => {}
    }
    if !matches!(what, What::Undone { .. }) {
        blocks.push(Block::Text(words.nothing_to_do.to_owned()));
    }
    blocks.push(Block::Button { label: frame.text().desk.look_again.to_owned(), url: view.url.clone() });
    blocks.push(Block::Soft(frame.text().editor.link_is_yours.to_owned()));
    Letter {
        frame,
        subject: (words.again)(&(frame.text().editor.notice_subject)(&title)),
        preview: words.told_preview.to_owned(),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}

/// So much was decided in a short while that one mail tells of it all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many {
    pub frame: Frame,
    pub decided: Vec<Told>,
    /// All decisions at the desk.
    pub url: String,
}

pub fn render_many(view: &Many) -> Email {
    let frame = &view.frame;
    let words = &frame.text().notices;
    let line = |told: &Told| {
        let title = shorten(&title(frame.text(), &told.title), TITLE_CHARACTERS_MAX);
        format!("“{title}”. {}", sentence(frame, told))
    };
    let count = view.decided.len();
    Letter {
        frame,
        subject: (words.many_subject)(count),
        preview: words.many_preview.to_owned(),
        blocks: vec![
            Block::List(view.decided.iter().take(LISTED_MAX).map(line).collect()),
            Block::Button { label: frame.text().room.all_decisions.to_owned(), url: view.url.clone() },
        ],
        closing: Closing::Automatic,
    }
    .render()
}

fn sentence(frame: &Frame, told: &Told) -> String {
    let (desk, words) = (&frame.text().desk, &frame.text().notices);
    let when = at(frame.language, told.at, frame.today);
    let by = one_line(&told.by);
    match &told.what {
        What::Approved => (desk.already_approved)(&by, &when),
        What::Asked { .. } => (desk.already_asked)(&by, &when),
        What::Postponed => (desk.already_postponed)(&by, &when),
        What::Rejected { .. } => (desk.already_rejected)(&by, &when),
        What::Undone { .. } => (words.undone)(&by, &when),
        What::Withdrawn => (words.withdrawn)(&when),
        What::Unanswered => (frame.text().waits.told_aside)(&when),
    }
}
