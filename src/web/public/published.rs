//! Issues that the public may see: those whose audience is frozen, so that they go out or have gone out.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use subscribers::Language;
use templates::edition::{Correction, Dated, Happening};
use templates::{Edition, Paths};

use crate::app::App;
use crate::newsroom::view::{self, Contents};
use crate::store::{CorrectionRow, IssueItem, IssueRow, ItemRow, PublishedItem};
use crate::web::errors::Problem;

/// The latest.
pub async fn latest(app: &App) -> anyhow::Result<Option<IssueRow>> {
    Ok(app.store.published_issues(app.publication).await?.into_iter().next())
}

/// The name of the picture of an issue's horizon, where one was drawn.
pub fn horizon(issue: Option<&IssueRow>) -> Option<String> {
    issue.map(|issue| issue.horizon.clone()).filter(|name| !name.is_empty())
}

/// What has been corrected since, by item.
#[derive(Default)]
pub struct Corrected(BTreeMap<i64, Vec<CorrectionRow>>);

impl Corrected {
    pub async fn of(app: &App, items: &[i64]) -> anyhow::Result<Self> {
        let mut all: BTreeMap<i64, Vec<CorrectionRow>> = BTreeMap::new();
        for row in app.store.corrections(items).await? {
            all.entry(row.item).or_default().push(row);
        }
        Ok(Self(all))
    }

    /// Of one item, oldest first.
    pub fn rows(&self, item: i64) -> &[CorrectionRow] {
        self.0.get(&item).map_or(&[], Vec::as_slice)
    }

    /// As the item's page says them.
    pub fn shown(&self, app: &App, item: i64) -> Vec<Correction> {
        self.rows(item).iter().map(|row| view::correction(app, row)).collect()
    }

    pub fn last(&self, item: i64) -> Option<DateTime<Utc>> {
        self.rows(item).last().map(|row| row.at)
    }
}

/// The events of an item in an issue.
pub fn happenings(
    app: &App,
    issue: &IssueRow,
    (place, row): (&IssueItem, &ItemRow),
    corrected: &Corrected,
) -> Vec<Happening> {
    let content = &row.item.content;
    let zone = app.config.publication.zone;
    let corrected_on = corrected.last(row.id).map(|at| at.with_timezone(&zone).date_naive());
    let happening = |(number, event): (usize, &issues::Event)| Happening {
        dated: Dated {
            event: event.clone(),
            lang: content.language.clone(),
            title: content.title.clone(),
            place: view::place_line(content).unwrap_or_default(),
        },
        year: issue.edition.year,
        number: view::number(issue.number),
        slug: place.slug.clone(),
        file: issues::ical::is_exact(event).then_some(number),
        corrected_on,
    };
    (1..).zip(&content.events).map(happening).collect()
}

/// Those of them that the issue lists in its calendar: an editor may have taken one out, such as a twin of another.
pub fn in_calendar(
    app: &App,
    issue: &IssueRow,
    (place, row): (&IssueItem, &ItemRow),
    corrected: &Corrected,
) -> Vec<Happening> {
    let mut happenings = happenings(app, issue, (place, row), corrected);
    happenings.retain(|happening| issue.arrangement.shows(row.id, &happening.dated.event));
    happenings
}

/// Public items with the issues they stand in.
pub async fn with_issues(
    app: &App,
    items: Vec<PublishedItem>,
) -> anyhow::Result<Vec<(IssueRow, PublishedItem)>> {
    let issues = app.store.published_issues(app.publication).await?;
    let issue = |id: i64| issues.iter().find(|issue| issue.id == id).cloned();
    Ok(items.into_iter().filter_map(|item| Some((issue(item.issue)?, item))).collect())
}

/// The events of public items that may be on these days, in the order of their dates.
pub async fn happenings_on(
    app: &App,
    days: (NaiveDate, NaiveDate),
    limit: i64,
) -> anyhow::Result<Vec<Happening>> {
    let items = app.store.published_on_days(app.publication, days, limit).await?;
    let ids: Vec<i64> = items.iter().map(|item| item.row.id).collect();
    let corrected = Corrected::of(app, &ids).await?;
    let mut out: Vec<Happening> = Vec::new();
    for (issue, item) in with_issues(app, items).await? {
        out.extend(in_calendar(app, &issue, (&item.place, &item.row), &corrected));
    }
    let overlaps = |happening: &Happening| {
        happening.dated.event.days().is_some_and(|(first, last)| first <= days.1 && last >= days.0)
    };
    out.retain(overlaps);
    out.sort_by_key(|happening| happening.dated.event.order());
    Ok(out)
}

/// The issue with the year and number of an address, and what it says.
pub async fn edition(
    app: &App,
    year: &str,
    number: &str,
    language: Language,
) -> Result<(Contents, Edition), Problem> {
    let (year, number) = (whole(year).ok_or(Problem::NotFound)?, whole(number).ok_or(Problem::NotFound)?);
    let year = i32::try_from(year).map_err(|_| Problem::NotFound)?;
    let found = app.store.issue_numbered(app.publication, year, number).await?;
    let issue = found.filter(|issue| issue.audience.is_some()).ok_or(Problem::NotFound)?;
    let contents = view::stored_contents(app, &issue).await?;
    let edition = view::edition(app, &contents, language, &Paths::local());
    Ok((contents, edition))
}

/// A number as our links write it, so that a page has one address.
pub fn whole(text: &str) -> Option<i64> {
    let plain = text.len() <= 9 && text.bytes().all(|octet| octet.is_ascii_digit()) && !text.starts_with('0');
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address() {
        assert_eq!(whole("2026"), Some(2026));
        for other in ["", "012", "+1", "-1", "1.0", "１", "99999999999999999999"] {
            assert_eq!(whole(other), None, "{other}");
        }
    }
}
