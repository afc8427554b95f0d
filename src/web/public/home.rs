//! `/`: what this is, and the latest issue.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use templates::{Paths, page};

use super::published;
use crate::app::SharedApp;
use crate::newsroom::view;
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/", get(show))
}

async fn show(
    State(app): State<SharedApp>,
    Asked(language): Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let latest = match published::latest(&app).await? {
        Some(issue) => {
            let contents = view::stored_contents(&app, &issue).await?;
            let edition = view::edition(&app, &contents, language, &Paths::local());
            Some(page::home::Latest {
                year: edition.year,
                month: edition.month,
                number: edition.number,
                running_number: edition.running_number,
                places: edition.places.clone(),
                items: edition.items().map(|item| (item.title.clone(), item.slug.clone())).collect(),
            })
        }
        None => None,
    };
    let view = page::home::View { frame: view::frame(&app, language), latest };
    Ok(kept(&headers, HTML, page::home::render(&view).into_bytes(), Keep::Page))
}
