//! The editor's pages: whoever is signed in sees them, and whoever was shown a form in this session may send it.

#[expect(dead_code, reason = "the pages with frames come next")]
mod frame;
mod room;
mod session;
mod sessions;
mod sign_in;

use axum::Router;

use crate::app::SharedApp;

pub fn router() -> Router<SharedApp> {
    Router::new().merge(sign_in::router()).merge(sessions::router())
}
