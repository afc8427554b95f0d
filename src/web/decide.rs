//! `/decide/TOKEN`: an editor decides on an item by the signed link of a notice, in her own language and name.
//!
//! Looking changes nothing. What is sent is one whole: the edited fields and the decision are kept together, and only
//! if the item still is as it was shown; else nothing is, and the page says who decided what. What was typed is never
//! lost: it comes back in the form.

mod form;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::{Router, routing::get};
use issues::ItemState;
use issues::moderation::Refused;
use subscribers::{Language, Purpose};
use templates::page;
use templates::page::decide::Problem as Missing;
use templates::page::decided::{Decided, Outcome};

use self::form::Typed;
use super::errors::Problem;
use super::fields::Fields;
use super::link;
use super::public::{picture, sha256_of};
use super::reply::{html, page as reply};
use crate::app::{App, SharedApp};
use crate::newsroom::moderate::{self, Act, NotDecided, Who};
use crate::newsroom::view;
use crate::store::{Editor, ItemRow, Revision, address_hash};

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/decide/{token}", get(show).post(decide))
        .route("/decide/{token}/photo/{file}", get(photo))
}

/// What a link opens: an item, for one editor.
struct Asked {
    row: ItemRow,
    editor: Editor,
}

/// The link names the notice that brought it; the notice names the item and the editor. One who is no editor any more
/// decides nothing.
async fn open(app: &App, token: &str) -> Result<Asked, Problem> {
    let notice = app.store.mail_of_token(link::open(app, token, Purpose::Decide)?).await?;
    let notice = notice.ok_or(Problem::Forged)?;
    let editors = app.store.editors(app.publication).await?;
    let is_theirs = |editor: &Editor| address_hash(&editor.address) == notice.recipient_hash;
    let editor = editors.into_iter().find(is_theirs).ok_or(Problem::Forged)?;
    let row = match notice.item {
        Some(item) => app.store.item(item).await?,
        None => None,
    };
    Ok(Asked { row: row.ok_or(Problem::Forged)?, editor })
}

async fn show(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let Asked { row, editor } = open(&app, &token).await?;
    let view = form::view(&app, &row, token, editor.language).await?;
    Ok(reply(page::decide::render(&view)))
}

/// A photo of the item, for its editor; not yet public.
async fn photo(
    State(app): State<SharedApp>,
    Path((token, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Asked { row, .. } = open(&app, &token).await?;
    let sha256 = sha256_of(&file).ok_or(Problem::NotFound)?;
    if !row.item.content.photos.iter().any(|photo| photo.sha256 == sha256) {
        return Err(Problem::NotFound);
    }
    picture(&app, sha256, &headers).await
}

async fn decide(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let asked = open(&app, &token).await?;
    let (row, language) = (&asked.row, asked.editor.language);
    let typed = Typed::read(&fields).ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    let mut acts = Vec::new();
    let changes = typed.changes(&row.item.content);
    if !changes.is_empty() {
        acts.push(Act::Edit(changes));
    }
    let act = typed.act();
    let told = moderate::is_told(&act);
    acts.push(act);
    let who = Who { by: asked.editor.shown(), channel: "link" };
    let decided = moderate::decide_in_turn(&app, row.id, Some(typed.revision), acts, who).await;
    match decided {
        Ok(row) => {
            let quietly = told && moderate::unreachable(&app, &row).await?.is_some();
            let decided = outcome(&row.item.state);
            let outcome = if quietly { Outcome::Quietly(decided) } else { Outcome::Done(decided) };
            Ok(said(&app, StatusCode::OK, language, &row, outcome, token))
        }
        Err(NotDecided::NoSuchItem) => Err(Problem::Forged),
        Err(NotDecided::Overtaken { now, last }) => {
            let outcome = already(&app, &now, last.as_deref());
            if typed.changes(&now.item.content).is_empty() && typed.words().trim().is_empty() {
                return Ok(said(&app, StatusCode::CONFLICT, language, &now, outcome, token));
            }
            let mut view = form::view(&app, &now, token, language).await?;
            typed.put_into(&mut view);
            view.overtaken = Some(outcome);
            Ok(html(StatusCode::CONFLICT, page::decide::render(&view)))
        }
        Err(NotDecided::NobodyToAsk(_)) => {
            let mut view = form::view(&app, row, token, language).await?;
            typed.put_into(&mut view);
            view.problems = vec![Missing::NobodyToAsk];
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page::decide::render(&view)))
        }
        Err(NotDecided::Refused(refused)) => match missing(&refused, &typed, row) {
            Some(problems) => {
                let mut view = form::view(&app, row, token, language).await?;
                typed.put_into(&mut view);
                view.problems = problems;
                Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page::decide::render(&view)))
            }
            None => {
                let last = app.store.revisions(row.id).await?.pop();
                let outcome = already(&app, row, last.as_ref());
                Ok(said(&app, StatusCode::CONFLICT, language, row, outcome, token))
            }
        },
        Err(NotDecided::Failed(error)) => Err(error.into()),
    }
}

/// What the editor can mend in the form; `None` where the item cannot be changed so any more.
fn missing(refused: &Refused, typed: &Typed, row: &ItemRow) -> Option<Vec<Missing>> {
    match refused {
        Refused::Lacking(lacking) => Some(lacking.iter().map(form::lacking).collect()),
        Refused::NoWords(_) => Some(vec![typed.words_missing()]),
        Refused::TooLong => Some(vec![typed.words_too_long()]),
        Refused::Change(_) => Some(typed.too_long(&row.item.content)),
        Refused::Settled(_) | Refused::Already(_) | Refused::NothingToUndo => None,
    }
}

fn said(
    app: &App,
    status: StatusCode,
    language: Language,
    row: &ItemRow,
    outcome: Outcome,
    token: String,
) -> Response {
    let title = row.item.content.title.clone();
    let view = page::decided::View { frame: view::frame(app, language), title, outcome, token: Some(token) };
    html(status, page::decided::render(&view))
}

/// How somebody else's decision is told: by the state it led to.
fn already(app: &App, row: &ItemRow, last: Option<&Revision>) -> Outcome {
    let local =
        |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&app.config.publication.zone).naive_local();
    match last {
        Some(last) => Outcome::Already {
            decided: if last.act == "edit" { Decided::Changed } else { outcome(&row.item.state) },
            by: last.by.clone(),
            at: local(last.at),
        },
        None => Outcome::Already {
            decided: outcome(&row.item.state),
            by: String::new(),
            at: local(row.changed_at),
        },
    }
}

fn outcome(state: &ItemState) -> Decided {
    match state {
        ItemState::Approved { .. } | ItemState::Planned { .. } => Decided::Approved,
        ItemState::Asked { .. } => Decided::Asked,
        ItemState::Postponed { .. } => Decided::Postponed,
        ItemState::Rejected { .. } => Decided::Rejected,
        ItemState::Pending
        | ItemState::Published { .. }
        | ItemState::Merged { .. }
        | ItemState::Withdrawn { .. } => Decided::Changed,
    }
}
