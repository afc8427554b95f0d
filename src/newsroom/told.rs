//! Editors are told what others decided about items of which they had a notice, each under her own notice.
//!
//! A decision waits a little while, so that one that is taken back at once, or taken twice, makes one mail or none. When
//! much is decided in an hour, one mail tells of the rest.

use std::collections::HashMap;

use chrono::TimeDelta;
use issues::ItemState;
use subscribers::Purpose;
use templates::email;
use templates::email::decided::{Told, What};
use templates::text::text;

use super::mail::{About, Outgoing, queue};
use super::mails::to_editor;
use super::moderate::{Act, UNANSWERED};
use super::view;
use crate::app::App;
use crate::outbound::message::Thread;
use crate::store::{Editor, ItemRow, MailKind, Noticed, Revision, Write, address_hash};

/// How long a decision may still change before it is told of.
const SETTLES_IN: TimeDelta = TimeDelta::minutes(2);
/// One that is changed for ever is told of after this.
const SETTLES_AT_LAST: TimeDelta = TimeDelta::minutes(20);
/// Decisions in an hour that an editor is told of one by one.
const MAILS_PER_HOUR_MAX: usize = 10;
/// So few that are late, such as after a night without power, are told of one by one.
const LATE_ALONE_MAX: usize = 3;
const COUNTED_OVER: TimeDelta = TimeDelta::hours(1);

/// Do other editors want to know of such an act?
pub(super) fn is_news(act: &Act) -> bool {
    match act {
        Act::Approve
        | Act::Ask { .. }
        | Act::Reject { .. }
        | Act::Postpone { .. }
        | Act::Undo
        | Act::Withdraw => true,
        Act::Edit(_) | Act::Picture { .. } | Act::Restore { .. } => false,
    }
}

/// Tells of the decisions that have settled.
///
/// # Errors
/// The database fails.
pub async fn step(app: &App) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut due = app.store.untold_decisions(app.publication).await?;
    due.retain(|untold| untold.at <= now - SETTLES_IN || untold.since <= now - SETTLES_AT_LAST);
    if due.is_empty() {
        return Ok(false);
    }
    let mut write = app.store.write().await?;
    let told = write.count_told(app.publication, now - COUNTED_OVER).await?;
    // What found no room waits until the hour is over, and then goes together.
    let late = due.iter().filter(|untold| untold.since <= now - COUNTED_OVER).count();
    let together = if late > LATE_ALONE_MAX { late } else { 0 };
    // The oldest stand first.
    let mut alone = due.split_off(together);
    let together = due;
    alone.truncate(MAILS_PER_HOUR_MAX.saturating_sub(told));
    if alone.is_empty() && together.is_empty() {
        return Ok(false);
    }
    let editors = app.store.editors(app.publication).await?;
    let mut lists: HashMap<i64, Vec<Told>> = HashMap::new();
    for (number, untold) in alone.iter().chain(&together).enumerate() {
        // Another daemon may have been faster.
        if !write.take_untold_decision(untold).await? {
            continue;
        }
        // Only read: who decides holds the item, and then waits for what was just taken.
        let Some(row) = write.item(untold.item).await? else { continue };
        let revisions = write.revisions_for_change(row.id).await?;
        for editor in &editors {
            let notices = write.noticed(row.id, &address_hash(&editor.address)).await?;
            let Some(told) = news(app, editor, &row, &revisions, &notices) else { continue };
            if number < alone.len() {
                mail(app, &mut write, editor, &row, &notices, told).await?;
            } else {
                lists.entry(editor.id).or_default().push(told);
            }
        }
    }
    for editor in &editors {
        let Some(decided) = lists.remove(&editor.id) else { continue };
        let email = email::decided::render_many(&email::decided::Many {
            frame: view::frame(app, editor.language),
            decided,
            url: app.paths().desk("/decisions"),
        });
        queue(app, &mut write, to_editor(MailKind::MoreDecided, &editor.address, editor.language, email))
            .await?;
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(true)
}

/// What an editor does not know yet; `None` where she had no notice, decided herself, or it is again as she knows it.
fn news(
    app: &App,
    editor: &Editor,
    row: &ItemRow,
    revisions: &[Revision],
    notices: &[Noticed],
) -> Option<Told> {
    notices.iter().find(|mail| mail.is_notice)?;
    let known = notices.iter().filter_map(|mail| mail.revision).max()?;
    let last = revisions.iter().rev().find(|revision| what(revision, editor).is_some())?;
    if last.revision <= known || last.by == editor.shown() {
        return None;
    }
    let was =
        revisions.iter().rev().find(|revision| revision.revision <= known).map(|made| &made.after.state);
    let was = was.or(revisions.first().map(|first| &first.before.state))?;
    if was.essence() == last.after.state.essence() {
        return None;
    }
    Some(Told {
        title: row.item.content.title.clone(),
        what: what(last, editor)?,
        by: last.by.clone(),
        at: view::local(app, last.at),
        channel: last.channel.clone(),
    })
}

/// A decision in the words of the editor's language; `None` for what is none.
fn what(revision: &Revision, editor: &Editor) -> Option<What> {
    let state = &revision.after.state;
    Some(match (revision.act.as_str(), state) {
        ("approve", _) => What::Approved,
        ("ask", ItemState::Asked { question, .. }) => What::Asked { question: question.clone() },
        ("postpone", _) => What::Postponed,
        ("reject", ItemState::Rejected { reason, .. }) => What::Rejected { reason: reason.clone() },
        ("withdraw", _) => What::Withdrawn,
        (UNANSWERED, _) => What::Unanswered,
        ("undo", _) => What::Undone { state: text(editor.language).states.of(state) },
        _ => return None,
    })
}

async fn mail(
    app: &App,
    write: &mut Write,
    editor: &Editor,
    row: &ItemRow,
    notices: &[Noticed],
    decided: Told,
) -> anyhow::Result<()> {
    let Some(first) = notices.iter().find(|mail| mail.is_notice) else { return Ok(()) };
    let token = app.token(Purpose::Decide, first.public_id);
    let email = email::decided::render(&email::decided::View {
        frame: view::frame(app, editor.language),
        decided,
        url: view::paths(app).decide(token.as_str()),
    });
    let thread =
        Thread { in_reply_to: Some(first.message_id.clone()), references: vec![first.message_id.clone()] };
    let about = About { item: Some(row.id), item_revision: Some(row.revision), ..About::default() };
    let outgoing = to_editor(MailKind::Decided, &editor.address, editor.language, email);
    queue(app, write, Outgoing { thread, about, ..outgoing }).await?;
    Ok(())
}
