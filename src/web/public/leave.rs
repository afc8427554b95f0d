//! `/leave/TOKEN`: leaving, by one click of a mail program (RFC 8058) or by a page that asks nothing and can be
//! taken back. The link never expires.

use axum::extract::{Path, State};
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::{Purpose, SubscriptionState};
use templates::page;

use crate::app::{App, SharedApp};
use crate::newsroom::people::{self, NotDone, Origin};
use crate::newsroom::view;
use crate::store::{SubscriptionRow, address_hash};
use crate::web::client::Network;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::link;
use crate::web::reply::{one_click, page as reply};

pub fn router() -> Router<SharedApp> {
    Router::new().route("/leave/{token}", get(show).post(change))
}

async fn subscription(app: &App, token: &str) -> Result<SubscriptionRow, Problem> {
    let public_id = link::open(app, token, Purpose::Leave)?;
    app.store.subscription_of_token(public_id).await?.ok_or(Problem::Forged)
}

async fn show(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let row = subscription(&app, &token).await?;
    if matches!(row.state, SubscriptionState::Unsubscribed { .. }) {
        return left(&app, &row, token).await;
    }
    let frame = view::frame(&app, row.language());
    let view = page::leave::View { frame, masked: row.address.masked(), token };
    Ok(reply(page::leave::render(&view)))
}

async fn change(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    network: Network,
    fields: Fields,
) -> Result<Response, Problem> {
    let network = network.to_string();
    let origin = |channel| Origin { channel, from: &network };
    if is_one_click(&fields) {
        // Mail programs get the same answer for every link, so that none can be tried out.
        if let Ok(public_id) = link::open(&app, &token, Purpose::Leave) {
            match people::leave(&app, public_id, origin("one-click")).await {
                Ok(_) | Err(NotDone::NoSuchSubscription) => {}
                Err(error) => return Err(failed(error)),
            }
        }
        return Ok(one_click());
    }
    let row = subscription(&app, &token).await?;
    match fields.get("do") {
        Some("leave") => {
            let row = people::leave(&app, row.public_id, origin("link")).await.map_err(failed)?;
            left(&app, &row, token).await
        }
        Some("undo") => {
            let words = templates::text::text(row.language()).leave.undo;
            match people::rejoin(&app, row.public_id, words, origin("link")).await {
                Ok(row) => Ok(page_left(&app, &row, page::left::Now::Stays)),
                // Only the person's own new confirmation brings these back.
                Err(NotDone::Suppressed(_) | NotDone::Step(_)) => Err(Problem::Expired),
                Err(error) => Err(failed(error)),
            }
        }
        _ => Err(Problem::Refused(axum::http::StatusCode::BAD_REQUEST)),
    }
}

/// RFC 8058 section 3.2.
pub fn is_one_click(fields: &Fields) -> bool {
    fields.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("List-Unsubscribe") && value.trim().eq_ignore_ascii_case("One-Click")
    })
}

/// The way back is open to those who were confirmed once and may be mailed.
async fn left(app: &App, row: &SubscriptionRow, token: String) -> Result<Response, Problem> {
    let open =
        row.confirmed_at.is_some() && app.store.suppression(&address_hash(&row.address)).await?.is_none();
    Ok(page_left(app, row, page::left::Now::Left { undo: open.then_some(token) }))
}

fn page_left(app: &App, row: &SubscriptionRow, now: page::left::Now) -> Response {
    let preferences = link::for_a_day(app, Purpose::Preferences, row.public_id);
    let frame = view::frame(app, row.language());
    reply(page::left::render(&page::left::View { frame, now, preferences }))
}

fn failed(error: NotDone) -> Problem {
    match error {
        NotDone::NoSuchSubscription => Problem::Forged,
        NotDone::Failed(error) => Problem::Internal(error),
        other => Problem::Internal(other.into()),
    }
}
