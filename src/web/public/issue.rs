//! `/YEAR/NUMBER`: an issue that has gone out.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use templates::page;

use super::published;
use crate::app::SharedApp;
use crate::newsroom::view;
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/{year}/{number}", get(show))
}

async fn show(
    State(app): State<SharedApp>,
    Path((year, number)): Path<(String, String)>,
    Asked(language): Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, edition) = published::edition(&app, &year, &number, language).await?;
    let view = page::issue::View { frame: view::frame(&app, language), edition };
    Ok(kept(&headers, HTML, page::issue::render(&view).into_bytes(), Keep::Page))
}
