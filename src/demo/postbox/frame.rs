//! `/box/ADDRESS/ID/html`: the HTML of a letter, for a sandboxed frame. Whatever it holds, nothing of it runs, is sent
//! or is loaded, but for pictures from the newsroom's own pages; a link opens in a window of its own. The sheet in its
//! head and its looks stay.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::letter;
use super::problem::Problem;
use super::{Postbox, Shared};
use crate::inbound::foreign::harmless_from;

/// Stands before the mail's own head: standards mode, and links leave the frame.
const BEFORE: &str = "<!DOCTYPE html><base target=\"_blank\">";

pub async fn show(
    State(postbox): State<Shared>,
    Path((address, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let letter = postbox.letters.find(&address, &id).ok_or(Problem::NotFound)?;
    let html = letter::open(&letter.bytes).and_then(|opened| opened.html).ok_or(Problem::NotFound)?;
    let headers =
        [(CONTENT_SECURITY_POLICY, policy(&postbox)), (CONTENT_TYPE, "text/html; charset=utf-8".to_owned())];
    let html = harmless_from(&postbox.moved(&html), &pages(&postbox)).ok_or(Problem::NotFound)?;
    Ok((headers, format!("{BEFORE}{html}")).into_response())
}

fn pages(postbox: &Postbox) -> String {
    postbox.app.config.public_url.origin().ascii_serialization()
}

fn policy(postbox: &Postbox) -> String {
    let pages = pages(postbox);
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src {pages} data:; form-action 'none'; base-uri 'none'; \
         frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    )
}

impl Postbox {
    /// Links of earlier mails, to where the pages are now.
    pub fn moved(&self, text: &str) -> String {
        // With a slash at the end, as every link of ours has one: no port is the beginning of another.
        let now = self.app.config.public_url.as_str();
        self.former_urls.iter().fold(text.to_owned(), |text, former| text.replace(former, now))
    }
}
