//! `/desk/moments`: what comes next, and what the daemon is doing now.

use axum::extract::State;
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::{DateTime, Utc};
use issues::IssueState;
use issues::calendar::Job;
use issues::delivery::UncertainPolicy;
use templates::desk::moments::{self as view, Fault, Moment, UnderWay, View};

use super::room::{desk, local};
use super::session::SignedIn;
use crate::app::{App, SharedApp};
use crate::newsroom::edition::{assembles_at, being_made, sends_at};
use crate::newsroom::next::moment;
use crate::outbound::relay_fault;
use crate::web::errors::Problem;
use crate::web::reply::page;

/// States of a delivery that are still to end; an uncertain one too, where it will be repeated.
const NOT_OVER: [&str; 3] = ["queued", "sending", "deferred"];

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/moments", get(show))
}

async fn show(State(app): State<SharedApp>, signed: SignedIn) -> Result<Response, Problem> {
    let now = app.clock.now();
    let edition = being_made(&app).await?;
    let mut moments = Vec::new();
    for job in Job::ALL {
        let last = app.store.last_moment(app.publication, job.name()).await?;
        let wall = |at: DateTime<Utc>| local(&app, at);
        // What an issue that left before its time has made idle is not named.
        let next = match job {
            Job::Assemble => assembles_at(&app, edition),
            Job::Send => sends_at(&app, edition),
            Job::Reminder | Job::Waiting | Job::CleanUp => moment(&app, job, now),
        };
        moments.push(Moment { job, next: next.map(wall), last: last.map(wall) });
    }
    moments.sort_by_key(|moment| (moment.next.is_none(), moment.next));
    let working = app.store.working(app.publication).await?;
    let fault = relay_fault(&app).await?;
    let view = View {
        desk: desk(&app, &signed).await?,
        now: local(&app, now),
        moments,
        under_way: under_way(&app).await?,
        routing: working.received,
        last_arrival: working.last_arrival.map(|at| local(&app, at)),
        mails: working.mails,
        fault: fault.map(|fault| Fault { since: local(&app, fault.since), reply: fault.reply }),
    };
    Ok(page(view::render(&view)))
}

fn is_open(app: &App, state: &str) -> bool {
    let repeats = matches!(app.config.outbound.uncertain, UncertainPolicy::Resend { .. });
    NOT_OVER.contains(&state) || repeats && state == "uncertain"
}

async fn under_way(app: &App) -> anyhow::Result<Vec<UnderWay>> {
    let mut under_way = Vec::new();
    for issue in app.store.issues(app.publication, "").await? {
        let month = issue.edition.month;
        match issue.state {
            IssueState::Sending { not_before, .. } if not_before > app.clock.now() => {
                under_way.push(UnderWay::Holding { month, until: local(app, not_before) });
            }
            IssueState::Sending { .. } => {
                let counts = app.store.delivery_counts(issue.id).await?;
                let sum = |counts: &mut dyn Iterator<Item = &(String, i64)>| {
                    usize::try_from(counts.map(|(_, count)| count).sum::<i64>()).unwrap_or(0)
                };
                let of = sum(&mut counts.iter());
                let open = sum(&mut counts.iter().filter(|(state, _)| is_open(app, state)));
                under_way.push(UnderWay::Sending { month, done: of - open, of });
            }
            IssueState::Paused { .. } => under_way.push(UnderWay::Paused { month }),
            IssueState::Draft
            | IssueState::Ready
            | IssueState::Held { .. }
            | IssueState::Approved { .. }
            | IssueState::Sent { .. }
            | IssueState::Stopped { .. } => {}
        }
    }
    Ok(under_way)
}
