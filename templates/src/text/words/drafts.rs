//! Words of what editors are typing, and of who is at an item.

pub struct Drafts {
    pub watching: fn(&str) -> String,
    /// At a moment, while typing goes on.
    pub saved: fn(&str) -> String,
    /// Over a form that shows what was typed before.
    pub yours: fn(&str) -> String,
    pub drop: &'static str,
}
