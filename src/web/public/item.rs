//! `/YEAR/NUMBER/SLUG`: one item of an issue that has gone out.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use templates::edition::Dated;
use templates::page;

use super::published;
use crate::app::SharedApp;
use crate::newsroom::view;
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/{year}/{number}/{slug}", get(show))
}

async fn show(
    State(app): State<SharedApp>,
    Path((year, number, slug)): Path<(String, String, String)>,
    Asked(language): Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (contents, edition) = published::edition(&app, &year, &number, language).await?;
    let item = edition.items().find(|item| item.slug == slug).cloned().ok_or(Problem::NotFound)?;
    let more = edition.items().filter(|other| other.slug != slug);
    let more = more.map(|other| (other.title.clone(), other.slug.clone())).collect();
    let placed = contents.items.iter().find(|(place, _)| place.slug == slug);
    let events = placed.map(|(_, row)| row.item.content.events.clone()).unwrap_or_default();
    // The page is about the item: its title and place stand above.
    let dated = |event| Dated { event, lang: None, title: String::new(), place: String::new() };
    let dates = events.into_iter().map(dated).collect();
    let issue = &contents.issue;
    let zone = app.config.publication.zone;
    let view = page::item::View {
        frame: view::frame(&app, language),
        year: edition.year,
        month: edition.month,
        number: edition.number,
        running_number: edition.running_number,
        dates,
        corrections: Vec::new(),
        published_on: issue.sent_at.or(issue.queued_at).map(|at| at.with_timezone(&zone).date_naive()),
        more,
        funders: edition.funders.clone(),
        item,
    };
    Ok(kept(&headers, HTML, page::item::render(&view).into_bytes(), Keep::Page))
}
