//! Assembly: a draft opens, and everything that is approved goes into it in the stated order.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::calendar::Job;
use issues::{AssemblyRules, Candidate, Edition, Finding, IssueState, Item, WebLink, assemble as arrange};

use super::{NotDone, edition_of, is_settled, reading_day};
use crate::app::App;
use crate::clock::random_id;
use crate::newsroom::{mails, view};
use crate::publish::LinkChecker;
use crate::store::{IssueItem, IssueRow, NewIssue, Write};

/// Assembles the open draft, opening one if there is none: looks at the links first, outside the transaction.
///
/// # Errors
/// See [`NotDone`].
pub async fn assemble(app: &App, issue: Option<i64>) -> Result<IssueRow, NotDone> {
    let dead = dead_links(app).await?;
    let mut write = app.store.write().await?;
    let row = assemble_in(app, &mut write, issue, app.clock.now(), dead).await?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(row)
}

/// The assembly of the schedule, once for its moment.
///
/// # Errors
/// The database fails.
pub async fn assembly_moment(app: &App, moment: DateTime<Utc>) -> anyhow::Result<()> {
    let dead = dead_links(app).await?;
    let mut write = app.store.write().await?;
    if !write.take_moment(app.publication, Job::Assemble.name(), moment, true, app.clock.now()).await? {
        return Ok(());
    }
    let edition = edition_of(app, moment)?;
    let issues = app.store.issues(app.publication, "").await?;
    // An editor was faster: the issue of this month is approved already.
    if !issues.iter().any(|issue| is_settled(issue) && issue.edition == edition) {
        assemble_in(app, &mut write, None, moment, dead).await?;
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}

async fn assemble_in(
    app: &App,
    write: &mut Write,
    issue: Option<i64>,
    moment: DateTime<Utc>,
    dead: Vec<Finding>,
) -> Result<IssueRow, NotDone> {
    let issues = app.store.issues(app.publication, "").await?;
    let settled = issues.iter().filter(|issue| is_settled(issue)).map(|issue| issue.edition.next());
    let edition = settled.fold(edition_of(app, moment)?, Edition::max);
    let row = match issue {
        Some(id) => write.issue_for_change(id).await?.ok_or(NotDone::NoSuchIssue)?,
        None => open(app, write, edition).await?,
    };
    let row = fill(app, write, row, dead).await?;
    match &row.state {
        IssueState::Held { .. } => mails::held(app, write, &row).await?,
        _ => mails::draft_ready(app, write, &row).await?,
    }
    Ok(row)
}

/// Opens the draft of an edition if none is open; items postponed until then come back as pending, on top.
pub(super) async fn open(app: &App, write: &mut Write, edition: Edition) -> anyhow::Result<IssueRow> {
    let id = match write.open_draft(app.publication).await? {
        // The month went by without this issue: it bears the new one.
        Some(draft) if draft.edition < edition => {
            write.retarget_issue(draft.id, edition).await?;
            draft.id
        }
        Some(draft) => draft.id,
        None => {
            let new = NewIssue {
                public_id: random_id(),
                publication: app.publication,
                edition,
                first_running_number: app.config.issue.first_running_number,
                at: app.clock.now(),
            };
            write.open_issue(&new).await?
        }
    };
    for row in write.items_for_change(app.publication, "postponed").await? {
        if let Some(state) = row.item.state.returned(edition) {
            let pending = Item { state, content: row.item.content.clone() };
            write.change_item(&row, &pending, "", "schedule", "return", app.clock.now()).await?;
        }
    }
    write.issue_for_change(id).await?.context("find the issue again")
}

/// Fills an open issue with everything that is approved, in the stated order.
pub(super) async fn fill(
    app: &App,
    write: &mut Write,
    issue: IssueRow,
    dead: Vec<Finding>,
) -> Result<IssueRow, NotDone> {
    let mut rows = write.items_for_change(app.publication, "approved").await?;
    let planned = write.items_for_change(app.publication, "planned").await?;
    rows.extend(planned.into_iter().filter(|row| row.item.state.issue() == Some(issue.id)));
    let candidates: Vec<Candidate> = rows
        .iter()
        .map(|row| Candidate {
            item: row.id,
            received_at: row.received_at,
            content: row.item.content.clone(),
        })
        .collect();
    let sections: Vec<String> =
        app.config.publication.sections.iter().map(|section| section.id.clone()).collect();
    let rules = AssemblyRules {
        sections: sections.clone(),
        items_min: app.config.issue.items_min,
        reading_day: reading_day(app),
    };
    let assembly = arrange(&candidates, &rules);
    let mut findings = assembly.findings;
    let placed = |item: i64| assembly.items.iter().any(|place| place.item == item);
    findings.extend(dead.into_iter().filter(|finding| match finding {
        Finding::DeadLink { item, .. } => placed(*item),
        _ => false,
    }));
    if !app.config.publication.funders.is_empty() && app.config.funders(rules.reading_day).next().is_none() {
        let last = app.config.publication.funders.iter().max_by_key(|funder| funder.until);
        findings.extend(last.map(|funder| Finding::NoFunder { funder: funder.name.clone() }));
    }
    let undecided = write.items_for_change(app.publication, "pending").await?.len();
    if undecided > 0 {
        findings.push(Finding::Undecided { count: undecided });
    }
    let mut slugs: Vec<String> = Vec::new();
    let mut items = Vec::new();
    for place in &assembly.items {
        let row = rows.iter().find(|row| row.id == place.item).context("find a placed item")?;
        let slug = unique(templates::item_slug(&row.item.content.title), &slugs);
        slugs.push(slug.clone());
        items.push(IssueItem { item: row.id, section: sections[place.section].clone(), slug });
        if let Some(state) = row.item.state.planned(issue.id, app.clock.now()) {
            let after = Item { state, content: row.item.content.clone() };
            write.change_item(row, &after, "", "schedule", "plan", app.clock.now()).await?;
        }
    }
    write.set_issue_items(issue.id, &items).await?;
    let blocking: Vec<Finding> = findings.iter().filter(|finding| finding.blocks()).cloned().collect();
    let state = issue.state.clone().assembled(blocking)?;
    write.change_issue(issue.id, &state).await?;
    let filled = write.issue_for_change(issue.id).await?.context("find the issue again")?;
    let contents = view::contents(write, &filled).await?;
    let language = app.config.publication.language;
    let title = view::edition(app, &contents, language, &view::paths(app)).subject(language);
    write.describe_issue(issue.id, &title, &findings).await?;
    Ok(write.issue_for_change(issue.id).await?.context("find the issue again")?)
}

fn unique(slug: String, taken: &[String]) -> String {
    if !taken.contains(&slug) {
        return slug;
    }
    (2..).map(|number| format!("{slug}-{number}")).find(|slug| !taken.contains(slug)).unwrap_or(slug)
}

/// Links of approved items that do not work.
pub(super) async fn dead_links(app: &App) -> anyhow::Result<Vec<Finding>> {
    let mut links: Vec<(i64, WebLink)> = Vec::new();
    for state in ["approved", "planned"] {
        for row in app.store.items(app.publication, state).await? {
            links.extend(view::links(&row.item.content.text).into_iter().map(|link| (row.id, link)));
        }
    }
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let only: Vec<WebLink> = links.iter().map(|(_, link)| link.clone()).collect();
    let checked = LinkChecker::new()?.check(&only).await;
    let mut findings = Vec::new();
    for finding in checked.iter().filter(|finding| finding.found.needs_a_look()) {
        for (item, link) in links.iter().filter(|(_, link)| *link == finding.link) {
            let (url, why) = (link.as_str().to_owned(), finding.found.name().to_owned());
            let dead = Finding::DeadLink { item: *item, url, why };
            if !findings.contains(&dead) {
                findings.push(dead);
            }
        }
    }
    Ok(findings)
}
