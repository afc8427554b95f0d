//! The marks of a text and how its writing is put right.

use issues::language::Reason;

pub struct Marks {
    /// Names the buttons together.
    pub buttons: &'static str,
    pub strong: &'static str,
    pub emphasis: &'static str,
    pub link: &'static str,
    pub list: &'static str,
    /// How they are typed.
    pub hint: &'static str,
    /// So many suggestions.
    pub suggestions: fn(usize) -> String,
    pub suggestions_hint: &'static str,
    pub suggestions_more: &'static str,
    /// Between the old and the new, for who does not see the arrow.
    pub becomes: &'static str,
    pub reason: fn(Reason) -> &'static str,
    pub set_all: &'static str,
    pub set_chosen: &'static str,
}
