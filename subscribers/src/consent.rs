//! Consent as a list of events: what was shown to whom, when, by which way. Never a yes or no.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One event in the history of a subscription. Together they are the proof of consent (GDPR article 7(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentEvent {
    pub at: DateTime<Utc>,
    pub act: Act,
    /// The words the person saw and agreed to, or the consent that an import states; empty where none apply.
    pub words: String,
    /// By which way: `form`, `mail`, `import`, `editor`, `one-click`, …
    pub channel: String,
    /// From where, as much as is worth keeping: a network prefix, a file name. May be empty.
    pub origin: String,
}

/// Whose doing it was that a person became a reader, as she is told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// She asked for it and confirmed.
    Own,
    /// An editor brought the consent that she gave elsewhere.
    Editor,
    /// She stood on a list that was taken over.
    List,
}

impl Source {
    pub const ALL: [Source; 3] = [Source::Own, Source::Editor, Source::List];

    /// Of a confirmed subscription, from its `how`: the channel of the consent that it stands on.
    pub fn of(how: &str) -> Self {
        match how {
            // `editor` stands where a suppression was lifted before the first consent was kept with it.
            "desk" | "command" | "editor" => Source::Editor,
            "import" => Source::List,
            _ => Source::Own,
        }
    }
}

/// What happened to the consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Requested,
    Confirmed,
    Imported,
    Left,
    Suppressed,
    Lifted,
    /// The bulletin comes to another address of the same person, who confirmed it there.
    Moved,
}
