//! `/horizon/DRAWING.png`: the picture of an issue's horizon, for its mail.
//!
//! It is there before the issue goes out, for test mails and previews. Its name stands in them and nowhere else.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};

use super::photo::is_sha256;
use crate::app::SharedApp;
use crate::newsroom::horizon;
use crate::web::errors::Problem;
use crate::web::reply::{Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/horizon/{file}", get(show))
}

async fn show(
    State(app): State<SharedApp>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = file.strip_suffix(".png").filter(|name| is_sha256(name)).ok_or(Problem::NotFound)?;
    let picture = horizon::picture(&app, name).await?.ok_or(Problem::NotFound)?;
    Ok(kept(&headers, "image/png", picture, Keep::Day))
}
