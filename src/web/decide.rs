//! `/decide/TOKEN`: an editor decides on an item by the signed link of a notice, in her own language and name.
//!
//! Looking changes nothing. What is sent is one whole: the edited fields and the decision are kept together, and only
//! if the item still is as it was shown; else nothing is, and the page says who decided what. What was typed is never
//! lost: it comes back in the form.

pub(super) mod form;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::{Language, Purpose};
use templates::page;
use templates::page::decide::Problem as Missing;
use templates::page::decided::Outcome;

use super::errors::Problem;
use super::fields::Fields;
use super::link;
use super::public::{picture, sha256_of};
use super::reply::{html, page as reply};
use super::typed::{Form, Typed};
use super::verdict::{already, missing, outcome};
use crate::app::{App, SharedApp};
use crate::newsroom::moderate::{self, Act, NotDecided, Who};
use crate::newsroom::view;
use crate::store::{Editor, ItemRow, address_hash};

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
    let typed = Typed::read(&fields, Form::Link).ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    let mut acts = Vec::new();
    let changes = typed.changes(&row.item.content);
    if !changes.is_empty() {
        acts.push(Act::Edit(changes));
    }
    let act = typed.act(app.config.publication.language).ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
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
            if typed.changes(&now.item.content).is_empty() && !typed.has_words() {
                return Ok(said(&app, StatusCode::CONFLICT, language, &now, outcome, token));
            }
            let mut view = form::view(&app, &now, token, language).await?;
            form::put(&mut view, &typed, &now.item.content);
            view.overtaken = Some(outcome);
            Ok(html(StatusCode::CONFLICT, page::decide::render(&view)))
        }
        Err(NotDecided::NobodyToAsk(_)) => {
            let mut view = form::view(&app, row, token, language).await?;
            form::put(&mut view, &typed, &row.item.content);
            view.problems = vec![Missing::NobodyToAsk];
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page::decide::render(&view)))
        }
        Err(NotDecided::Refused(refused)) => match missing(&refused, &typed, row) {
            Some(problems) => {
                let mut view = form::view(&app, row, token, language).await?;
                form::put(&mut view, &typed, &row.item.content);
                view.problems = problems;
                Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page::decide::render(&view)))
            }
            None => {
                let last = moderate::last_of_somebody(app.store.revisions(row.id).await?);
                let outcome = already(&app, row, last.as_ref());
                Ok(said(&app, StatusCode::CONFLICT, language, row, outcome, token))
            }
        },
        Err(NotDecided::Failed(error)) => Err(error.into()),
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
