//! The stylesheet of all pages.

use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};

use crate::app::SharedApp;
use crate::web::reply::{Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/style.css", get(show))
}

/// Short-lived, for its name does not change with its content.
async fn show(headers: HeaderMap) -> Response {
    kept(&headers, "text/css; charset=utf-8", templates::STYLESHEET.as_bytes().to_vec(), Keep::Page)
}
