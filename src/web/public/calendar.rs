//! `/calendar` and `/calendar/YEAR-MONTH`: what happens in a month; `/calendar.ics`: the same for other calendars.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::{Days, NaiveDate};
use issues::ical::{self, Calendar, Entry};
use issues::{Edition, Event, LocalMoment, Paragraphs, Precision};
use subscribers::Language;
use templates::edition::{Happening, busiest};
use templates::page;
use templates::text::{public, shorten};

use super::published::{self, Corrected};
use crate::app::{App, SharedApp};
use crate::newsroom::view;
use crate::store::{IssueRow, PublishedItem};
use crate::web::errors::Problem;
use crate::web::language::{self, Asked};
use crate::web::reply::{HTML, Keep, kept};

pub const ICS: &str = "text/calendar; charset=utf-8";
/// Items of one month.
const ITEMS_PER_MONTH_MAX: i64 = 1_000;
/// Items in the calendar that others subscribe to, and how far back it goes.
const FEED_ITEMS_MAX: i64 = 2_000;
const FEED_DAYS_BACK: Days = Days::new(365);
/// No month farther ahead or back has a page, whatever a date may say.
const YEARS_AHEAD_MAX: i32 = 5;
const YEARS_BACK_MAX: i32 = 30;
const DESCRIPTION_CHARACTERS_MAX: usize = 400;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/calendar", get(this_month))
        .route("/calendar/{month}", get(month))
        .route("/calendar.ics", get(feed))
}

async fn this_month(
    State(app): State<SharedApp>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let today = Edition::of(app.today());
    show(&app, today, asked, &headers).await
}

async fn month(
    State(app): State<SharedApp>,
    Path(month): Path<String>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // As our links write it, so that a page has one address.
    let month = Edition::parse(&month).filter(|parsed| parsed.to_string() == month);
    show(&app, month.ok_or(Problem::NotFound)?, asked, &headers).await
}

async fn show(app: &App, month: Edition, asked: Asked, headers: &HeaderMap) -> Result<Response, Problem> {
    let (earliest, latest) = months(app).await?;
    if month < earliest || month > latest {
        return Err(Problem::NotFound);
    }
    let days = days(month).ok_or(Problem::NotFound)?;
    let all = published::happenings_on(app, days, ITEMS_PER_MONTH_MAX).await?;
    let (undated, dated): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|happening| happening.dated.event.precision != Precision::Exact);
    let (regular, dated): (Vec<_>, Vec<_>) =
        dated.into_iter().partition(|happening| happening.dated.event.rrule.is_some());
    let beside = |month: Edition| (month.year, month.month);
    let view = page::calendar::View {
        frame: asked.frame(app),
        year: month.year,
        month: month.month,
        places: busiest(dated.iter().chain(&regular).chain(&undated).filter_map(place)),
        earlier: (month > earliest).then(|| beside(before(month))),
        later: (month < latest).then(|| beside(month.next())),
        days: dated,
        regular,
        undated,
        horizon: published::horizon(published::latest(app).await?.as_ref()),
    };
    Ok(kept(headers, HTML, page::calendar::render(&view).into_bytes(), Keep::Page))
}

/// The first and the last month that has a page: those with dates, and the present one.
pub async fn months(app: &App) -> anyhow::Result<(Edition, Edition)> {
    let today = app.today();
    let here = Edition::of(today);
    let oldest = Edition { year: here.year - YEARS_BACK_MAX, month: here.month };
    let farthest = Edition { year: here.year + YEARS_AHEAD_MAX, month: here.month };
    Ok(match app.store.published_days(app.publication).await? {
        Some((first, last)) => {
            (here.min(Edition::of(first)).max(oldest), here.max(Edition::of(last)).min(farthest))
        }
        None => (here, here),
    })
}

fn before(month: Edition) -> Edition {
    match month.month {
        1 => Edition { year: month.year - 1, month: 12 },
        number => Edition { year: month.year, month: number - 1 },
    }
}

/// The first and the last day of a month.
fn days(month: Edition) -> Option<(NaiveDate, NaiveDate)> {
    let next = month.next();
    let first = NaiveDate::from_ymd_opt(month.year, month.month, 1)?;
    Some((first, NaiveDate::from_ymd_opt(next.year, next.month, 1)?.pred_opt()?))
}

/// The place alone, where there is one.
fn place(happening: &Happening) -> Option<&str> {
    let name = happening.dated.place.split(',').next().unwrap_or("").trim();
    Some(name).filter(|name| !name.is_empty())
}

async fn feed(State(app): State<SharedApp>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let language = language::of_address(&app, &uri);
    let from = app.today().checked_sub_days(FEED_DAYS_BACK).unwrap_or(NaiveDate::MIN);
    let days = (from, NaiveDate::MAX);
    let items = app.store.published_on_days(app.publication, days, FEED_ITEMS_MAX).await?;
    let ids: Vec<i64> = items.iter().map(|item| item.row.id).collect();
    let corrected = Corrected::of(&app, &ids).await?;
    let mut entries = Vec::new();
    for (issue, item) in published::with_issues(&app, items).await? {
        for (nth, event) in (1..).zip(&item.row.item.content.events) {
            let listed = issue.arrangement.shows(item.row.id, event);
            if listed && event.days().is_some_and(|(_, last)| last >= from) {
                entries.push(entry(&app, language, &issue, &item, (nth, event), &corrected));
            }
        }
    }
    Ok(kept(&headers, ICS, file(&app, entries).into_bytes(), Keep::Page))
}

/// A calendar file with these entries.
pub fn file(app: &App, entries: Vec<Entry>) -> String {
    let publication = &app.config.publication;
    ical::write(&Calendar { name: publication.name.clone(), zone: publication.zone, entries })
}

/// An event as other calendars get it, by its number in its item. It keeps its id for ever: neither an item's place nor
/// what it said changes once it is public, and a correction makes it a newer version of the same.
pub fn entry(
    app: &App,
    language: Language,
    issue: &IssueRow,
    item: &PublishedItem,
    (nth, event): (usize, &Event),
    corrected: &Corrected,
) -> Entry {
    let content = &item.row.item.content;
    let slug = &item.place.slug;
    let (year, number) = (issue.edition.year, view::number(issue.number));
    let domain = app.config.mailbox.address.as_str().rsplit('@').next().unwrap_or("");
    let corrections = corrected.rows(item.row.id);
    let words = content.plain_text();
    let first = Paragraphs(&words).iter().next().unwrap_or("");
    let url = view::paths(app).item(year, number, slug);
    let mut description = vec![shorten(first, DESCRIPTION_CHARACTERS_MAX)];
    description.extend(corrections.iter().map(|row| {
        let words = templates::text::text(language).bulletin.correction;
        format!("{words} {}", row.text)
    }));
    let words = templates::text::text(language);
    description.extend(event.price.as_ref().map(|price| format!("{}: {price}", words.event.price)));
    description.extend(event.link.as_ref().map(|link| format!("{}: {}", words.event.more, link.as_str())));
    description.push(url.clone());
    description.retain(|part| !part.trim().is_empty());
    let words = public(language);
    let title = match (event.start, event.end) {
        (None, Some(_)) => (words.deadline)(&content.title),
        (Some(LocalMoment::Day(_)), None) if event.rrule.is_none() => (words.begins)(&content.title),
        _ => content.title.clone(),
    };
    Entry {
        uid: format!("{year}-{number}-{slug}-{nth}@{domain}"),
        sequence: item.row.revision + i64::try_from(corrections.len()).unwrap_or(0),
        changed_at: corrected.last(item.row.id).map_or(item.row.changed_at, |at| at.max(item.row.changed_at)),
        title,
        description: description.join("\n\n"),
        place: event.whereabouts(&view::place_line(content).unwrap_or_default()),
        url: event.link.as_ref().map_or(url, |link| link.as_str().to_owned()),
        event: event.clone(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;

    use super::*;

    #[test]
    fn a_month_has_its_days_and_its_neighbours() {
        let days =
            |text: &str| days(Edition::parse(text).unwrap()).map(|(a, b)| (a.day(), b.to_string())).unwrap();
        assert_eq!(days("2026-12"), (1, "2026-12-31".to_owned()));
        assert_eq!(days("2028-02"), (1, "2028-02-29".to_owned()));
        assert_eq!(before(Edition { year: 2027, month: 1 }), Edition { year: 2026, month: 12 });
    }
}
