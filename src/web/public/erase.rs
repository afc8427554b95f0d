//! `/mine/TOKEN/erase`: a reader has herself erased. Nothing is done without the tick.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::Purpose;
use templates::page::erase::{Now, View, Wrong, render};

use super::own::reader;
use crate::app::{App, SharedApp};
use crate::newsroom::people::NotErased;
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
    Ok(page(&app, &row, StatusCode::OK, ask(&app, &row, token, None)))
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
    let wrong = if fields.get("sure") != Some("1") {
        Wrong::NotSure
    } else {
        match people::erase(&app, &row.address).await {
            Ok(erased) => {
                return Ok(page(&app, &row, StatusCode::OK, Now::Erased { kept: erased.items_kept }));
            }
            Err(NotErased::IsEditor) => Wrong::IsEditor,
            Err(NotErased::Failed(error)) => return Err(error.into()),
        }
    };
    Ok(page(&app, &row, StatusCode::UNPROCESSABLE_ENTITY, ask(&app, &row, token, Some(wrong))))
}

fn ask(app: &App, row: &SubscriptionRow, token: String, wrong: Option<Wrong>) -> Now {
    let preferences = link::for_a_day(app, Purpose::Preferences, row.public_id);
    Now::Ask { masked: row.address.masked(), token, preferences, wrong }
}

fn page(app: &App, row: &SubscriptionRow, status: StatusCode, now: Now) -> Response {
    html(status, render(&View { frame: view::frame(app, row.language()), now }))
}
