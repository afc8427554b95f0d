//! `/desk/issues`: all issues with their states.

use axum::extract::State;
use axum::response::Response;
use axum::{Router, routing::get};
use issues::IssueState;
use templates::desk::issues::{Line, State as Word, View};

use super::head;
use crate::app::{App, SharedApp};
use crate::web::desk::room::desk;
use crate::web::desk::session::SignedIn;
use crate::web::errors::Problem;
use crate::web::reply::page;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/issues", get(show))
}

async fn show(State(app): State<SharedApp>, signed: SignedIn) -> Result<Response, Problem> {
    let rows = app.store.issues(app.publication, "").await?;
    let mut issues = Vec::with_capacity(rows.len());
    for row in rows.into_iter().rev() {
        let items = app.store.issue_items(row.id).await?.len();
        issues.push(Line {
            head: head(&row),
            state: word(&row.state),
            title: row.title,
            items,
            readers: row.audience.and_then(|readers| usize::try_from(readers).ok()),
        });
    }
    Ok(page(templates::desk::issues::render(&View { desk: desk(&app, &signed).await?, issues })))
}

/// The page of the issue before there is one.
pub async fn none(app: &App, signed: &SignedIn) -> Result<Response, Problem> {
    Ok(page(templates::desk::issues::render_none(&desk(app, signed).await?)))
}

fn word(state: &IssueState) -> Word {
    match state {
        IssueState::Draft => Word::Draft,
        IssueState::Ready => Word::Ready,
        IssueState::Held { .. } => Word::Held,
        IssueState::Approved { .. } => Word::Approved,
        IssueState::Sending { .. } => Word::Sending,
        IssueState::Paused { .. } => Word::Paused,
        IssueState::Sent { .. } => Word::Sent,
        IssueState::Stopped { .. } => Word::Stopped,
    }
}
