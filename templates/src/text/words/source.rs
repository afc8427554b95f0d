//! Words of whence a reader came.

use subscribers::Source;

use crate::text::Name;

pub struct SourceWords {
    /// Whose doing it was, with the day as [`crate::text::date::since`] says it; goes on with the name of the bulletin.
    pub why: fn(Source, &str) -> String,
    pub welcome_subject: fn(&Name) -> String,
    pub welcome_preview: &'static str,
    /// By the editor of this name, where there is one.
    pub welcome_added: fn(&Name, Option<&str>) -> String,
    pub welcome_consent: &'static str,
    pub welcome_leave: &'static str,
}
