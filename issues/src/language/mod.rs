//! Language layers: dates, places and phrases of one language each; and which language a text is in.

mod fold;
mod guess;
pub mod lv;
mod pasted;

pub use fold::{fold, folded_words};
pub use guess::guess;
pub use pasted::pasted;
