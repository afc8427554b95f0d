//! What was decided lately, and whether it can still be undone.

use std::collections::HashSet;

use issues::ItemState;

use super::moderate::{ANSWERED, standing};
use crate::app::App;
use crate::store::{CORRECT, Decided, Of, Page};

/// A decision, and what an undo of it would meet.
#[derive(Debug, Clone)]
pub struct Decision {
    pub what: Decided,
    pub undo: Undo,
}

/// Can a decision be undone?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// While the item has the revision it has now.
    Possible,
    /// It was an undo itself, or a correction: another one would follow it.
    Pointless,
    /// Undone already.
    Undone,
    /// Another decision came after it, which would be undone first.
    Later,
    /// Its issue is approved.
    IssueApproved,
    Published,
    Merged,
    Withdrawn,
}

/// The latest decisions.
///
/// # Errors
/// The database fails.
pub async fn decisions(app: &App, page: Page) -> anyhow::Result<Vec<Decision>> {
    let decided = app.store.decided(app.publication, page).await?;
    let items: HashSet<i64> = decided.iter().filter_map(|decided| decided.of.item()).collect();
    let acts = app.store.acts_of(&items.into_iter().collect::<Vec<_>>()).await?;
    let issues = app.store.issues(app.publication, "").await?;
    let closed = |id: i64| !issues.iter().any(|issue| issue.id == id && issue.state.is_open());
    let of = |decided: Decided| {
        let acts = acts.iter().filter(|act| Some(act.item) == decided.of.item());
        let acts: Vec<(i64, &str)> = acts.map(|act| (act.revision, act.act.as_str())).collect();
        let undo = undo(&decided, &acts, closed);
        Decision { what: decided, undo }
    };
    Ok(decided.into_iter().map(of).collect())
}

/// `acts` are those of the item, in their order.
fn undo(decided: &Decided, acts: &[(i64, &str)], closed: impl Fn(i64) -> bool) -> Undo {
    if decided.act == "undo" || decided.act == CORRECT {
        return Undo::Pointless;
    }
    let state = match &decided.of {
        Of::Item { state, .. } => state,
        Of::Message { used: true, .. } => return Undo::Later,
        Of::Message { used: false, .. } => return Undo::Possible,
    };
    let now = standing(acts.iter().copied());
    if !now.contains(&decided.revision) {
        let until_answer =
            acts.iter().copied().take_while(|(at, act)| *at < decided.revision || *act != ANSWERED);
        // The contributor answered it, and nothing is left to take back.
        let answered = acts.iter().any(|(at, act)| *at > decided.revision && *act == ANSWERED);
        return if answered && standing(until_answer).contains(&decided.revision) {
            Undo::Pointless
        } else {
            Undo::Undone
        };
    }
    match state {
        ItemState::Planned { issue, .. } if closed(*issue) => Undo::IssueApproved,
        ItemState::Published { .. } => Undo::Published,
        ItemState::Merged { .. } => Undo::Merged,
        ItemState::Withdrawn { .. } if decided.act != "withdraw" => Undo::Withdrawn,
        ItemState::Pending
        | ItemState::Asked { .. }
        | ItemState::Approved { .. }
        | ItemState::Rejected { .. }
        | ItemState::Postponed { .. }
        | ItemState::Planned { .. }
        // The contributor thought better of it.
        | ItemState::Withdrawn { .. } => {
            if now.last() == Some(&decided.revision) {
                Undo::Possible
            } else {
                Undo::Later
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(revision: i64, act: &str, state: ItemState) -> Decided {
        Decided {
            of: Of::Item { id: 1, state, revision_now: 9 },
            revision,
            at: chrono::DateTime::UNIX_EPOCH,
            by: "ilze".into(),
            channel: "desk".into(),
            act: act.into(),
            title: "Talka".into(),
        }
    }

    #[test]
    fn only_the_last_decision_that_stands_can_be_undone() {
        let acts = [(2, "edit"), (3, "reject"), (4, "undo"), (5, "approve"), (6, "plan")];
        let planned = ItemState::Planned { issue: 4, by: "ilze".into(), at: chrono::DateTime::UNIX_EPOCH };
        let of = |revision, act: &str, closed: bool| {
            undo(&decided(revision, act, planned.clone()), &acts, |_| closed)
        };
        assert_eq!(of(5, "approve", false), Undo::Possible);
        assert_eq!(of(5, "approve", true), Undo::IssueApproved);
        assert_eq!(of(4, "undo", false), Undo::Pointless);
        assert_eq!(of(0, CORRECT, true), Undo::Pointless, "what was said in public is not unsaid");
        assert_eq!(of(2, "edit", false), Undo::Later);
        assert_eq!(of(3, "reject", true), Undo::Undone, "however it went on");
        let undone = undo(&decided(3, "reject", ItemState::Pending), &acts[..3], |_| false);
        assert_eq!(undone, Undo::Undone);
    }

    #[test]
    fn a_word_on_a_mail_is_taken_back_while_nobody_used_what_it_became() {
        let of = |used| {
            let decided = decided(0, crate::store::TREAT, ItemState::Pending);
            undo(&Decided { of: Of::Message { id: 3, used }, ..decided }, &[], |_| false)
        };
        assert_eq!((of(false), of(true)), (Undo::Possible, Undo::Later));
    }

    #[test]
    fn what_the_contributor_answered_is_settled() {
        let acts = [(2, "edit"), (3, "undo"), (4, "ask"), (5, "unanswered"), (6, "answered"), (7, "approve")];
        let of = |revision, act: &str, so_far: usize| {
            undo(&decided(revision, act, ItemState::Pending), &acts[..so_far], |_| false)
        };
        assert_eq!(of(5, "unanswered", 4), Undo::Possible);
        for (revision, act) in [(4, "ask"), (5, "unanswered")] {
            assert_eq!(of(revision, act, 5), Undo::Pointless, "{act}");
        }
        assert_eq!(of(2, "edit", 5), Undo::Undone);
        assert_eq!(of(7, "approve", 6), Undo::Possible, "a new decision");
    }

    #[test]
    fn a_withdrawal_can_be_undone_and_nothing_that_came_before_it() {
        let acts = [(2, "approve"), (3, "withdraw")];
        let withdrawn = ItemState::Withdrawn { at: chrono::DateTime::UNIX_EPOCH };
        let of = |revision, act: &str| undo(&decided(revision, act, withdrawn.clone()), &acts, |_| false);
        assert_eq!(of(3, "withdraw"), Undo::Possible);
        assert_eq!(of(2, "approve"), Undo::Withdrawn);
    }
}
