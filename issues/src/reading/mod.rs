//! What a message means: its kind with the evidence, the author's own words, and the items it proposes.
//!
//! Takes a [`Parsed`] message, made of bytes outside, and never fails: it returns what was understood and what
//! was odd about it. It does not know the database; matching to deliveries and items is the daemon's.

mod parsed;
mod report;

pub use parsed::Parsed;
pub use report::*;
