//! `/desk/item/ID/correct`: a correction of what was published. It is public at once.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Router, routing::post};
use templates::desk::item::{Corrections, NoCorrection, render};

use super::{open, view};
use crate::app::SharedApp;
use crate::newsroom::corrections::{NotCorrected, correct};
use crate::web::desk::session::Posted;
use crate::web::errors::Problem;
use crate::web::reply::html;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/item/{id}/correct", post(publish))
}

async fn publish(
    State(app): State<SharedApp>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Problem> {
    let Posted { signed, fields } = posted;
    let row = open(&app, &id).await?;
    let typed = fields.get("correction").ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    let (status, problem) = match correct(&app, row.id, typed, signed.editor.shown()).await {
        Ok(_) => {
            let to = format!("/desk/item/{0}?done=correct&item={0}#corrections", row.id);
            return Ok(Redirect::to(&to).into_response());
        }
        Err(NotCorrected::NoWords) => (StatusCode::UNPROCESSABLE_ENTITY, Some(NoCorrection::NoWords)),
        Err(NotCorrected::TooLong) => (StatusCode::UNPROCESSABLE_ENTITY, Some(NoCorrection::TooLong)),
        // Its page has no such form; what stands there says how it is.
        Err(NotCorrected::NotPublished(_)) => (StatusCode::CONFLICT, None),
        Err(NotCorrected::NoSuchItem) => return Err(Problem::NotFound),
        Err(NotCorrected::Failed(error)) => return Err(error.into()),
    };
    let mut view = view::of(&app, &signed, &row).await?;
    if let Some(corrections) = &mut view.corrections {
        *corrections = Corrections { typed: typed.to_owned(), problem, ..corrections.clone() };
    }
    Ok(html(status, render(&view)))
}
