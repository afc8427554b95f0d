//! `/address/TOKEN`: the page of the mail to a reader's new address. Opening it changes nothing; only its button moves.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::Purpose;
use templates::page::new_address::{Now, View, render};

use super::preferences::failed;
use crate::app::{App, SharedApp};
use crate::newsroom::people::Origin;
use crate::newsroom::{readers, view};
use crate::store::AddressChange;
use crate::web::client::Network;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::language::Asked;
use crate::web::link;
use crate::web::reply::page as reply;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/address/{token}", get(show).post(confirm))
}

/// The wish of the link. One that was fulfilled, taken back or replaced is over.
async fn wish(app: &App, token: &str) -> Result<AddressChange, Problem> {
    let public_id = link::open(app, token, Purpose::Address)?;
    app.store.address_change_of_token(public_id).await?.ok_or(Problem::Expired)
}

async fn show(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let masked = wish(&app, &token).await?.address.masked();
    Ok(reply(render(&View { frame: asked.frame(&app), now: Now::Ask { masked, token } })))
}

async fn confirm(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    asked: Asked,
    network: Network,
    fields: Fields,
) -> Result<Response, Problem> {
    let change = wish(&app, &token).await?;
    if fields.get("do") != Some("confirm") {
        return Err(Problem::Refused(StatusCode::BAD_REQUEST));
    }
    let frame = asked.frame(&app);
    let words = (templates::text::text(asked.language).person.address.agree)(&frame.publication.name);
    let network = network.to_string();
    let origin = Origin { channel: "page", from: &network };
    let row = readers::confirm_address(&app, change.public_id, &words, origin).await.map_err(failed)?;
    Ok(reply(render(&View { frame: view::frame(&app, row.language()), now: Now::Moved })))
}
