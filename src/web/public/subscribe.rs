//! `/subscribe`: the form, and the one answer to it, whether the address is known, new, asked a short while ago or
//! not to be mailed.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::TimeDelta;
use subscribers::{EmailAddress, Language, Preferences};
use templates::Frame;
use templates::page;
use templates::page::subscribe::{Filled, Wrong};

use super::published;
use crate::app::{App, SharedApp};
use crate::newsroom::people::{self, Origin, Requested};
use crate::newsroom::view;
use crate::store::address_hash;
use crate::web::client::Network;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::language::Asked;
use crate::web::origin;
use crate::web::reply::{html, page as reply};

/// Requests from one network: enough for a library's afternoon of sign-ups.
const REQUESTS_PER_HOUR_MAX: i64 = 20;
/// Requests for one address: what is above is answered alike and does nothing.
const REQUESTS_PER_ADDRESS_AND_DAY_MAX: i64 = 5;

/// What is shown again of an address that was refused.
const ADDRESS_CHARACTERS_MAX: usize = 254;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/subscribe", get(show).post(ask))
}

async fn show(State(app): State<SharedApp>, asked: Asked) -> Result<Response, Problem> {
    Ok(reply(form(&app, asked.frame(&app), Filled::default()).await?))
}

async fn form(app: &App, frame: Frame, filled: Filled) -> anyhow::Result<String> {
    let latest = published::latest(app).await?;
    let horizon = published::horizon(latest.as_ref());
    let latest = latest.map(|issue| (issue.edition.year, issue.edition.month, view::number(issue.number)));
    let view = page::subscribe::View { frame, filled, latest, horizon };
    Ok(page::subscribe::render(&view))
}

async fn ask(
    State(app): State<SharedApp>,
    asked: Asked,
    network: Network,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Problem> {
    if !origin::is_ours(&app, &headers) {
        return Err(Problem::Forbidden);
    }
    let language = fields.get("language").and_then(Language::parse).unwrap_or(asked.language);
    // The page that comes next is in the language of this one, and so are the words that were agreed to.
    let shown = fields.get("shown").and_then(Language::parse).unwrap_or(language);
    let frame = if shown == asked.language { asked.frame(&app) } else { view::frame(&app, shown) };
    let again = |address: &str, wrong| {
        let address: String = address.chars().take(ADDRESS_CHARACTERS_MAX).collect();
        form(&app, frame.clone(), Filled { address, language: Some(language), wrong: Some(wrong) })
    };
    let neutral = || reply(page::subscribed::render(&page::subscribed::View { frame: frame.clone() }));
    // People do not see this field; what fills it is a machine, and is not told.
    if fields.get("website").is_some_and(|website| !website.is_empty()) {
        return Ok(neutral());
    }
    let typed = fields.get("email").unwrap_or("");
    let Ok(address) = EmailAddress::parse(typed.trim()) else {
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, again(typed, Wrong::Shape).await?));
    };
    let network = network.to_string();
    match count(&app, &network, &address).await? {
        Counted::NetworkFull => return Err(Problem::TooMany),
        Counted::AddressFull => return Ok(neutral()),
        Counted::Fits => {}
    }
    let preferences = Preferences { language, municipality: String::new() };
    let words = templates::text::consent(shown, &frame.publication.name);
    let origin = Origin { channel: "form", from: &network };
    match people::request(&app, &address, &preferences, &words, origin).await? {
        // Said of the address, not of who is subscribed.
        Requested::Nobody => {
            let form = again(address.as_str(), Wrong::Nobody).await?;
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, form))
        }
        Requested::Asked | Requested::Known | Requested::TooSoon | Requested::Suppressed => Ok(neutral()),
    }
}

pub(super) enum Counted {
    Fits,
    NetworkFull,
    AddressFull,
}

async fn count(app: &App, network: &str, address: &EmailAddress) -> anyhow::Result<Counted> {
    count_for(app, network, &format!("subscribe address {}", address_hash(address))).await
}

/// Counts a request that sends a mail to an address somebody typed: for the network it comes from, and in a bucket.
pub(super) async fn count_for(app: &App, network: &str, bucket: &str) -> anyhow::Result<Counted> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let of_network = format!("subscribe network {network}");
    if !write.count_request(&of_network, REQUESTS_PER_HOUR_MAX, now - TimeDelta::hours(1), now).await? {
        return Ok(Counted::NetworkFull);
    }
    let since = now - TimeDelta::days(1);
    let fits = write.count_request(bucket, REQUESTS_PER_ADDRESS_AND_DAY_MAX, since, now).await?;
    write.commit().await?;
    Ok(if fits { Counted::Fits } else { Counted::AddressFull })
}
