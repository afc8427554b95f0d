//! `/desk/issue/ID/deliveries`: who got an issue, who did not, and why.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::{Router, routing::get};
use issues::delivery::Because;
use serde::Deserialize;
use templates::desk::issue_deliveries::{Attempt, Filter, Outcome, Row, State as Word, View};

use super::{find, head, id, local};
use crate::app::{App, SharedApp};
use crate::store::{DeliveryRow, Group, Place, Which};
use crate::web::desk::room::desk;
use crate::web::desk::session::SignedIn;
use crate::web::errors::Problem;
use crate::web::reply::page;

/// Readers on a page.
const ROWS_MAX: usize = 50;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/issue/{id}/deliveries", get(show))
}

#[derive(Deserialize)]
struct Asked {
    state: Option<String>,
    after: Option<i64>,
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let row = find(&app, id).await?;
    let filter = match asked.state.as_deref() {
        None => Filter::NotDelivered,
        Some(name) => Filter::parse(name).ok_or(Problem::NotFound)?,
    };
    let groups = app.store.progress(id, app.clock.now()).await?;
    let counts = Filter::ALL.into_iter().map(|of| (of, count(&groups, of)));
    let counts =
        counts.filter(|(of, n)| *n > 0 || *of == filter || matches!(of, Filter::All | Filter::NotDelivered));
    let after = asked.after.unwrap_or(0);
    let place = Place { after, max: ROWS_MAX };
    let listed = app.store.deliveries_of(id, which(filter), place).await?;
    let view = View {
        desk: desk(&app, &signed).await?,
        head: head(&row),
        filter,
        counts: counts.collect(),
        rows: listed.rows.iter().map(|(row, next)| line(&app, row, *next)).collect(),
        next: listed.next,
        later: after > 0,
    };
    Ok(page(templates::desk::issue_deliveries::render(&view)))
}

fn which(filter: Filter) -> Which {
    match filter {
        Filter::All => Which::All,
        Filter::NotDelivered => Which::NotDelivered,
        Filter::Accepted => Which::Accepted,
        Filter::Waiting => Which::Waiting,
        Filter::Deferred => Which::Deferred,
        Filter::Refused => Which::Refused,
        Filter::Uncertain => Which::Uncertain,
        Filter::Abandoned => Which::Abandoned,
        Filter::Bounced => Which::Bounced,
    }
}

fn count(groups: &[Group], filter: Filter) -> usize {
    let of = |group: &Group| {
        let is = |state: &str| if group.state == state { group.count } else { 0 };
        match filter {
            Filter::All => group.count,
            Filter::NotDelivered if group.state == "accepted" => group.bounced,
            Filter::NotDelivered if group.settled => group.count,
            Filter::NotDelivered => group.bounced,
            Filter::Accepted => is("accepted"),
            Filter::Waiting => is("queued") + is("sending"),
            Filter::Deferred => is("deferred"),
            Filter::Refused => is("refused"),
            Filter::Uncertain => is("uncertain"),
            Filter::Abandoned => is("abandoned"),
            Filter::Bounced => group.bounced,
        }
    };
    groups.iter().map(of).sum()
}

fn line(app: &App, row: &DeliveryRow, next: Option<chrono::DateTime<chrono::Utc>>) -> Row {
    let reply = row.attempts.last().map_or("", |attempt| attempt.reply.as_str());
    let attempt = |attempt: &crate::store::AttemptRow| Attempt {
        at: local(app, attempt.at),
        outcome: outcome(&attempt.outcome),
        reply: attempt.reply.clone(),
    };
    let waits = matches!(row.state.as_str(), "deferred" | "uncertain");
    Row {
        address: row.recipient.clone(),
        reader: row.subscription,
        state: word(&row.state),
        why: Because::of(&row.state, &row.reason, reply, !row.bounce_class.is_empty()),
        next: next.filter(|_| waits).map(|at| local(app, at)),
        attempts: row.attempts.iter().map(attempt).collect(),
    }
}

/// The database has no other words.
fn word(state: &str) -> Word {
    match state {
        "accepted" => Word::Accepted,
        "sending" => Word::OnTheLine,
        "deferred" => Word::Deferred,
        "refused" => Word::Refused,
        "uncertain" => Word::Uncertain,
        "abandoned" => Word::Abandoned,
        _ => Word::Queued,
    }
}

fn outcome(outcome: &str) -> Outcome {
    match outcome {
        "" => Outcome::Running,
        "our_fault" => Outcome::OurFault,
        "withheld" => Outcome::Withheld,
        state => Outcome::Of(word(state)),
    }
}
