//! `/feed.xml`, `/sitemap.xml` and `/robots.txt`: what programs read to find the pages and to learn of new ones.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::{DateTime, Utc};
use templates::feed::{atom, sitemap};
use templates::{Paths, feed as render};

use super::calendar;
use super::published::{self, Corrected};
use crate::app::SharedApp;
use crate::newsroom::view;
use crate::web::errors::Problem;
use crate::web::language;
use crate::web::reply::{Keep, kept};
use crate::web::routes::{Access, ROUTES};

const ATOM: &str = "application/atom+xml; charset=utf-8";
const XML: &str = "application/xml; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
/// Entries of the feed: about a quarter of a year.
const ENTRIES_MAX: i64 = 40;
/// Items in the sitemap; it may hold 50,000 addresses in all.
const SITEMAP_ITEMS_MAX: i64 = 40_000;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/feed.xml", get(atom_feed))
        .route("/sitemap.xml", get(site))
        .route("/robots.txt", get(robots))
}

/// In the publication's language unless its address asks for another: programs say nothing of languages.
async fn atom_feed(State(app): State<SharedApp>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let language = language::of_address(&app, &uri);
    let items = app.store.published_lately(app.publication, ENTRIES_MAX).await?;
    let ids: Vec<i64> = items.iter().map(|item| item.row.id).collect();
    let corrected = Corrected::of(&app, &ids).await?;
    let mut entries = Vec::new();
    for (issue, item) in published::with_issues(&app, items).await? {
        let published = issue.queued_at.unwrap_or(issue.opened_at);
        entries.push(atom::Entry {
            year: issue.edition.year,
            number: view::number(issue.number),
            item: view::item(&item.row.item.content, &item.place.slug, &Paths::local()),
            corrections: corrected.shown(&app, item.row.id),
            published,
            updated: corrected.last(item.row.id).map_or(published, |at| at.max(published)),
        });
    }
    let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or(DateTime::<Utc>::UNIX_EPOCH);
    let view = atom::View { frame: view::frame(&app, language), updated, entries };
    Ok(kept(&headers, ATOM, render::atom::render(&view).into_bytes(), Keep::Page))
}

async fn site(State(app): State<SharedApp>, headers: HeaderMap) -> Result<Response, Problem> {
    let paths = Paths::local();
    let mut pages = vec![
        (paths.home(), None),
        (paths.archive(), None),
        (paths.calendar(), None),
        (paths.subscribe(), None),
        (paths.how_to_send(), None),
        (paths.privacy(), None),
    ];
    let issues = app.store.published_issues(app.publication).await?;
    let mut years: Vec<i32> = issues.iter().map(|issue| issue.edition.year).collect();
    years.dedup();
    // The newest year is the archive itself.
    pages.extend(years.into_iter().skip(1).map(|year| (paths.archive_year(year), None)));
    let (mut month, last) = calendar::months(&app).await?;
    while month <= last {
        pages.push((paths.calendar_month(month.year, month.month), None));
        month = month.next();
    }
    for issue in &issues {
        pages.push((paths.issue(issue.edition.year, view::number(issue.number)), issue.queued_at));
    }
    for page in app.store.published_addresses(app.publication, SITEMAP_ITEMS_MAX).await? {
        pages.push((paths.item(page.year, view::number(page.number), &page.slug), Some(page.changed_at)));
    }
    let view = sitemap::View { paths: view::paths(&app), pages };
    Ok(kept(&headers, XML, render::sitemap::render(&view).into_bytes(), Keep::Page))
}

/// Pages behind a link of somebody's own, and what others looked for, are nobody else's.
async fn robots(State(app): State<SharedApp>, headers: HeaderMap) -> Response {
    let of_somebody =
        ROUTES.iter().filter(|route| route.access == Access::Token && !route.path.starts_with("/desk"));
    let mut hidden: BTreeSet<&str> = of_somebody.filter_map(|route| route.path.split('{').next()).collect();
    hidden.extend(["/desk", "/archive?q="]);
    let hidden: String = hidden.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{hidden}\nSitemap: {}\n", view::paths(&app).sitemap());
    kept(&headers, TEXT, text.into_bytes(), Keep::Day)
}
