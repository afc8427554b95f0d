//! The web sites of others: looking whether the links of an issue lead anywhere.
//!
//! The only owner of reqwest. What a finding means in words is the templates'; whether it holds an issue back is an
//! editor's.

mod addresses;
mod links;
mod reach;
#[cfg(test)]
mod sites;

pub use links::LinkChecker;
