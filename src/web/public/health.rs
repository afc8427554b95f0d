//! `/healthz`: does the database answer, and does mail leave? For monitors, so in one line of JSON.
//!
//! A relay that is away does not fail the check: the pages are well, and a restart would mend nothing.

use anyhow::ensure;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use axum::{Router, routing::get};

use serde_json::{Value, json};

use crate::app::{App, SharedApp};
use crate::outbound::relay_fault;

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
    Ok(match relay_fault(app).await? {
        None => json!({ "status": "ok", "database": "ok", "sending": "ok" }),
        // The relay's own answer may repeat an address, and stays inside.
        Some(fault) => json!({ "status": "degraded", "database": "ok", "sending": fault.what }),
    })
}
