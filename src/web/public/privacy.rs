//! `/privacy`: what is kept of people, in the words of what the daemon does.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::TimeDelta;
use templates::page;

use crate::app::SharedApp;
use crate::schedule::{REQUESTS_KEPT, UNCONFIRMED_KEPT};
use crate::web::errors::Problem;
use crate::web::language::Asked;
use crate::web::reply::{HTML, Keep, kept};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/privacy", get(show))
}

async fn show(State(app): State<SharedApp>, asked: Asked, headers: HeaderMap) -> Result<Response, Problem> {
    let view = page::privacy::View {
        frame: asked.frame(&app),
        wishes_days: days(UNCONFIRMED_KEPT),
        networks_days: days(REQUESTS_KEPT),
    };
    Ok(kept(&headers, HTML, page::privacy::render(&view).into_bytes(), Keep::Page))
}

fn days(period: TimeDelta) -> u16 {
    u16::try_from(period.num_days()).expect("what is kept is kept for days, not for centuries")
}
