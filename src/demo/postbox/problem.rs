//! What cannot be shown or done, and the page that says so.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use templates::world::problem::{self, View};

use super::{Asked, Shared};

#[derive(Debug)]
pub enum Problem {
    NotFound,
    Refused,
    TooLarge,
    Failure(anyhow::Error),
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Problem::Failure(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Refused => StatusCode::BAD_REQUEST,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Failure(error) => {
                tracing::error!(error = format!("{error:#}"), "a request to the postbox failed");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
        .into_response()
    }
}

pub async fn no_such_page() -> Problem {
    Problem::NotFound
}

/// Gives every refusal its page, also those of the framework.
pub async fn show(State(postbox): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Asked(world) = Asked::of(&postbox, &parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let is_page = |kind: &[u8]| kind.starts_with(b"text/html");
    let has_page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| is_page(kind.as_bytes()));
    if has_page || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let what = match status {
        StatusCode::NOT_FOUND => problem::Problem::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => problem::Problem::TooLarge,
        status if status.is_server_error() => problem::Problem::Failure,
        _ => problem::Problem::Refused,
    };
    (status, Html(problem::render(&View { world, what }))).into_response()
}
