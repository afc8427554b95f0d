//! `/desk/readers/ID`: one reader with the words of her consent; leaving, lifting a suppression, erasing.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Router, routing::get};
use chrono::DateTime;
use serde::Deserialize;
use subscribers::SubscriptionState;
use templates::Paths;
use templates::desk::reader::{
    self as page, Event, Outcome, Problem as Unsure, Sent, Stopped, Suppressed, View,
};
use templates::desk::readers::State as ReaderState;
use templates::text::text;

use super::room::{desk, local};
use super::session::{Posted, SignedIn};
use crate::app::{App, SharedApp};
use crate::newsroom::moderate::Who;
use crate::newsroom::people::{self, NotDone, NotErased, Origin};
use crate::newsroom::stopped::{self, StaysStopped};
use crate::store::{IssueToReader, SubscriptionRow, address_hash};
use crate::web::errors::Problem;
use crate::web::reply::{html, page as reply};

/// Issues that are shown: five years of months.
const ISSUES_SHOWN_MAX: i64 = 60;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/desk/readers/{id}", get(show).post(act))
        .route("/desk/readers/{id}/erase", get(look).post(erase))
}

#[derive(Deserialize)]
struct Asked {
    done: Option<String>,
}

async fn find(app: &App, id: i64) -> Result<SubscriptionRow, Problem> {
    app.store.subscription(app.publication, id).await?.ok_or(Problem::NotFound)
}

async fn view(app: &App, signed: &SignedIn, row: &SubscriptionRow) -> Result<View, Problem> {
    let suppression = app.store.suppression(&address_hash(&row.address)).await?;
    let consent = app.store.consent(row.id).await?;
    let issues = app.store.issues_to(row.id, ISSUES_SHOWN_MAX).await?;
    let stopped = stopped::standing(app, row).await?;
    Ok(View {
        desk: desk(app, signed).await?,
        id: row.id,
        address: row.address.as_str().to_owned(),
        state: match &row.state {
            SubscriptionState::Pending { .. } => ReaderState::Pending,
            SubscriptionState::Confirmed { .. } => ReaderState::Confirmed,
            SubscriptionState::Unsubscribed { .. } => ReaderState::Unsubscribed,
            SubscriptionState::Suppressed { .. } => ReaderState::Suppressed,
        },
        language: row.language(),
        municipality: row.preferences.municipality.clone(),
        suppressed: suppression.map(|suppression| Suppressed {
            reason: suppression.reason,
            at: local(app, suppression.at),
            note: suppression.note,
        }),
        consent: consent
            .into_iter()
            .map(|event| Event {
                act: event.act,
                at: local(app, event.at),
                words: event.words,
                channel: event.channel,
                origin: event.origin,
            })
            .collect(),
        issues: issues.into_iter().map(|issue| sent(app, &issue)).collect(),
        stopped: stopped.map(|stop| Stopped {
            at: local(app, stop.at),
            by: stop.by,
            stamp: stop.at.timestamp_millis(),
        }),
        not_undone: false,
        wrong: false,
    })
}

fn sent(app: &App, issue: &IssueToReader) -> Sent {
    let outcome = match (issue.state.as_str(), issue.bounced) {
        (_, true) => Outcome::Bounced,
        ("accepted", _) => Outcome::Arrived,
        ("refused", _) => Outcome::Refused,
        ("uncertain", _) => Outcome::Uncertain,
        ("abandoned", _) => Outcome::Abandoned,
        _ => Outcome::OnItsWay,
    };
    Sent {
        year: issue.year,
        month: issue.month,
        page: Paths::local().desk(&format!("/issue/{}", issue.issue)),
        outcome,
        at: issue.settled_at.map(|at| local(app, at)),
    }
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let row = find(&app, id).await?;
    let mut view = view(&app, &signed, &row).await?;
    let people = &text(signed.editor.language).people;
    view.desk.said = match asked.done.as_deref() {
        Some("added") => Some(people.reader_added.to_owned()),
        Some("left") => Some(people.reader_left.to_owned()),
        Some("lifted") => Some(people.reader_lifted.to_owned()),
        Some("undone") => Some(text(signed.editor.language).source.stop_undone.to_owned()),
        _ => None,
    };
    Ok(reply(page::render(&view)))
}

async fn act(State(app): State<SharedApp>, Path(id): Path<i64>, posted: Posted) -> Result<Response, Problem> {
    let Posted { signed, fields } = posted;
    let row = find(&app, id).await?;
    let by = signed.editor.shown();
    let (done, said) = match fields.get("do") {
        Some("leave") => {
            let origin = Origin { channel: "desk", from: by };
            (people::leave(&app, row.public_id, origin).await.map(|_| ()), "left")
        }
        Some("lift") => {
            let reason = fields.get("reason").unwrap_or("");
            (
                people::lift(&app, &row.address, reason, Who { by, channel: "desk" }).await.map(|_| ()),
                "lifted",
            )
        }
        Some("undo") => return undo(&app, &signed, &row, fields.get("stopped_at")).await,
        _ => return Err(Problem::Refused(StatusCode::BAD_REQUEST)),
    };
    match done {
        // A second click finds nothing to lift, which is what was wanted.
        Ok(()) | Err(NotDone::NotSuppressed) => {
            Ok(Redirect::to(&format!("/desk/readers/{id}?done={said}")).into_response())
        }
        Err(NotDone::NoReason) => {
            let view = View { wrong: true, ..view(&app, &signed, &row).await? };
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page::render(&view)))
        }
        Err(NotDone::NoSuchSubscription) => Err(Problem::NotFound),
        Err(NotDone::Failed(error)) => Err(error.into()),
        Err(other @ (NotDone::Suppressed(_) | NotDone::Nobody | NotDone::NoConsent | NotDone::Step(_))) => {
            Err(anyhow::Error::from(other).into())
        }
    }
}

/// Takes back that an editor ended the subscription.
async fn undo(
    app: &App,
    signed: &SignedIn,
    row: &SubscriptionRow,
    stopped_at: Option<&str>,
) -> Result<Response, Problem> {
    let stopped_at = stopped_at.and_then(|at| at.parse().ok()).and_then(DateTime::from_timestamp_millis);
    let stopped_at = stopped_at.ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    let who = Who { by: signed.editor.shown(), channel: stopped::DESK };
    match stopped::take_back(app, row.id, stopped_at, who).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/readers/{}?done=undone", row.id)).into_response()),
        Err(StaysStopped::NotStopped | StaysStopped::Suppressed) => {
            let row = find(app, row.id).await?;
            let view = View { not_undone: true, ..view(app, signed, &row).await? };
            Ok(html(StatusCode::CONFLICT, page::render(&view)))
        }
        Err(StaysStopped::NoSuchSubscription) => Err(Problem::NotFound),
        Err(StaysStopped::Failed(error)) => Err(error.into()),
    }
}

async fn question(
    app: &App,
    signed: &SignedIn,
    row: &SubscriptionRow,
    problem: Option<Unsure>,
) -> Result<String, Problem> {
    let address = row.address.as_str().to_owned();
    Ok(page::erase(&page::Erase { desk: desk(app, signed).await?, id: row.id, address, problem }))
}

async fn look(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let row = find(&app, id).await?;
    Ok(reply(question(&app, &signed, &row, None).await?))
}

async fn erase(
    State(app): State<SharedApp>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Problem> {
    let Posted { signed, fields } = posted;
    let row = find(&app, id).await?;
    let problem = if fields.get("sure") != Some("yes") {
        Unsure::NotSure
    } else {
        match people::erase(&app, &row.address).await {
            Ok(_) => return Ok(Redirect::to("/desk/readers?done=erased").into_response()),
            Err(NotErased::IsEditor) => Unsure::IsEditor,
            Err(NotErased::Failed(error)) => return Err(error.into()),
        }
    };
    let page = question(&app, &signed, &row, Some(problem)).await?;
    Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page))
}
