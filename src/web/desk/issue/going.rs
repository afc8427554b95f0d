//! The page of an issue that is approved, going out, or gone, filled.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use issues::IssueState;
use templates::desk::edition::Shown;
use templates::desk::issue_sending::{Alert, Provider, Stage, Tally, View};

use super::{Asked, head, local, looked_at, said};
use crate::app::App;
use crate::outbound::relay_fault;
use crate::store::{Group, IssueRow};
use crate::web::desk::room::desk;
use crate::web::desk::session::SignedIn;
use crate::web::errors::Problem;
use crate::web::reply::html;

/// The pace is that of so many minutes.
const PACE_MINUTES: i64 = 2;
/// Domains with a line of their own; the others share one.
const PROVIDERS_MAX: usize = 4;
/// Domains that are named in a sentence.
const NAMED_MAX: usize = 3;

pub async fn page(
    app: &App,
    signed: &SignedIn,
    row: &IssueRow,
    asked: &Asked,
    alert: Option<Alert>,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    let contents = app.store.issue_contents(row.id).await?;
    let own = contents.into_iter().find(|content| content.language == app.config.publication.language);
    let on_its_way = matches!(row.state, IssueState::Sending { .. } | IssueState::Approved { .. });
    let fault = if on_its_way { relay_fault(app).await? } else { None };
    let mut desk = desk(app, signed).await?;
    if alert.is_none() {
        desk.said = said(app, signed, row, asked).await?;
    }
    let view = View {
        desk,
        head: head(row),
        stage: stage(app, row),
        now: local(app, now),
        readers: app.store.count_readers(app.publication, app.today()).await?,
        subject: own.map_or_else(|| row.title.clone(), |content| content.subject),
        tally: match row.queued_at {
            Some(began) => Some(tally(app, row.id, began, now).await?),
            None => None,
        },
        items: if row.queued_at.is_some() { titles(app, row.id).await? } else { Vec::new() },
        preview: looked_at(app, signed, Shown::Phone, asked),
        alert,
        fault: fault.map(|fault| fault.what),
    };
    let status = if alert.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(html(status, templates::desk::issue_sending::render(&view)))
}

async fn titles(app: &App, issue: i64) -> anyhow::Result<Vec<(i64, String)>> {
    let mut titles = Vec::new();
    for place in app.store.issue_items(issue).await? {
        let item = app.store.item(place.item).await?;
        titles.extend(item.map(|row| (row.id, row.item.content.title)));
    }
    Ok(titles)
}

fn stage(app: &App, row: &IssueRow) -> Stage {
    let local = |at| local(app, at);
    // What leaves without anybody's word leaves by the publication's.
    let by = |by: &String| if by.is_empty() { app.config.publication.name.clone() } else { by.clone() };
    let frozen = row.queued_at;
    match &row.state {
        IssueState::Approved { by: who, send_at, .. } => Stage::Approved {
            by: by(who),
            send_at: local(*send_at),
            first: local(*send_at + app.config.issue.hold),
        },
        IssueState::Sending { not_before, .. } => match frozen {
            None => Stage::Hold { first: local(*not_before) },
            Some(since) => Stage::Going { since: local(since) },
        },
        IssueState::Paused { not_before, .. } => match frozen {
            None => Stage::HoldPaused { first: local(*not_before) },
            Some(_) => Stage::Paused,
        },
        IssueState::Sent { at } => Stage::Sent { at: local(*at) },
        IssueState::Stopped { by: who, at } => Stage::Stopped { by: by(who), at: local(*at) },
        // Open issues have a page of their own.
        IssueState::Draft | IssueState::Ready | IssueState::Held { .. } => {
            Stage::HoldPaused { first: local(row.opened_at) }
        }
    }
}

async fn tally(app: &App, issue: i64, began: DateTime<Utc>, now: DateTime<Utc>) -> Result<Tally, Problem> {
    let since = (now - TimeDelta::minutes(PACE_MINUTES)).max(began);
    let groups = app.store.progress(issue, since).await?;
    let seconds = usize::try_from((now - since).num_seconds()).unwrap_or(0).max(1);
    let mut tally = of(&groups);
    let lately: usize = groups.iter().map(|group| group.lately).sum();
    tally.pace = lately * 60 / seconds;
    let next = |state: &str| {
        let open = groups.iter().filter(|group| group.state == state && !group.settled);
        open.filter_map(|group| group.next).min().map(|at| local(app, at))
    };
    tally.slow_next = next("deferred");
    tally.uncertain_next = next("uncertain");
    Ok(tally)
}

fn of(groups: &[Group]) -> Tally {
    let mut tally = Tally::default();
    let mut domains: BTreeMap<&str, Provider> = BTreeMap::new();
    let mut slow: BTreeMap<&str, usize> = BTreeMap::new();
    for group in groups {
        let n = group.count;
        let domain = domains.entry(group.domain.as_str()).or_insert_with(|| Provider {
            domain: group.domain.clone(),
            accepted: 0,
            waiting: 0,
            deferred: 0,
        });
        match group.state.as_str() {
            "accepted" => {
                tally.accepted += n;
                domain.accepted += n;
            }
            "queued" | "sending" => {
                tally.waiting += n;
                domain.waiting += n;
            }
            "deferred" => {
                tally.deferred += n;
                domain.deferred += n;
                *slow.entry(group.domain.as_str()).or_default() += n;
            }
            "refused" => {
                tally.refused += n;
                tally.gone += if group.reason.is_empty() { 0 } else { n };
            }
            "uncertain" => tally.uncertain += n,
            // What the ledger may say is checked by the database.
            _ => tally.abandoned += n,
        }
        tally.bounced += group.bounced;
    }
    let mut slow: Vec<_> = slow.into_iter().filter(|(domain, _)| !domain.is_empty()).collect();
    slow.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    // Many slow receivers are no longer named, but said to be some.
    if slow.len() <= NAMED_MAX {
        tally.slow = slow.into_iter().map(|(domain, _)| domain.to_owned()).collect();
    }
    tally.providers = providers(domains.into_values().collect());
    tally
}

/// The domains with the most letters, and the rest together.
fn providers(mut all: Vec<Provider>) -> Vec<Provider> {
    all.sort_by_key(|of| (of.domain.is_empty(), std::cmp::Reverse(of.accepted + of.waiting + of.deferred)));
    let named = all.iter().filter(|provider| !provider.domain.is_empty()).count();
    // The share of one domain is not hidden behind a name for several.
    let kept =
        if named == all.len() && named == PROVIDERS_MAX + 1 { named } else { named.min(PROVIDERS_MAX) };
    let rest = all.split_off(kept);
    let sum = |of: fn(&Provider) -> usize| rest.iter().map(of).sum::<usize>();
    let others = Provider {
        domain: String::new(),
        accepted: sum(|of| of.accepted),
        waiting: sum(|of| of.waiting),
        deferred: sum(|of| of.deferred),
    };
    if !rest.is_empty() {
        all.push(others);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(domain: &str, state: &str, count: usize) -> Group {
        Group {
            domain: domain.to_owned(),
            state: state.to_owned(),
            reason: String::new(),
            settled: state != "deferred",
            count,
            next: None,
            lately: 0,
            bounced: 0,
        }
    }

    #[test]
    fn everybody_is_counted_once_and_the_small_domains_together() {
        let groups = [
            group("", "accepted", 1),
            group("a.example", "accepted", 5),
            group("a.example", "deferred", 9),
            group("b.example", "queued", 4),
            group("b.example", "sending", 1),
            group("c.example", "refused", 2),
            group("d.example", "accepted", 1),
            group("e.example", "uncertain", 1),
            group("f.example", "abandoned", 1),
        ];
        let tally = of(&groups);
        assert_eq!((tally.accepted, tally.waiting, tally.deferred), (7, 5, 9));
        assert_eq!((tally.refused, tally.uncertain, tally.abandoned), (2, 1, 1));
        assert_eq!(tally.slow, ["a.example"]);
        let names: Vec<&str> = tally.providers.iter().map(|of| of.domain.as_str()).collect();
        assert_eq!((names[0], names[1], names.len(), names[4]), ("a.example", "b.example", 5, ""));
        assert_eq!(tally.providers.iter().map(|of| of.accepted).sum::<usize>(), 7);
    }
}
