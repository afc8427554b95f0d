//! The editor's pages, behind signing in: a file per page, in the editor's language, complete without scripts.

mod icon;
mod layout;
pub mod sessions;
pub mod sign_in;

pub use layout::{Desk, Tab};
