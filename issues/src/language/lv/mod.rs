//! Latvian: dates and clock times in sentences. Months of Russian and English are understood beside, since letters
//! come in them too.

mod dates;
mod lexicon;
mod resolve;
mod reword;
mod tokens;

pub use dates::{events, moment_in_words};
pub use reword::{reworded, says_otherwise};
