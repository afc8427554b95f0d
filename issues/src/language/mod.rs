//! Language layers: dates, places and phrases of one language each; and which language a text is in.

mod fold;
mod guess;
pub mod lv;

pub use fold::{fold, folded_words};
pub use guess::guess;
