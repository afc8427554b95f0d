//! `/confirm/TOKEN`: the page of a confirmation mail. Opening it changes nothing; only its button confirms.

use axum::extract::{Path, State};
use axum::response::Response;
use axum::{Router, routing::get};
use subscribers::{Purpose, SubscriptionState};
use templates::page;

use super::published;
use crate::app::{App, SharedApp};
use crate::newsroom::edition::{being_made, sends_at};
use crate::newsroom::people::{self, NotDone, Origin};
use crate::newsroom::view;
use crate::store::SubscriptionRow;
use crate::web::client::Network;
use crate::web::errors::Problem;
use crate::web::link;
use crate::web::reply::page as reply;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/confirm/{token}", get(show).post(confirm))
}

/// The subscription of the link. One that is gone, was left or must not be mailed can only be asked for anew.
async fn subscription(app: &App, token: &str) -> Result<SubscriptionRow, Problem> {
    let public_id = link::open(app, token, Purpose::Confirm)?;
    let row = app.store.subscription_of_token(public_id).await?.ok_or(Problem::Expired)?;
    match row.state {
        SubscriptionState::Pending { .. } | SubscriptionState::Confirmed { .. } => Ok(row),
        SubscriptionState::Unsubscribed { .. } | SubscriptionState::Suppressed { .. } => {
            Err(Problem::Expired)
        }
    }
}

async fn show(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let row = subscription(&app, &token).await?;
    if matches!(row.state, SubscriptionState::Confirmed { .. }) {
        return confirmed(&app, &row, true).await;
    }
    let frame = view::frame(&app, row.language());
    let view = page::confirm::View { frame, masked: row.address.masked(), token };
    Ok(reply(page::confirm::render(&view)))
}

async fn confirm(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    network: Network,
) -> Result<Response, Problem> {
    let row = subscription(&app, &token).await?;
    let already = matches!(row.state, SubscriptionState::Confirmed { .. });
    let name = view::frame(&app, row.language()).publication.name;
    let words = templates::text::consent(row.language(), &name);
    let network = network.to_string();
    let origin = Origin { channel: "link", from: &network };
    match people::confirm(&app, row.public_id, &words, origin).await {
        Ok(row) => confirmed(&app, &row, already).await,
        Err(NotDone::NoSuchSubscription | NotDone::Step(_) | NotDone::Suppressed(_)) => Err(Problem::Expired),
        Err(NotDone::Failed(error)) => Err(error.into()),
        Err(other @ (NotDone::Nobody | NotDone::NoReason | NotDone::NoConsent | NotDone::NotSuppressed)) => {
            Err(anyhow::Error::from(other).into())
        }
    }
}

async fn confirmed(app: &App, row: &SubscriptionRow, already: bool) -> Result<Response, Problem> {
    let zone = app.config.publication.zone;
    let next = sends_at(app, being_made(app).await?);
    let latest = published::latest(app)
        .await?
        .map(|issue| page::confirmed::Latest { edition: issue.edition, number: view::number(issue.number) });
    let view = page::confirmed::View {
        frame: view::frame(app, row.language()),
        already,
        next: next.map(|moment| moment.with_timezone(&zone).date_naive()),
        latest,
        // For a day: the link of the mail that led here may be forwarded.
        preferences: link::for_a_day(app, Purpose::Preferences, row.public_id),
    };
    Ok(reply(page::confirmed::render(&view)))
}
