//! What is shown in a frame of a page: a mail as it came, or as it would go out. Whatever is in it runs nothing, sends
//! nothing, loads nothing of others and cannot reach the page around it: what others sent has been made harmless
//! (`inbound/foreign.rs`), the answer itself says so, and the frame says it again (`sandbox`).

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::web::reply::HTML;

/// Pictures of ours only: what others host would tell them who looks.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'none'; \
     form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

/// A page of ours takes its stylesheet from us.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'none'; \
     form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

/// A page of ours, for a frame.
pub fn framed_page(html: String) -> Response {
    let headers = [(CONTENT_TYPE, HTML), (CONTENT_SECURITY_POLICY, PAGE_POLICY), (CACHE_CONTROL, "no-store")];
    (StatusCode::OK, headers, html).into_response()
}

/// The plain text of a mail, for a frame.
pub fn framed_text(text: String) -> Response {
    let kind = "text/plain; charset=utf-8";
    let headers = [(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store")];
    (StatusCode::OK, headers, text).into_response()
}

/// What stands before and after the HTML of others, which has no head of its own any more.
const BEFORE: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>–</title></head><body>";
const AFTER: &str = "</body></html>";

/// HTML of a mail that came, made harmless, for a frame.
pub fn framed_foreign(html: &str) -> Response {
    framed(format!("{BEFORE}{html}{AFTER}"))
}

/// HTML of a mail of ours, for a frame.
pub fn framed(html: String) -> Response {
    let headers = [(CONTENT_TYPE, HTML), (CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store")];
    (StatusCode::OK, headers, html).into_response()
}
