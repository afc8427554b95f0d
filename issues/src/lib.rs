//! The bulletin: what a message means, what an editor may decide, what goes into an issue and when.
//!
//! Pure: no clock, no randomness, no I/O. Time, tokens and policy are arguments. Bytes become a
//! [`reading::Parsed`] message outside (`src/inbound`); rows are found outside (`src/store`).

pub mod calendar;
pub mod delivery;
mod event;

pub mod language;

pub mod moderation;
mod news;
pub mod reading;

pub use event::{Event, EventStatus, LocalMoment, Precision};

pub use news::{Byline, Paragraphs, Place, WebLink};
