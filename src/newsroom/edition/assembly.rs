//! Assembly: a draft opens, and everything that is approved goes into it in the stated order.

use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::calendar::Job;
use issues::{
    AssemblyRules, Candidate, Edition, Finding, Hand, IssueState, Item, Part, WebLink, assemble as arrange,
    weighs,
};
use subscribers::Language;

use super::{Leaves, NotDone, coming, edition_of, is_settled, reading_day, to_change};
use crate::app::App;
use crate::clock::random_id;
use crate::newsroom::view::Contents;
use crate::newsroom::{mails, view};
use crate::publish::LinkChecker;
use crate::store::{IssueItem, IssueRow, ItemRow, NewIssue, Write};

/// How long an editor at the desk waits for the links to be looked at; what is known from before stands then.
const LINKS_SECONDS_MAX: Duration = Duration::from_secs(15);

/// Assembles the open draft, opening one if there is none: looks at the links first, outside the transaction.
///
/// # Errors
/// See [`NotDone`].
pub async fn assemble(app: &App, issue: Option<i64>) -> Result<IssueRow, NotDone> {
    let looked = look_at_links(app).await?;
    let mut write = app.store.write().await?;
    let mut row = assemble_in(app, &mut write, issue, app.clock.now(), &looked.dead).await?;
    remember(&mut write, &mut row, looked).await?;
    tell(app, &mut write, &row).await?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(row)
}

/// [`assemble`] by an editor who sees the result herself: nobody is mailed, and nobody waits long for links.
///
/// # Errors
/// See [`NotDone`].
pub async fn assemble_at_desk(app: &App, issue: Option<i64>) -> Result<IssueRow, NotDone> {
    let looked = match tokio::time::timeout(LINKS_SECONDS_MAX, look_at_links(app)).await {
        Ok(looked) => Some(looked?),
        Err(_) => None,
    };
    let known = match issue {
        Some(id) => app.store.issue(id).await?.map(|row| row.findings).unwrap_or_default(),
        None => Vec::new(),
    };
    let dead = looked.as_ref().map_or(&known, |looked| &looked.dead);
    let mut write = app.store.write().await?;
    let mut row = assemble_in(app, &mut write, issue, app.clock.now(), dead).await?;
    if let Some(looked) = looked {
        remember(&mut write, &mut row, looked).await?;
    }
    write.commit().await?;
    Ok(row)
}

/// The assembly of the schedule, once for its moment.
///
/// # Errors
/// The database fails.
pub async fn assembly_moment(app: &App, moment: DateTime<Utc>) -> anyhow::Result<()> {
    let looked = look_at_links(app).await?;
    let mut write = app.store.write().await?;
    if !write.take_moment(app.publication, Job::Assemble.name(), moment, true, app.clock.now()).await? {
        return Ok(());
    }
    let edition = edition_of(app, moment)?;
    let issues = write.issues(app.publication).await?;
    // An editor was faster: the issue of this month is approved already.
    if !issues.iter().any(|issue| is_settled(issue) && issue.edition == edition) {
        let mut row = assemble_in(app, &mut write, None, moment, &looked.dead).await?;
        remember(&mut write, &mut row, looked).await?;
        tell(app, &mut write, &row).await?;
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}

/// Keeps which links were looked at: of what comes in later, or is changed, nobody says that it works.
async fn remember(write: &mut Write, row: &mut IssueRow, looked: Looked) -> anyhow::Result<()> {
    row.arrangement.links_seen = looked.links;
    write.set_arrangement(row.id, &row.arrangement).await
}

async fn assemble_in(
    app: &App,
    write: &mut Write,
    issue: Option<i64>,
    moment: DateTime<Utc>,
    dead: &[Finding],
) -> Result<IssueRow, NotDone> {
    if issue.is_none() {
        write.before_an_issue_opens(app.publication).await?;
    }
    let issues = write.issues(app.publication).await?;
    let settled = issues.iter().filter(|issue| is_settled(issue)).map(|issue| issue.edition.next());
    let edition = settled.fold(edition_of(app, moment)?, Edition::max);
    let row = match issue {
        Some(id) => to_change(app, write, id).await?,
        None => open(app, write, edition).await?,
    };
    fill(app, write, row, Leaves::AtNextMoment, dead, Taking::Everything).await
}

/// The editors are told what the assembly came to.
async fn tell(app: &App, write: &mut Write, row: &IssueRow) -> anyhow::Result<()> {
    match &row.state {
        IssueState::Held { .. } => mails::held(app, write, row).await,
        _ => mails::draft_ready(app, write, row).await,
    }
}

/// Opens the draft of an edition if none is open, after [`Write::before_an_issue_opens`]; items postponed until then come
/// back as pending, on top.
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

/// Which approved items go in beside those that stand in the issue already.
#[derive(Debug, Clone, Copy)]
pub(super) enum Taking {
    /// All that no editor has left for a later issue.
    Everything,
    Nothing,
    Only(i64),
}

impl Taking {
    fn takes(self, issue: &IssueRow, item: i64) -> bool {
        match self {
            Taking::Everything => !issue.arrangement.left_out.contains(&item),
            Taking::Nothing => false,
            Taking::Only(only) => only == item,
        }
    }
}

/// What stands in an issue, in order, and what an editor should know about it.
pub struct Standing {
    pub contents: Contents,
    pub findings: Vec<Finding>,
}

impl Standing {
    /// What keeps the issue from being sent.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.blocks())
    }
}

/// An issue as it would be frozen now: what stands in it, arranged as filling would arrange it. One that is frozen
/// already stands as it is.
///
/// # Errors
/// The database fails.
pub async fn standing(app: &App, issue: &IssueRow, leaves: Leaves) -> anyhow::Result<Standing> {
    if !issue.state.is_open() {
        let contents = view::stored_contents(app, issue).await?;
        return Ok(Standing { contents, findings: issue.findings.clone() });
    }
    let issue = as_leaving(app, issue, leaves).await?;
    let mut rows = app.store.items(app.publication, "planned").await?;
    rows.retain(|row| row.item.state.issue() == Some(issue.id));
    let undecided = app.store.waiting(app.publication).await?.items;
    let placed = place(app, &issue, leaves, &rows, undecided, &issue.findings)?;
    let mut items = Vec::with_capacity(placed.items.len());
    for at in placed.items {
        let row = rows.iter().position(|row| row.id == at.item).context("find a placed item")?;
        items.push((at, rows.swap_remove(row)));
    }
    let told = view::stored_contents(app, &issue).await?.told;
    let contents = Contents { issue, items, told, leaves };
    let mut findings = placed.findings;
    findings.extend(weight(app, &contents));
    Ok(Standing { contents, findings })
}

/// What is to be said of the size of its mail, in the language in which it is largest.
fn weight(app: &App, contents: &Contents) -> Option<Finding> {
    let octets = |language| view::bulletin(app, contents, language).html.len();
    weighs(Language::ALL.into_iter().map(octets).max()?)
}

/// What stands in an open issue, and where, as this transaction sees it.
pub(super) async fn places(app: &App, write: &mut Write, issue: &IssueRow) -> anyhow::Result<Vec<IssueItem>> {
    let mut rows = write.items_for_change(app.publication, "planned").await?;
    rows.retain(|row| row.item.state.issue() == Some(issue.id));
    Ok(place(app, issue, Leaves::AtNextMoment, &rows, 0, &[])?.items)
}

/// An open issue with the month and number that it gets when it leaves then.
async fn as_leaving(app: &App, issue: &IssueRow, leaves: Leaves) -> anyhow::Result<IssueRow> {
    let mut issue = issue.clone();
    let edition = match leaves {
        Leaves::AtNextMoment => coming(app, app.clock.now())?,
        Leaves::Now => app.config.issue.bears.edition(app.clock.now(), app.config.publication.zone),
    };
    if edition > issue.edition {
        if edition.year != issue.edition.year {
            let issues = app.store.issues(app.publication, "").await?;
            let numbers = issues.iter().filter(|other| other.edition.year == edition.year);
            issue.number = numbers.map(|other| other.number).max().unwrap_or(0) + 1;
        }
        issue.edition = edition;
    }
    Ok(issue)
}

struct Placing {
    items: Vec<IssueItem>,
    findings: Vec<Finding>,
}

/// Puts items in the stated order and says what is to be known about them. Of links, what is known already.
fn place(
    app: &App,
    issue: &IssueRow,
    leaves: Leaves,
    rows: &[ItemRow],
    undecided: usize,
    known: &[Finding],
) -> anyhow::Result<Placing> {
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
        order: issue.arrangement.order.clone(),
        reading_day: reading_day(app, issue.edition, leaves),
    };
    let assembly = arrange(&candidates, &rules);
    let mut findings = assembly.findings;
    let says = |item: i64, url: &str| {
        let row = rows.iter().find(|row| row.id == item);
        row.is_some_and(|row| view::links_of(&row.item.content).iter().any(|link| link.as_str() == url))
    };
    findings.extend(
        known
            .iter()
            .filter(
                |finding| matches!(finding, Finding::DeadLink { item, url, .. } if says(*item, url.as_str())),
            )
            .cloned(),
    );
    if !app.config.publication.funders.is_empty() && app.config.funders(rules.reading_day).next().is_none() {
        let last = app.config.publication.funders.iter().max_by_key(|funder| funder.until);
        findings.extend(last.map(|funder| Finding::NoFunder { funder: funder.name.clone() }));
    }
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
    }
    Ok(Placing { items, findings })
}

/// Fills an open issue, which leaves then, in the stated order.
pub(super) async fn fill(
    app: &App,
    write: &mut Write,
    issue: IssueRow,
    leaves: Leaves,
    dead: &[Finding],
    taking: Taking,
) -> Result<IssueRow, NotDone> {
    // These first: who is approving one of them at this moment is waited for, and it is seen below.
    let undecided = write.items_for_change(app.publication, "pending").await?.len();
    let mut rows = write.items_for_change(app.publication, "approved").await?;
    rows.retain(|row| taking.takes(&issue, row.id));
    let planned = write.items_for_change(app.publication, "planned").await?;
    rows.extend(planned.into_iter().filter(|row| row.item.state.issue() == Some(issue.id)));
    let placed = place(app, &issue, leaves, &rows, undecided, dead)?;
    for row in &rows {
        if let Some(state) = row.item.state.planned(issue.id, app.clock.now()) {
            let after = Item { state, content: row.item.content.clone() };
            write.change_item(row, &after, "", "schedule", "plan", app.clock.now()).await?;
        }
    }
    write.set_issue_items(issue.id, &placed.items).await?;
    let filled = write.issue_for_change(issue.id).await?.context("find the issue again")?;
    let contents = view::contents(write, &filled).await?.leaving(leaves);
    let mut findings = placed.findings;
    findings.extend(weight(app, &contents));
    let blocking: Vec<Finding> = findings.iter().filter(|finding| finding.blocks()).cloned().collect();
    let state = issue.state.clone().assembled(blocking)?;
    write.change_issue(issue.id, &state).await?;
    let language = app.config.publication.language;
    let title = view::edition(app, &contents, language, &view::paths(app)).subject(language);
    write.describe_issue(issue.id, &title, &findings).await?;
    Ok(write.issue_for_change(issue.id).await?.context("find the issue again")?)
}

/// Puts an item that was just approved into the issue that is put together already, at an editor's word that it comes
/// out there. Before there is one, the assembly takes what is approved by then.
pub(in crate::newsroom) async fn join(
    app: &App,
    write: &mut Write,
    item: i64,
    by: &str,
) -> anyhow::Result<()> {
    let Some(issue) = write.open_draft(app.publication).await? else { return Ok(()) };
    if matches!(issue.state, IssueState::Draft) {
        return Ok(());
    }
    // Who approves it again puts in what was taken out.
    let mut arrangement = issue.arrangement.clone();
    arrangement.put_in(item);
    arrangement.touched(Part::Order, Hand { by: by.to_owned(), at: app.clock.now() });
    write.set_arrangement(issue.id, &arrangement).await?;
    refill(app, write, issue.id, Taking::Only(item)).await
}

/// Closes ranks in an issue that an item has left, and looks again whether it is fit to be sent.
pub(in crate::newsroom) async fn close_ranks(app: &App, write: &mut Write, issue: i64) -> anyhow::Result<()> {
    refill(app, write, issue, Taking::Nothing).await
}

async fn refill(app: &App, write: &mut Write, issue: i64, taking: Taking) -> anyhow::Result<()> {
    let row = write.issue_for_change(issue).await?.context("find the open issue again")?;
    let known = row.findings.clone();
    match fill(app, write, row, Leaves::AtNextMoment, &known, taking).await {
        Ok(_) => Ok(()),
        Err(NotDone::Failed(error)) => Err(error),
        Err(other) => Err(other.into()),
    }
}

fn unique(slug: String, taken: &[String]) -> String {
    if !taken.contains(&slug) {
        return slug;
    }
    (2..).map(|number| format!("{slug}-{number}")).find(|slug| !taken.contains(slug)).unwrap_or(slug)
}

/// What became of a look at links.
struct Looked {
    dead: Vec<Finding>,
    links: Vec<String>,
}

/// Links of approved items that do not work.
pub(super) async fn dead_links(app: &App) -> anyhow::Result<Vec<Finding>> {
    Ok(look_at_links(app).await?.dead)
}

async fn look_at_links(app: &App) -> anyhow::Result<Looked> {
    let mut links: Vec<(i64, WebLink)> = Vec::new();
    for state in ["approved", "planned"] {
        for row in app.store.items(app.publication, state).await? {
            links.extend(view::links_of(&row.item.content).into_iter().map(|link| (row.id, link)));
        }
    }
    if links.is_empty() {
        return Ok(Looked { dead: Vec::new(), links: Vec::new() });
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
    let mut links: Vec<String> = only.iter().map(|link| link.as_str().to_owned()).collect();
    links.sort_unstable();
    links.dedup();
    Ok(Looked { dead: findings, links })
}
