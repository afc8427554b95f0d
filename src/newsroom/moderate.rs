//! Deciding on an item: loads it, lets the one transition decide, compares and sets, and queues what the contributor
//! is told.

use anyhow::Context as _;
use issues::language::fold;
use issues::moderation::{self, Circumstances, Decision, Refused, Tell};
use issues::reading::{Report, credited};
use issues::{Change, Edition, Framed, InvalidChange, ItemContent, ItemState};
use subscribers::{SuppressionReason, clean_line};

use super::untell::untell;
use super::{edition, mails, told};
use crate::app::App;
use crate::store::{ItemRow, Revision, Write, address_hash};

/// What the history calls it when the machine puts what is approved into an issue.
const PLAN: &str = "plan";
/// What the history calls it when the contributor is reminded of a question.
pub(super) const REMIND: &str = "remind";
/// And when a question had no answer in time.
pub(super) const UNANSWERED: &str = "unanswered";
/// And what somebody wrote about an item.
pub(super) const ANSWERED: &str = "answered";

/// Who decides, and by which channel: `command`, `desk`, `link`, `mail`, `page`, `schedule`.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    pub by: &'a str,
    pub channel: &'static str,
}

/// What an editor can do to an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Approve,
    Ask {
        question: String,
    },
    Reject {
        reason: String,
    },
    /// Until this edition, or the one after the open draft.
    Postpone {
        to: Option<Edition>,
    },
    Edit(Vec<Change>),
    /// Another picture in the place of a photo, made of the same file.
    Picture {
        /// Of the photo, counted from 0.
        number: usize,
        picture: Picture,
    },
    /// The words, pictures and dates of an earlier revision; 1 is the item as it was proposed.
    Restore {
        revision: i64,
    },
    Undo,
    /// By the contributor, on her own page.
    Withdraw,
}

/// A photo framed anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    pub framed: Option<Framed>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotDecided {
    #[error("there is no such item")]
    NoSuchItem,
    /// Somebody was faster; this is how the item stands now, and what was done last.
    #[error("the item has been changed since")]
    Overtaken { now: Box<ItemRow>, last: Option<Box<Revision>> },
    #[error("nobody can be asked: {0}")]
    NobodyToAsk(Unreachable),
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// Why the contributor of an item cannot be told anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    #[error("the item has no contributor whose address is known")]
    NoContributor,
    #[error("no mail may go to the contributor's address, which is suppressed ({})", .0.name())]
    Suppressed(SuppressionReason),
}

/// Can the contributor of an item be told what is decided? `None` if so.
///
/// # Errors
/// The database fails.
pub async fn unreachable(app: &App, row: &ItemRow) -> anyhow::Result<Option<Unreachable>> {
    let contributor = match row.contributor {
        Some(id) => app.store.contributor(id).await?,
        None => None,
    };
    let Some(contributor) = contributor else { return Ok(Some(Unreachable::NoContributor)) };
    let suppression = app.store.suppression(&address_hash(&contributor.address)).await?;
    Ok(suppression.map(|suppression| Unreachable::Suppressed(suppression.reason)))
}

/// Did the item come in a mail to whose sender nothing may be written: a forged one, or a machine's?
pub fn is_nobodys(row: &ItemRow) -> bool {
    row.contributor.is_none() && row.message.is_some()
}

/// Is the contributor told of such an act?
pub fn is_told(act: &Act) -> bool {
    match act {
        Act::Approve | Act::Ask { .. } | Act::Reject { .. } | Act::Postpone { .. } => true,
        Act::Edit(_) | Act::Picture { .. } | Act::Restore { .. } | Act::Undo | Act::Withdraw => false,
    }
}

/// Takes a decision on an item. With a revision it is taken only if the item still has that one. An edit after which the
/// item is as it was makes no revision.
///
/// # Errors
/// See [`NotDecided`]; nothing is changed and nobody is mailed then.
pub async fn decide(
    app: &App,
    item: i64,
    revision: Option<i64>,
    act: Act,
    who: Who<'_>,
) -> Result<ItemRow, NotDecided> {
    decide_in_turn(app, item, revision, vec![act], who).await
}

/// [`decide`] for several acts of one person at once, such as an edit and the approval of what was edited: all are
/// done, each with its own revision, or none.
///
/// # Errors
/// See [`NotDecided`]; nothing is changed and nobody is mailed then.
pub async fn decide_in_turn(
    app: &App,
    item: i64,
    revision: Option<i64>,
    acts: Vec<Act>,
    who: Who<'_>,
) -> Result<ItemRow, NotDecided> {
    let mut write = app.store.write().await?;
    let row = decide_in(app, &mut write, item, revision, acts, who).await?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(row)
}

/// [`decide_in_turn`] inside an open transaction, which after a failure in the middle of several acts must not be kept.
pub(super) async fn decide_in(
    app: &App,
    write: &mut Write,
    item: i64,
    revision: Option<i64>,
    acts: Vec<Act>,
    who: Who<'_>,
) -> Result<ItemRow, NotDecided> {
    let by = clean_line(who.by);
    let who = Who { by: &by, ..who };
    let mut row = item_to_decide(app, write, item).await?.ok_or(NotDecided::NoSuchItem)?;
    if let Some(revision) = revision
        && is_changed_since(write, &row, revision).await?
    {
        return Err(overtaken(write, row).await?);
    }
    for act in acts {
        row = take(app, write, row, act, who).await?;
    }
    Ok(row)
}

/// Is the item another than the one of that revision? A reminder changes nothing that an editor sees or decides on.
async fn is_changed_since(write: &mut Write, row: &ItemRow, revision: i64) -> anyhow::Result<bool> {
    if revision == row.revision {
        return Ok(false);
    }
    let revisions = write.revisions_for_change(row.id).await?;
    let since = revisions.iter().filter(|made| made.revision > revision);
    Ok(revision > row.revision || since.into_iter().any(|made| made.act != REMIND))
}

/// The item, locked for a decision. Locks are taken in one order, here and by whoever arranges, sends, stops or reopens an
/// issue: first the publication, where issues are opened, then issues, by their numbers, then items. So that the issue in
/// which the item stands, closed or not, and the open one, into which a decision may put it, are locked before the item,
/// which until then is only read; and no other one opens meanwhile.
///
/// # Errors
/// The database fails.
pub(super) async fn item_to_decide(
    app: &App,
    write: &mut Write,
    item: i64,
) -> anyhow::Result<Option<ItemRow>> {
    write.let_no_issue_open(app.publication).await?;
    let Some(seen) = write.item(item).await?.filter(|row| row.publication == app.publication) else {
        return Ok(None);
    };
    write.hold_issues(app.publication, seen.item.state.issue()).await?;
    Ok(write.item_for_change(item).await?.filter(|row| row.publication == app.publication))
}

/// One act inside an open transaction.
async fn take(
    app: &App,
    write: &mut Write,
    row: ItemRow,
    act: Act,
    who: Who<'_>,
) -> Result<ItemRow, NotDecided> {
    let act_name = name(&act);
    let mut taken_back = None;
    let is_news = told::is_news(&act);
    let is_undo = matches!(act, Act::Undo);
    let decision = match act {
        Act::Approve => Decision::Approve,
        Act::Ask { question } => Decision::Ask { question },
        Act::Reject { reason } => Decision::Reject { reason },
        Act::Postpone { to: Some(to) } => Decision::Postpone { to },
        Act::Postpone { to: None } => Decision::Postpone { to: next_edition(app).await? },
        Act::Edit(changes) => Decision::Edit(changes),
        Act::Withdraw => Decision::Withdraw,
        Act::Picture { number, picture } => {
            let mut content = row.item.content.clone();
            let photo = content.photos.get_mut(number).ok_or_else(|| no_such("photos", number))?;
            photo.sha256 = write.keep_blob(&picture.bytes, "image/jpeg", app.clock.now()).await?;
            (photo.width, photo.height, photo.framed) = (picture.width, picture.height, picture.framed);
            Decision::Replace(Box::new(content))
        }
        Act::Restore { revision } => {
            let revisions = write.revisions_for_change(row.id).await?;
            let content = content_at(&revisions, revision).cloned();
            Decision::Replace(Box::new(content.ok_or(Refused::NothingToUndo)?))
        }
        Act::Undo => {
            let undone = undoable(write.revisions_for_change(row.id).await?);
            let undone = undone.ok_or(Refused::NothingToUndo)?;
            taken_back = Some((undone.act, undone.at));
            Decision::Undo { before: Box::new(undone.before) }
        }
    };
    let tell = set(app, write, &row, decision, act_name, who).await?;
    let mut now = write.item_for_change(row.id).await?.context("find the item again")?;
    // Approved, or so again by an undo: the issue that is put together already has a place for it. An undo approves nothing
    // anew, and what was left for a later issue before still is.
    let approved = matches!(now.item.state, ItemState::Approved { .. }) && now.item.state != row.item.state;
    if approved && !(is_undo && is_left_out(app, write, row.id).await?) {
        edition::join(app, write, row.id, who.by).await?;
        now = write.item_for_change(row.id).await?.context("find the item again")?;
    }
    if let Some((act, at)) = taken_back {
        untell(app, write, &now, &act, at, who.by).await?;
    }
    if is_news {
        write.note_decision(row.id, app.clock.now()).await?;
    }
    if let Some(tell) = tell {
        let told = mails::tell(app, write, &now, &tell, who.by).await?;
        // A question that nobody gets would wait for ever.
        if !told && matches!(tell, Tell::Asked { .. }) {
            let why = unreachable(app, &now).await?.unwrap_or(Unreachable::NoContributor);
            return Err(NotDecided::NobodyToAsk(why));
        }
    }
    Ok(now)
}

/// Did an editor leave the item for a later issue than the open one?
async fn is_left_out(app: &App, write: &mut Write, item: i64) -> anyhow::Result<bool> {
    let open = write.open_draft(app.publication).await?;
    Ok(open.is_some_and(|issue| issue.arrangement.left_out.contains(&item)))
}

/// The transition itself, for everybody who has a transaction open.
pub(in crate::newsroom) async fn set(
    app: &App,
    write: &mut Write,
    row: &ItemRow,
    decision: Decision,
    act: &str,
    who: Who<'_>,
) -> Result<Option<moderation::Tell>, NotDecided> {
    let at = app.clock.now();
    let issue_open = match row.item.state.issue() {
        Some(issue) => write.issue_for_change(issue).await?.is_some_and(|issue| issue.state.is_open()),
        None => true,
    };
    let zone = app.config.publication.zone;
    let circumstances = Circumstances { by: who.by, at, zone, issue_open, nobody_told: is_nobodys(row) };
    let edits = matches!(decision, Decision::Edit(_) | Decision::Replace(_));
    let decided = moderation::decide(row.item.clone(), decision, circumstances)?;
    // What stands there already is not written again: a revision is a change.
    if edits && decided.item == row.item {
        return Ok(None);
    }
    if !write.change_item(row, &decided.item, who.by, who.channel, act, at).await? {
        let now = write.item_for_change(row.id).await?.ok_or(NotDecided::NoSuchItem)?;
        return Err(overtaken(write, now).await?);
    }
    // What is answered or decided is not reminded of, even where the reminder waits in the outbox.
    if act != REMIND
        && matches!(row.item.state, ItemState::Asked { .. })
        && decided.item.state != row.item.state
    {
        write.take_back_question_reminders(row.id, at).await?;
    }
    if let ItemState::Planned { issue, .. } = row.item.state
        && !matches!(decided.item.state, ItemState::Planned { .. })
    {
        write.take_out_of_draft(row.id).await?;
        edition::close_ranks(app, write, issue).await?;
    }
    Ok(decided.tell)
}

/// The contributor answered a question, or wrote again about an item. What the answer says of a photo's author is
/// proposed where nobody knows one.
pub(super) async fn answered(app: &App, write: &mut Write, item: i64, report: &Report) -> anyhow::Result<()> {
    let row = write.item_for_change(item).await?.context("find the item")?;
    let (asked, about_photos) = match &row.item.state {
        ItemState::Asked { question, .. } => (true, fold(question).contains("foto")),
        // Late, to a question that may have been about them.
        state if state.is_unanswered() => (true, true),
        // The thanks may have asked.
        ItemState::Pending => (false, true),
        _ => return Ok(()),
    };
    let writer = report.from.as_ref().and_then(|from| from.name.as_deref()).unwrap_or("");
    let said = credited(&report.text, about_photos).or_else(|| credited(&report.elided, false));
    let content = said.map(|said| row.item.content.with_credits(&said, writer));
    let content = content.filter(|content| *content != row.item.content).map(Box::new);
    if !asked && content.is_none() {
        return Ok(());
    }
    let who = Who { by: "", channel: "mail" };
    match set(app, write, &row, Decision::Answered { content }, ANSWERED, who).await {
        Ok(_) => Ok(()),
        Err(NotDecided::Failed(error)) => Err(error),
        // Nothing to settle any more; the reply is kept either way.
        Err(_) => Ok(()),
    }
}

async fn overtaken(write: &mut Write, row: ItemRow) -> anyhow::Result<NotDecided> {
    let last = last_of_somebody(write.revisions_for_change(row.id).await?);
    Ok(NotDecided::Overtaken { now: Box::new(row), last: last.map(Box::new) })
}

/// What was done last. What follows from a decision by itself, such as a place in the issue, is nobody's doing.
pub fn last_of_somebody(mut revisions: Vec<Revision>) -> Option<Revision> {
    revisions.retain(|revision| revision.act != PLAN && revision.act != REMIND);
    revisions.pop()
}

fn name(act: &Act) -> &'static str {
    match act {
        Act::Approve => "approve",
        Act::Ask { .. } => "ask",
        Act::Reject { .. } => "reject",
        Act::Postpone { .. } => "postpone",
        Act::Edit(_) | Act::Picture { .. } | Act::Restore { .. } => "edit",
        Act::Undo => "undo",
        Act::Withdraw => "withdraw",
    }
}

pub(super) fn no_such(list: &str, number: usize) -> Refused {
    let (field, why) = (format!("{list}.{number}"), "there is no such one");
    InvalidChange::Value { field, value: String::new(), why }.into()
}

/// What stood in an item at a revision; 1 is what was proposed. `None` where it never had that one.
pub fn content_at(revisions: &[Revision], revision: i64) -> Option<&ItemContent> {
    if let Some(made) = revisions.iter().find(|made| made.revision == revision) {
        return Some(&made.after.content);
    }
    revisions
        .first()
        .filter(|first| first.revision.checked_sub(1) == Some(revision))
        .map(|first| &first.before.content)
}

/// What was asked since the contributor last answered, in the order of asking; not what was taken back.
pub fn open_questions(revisions: &[Revision]) -> Vec<String> {
    let standing = standing(revisions.iter().map(|made| (made.revision, made.act.as_str())));
    let standing = revisions.iter().rev().filter(|made| standing.contains(&made.revision));
    let open = standing.take_while(|made| matches!(made.act.as_str(), "ask" | "edit" | UNANSWERED));
    let mut questions: Vec<String> = open
        .filter_map(|made| match &made.after.state {
            ItemState::Asked { question, .. } => Some(question.clone()),
            _ => None,
        })
        .collect();
    questions.reverse();
    questions.dedup();
    questions
}

/// Title and text as they are, where somebody changed what was proposed from the contributor's letter.
pub(super) fn edited(revisions: &[Revision], now: &ItemContent) -> Option<(String, String)> {
    let proposed = &revisions.first()?.before.content;
    let same = |one: &str, other: &str| one.split_whitespace().eq(other.split_whitespace());
    let edited = !same(&proposed.title, &now.title) || !same(&proposed.plain_text(), &now.plain_text());
    edited.then(|| (now.title.clone(), now.plain_text()))
}

/// The last decision that has not been undone yet; the item was as it was before it.
fn undoable(revisions: Vec<Revision>) -> Option<Revision> {
    let acts = revisions.iter().map(|revision| (revision.revision, revision.act.as_str()));
    let last = standing(acts).pop()?;
    revisions.into_iter().find(|revision| revision.revision == last)
}

/// The revisions of the decisions that stand, of acts in their order: an undo takes back the last of them. What is
/// planned goes back to before its approval: planning is the machine's doing. What came before an answer of the
/// contributor is not taken back any more: the answer would be lost with it.
pub fn standing<'a>(acts: impl Iterator<Item = (i64, &'a str)>) -> Vec<i64> {
    let mut standing = Vec::new();
    for (revision, act) in acts {
        match act {
            "undo" => {
                standing.pop();
            }
            ANSWERED => standing.clear(),
            act if is_decision(act) => standing.push(revision),
            _ => {}
        }
    }
    standing
}

/// What people did and an editor may take back; a withdrawal too, when the contributor thought better of it, and what
/// the end of waiting for an answer did.
fn is_decision(act: &str) -> bool {
    matches!(act, "approve" | "ask" | "reject" | "postpone" | "edit" | "withdraw" | UNANSWERED)
}

/// The edition after the one that is being made.
async fn next_edition(app: &App) -> anyhow::Result<Edition> {
    Ok(edition::being_made(app).await?.next())
}
