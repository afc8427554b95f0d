//! What goes wrong while answering, and the page that says so: one clear sentence, in the reader's language.
//!
//! A handler gives a [`Problem`]; [`show`], around all routes, makes the page, also of what the framework refuses by
//! itself (a method, a body that is too large). The cause of a failure goes to the log, never to the reader.

use std::any::Any;

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{Response as HttpResponse, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use templates::page;

use super::desk;
use super::headers::is_at_desk;
use super::language::Asked;
use super::reply::html;
use crate::app::SharedApp;

/// Seconds after which someone who asked too often may try again: the length of the window.
const RETRY_SECONDS: &str = "3600";

/// Why a page cannot be shown or a request not be done.
#[derive(Debug)]
pub enum Problem {
    NotFound,
    /// A link that is not ours, or of another purpose.
    Forged,
    /// A link past its day, or for something that has been settled since.
    Expired,
    /// A form that another site sent.
    Forbidden,
    /// A request that cannot be read, with the status that says why.
    Refused(StatusCode),
    TooMany,
    /// Somebody must sign in first, and then goes on to this page.
    SignIn {
        to: Option<String>,
    },
    Internal(anyhow::Error),
}

/// What [`show`] makes a page of.
#[derive(Clone, Copy)]
struct Said(page::error::Problem);

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Problem::Internal(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, said) = match self {
            Problem::SignIn { to } => {
                let query = to.map(|to| {
                    url::form_urlencoded::Serializer::new(String::new()).append_pair("to", &to).finish()
                });
                let query = query.map_or(String::new(), |query| format!("?{query}"));
                return Redirect::to(&format!("/desk/sign-in{query}")).into_response();
            }
            Problem::NotFound => (StatusCode::NOT_FOUND, page::error::Problem::NotFound),
            Problem::Forged => (StatusCode::NOT_FOUND, page::error::Problem::Forged),
            Problem::Expired => (StatusCode::GONE, page::error::Problem::Expired),
            Problem::Forbidden => (StatusCode::FORBIDDEN, page::error::Problem::Refused),
            Problem::Refused(status) => (status, page::error::Problem::Refused),
            Problem::TooMany => (StatusCode::TOO_MANY_REQUESTS, page::error::Problem::TooManyRequests),
            Problem::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, page::error::Problem::Failure)
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Said(said));
        response
    }
}

pub async fn no_such_page() -> Problem {
    Problem::NotFound
}

/// A panic is our fault; the request is lost, the daemon is not.
pub fn panicked(panic: Box<dyn Any + Send>) -> HttpResponse<String> {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("");
    tracing::error!(panic = words, "a request panicked");
    let mut response = HttpResponse::new(String::new());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

/// Gives every refusal its page; at the desk, where somebody is signed in, in the desk's frame.
pub async fn show(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&app, request.headers(), request.uri());
    let path = request.uri().path();
    let desk = is_at_desk(path).then(|| (request.headers().clone(), path.to_owned()));
    let response = next.run(request).await;
    let status = response.status();
    let what = match response.extensions().get::<Said>() {
        Some(Said(what)) => *what,
        None if status.is_client_error() || status.is_server_error() => {
            // Pages and answers to programs stay as they are; what the framework says gets words.
            let kind = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
            if kind.is_some_and(|kind| kind.starts_with(b"text/html") || kind == b"application/json") {
                return response;
            }
            match status {
                StatusCode::NOT_FOUND => page::error::Problem::NotFound,
                status if status.is_server_error() => page::error::Problem::Failure,
                _ => page::error::Problem::Refused,
            }
        }
        None => return response,
    };
    let page = match desk {
        Some((headers, path)) => desk::problem::page(&app, &headers, &path, status).await,
        None => None,
    };
    let page =
        page.unwrap_or_else(|| page::error::render(&page::error::View { frame: asked.frame(&app), what }));
    let allow = response.headers().get(ALLOW).cloned();
    let mut shown = html(status, page);
    shown.headers_mut().remove(CONTENT_LENGTH);
    if let Some(allow) = allow {
        shown.headers_mut().insert(ALLOW, allow);
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        shown.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    }
    shown
}
