//! Pages that need no sign-in, a file for each noun.

mod archive;
mod calendar;
mod confirm;
mod contribution;
mod erase;
mod feed;
mod health;
mod home;
mod horizon;
mod how_to_send;
mod issue;
mod item;
mod leave;
mod my_data;
mod new_address;
mod own;
mod photo;
mod preferences;
mod print;
mod privacy;
mod published;
mod reminders;
mod style;
mod subscribe;

pub(super) use photo::{picture, sha256_of};

use axum::Router;

use crate::app::SharedApp;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(home::router())
        .merge(subscribe::router())
        .merge(confirm::router())
        .merge(leave::router())
        .merge(reminders::router())
        .merge(issue::router())
        .merge(item::router())
        .merge(archive::router())
        .merge(calendar::router())
        .merge(feed::router())
        .merge(photo::router())
        .merge(print::router())
        .merge(how_to_send::router())
        .merge(privacy::router())
        .merge(contribution::router())
        .merge(preferences::router())
        .merge(own::router())
        .merge(my_data::router())
        .merge(erase::router())
        .merge(new_address::router())
        .merge(horizon::router())
        .merge(style::router())
        .merge(health::router())
}
