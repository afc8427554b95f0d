//! What was just done, said on the page that a form leads to: the query names the act and the item by a word and a
//! number, the words come from our tables.

use templates::text::{States, shorten, text};

use super::session::SignedIn;
use crate::app::App;
use crate::newsroom::senders::{self, Of, Taken};

/// After the name of an act: nobody was mailed.
pub const QUIETLY: &str = "-quietly";
const TITLE_CHARACTERS_MAX: usize = 80;

/// `None` for an act or an item that there is not.
///
/// # Errors
/// The database fails.
pub async fn said(
    app: &App,
    signed: &SignedIn,
    act: Option<&str>,
    item: Option<&str>,
) -> anyhow::Result<Option<String>> {
    let (Some(act), Some(id)) = (act, item.and_then(|item| item.parse().ok())) else { return Ok(None) };
    let Some(row) = app.store.item(id).await?.filter(|row| row.publication == app.publication) else {
        return Ok(None);
    };
    let words = text(signed.editor.language);
    let title = shorten(row.item.content.title.trim(), TITLE_CHARACTERS_MAX);
    let title = if title.is_empty() { words.queue.untitled.to_owned() } else { title };
    // A decision that the contributor is not told of says so.
    if let Some(state) = act.strip_suffix(QUIETLY).and_then(|act| state(&words.states, act)) {
        return Ok(Some((words.desk.said_quietly)(&title, state)));
    }
    let said = match act {
        "block" | "unblock" => {
            return Ok(match (act, senders::taken(app, Of::Item(id)).await?) {
                ("block", Taken::Blocked(_)) => Some(words.senders.said_blocked.to_owned()),
                ("unblock", Taken::In) => Some(words.senders.said_unblocked.to_owned()),
                _ => None,
            });
        }
        "approve" => words.desk.said_approved,
        "ask" => words.desk.said_asked,
        "postpone" => words.desk.said_postponed,
        "reject" => words.desk.said_rejected,
        "edit" => words.desk.said_changed,
        "same" => words.item_fields.same,
        "undo" => words.queue.said_undone,
        "correct" => words.corrections.said,
        _ => return Ok(None),
    };
    Ok(Some(said(&title)))
}

fn state(states: &States, act: &str) -> Option<&'static str> {
    match act {
        "approve" => Some(states.approved),
        "postpone" => Some(states.postponed),
        "reject" => Some(states.rejected),
        _ => None,
    }
}
