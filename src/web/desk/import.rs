//! `/desk/import`: a list of readers from a file. It is looked through first, with nothing kept; only the second form,
//! which brings the same rows back, takes them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use templates::desk::import::{self as page, Report, Step, View, Wrong};

use super::room::desk;
use super::session::{Posted, SignedIn};
use crate::app::{App, SharedApp};
use crate::newsroom::import::{self, Imported, Keep, Refusal};
use crate::web::errors::Problem;
use crate::web::reply::{html, page as reply};

/// Rows of one form: what is looked through holds up other writers meanwhile. Longer lists go by the command.
const ROWS_MAX: usize = 20_000;
/// Refused rows that are shown.
const REFUSED_SHOWN_MAX: usize = 100;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/import", get(show).post(step))
}

async fn shown(app: &App, signed: &SignedIn, step: Step, consent: &str) -> Result<String, Problem> {
    Ok(page::render(&View { desk: desk(app, signed).await?, step, consent: consent.to_owned() }))
}

async fn show(State(app): State<SharedApp>, signed: SignedIn) -> Result<Response, Problem> {
    Ok(reply(shown(&app, &signed, Step::Choose { wrong: None }, "").await?))
}

async fn step(State(app): State<SharedApp>, posted: Posted) -> Result<Response, Problem> {
    let Posted { signed, fields } = posted;
    let consent = fields.get("consent").unwrap_or("").trim().to_owned();
    let (name, rows, keep) = match (fields.get("do"), fields.file("list"), fields.get("rows")) {
        (Some("look"), Some(file), _) => (file.name.clone(), import::decoded(&file.content), Keep::No),
        (Some("take"), _, Some(rows)) => {
            (fields.get("name").unwrap_or("").to_owned(), rows.to_owned(), Keep::Yes)
        }
        (Some("look"), None, _) => return wrong(&app, &signed, Wrong::NoFile, &consent).await,
        _ => return Err(Problem::Refused(StatusCode::BAD_REQUEST)),
    };
    let Ok(read) = import::read(rows.as_bytes(), app.config.publication.language, app.today()) else {
        return wrong(&app, &signed, Wrong::NoColumn, &consent).await;
    };
    if read.len() > ROWS_MAX {
        return wrong(&app, &signed, Wrong::TooMany, &consent).await;
    }
    let stated = Some(consent.as_str()).filter(|words| !words.is_empty());
    let origin = format!("{name} ({})", signed.editor.shown());
    let imported = import::import(&app, read, stated, &origin, keep, |_| ()).await?;
    let report = report(imported, stated.is_some());
    let step = match keep {
        Keep::No => Step::Looked { name, rows, report },
        Keep::Yes => Step::Taken { report },
    };
    Ok(reply(shown(&app, &signed, step, &consent).await?))
}

async fn wrong(app: &App, signed: &SignedIn, wrong: Wrong, consent: &str) -> Result<Response, Problem> {
    let page = shown(app, signed, Step::Choose { wrong: Some(wrong) }, consent).await?;
    Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page))
}

fn report(imported: Imported, confirmed: bool) -> Report {
    let count = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
    let refused_more = imported.refused.len().saturating_sub(REFUSED_SHOWN_MAX);
    let refused = imported.refused.into_iter().take(REFUSED_SHOWN_MAX);
    Report {
        read: count(imported.read),
        added: count(imported.added),
        known: count(imported.known),
        refused: refused.map(|row| (row.line, refusal(&row.why))).collect(),
        refused_more,
        confirmed,
    }
}

fn refusal(why: &Refusal) -> page::Refusal {
    match why {
        Refusal::NotCsv => page::Refusal::NotCsv,
        Refusal::Stated(_) => page::Refusal::Stated,
        Refusal::Address(_) => page::Refusal::Address,
        Refusal::Language => page::Refusal::Language,
        Refusal::Municipality => page::Refusal::Municipality,
        Refusal::Manner => page::Refusal::Manner,
        Refusal::Suppressed(reason) => page::Refusal::Suppressed(*reason),
        Refusal::Ours => page::Refusal::Ours,
        Refusal::Nobody => page::Refusal::Nobody,
        Refusal::Left => page::Refusal::Left,
        Refusal::State(_) => page::Refusal::State,
    }
}
