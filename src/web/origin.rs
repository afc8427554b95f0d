//! Where a form was sent from.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use url::Url;

use crate::app::App;

/// Was the form sent by a page of ours, or of a site beside ours? Browsers say so; programs that say nothing gain
/// nothing that they could not do anyway.
pub fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let header = |name| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if let Some(site) = header("sec-fetch-site".parse().expect("a header name")) {
        return matches!(site, "same-origin" | "same-site" | "none");
    }
    let Some(origin) = header(ORIGIN) else { return true };
    let Ok(origin) = Url::parse(origin) else { return false };
    let host = header(HOST).and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
    origin.origin() == app.config.public_url.origin()
        || host.is_some_and(|host| host.origin() == origin.origin())
}
