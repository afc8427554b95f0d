//! The editor's pages, behind signing in: a file per page, in the editor's language, complete without scripts.

mod card;
pub mod decisions;
pub(crate) mod fields;
mod icon;
pub mod import;
pub mod item;
pub mod keys;
mod layout;
pub mod letters;
pub mod message;
pub mod moments;
pub mod queue;
pub mod reader;
pub mod readers;
pub mod sessions;
pub mod sign_in;
pub mod verbs;

pub use layout::{Desk, Tab};
