//! Who is signed in, and whether a form was shown to them. Handlers of the desk take [`SignedIn`] to show something
//! and [`Posted`] to do something; there is no other way to either.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_LENGTH;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use chrono::{DateTime, Utc};
use subscribers::Purpose;
use templates::desk::kept::{self, Who};

use super::room;
use crate::app::{App, SharedApp};
use crate::store::{Editor, SessionRow, sha256};
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::language::Asked;
use crate::web::origin;
use crate::web::reply::html;

/// Largest form in octets that is read of somebody who is not signed in, to be carried back.
const STRANGERS_BODY_BYTES_MAX: u64 = 1 << 20;

/// An editor and her browser's session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub editor: Editor,
    pub session: SessionRow,
}

/// A form of the desk, sent by the editor it was shown to.
#[derive(Debug)]
pub struct Posted {
    pub signed: SignedIn,
    pub fields: Fields,
}

/// Browsers keep a `__Host-` cookie to this host and to encrypted connections; without HTTPS, as in the demo, there
/// is no such promise to ask for.
fn name(app: &App) -> &'static str {
    if is_secure(app) { "__Host-zinas" } else { "zinas" }
}

fn is_secure(app: &App) -> bool {
    app.config.public_url.scheme() == "https"
}

/// What a browser is given to hold, until the session ends.
pub fn cookie(app: &App, value: &str, ends_at: DateTime<Utc>) -> Cookie<'static> {
    let seconds = (ends_at - app.clock.now()).num_seconds().max(0);
    let mut cookie = Cookie::parse(format!("{}={value}; Max-Age={seconds}", name(app)))
        .expect("hexadecimal digits and a number are a cookie");
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_secure(is_secure(app));
    cookie.set_same_site(SameSite::Lax);
    cookie
}

/// The session that a browser's cookie names, if it is alive.
pub async fn of(app: &App, headers: &HeaderMap) -> anyhow::Result<Option<SignedIn>> {
    let jar = CookieJar::from_headers(headers);
    let Some(cookie) = jar.get(name(app)) else { return Ok(None) };
    let hash = sha256(cookie.value().as_bytes());
    let found = app.store.session(app.publication, &hash, app.clock.now()).await?;
    Ok(found.map(|(session, editor)| SignedIn { editor, session }))
}

impl FromRequestParts<SharedApp> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        let to = match parts.method {
            Method::GET | Method::HEAD => parts.uri.path_and_query().map(ToString::to_string),
            _ => None,
        };
        of(app, &parts.headers).await?.ok_or(Problem::SignIn { to })
    }
}

impl FromRequest<SharedApp> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, Response> {
        match posted(request, app).await {
            Ok(posted) => posted,
            Err(problem) => Err(problem.into_response()),
        }
    }
}

async fn posted(request: Request, app: &SharedApp) -> Result<Result<Posted, Response>, Problem> {
    if !origin::is_ours(app, request.headers()) {
        return Err(Problem::Forbidden);
    }
    let signed = of(app, request.headers()).await?;
    if signed.is_none() && !is_short(request.headers()) {
        return Err(Problem::SignIn { to: None });
    }
    let to = request.uri().path().to_owned();
    let asked = Asked::of(app, request.headers(), request.uri());
    let fields = match Fields::from_request(request, app).await {
        Err(_) if signed.is_none() => return Err(Problem::SignIn { to: None }),
        fields => fields?,
    };
    let shown_in =
        fields.get("form").and_then(|token| app.secret.open(token, Purpose::Form, app.clock.now()).ok());
    match (signed, shown_in) {
        (Some(signed), Some(session)) if session == signed.session.public_id => {
            Ok(Ok(Posted { signed, fields }))
        }
        // A form of ours, of a session that has ended: what was typed goes back to who typed it.
        (None, Some(_)) if holds_something(&fields) => {
            Ok(Err(carried_back(to, &fields, Who::Nobody(asked.frame(app)))))
        }
        (Some(signed), Some(_)) if holds_something(&fields) => {
            let desk = room::desk(app, &signed).await?;
            Ok(Err(carried_back(to, &fields, Who::Editor(Box::new(desk)))))
        }
        (None, _) => Err(Problem::SignIn { to: None }),
        (Some(_), _) => Err(Problem::Forbidden),
    }
}

fn is_short(headers: &HeaderMap) -> bool {
    let octets = headers.get(CONTENT_LENGTH).and_then(|octets| octets.to_str().ok()?.parse::<u64>().ok());
    octets.is_some_and(|octets| octets <= STRANGERS_BODY_BYTES_MAX)
}

/// More than a button?
fn holds_something(fields: &Fields) -> bool {
    fields.iter().any(|(name, value)| !matches!(name, "form" | "do") && !value.is_empty())
}

fn carried_back(to: String, fields: &Fields, who: Who) -> Response {
    let file = fields.has_files();
    let fields = fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    html(StatusCode::FORBIDDEN, kept::render(&kept::View { who, to, fields, file }))
}

/// The token of the forms that are shown in a session.
pub fn form(app: &App, session: &SessionRow) -> String {
    app.token(Purpose::Form, session.public_id).as_str().to_owned()
}
