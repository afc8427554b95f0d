//! People and consent: whom we may write to, and how we know.
//!
//! Pure: no clock, no randomness, no I/O. Time, tokens and policy are arguments. What a bounce or a person's
//! own act means for a subscription is decided here; finding the rows is the store's work.

mod address;
mod consent;
mod subscription;
mod suppression;
mod token;
mod words;

pub use address::{EmailAddress, InvalidAddress};
pub use consent::{Act, ConsentEvent};
pub use subscription::{InvalidTransition, Language, NotMailable, Preferences, SubscriptionState, may_mail};
pub use suppression::{Bounced, Suppression, SuppressionReason, after_bounce};
pub use token::{InvalidToken, Purpose, Secret, Token, TokenLife};
pub use words::{clean_line, clean_text};
