//! What every answer says about itself: nothing of others is loaded, framed, run or asked for ahead of a click, and a
//! page behind a token leaves no trace of its address.

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_DNS_PREFETCH_CONTROL,
};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::SharedApp;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";
/// The desk has a script for its keys and for drafts, which it sends, and frames in which mails are shown.
const DESK_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; \
     frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A year; the names below ours are not ours to speak for.
const TRANSPORT: &str = "max-age=31536000";

pub fn is_at_desk(path: &str) -> bool {
    path == "/desk" || path.starts_with("/desk/")
}

pub async fn add(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let by_token = route.is_some_and(|route| route.as_str().contains("{token}"));
    let at_desk = is_at_desk(request.uri().path());
    let mut response = next.run(request).await;
    let ok = response.status().is_success() || response.status() == axum::http::StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let framed = headers.contains_key(CONTENT_SECURITY_POLICY);
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    // What is shown in a frame has brought a narrower one.
    if !framed {
        set(CONTENT_SECURITY_POLICY, if at_desk { DESK_POLICY } else { POLICY });
    }
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Forms of the desk say whose they are by their origin, which `no-referrer` would take off them.
    let referrer = match (by_token || framed, at_desk) {
        (true, _) => "no-referrer",
        (false, true) => "same-origin",
        (false, false) => "strict-origin-when-cross-origin",
    };
    set(REFERRER_POLICY, referrer);
    set(X_DNS_PREFETCH_CONTROL, "off");
    if app.config.public_url.scheme() == "https" {
        set(STRICT_TRANSPORT_SECURITY, TRANSPORT);
    }
    if by_token || at_desk || !ok {
        set(CACHE_CONTROL, "no-store");
    } else if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}
