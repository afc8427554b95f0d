//! `/desk/photo/SHA256.jpg`: photos for whoever decides on them, before the public may see them.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};

use super::session::SignedIn;
use crate::app::SharedApp;
use crate::web::errors::Problem;
use crate::web::public::{picture, sha256_of};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/photo/{file}", get(show))
}

async fn show(
    State(app): State<SharedApp>,
    _signed: SignedIn,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let sha256 = sha256_of(&file).ok_or(Problem::NotFound)?;
    picture(&app, sha256, &headers).await
}
