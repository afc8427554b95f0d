//! `/desk/issue/ID/approve`, `/send` and `/stop`: the one confirmation before what cannot be taken back. What was looked at
//! goes along with the button, and nothing else is approved.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::{DateTime, Utc};
use issues::{InvalidIssueStep, IssueState, Part};
use templates::desk::issue_sure::{Changed, Content, Done, View, What};

use super::{after, done, failed, find, head, id, local, making, not_now};
use crate::app::{App, SharedApp};
use crate::newsroom::edition::{self, Generation, Leaves, NotDone, Offer, Shown, Since, offer};
use crate::newsroom::moderate::Who;
use crate::newsroom::view;
use crate::store::IssueRow;
use crate::web::desk::room::desk;
use crate::web::desk::session::{Posted, SignedIn};
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::reply::html;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/desk/issue/{id}/approve", get(show_approve).post(approve))
        .route("/desk/issue/{id}/send", get(show_send).post(send))
        .route("/desk/issue/{id}/stop", get(show_stop).post(stop))
}

async fn show_approve(
    State(app): State<SharedApp>,
    signed: SignedIn,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let row = find(&app, id).await?;
    ask(&app, &signed, &row, Leaves::AtNextMoment, None).await
}

async fn show_send(
    State(app): State<SharedApp>,
    signed: SignedIn,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let row = find(&app, id).await?;
    ask(&app, &signed, &row, Leaves::Now, None).await
}

/// What a form was shown for, as far as it says so.
struct Looked(Option<Generation>);

/// Asks, if it can be done at all; else the page of the issue says how things stand. `looked` where it was asked before,
/// and something is another now.
async fn ask(
    app: &App,
    signed: &SignedIn,
    row: &IssueRow,
    leaves: Leaves,
    looked: Option<Looked>,
) -> Result<Response, Problem> {
    let offer = match offer(app, row, leaves).await {
        Ok(offer) => offer,
        Err(NotDone::NoSendingMoment) => return not_now(app, signed, row.id).await,
        Err(error) => return Err(failed(error)),
    };
    let standing = &offer.standing;
    let fit =
        row.state.is_open() && standing.blocking().next().is_none() && !standing.contents.items.is_empty();
    let frozen = leaves == Leaves::Now && matches!(row.state, IssueState::Approved { .. });
    if !fit && !frozen {
        return if row.state.is_open() {
            making::unfit(app, signed, row).await
        } else {
            not_now(app, signed, row.id).await
        };
    }
    let first = local(app, offer.not_before);
    let content = content(app, signed, &offer).await?;
    let what = match leaves {
        Leaves::AtNextMoment => What::Approve {
            content,
            at: offer.send_at.timestamp_millis(),
            send_at: local(app, offer.send_at),
            first,
        },
        Leaves::Now => What::Send { content, first },
    };
    let changed = match &looked {
        Some(looked) => Some(changed(app, row, looked, &offer.generation).await?),
        None => None,
    };
    let view = View {
        desk: desk(app, signed).await?,
        head: head(&offer.standing.contents.issue),
        what,
        hash: offer.hash,
        draft: offer.generation.to_string(),
        changed,
    };
    Ok(shown(&view))
}

/// Who did what since an editor looked.
async fn changed(
    app: &App,
    row: &IssueRow,
    looked: &Looked,
    now: &Generation,
) -> Result<Vec<Changed>, Problem> {
    let Some(seen) = &looked.0 else { return Ok(Vec::new()) };
    let all = edition::since(app, row, seen, now).await?;
    let changed = |(what, hand): (Since, Option<issues::Hand>)| Changed {
        // What is nobody's doing is the publication's.
        by: hand.as_ref().map(|hand| {
            let by = if hand.by.is_empty() { &app.config.publication.name } else { &hand.by };
            (by.clone(), local(app, hand.at))
        }),
        done: match what {
            Since::Reopened => Done::Reopened,
            Since::Part(Part::Order) => Done::Order,
            Since::Part(Part::Words) => Done::Words,
            Since::Part(Part::Calendar) => Done::Calendar,
            Since::PutIn(title) => Done::PutIn(title),
            Since::TakenOut(title) => Done::TakenOut(title),
            Since::Item(title) => Done::Item(title),
            Since::Found => Done::Found,
        },
    };
    Ok(all.into_iter().map(changed).collect())
}

fn shown(view: &View) -> Response {
    let status = if view.changed.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    html(status, templates::desk::issue_sure::render(view))
}

async fn content(app: &App, signed: &SignedIn, offer: &Offer) -> Result<Content, Problem> {
    let contents = &offer.standing.contents;
    let language = app.config.publication.language;
    let edition = view::edition(app, contents, signed.editor.language, &view::paths(app));
    let outside = if contents.issue.state.is_open() {
        app.store.items(app.publication, "approved").await?.len()
    } else {
        0
    };
    Ok(Content {
        readers: offer.readers,
        subject: edition.subject(language),
        titles: contents.items.iter().map(|(_, row)| row.item.content.title.clone()).collect(),
        dates: edition.calendar.len(),
        findings: view::findings(contents, &offer.standing.findings),
        outside,
    })
}

async fn approve(
    State(app): State<SharedApp>,
    path: Result<Path<i64>, PathRejection>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let Posted { signed, fields } = posted;
    let send_at = fields.get("at").and_then(|at| at.parse().ok()).and_then(DateTime::from_timestamp_millis);
    let seen = seen(&fields);
    let outcome =
        edition::approve_shown(&app, id, looked_at(&fields, &seen, send_at), signed.editor.shown()).await;
    settle(&app, &signed, id, outcome, (Leaves::AtNextMoment, seen), "approved").await
}

async fn send(
    State(app): State<SharedApp>,
    path: Result<Path<i64>, PathRejection>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let Posted { signed, fields } = posted;
    let seen = seen(&fields);
    let outcome = edition::send_shown(&app, id, looked_at(&fields, &seen, None), signed.editor.shown()).await;
    settle(&app, &signed, id, outcome, (Leaves::Now, seen), "sending").await
}

fn seen(fields: &Fields) -> Looked {
    Looked(fields.get("draft").and_then(Generation::parse))
}

fn looked_at<'a>(fields: &'a Fields, seen: &'a Looked, send_at: Option<DateTime<Utc>>) -> Shown<'a> {
    Shown { hash: fields.get("hash").unwrap_or(""), generation: seen.0.as_ref(), send_at }
}

async fn settle(
    app: &App,
    signed: &SignedIn,
    id: i64,
    outcome: Result<IssueRow, NotDone>,
    (leaves, seen): (Leaves, Looked),
    did: &str,
) -> Result<Response, Problem> {
    match outcome {
        Ok(_) => Ok(done(id, did, None, "")),
        // Not what was looked at: it is shown again as it is now.
        Err(NotDone::Overtaken) => ask(app, signed, &find(app, id).await?, leaves, Some(seen)).await,
        Err(NotDone::Step(InvalidIssueStep::Held(_))) => {
            making::unfit(app, signed, &find(app, id).await?).await
        }
        Err(NotDone::Step(_)) => not_now(app, signed, id).await,
        Err(error) => Err(failed(error)),
    }
}

async fn show_stop(
    State(app): State<SharedApp>,
    signed: SignedIn,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let row = find(&app, id).await?;
    if !can_stop(&row.state) {
        return not_now(&app, &signed, id).await;
    }
    let counts = match row.queued_at {
        None => None,
        Some(_) => {
            let groups = app.store.progress(id, app.clock.now()).await?;
            let count = |open: bool| {
                let of = groups.iter().filter(|of| if open { !of.settled } else { of.state == "accepted" });
                of.map(|of| of.count).sum::<usize>()
            };
            Some((count(false), count(true)))
        }
    };
    let view = View {
        desk: desk(&app, &signed).await?,
        head: head(&row),
        what: What::Stop { counts },
        hash: row.content_hash.clone(),
        draft: String::new(),
        changed: None,
    };
    Ok(shown(&view))
}

fn can_stop(state: &IssueState) -> bool {
    matches!(state, IssueState::Approved { .. } | IssueState::Sending { .. } | IssueState::Paused { .. })
}

async fn stop(
    State(app): State<SharedApp>,
    path: Result<Path<i64>, PathRejection>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let by = posted.signed.editor.shown().to_owned();
    after(
        &app,
        &posted.signed,
        id,
        edition::stop(&app, Some(id), Who { by: &by, channel: "desk" }).await,
        "stopped",
    )
    .await
}
