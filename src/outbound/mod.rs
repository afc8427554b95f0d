//! Mail out: composing, the conversation with the relay, and the engine over the ledger. The only user of lettre.
//!
//! Whom to mail is decided elsewhere (`issues`, `subscribers`); here it is only checked again before the final dot.

mod compose;
pub mod connection;
mod fault;
mod home;
mod lane;
mod ledger;
mod line;
pub mod message;
mod outbox;
pub mod relay;
mod wire;

pub use compose::{Reader, addressee, freeze};
pub use connection::{Connection, Envelope, Fence};
pub use fault::{RelayFault, relay_fault};
pub use outbox::{Outbox, run};
pub use relay::{Limits, Relay, Security, SignIn};
pub use wire::{UnfitMessage, Wire};
