//! The bulletin: what a message means, what an editor may decide, what goes into an issue and when.
//!
//! Pure: no clock, no randomness, no I/O. Time, tokens and policy are arguments. Bytes become a
//! [`reading::Parsed`] message outside (`src/inbound`); rows are found outside (`src/store`).

mod arrangement;
pub mod calendar;
pub mod delivery;
mod event;
pub mod ical;
mod issue;
mod item;

pub mod language;
mod letter;
mod links;
pub mod marks;

pub mod moderation;
mod news;
mod photo;
pub mod reading;
pub mod search;
pub mod unanswered;
mod vague;

pub use arrangement::{
    Arrangement, Hand, Line, Move, NOTE_CHARACTERS_MAX, Part, SUBJECT_CHARACTERS_MAX, Wish, arranged,
};
pub use event::{
    Confirmed, EVENT_LINK_CHARACTERS_MAX, EVENT_PLACE_CHARACTERS_MAX, EVENT_PRICE_CHARACTERS_MAX, Event,
    EventDetails, EventStatus, LocalMoment, Precision, WEEKDAY_MISMATCH,
};

pub use issue::{
    Assembly, AssemblyRules, Candidate, Edition, Finding, InvalidIssueStep, IssueState, Placed, assemble,
    weighs,
};
pub use item::{
    Change, EventFields, InvalidChange, Item, ItemContent, ItemPhoto, ItemState, Lacking, Limited, Said,
    TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX, Wording,
};
pub use letter::{ANSWER_CHARACTERS_MAX, Answer, InvalidLetterStep, Letter, LetterState};
pub use links::{Found, LinkFinding, Unchecked};
pub use news::{Byline, Paragraphs, Place, WebLink};
pub use photo::{Closeness, Focus, Framed, Framing, Shape, Window};
pub use vague::vague_link;
