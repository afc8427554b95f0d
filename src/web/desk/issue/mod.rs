//! `/desk/issue`: the issue at hand, or any by its id. One page while it is made, another once it is approved; what the
//! buttons of either do; and the pages around them.

mod deliveries;
mod going;
mod list;
mod look;
mod making;
mod sure;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Router, routing::get};
use issues::{Line, LocalMoment, Move, Part, Wish};
use serde::Deserialize;
use subscribers::Language;
use templates::desk::edition::{Head, Preview, Shown};
use templates::desk::issue::Lost;
use templates::desk::issue_sending::Alert;
use templates::text::text;

use super::room::local;
use super::session::{Posted, SignedIn};
use crate::app::{App, SharedApp};
use crate::newsroom::edition::{self, Change, NotArranged, NotDone};
use crate::newsroom::preview::{Tested, test};
use crate::newsroom::view::number;
use crate::store::IssueRow;
use crate::web::errors::Problem;
use crate::web::fields::Fields;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/desk/issue", get(at_hand).post(first))
        .route("/desk/issue/{id}", get(show).post(act))
        .merge(deliveries::router())
        .merge(list::router())
        .merge(look::router())
        .merge(sure::router())
}

/// What a page is asked for beside its path.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// What was just done, and to which item.
    did: Option<String>,
    item: Option<i64>,
    lang: Option<String>,
}

impl Asked {
    /// The language in which a mail is looked at.
    fn language(&self, app: &App) -> Language {
        self.lang.as_deref().and_then(Language::parse).unwrap_or(app.config.publication.language)
    }
}

async fn at_hand(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    match edition::at_hand(&app).await? {
        Some(row) => page(&app, &signed, &row, &asked).await,
        None => list::none(&app, &signed).await,
    }
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let id = id(path)?;
    page(&app, &signed, &find(&app, id).await?, &asked).await
}

async fn page(app: &App, signed: &SignedIn, row: &IssueRow, asked: &Asked) -> Result<Response, Problem> {
    if row.state.is_open() {
        making::page(app, signed, row, asked).await
    } else {
        going::page(app, signed, row, asked, None).await
    }
}

/// Who is not signed in learns nothing of which ids there could be; so the path is read after that.
fn id(path: Result<Path<i64>, PathRejection>) -> Result<i64, Problem> {
    path.map(|Path(id)| id).map_err(|_| Problem::NotFound)
}

async fn find(app: &App, id: i64) -> Result<IssueRow, Problem> {
    app.store.issue(id).await?.filter(|row| row.publication == app.publication).ok_or(Problem::NotFound)
}

/// Puts an issue together where there is none.
async fn first(State(app): State<SharedApp>, posted: Posted) -> Result<Response, Problem> {
    if posted.fields.get("do") != Some("assemble") {
        return Err(Problem::Refused(StatusCode::BAD_REQUEST));
    }
    let row = edition::assemble_at_desk(&app, None).await.map_err(failed)?;
    Ok(done(row.id, "assembled", None, ""))
}

/// A button of the page of an issue, as its value says: the verb, and what it is about.
async fn act(
    State(app): State<SharedApp>,
    path: Result<Path<i64>, PathRejection>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id = id(path)?;
    let Posted { signed, fields } = posted;
    let by = signed.editor.shown().to_owned();
    let wanted = fields.get("do").unwrap_or("").to_owned();
    let (verb, about) = wanted.split_once('.').unwrap_or((wanted.as_str(), ""));
    let unreadable = || Problem::Refused(StatusCode::BAD_REQUEST);
    let item = about.split('.').next().and_then(|item| item.parse::<i64>().ok());
    let row = find(&app, id).await?;
    let change = match verb {
        "assemble" => {
            return match edition::assemble_at_desk(&app, Some(id)).await {
                Ok(_) => Ok(done(id, "assembled", None, "#readiness")),
                Err(NotDone::Step(_)) => closed(&app, &signed, id).await,
                Err(error) => Err(failed(error)),
            };
        }
        "pause" => {
            return after(&app, &signed, id, edition::pause(&app, Some(id), &by).await, "paused").await;
        }
        "resume" => {
            return after(&app, &signed, id, edition::resume(&app, Some(id), &by).await, "resumed").await;
        }
        "reopen" => {
            return match edition::reopen(&app, id, &by).await {
                Err(NotDone::AnotherIsOpen) => {
                    going::page(&app, &signed, &row, &Asked::default(), Some(Alert::AnotherIsOpen)).await
                }
                outcome => after(&app, &signed, id, outcome, "reopened").await,
            };
        }
        "test" => return send_test(&app, &signed, &row, &fields).await,
        "order" | "up" | "down" | "lead" => {
            let step = match (verb, item) {
                ("order", _) => Move::Stay,
                ("up", Some(item)) => Move::Up(item),
                ("down", Some(item)) => Move::Down(item),
                ("lead", Some(item)) => Move::Lead(item),
                _ => return Err(unreadable()),
            };
            Change::Order { shown: wishes(&app, &row, &fields).await?, step }
        }
        "in" => Change::PutIn(item.ok_or_else(unreadable)?),
        "out" => Change::TakeOut(item.ok_or_else(unreadable)?),
        "show" | "hide" => {
            Change::Calendar { line: line(about).ok_or_else(unreadable)?, shown: verb == "show" }
        }
        "words" => {
            let words = making::Typed::of(&fields);
            // Who cannot save it at all is not asked to make it shorter.
            if words.is_too_long() && row.state.is_open() {
                return making::with_words(&app, &signed, &row, words).await;
            }
            Change::Words { subject: words.subject, note: words.note }
        }
        _ => return Err(unreadable()),
    };
    let lost = lost(&app, &row, &change).await?;
    match edition::arrange(&app, id, fields.get("was").unwrap_or(""), change, &by).await {
        Ok(_) => Ok(arranged(&app, id, verb, item).await?),
        Err(NotArranged::NoSuchIssue) => Err(Problem::NotFound),
        Err(NotArranged::Closed(_)) => closed(&app, &signed, id).await,
        Err(NotArranged::NoSuchItem) => {
            let row = find(&app, id).await?;
            making::overtaken(&app, &signed, &row, None, lost, &fields).await
        }
        Err(NotArranged::Overtaken { now, last }) => {
            making::overtaken(&app, &signed, &now, last, lost, &fields).await
        }
        Err(NotArranged::Failed(error)) => Err(Problem::Internal(error)),
    }
}

/// The items of the form that arranges, in its order.
async fn wishes(app: &App, row: &IssueRow, fields: &Fields) -> Result<Vec<Wish>, Problem> {
    let standing = edition::standing(app, row, edition::Leaves::AtNextMoment).await?;
    let sections = &app.config.publication.sections;
    let now = |item: i64| {
        let place = standing.contents.items.iter().find(|(place, _)| place.item == item);
        place.and_then(|(place, _)| sections.iter().position(|section| section.id == place.section))
    };
    let wish = |(name, value): (&str, &str)| {
        let item: i64 = name.strip_prefix("n.")?.parse().ok()?;
        let chosen = fields.get(&format!("s.{item}")).and_then(|section| section.parse::<usize>().ok());
        let section = chosen.filter(|section| *section < sections.len()).or(now(item)).unwrap_or(0);
        Some(Wish { item, section, number: value.trim().trim_end_matches('.').parse().ok() })
    };
    Ok(fields.iter().filter_map(wish).collect())
}

/// What is lost if somebody was faster.
async fn lost(app: &App, row: &IssueRow, change: &Change) -> Result<Lost, Problem> {
    Ok(match change {
        Change::Order { shown, step } => {
            let mut titles = Vec::new();
            for place in issues::arranged(shown, *step) {
                let item = app.store.item(place.item).await?;
                titles.extend(item.map(|item| item.item.content.title));
            }
            Lost::Order(titles)
        }
        Change::Words { .. } => {
            Lost::Words { subject: row.arrangement.subject.clone(), note: row.note.clone() }
        }
        Change::PutIn(_) | Change::TakeOut(_) | Change::Calendar { .. } => Lost::Other,
    })
}

/// After a change of an open issue: to where the editor was, so that the next key goes on there.
async fn arranged(app: &App, id: i64, verb: &str, item: Option<i64>) -> Result<Response, Problem> {
    let places = app.store.issue_items(id).await?;
    let at = places.iter().position(|place| Some(place.item) == item);
    let beside = |other: Option<usize>| {
        let (Some(other), Some(at)) = (other.and_then(|other| places.get(other)), at) else { return false };
        other.section == places[at].section
    };
    let number = item.unwrap_or(0);
    Ok(match verb {
        "up" if beside(at.and_then(|at| at.checked_sub(1))) => {
            done(id, "moved", item, &format!("#up-{number}"))
        }
        "down" if beside(at.map(|at| at + 1)) => done(id, "moved", item, &format!("#down-{number}")),
        "up" | "down" | "lead" => done(id, "moved", item, &format!("#item-{number}")),
        "in" => done(id, "in", item, &format!("#item-{number}")),
        "out" => done(id, "out", item, "#order"),
        "show" => done(id, "shown", None, "#calendar"),
        "hide" => done(id, "hidden", None, "#calendar"),
        "words" => done(id, "words", None, "#words"),
        _ => done(id, "order", None, "#order"),
    })
}

fn done(id: i64, did: &str, item: Option<i64>, at: &str) -> Response {
    let item = item.map_or_else(String::new, |item| format!("&item={item}"));
    Redirect::to(&format!("/desk/issue/{id}?did={did}{item}{at}")).into_response()
}

async fn after(
    app: &App,
    signed: &SignedIn,
    id: i64,
    outcome: Result<IssueRow, NotDone>,
    did: &str,
) -> Result<Response, Problem> {
    match outcome {
        Ok(_) => Ok(done(id, did, None, "")),
        Err(NotDone::Step(_) | NotDone::Overtaken) => not_now(app, signed, id).await,
        Err(error) => Err(failed(error)),
    }
}

/// The state does not allow it any more: the page says so and shows how things stand.
async fn not_now(app: &App, signed: &SignedIn, id: i64) -> Result<Response, Problem> {
    as_it_stands(app, signed, id, Alert::NotNow).await
}

/// It was no draft any more.
async fn closed(app: &App, signed: &SignedIn, id: i64) -> Result<Response, Problem> {
    as_it_stands(app, signed, id, Alert::Closed).await
}

async fn as_it_stands(app: &App, signed: &SignedIn, id: i64, alert: Alert) -> Result<Response, Problem> {
    let row = find(app, id).await?;
    if row.state.is_open() {
        making::overtaken(app, signed, &row, None, Lost::Other, &Fields::default()).await
    } else {
        going::page(app, signed, &row, &Asked::default(), Some(alert)).await
    }
}

async fn send_test(
    app: &App,
    signed: &SignedIn,
    row: &IssueRow,
    fields: &Fields,
) -> Result<Response, Problem> {
    let language = fields.get("lang").and_then(Language::parse).unwrap_or(app.config.publication.language);
    match test(app, row, &signed.editor, language).await? {
        Tested::Sent => Ok(done(row.id, "tested", None, "")),
        Tested::Suppressed => Ok(done(row.id, "not-tested", None, "")),
        Tested::TooMany => Err(Problem::TooMany),
    }
}

fn failed(error: NotDone) -> Problem {
    match error {
        NotDone::NoSuchIssue | NotDone::NoSendingMoment => Problem::NotFound,
        NotDone::Failed(error) => Problem::Internal(error),
        other @ (NotDone::Overtaken | NotDone::AnotherIsOpen | NotDone::Step(_)) => {
            Problem::Internal(other.into())
        }
    }
}

/// A line of the calendar as forms name it: `7.2026-12-06T15:00.`
fn line(key: &str) -> Option<Line> {
    let mut parts = key.split('.');
    let item = parts.next()?.parse().ok()?;
    let mut moment = || {
        let text = parts.next()?;
        if text.is_empty() { Some(None) } else { LocalMoment::parse(text).map(Some) }
    };
    Some(Line { item, start: moment()?, end: moment()? })
}

fn key(line: &Line) -> String {
    let moment = |moment: Option<LocalMoment>| moment.map_or_else(String::new, |moment| moment.to_string());
    format!("{}.{}.{}", line.item, moment(line.start), moment(line.end))
}

/// What was just done, in words.
async fn said(
    app: &App,
    signed: &SignedIn,
    row: &IssueRow,
    asked: &Asked,
) -> Result<Option<String>, Problem> {
    let Some(did) = asked.did.as_deref() else { return Ok(None) };
    let said = &text(signed.editor.language).edition_page.said;
    let places = app.store.issue_items(row.id).await?;
    let title = match asked.item {
        Some(item) => app.store.item(item).await?.map(|item| item.item.content.title).unwrap_or_default(),
        None => String::new(),
    };
    Ok(Some(match did {
        "moved" => {
            let Some(at) = places.iter().position(|place| Some(place.item) == asked.item) else {
                return Ok(None);
            };
            (said.moved)(&title, at + 1, places.len())
        }
        "order" => said.order.to_owned(),
        "in" if !title.is_empty() => (said.put_in)(&title),
        "out" if !title.is_empty() => (said.taken_out)(&title),
        "words" => said.words.to_owned(),
        "shown" => said.shown.to_owned(),
        "hidden" => said.hidden.to_owned(),
        "assembled" => (said.assembled)(places.len()),
        "approved" => said.approved.to_owned(),
        "sending" => said.sending.to_owned(),
        "paused" => said.paused.to_owned(),
        "resumed" => said.resumed.to_owned(),
        "stopped" => said.stopped.to_owned(),
        "reopened" => said.reopened.to_owned(),
        "tested" => (said.tested)(signed.editor.address.as_str()),
        "not-tested" => said.not_tested.to_owned(),
        "test-leave" => said.test_leave.to_owned(),
        _ => return Ok(None),
    }))
}

fn head(row: &IssueRow) -> Head {
    Head {
        id: row.id,
        year: row.edition.year,
        month: row.edition.month,
        number: number(row.number),
        running_number: number(row.running_number),
    }
}

fn looked_at(app: &App, signed: &SignedIn, view: Shown, asked: &Asked) -> Preview {
    Preview { view, language: asked.language(app), address: signed.editor.address.as_str().to_owned() }
}

/// The parts of the forms and what they were shown for.
fn token(row: &IssueRow, standing: &edition::Standing, part: Part) -> String {
    let places: Vec<_> = standing.contents.items.iter().map(|(place, _)| place.clone()).collect();
    edition::token(row, &places, part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_calendar_is_read_back_as_it_is_named() {
        for (start, end) in [("2026-12-06T15:00", ""), ("2026-12-06", "2026-12-08"), ("", "2026-12-08")] {
            let line_of = Line { item: 7, start: LocalMoment::parse(start), end: LocalMoment::parse(end) };
            assert_eq!(line(&key(&line_of)), Some(line_of));
        }
        for damaged in ["", "7", "7.", "x..", "7.tomorrow.", "7.2026-12-06T15:00"] {
            assert_eq!(line(damaged), None, "{damaged}");
        }
    }
}
