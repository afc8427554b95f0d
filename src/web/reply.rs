//! Answers: a page, and what may be kept by browsers and proxies.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY};
use axum::response::{IntoResponse as _, Response};

use crate::store::sha256;

pub const HTML: &str = "text/html; charset=utf-8";
/// Public pages depend on the language that the browser asks for.
const VARIES: &str = "Accept-Language";

pub fn html(status: StatusCode, page: String) -> Response {
    let headers = [(CONTENT_TYPE, HTML), (VARY, VARIES)];
    (status, headers, page).into_response()
}

pub fn page(page: String) -> Response {
    html(StatusCode::OK, page)
}

/// How long something may be used without asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// A page: short, for corrections.
    Page,
    /// A picture or stylesheet.
    Day,
}

/// An answer with an entity tag; 304 to who has these bytes already (RFC 9110 section 13.1.2).
pub fn kept(request: &HeaderMap, media_type: &str, body: Vec<u8>, keep: Keep) -> Response {
    let tag = format!("\"{}\"", &sha256(&body)[..32]);
    let known = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = known.flat_map(|value| value.split(',')).map(|value| value.trim().trim_start_matches("W/"));
    let known = known.into_iter().any(|value| value == tag || value == "*");
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { (StatusCode::OK, body).into_response() };
    let headers = response.headers_mut();
    let lifetime = match keep {
        Keep::Page => "public, max-age=60",
        Keep::Day => "public, max-age=86400",
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(lifetime));
    headers
        .insert(ETAG, HeaderValue::from_str(&tag).expect("hexadecimal digits in quotes are a header value"));
    if keep == Keep::Page {
        headers.insert(VARY, HeaderValue::from_static(VARIES));
    }
    match HeaderValue::from_str(media_type) {
        Ok(media_type) if !known => {
            headers.insert(CONTENT_TYPE, media_type);
        }
        _ => {
            headers.remove(CONTENT_TYPE);
        }
    }
    response
}

/// The answer to a one-click request (RFC 8058 section 3.1): short, the same for all, no redirect, no cookie.
pub fn one_click() -> Response {
    (StatusCode::OK, [(CONTENT_TYPE, "text/plain; charset=utf-8")], "unsubscribed\n").into_response()
}
