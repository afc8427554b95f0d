//! What a message means: its kind with the evidence, the author's own words, and the items it proposes.
//!
//! Takes a [`Parsed`] message, made of bytes outside, and never fails: it returns what was understood and what
//! was odd about it. It does not know the database; matching to deliveries and items is the daemon's.

mod parsed;
mod report;
mod rules;

pub use parsed::{Attachment, Fields, Header, HtmlText, Parsed};
pub use report::*;
pub use rules::{KnownPlace, PrivateRule, Rules};
