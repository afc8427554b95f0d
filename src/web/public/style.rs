//! The stylesheet of all pages, the mark beside their names, and the icon that old browsers ask every host for.

use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::{Router, routing::get};

use crate::app::SharedApp;
use crate::web::reply::{Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/style.css", get(show))
        .route("/icon.svg", get(icon))
        .route("/favicon.ico", get(no_icon))
}

/// Short-lived, for its name does not change with its content.
async fn show(headers: HeaderMap) -> Response {
    kept(&headers, "text/css; charset=utf-8", templates::STYLESHEET.as_bytes().to_vec(), Keep::Page)
}

async fn icon(headers: HeaderMap) -> Response {
    kept(&headers, "image/svg+xml", templates::ICON.as_bytes().to_vec(), Keep::Day)
}

/// There is none of that form; saying so spares every reader an error page.
async fn no_icon() -> Response {
    (StatusCode::NO_CONTENT, [(CACHE_CONTROL, "public, max-age=86400")]).into_response()
}
