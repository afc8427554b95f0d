//! What went wrong, for whoever is signed in: at her desk, where she can go on.

use axum::http::{HeaderMap, StatusCode};
use templates::desk::error::{self, Problem, View};

use super::{room, session};
use crate::app::App;

/// The page of a refusal below `/desk`; `None` for who is not signed in, or where even that cannot be asked.
pub async fn page(app: &App, headers: &HeaderMap, path: &str, status: StatusCode) -> Option<String> {
    let signed = session::of(app, headers).await.ok()??;
    let desk = room::desk(app, &signed).await.ok()?;
    let what = match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Problem::NotFound,
        StatusCode::TOO_MANY_REQUESTS => Problem::TooManyRequests,
        StatusCode::PAYLOAD_TOO_LARGE if path == "/desk/import" => Problem::ListTooLarge,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        status if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => Problem::Failure,
        _ => Problem::Refused,
    };
    Some(error::render(&View { desk, what }))
}
