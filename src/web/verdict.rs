//! What became of a decision, as pages tell it: what the editor can mend in the form, and who was faster.

use issues::moderation::Refused;
use issues::{InvalidChange, Lacking};
use templates::page::decide::Problem;

use super::typed::Typed;
pub use crate::newsroom::outcome::{already, outcome};
use crate::store::ItemRow;

/// What the editor can mend in the form; `None` where the item cannot be changed so any more.
pub fn missing(refused: &Refused, typed: &Typed, row: &ItemRow) -> Option<Vec<Problem>> {
    match refused {
        Refused::Lacking(lacking) => Some(lacking.iter().map(problem).collect()),
        Refused::NoWords(_) => Some(vec![typed.words_missing()]),
        Refused::TooLong => Some(vec![typed.words_too_long()]),
        Refused::Change(InvalidChange::FarDay { number, .. }) => Some(vec![Problem::EventFar(*number)]),
        Refused::Change(InvalidChange::SkippedTime { number, .. }) => {
            Some(vec![Problem::EventSkipped(*number)])
        }
        Refused::Change(InvalidChange::TooLong(field)) => {
            let mut problems = typed.unfit(&row.item.content);
            // A text may become too long by what a button does to it.
            if !problems.contains(&Problem::TooLong(*field)) {
                problems.push(Problem::TooLong(*field));
            }
            Some(problems)
        }
        Refused::Change(_) => Some(typed.unfit(&row.item.content)),
        Refused::Settled(_) | Refused::Already(_) | Refused::NothingToUndo | Refused::NotAsked => None,
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
