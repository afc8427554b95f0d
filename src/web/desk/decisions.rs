//! `/desk/decisions`: what was decided, by whom and when; taking it back.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, response};
use chrono::DateTime;
use serde::Deserialize;
use templates::desk::decisions::{self as view, Done, Refused, Undo, View};

use super::room::{desk, local};
use super::said::said;
use super::session::{Posted, SignedIn};
use crate::app::{App, SharedApp};
use crate::newsroom::decisions::{self, Decision};
use crate::newsroom::moderate::{Act, NotDecided, Who, decide};
use crate::newsroom::quarantine::untreat;
use crate::store::{Of, Page, StaysTreated};
use crate::web::errors::Problem;
use crate::web::reply::html;

const DECISIONS_MAX: usize = 50;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/decisions", get(show)).route("/desk/decisions/undo", post(undo))
}

#[derive(Default, Deserialize)]
struct Wish {
    page: Option<String>,
    done: Option<String>,
    item: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<response::Response, Problem> {
    shown(&app, &signed, wish, None).await
}

async fn shown(
    app: &App,
    signed: &SignedIn,
    wish: Wish,
    refused: Option<Refused>,
) -> Result<Response, Problem> {
    let mut desk = desk(app, signed).await?;
    desk.said = said(app, signed, wish.done.as_deref(), wish.item.as_deref()).await?;
    let pages = app.store.count_decided(app.publication).await?.div_ceil(DECISIONS_MAX).max(1);
    let page = wish.page.and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, pages);
    let part = Page { limit: DECISIONS_MAX as i64, skip: ((page - 1) * DECISIONS_MAX) as i64 };
    let decided = decisions::decisions(app, part).await?;
    let done = decided.into_iter().map(|decision| done(app, decision)).collect();
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(html(status, view::render(&View { desk, done, page, pages, refused })))
}

async fn undo(State(app): State<SharedApp>, posted: Posted) -> Result<Response, Problem> {
    let number = |name: &str| posted.fields.get(name).and_then(|value| value.parse::<i64>().ok());
    if let (Some(message), Some(said_at)) = (number("message"), number("said_at")) {
        let said_at =
            DateTime::from_timestamp_millis(said_at).ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
        return match untreat(&app, message, said_at).await? {
            Ok(()) => Ok(Redirect::to(&format!("/desk/message/{message}?done=untreated")).into_response()),
            Err(StaysTreated::NotTreated | StaysTreated::Used) => {
                shown(&app, &posted.signed, Wish::default(), Some(Refused::Cannot)).await
            }
        };
    }
    let (Some(item), Some(revision)) = (number("item"), number("revision")) else {
        return Err(Problem::Refused(StatusCode::BAD_REQUEST));
    };
    let who = Who { by: posted.signed.editor.shown(), channel: "desk" };
    let refused = match decide(&app, item, Some(revision), Act::Undo, who).await {
        Ok(_) => {
            let back = if posted.fields.get("to") == Some("queue") { "/desk" } else { "/desk/decisions" };
            return Ok(Redirect::to(&format!("{back}?done=undo&item={item}")).into_response());
        }
        Err(NotDecided::NoSuchItem) => return Err(Problem::NotFound),
        Err(NotDecided::Failed(error)) => return Err(error.into()),
        Err(NotDecided::Overtaken { now, last }) => {
            let (by, at) = match last {
                Some(last) => (last.by, last.at),
                None => (String::new(), now.changed_at),
            };
            Refused::Overtaken { title: now.item.content.title, by, at: local(&app, at) }
        }
        Err(NotDecided::NobodyToAsk(_) | NotDecided::Refused(_)) => Refused::Cannot,
    };
    shown(&app, &posted.signed, Wish::default(), Some(refused)).await
}

/// A decision for a view.
pub fn done(app: &App, decision: Decision) -> Done {
    let Decision { what, undo } = decision;
    Done {
        of: match what.of {
            Of::Item { id, .. } => view::Of::Item(id),
            Of::Message { id, .. } => view::Of::Message(id),
        },
        undo: match undo {
            decisions::Undo::Possible => Undo::Possible {
                revision: match what.of {
                    Of::Item { revision_now, .. } => revision_now,
                    Of::Message { .. } => what.at.timestamp_millis(),
                },
            },
            decisions::Undo::Pointless => Undo::Pointless,
            decisions::Undo::Undone => Undo::Undone,
            decisions::Undo::Later => Undo::Later,
            decisions::Undo::IssueApproved => Undo::IssueApproved,
            decisions::Undo::Published => Undo::Published,
            decisions::Undo::Merged => Undo::Merged,
            decisions::Undo::Withdrawn => Undo::Withdrawn,
        },
        title: what.title,
        act: what.act,
        by: what.by,
        channel: what.channel,
        at: local(app, what.at),
    }
}
