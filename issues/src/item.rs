//! An item: the piece of news made of a submission, and the states it goes through.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::marks::{self, Block};
use crate::reading::Warning;
use crate::{Byline, Confirmed, Edition, Event, Framed, Paragraphs, Place};

mod change;
mod limits;
mod moment;
mod wording;

pub use change::{Change, InvalidChange};
pub use limits::Limited;
pub use moment::{EventFields, Said};
pub use wording::Wording;

/// Longest title in characters; longer ones are cut with an ellipsis when proposed.
pub const TITLE_CHARACTERS_MAX: usize = 140;
/// Longest text in characters that an editor may save.
pub const TEXT_CHARACTERS_MAX: usize = 20_000;

/// What an editor sees, edits and decides on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub state: ItemState,
    pub content: ItemContent,
}

/// The words, pictures and dates of an item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemContent {
    pub title: String,
    /// Paragraphs separated by one blank line.
    pub text: String,
    /// Has the text marks ([`crate::marks`])? Only one that an editor saved; in a letter a star is a star.
    pub marked: bool,
    /// Id of a section of the bulletin; empty for the first.
    pub section: String,
    /// ISO 639-1, where it is known and not the bulletin's own.
    pub language: Option<String>,
    pub photos: Vec<ItemPhoto>,
    pub events: Vec<Event>,
    pub places: Vec<Place>,
    pub byline: Option<Byline>,
    /// The editor's hand: items with a lower number come first in their section.
    pub order: Option<i64>,
    /// What was odd about the message.
    pub warnings: Vec<Warning>,
}

impl ItemContent {
    /// The text as readers see it.
    pub fn blocks(&self) -> Vec<Block> {
        marks::blocks(&self.text, self.marked)
    }

    /// The words of the text alone.
    pub fn plain_text(&self) -> String {
        marks::plain(&self.text, self.marked)
    }

    /// Takes a text of an editor, which may have marks. What it has of a letter word for word stays as it was.
    fn write(&mut self, text: &str) {
        let old: Vec<&str> = Paragraphs(&self.text).iter().filter(|_| !self.marked).collect();
        let kept = |paragraph: &str| match old.contains(&paragraph) {
            true => marks::escaped(paragraph),
            false => paragraph.to_owned(),
        };
        let text = Paragraphs(text).iter().map(kept).collect::<Vec<_>>().join("\n\n");
        self.text = text;
        self.marked = true;
    }

    /// From the first to the last day on which a calendar names one of its events.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = self.events.iter().filter_map(Event::days);
        days.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
    }
}

/// A photo of an item; the picture itself is a blob.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemPhoto {
    pub sha256: String,
    pub width: u32,
    pub height: u32,
    /// Description for those who cannot see it.
    pub alt: String,
    pub caption: String,
    pub credit: String,
    /// The author was read off an answer of the contributor's, and nobody has confirmed it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub credit_proposed: bool,
    /// A position was found in the file and taken off.
    pub gps_removed: bool,
    /// Turned or cut by an editor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framed: Option<Framed>,
}

/// Where an item stands (DESIGN: states). Every variant carries what is true only then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ItemState {
    Pending,
    /// Waiting for the contributor's answer.
    Asked {
        question: String,
        by: String,
        at: DateTime<Utc>,
        /// When she was reminded that it waits ([`crate::unanswered`]).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reminded: Option<DateTime<Utc>>,
    },
    Approved {
        by: String,
        at: DateTime<Utc>,
    },
    Rejected {
        reason: String,
        /// Empty where nobody turned it down: the answer to a question did not come in time.
        by: String,
        at: DateTime<Utc>,
    },
    /// Comes back as pending when the draft of this edition, or a later one, opens.
    Postponed {
        to: Edition,
        by: String,
        at: DateTime<Utc>,
    },
    /// In the draft of an issue.
    Planned {
        issue: i64,
        by: String,
        at: DateTime<Utc>,
    },
    Published {
        issue: i64,
        at: DateTime<Utc>,
    },
    Merged {
        into: i64,
    },
    Withdrawn {
        at: DateTime<Utc>,
    },
}

impl ItemState {
    pub const NAMES: [&'static str; 9] = [
        "pending",
        "asked",
        "approved",
        "rejected",
        "postponed",
        "planned",
        "published",
        "merged",
        "withdrawn",
    ];

    pub fn name(&self) -> &'static str {
        match self {
            ItemState::Pending => "pending",
            ItemState::Asked { .. } => "asked",
            ItemState::Approved { .. } => "approved",
            ItemState::Rejected { .. } => "rejected",
            ItemState::Postponed { .. } => "postponed",
            ItemState::Planned { .. } => "planned",
            ItemState::Published { .. } => "published",
            ItemState::Merged { .. } => "merged",
            ItemState::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Pending again, when it was postponed until the edition that opens or one before.
    pub fn returned(&self, opening: Edition) -> Option<ItemState> {
        match self {
            ItemState::Postponed { to, .. } if *to <= opening => Some(ItemState::Pending),
            _ => None,
        }
    }

    /// In the draft of an issue, when it was approved.
    pub fn planned(&self, issue: i64, at: DateTime<Utc>) -> Option<ItemState> {
        match self {
            ItemState::Approved { by, .. } => Some(ItemState::Planned { issue, by: by.clone(), at }),
            _ => None,
        }
    }

    /// Was it put aside because the answer to a question did not come? Then an answer brings it back.
    pub fn is_unanswered(&self) -> bool {
        matches!(self, ItemState::Rejected { by, .. } if by.is_empty())
    }

    /// Is a question open? Also one whose answer comes late.
    pub fn waits_for_answer(&self) -> bool {
        matches!(self, ItemState::Asked { .. }) || self.is_unanswered()
    }

    /// Free for the next issue again, when this one was stopped before anything went out.
    pub fn released(&self, issue: i64) -> Option<ItemState> {
        match self {
            ItemState::Planned { issue: of, by, at } if *of == issue => {
                Some(ItemState::Approved { by: by.clone(), at: *at })
            }
            _ => None,
        }
    }

    /// Before the readers' eyes, when the issue it was planned for goes out.
    pub fn published(&self, issue: i64, at: DateTime<Utc>) -> Option<ItemState> {
        match self {
            ItemState::Planned { issue: of, .. } if *of == issue => Some(ItemState::Published { issue, at }),
            _ => None,
        }
    }

    /// Does the item stay when its contributor is erased? What an editor approved is the publication's record; what
    /// waits or was turned down is still the contributor's own.
    pub fn outlives_its_contributor(&self) -> bool {
        match self {
            ItemState::Approved { .. } | ItemState::Planned { .. } | ItemState::Published { .. } => true,
            ItemState::Pending
            | ItemState::Asked { .. }
            | ItemState::Rejected { .. }
            | ItemState::Postponed { .. }
            | ItemState::Merged { .. }
            | ItemState::Withdrawn { .. } => false,
        }
    }

    /// The issue the item is or was in.
    pub fn issue(&self) -> Option<i64> {
        match self {
            ItemState::Planned { issue, .. } | ItemState::Published { issue, .. } => Some(*issue),
            ItemState::Pending
            | ItemState::Asked { .. }
            | ItemState::Approved { .. }
            | ItemState::Rejected { .. }
            | ItemState::Postponed { .. }
            | ItemState::Merged { .. }
            | ItemState::Withdrawn { .. } => None,
        }
    }

    /// What the state says to an editor, whoever brought it about and when: two of the same essence are no news.
    pub fn essence(&self) -> (&'static str, String) {
        match self {
            // An approved item in a draft is approved.
            ItemState::Planned { .. } => ("approved", String::new()),
            ItemState::Asked { question, .. } => (self.name(), question.clone()),
            ItemState::Rejected { reason, .. } => (self.name(), reason.clone()),
            ItemState::Postponed { to, .. } => (self.name(), to.to_string()),
            ItemState::Pending
            | ItemState::Approved { .. }
            | ItemState::Published { .. }
            | ItemState::Merged { .. }
            | ItemState::Withdrawn { .. } => (self.name(), String::new()),
        }
    }
}

/// What an item still lacks before it may be approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacking {
    Title,
    Text,
    /// The photo with this number, counted from 0, has no description.
    PhotoDescription(usize),
    /// The event with this number, counted from 0, is said for a weekday that is not its date's.
    EventDay(usize),
}

impl ItemContent {
    /// What keeps this item from being approved; empty when nothing does.
    pub fn lacking(&self) -> Vec<Lacking> {
        let mut lacking = Vec::new();
        if self.title.trim().is_empty() {
            lacking.push(Lacking::Title);
        }
        if self.text.trim().is_empty() {
            lacking.push(Lacking::Text);
        }
        let bare = self.photos.iter().enumerate().filter(|(_, photo)| photo.alt.trim().is_empty());
        lacking.extend(bare.map(|(number, _)| Lacking::PhotoDescription(number)));
        let doubtful = self.events.iter().enumerate().filter(|(_, event)| !event.contradiction().is_empty());
        lacking.extend(doubtful.map(|(number, _)| Lacking::EventDay(number)));
        lacking
    }

    /// What nobody has confirmed yet, as a person's own.
    pub fn confirm_all(&mut self, by: &Confirmed) {
        for event in &mut self.events {
            event.confirmed.get_or_insert_with(|| by.clone());
        }
        for photo in &mut self.photos {
            photo.credit_proposed = false;
        }
        for place in &mut self.places {
            place.confirmed.get_or_insert_with(|| by.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_draft_is_no_news_and_another_question_is() {
        let at = DateTime::UNIX_EPOCH;
        let by = |by: &str| by.to_owned();
        let approved = ItemState::Approved { by: by("Ilze"), at };
        let planned = ItemState::Planned { issue: 4, by: by("Anna"), at };
        assert_eq!(approved.essence(), planned.essence());
        assert_ne!(planned.essence(), ItemState::Published { issue: 4, at }.essence());
        let asked = |question: &str, of: &str| ItemState::Asked {
            question: by(question),
            by: by(of),
            at,
            reminded: None,
        };
        assert_eq!(asked("Kad?", "Ilze").essence(), asked("Kad?", "Anna").essence());
        assert_ne!(asked("Kad?", "Ilze").essence(), asked("Kur?", "Ilze").essence());
        let postponed =
            |month| ItemState::Postponed { to: Edition { year: 2027, month }, by: by("Ilze"), at };
        assert_ne!(postponed(1).essence(), postponed(2).essence());
        let rejected = |reason: &str| ItemState::Rejected { reason: by(reason), by: by("Ilze"), at };
        assert_ne!(rejected("Jau bija").essence(), rejected("Nav ziņa").essence());
    }
}
