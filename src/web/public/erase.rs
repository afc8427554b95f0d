//! `/mine/TOKEN/erase`: a reader has herself erased. Nothing is done without the tick.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::Purpose;
use templates::page::erase::{Now, View, render};

use super::own::reader;
use crate::app::{App, SharedApp};
use crate::newsroom::{people, view};
use crate::store::SubscriptionRow;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::link;
use crate::web::reply::html;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/mine/{token}/erase", get(show).post(erase))
}

async fn show(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let row = reader(&app, &token).await?;
    Ok(page(&app, &row, StatusCode::OK, ask(&app, &row, token, false)))
}

async fn erase(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let row = reader(&app, &token).await?;
    if fields.get("do") != Some("erase") {
        return Err(Problem::Refused(StatusCode::BAD_REQUEST));
    }
    if fields.get("sure") != Some("1") {
        return Ok(page(&app, &row, StatusCode::UNPROCESSABLE_ENTITY, ask(&app, &row, token, true)));
    }
    let kept = people::erase(&app, &row.address).await?.items_kept;
    Ok(page(&app, &row, StatusCode::OK, Now::Erased { kept }))
}

fn ask(app: &App, row: &SubscriptionRow, token: String, not_sure: bool) -> Now {
    let preferences = link::for_a_day(app, Purpose::Preferences, row.public_id);
    Now::Ask { masked: row.address.masked(), token, preferences, not_sure }
}

fn page(app: &App, row: &SubscriptionRow, status: StatusCode, now: Now) -> Response {
    html(status, render(&View { frame: view::frame(app, row.language()), now }))
}
