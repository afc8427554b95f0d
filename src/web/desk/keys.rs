//! `/desk/keys`: what the keys do; and the script behind them.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use templates::desk::keys::{self as view, View};

use super::room::desk;
use super::session::SignedIn;
use crate::app::SharedApp;
use crate::web::errors::Problem;
use crate::web::reply::{Keep, kept, page};

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/desk/keys", get(show))
        .route("/desk.js", get(script))
        .route("/desk-text.js", get(text_script))
}

async fn show(State(app): State<SharedApp>, signed: SignedIn) -> Result<Response, Problem> {
    Ok(page(view::render(&View { desk: desk(&app, &signed).await? })))
}

/// Short-lived, like the stylesheet: its name does not change with its content.
async fn script(headers: HeaderMap) -> Response {
    kept(&headers, JAVASCRIPT, templates::SCRIPT.as_bytes().to_vec(), Keep::Page)
}

/// The same for the text of an item.
async fn text_script(headers: HeaderMap) -> Response {
    kept(&headers, JAVASCRIPT, templates::TEXT_SCRIPT.as_bytes().to_vec(), Keep::Page)
}
