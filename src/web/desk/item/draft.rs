//! `/desk/item/ID/draft`: what an editor is typing, sent by the page's script every few seconds with `typed` = `1`, or
//! without that only to say that she is there. The answer is a line for her eyes. `do` = `drop` forgets what was typed.
//! Without scripts there are no drafts, and nobody is said to look.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Router, routing::post};
use issues::Change;
use templates::desk::item::{Overtaken, View};
use templates::desk::verbs::Words;
use templates::text::{date, text};

use super::{changes, open, put as fields, view};
use crate::app::{App, SharedApp};
use crate::newsroom::{drafts, moderate};
use crate::store::ItemRow;
use crate::web::desk::room::local;
use crate::web::desk::session::{Posted, SignedIn};
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::typed::{Form, Typed};
use crate::web::verdict::already;

/// A longer text is not kept as a draft; it can be saved all the same.
const OCTETS_MAX: usize = 200_000;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/item/{id}/draft", post(keep))
}

async fn keep(
    State(app): State<SharedApp>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Problem> {
    let Posted { signed, fields } = posted;
    let row = open(&app, &id).await?;
    if fields.get("do") == Some("drop") {
        drafts::drop(&app, row.id, signed.editor.id).await?;
        return Ok(Redirect::to(&format!("/desk/item/{}", row.id)).into_response());
    }
    if fields.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > OCTETS_MAX {
        return Err(Problem::Refused(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let typed = Typed::read(&fields, Form::Desk).ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    // What is settled is nobody's to type in.
    if view::settled(&app, &row.item).await?.is_some() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let revisions = app.store.revisions(row.id).await?;
    let mut changed = changes(&app, &typed, drafts::base(&row, &revisions, typed.revision));
    changed.extend(words(&fields));
    let typing = (fields.get("typed") == Some("1")).then_some(changed.as_slice());
    let last = fields.get("last") == Some("1");
    if !drafts::keep(&app, row.id, signed.editor.id, typed.revision, typing, last).await? {
        return Err(Problem::TooMany);
    }
    if typing.is_none_or(<[_]>::is_empty) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let language = signed.editor.language;
    let at = date::at(language, local(&app, app.clock.now()), app.today());
    let said = (text(language).drafts.saved)(&at);
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], said).into_response())
}

/// What is typed and ticked for the contributor.
pub fn words(fields: &Fields) -> impl Iterator<Item = Change> {
    let words =
        fields.iter().filter(|(name, value)| drafts::WORDS.contains(name) && !value.trim().is_empty());
    words.map(|(name, value)| Change { field: name.to_owned(), value: value.replace("\r\n", "\n") })
}

/// The words of a draft, of the verb with these fields.
fn words_of(kept: &[Change], own: &str, ready: &str) -> Words {
    let of = |field: &str| -> Vec<String> {
        let of_field = kept.iter().filter(|change| change.field == field);
        of_field.map(|change| change.value.clone()).collect()
    };
    Words { own: of(own).pop().unwrap_or_default(), ready: of(ready) }
}

/// Puts what she typed before into the fields. Where the item has changed meanwhile, both texts are shown.
pub async fn put(app: &App, signed: &SignedIn, row: &ItemRow, view: &mut View) -> Result<(), Problem> {
    if view.settled.is_some() {
        return Ok(());
    }
    let Some(draft) = drafts::of(app, row, signed.editor.id).await? else { return Ok(()) };
    view.draft = Some(local(app, draft.saved_at));
    let (changes, words) = drafts::split(&draft.changes);
    view.question = words_of(&words, "question", "ready_question");
    view.reason = words_of(&words, "reason", "ready_reason");
    if draft.revision == row.revision {
        fields::typed(view, &changes);
        return Ok(());
    }
    let revisions = app.store.revisions(row.id).await?;
    let base = drafts::base(row, &revisions, draft.revision);
    let clashes = fields::overtaken(view, base, &row.item.content, &changes);
    if !clashes.is_empty() {
        let last = moderate::last_of_somebody(revisions);
        view.overtaken = Some(Overtaken { outcome: already(app, row, last.as_ref()), clashes });
    }
    Ok(())
}
