//! `/healthz`: does the database answer, does mail leave, and does it come in? For monitors, so in one line of JSON.
//!
//! A relay or a mailbox that is away does not fail the check: the pages are well, and a restart would mend nothing.

use anyhow::ensure;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use axum::{Router, routing::get};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::app::{App, SharedApp};
use crate::outbound::relay_fault;

/// Mail is read within seconds; after this something is wrong.
const READ_WITHIN: TimeDelta = TimeDelta::minutes(10);

pub fn router() -> Router<SharedApp> {
    Router::new().route("/healthz", get(show))
}

async fn show(State(app): State<SharedApp>) -> Response {
    let (status, health) = match health(&app).await {
        Ok(health) => (StatusCode::OK, health),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "the database does not answer as it should");
            (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "failing", "database": "no answer" }))
        }
    };
    let head = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
    (status, head, format!("{health}\n")).into_response()
}

async fn health(app: &App) -> anyhow::Result<Value> {
    ensure!(app.store.is_current().await?, "the database is of another version");
    // The relay's own answer may repeat an address, and stays inside.
    let sending = relay_fault(app).await?.map(|fault| fault.what);
    let now = app.clock.now();
    let mailbox = app.receiving.mailbox();
    let unread_since = app.store.oldest_received(app.publication).await?;
    let (receiving, well) = match unread_since {
        Some(since) if since < now - READ_WITHIN => {
            ("mail that came in has not been read for a while", false)
        }
        // Where mail is brought to us there is no mailbox to look into.
        _ if app.config.inbound.imap.is_none() => ("ok", true),
        _ => (mailbox.says(now), mailbox.is_well(now)),
    };
    let seconds = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Ok(json!({
        "status": if sending.is_none() && well { "ok" } else { "degraded" },
        "database": "ok",
        "sending": sending.as_deref().unwrap_or("ok"),
        "receiving": receiving,
        "mailbox_reached_at": mailbox.reached_at.map(seconds),
    }))
}
