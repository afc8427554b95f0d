//! Mail out: composing, the conversation with the relay, and the engine over the ledger. The only user of lettre.
//!
//! Whom to mail is decided elsewhere (`issues`, `subscribers`); here it is only checked again before the final dot.

pub mod connection;
mod line;
pub mod message;
pub mod relay;
mod wire;

pub use connection::{Connection, Envelope, Fence};
pub use relay::{Limits, Relay, Security, SignIn};
pub use wire::{UnfitMessage, Wire};
