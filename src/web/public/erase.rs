//! `/preferences/TOKEN/erase`: a reader has herself erased. Nothing is done without the tick.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use templates::page::erase::{Now, View, render};

use super::preferences::subscription;
use crate::app::{App, SharedApp};
use crate::newsroom::{people, view};
use crate::store::SubscriptionRow;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::reply::html;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/preferences/{token}/erase", get(show).post(erase))
}

async fn show(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let row = subscription(&app, &token).await?;
    let masked = row.address.masked();
    Ok(page(&app, &row, StatusCode::OK, Now::Ask { masked, token, not_sure: false }))
}

async fn erase(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let row = subscription(&app, &token).await?;
    if fields.get("do") != Some("erase") {
        return Err(Problem::Refused(StatusCode::BAD_REQUEST));
    }
    if fields.get("sure") != Some("1") {
        let masked = row.address.masked();
        return Ok(page(
            &app,
            &row,
            StatusCode::UNPROCESSABLE_ENTITY,
            Now::Ask { masked, token, not_sure: true },
        ));
    }
    let kept = people::erase(&app, &row.address).await?.items_kept;
    Ok(page(&app, &row, StatusCode::OK, Now::Erased { kept }))
}

fn page(app: &App, row: &SubscriptionRow, status: StatusCode, now: Now) -> Response {
    html(status, render(&View { frame: view::frame(app, row.language()), now }))
}
