//! `/healthz`: does the database answer? For monitors, so in one line of JSON.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use axum::{Router, routing::get};

use crate::app::SharedApp;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/healthz", get(show))
}

async fn show(State(app): State<SharedApp>) -> Response {
    let (status, body) = match app.store.is_current().await {
        Ok(true) => (StatusCode::OK, "{\"status\":\"ok\",\"database\":\"ok\"}\n"),
        Ok(false) => {
            (StatusCode::SERVICE_UNAVAILABLE, "{\"status\":\"failing\",\"database\":\"other version\"}\n")
        }
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "{\"status\":\"failing\",\"database\":\"no answer\"}\n")
        }
    };
    (status, [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], body).into_response()
}
