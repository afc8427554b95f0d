//! The link to what is a reader's own, and `/mine/TOKEN/address`, where she asks for another address. The token names the
//! mail that brought it to her, so that it ends after its hours, with her address, and with herself.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::{EmailAddress, Purpose, SubscriptionState};
use templates::page::own_address::{Problem as Wrong, View, render};

use super::preferences::failed;
use super::subscribe::{Counted, count_for};
use crate::app::{App, SharedApp};
use crate::newsroom::people::{NotDone, Origin};
use crate::newsroom::readers::{self, NEW_ADDRESS_WAITS};
use crate::newsroom::view;
use crate::store::SubscriptionRow;
use crate::web::client::Network;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::link;
use crate::web::reply::html;

/// What was typed is shown again up to the longest address.
const ADDRESS_CHARACTERS_MAX: usize = 254;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/mine/{token}/address", get(show).post(ask))
}

/// The reader whom the mail with this link reached.
pub(super) async fn reader(app: &App, token: &str) -> Result<SubscriptionRow, Problem> {
    let mail = link::open(app, token, Purpose::Own)?;
    let row = app.store.subscription_of_own_link(mail, app.clock.now()).await?;
    row.ok_or(Problem::Expired)
}

/// The same where she must get issues still.
async fn confirmed(app: &App, token: &str) -> Result<SubscriptionRow, Problem> {
    let row = reader(app, token).await?;
    if !matches!(row.state, SubscriptionState::Confirmed { .. }) {
        return Err(Problem::Expired);
    }
    Ok(row)
}

async fn show(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let row = confirmed(&app, &token).await?;
    let view = view_of(&app, &row, token).await?;
    Ok(html(StatusCode::OK, render(&view)))
}

async fn view_of(app: &App, row: &SubscriptionRow, token: String) -> anyhow::Result<View> {
    let since = app.clock.now() - NEW_ADDRESS_WAITS;
    let waiting = app.store.address_change(row.id, since).await?;
    Ok(View {
        frame: view::frame(app, row.language()),
        token,
        masked: row.address.masked(),
        waiting: waiting.map(|change| change.address.masked()),
        typed: String::new(),
        problem: None,
        asked: false,
    })
}

async fn ask(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    network: Network,
    fields: Fields,
) -> Result<Response, Problem> {
    let row = confirmed(&app, &token).await?;
    if fields.get("do") != Some("address") {
        return Err(Problem::Refused(StatusCode::BAD_REQUEST));
    }
    let typed = fields.get("email").unwrap_or("").trim();
    let network = network.to_string();
    let wrong = match EmailAddress::parse(typed) {
        Err(_) => Wrong::Shape,
        Ok(address) => {
            match count_for(&app, &network, &format!("new address {}", row.public_id)).await? {
                Counted::Fits => {}
                Counted::NetworkFull | Counted::AddressFull => return Err(Problem::TooMany),
            }
            let words = (templates::text::text(row.language()).person.address.wish)(&address.masked());
            let origin = Origin { channel: "page", from: &network };
            match readers::ask_address(&app, row.public_id, &address, &words, origin).await {
                Ok(()) => {
                    let view = View { asked: true, ..view_of(&app, &row, token).await? };
                    return Ok(html(StatusCode::OK, render(&view)));
                }
                // Said of the address, not of who is subscribed.
                Err(NotDone::Nobody) => Wrong::Nobody,
                Err(error) => return Err(failed(error)),
            }
        }
    };
    let typed = typed.chars().take(ADDRESS_CHARACTERS_MAX).collect();
    let view = View { typed, problem: Some(wrong), ..view_of(&app, &row, token).await? };
    Ok(html(StatusCode::UNPROCESSABLE_ENTITY, render(&view)))
}
