//! What a contributor is told beside a decision: the text as it was edited, and that a decision was taken back.

use crate::email::undone::{Stands, Told};

pub struct Decided {
    /// Above the edited text.
    pub edited: &'static str,
    pub if_wrong: &'static str,
    /// Subject of the mail that takes something back; a title.
    pub undone_title: fn(&str) -> String,
    pub undone_preview: &'static str,
    /// A title, and what was said about it.
    pub undone: fn(&str, Told) -> String,
    pub stands: fn(Stands) -> String,
    pub sorry: &'static str,
}
