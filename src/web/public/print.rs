//! `/YEAR/NUMBER/print`: the sheet of an issue for the notice board, and its stylesheet.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use templates::page;

use super::published;
use crate::app::SharedApp;
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/{year}/{number}/print", get(show)).route("/print.css", get(stylesheet))
}

async fn show(
    State(app): State<SharedApp>,
    Path((year, number)): Path<(String, String)>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, edition) = published::edition(&app, &year, &number, asked.language).await?;
    let view = page::print::View { frame: asked.frame(&app), edition };
    Ok(kept(&headers, HTML, page::print::render(&view).into_bytes(), Keep::Page))
}

/// Short-lived, for its name does not change with its content.
async fn stylesheet(headers: HeaderMap) -> Response {
    kept(&headers, "text/css; charset=utf-8", templates::PRINT_STYLESHEET.as_bytes().to_vec(), Keep::Page)
}
