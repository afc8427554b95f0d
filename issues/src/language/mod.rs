//! Language layers: dates, places and phrases of one language each; and which language a text is in.

mod fold;
mod guess;
pub mod lv;
mod pasted;
mod typography;

pub use fold::{fold, folded_words};
pub use guess::guess;
pub use pasted::pasted;
pub use typography::{Reason, Suggestion, applied, suggestions};
