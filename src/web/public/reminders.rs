//! `/reminders/TOKEN`: a contributor leaves the monthly reminder, by one click or by the page.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::Purpose;
use templates::page::reminder_leave::{Step, View, render};

use super::leave::is_one_click;
use crate::app::{App, SharedApp};
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::language::Asked;
use crate::web::link;
use crate::web::reply::{one_click, page as reply};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/reminders/{token}", get(show).post(change))
}

async fn show(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let public_id = link::open(&app, &token, Purpose::Reminder)?;
    let contributor = app.store.contributor_of_token(public_id).await?.ok_or(Problem::Forged)?;
    let step = match contributor.reminders {
        true => Step::Ask { masked: contributor.address.masked(), token },
        false => Step::Done,
    };
    Ok(reply(render(&View { frame: asked.frame(&app), step })))
}

async fn change(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    asked: Asked,
    fields: Fields,
) -> Result<Response, Problem> {
    let link = link::open(&app, &token, Purpose::Reminder);
    if is_one_click(&fields) {
        if let Ok(public_id) = link {
            leave(&app, public_id).await?;
        }
        return Ok(one_click());
    }
    let public_id = link?;
    if fields.get("do") != Some("leave") {
        return Err(Problem::Refused(StatusCode::BAD_REQUEST));
    }
    if !leave(&app, public_id).await? {
        return Err(Problem::Forged);
    }
    Ok(reply(render(&View { frame: asked.frame(&app), step: Step::Done })))
}

async fn leave(app: &App, public_id: i64) -> anyhow::Result<bool> {
    let mut write = app.store.write().await?;
    let known = write.set_reminders(public_id, false).await?;
    write.commit().await?;
    Ok(known)
}
