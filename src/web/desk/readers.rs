//! `/desk/readers`: who receives the bulletin, found by state and words; and adding one who has agreed elsewhere.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use subscribers::{EmailAddress, Language, MUNICIPALITY_CHARACTERS_MAX, Preferences};
use templates::desk::readers::{Add, Reader, State as ReaderState, View, Wrong, render};
use templates::text::text;
use url::form_urlencoded;

use super::room::{desk, local};
use super::session::{Posted, SignedIn};
use crate::app::{App, SharedApp};
use crate::newsroom::people::{self, NotDone, Origin};
use crate::web::errors::Problem;
use crate::web::reply::{html, page as reply};

/// Readers on one page.
const READERS_PER_PAGE: usize = 50;
/// Longest search in characters.
const WORDS_CHARACTERS_MAX: usize = 100;
/// No list is paged further than this.
const PAGE_MAX: usize = 10_000;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/readers", get(show)).route("/desk/readers/add", post(add))
}

#[derive(Default, Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
    done: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    Ok(reply(render(&view(&app, &signed, &asked, Add::default()).await?)))
}

async fn view(app: &App, signed: &SignedIn, asked: &Asked, add: Add) -> Result<View, Problem> {
    let words: String = asked.q.trim().chars().take(WORDS_CHARACTERS_MAX).collect();
    let state = ReaderState::ALL.into_iter().find(|state| state.name() == asked.state);
    let state = state.unwrap_or(ReaderState::Confirmed);
    let page = asked.page.min(PAGE_MAX);
    let counts = app.store.count_subscriptions(app.publication).await?;
    let (skip, most) = (page * READERS_PER_PAGE, READERS_PER_PAGE + 1);
    let (skip, most) = (i64::try_from(skip).unwrap_or(i64::MAX), i64::try_from(most).unwrap_or(i64::MAX));
    // Who searches looks for a person, whatever became of her.
    let of_state = if words.is_empty() { state.name() } else { "" };
    let rows = app.store.find_subscriptions(app.publication, of_state, &words, skip, most).await?;
    let turn = |page: usize| {
        let mut query = form_urlencoded::Serializer::new(String::from("/desk/readers?"));
        query.append_pair("state", state.name()).append_pair("q", &words);
        query.append_pair("page", &page.to_string()).finish()
    };
    let more = rows.len() > READERS_PER_PAGE;
    let reader = |row: &crate::store::SubscriptionRow| Reader {
        id: row.id,
        address: row.address.as_str().to_owned(),
        municipality: row.preferences.municipality.clone(),
        language: row.language(),
        since: local(app, row.confirmed_at.unwrap_or(row.changed_at)),
    };
    let mut desk = desk(app, signed).await?;
    let people = &text(signed.editor.language).people;
    desk.said = match asked.done.as_deref() {
        Some("erased") => Some(people.reader_erased.to_owned()),
        _ => None,
    };
    Ok(View {
        desk,
        state,
        counts: [counts.confirmed, counts.pending, counts.unsubscribed, counts.suppressed],
        readers: rows.iter().take(READERS_PER_PAGE).map(reader).collect(),
        before: page.checked_sub(1).map(turn),
        after: more.then(|| turn(page + 1)),
        words,
        add,
    })
}

async fn add(State(app): State<SharedApp>, posted: Posted) -> Result<Response, Problem> {
    let Posted { signed, fields } = posted;
    let typed = |name: &str| fields.get(name).unwrap_or("").trim().to_owned();
    let language = fields.get("language").and_then(Language::parse);
    let add = Add {
        address: typed("email"),
        municipality: typed("municipality").chars().take(MUNICIPALITY_CHARACTERS_MAX).collect(),
        consent: typed("consent"),
        language,
        wrong: None,
    };
    let wrong = match EmailAddress::parse(&add.address) {
        Err(_) => Wrong::Shape,
        Ok(address) => {
            let language = language.unwrap_or(app.config.publication.language);
            let preferences = Preferences { language, municipality: add.municipality.clone() };
            let origin = Origin { channel: "desk", from: signed.editor.shown() };
            match people::add_and_welcome(&app, &address, &preferences, &add.consent, origin).await {
                Ok(row) => {
                    return Ok(Redirect::to(&format!("/desk/readers/{}?done=added", row.id)).into_response());
                }
                Err(NotDone::Nobody) => Wrong::Nobody,
                Err(NotDone::Suppressed(_)) => Wrong::Suppressed,
                Err(NotDone::Step(_)) => Wrong::Left,
                Err(NotDone::NoConsent) => Wrong::NoConsent,
                Err(NotDone::Failed(error)) => return Err(error.into()),
                Err(other @ (NotDone::NoSuchSubscription | NotDone::NoReason | NotDone::NotSuppressed)) => {
                    return Err(anyhow::Error::from(other).into());
                }
            }
        }
    };
    let add = Add { wrong: Some(wrong), ..add };
    let view = view(&app, &signed, &Asked::default(), add).await?;
    Ok(html(StatusCode::UNPROCESSABLE_ENTITY, render(&view)))
}
