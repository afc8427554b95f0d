//! `/desk/message/ID`: a mail as it came, and what an editor says of one in quarantine. Its own HTML is shown in a
//! frame only, made harmless, by an answer under which nothing in it runs or loads; its bytes are given as a file only.

use anyhow::Context as _;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use issues::reading::{Header, Kind};
use serde::Deserialize;
use templates::desk::message::{self as view, File, Shown, Standing, Treated, View};
use templates::desk::sender::Taken;
use templates::text::text;

use super::frame::{framed, framed_foreign};
use super::room::{desk, local};
use super::senders::taken;
use super::session::{Posted, SignedIn};
use crate::app::{App, SharedApp};
use crate::inbound::parsing::{Original, original};
use crate::newsroom;
use crate::newsroom::quarantine::{NotTreated, Treat, is_dangerous, reason, treat};
use crate::newsroom::senders::Of;
use crate::store::{ERASED, MessageRow, StoredBlob};
use crate::web::errors::Problem;
use crate::web::reply::html;

/// The fields of a head that say where a mail came from and where it was to go.
const HEADERS: [&str; 14] = [
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "Return-Path",
    "Authentication-Results",
    "Auto-Submitted",
    "List-Id",
    "Received",
];
const HEADERS_MAX: usize = 30;
const VALUE_CHARACTERS_MAX: usize = 1_000;
const TEXT_CHARACTERS_MAX: usize = 200_000;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/desk/message/{id}", get(show))
        .route("/desk/message/{id}/html", get(frame))
        .route("/desk/message/{id}/raw", get(raw))
        .route("/desk/message/{id}/treat", post(say))
}

#[derive(Deserialize)]
struct Wish {
    done: Option<String>,
}

/// What was just done, as the address says; it is said only where it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Nothing,
    Treated,
    TakenBack,
    Blocked,
    Unblocked,
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Path(id): Path<String>,
    Query(wish): Query<Wish>,
) -> Result<Response, Problem> {
    let done = match wish.done.as_deref() {
        None => Done::Nothing,
        Some("untreated") => Done::TakenBack,
        Some("block") => Done::Blocked,
        Some("unblock") => Done::Unblocked,
        Some(_) => Done::Treated,
    };
    shown(&app, &signed, number(&id)?, done, false).await
}

async fn frame(
    State(app): State<SharedApp>,
    _signed: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = find(&app, number(&id)?).await?;
    let original = taken_apart(&app, &row).await?.ok_or(Problem::NotFound)?;
    Ok(match original.html {
        Some(html) => framed_foreign(&html),
        None => framed(view::plain(&original.text.unwrap_or_default())),
    })
}

async fn raw(
    State(app): State<SharedApp>,
    _signed: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = find(&app, number(&id)?).await?;
    if row.why == ERASED {
        return Err(Problem::NotFound);
    }
    let name = format!("attachment; filename=\"message-{}.eml\"", row.id);
    let headers = [(CONTENT_TYPE, "message/rfc822".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((StatusCode::OK, headers, bytes(&app, &row).await?.content).into_response())
}

async fn say(
    State(app): State<SharedApp>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id = number(&id)?;
    let what = posted.fields.get("kind").and_then(Treat::parse);
    let what = what.ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    match treat(&app, id, what, posted.signed.editor.shown()).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/message/{id}?done=treated")).into_response()),
        Err(NotTreated::NoSuchMessage | NotTreated::Erased) => Err(Problem::NotFound),
        Err(NotTreated::NotThere(_)) => shown(&app, &posted.signed, id, Done::Nothing, true).await,
        Err(NotTreated::Failed(error)) => Err(error.into()),
    }
}

fn number(id: &str) -> Result<i64, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

async fn find(app: &App, id: i64) -> Result<MessageRow, Problem> {
    app.store.message(id).await?.filter(|row| row.publication == app.publication).ok_or(Problem::NotFound)
}

async fn shown(
    app: &App,
    signed: &SignedIn,
    id: i64,
    done: Done,
    refused: bool,
) -> Result<Response, Problem> {
    let row = find(app, id).await?;
    let treated = app.store.treatment(id).await?.map(|treatment| Treated {
        kind: treatment.kind,
        by: treatment.by,
        at: local(app, treatment.at),
    });
    let (items, letters) = app.store.became(id).await?;
    let original = taken_apart(app, &row).await?;
    let header = |name: &str| {
        let headers = original.iter().flat_map(|original| &original.headers);
        headers
            .filter(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| header.value.clone())
            .next()
    };
    let taken = taken(app, Of::Message(id)).await?;
    let mut desk = desk(app, signed).await?;
    match (done, &treated) {
        (Done::Treated, Some(treated)) => desk.said = Some(view::said(&desk.frame, treated)),
        (Done::TakenBack, None) => {
            desk.said = Some(text(signed.editor.language).queue.said_untreated.to_owned());
        }
        (Done::Blocked, _) if matches!(taken, Taken::Blocked(_)) => {
            desk.said = Some(text(signed.editor.language).senders.said_blocked.to_owned());
        }
        (Done::Unblocked, _) if taken == Taken::In => {
            desk.said = Some(text(signed.editor.language).senders.said_unblocked.to_owned());
        }
        (Done::Nothing | Done::Treated | Done::TakenBack | Done::Blocked | Done::Unblocked, _) => {}
    }
    let from = match (row.from_name.as_str(), row.from_address.as_str()) {
        ("", "") => header("From").or_else(|| row.sender.clone()).unwrap_or_default(),
        (name, address) => newsroom::view::mailbox(name, address),
    };
    let view = View {
        desk,
        id,
        subject: if row.subject.is_empty() {
            header("Subject").unwrap_or_default()
        } else {
            row.subject.clone()
        },
        sender: from,
        received_at: local(app, row.received_at),
        standing: standing(&row),
        refused,
        treated,
        taken,
        items,
        letters,
        shown: match original {
            Some(original) => seen(original, row.sender.clone()),
            None if row.why == ERASED => Shown::Erased,
            None => Shown::Nothing,
        },
        octets: u64::try_from(row.bytes).context("database: a message has fewer than no octets")?,
    };
    let status = if refused { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(html(status, view::render(&view)))
}

fn standing(row: &MessageRow) -> Standing {
    match (row.state.as_str(), Kind::parse(&row.kind)) {
        ("quarantined", _) => Standing::Quarantined(reason(row.reason)),
        (_, Some(kind)) => Standing::Sorted(kind),
        (_, None) => Standing::Unread,
    }
}

/// `None` for what is erased, or must not be read again.
async fn taken_apart(app: &App, row: &MessageRow) -> Result<Option<Original>, Problem> {
    if row.why == ERASED || is_dangerous(row) {
        return Ok(None);
    }
    let blob = bytes(app, row).await?;
    let taken = tokio::task::spawn_blocking(move || original(&blob.content)).await;
    Ok(Some(taken.context("take a mail apart for showing")?))
}

async fn bytes(app: &App, row: &MessageRow) -> anyhow::Result<StoredBlob> {
    app.store.blob(&row.sha256).await?.context("database: the bytes of a message are missing")
}

fn seen(original: Original, envelope: Option<String>) -> Shown {
    let mut headers: Vec<(String, String)> = Vec::new();
    for name in HEADERS {
        let of = |header: &&Header| header.name.eq_ignore_ascii_case(name);
        // Only the topmost was written by a server that is ours.
        let most = if name == "Received" { 1 } else { HEADERS_MAX };
        headers.extend(
            original
                .headers
                .iter()
                .filter(of)
                .take(most)
                .map(|header| (name.to_owned(), header.value.chars().take(VALUE_CHARACTERS_MAX).collect())),
        );
    }
    headers.truncate(HEADERS_MAX);
    let file = |file: crate::inbound::parsing::File| File {
        name: file.name,
        media_type: file.media_type,
        octets: file.octets,
    };
    Shown::Original {
        envelope,
        headers,
        text: original.text.unwrap_or_default().chars().take(TEXT_CHARACTERS_MAX).collect(),
        has_html: original.html.is_some(),
        files: original.files.into_iter().map(file).collect(),
    }
}
