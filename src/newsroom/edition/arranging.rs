//! The editor's hand in an open issue: order, what goes in and what waits, the calendar, the words at its head. Each
//! part is compared with what the form was shown for, so that of two editors who arrange at once neither loses anything.

use anyhow::Context as _;
use issues::moderation::Decision;
use issues::{Arrangement, Hand, Item, Line, Move, Part, Wish, arranged};
use subscribers::{clean_line, clean_text};

use super::assembly::{Taking, fill, places};
use super::{Leaves, NotDone};
use crate::app::App;
use crate::newsroom::moderate::{self, NotDecided, Who};
use crate::store::{IssueItem, IssueRow, Write, sha256};

/// One change of an open issue.
#[derive(Debug, Clone)]
pub enum Change {
    /// All items of the form, in the order they were shown in.
    Order {
        shown: Vec<Wish>,
        step: Move,
    },
    PutIn(i64),
    TakeOut(i64),
    Calendar {
        line: Line,
        shown: bool,
    },
    /// An empty subject takes the proposed one again.
    Words {
        subject: String,
        note: String,
    },
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotArranged {
    #[error("there is no such issue")]
    NoSuchIssue,
    #[error("there is no such item, or it cannot stand in this issue")]
    NoSuchItem,
    #[error("the issue is {0}; it cannot be arranged any more")]
    Closed(&'static str),
    /// Somebody was faster; this is how the issue stands now.
    #[error("the issue has been arranged since")]
    Overtaken { now: Box<IssueRow>, last: Option<Hand> },
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl Change {
    pub fn part(&self) -> Part {
        match self {
            Change::Order { .. } | Change::PutIn(_) | Change::TakeOut(_) => Part::Order,
            Change::Calendar { .. } => Part::Calendar,
            Change::Words { .. } => Part::Words,
        }
    }
}

/// What a form carries to say what it was shown for.
pub fn token(issue: &IssueRow, items: &[IssueItem], part: Part) -> String {
    let arrangement = &issue.arrangement;
    let shown = match part {
        Part::Order => {
            let places: Vec<String> =
                items.iter().map(|place| format!("{} {}", place.item, place.section)).collect();
            format!("{places:?} {:?}", arrangement.left_out)
        }
        Part::Words => format!("{:?} {:?}", arrangement.subject, issue.note),
        Part::Calendar => format!("{:?}", arrangement.hidden),
    };
    sha256(shown.as_bytes())[..16].to_owned()
}

/// Changes an open issue if the part is as it was shown.
///
/// # Errors
/// See [`NotArranged`]; nothing is changed then.
pub async fn arrange(
    app: &App,
    issue: i64,
    shown: &str,
    change: Change,
    by: &str,
) -> Result<IssueRow, NotArranged> {
    let by = clean_line(by);
    let mut write = app.store.write().await?;
    let row = write.issue_for_change(issue).await?.filter(|row| row.publication == app.publication);
    let row = row.ok_or(NotArranged::NoSuchIssue)?;
    if !row.state.is_open() {
        return Err(NotArranged::Closed(row.state.name()));
    }
    let part = change.part();
    // In this transaction: on another connection the last change of somebody else might not be seen yet.
    let items = places(app, &mut write, &row).await?;
    if token(&row, &items, part) != shown {
        let last = row.arrangement.last(part).cloned();
        return Err(NotArranged::Overtaken { now: Box::new(row), last });
    }
    let mut arrangement = row.arrangement.clone();
    let taking = take(app, &mut write, &row, &items, change, &mut arrangement, &by).await?;
    arrangement.touched(part, Hand { by, at: app.clock.now() });
    write.set_arrangement(row.id, &arrangement).await?;
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    let known = row.findings.clone();
    let row =
        fill(app, &mut write, row, Leaves::AtNextMoment, &known, taking).await.map_err(
            |error| match error {
                NotDone::Failed(error) => NotArranged::Failed(error),
                other => NotArranged::Failed(other.into()),
            },
        )?;
    write.commit().await?;
    Ok(row)
}

async fn take(
    app: &App,
    write: &mut Write,
    row: &IssueRow,
    items: &[IssueItem],
    change: Change,
    arrangement: &mut Arrangement,
    by: &str,
) -> Result<Taking, NotArranged> {
    match change {
        Change::Order { shown, step } => {
            let here = |item: i64| items.iter().any(|place| place.item == item);
            let whole = shown.len() == items.len() && shown.iter().all(|wish| here(wish.item));
            if !whole || step.item().is_some_and(|item| !here(item)) {
                return Err(NotArranged::NoSuchItem);
            }
            let order = arranged(&shown, step);
            for place in &order {
                let section = app.config.publication.sections.get(place.section);
                let section = &section.ok_or(NotArranged::NoSuchItem)?.id;
                if items.iter().any(|was| was.item == place.item && was.section != *section) {
                    set_section(app, write, place.item, section, by).await?;
                }
            }
            arrangement.order = order.iter().map(|place| place.item).collect();
        }
        Change::PutIn(item) => {
            let approved = write.items_for_change(app.publication, "approved").await?;
            if !approved.iter().any(|row| row.id == item) {
                return Err(NotArranged::NoSuchItem);
            }
            arrangement.put_in(item);
            return Ok(Taking::Only(item));
        }
        Change::TakeOut(item) => {
            let standing = write.item_for_change(item).await?.ok_or(NotArranged::NoSuchItem)?;
            let state = standing.item.state.released(row.id).ok_or(NotArranged::NoSuchItem)?;
            let after = Item { state, content: standing.item.content.clone() };
            write.change_item(&standing, &after, by, "desk", "take_out", app.clock.now()).await?;
            write.take_out_of_draft(item).await?;
            arrangement.leave_out(item);
        }
        Change::Calendar { line, shown } => arrangement.show(line, shown),
        Change::Words { subject, note } => {
            arrangement.subject = clean_line(&subject);
            write.set_issue_note(row.id, clean_text(&note).trim()).await?;
        }
    }
    Ok(Taking::Nothing)
}

/// The section is a word of the item: it is changed as the item's own page would.
async fn set_section(
    app: &App,
    write: &mut Write,
    item: i64,
    section: &str,
    by: &str,
) -> Result<(), NotArranged> {
    let row = write.item_for_change(item).await?.ok_or(NotArranged::NoSuchItem)?;
    let change = issues::Change { field: "section".to_owned(), value: section.to_owned() };
    let who = Who { by, channel: "desk" };
    match moderate::set(app, write, &row, Decision::Edit(vec![change]), "edit", who).await {
        Ok(_) => Ok(()),
        Err(NotDecided::Failed(error)) => Err(NotArranged::Failed(error)),
        Err(_) => Err(NotArranged::NoSuchItem),
    }
}
