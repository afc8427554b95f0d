//! An issue from its opening to its end: opened, assembled, approved and frozen, sent after the hold, finished.

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use issues::calendar::{Job, sending_of};
use issues::moderation::Decision;
use issues::{
    AssemblyRules, Candidate, Edition, Finding, InvalidIssueStep, IssueState, Item, ItemState, WebLink,
    assemble as arrange,
};
use sha2::{Digest as _, Sha256};
use subscribers::Language;

use super::mail::local;
use super::moderate::{Who, set};
use super::{mails, view};
use crate::app::App;
use crate::clock::random_id;
use crate::publish::LinkChecker;
use crate::store::{IssueContent, IssueItem, IssueRow, NewDelivery, NewIssue, Write};

/// A delivery that could not leave for so long is given up.
const DELIVERY_EXPIRES_AFTER: TimeDelta = issues::delivery::BULLETIN_EXPIRES_AFTER;
/// Readers whose deliveries are queued with one statement.
const DELIVERY_BATCH_MAX: usize = 1_000;

#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    #[error("there is no such issue")]
    NoSuchIssue,
    #[error("no sending moment is configured (schedule.send); `zinas issue send` sends now")]
    NoSendingMoment,
    #[error(transparent)]
    Step(#[from] InvalidIssueStep),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// The edition of the issue that leaves at the first sending moment after `from`.
pub fn coming(app: &App, from: DateTime<Utc>) -> anyhow::Result<Edition> {
    let zone = app.config.publication.zone;
    let sending = match app.config.cron(Job::Send) {
        Some(cron) => cron.next(zone, from).ok_or_else(|| anyhow!("schedule.send has no moment any more"))?,
        None => from,
    };
    Ok(app.config.issue.bears.edition(sending, zone))
}

/// The edition that is being made: that of the next sending, unless an issue for it is frozen or sent already.
///
/// # Errors
/// The database fails.
pub async fn being_made(app: &App) -> anyhow::Result<Edition> {
    let coming = coming(app, app.clock.now())?;
    let issues = app.store.issues(app.publication, "").await?;
    Ok(issues
        .iter()
        .filter(|issue| is_settled(issue))
        .map(|issue| issue.edition.next())
        .fold(coming, Edition::max))
}

/// Frozen, going out or sent: nothing can be put into it any more.
fn is_settled(issue: &IssueRow) -> bool {
    !issue.state.is_open() && !matches!(issue.state, IssueState::Stopped { .. })
}

/// The edition that an assembly at this moment works towards.
fn edition_of(app: &App, assembly: DateTime<Utc>) -> anyhow::Result<Edition> {
    let zone = app.config.publication.zone;
    match app.config.cron(Job::Send) {
        Some(cron) => {
            let sending = sending_of(assembly, cron, zone).context("schedule.send has no moment any more")?;
            Ok(app.config.issue.bears.edition(sending, zone))
        }
        None => Ok(app.config.issue.bears.edition(assembly, zone)),
    }
}

/// Opens the draft of an edition if none is open; items postponed until then come back as pending, on top.
async fn open(app: &App, write: &mut Write, edition: Edition) -> anyhow::Result<IssueRow> {
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
        let due = matches!(&row.item.state, ItemState::Postponed { to, .. } if *to <= edition);
        if due {
            let pending = Item { state: ItemState::Pending, content: row.item.content.clone() };
            write.change_item(&row, &pending, "", "schedule", "return", app.clock.now()).await?;
        }
    }
    write.issue_for_change(id).await?.context("find the issue again")
}

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

/// Fills an open issue with everything that is approved, in the stated order.
async fn fill(
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
        if let ItemState::Approved { by, .. } = &row.item.state {
            let state = ItemState::Planned { issue: issue.id, by: by.clone(), at: app.clock.now() };
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

/// The day on which readers will read: that of the next sending moment.
pub(super) fn reading_day(app: &App) -> NaiveDate {
    let zone = app.config.publication.zone;
    let now = app.clock.now();
    let sending = app.config.cron(Job::Send).and_then(|cron| cron.next(zone, now)).unwrap_or(now);
    sending.with_timezone(&zone).date_naive()
}

fn unique(slug: String, taken: &[String]) -> String {
    if !taken.contains(&slug) {
        return slug;
    }
    (2..).map(|number| format!("{slug}-{number}")).find(|slug| !taken.contains(slug)).unwrap_or(slug)
}

/// Links of approved items that do not work.
async fn dead_links(app: &App) -> anyhow::Result<Vec<Finding>> {
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

/// Which issue a command means when it names none.
async fn chosen(
    app: &App,
    write: &mut Write,
    issue: Option<i64>,
    states: &[&str],
) -> Result<IssueRow, NotDone> {
    let id = match issue {
        Some(id) => id,
        None => {
            let rows = app.store.issues(app.publication, "").await?;
            let wanted = rows.iter().rev().find(|row| states.contains(&row.state.name()));
            wanted.or(rows.last()).ok_or(NotDone::NoSuchIssue)?.id
        }
    };
    write.issue_for_change(id).await?.ok_or(NotDone::NoSuchIssue)
}

/// An editor approves: what is approved by now goes in, the content is frozen, and the next sending moment is taken.
///
/// # Errors
/// See [`NotDone`].
pub async fn approve(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    let zone = app.config.publication.zone;
    let cron = app.config.cron(Job::Send).ok_or(NotDone::NoSendingMoment)?;
    let send_at = cron.next(zone, app.clock.now()).ok_or(NotDone::NoSendingMoment)?;
    let mut write = app.store.write().await?;
    let row = chosen(app, &mut write, issue, &["ready", "held", "draft"]).await?;
    let row = freeze(app, &mut write, row, by, send_at).await?;
    write.commit().await?;
    Ok(row)
}

/// Fills, checks and freezes, inside an open transaction.
async fn freeze(
    app: &App,
    write: &mut Write,
    row: IssueRow,
    by: &str,
    send_at: DateTime<Utc>,
) -> Result<IssueRow, NotDone> {
    if !row.state.is_open() {
        return Err(InvalidIssueStep::State { from: row.state.name(), step: "approved" }.into());
    }
    // Approved after its month's sending moment, it leaves a month later and bears that month.
    let leaves = app.config.issue.bears.edition(send_at, app.config.publication.zone);
    if leaves > row.edition {
        write.retarget_issue(row.id, leaves).await?;
    }
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    let known = row.findings.clone();
    let row = fill(app, write, row, known).await?;
    let state = row.state.clone().approve(by, app.clock.now(), send_at)?;
    let standing = view::contents(write, &row).await?;
    let contents: Vec<IssueContent> =
        Language::ALL.into_iter().map(|language| view::bulletin(app, &standing, language)).collect();
    let mut hash = Sha256::new();
    for content in &contents {
        for part in [content.language.code(), &content.subject, &content.html, &content.text] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
    }
    let hash = data_encoding::HEXLOWER.encode(&hash.finalize());
    write.freeze_issue(row.id, &contents, &hash).await?;
    write.change_issue(row.id, &state).await?;
    Ok(write.issue_for_change(row.id).await?.context("find the issue again")?)
}

/// Sends now: approves what is not approved yet, and begins the hold.
///
/// # Errors
/// See [`NotDone`].
pub async fn send(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = chosen(app, &mut write, issue, &["approved", "ready", "held", "draft"]).await?;
    let row = if row.state.is_open() { freeze(app, &mut write, row, by, now).await? } else { row };
    let state = row.state.clone().send(by, now + app.config.issue.hold)?;
    write.change_issue(row.id, &state).await?;
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    write.commit().await?;
    Ok(row)
}

/// # Errors
/// See [`NotDone`].
pub async fn pause(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    step(app, issue, &["sending"], |state| state.pause(by)).await
}

/// # Errors
/// See [`NotDone`].
pub async fn resume(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    let row = step(app, issue, &["paused"], |state| state.resume(by)).await?;
    app.wake.queued.notify_waiters();
    Ok(row)
}

async fn step(
    app: &App,
    issue: Option<i64>,
    states: &[&str],
    step: impl FnOnce(IssueState) -> Result<IssueState, InvalidIssueStep>,
) -> Result<IssueRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = chosen(app, &mut write, issue, states).await?;
    let state = step(row.state.clone())?;
    write.change_issue(row.id, &state).await?;
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    write.commit().await?;
    Ok(row)
}

/// Nothing more goes out. In the hold nothing has gone out yet: the items are free for the next issue again.
///
/// # Errors
/// See [`NotDone`].
pub async fn stop(app: &App, issue: Option<i64>, by: &str) -> Result<IssueRow, NotDone> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = chosen(app, &mut write, issue, &["sending", "paused", "approved"]).await?;
    let state = row.state.clone().stop(by, now)?;
    write.change_issue(row.id, &state).await?;
    if row.audience.is_none() {
        for item in write.items_for_change(app.publication, "planned").await? {
            let ItemState::Planned { issue, by: approved_by, at } = &item.item.state else { continue };
            if *issue == row.id {
                let state = ItemState::Approved { by: approved_by.clone(), at: *at };
                let after = Item { state, content: item.item.content.clone() };
                write.change_item(&item, &after, by, "command", "unplan", now).await?;
            }
        }
    } else {
        write.abandon_deliveries(row.id, now).await?;
    }
    let row = write.issue_for_change(row.id).await?.context("find the issue again")?;
    write.commit().await?;
    Ok(row)
}

/// Moves every issue on whose time has come: into the hold, out of it, to its end. One step of the schedule task.
///
/// # Errors
/// The database fails.
pub async fn advance(app: &App) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut worked = false;
    for row in app.store.issues(app.publication, "").await? {
        worked |= match &row.state {
            IssueState::Approved { send_at, .. } if *send_at <= now => begin_hold(app, row.id).await?,
            IssueState::Sending { not_before, .. } if *not_before <= now => match row.audience {
                None => end_hold(app, row.id).await?,
                Some(_) => finish(app, row.id).await?,
            },
            IssueState::Draft
            | IssueState::Ready
            | IssueState::Held { .. }
            | IssueState::Approved { .. }
            | IssueState::Sending { .. }
            | IssueState::Paused { .. }
            | IssueState::Sent { .. }
            | IssueState::Stopped { .. } => false,
        };
    }
    Ok(worked)
}

async fn begin_hold(app: &App, issue: i64) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.issue_for_change(issue).await?.context("find the issue again")?;
    let IssueState::Approved { by, send_at, .. } = &row.state else { return Ok(false) };
    // The hold counts from the moment that was promised; after a long stop it begins now, so that it is never none.
    let begins = if now - *send_at < app.config.issue.hold { *send_at } else { now };
    let state = row.state.clone().send(by, begins + app.config.issue.hold)?;
    write.change_issue(issue, &state).await?;
    write.commit().await?;
    Ok(true)
}

/// The end of the hold freezes the audience: one delivery per confirmed reader. The items are published.
async fn end_hold(app: &App, issue: i64) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.issue_for_change(issue).await?.context("find the issue again")?;
    let due = matches!(&row.state, IssueState::Sending { not_before, .. } if *not_before <= now);
    if !due || row.audience.is_some() {
        return Ok(false);
    }
    let mut readers = 0;
    let mut after = 0;
    loop {
        let audience = write.audience(app.publication, after, DELIVERY_BATCH_MAX).await?;
        let Some(last) = audience.last() else { break };
        after = last.subscription;
        let deliveries: Vec<NewDelivery> = audience
            .iter()
            .filter(|reader| subscribers::may_mail(&reader.state, reader.suppressed).is_ok())
            .map(|reader| {
                let public_id = random_id();
                let message_id = delivery_message_id(app, &row, public_id, now);
                NewDelivery {
                    public_id,
                    subscription: reader.subscription,
                    recipient: reader.address.as_str().to_owned(),
                    recipient_hash: reader.address_hash.clone(),
                    language: reader.language,
                    message_id,
                }
            })
            .collect();
        readers += write
            .queue_deliveries(app.publication, issue, &deliveries, now, now + DELIVERY_EXPIRES_AFTER)
            .await?;
    }
    write.keep_audience(issue, readers, now).await?;
    for place in write.items_of_issue(issue).await? {
        let item = write.item_for_change(place.item).await?.context("find an item of the issue")?;
        let state = ItemState::Published { issue, at: now };
        let published = Item { state, content: item.item.content.clone() };
        write.change_item(&item, &published, "", "schedule", "publish", now).await?;
        mails::published(app, &mut write, &item, &row, &place.slug).await?;
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(true)
}

/// Without angle brackets; the engine makes the same from the same row.
fn delivery_message_id(app: &App, issue: &IssueRow, public_id: i64, at: DateTime<Utc>) -> String {
    app.letterhead.message_id(&issue.edition.to_string(), public_id, local(app, at))
}

/// Every delivery is final: the issue is sent, and the draft of the next one opens.
async fn finish(app: &App, issue: i64) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.issue_for_change(issue).await?.context("find the issue again")?;
    if !matches!(row.state, IssueState::Sending { .. }) || !write.deliveries_are_final(issue).await? {
        return Ok(false);
    }
    let state = row.state.clone().finish(now)?;
    write.change_issue(issue, &state).await?;
    let edition = coming(app, now)?.max(row.edition.next());
    open(app, &mut write, edition).await?;
    write.commit().await?;
    Ok(true)
}

/// At the sending moment: an issue that is ready goes out by itself where the configuration says so; otherwise the
/// editors are reminded of one that still waits for them.
///
/// # Errors
/// The database fails.
pub async fn sending_moment(app: &App, moment: DateTime<Utc>) -> anyhow::Result<()> {
    let mut write = app.store.write().await?;
    if !write.take_moment(app.publication, Job::Send.name(), moment, true, app.clock.now()).await? {
        return Ok(());
    }
    if let Some(draft) = write.open_draft(app.publication).await? {
        if app.config.issue.needs_approval {
            match draft.state {
                IssueState::Ready => mails::draft_ready(app, &mut write, &draft).await?,
                _ => mails::held(app, &mut write, &draft).await?,
            }
        } else {
            match freeze(app, &mut write, draft, "", moment).await {
                // Held: the editors were told at the assembly.
                Ok(_) | Err(NotDone::Step(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}

/// The contributor answered a question, or wrote again about an item.
pub(super) async fn answered(app: &App, write: &mut Write, item: i64) -> anyhow::Result<()> {
    let row = write.item_for_change(item).await?.context("find the item")?;
    if !matches!(row.item.state, ItemState::Asked { .. }) {
        return Ok(());
    }
    let who = Who { by: "", channel: "mail" };
    match set(app, write, &row, Decision::Answered, "answered", who).await {
        Ok(_) => Ok(()),
        Err(super::moderate::NotDecided::Failed(error)) => Err(error),
        // Nothing to settle any more; the reply is kept either way.
        Err(_) => Ok(()),
    }
}
