//! `/desk/letters`: what readers wrote back, and what an editor does with it.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Router, routing::get};
use issues::reading::Verified;
use issues::{Answer, LetterState};
use serde::Deserialize;
use templates::desk::letters::{self as page, Answered, Line, List, Settled, View, Wrong};
use templates::desk::sender::Taken;
use templates::text::text;
use templates::{Paths, desk::letters};

use super::room::{desk, local};
use super::senders::{press, taken};
use super::session::{Posted, SignedIn};
use crate::app::{App, SharedApp};
use crate::newsroom;
use crate::newsroom::letters::{NotDone, answer, make_item, reopen, set_aside, shown};
use crate::newsroom::senders::Of;
use crate::store::LetterRow;
use crate::web::errors::Problem;
use crate::web::reply::{html, page as reply};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/letters", get(list)).route("/desk/letters/{id}", get(show).post(settle))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    /// What was just done, set by a redirect.
    done: Option<String>,
}

fn state_of(letter: &LetterState) -> page::State {
    match letter {
        LetterState::Open => page::State::Open,
        LetterState::Answered { .. } => page::State::Answered,
        LetterState::SetAside { .. } => page::State::SetAside,
        LetterState::MadeItem { .. } => page::State::MadeItem,
    }
}

async fn list(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let state = page::State::ALL.into_iter().find(|state| state.name() == asked.state);
    let state = state.unwrap_or(page::State::Open);
    let rows = app.store.letters(app.publication).await?;
    let counts =
        page::State::ALL.map(|state| rows.iter().filter(|row| state_of(&row.letter.state) == state).count());
    let mut shown: Vec<&LetterRow> = rows.iter().filter(|row| state_of(&row.letter.state) == state).collect();
    // What waits is answered in the order it came; what is settled is looked up from the latest on.
    if state != page::State::Open {
        shown.reverse();
    }
    let letters = shown
        .into_iter()
        .take(LETTERS_SHOWN_MAX)
        .map(|row| Line {
            id: row.id,
            from: newsroom::view::mailbox(&row.from_name, &row.from_address),
            subject: row.letter.subject.clone(),
            text: row.letter.text.clone(),
            received_at: local(&app, row.received_at),
        })
        .collect();
    let mut desk = desk(&app, &signed).await?;
    let done = asked.done.and_then(|done| page::State::ALL.into_iter().find(|state| state.name() == done));
    desk.said = done.map(|state| (text(signed.editor.language).people.letter_done)(state).to_owned());
    Ok(reply(page::list(&List { desk, state, counts, letters })))
}

/// Letters on one page; older settled ones are found by their readers.
const LETTERS_SHOWN_MAX: usize = 200;

async fn find(app: &App, id: i64) -> Result<LetterRow, Problem> {
    app.store.letter(id).await?.filter(|row| row.publication == app.publication).ok_or(Problem::NotFound)
}

async fn view(app: &App, signed: &SignedIn, row: &LetterRow) -> Result<View, Problem> {
    let language = signed.editor.language;
    let issue = match row.issue {
        Some(id) => app.store.issue(id).await?,
        None => None,
    };
    let issue = issue.map(|issue| {
        let number = newsroom::view::number(issue.number);
        let title = (text(language).shared.month_issue)(issue.edition.month);
        (title, Paths::local().issue(issue.edition.year, number))
    });
    let report = app.store.report(row.message).await?;
    let mut warnings = Vec::new();
    for warning in &report.warnings {
        if !warnings.contains(&warning.code) {
            warnings.push(warning.code);
        }
    }
    let settled = |by: &str, at, item| Settled {
        state: state_of(&row.letter.state),
        by: by.to_owned(),
        at: local(app, at),
        item,
    };
    let answered = |answer: Answer| Answered { by: answer.by, at: local(app, answer.at), text: answer.text };
    Ok(View {
        desk: desk(app, signed).await?,
        id: row.id,
        from: newsroom::view::mailbox(&row.from_name, &row.from_address),
        subject: row.letter.subject.clone(),
        text: row.letter.text.clone(),
        received_at: local(app, row.received_at),
        message: row.message,
        issue,
        warnings,
        taken: taken(app, Of::Letter(row.id)).await?,
        failed: report.verified == Verified::Fail,
        settled: match &row.letter.state {
            LetterState::Open => None,
            LetterState::Answered { by, at, .. } | LetterState::SetAside { by, at } => {
                Some(settled(by, *at, None))
            }
            LetterState::MadeItem { by, at, item, .. } => Some(settled(by, *at, Some(*item))),
        },
        answers: row.letter.state.answers().into_iter().map(answered).collect(),
        shown: shown(row),
        answer: String::new(),
        wrong: None,
    })
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let row = find(&app, id).await?;
    let mut view = view(&app, &signed, &row).await?;
    let words = &text(signed.editor.language).senders;
    view.desk.said = match (asked.done.as_deref(), &view.taken) {
        (Some("block"), Taken::Blocked(_)) => Some(words.said_blocked.to_owned()),
        (Some("unblock"), Taken::In) => Some(words.said_unblocked.to_owned()),
        _ => None,
    };
    Ok(reply(letters::render(&view)))
}

async fn settle(
    State(app): State<SharedApp>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Problem> {
    let Posted { signed, fields } = posted;
    let by = signed.editor.shown();
    let typed = fields.get("text").unwrap_or("");
    let as_shown = Some(fields.get("shown").ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?);
    if let Some(act) = fields.get("do").filter(|act| matches!(*act, "block" | "unblock")) {
        let row = find(&app, id).await?;
        press(&app, Of::Letter(id), act, by).await?;
        if typed.trim().is_empty() {
            return Ok(Redirect::to(&format!("/desk/letters/{id}?done={act}#sender")).into_response());
        }
        // An answer that was begun comes back.
        let view = View { answer: typed.to_owned(), ..view(&app, &signed, &row).await? };
        return Ok(html(StatusCode::OK, letters::render(&view)));
    }
    let done = match fields.get("do") {
        Some("answer") => answer(&app, id, as_shown, typed, by).await,
        // Leaving the page by another button would lose it.
        Some("make_item" | "set_aside" | "reopen") if !typed.trim().is_empty() => Err(NotDone::Unsent),
        Some("reopen") => reopen(&app, id, as_shown).await,
        Some("make_item") => make_item(&app, id, as_shown, by).await,
        Some("set_aside") => set_aside(&app, id, as_shown, by).await,
        _ => return Err(Problem::Refused(StatusCode::BAD_REQUEST)),
    };
    let (status, wrong) = match done {
        Ok(row) => {
            let to = match &row.letter.state {
                LetterState::MadeItem { item, .. } => format!("/desk/item/{item}"),
                state => format!("/desk/letters?done={}", state.name()),
            };
            return Ok(Redirect::to(&to).into_response());
        }
        Err(NotDone::NoSuchLetter) => return Err(Problem::NotFound),
        Err(NotDone::Failed(error)) => return Err(error.into()),
        Err(NotDone::NoWords) => (StatusCode::UNPROCESSABLE_ENTITY, Wrong::NoWords),
        Err(NotDone::TooLong) => (StatusCode::UNPROCESSABLE_ENTITY, Wrong::TooLong),
        Err(NotDone::NoAddress) => (StatusCode::UNPROCESSABLE_ENTITY, Wrong::NoAddress),
        Err(NotDone::Unsent) => (StatusCode::UNPROCESSABLE_ENTITY, Wrong::Unsent),
        Err(NotDone::Suppressed) => (StatusCode::UNPROCESSABLE_ENTITY, Wrong::Suppressed),
        Err(NotDone::Overtaken(_)) => (StatusCode::CONFLICT, Wrong::Overtaken),
        Err(NotDone::Step(_)) => (StatusCode::CONFLICT, Wrong::Refused),
    };
    let row = find(&app, id).await?;
    let view = View { answer: typed.to_owned(), wrong: Some(wrong), ..view(&app, &signed, &row).await? };
    Ok(html(status, letters::render(&view)))
}
