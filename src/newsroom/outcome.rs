//! What became of an item, as pages and mails tell it: by whom, when, and what it is now.

use issues::ItemState;
use templates::page::decided::{Decided, Outcome};

use super::moderate::ANSWERED;
use super::view::local;
use crate::app::App;
use crate::store::{ItemRow, Revision};

/// How somebody else's decision is told: by the state it led to.
pub fn already(app: &App, row: &ItemRow, last: Option<&Revision>) -> Outcome {
    match last {
        Some(last) => Outcome::Already {
            decided: match last.act.as_str() {
                "edit" => Decided::Changed,
                ANSWERED => Decided::Answered,
                "withdraw" => Decided::Withdrawn,
                _ => outcome(&row.item.state),
            },
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
