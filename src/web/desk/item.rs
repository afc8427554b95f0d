//! `/desk/item/ID`: an item with everything an editor needs to decide on it, and its pictures.
//!
//! Whatever button is pressed, what was typed is kept with it as one, if the item still is as it was shown; else
//! nothing is, and the page says who did what, with both texts. After a decision the next item that waits opens.

mod correct;
mod draft;
mod put;
mod to;
mod view;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Router, routing::get};
use issues::{Change, Confirmed, ItemContent, TEXT_CHARACTERS_MAX};
use serde::Deserialize;
use templates::desk::item::{self as page, Overtaken};
use templates::desk::verbs::QUESTIONS;
use templates::page::decide::Problem as Missing;

use super::said::said;
use super::senders::press;
use super::session::{Posted, SignedIn};
use crate::app::{App, SharedApp};
use crate::newsroom::moderate::{self, Act, NotDecided, Who};
use crate::newsroom::senders::Of;
use crate::newsroom::{drafts, photos};
use crate::store::ItemRow;
use crate::web::errors::Problem;
use crate::web::public::{picture, sha256_of};
use crate::web::reply::html;
use crate::web::typed::{Button, Form, Typed};
use crate::web::verdict::{already, missing};

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/desk/item/{id}", get(show).post(act))
        .route("/desk/item/{id}/photo/{file}", get(photo))
        .merge(correct::router())
        .merge(draft::router())
}

/// What was just done to which item.
#[derive(Deserialize)]
struct Wish {
    done: Option<String>,
    item: Option<String>,
    /// A question that is ready, to be shown ticked.
    open: Option<String>,
}

/// The item of a path.
async fn open(app: &App, id: &str) -> Result<ItemRow, Problem> {
    let id = id.parse().map_err(|_| Problem::NotFound)?;
    let row = app.store.item(id).await?.filter(|row| row.publication == app.publication);
    row.ok_or(Problem::NotFound)
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Path(id): Path<String>,
    Query(wish): Query<Wish>,
) -> Result<Response, Problem> {
    let row = open(&app, &id).await?;
    let mut view = view::of(&app, &signed, &row).await?;
    draft::put(&app, &signed, &row, &mut view).await?;
    if let Some(question) = wish.open.filter(|name| QUESTIONS.contains(&name.as_str())) {
        view.question.ready.push(question);
    }
    view.desk.said = said(&app, &signed, wish.done.as_deref(), wish.item.as_deref()).await?;
    Ok(html(StatusCode::OK, page::render(&view)))
}

/// A picture of the item as it is now, also one that is not public yet.
async fn photo(
    State(app): State<SharedApp>,
    _signed: SignedIn,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let row = open(&app, &id).await?;
    let sha256 = sha256_of(&file).ok_or(Problem::NotFound)?;
    if !row.item.content.photos.iter().any(|photo| photo.sha256 == sha256) {
        return Err(Problem::NotFound);
    }
    picture(&app, sha256, &headers).await
}

async fn act(
    State(app): State<SharedApp>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Problem> {
    let Posted { signed, fields } = posted;
    let row = open(&app, &id).await?;
    let unread = || Problem::Refused(StatusCode::BAD_REQUEST);
    let typed = Typed::read(&fields, Form::Desk).ok_or_else(unread)?;
    if let Some(act) = to::of_sender(&typed.button) {
        // Whatever became of the item meanwhile: it is about who sent it.
        press(&app, Of::Item(row.id), act, signed.editor.shown()).await?;
    }
    let revisions = app.store.revisions(row.id).await?;
    let base = drafts::base(&row, &revisions, typed.revision);
    let changes = changes(&app, &typed, base);
    if let Some(number) = contradicts(&typed, base, &changes) {
        let problems = vec![Missing::DayUnchosen(number)];
        return refused(&app, &signed, &row, &typed, &changes, StatusCode::UNPROCESSABLE_ENTITY, problems)
            .await;
    }
    let who = Who { by: signed.editor.shown(), channel: "desk" };
    if typed.button == Button::Approve {
        let unseen = unseen(&app, &typed, base, &changes, who);
        if !unseen.is_empty() {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return refused(&app, &signed, &row, &typed, &changes, status, unseen).await;
        }
    }
    let decision = typed.act(app.config.publication.language);
    let decides = decision.is_some();
    let is_told = decision.as_ref().is_some_and(moderate::is_told);
    let decided = match &typed.button {
        Button::Turn(number) | Button::Frame(number) => {
            let now = base.photos.get(*number).map(photos::framing_of).unwrap_or_default();
            let framing = match &typed.button {
                Button::Turn(_) => now.turned(),
                _ => issues::Framing { turn: now.turn, ..typed.framing(*number).ok_or_else(unread)? },
            };
            photos::frame(&app, &row, typed.revision, changes.clone(), (*number, framing), who).await
        }
        button => {
            let mut changes = changes.clone();
            let mut acts = Vec::new();
            let named = |field: String| Change { field, value: String::new() };
            match button {
                Button::Confirm(which) => changes.push(named(format!("{which}.confirm"))),
                Button::Reword(number) => {
                    changes.push(Change { field: format!("events.{number}.reword"), value: "1".to_owned() })
                }
                Button::First(number) => changes.push(named(format!("photos.{number}.first"))),
                Button::Remove(number) => changes.push(named(format!("photos.{number}.remove"))),
                Button::Set { all } => {
                    let own = app.config.publication.language.code();
                    typed.set(*all, base, &mut changes, base.language.as_deref().unwrap_or(own));
                }
                Button::Restore(0) => {
                    changes.retain(|change| change.field != "text");
                    let text = view::letter(&app, &row).await?.map(|letter| letter.text).unwrap_or_default();
                    // A letter that is longer than a text may be is not cut where it stands whole.
                    if base.marked || text.trim() != base.text.trim() {
                        let value = text.chars().take(TEXT_CHARACTERS_MAX).collect();
                        changes.push(Change { field: "plain_text".to_owned(), value });
                    }
                }
                _ => {}
            }
            if !changes.is_empty() {
                acts.push(Act::Edit(changes));
            }
            if let Button::Restore(revision @ 1..) = *button {
                acts.push(Act::Restore { revision });
            }
            acts.extend(decision);
            moderate::decide_in_turn(&app, row.id, Some(typed.revision), acts, who).await
        }
    };
    if let Ok(now) = &decided {
        drafts::drop(&app, row.id, signed.editor.id).await?;
        // Words for the contributor go with a verb; any other button leaves them to be gone on with.
        let words: Vec<Change> = if decides { Vec::new() } else { draft::words(&fields).collect() };
        if !words.is_empty() {
            drafts::keep(&app, row.id, signed.editor.id, now.revision, Some(&words), true).await?;
        }
    }
    match decided {
        Ok(now) if is_told => {
            let quiet = moderate::unreachable(&app, &now).await?.is_some();
            Ok(Redirect::to(&to::after(&app, &now, &typed.button, quiet).await?).into_response())
        }
        Ok(now) => {
            let done = if now.revision == row.revision { to::SAME } else { to::EDIT };
            Ok(Redirect::to(&to::saved(&now, &typed.button, done)).into_response())
        }
        Err(NotDecided::NoSuchItem) => Err(Problem::NotFound),
        Err(NotDecided::Failed(error)) => Err(error.into()),
        Err(NotDecided::Overtaken { now, last }) => {
            let mut view = view::of(&app, &signed, &now).await?;
            let clashes = put::overtaken(&mut view, base, &now.item.content, &changes);
            view.question.clone_from(&typed.question);
            view.reason.clone_from(&typed.reason);
            if view.settled.is_some() {
                view.lost = put::lost(&now.item.content, &changes);
            }
            let clashes = if view.settled.is_some() { Vec::new() } else { clashes };
            view.overtaken = Some(Overtaken { outcome: already(&app, &now, last.as_deref()), clashes });
            Ok(html(StatusCode::CONFLICT, page::render(&view)))
        }
        Err(NotDecided::NobodyToAsk(_)) => {
            let problems = vec![Missing::NobodyToAsk];
            refused(&app, &signed, &row, &typed, &changes, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(NotDecided::Refused(why)) => {
            let (status, problems) = match missing(&why, &typed, &row) {
                Some(problems) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
                None => (StatusCode::CONFLICT, vec![Missing::Already]),
            };
            refused(&app, &signed, &row, &typed, &changes, status, problems).await
        }
    }
}

/// The page again, with what was typed and what is wrong with it.
async fn refused(
    app: &App,
    signed: &SignedIn,
    row: &ItemRow,
    typed: &Typed,
    changes: &[Change],
    status: StatusCode,
    problems: Vec<Missing>,
) -> Result<Response, Problem> {
    let mut view = view::of(app, signed, row).await?;
    if view.settled.is_some() {
        view.lost = put::lost(&row.item.content, changes);
        return Ok(html(status, page::render(&view)));
    }
    put::typed(&mut view, changes);
    let by = Confirmed { by: signed.editor.shown().to_owned(), at: app.clock.now() };
    if let Ok(content) = row.item.content.changed_by(changes, &by, app.config.publication.zone) {
        view::left(&mut view.events, &content);
    }
    view.question.clone_from(&typed.question);
    view.reason.clone_from(&typed.reason);
    view.problems = problems;
    Ok(html(status, page::render(&view)))
}

/// What differs from what was shown. The first section is also the one of an item that names none.
fn changes(app: &App, typed: &Typed, base: &ItemContent) -> Vec<Change> {
    let sections = &app.config.publication.sections;
    let known = |value: &str| sections.iter().any(|section| section.id == value);
    let first = |value: &str| sections.first().is_some_and(|section| section.id == value);
    let mut changes = typed.changes(base);
    changes.retain(|Change { field, value }| {
        field != "section" || known(value) && !(base.section.is_empty() && first(value))
    });
    changes
}

/// Events whose words in the text say another time since this very change: who approves it must have seen that.
fn unseen(app: &App, typed: &Typed, base: &ItemContent, changes: &[Change], who: Who<'_>) -> Vec<Missing> {
    let by = Confirmed { by: who.by.to_owned(), at: app.clock.now() };
    let Ok(content) = base.changed_by(changes, &by, app.config.publication.zone) else { return Vec::new() };
    let numbers = 0..content.events.len().min(base.events.len());
    let unseen = numbers.filter(|number| content.wording(*number).is_some() && !typed.leaves(*number));
    unseen.map(Missing::WordsLeft).collect()
}

/// The number of the event that somebody would call right without choosing its day.
fn contradicts(typed: &Typed, base: &ItemContent, changes: &[Change]) -> Option<usize> {
    let Button::Confirm(which) = &typed.button else { return None };
    let number: usize = which.strip_prefix("events.")?.parse().ok()?;
    let changed = base.changed(changes).ok()?;
    (!changed.events.get(number)?.contradiction().is_empty()).then_some(number)
}
