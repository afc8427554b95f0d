//! `/YEAR/NUMBER`: an issue that has gone out.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use templates::edition::{Correction, Happening};
use templates::page;

use super::published::{self, Corrected};
use crate::app::{App, SharedApp};
use crate::newsroom::view::Contents;
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/{year}/{number}", get(show))
}

async fn show(
    State(app): State<SharedApp>,
    Path((year, number)): Path<(String, String)>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (contents, edition) = published::edition(&app, &year, &number, asked.language).await?;
    let ids: Vec<i64> = contents.items.iter().map(|(_, row)| row.id).collect();
    let corrected = Corrected::of(&app, &ids).await?;
    let calendar = calendar(&app, &contents, &corrected);
    let corrected: Vec<(String, Correction)> = contents
        .items
        .iter()
        .flat_map(|(place, row)| {
            let corrections = corrected.shown(&app, row.id);
            corrections.into_iter().map(|correction| (place.slug.clone(), correction))
        })
        .collect();
    let view = page::issue::View { frame: asked.frame(&app), edition, calendar, corrected };
    Ok(kept(&headers, HTML, page::issue::render(&view).into_bytes(), Keep::Page))
}

/// What the issue's own calendar says, with links: dates that had not passed when it went out.
fn calendar(app: &App, contents: &Contents, corrected: &Corrected) -> Vec<Happening> {
    let issue = &contents.issue;
    let read_on = issue.queued_at.map(|at| at.with_timezone(&app.config.publication.zone).date_naive());
    let mut dates: Vec<Happening> = contents
        .items
        .iter()
        .flat_map(|(place, row)| published::in_calendar(app, issue, (place, row), corrected))
        .filter(|date| read_on.is_none_or(|day| !date.dated.event.is_past(day)))
        .collect();
    dates.sort_by_key(|date| date.dated.event.order());
    dates
}
