//! After a decision: what was done, or who had decided before.

use chrono::NaiveDateTime;
use maud::html;

use super::layout::Page;
use crate::parts::one_line;
use crate::text::date::at;
use crate::text::shorten;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub title: String,
    pub outcome: Outcome,
    /// The token of the link, to look at the item again; `None` where that makes no sense.
    pub token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// This decision was made.
    Done(Decided),
    /// It was made, and the contributor is not told: there is no address to write to.
    Quietly(Decided),
    /// Somebody was first; nothing was changed. The time is local.
    Already { decided: Decided, by: String, at: NaiveDateTime },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    Approved,
    Asked,
    Postponed,
    Rejected,
    /// Nobody decided: an answer about it came, and it waits for a decision again.
    Answered,
    /// By the contributor.
    Withdrawn,
    /// Edited, merged or published: anything else that made the shown revision old.
    Changed,
}

impl Decided {
    pub const ALL: [Decided; 7] = [
        Decided::Approved,
        Decided::Asked,
        Decided::Postponed,
        Decided::Rejected,
        Decided::Answered,
        Decided::Withdrawn,
        Decided::Changed,
    ];
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().desk;
    let name = shorten(&one_line(&view.title), 80);
    let (title, said) = match &view.outcome {
        Outcome::Done(_) | Outcome::Quietly(_) => (text.decision, said(frame, &name, &view.outcome)),
        Outcome::Already { decided: Decided::Answered, .. } => {
            (frame.text().notices.answer_came_title, already(frame, &view.outcome))
        }
        Outcome::Already { .. } => (text.already_title, already(frame, &view.outcome)),
    };
    let changed = matches!(view.outcome, Outcome::Done(_) | Outcome::Quietly(_));
    let main = html! {
        div.stack2 {
            h1.track { (title) }
            @if changed { p.said role="status" { (said) } } @else {
                p.note role="status" { (said) " " (text.nothing_changed) }
                p { "“" (name) "”" }
            }
            @if let Some(token) = &view.token {
                p { a.b href=(Paths::local().decide(token)) { (text.look_again) } }
            }
        }
    };
    Page::new(frame, title, main).by_link().render()
}

/// What was done to the item of this name, in a sentence; empty where somebody was faster.
pub(crate) fn said(frame: &Frame, name: &str, outcome: &Outcome) -> String {
    let text = &frame.text().desk;
    match outcome {
        Outcome::Done(decided) => match decided {
            Decided::Approved => (text.said_approved)(name),
            Decided::Asked => (text.said_asked)(name),
            Decided::Postponed => (text.said_postponed)(name),
            Decided::Rejected => (text.said_rejected)(name),
            Decided::Answered | Decided::Withdrawn | Decided::Changed => (text.said_changed)(name),
        },
        Outcome::Quietly(decided) => {
            let states = &frame.text().states;
            let state = match decided {
                Decided::Approved => states.approved,
                Decided::Asked => states.asked,
                Decided::Postponed => states.postponed,
                Decided::Rejected => states.rejected,
                Decided::Answered | Decided::Withdrawn | Decided::Changed => states.pending,
            };
            (text.said_quietly)(name, state)
        }
        Outcome::Already { .. } => String::new(),
    }
}

/// Who was first, in a sentence; empty for what was done.
pub(crate) fn already(frame: &Frame, outcome: &Outcome) -> String {
    let text = &frame.text().desk;
    match outcome {
        Outcome::Done(_) | Outcome::Quietly(_) => String::new(),
        // Nobody was: the answer to a question did not come.
        Outcome::Already { decided: Decided::Rejected, by, at: time } if by.is_empty() => {
            (frame.text().waits.told_aside)(&at(frame.language, *time, frame.today))
        }
        Outcome::Already { decided, by, at: time } => {
            let when = at(frame.language, *time, frame.today);
            let words = match decided {
                Decided::Answered => return (frame.text().notices.answer_came)(&when),
                Decided::Withdrawn if by.is_empty() => return (frame.text().notices.withdrawn)(&when),
                // The newsroom by itself.
                _ if by.is_empty() => return (frame.text().notices.changed_by_itself)(&when),
                Decided::Approved => text.already_approved,
                Decided::Asked => text.already_asked,
                Decided::Postponed => text.already_postponed,
                Decided::Rejected => text.already_rejected,
                Decided::Withdrawn | Decided::Changed => text.already_changed,
            };
            words(&one_line(by), &when)
        }
    }
}
