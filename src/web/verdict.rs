//! What became of a decision, as pages tell it: what the editor can mend in the form, and who was faster.

use issues::moderation::Refused;
use issues::{InvalidChange, ItemState, Lacking};
use templates::page::decide::Problem;
use templates::page::decided::{Decided, Outcome};

use super::typed::Typed;
use crate::app::App;
use crate::newsroom::view::local;
use crate::store::{ItemRow, Revision};

/// What the editor can mend in the form; `None` where the item cannot be changed so any more.
pub fn missing(refused: &Refused, typed: &Typed, row: &ItemRow) -> Option<Vec<Problem>> {
    match refused {
        Refused::Lacking(lacking) => Some(lacking.iter().map(problem).collect()),
        Refused::NoWords(_) => Some(vec![typed.words_missing()]),
        Refused::TooLong => Some(vec![typed.words_too_long()]),
        Refused::Change(InvalidChange::FarDay { number, .. }) => Some(vec![Problem::EventFar(*number)]),
        Refused::Change(_) => Some(typed.unfit(&row.item.content)),
        Refused::Settled(_) | Refused::Already(_) | Refused::NothingToUndo => None,
    }
}

fn problem(lacking: &Lacking) -> Problem {
    match lacking {
        Lacking::Title => Problem::TitleMissing,
        Lacking::Text => Problem::TextMissing,
        Lacking::PhotoDescription(number) => Problem::DescriptionMissing(*number),
        Lacking::EventDay(number) => Problem::DayUnchosen(*number),
    }
}

/// How somebody else's decision is told: by the state it led to.
pub fn already(app: &App, row: &ItemRow, last: Option<&Revision>) -> Outcome {
    match last {
        Some(last) => Outcome::Already {
            decided: if last.act == "edit" { Decided::Changed } else { outcome(&row.item.state) },
            by: last.by.clone(),
            at: local(app, last.at),
        },
        None => Outcome::Already {
            decided: outcome(&row.item.state),
            by: String::new(),
            at: local(app, row.changed_at),
        },
    }
}

pub fn outcome(state: &ItemState) -> Decided {
    match state {
        ItemState::Approved { .. } | ItemState::Planned { .. } => Decided::Approved,
        ItemState::Asked { .. } => Decided::Asked,
        ItemState::Postponed { .. } => Decided::Postponed,
        ItemState::Rejected { .. } => Decided::Rejected,
        ItemState::Pending
        | ItemState::Published { .. }
        | ItemState::Merged { .. }
        | ItemState::Withdrawn { .. } => Decided::Changed,
    }
}
