//! `/preferences/TOKEN`: a reader's own page, by the link at the end of every issue.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, routing::get};
use chrono::NaiveDate;
use subscribers::{
    InvalidPause, Language, MUNICIPALITY_CHARACTERS_MAX, Manner, Pause, Preferences, Purpose,
    SubscriptionState, clean_line,
};
use templates::page;
use templates::page::preferences::{Choices, Chosen, Problem as Wrong, Said, View};

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

pub fn router() -> Router<SharedApp> {
    Router::new().route("/preferences/{token}", get(show).post(change))
}

/// The subscription of the link; one that was erased is gone.
async fn subscription(app: &App, token: &str) -> Result<SubscriptionRow, Problem> {
    let public_id = link::open(app, token, Purpose::Preferences)?;
    app.store.subscription_of_token(public_id).await?.ok_or(Problem::Expired)
}

/// What becomes of a step that cannot be done: the reader is gone or has left since.
pub(super) fn failed(error: NotDone) -> Problem {
    match error {
        NotDone::NoSuchSubscription => Problem::Expired,
        NotDone::Failed(error) => Problem::Internal(error),
        other => Problem::Internal(other.into()),
    }
}

async fn show(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let row = subscription(&app, &token).await?;
    let view = view_of(&app, &row, token).await?;
    Ok(html(StatusCode::OK, page::preferences::render(&view)))
}

async fn view_of(app: &App, row: &SubscriptionRow, token: String) -> anyhow::Result<View> {
    let choices = match row.state {
        SubscriptionState::Confirmed { .. } => Some(choices(app, row).await?),
        SubscriptionState::Pending { .. }
        | SubscriptionState::Unsubscribed { .. }
        | SubscriptionState::Suppressed { .. } => None,
    };
    Ok(View {
        frame: view::frame(app, row.language()),
        token,
        masked: row.address.masked(),
        choices,
        problems: Vec::new(),
        said: None,
        leave: link::for_a_day(app, Purpose::Leave, row.public_id),
    })
}

async fn choices(app: &App, row: &SubscriptionRow) -> anyhow::Result<Choices> {
    let holds = row.manner.pause.filter(|pause| pause.holds(app.today()));
    let since = app.clock.now() - NEW_ADDRESS_WAITS;
    let waiting = app.store.address_change(row.id, since).await?;
    Ok(Choices {
        language: row.language(),
        municipality: row.preferences.municipality.clone(),
        municipalities: municipalities(app),
        plain_text: row.manner.plain_text,
        pause: match holds {
            None => Chosen::None,
            Some(Pause::Issues(left)) => Chosen::Issues(left),
            Some(Pause::Until(day)) => Chosen::Until(day.to_string()),
        },
        holds,
        waiting: waiting.map(|change| change.address.masked()),
    })
}

/// Those of the places that are looked for in mails, each once; she may write another.
fn municipalities(app: &App) -> Vec<String> {
    let names = app.config.publication.places.iter().map(|place| place.municipality.clone());
    let names: BTreeSet<String> = names.filter(|name| !name.is_empty()).collect();
    names.into_iter().collect()
}

async fn change(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    network: Network,
    fields: Fields,
) -> Result<Response, Problem> {
    let row = subscription(&app, &token).await?;
    if fields.get("do") == Some("own") {
        return own(&app, &row, token, &network.to_string()).await;
    }
    if !matches!(row.state, SubscriptionState::Confirmed { .. }) {
        return Err(Problem::Expired);
    }
    match fields.get("do") {
        Some("save") => save(&app, &row, token, &fields).await,
        Some("keep-address") => {
            let row = readers::keep_address(&app, row.public_id).await.map_err(failed)?;
            said(&app, &row, token, Said::AddressKept).await
        }
        _ => Err(Problem::Refused(StatusCode::BAD_REQUEST)),
    }
}

/// Mails her the link to what is hers alone; also to who has left.
async fn own(app: &App, row: &SubscriptionRow, token: String, network: &str) -> Result<Response, Problem> {
    match count_for(app, network, &format!("own link {}", row.public_id)).await? {
        Counted::Fits => {}
        Counted::NetworkFull | Counted::AddressFull => return Err(Problem::TooMany),
    }
    let sent = readers::ask_own(app, row, Origin { channel: "page", from: network }).await?;
    said(app, row, token, if sent { Said::OwnSent } else { Said::OwnNot }).await
}

async fn said(app: &App, row: &SubscriptionRow, token: String, said: Said) -> Result<Response, Problem> {
    let view = View { said: Some(said), ..view_of(app, row, token).await? };
    Ok(html(StatusCode::OK, page::preferences::render(&view)))
}

async fn save(app: &App, row: &SubscriptionRow, token: String, fields: &Fields) -> Result<Response, Problem> {
    let bad = || Problem::Refused(StatusCode::BAD_REQUEST);
    let language = fields.get("language").and_then(Language::parse).ok_or_else(bad)?;
    let municipality = clean_line(fields.get("municipality").unwrap_or(""));
    let plain_text = fields.get("plain_text") == Some("1");
    let typed_day = fields.get("day").unwrap_or("").trim();
    let mut problems = Vec::new();
    if municipality.chars().count() > MUNICIPALITY_CHARACTERS_MAX {
        problems.push(Wrong::MunicipalityTooLong);
    }
    let (chosen, pause) = match fields.get("pause").unwrap_or("no") {
        "no" => (Chosen::None, None),
        "until" => {
            let day = typed_day.parse::<NaiveDate>().map_err(|_| Wrong::DayMissing);
            let pause = day.and_then(|day| {
                Pause::until(day, app.today()).map_err(|invalid| match invalid {
                    InvalidPause::Past => Wrong::DayPast,
                    InvalidPause::TooFar => Wrong::DayTooFar,
                    InvalidPause::Issues => Wrong::DayMissing,
                })
            });
            let pause = pause.map_err(|wrong| problems.push(wrong)).ok();
            (Chosen::Until(typed_day.chars().take(10).collect()), pause)
        }
        number => {
            let number = number.parse::<u8>().map_err(|_| bad())?;
            (Chosen::Issues(number), Some(Pause::issues(number).map_err(|_| bad())?))
        }
    };
    if !problems.is_empty() {
        let mut view = view_of(app, row, token).await?;
        if let Some(choices) = &mut view.choices {
            *choices = Choices { language, municipality, plain_text, pause: chosen, ..choices.clone() };
        }
        view.problems = problems;
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page::preferences::render(&view)));
    }
    let preferences = Preferences { language, municipality };
    let manner = Manner { plain_text, pause };
    let row = readers::choose(app, row.public_id, &preferences, manner).await.map_err(failed)?;
    said(app, &row, token, Said::Saved).await
}
