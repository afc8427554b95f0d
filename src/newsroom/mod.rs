//! What happens in the newsroom: a decision of the pure crates, the rows it is about, and the mails it causes, each
//! in one transaction. Commands, pages, the schedule and the inbound task all come here; none has rules of its own.

mod by_reply;
pub mod corrections;
pub mod decisions;
pub mod drafts;
pub mod edition;
pub mod horizon;
pub mod import;
pub mod intake;
pub mod letters;
pub mod mail;
pub mod mails;
pub mod moderate;
pub mod next;
pub mod notices;
pub mod outcome;
pub mod people;
pub mod person;
pub mod photos;
pub mod preview;
pub mod quarantine;
pub mod readers;
pub mod route;
pub mod senders;
pub mod sign_in;
pub mod stopped;
pub mod told;
pub mod unanswered;
mod untell;
pub mod view;
pub mod waiting;
