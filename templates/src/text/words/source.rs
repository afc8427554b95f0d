//! Words of whence a reader came.

use subscribers::Source;

pub struct SourceWords {
    /// Whose doing it was, with the day as [`crate::text::date::since`] says it; goes on with the name of the bulletin.
    pub why: fn(Source, &str) -> String,
}
