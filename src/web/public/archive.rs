//! `/archive`: all issues by year, and the search through what they said.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use issues::search::{QUERY_CHARACTERS_MAX, excerpt, marked, query_words};
use serde::Deserialize;
use subscribers::clean_line;
use templates::edition::Headline;
use templates::{Paths, page};

use super::published;
use crate::app::{App, SharedApp};
use crate::newsroom::view;
use crate::store::IssueRow;
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

/// Items on one page of what was found.
const FOUND_PER_PAGE: usize = 20;
/// Pages of one search; who needs more needs another word.
const PAGES_MAX: usize = 50;
const EXCERPT_CHARACTERS_MAX: usize = 220;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/archive", get(show))
}

#[derive(Deserialize)]
struct Asks {
    q: Option<String>,
    year: Option<String>,
    page: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    asked: Asked,
    Query(asks): Query<Asks>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let issues = app.store.published_issues(app.publication).await?;
    let mut years: Vec<i32> = issues.iter().map(|issue| issue.edition.year).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let query: String = clean_line(&asks.q.unwrap_or_default()).chars().take(QUERY_CHARACTERS_MAX).collect();
    let shows = if query.is_empty() {
        match (asks.year, years.first()) {
            (None, None) => page::archive::Shows::Nothing,
            (None, Some(newest)) => year(&app, *newest, &issues).await?,
            (Some(asked), _) => {
                let asked = published::whole(&asked).and_then(|year| i32::try_from(year).ok());
                let asked = asked.filter(|year| years.contains(year)).ok_or(Problem::NotFound)?;
                year(&app, asked, &issues).await?
            }
        }
    } else {
        let page = asks.page.as_deref().map_or(Some(1), published::whole);
        let page = page.and_then(|page| usize::try_from(page).ok()).ok_or(Problem::NotFound)?;
        search(&app, query, page, &issues).await?
    };
    let horizon = published::horizon(issues.first());
    let view = page::archive::View { frame: asked.frame(&app), years, shows, horizon };
    Ok(kept(&headers, HTML, page::archive::render(&view).into_bytes(), Keep::Page))
}

/// The issues of a year, each with its places and titles.
async fn year(app: &App, year: i32, issues: &[IssueRow]) -> anyhow::Result<page::archive::Shows> {
    let items = app.store.published_in_year(app.publication, year).await?;
    let of_year = issues.iter().filter(|issue| issue.edition.year == year);
    let issue = |issue: &IssueRow| {
        let mine = || items.iter().filter(|item| item.issue == issue.id);
        let headline = |item: &crate::store::PublishedItem| {
            Headline::of(&view::item(&item.row.item.content, &item.place.slug, &Paths::local()))
        };
        page::archive::Issue {
            year,
            month: issue.edition.month,
            number: view::number(issue.number),
            running_number: view::number(issue.running_number),
            places: view::islands(mine().map(|item| &item.row.item.content)),
            items: mine().map(headline).collect(),
        }
    };
    Ok(page::archive::Shows::Year { year, issues: of_year.map(issue).collect() })
}

async fn search(
    app: &App,
    query: String,
    page: usize,
    issues: &[IssueRow],
) -> Result<page::archive::Shows, Problem> {
    let words = query_words(&query);
    if page > PAGES_MAX {
        return Err(Problem::NotFound);
    }
    let skip = i64::try_from((page - 1) * FOUND_PER_PAGE).map_err(anyhow::Error::from)?;
    let limit = i64::try_from(FOUND_PER_PAGE).map_err(anyhow::Error::from)?;
    let (items, total) = if words.is_empty() {
        (Vec::new(), 0)
    } else {
        app.store.search_published(app.publication, &words, (skip, limit)).await?
    };
    let total = usize::try_from(total).map_err(anyhow::Error::from)?;
    let pages = total.div_ceil(FOUND_PER_PAGE).clamp(1, PAGES_MAX);
    if page > pages {
        return Err(Problem::NotFound);
    }
    let found = items.into_iter().filter_map(|item| {
        let issue = issues.iter().find(|issue| issue.id == item.issue)?;
        let content = &item.row.item.content;
        Some(page::archive::Found {
            year: issue.edition.year,
            month: issue.edition.month,
            number: view::number(issue.number),
            slug: item.place.slug,
            lang: content.language.clone(),
            place: view::place_line(content),
            title: marked(&content.title, &words),
            excerpt: excerpt(&content.plain_text(), &words, EXCERPT_CHARACTERS_MAX),
        })
    });
    let found = found.collect();
    Ok(page::archive::Shows::Search(page::archive::Search { query, total, page, pages, found }))
}
