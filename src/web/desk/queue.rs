//! `/desk`: what waits. `state` in the query chooses what is shown, `page` which part of it; `done` and `item` say
//! what was just done to which item.

use std::collections::BTreeSet;

use axum::extract::{Query, State};
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::{DateTime, Utc};
use issues::moderation::answer_by;
use issues::reading::Verified;
use issues::unanswered::put_aside_at;
use issues::{Event, IssueState, ItemState};
use serde::Deserialize;
use templates::desk::queue::{
    self as view, Card, Filter, Held, Need, NextIssue, Oldest, Replied, Standing, State as Stands, Thumb,
    View,
};

use super::decisions::done;
use super::room::{desk, local};
use super::said::said;
use super::senders::blocked;
use super::session::SignedIn;
use crate::app::{App, SharedApp};
use crate::newsroom::decisions::decisions;
use crate::newsroom::next::next_issue;
use crate::newsroom::{drafts, quarantine, view as rows};
use crate::store::{Author, Counted, ItemRow, MessageRow, Page};
use crate::web::errors::Problem;
use crate::web::reply::page;

/// Cards on one page: more than a day brings, and light enough for a phone.
const CARDS_MAX: usize = 50;
/// Decisions beside the queue.
const RECENT_MAX: i64 = 5;
/// Other items of one sender that are handed on.
const OTHERS_MAX: usize = 10;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk", get(show))
}

#[derive(Deserialize)]
struct Wish {
    state: Option<String>,
    page: Option<String>,
    done: Option<String>,
    item: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Problem> {
    let filter = match wish.state.as_deref() {
        None | Some("") => Filter::New,
        Some(name) => Filter::parse(name).ok_or(Problem::NotFound)?,
    };
    let mut desk = desk(&app, &signed).await?;
    desk.said = said(&app, &signed, wish.done.as_deref(), wish.item.as_deref()).await?;
    let counted = app.store.count_queue(app.publication).await?;
    let counts: Vec<(Filter, usize)> =
        Filter::ALL.into_iter().map(|filter| (filter, count(&counted, filter))).collect();
    let pages = count(&counted, filter).div_ceil(CARDS_MAX).max(1);
    let number = wish.page.and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, pages);
    let part = Page { limit: CARDS_MAX as i64, skip: ((number - 1) * CARDS_MAX) as i64 };
    let (mut shown, mut held, mut senders) = (Vec::new(), Vec::new(), Vec::new());
    if filter == Filter::Quarantine {
        let rows = app.store.blocked_senders(app.publication).await?;
        senders.extend(rows.into_iter().map(|row| blocked(&app, row)));
        let messages = app.store.quarantine(app.publication, part).await?;
        held.extend(messages.into_iter().map(|row| held_mail(&app, row)));
    } else {
        // What was turned down only grows; what was last is what one looks for.
        let newest_first = filter == Filter::Rejected;
        shown =
            cards(&app, &signed, app.store.queue(app.publication, states(filter), newest_first, part).await?)
                .await?;
    }
    let now = app.clock.now();
    let recent = decisions(&app, Page { limit: RECENT_MAX, skip: 0 }).await?;
    let view = View {
        desk,
        filter,
        counts,
        now: local(&app, now),
        oldest: counted.oldest.map(|at| Oldest { age: now - at, answer_by: answer_by(local(&app, at)) }),
        since: since(&counted, filter).map(|at| now - at),
        cards: shown,
        held,
        senders,
        page: number,
        pages,
        issue: coming(&app).await?,
        recent: recent.into_iter().map(|decision| done(&app, decision)).collect(),
    };
    Ok(page(view::render(&view)))
}

fn states(filter: Filter) -> &'static [&'static str] {
    match filter {
        Filter::New => &["pending"],
        Filter::Asked => &["asked"],
        Filter::Approved => &["approved", "planned"],
        Filter::Postponed => &["postponed"],
        Filter::Rejected => &["rejected"],
        Filter::Quarantine => &[],
    }
}

fn count(counted: &Counted, filter: Filter) -> usize {
    if filter == Filter::Quarantine {
        return counted.quarantined;
    }
    let states = states(filter);
    counted.items.iter().filter(|(state, _)| states.contains(&state.as_str())).map(|(_, count)| count).sum()
}

/// When the oldest of a list came.
fn since(counted: &Counted, filter: Filter) -> Option<DateTime<Utc>> {
    if filter == Filter::Quarantine {
        return counted.quarantined_since;
    }
    let of = counted.since.iter().filter(|(state, _)| states(filter).contains(&state.as_str()));
    of.map(|(_, at)| *at).min()
}

async fn cards(app: &App, signed: &SignedIn, items: Vec<ItemRow>) -> anyhow::Result<Vec<Card>> {
    let ids: Vec<i64> = items.iter().map(|row| row.id).collect();
    let contributors: BTreeSet<i64> = items.iter().filter_map(|row| row.contributor).collect();
    let authors = app.store.authors(&ids).await?;
    let waiting = app.store.waiting_of(&contributors.into_iter().collect::<Vec<_>>()).await?;
    let watching = drafts::watching(app, signed.editor.id).await?;
    let replied = app.store.replied(&ids).await?;
    let of = |row: ItemRow| {
        let watched =
            watching.iter().filter(|(item, _)| *item == row.id).map(|(_, who)| who.clone()).collect();
        let author = authors.iter().find(|author| author.item == row.id);
        let others = waiting
            .iter()
            .filter(|(contributor, item, _)| Some(*contributor) == row.contributor && *item != row.id);
        let others: Vec<(i64, String)> = others.map(|(_, item, title)| (*item, title.clone())).collect();
        let replied = replied.iter().find(|replied| replied.item == row.id).map(|replied| Replied {
            age: app.clock.now() - replied.at,
            words: replied.text.clone(),
            question: replied.question.clone(),
        });
        Card { watching: watched, replied, ..card(app, row, author, others) }
    };
    Ok(items.into_iter().map(of).collect())
}

fn card(app: &App, row: ItemRow, author: Option<&Author>, mut others: Vec<(i64, String)>) -> Card {
    let content = &row.item.content;
    let report = author.and_then(|author| author.report.as_ref());
    let sent = report.filter(|report| report.items.len() <= 1 && !report.text.trim().is_empty());
    let place = content.places.first();
    let more_others = others.len().saturating_sub(OTHERS_MAX);
    others.truncate(OTHERS_MAX);
    Card {
        id: row.id,
        sender: author
            .map(|author| if author.name.is_empty() { &author.address } else { &author.name })
            .cloned()
            .unwrap_or_default(),
        municipality: place.map(|place| place.municipality.clone()).unwrap_or_default(),
        age: app.clock.now() - row.received_at,
        title: content.title.clone(),
        words: sent.map_or_else(|| content.plain_text(), |report| report.text.clone()),
        photo: content.photos.first().map(|photo| Thumb {
            url: format!("/desk/item/{}/photo/{}.jpg", row.id, photo.sha256),
            alt: photo.alt.clone(),
            width: photo.width,
            height: photo.height,
        }),
        event: next_event(app, &content.events),
        more_events: content.events.len().saturating_sub(1),
        place: place.map(|place| place.place.clone()).unwrap_or_default(),
        place_confirmed: place.is_some_and(|place| place.confirmed.is_some()),
        earlier: author.filter(|author| author.known).map(|author| author.earlier),
        sender_failed: report.is_some_and(|report| report.verified == Verified::Fail),
        warning: rows::warnings(content).into_iter().next(),
        standing: standing(app, &row.item.state),
        replied: None,
        watching: Vec::new(),
        others,
        more_others,
    }
}

/// The first that is still to come, else the first.
fn next_event(app: &App, events: &[Event]) -> Option<Event> {
    let coming = events.iter().filter(|event| !event.is_past(app.today())).min_by_key(|event| event.order());
    coming.or(events.first()).cloned()
}

fn standing(app: &App, state: &ItemState) -> Option<Standing> {
    let (stands, by, at) = match state {
        ItemState::Asked { question, by, at, .. } => {
            let until = put_aside_at(state).map(|at| local(app, at).date());
            (Stands::Asked { question: question.clone(), until }, by, at)
        }
        ItemState::Approved { by, at } => (Stands::Approved, by, at),
        ItemState::Planned { by, at, .. } => (Stands::Planned, by, at),
        ItemState::Postponed { to, by, at } => (Stands::Postponed { month: to.month }, by, at),
        ItemState::Rejected { reason, by, at } => (Stands::Rejected { reason: reason.clone() }, by, at),
        ItemState::Pending
        | ItemState::Published { .. }
        | ItemState::Merged { .. }
        | ItemState::Withdrawn { .. } => return None,
    };
    Some(Standing { state: stands, by: by.clone(), at: local(app, *at) })
}

fn held_mail(app: &App, row: MessageRow) -> Held {
    let name = [row.from_name, row.from_address, row.sender.unwrap_or_default()];
    Held {
        id: row.id,
        sender: name.into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
        age: app.clock.now() - row.received_at,
        subject: row.subject,
        reason: quarantine::reason(row.reason),
    }
}

async fn coming(app: &App) -> anyhow::Result<NextIssue> {
    let next = next_issue(app).await?;
    let wall = |at: DateTime<Utc>| local(app, at);
    let assembly = Need::Assembly { at: next.assembles_at.map(wall) };
    let need = match next.issue.map(|issue| issue.state) {
        None | Some(IssueState::Draft | IssueState::Sent { .. } | IssueState::Stopped { .. }) => assembly,
        Some(IssueState::Held { why }) => Need::Mending { findings: why.len() },
        Some(IssueState::Ready) if app.config.issue.needs_approval => Need::Approval,
        Some(IssueState::Ready | IssueState::Approved { .. }) => Need::Nothing,
        Some(IssueState::Sending { not_before, .. }) if not_before > app.clock.now() => Need::Hold,
        Some(IssueState::Sending { .. }) => Need::Sending,
        Some(IssueState::Paused { .. }) => Need::Resuming,
    };
    Ok(NextIssue {
        month: next.edition.month,
        places: next.places,
        sends_at: next.sends_at.map(wall),
        items: next.items,
        dates: next.dates,
        need,
    })
}
