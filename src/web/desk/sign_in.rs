//! `/desk/sign-in`: asks for an address and mails a link; the link's page has one button, which uses the link up.
//! Mail scanners that open the link do no harm.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderMap, USER_AGENT};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use chrono::TimeDelta;
use serde::Deserialize;
use subscribers::{EmailAddress, Language, Purpose};
use templates::desk::sign_in::{Step, View};

use super::session::{self, Posted};
use crate::app::{App, SharedApp};
use crate::newsroom::sign_in::{ask_later, enter};
use crate::newsroom::view;
use crate::web::client::Network;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::language::Asked;
use crate::web::reply::html;
use crate::web::{link, origin};

/// Requests from one network, for links and with links: an office may have several editors.
const REQUESTS_PER_HOUR_MAX: i64 = 30;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/desk/sign-in", get(show).post(send))
        .route("/desk/sign-in/{token}", get(look).post(use_link))
        .route("/desk/sign-out", post(leave))
}

/// The page that was asked for before signing in.
#[derive(Deserialize)]
struct Wish {
    to: Option<String>,
}

impl Wish {
    /// Only pages of the desk: a link of ours must not lead elsewhere.
    fn inside(&self) -> Option<&str> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_?=&.".contains(letter);
        self.to.as_deref().filter(|to| {
            let rest = to.strip_prefix("/desk");
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
                && to.len() <= 200
                && to.chars().all(plain)
                && !to.contains("..")
        })
    }
}

fn shown(app: &App, language: Language, status: StatusCode, step: Step, to: Option<&str>) -> Response {
    let to = to.map(str::to_owned);
    let view = View { frame: view::frame(app, language), step, to };
    html(status, templates::desk::sign_in::render(&view))
}

async fn show(
    State(app): State<SharedApp>,
    Asked { language, .. }: Asked,
    Query(wish): Query<Wish>,
) -> Response {
    shown(&app, language, StatusCode::OK, Step::Ask { wrong: None }, wish.inside())
}

async fn send(
    State(app): State<SharedApp>,
    Asked { language, .. }: Asked,
    network: Network,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Problem> {
    if !origin::is_ours(&app, &headers) {
        return Err(Problem::Forbidden);
    }
    let wish = Wish { to: fields.get("to").map(str::to_owned) };
    let typed = fields.get("email").unwrap_or("");
    let Ok(address) = EmailAddress::parse(typed.trim()) else {
        let wrong = Some(typed.chars().take(254).collect());
        return Ok(shown(
            &app,
            language,
            StatusCode::UNPROCESSABLE_ENTITY,
            Step::Ask { wrong },
            wish.inside(),
        ));
    };
    count(&app, &network).await?;
    ask_later(&app, address, wish.inside().map(str::to_owned), network.to_string());
    Ok(shown(&app, language, StatusCode::OK, Step::Asked, None))
}

async fn look(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
    Asked { language, .. }: Asked,
) -> Result<Response, Problem> {
    let editor = match link::open(&app, &token, Purpose::SignIn) {
        Ok(id) => app.store.editor_of_sign_in(app.publication, id, app.clock.now()).await?,
        Err(Problem::Expired) => None,
        Err(other) => return Err(other),
    };
    Ok(match editor {
        Some(editor) => shown(&app, editor.language, StatusCode::OK, Step::Enter { token }, wish.inside()),
        None => shown(&app, language, StatusCode::GONE, Step::TooLate, None),
    })
}

async fn use_link(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    Asked { language, .. }: Asked,
    network: Network,
    headers: HeaderMap,
    jar: CookieJar,
    fields: Fields,
) -> Result<Response, Problem> {
    if !origin::is_ours(&app, &headers) {
        return Err(Problem::Forbidden);
    }
    count(&app, &network).await?;
    let wish = Wish { to: fields.get("to").map(str::to_owned) };
    let id = link::open(&app, &token, Purpose::SignIn)?;
    let browser = headers.get(USER_AGENT).and_then(|browser| browser.to_str().ok()).unwrap_or("");
    match enter(&app, id, browser).await? {
        Some(entered) => {
            let jar = jar.add(session::cookie(&app, &entered.cookie, entered.ends_at));
            Ok((jar, Redirect::to(wish.inside().unwrap_or("/desk"))).into_response())
        }
        None => Ok(shown(&app, language, StatusCode::GONE, Step::TooLate, None)),
    }
}

async fn leave(State(app): State<SharedApp>, jar: CookieJar, posted: Posted) -> Result<Response, Problem> {
    let mut write = app.store.write().await?;
    write.end_session(posted.signed.editor.id, posted.signed.session.id).await?;
    write.commit().await?;
    let jar = jar.remove(session::cookie(&app, "", app.clock.now()));
    Ok((jar, Redirect::to("/")).into_response())
}

async fn count(app: &App, network: &Network) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let bucket = format!("sign-in network {network}");
    if !write.count_request(&bucket, REQUESTS_PER_HOUR_MAX, now - TimeDelta::hours(1), now).await? {
        return Err(Problem::TooMany);
    }
    write.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_only_to_the_desk() {
        let inside = |to: &str| Wish { to: Some(to.to_owned()) }.inside().is_some();
        for to in ["/desk", "/desk/item/7", "/desk?state=asked", "/desk/issue?view=text"] {
            assert!(inside(to), "{to}");
        }
        for to in [
            "",
            "/",
            "//evil.example",
            "/desk.evil.example",
            "/deskx",
            "/desk/../leave",
            "https://e.example",
            "/desk//evil.example\\",
            "/desk/\r\nSet-Cookie: x",
        ] {
            assert!(!inside(to), "{to}");
        }
    }
}
