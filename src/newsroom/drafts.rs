//! What an editor is typing on the page of an item, kept until she saves, decides or drops it; and who is at which item.
//! Neither binds anybody: a draft is no change of the item, and others may decide meanwhile.

use chrono::TimeDelta;
use issues::Change;

use super::moderate;
use crate::app::App;
use crate::store::{Draft, ItemRow, NewDraft, Revision};

/// Somebody is at an item for so long after her page last said so.
pub const WATCHES: TimeDelta = TimeDelta::minutes(3);
/// How long a draft is kept after its page was closed.
pub const KEPT: TimeDelta = TimeDelta::days(14);
/// A page speaks every few seconds; what comes faster is no page of ours.
const NOT_SOONER: TimeDelta = TimeDelta::seconds(1);

/// Words that are typed for the contributor, kept beside the changes of the item.
pub const WORDS: [&str; 4] = ["question", "ready_question", "reason", "ready_reason"];

/// What of a draft changes the item, and the words for the contributor.
pub fn split(changes: &[Change]) -> (Vec<Change>, Vec<Change>) {
    changes.iter().cloned().partition(|change| !WORDS.contains(&change.field.as_str()))
}

/// Keeps what she changed, or only that she is there; `false` when that was too soon. A page that is being left
/// (`last`) is always heard: it does not come back.
///
/// # Errors
/// The database fails.
pub async fn keep(
    app: &App,
    item: i64,
    editor: i64,
    revision: i64,
    changes: Option<&[Change]>,
    last: bool,
) -> anyhow::Result<bool> {
    let at = app.clock.now();
    let mut write = app.store.write().await?;
    let new =
        NewDraft { item, editor, revision, changes, at, not_since: if last { at } else { at - NOT_SOONER } };
    let kept = write.keep_draft(&new).await?;
    write.commit().await?;
    Ok(kept)
}

/// # Errors
/// The database fails.
pub async fn drop(app: &App, item: i64, editor: i64) -> anyhow::Result<()> {
    let mut write = app.store.write().await?;
    write.drop_draft(item, editor).await?;
    write.commit().await
}

/// What she typed that the item does not say already.
///
/// # Errors
/// The database fails.
pub async fn of(app: &App, row: &ItemRow, editor: i64) -> anyhow::Result<Option<Draft>> {
    let draft = app.store.draft(row.id, editor).await?;
    let content = &row.item.content;
    // A page may have spoken just before it was saved.
    let is_said = |draft: &Draft| {
        let (changes, words) = split(&draft.changes);
        words.is_empty() && content.changed(&changes).is_ok_and(|changed| changed == *content)
    };
    Ok(draft.filter(|draft| !is_said(draft)))
}

/// What her page showed when she began to type.
pub fn base<'a>(row: &'a ItemRow, revisions: &'a [Revision], revision: i64) -> &'a issues::ItemContent {
    if revision == row.revision {
        return &row.item.content;
    }
    moderate::content_at(revisions, revision).unwrap_or(&row.item.content)
}

/// Items and the other editors who are at them.
///
/// # Errors
/// The database fails.
pub async fn watching(app: &App, but: i64) -> anyhow::Result<Vec<(i64, String)>> {
    app.store.watching(app.publication, but, app.clock.now() - WATCHES).await
}
