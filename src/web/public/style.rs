//! The stylesheet of all pages, and the icon that browsers ask every host for.

use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::{Router, routing::get};

use crate::app::SharedApp;
use crate::web::reply::{Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/style.css", get(show)).route("/favicon.ico", get(no_icon))
}

/// Short-lived, for its name does not change with its content.
async fn show(headers: HeaderMap) -> Response {
    kept(&headers, "text/css; charset=utf-8", templates::STYLESHEET.as_bytes().to_vec(), Keep::Page)
}

/// There is none; saying so spares every reader an error page.
async fn no_icon() -> Response {
    (StatusCode::NO_CONTENT, [(CACHE_CONTROL, "public, max-age=86400")]).into_response()
}
