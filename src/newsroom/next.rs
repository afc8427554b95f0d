//! What comes next: the issue that is being made, and the moments of the schedule.

use chrono::{DateTime, Utc};
use issues::calendar::Job;
use issues::{Edition, IssueState};

use super::edition::{assembles_at, being_made, sends_at};
use super::view;
use crate::app::App;
use crate::store::{IssueRow, ItemRow};

/// The issue that is next to reach readers.
pub struct NextIssue {
    pub edition: Edition,
    /// `None` before its draft is opened.
    pub issue: Option<IssueRow>,
    pub sends_at: Option<DateTime<Utc>>,
    pub assembles_at: Option<DateTime<Utc>>,
    pub items: usize,
    pub dates: usize,
    /// Places in it, those with most news first.
    pub places: Vec<String>,
}

/// The issue under way, else the one that is being made with everything that is approved for it.
///
/// # Errors
/// The database fails.
pub async fn next_issue(app: &App) -> anyhow::Result<NextIssue> {
    let now = app.clock.now();
    let issues = app.store.issues(app.publication, "").await?;
    let under_way = |issue: &&IssueRow| {
        matches!(
            issue.state,
            IssueState::Approved { .. } | IssueState::Sending { .. } | IssueState::Paused { .. }
        )
    };
    let issue = issues.iter().find(under_way).or_else(|| issues.iter().find(|issue| issue.state.is_open()));
    let edition = match issue {
        Some(issue) => issue.edition,
        None => being_made(app).await?,
    };
    let mut rows: Vec<ItemRow> = match issue {
        Some(issue) => {
            view::stored_contents(app, issue).await?.items.into_iter().map(|(_, row)| row).collect()
        }
        None => Vec::new(),
    };
    // Before the assembly, what it would take. Afterwards everything that comes out stands in the issue; what is
    // approved and outside was left for a later one.
    if issue.is_none_or(|issue| matches!(issue.state, IssueState::Draft)) {
        let left_out = issue.map(|issue| issue.arrangement.left_out.as_slice()).unwrap_or_default();
        let approved = app.store.items(app.publication, "approved").await?;
        rows.extend(approved.into_iter().filter(|row| !left_out.contains(&row.id)));
    }
    let leaves_at = match issue.map(|issue| &issue.state) {
        Some(IssueState::Approved { send_at, .. }) => Some(*send_at),
        Some(IssueState::Sending { not_before, .. } | IssueState::Paused { not_before, .. }) => {
            Some(*not_before)
        }
        _ => sends_at(app, edition),
    };
    let reading_day = leaves_at.unwrap_or(now).with_timezone(&app.config.publication.zone).date_naive();
    let events = rows.iter().flat_map(|row| &row.item.content.events);
    let dates = events.filter(|event| !event.is_past(reading_day)).count();
    let mut places: Vec<(String, usize)> = Vec::new();
    for place in rows.iter().filter_map(|row| row.item.content.places.first()) {
        match places.iter_mut().find(|(known, _)| *known == place.place) {
            Some((_, count)) => *count += 1,
            None => places.push((place.place.clone(), 1)),
        }
    }
    places.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(NextIssue {
        edition,
        sends_at: leaves_at,
        assembles_at: assembles_at(app, edition),
        items: rows.len(),
        dates,
        places: places.into_iter().map(|(place, _)| place).collect(),
        issue: issue.cloned(),
    })
}

/// The next moment of a job.
pub fn moment(app: &App, job: Job, from: DateTime<Utc>) -> Option<DateTime<Utc>> {
    app.config.cron(job).and_then(|cron| cron.next(app.config.publication.zone, from))
}
