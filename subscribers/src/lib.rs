//! People and consent: whom we may write to, and how we know.
//!
//! Pure: no clock, no randomness, no I/O. Time, tokens and policy are arguments. What a bounce or a person's
//! own act means for a subscription is decided here; finding the rows is the store's work.

mod address;
mod consent;
mod preferences;
mod subscription;
mod suppression;
mod token;
mod words;

pub use address::{EmailAddress, InvalidAddress};
pub use consent::{Act, ConsentEvent, Source};
pub use preferences::{
    InvalidPause, MUNICIPALITY_CHARACTERS_MAX, Manner, NotReached, PAUSED_DAYS_MAX, PAUSED_ISSUES_MAX, Pause,
    Preferences, is_reached,
};
pub use subscription::{InvalidTransition, Language, NotMailable, SubscriptionState, may_mail};
pub use suppression::{Bounced, Suppression, SuppressionReason, after_bounce};
pub use token::{InvalidToken, Purpose, Secret, Token, TokenLife};
pub use words::{clean_line, clean_text, is_no_character};
