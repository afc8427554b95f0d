//! `/`: what this is, the latest issue, what comes up, and the form to subscribe.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::{Days, NaiveDate};
use issues::{Event, EventStatus};
use subscribers::Language;
use templates::edition::{Happening, Headline};
use templates::{Paths, page};

use super::published;
use crate::app::{App, SharedApp};
use crate::newsroom::view;
use crate::store::IssueRow;
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

/// Dates shown, and how far ahead they may be.
const DATES_MAX: usize = 4;
const DATES_AHEAD: Days = Days::new(180);
/// Items looked through for them.
const ITEMS_MAX: i64 = 300;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/", get(show))
}

async fn show(State(app): State<SharedApp>, asked: Asked, headers: HeaderMap) -> Result<Response, Problem> {
    let issue = published::latest(&app).await?;
    let horizon = published::horizon(issue.as_ref());
    let latest = latest(&app, issue, asked.language).await?;
    let view = page::home::View { frame: asked.frame(&app), latest, dates: nearest(&app).await?, horizon };
    Ok(kept(&headers, HTML, page::home::render(&view).into_bytes(), Keep::Page))
}

async fn latest(
    app: &App,
    issue: Option<IssueRow>,
    language: Language,
) -> anyhow::Result<Option<page::home::Latest>> {
    let Some(issue) = issue else { return Ok(None) };
    let contents = view::stored_contents(app, &issue).await?;
    let edition = view::edition(app, &contents, language, &Paths::local());
    Ok(Some(page::home::Latest {
        year: edition.year,
        month: edition.month,
        number: edition.number,
        running_number: edition.running_number,
        places: edition.islands.clone(),
        note: edition.note.clone(),
        items: edition.items().map(Headline::of).collect(),
    }))
}

/// What comes next and takes place.
async fn nearest(app: &App) -> anyhow::Result<Vec<Happening>> {
    let today = app.today();
    let until = today.checked_add_days(DATES_AHEAD).unwrap_or(NaiveDate::MAX);
    let mut dates = published::happenings_on(app, (today, until), ITEMS_MAX).await?;
    dates.retain(|date| date.file.is_some() && is_ahead(&date.dated.event, today));
    dates.truncate(DATES_MAX);
    Ok(dates)
}

/// A series that has been going on for months is no news.
fn is_ahead(event: &Event, today: NaiveDate) -> bool {
    let first = event.start.or(event.end).map(issues::LocalMoment::date);
    event.status != EventStatus::Cancelled && first.is_some_and(|first| first >= today)
}
