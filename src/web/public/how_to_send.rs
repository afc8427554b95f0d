//! `/how-to-send`: how to send news, and until when for the next issue.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use issues::calendar::{Job, sending_of};
use templates::page;
use templates::page::how_to_send::Next;

use crate::app::{App, SharedApp};
use crate::newsroom::edition::{assembles_at, being_made};
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/how-to-send", get(show))
}

async fn show(State(app): State<SharedApp>, asked: Asked, headers: HeaderMap) -> Result<Response, Problem> {
    let view = page::how_to_send::View { frame: asked.frame(&app), next: next(&app).await? };
    Ok(kept(&headers, HTML, page::how_to_send::render(&view).into_bytes(), Keep::Page))
}

/// The next issue of the schedule: a letter that comes before it is put together can be in it.
async fn next(app: &App) -> anyhow::Result<Option<Next>> {
    let zone = app.config.publication.zone;
    // Of an issue that left before its time nothing is to come any more.
    let Some(closes_at) = assembles_at(app, being_made(app).await?) else { return Ok(None) };
    let sends_at = app.config.cron(Job::Send).and_then(|send| sending_of(closes_at, send, zone));
    let month = app.config.issue.bears.edition(sends_at.unwrap_or(closes_at), zone).month;
    let local = |at: chrono::DateTime<chrono::Utc>| app.local(at).naive_local();
    Ok(Some(Next { month, closes_at: local(closes_at), sends_at: sends_at.map(local) }))
}
