//! Words of what editors are typing, and of who is at an item.

pub struct Drafts {
    pub watching: fn(&str) -> String,
    /// At a moment, while typing goes on.
    pub saved: fn(&str) -> String,
    /// Over a form that shows what was typed before.
    pub yours: fn(&str) -> String,
    pub drop: &'static str,
    /// While typing: the last words did not reach us, or are too many.
    pub not_saved: &'static str,
    pub too_long: &'static str,
    /// The page that carries a form back: its heading, and what to do for who is signed out or in again.
    pub kept: &'static str,
    pub kept_out: &'static str,
    pub kept_steps: &'static str,
    pub kept_enter: &'static str,
    pub kept_in: &'static str,
    pub kept_again: &'static str,
    pub kept_file: &'static str,
    pub kept_yours: &'static str,
}
