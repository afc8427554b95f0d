//! Moderation: the one transition through which every decision on an item goes, whoever takes it by whatever
//! channel. It says what the item becomes and what the contributor is told; the store compares and sets.

use chrono::{DateTime, Datelike as _, Days, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;
use subscribers::clean_text;

use crate::{Change, Confirmed, Edition, InvalidChange, Item, ItemContent, ItemState, Lacking};

/// Longest question or reason in characters.
pub const WORDS_CHARACTERS_MAX: usize = 2_000;
/// In how many working days contributors are promised an answer, by the mail that thanks them.
const ANSWERED_IN_WORKING_DAYS: u32 = 2;

/// What an editor, or the contributor by answering, does to an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Approve,
    Ask {
        question: String,
    },
    Reject {
        reason: String,
    },
    Postpone {
        to: Edition,
    },
    Edit(Vec<Change>),
    /// Another content in the place of this one: an earlier one, or one with a photo framed anew.
    Replace(Box<ItemContent>),
    /// Back to what the item was before its last decision.
    Undo {
        before: Box<Item>,
    },
    /// She has not answered for a while, and is asked once more.
    Remind,
    /// She has not answered at all.
    PutAside {
        reason: String,
    },
    /// The contributor answered: a question is settled, the item waits for the editor again.
    Answered {
        /// With what the answer says, as a proposal, where it says something for a field.
        content: Option<Box<ItemContent>>,
    },
    /// The contributor takes the item back. Nobody is mailed: she sees it on her page, the editors in its history.
    Withdraw,
}

/// Who decides, when and where, whether the issue the item is planned for can still be changed, and whether anybody is told.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    pub by: &'a str,
    pub at: DateTime<Utc>,
    /// In which times are meant.
    pub zone: Tz,
    pub issue_open: bool,
    /// Is there nobody whom a reason could be told: the mail was forged, or a machine's?
    pub nobody_told: bool,
}

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    pub item: Item,
    pub tell: Option<Tell>,
}

/// What the contributor is told by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tell {
    Approved,
    Asked {
        question: String,
    },
    Rejected {
        reason: String,
    },
    Postponed {
        to: Edition,
    },
    /// No answer came; one that comes later brings the item back.
    PutAside,
}

/// Why a decision changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the item is {0}; that cannot be changed any more")]
    Settled(&'static str),
    #[error("the item is already {0}")]
    Already(&'static str),
    #[error("the item still lacks {}", lacking_words(.0))]
    Lacking(Vec<Lacking>),
    #[error("{0} needs words: they are sent to the contributor")]
    NoWords(&'static str),
    #[error("the words are longer than 2,000 characters")]
    TooLong,
    #[error("there is nothing to undo")]
    NothingToUndo,
    #[error("the item waits for no answer")]
    NotAsked,
    #[error(transparent)]
    Change(#[from] InvalidChange),
}

fn lacking_words(lacking: &[Lacking]) -> String {
    let word = |lack: &Lacking| match lack {
        Lacking::Title => "a title".to_owned(),
        Lacking::Text => "a text".to_owned(),
        Lacking::PhotoDescription(number) => {
            format!("a description of photo {number} (--set photos.{number}.alt=…)")
        }
        Lacking::EventDay(number) => {
            format!(
                "a choice for event {number}, whose weekday is not its date's (--set events.{number}.day=…)"
            )
        }
    };
    lacking.iter().map(word).collect::<Vec<_>>().join(" and ")
}

/// Takes a decision.
///
/// # Errors
/// [`Refused`]; the item stays as it is.
pub fn decide(item: Item, decision: Decision, circumstances: Circumstances<'_>) -> Result<Decided, Refused> {
    let Circumstances { by, at, zone, issue_open, nobody_told } = circumstances;
    let Item { state, content } = item;
    match &state {
        ItemState::Published { .. } | ItemState::Merged { .. } => {
            return Err(Refused::Settled(state.name()));
        }
        // The contributor's word stands until an editor takes it back, at her wish.
        ItemState::Withdrawn { .. } => match decision {
            Decision::Undo { .. } => {}
            Decision::Withdraw => return Err(Refused::Already(state.name())),
            Decision::Approve
            | Decision::Ask { .. }
            | Decision::Reject { .. }
            | Decision::Postpone { .. }
            | Decision::Edit(_)
            | Decision::Replace(_)
            | Decision::Remind
            | Decision::PutAside { .. }
            | Decision::Answered { .. } => return Err(Refused::Settled(state.name())),
        },
        ItemState::Planned { .. } if !issue_open => {
            return Err(Refused::Settled("in an issue that is approved"));
        }
        ItemState::Planned { .. }
        | ItemState::Pending
        | ItemState::Asked { .. }
        | ItemState::Approved { .. }
        | ItemState::Rejected { .. }
        | ItemState::Postponed { .. } => {}
    }
    let by = by.to_owned();
    let (state, content, tell) = match decision {
        Decision::Approve => match state {
            ItemState::Approved { .. } | ItemState::Planned { .. } => {
                return Err(Refused::Already(state.name()));
            }
            _ => {
                let lacking = content.lacking();
                if !lacking.is_empty() {
                    return Err(Refused::Lacking(lacking));
                }
                // Who approves takes everything that was proposed for right.
                let mut content = content;
                content.confirm_all(&Confirmed { by: by.clone(), at });
                (ItemState::Approved { by, at }, content, Some(Tell::Approved))
            }
        },
        Decision::Ask { question } => {
            let question = words(&question, "a question")?;
            let asked = ItemState::Asked { question: question.clone(), by, at, reminded: None };
            (asked, content, Some(Tell::Asked { question }))
        }
        Decision::Remind => match state {
            ItemState::Asked { question, by, at: asked_at, reminded: None } => {
                (ItemState::Asked { question, by, at: asked_at, reminded: Some(at) }, content, None)
            }
            ItemState::Asked { .. } => return Err(Refused::Already("reminded of")),
            _ => return Err(Refused::NotAsked),
        },
        Decision::PutAside { reason } => match state {
            // By nobody.
            ItemState::Asked { .. } => {
                (ItemState::Rejected { reason, by: String::new(), at }, content, Some(Tell::PutAside))
            }
            _ => return Err(Refused::NotAsked),
        },
        Decision::Reject { reason } => {
            // What nobody answered is rejected by nobody, and an editor may still say no for good.
            if matches!(state, ItemState::Rejected { .. }) && !state.is_unanswered() {
                return Err(Refused::Already("rejected"));
            }
            let reason = match words(&reason, "a rejection") {
                Err(Refused::NoWords(_)) if nobody_told => String::new(),
                reason => reason?,
            };
            (ItemState::Rejected { reason: reason.clone(), by, at }, content, Some(Tell::Rejected { reason }))
        }
        Decision::Postpone { to } => {
            if matches!(&state, ItemState::Postponed { to: until, .. } if *until == to) {
                return Err(Refused::Already("postponed"));
            }
            (ItemState::Postponed { to, by, at }, content, Some(Tell::Postponed { to }))
        }
        Decision::Edit(changes) => {
            let content = content.changed_by(&changes, &Confirmed { by, at }, zone)?;
            stays_fit(&state, &content)?;
            (state, content, None)
        }
        Decision::Replace(content) => {
            stays_fit(&state, &content)?;
            (state, *content, None)
        }
        Decision::Answered { content: answered } => match state {
            state if state.waits_for_answer() => {
                (ItemState::Pending, answered.map_or(content, |new| *new), None)
            }
            ItemState::Pending => (state, answered.map_or(content, |new| *new), None),
            // What is decided is not changed by a letter.
            other => (other, content, None),
        },
        Decision::Undo { before } => match state {
            // An edit was undone: its place in the draft is still there.
            ItemState::Planned { .. } => (before.state, before.content, None),
            _ => (asked_anew(&state, unplanned(before.state), at), before.content, None),
        },
        Decision::Withdraw => (ItemState::Withdrawn { at }, content, None),
    };
    Ok(Decided { item: Item { state, content }, tell })
}

/// Till when the contributor of what came then was promised an answer, on the local clock: two working days later at
/// the same hour. Public holidays are not known here and count as working days.
pub fn answer_by(received: NaiveDateTime) -> NaiveDateTime {
    let (mut day, mut left) = (received, ANSWERED_IN_WORKING_DAYS);
    while left > 0 {
        let Some(next) = day.checked_add_days(Days::new(1)) else { return day };
        day = next;
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    day
}

/// What was planned lost its place in the draft since; the next assembly gives it a new one.
fn unplanned(state: ItemState) -> ItemState {
    match state {
        ItemState::Planned { by, at, .. } => ItemState::Approved { by, at },
        other => other,
    }
}

/// A question that an undo opens again has all its days again: else one that an editor brings back after a month would be
/// put aside at once. One that was open all the while goes on as it is.
fn asked_anew(now: &ItemState, before: ItemState, undone_at: DateTime<Utc>) -> ItemState {
    match (now, before) {
        (ItemState::Asked { at, .. }, ItemState::Asked { at: before, .. }) if *at == before => now.clone(),
        (_, ItemState::Asked { question, by, reminded, .. }) => {
            ItemState::Asked { question, by, at: undone_at, reminded }
        }
        (_, other) => other,
    }
}

/// What is approved must stay fit to be sent.
fn stays_fit(state: &ItemState, content: &ItemContent) -> Result<(), Refused> {
    let lacking = content.lacking();
    match state {
        ItemState::Approved { .. } | ItemState::Planned { .. } if !lacking.is_empty() => {
            Err(Refused::Lacking(lacking))
        }
        _ => Ok(()),
    }
}

fn words(text: &str, what: &'static str) -> Result<String, Refused> {
    let text = clean_text(text);
    let text = text.trim();
    if text.is_empty() {
        return Err(Refused::NoWords(what));
    }
    if text.chars().count() > WORDS_CHARACTERS_MAX {
        return Err(Refused::TooLong);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Event, ItemPhoto};

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn ilze() -> Circumstances<'static> {
        let zone = chrono_tz::Europe::Riga;
        Circumstances { by: "ilze", at: at(), zone, issue_open: true, nobody_told: false }
    }

    fn item() -> Item {
        let content =
            ItemContent { title: "Talka".into(), text: "Nāciet!".into(), ..ItemContent::default() };
        Item { state: ItemState::Pending, content }
    }

    fn edition() -> Edition {
        Edition { year: 2027, month: 1 }
    }

    #[test]
    fn an_item_whose_photo_has_no_description_is_not_approved() {
        let mut item = item();
        item.content.photos = vec![ItemPhoto::default()];
        let refused = decide(item.clone(), Decision::Approve, ilze()).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the item still lacks a description of photo 0 (--set photos.0.alt=…)"
        );
        item.content.photos[0].alt = "Cilvēki sakopj taku".into();
        let decided = decide(item, Decision::Approve, ilze()).unwrap();
        assert_eq!((decided.item.state.name(), decided.tell), ("approved", Some(Tell::Approved)));
    }

    #[test]
    fn approving_confirms_what_was_proposed() {
        let mut item = item();
        item.content.events = vec![Event::on("2026-12-06".parse().unwrap(), "6. decembrī")];
        let confirm = Change { field: "events.0.confirm".into(), value: String::new() };
        let edited = decide(item.clone(), Decision::Edit(vec![confirm]), ilze()).unwrap().item;
        assert_eq!(edited.content.events[0].confirmed.as_ref().map(|by| by.by.as_str()), Some("ilze"));
        let anna = Circumstances { by: "anna", ..ilze() };
        let approved = decide(edited.clone(), Decision::Approve, anna).unwrap().item;
        assert_eq!(approved.content, edited.content, "what was confirmed stays hers");
        let approved = decide(item, Decision::Approve, anna).unwrap().item;
        assert_eq!(approved.content.events[0].confirmed.as_ref().map(|by| by.by.as_str()), Some("anna"));
    }

    #[test]
    fn a_rejection_without_a_reason_is_refused() {
        let refused = decide(item(), Decision::Reject { reason: "  ".into() }, ilze()).unwrap_err();
        assert_eq!(refused, Refused::NoWords("a rejection"));
        // Where nobody is told, none is needed.
        let nobody = Circumstances { nobody_told: true, ..ilze() };
        let rejected = decide(item(), Decision::Reject { reason: " ".into() }, nobody).unwrap();
        assert!(matches!(rejected.item.state, ItemState::Rejected { reason, .. } if reason.is_empty()));
        assert!(decide(item(), Decision::Ask { question: " ".into() }, nobody).is_err());
    }

    #[test]
    fn undo_restores_and_stops_at_an_approved_issue() {
        let planned = Item { state: ItemState::Planned { issue: 1, by: "ilze".into(), at: at() }, ..item() };
        let undo = Decision::Undo { before: Box::new(item()) };
        assert_eq!(decide(planned.clone(), undo.clone(), ilze()).unwrap().item, item());
        let late = Circumstances { issue_open: false, ..ilze() };
        assert!(matches!(decide(planned, undo, late), Err(Refused::Settled(_))));
    }

    #[test]
    fn what_is_published_stays() {
        let published = Item { state: ItemState::Published { issue: 1, at: at() }, ..item() };
        for decision in [
            Decision::Approve,
            Decision::Reject { reason: "x".into() },
            Decision::Postpone { to: edition() },
            Decision::Edit(vec![]),
            Decision::Answered { content: None },
        ] {
            assert_eq!(decide(published.clone(), decision, ilze()), Err(Refused::Settled("published")));
        }
    }

    #[test]
    fn an_answer_is_promised_in_two_working_days() {
        for (received, by) in [
            ("2026-11-23T16:41:00", "2026-11-25T16:41:00"),
            ("2026-11-26T09:00:00", "2026-11-30T09:00:00"),
            ("2026-11-27T09:00:00", "2026-12-01T09:00:00"),
            ("2026-11-28T10:00:00", "2026-12-01T10:00:00"),
        ] {
            assert_eq!(answer_by(received.parse().unwrap()), by.parse().unwrap(), "{received}");
        }
    }

    fn asked() -> Item {
        decide(item(), Decision::Ask { question: "Kas fotografēja?".into() }, ilze()).unwrap().item
    }

    fn machine(days: i64) -> Circumstances<'static> {
        Circumstances { by: "", at: at() + chrono::TimeDelta::days(days), ..ilze() }
    }

    #[test]
    fn a_question_without_an_answer_is_reminded_of_once_and_put_aside() {
        let reminded = decide(asked(), Decision::Remind, machine(7)).unwrap();
        assert_eq!((reminded.item.state.name(), reminded.tell), ("asked", None));
        assert_eq!(
            decide(reminded.item.clone(), Decision::Remind, machine(8)),
            Err(Refused::Already("reminded of"))
        );
        let aside = Decision::PutAside { reason: "Atbildes nebija.".into() };
        for waits_for_none in [item(), decide(item(), Decision::Approve, ilze()).unwrap().item] {
            assert_eq!(decide(waits_for_none.clone(), Decision::Remind, machine(7)), Err(Refused::NotAsked));
            assert_eq!(decide(waits_for_none, aside.clone(), machine(30)), Err(Refused::NotAsked));
        }
        let put_aside = decide(reminded.item, aside, machine(30)).unwrap();
        assert!(put_aside.item.state.is_unanswered());
        assert_eq!(put_aside.tell, Some(Tell::PutAside));
        let answered = decide(put_aside.item, Decision::Answered { content: None }, machine(90)).unwrap();
        assert_eq!(answered.item.state, ItemState::Pending);
        let rejected = decide(asked(), Decision::Reject { reason: "Bija.".into() }, ilze()).unwrap().item;
        let answered = decide(rejected.clone(), Decision::Answered { content: None }, machine(1)).unwrap();
        assert_eq!(answered.item, rejected, "what a person turned down stays so");
    }

    #[test]
    fn a_question_that_an_undo_opens_again_has_all_its_days() {
        let undo = |before: &Item| Decision::Undo { before: Box::new(before.clone()) };
        let reminded = decide(asked(), Decision::Remind, machine(7)).unwrap().item;
        let aside = Decision::PutAside { reason: "Atbildes nebija.".into() };
        let aside = decide(reminded.clone(), aside, machine(30)).unwrap().item;
        let again = decide(aside, undo(&reminded), machine(40)).unwrap().item;
        let ItemState::Asked { at: since, reminded: told, .. } = again.state else { panic!("asked") };
        assert_eq!(since, machine(40).at);
        assert_eq!(told, Some(machine(7).at), "she is not reminded a second time");
        // An edit from before the reminder is undone: the reminder was sent all the same.
        let same = decide(reminded.clone(), undo(&asked()), machine(8)).unwrap().item;
        assert_eq!(same.state, reminded.state);
    }

    #[test]
    fn a_contributor_withdraws_until_the_issue_is_approved() {
        let withdraw = |state: ItemState, circumstances| {
            decide(Item { state, ..item() }, Decision::Withdraw, circumstances)
                .map(|decided| decided.item.state)
        };
        let gone = Ok(ItemState::Withdrawn { at: at() });
        let planned = ItemState::Planned { issue: 1, by: "ilze".into(), at: at() };
        let approved = ItemState::Approved { by: "ilze".into(), at: at() };
        for state in [ItemState::Pending, approved, planned.clone()] {
            assert_eq!(withdraw(state, ilze()), gone);
        }
        let late = Circumstances { issue_open: false, ..ilze() };
        assert!(matches!(withdraw(planned, late), Err(Refused::Settled(_))));
        let published = ItemState::Published { issue: 1, at: at() };
        assert_eq!(withdraw(published, ilze()), Err(Refused::Settled("published")));
        assert_eq!(withdraw(ItemState::Withdrawn { at: at() }, ilze()), Err(Refused::Already("withdrawn")));
    }

    #[test]
    fn only_undoing_brings_back_what_was_withdrawn() {
        let withdrawn = Item { state: ItemState::Withdrawn { at: at() }, ..item() };
        assert_eq!(decide(withdrawn.clone(), Decision::Approve, ilze()), Err(Refused::Settled("withdrawn")));
        let planned = Item { state: ItemState::Planned { issue: 1, by: "ilze".into(), at: at() }, ..item() };
        let undone = decide(withdrawn, Decision::Undo { before: Box::new(planned) }, ilze()).unwrap();
        assert_eq!(undone.item.state.name(), "approved", "its place in the draft is gone");
        assert_eq!(undone.tell, None);
    }

    #[test]
    fn an_answer_brings_an_asked_item_back_and_leaves_others_alone() {
        let asked = decide(item(), Decision::Ask { question: "Kas fotografēja?".into() }, ilze()).unwrap();
        let answered = Decision::Answered { content: None };
        assert_eq!(decide(asked.item, answered, ilze()).unwrap().item.state, ItemState::Pending);
        let approved = decide(item(), Decision::Approve, ilze()).unwrap().item;
        let other = ItemContent { title: "Cits".into(), ..ItemContent::default() };
        let answered = || Decision::Answered { content: Some(Box::new(other.clone())) };
        let still = decide(approved.clone(), answered(), ilze()).unwrap().item;
        assert_eq!(still, approved, "what is approved is not changed by a letter");
        assert_eq!(decide(item(), answered(), ilze()).unwrap().item.content, other);
    }
}
