//! `/YEAR/NUMBER/SLUG`: one item of an issue that has gone out; and `/YEAR/NUMBER/SLUG/N.ics`, its events for other
//! calendars.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::Language;
use templates::edition::Headline;
use templates::page;

use super::calendar::{ICS, entry, file};
use super::published::{self, Corrected};
use crate::app::SharedApp;
use crate::store::PublishedItem;
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/{year}/{number}/{slug}", get(show))
        .route("/{year}/{number}/{slug}/{file}", get(event))
}

async fn show(
    State(app): State<SharedApp>,
    Path((year, number, slug)): Path<(String, String, String)>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (contents, edition) = published::edition(&app, &year, &number, asked.language).await?;
    let item = edition.items().find(|item| item.slug == slug).cloned().ok_or(Problem::NotFound)?;
    let (place, row) =
        contents.items.iter().find(|(place, _)| place.slug == slug).ok_or(Problem::NotFound)?;
    let corrected = Corrected::of(&app, &[row.id]).await?;
    let issue = &contents.issue;
    let zone = app.config.publication.zone;
    let view = page::item::View {
        frame: asked.frame(&app),
        year: edition.year,
        month: edition.month,
        number: edition.number,
        running_number: edition.running_number,
        places: edition.islands.clone(),
        dates: published::happenings(&app, issue, (place, row), &corrected),
        corrections: corrected.shown(&app, row.id),
        published_on: issue.sent_at.or(issue.queued_at).map(|at| at.with_timezone(&zone).date_naive()),
        more: edition.items().filter(|other| other.slug != slug).map(Headline::of).collect(),
        funders: edition.funders.clone(),
        item,
    };
    Ok(kept(&headers, HTML, page::item::render(&view).into_bytes(), Keep::Page))
}

async fn event(
    State(app): State<SharedApp>,
    Path((year, number, slug, name)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let nth = name.strip_suffix(".ics").and_then(published::whole).ok_or(Problem::NotFound)?;
    let nth = usize::try_from(nth).map_err(|_| Problem::NotFound)?;
    let language: Language = app.config.publication.language;
    let (contents, _) = published::edition(&app, &year, &number, language).await?;
    let issue = contents.issue;
    let found = contents.items.into_iter().find(|(place, _)| place.slug == slug);
    let (place, row) = found.ok_or(Problem::NotFound)?;
    let event = nth.checked_sub(1).and_then(|at| row.item.content.events.get(at)).cloned();
    let event = event.filter(issues::ical::is_exact).ok_or(Problem::NotFound)?;
    let corrected = Corrected::of(&app, &[row.id]).await?;
    let item = PublishedItem { issue: issue.id, place, row };
    let entry = entry(&app, language, &issue, &item, (nth, &event), &corrected);
    Ok(kept(&headers, ICS, file(&app, vec![entry]).into_bytes(), Keep::Page))
}
