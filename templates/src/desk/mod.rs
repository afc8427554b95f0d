//! The editor's pages, behind signing in: a file per page, in the editor's language, complete without scripts.

mod card;
pub mod decisions;
pub mod edition;
pub mod error;
pub(crate) mod fields;
pub(crate) mod icon;
pub mod import;
pub mod issue;
pub mod issue_deliveries;
pub mod issue_sending;
pub mod issue_sure;
pub mod issue_view;
pub mod issues;
pub mod item;
pub mod kept;
pub mod keys;
mod layout;
pub mod letters;
pub(crate) mod limits;
pub mod message;
pub mod moments;
pub mod queue;
pub mod reader;
pub mod readers;
pub mod sender;
pub mod sessions;
pub mod sign_in;
pub mod verbs;

pub use layout::{Desk, Tab};
