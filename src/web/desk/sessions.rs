//! `/desk/sessions`: where an editor is signed in, and ending one of them.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Router, routing::get};
use serde::Deserialize;
use templates::desk::sessions::{Session, View};
use templates::text::text;

use super::room::{desk, local};
use super::session::{Posted, SignedIn};
use crate::app::SharedApp;
use crate::web::errors::Problem;
use crate::web::reply::page;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/sessions", get(show).post(end))
}

#[derive(Deserialize)]
struct Done {
    /// Set by the redirect after something was done.
    done: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let rows = app.store.sessions(signed.editor.id, app.clock.now()).await?;
    let sessions = rows
        .into_iter()
        .map(|row| Session {
            id: row.id,
            began_at: local(&app, row.began_at),
            ends_at: local(&app, row.ends_at),
            here: row.id == signed.session.id,
            browser: row.browser,
        })
        .collect();
    let mut desk = desk(&app, &signed).await?;
    if done.done.is_some() {
        desk.said = Some(text(signed.editor.language).room.session_ended.to_owned());
    }
    Ok(page(templates::desk::sessions::render(&View { desk, sessions })))
}

async fn end(State(app): State<SharedApp>, posted: Posted) -> Result<Response, Problem> {
    let session = posted.fields.get("session").and_then(|session| session.parse().ok());
    let session = session.ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    let mut write = app.store.write().await?;
    write.end_session(posted.signed.editor.id, session).await?;
    write.commit().await?;
    Ok(Redirect::to("/desk/sessions?done=ended").into_response())
}
