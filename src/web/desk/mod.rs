//! The editor's pages: whoever is signed in sees them, and whoever was shown a form in this session may send it.

mod decisions;
mod frame;
mod import;
mod issue;
mod item;
mod keys;
mod letters;
mod message;
mod moments;
pub mod problem;
mod queue;
mod reader;
mod readers;
mod room;
mod said;
mod senders;
mod session;
mod sessions;
mod sign_in;

use axum::Router;

use crate::app::SharedApp;

/// What brings a whole item back, apart, since its forms may be long.
pub fn items() -> Router<SharedApp> {
    item::router()
}

pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(sign_in::router())
        .merge(sessions::router())
        .merge(queue::router())
        .merge(decisions::router())
        .merge(message::router())
        .merge(moments::router())
        .merge(keys::router())
        .merge(letters::router())
        .merge(readers::router())
        .merge(reader::router())
        .merge(senders::router())
        .merge(import::router())
        .merge(issue::router())
}
