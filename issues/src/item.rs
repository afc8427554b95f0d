//! An item: the piece of news made of a submission, and the states it goes through.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use subscribers::clean_text;

use crate::reading::Warning;
use crate::{Byline, Edition, Event, LocalMoment, Place};

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
    /// A position was found in the file and taken off.
    pub gps_removed: bool,
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
    },
    Approved {
        by: String,
        at: DateTime<Utc>,
    },
    Rejected {
        reason: String,
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

    /// The issue the item is or was in.
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
}

/// What an item still lacks before it may be approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacking {
    Title,
    Text,
    /// The photo with this number, counted from 0, has no description.
    PhotoDescription(usize),
}

/// A field of an item, its new value, as `item edit --set FIELD=VALUE` and the forms give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub field: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidChange {
    #[error(
        "an item has no field {0:?}; there are title, text, section, language, order, byline.name, byline.role, byline.organisation, photos.N.alt, photos.N.caption, photos.N.credit, photos.N.remove, events.N.start, events.N.end, events.N.text, events.N.remove"
    )]
    NoSuchField(String),
    #[error("{field} cannot be {value:?}: {why}")]
    Value { field: String, value: String, why: &'static str },
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
        lacking
    }

    /// Applies all changes or none.
    ///
    /// # Errors
    /// Names the field, the value and why it cannot be.
    pub fn changed(&self, changes: &[Change]) -> Result<ItemContent, InvalidChange> {
        let mut content = self.clone();
        let mut removed_photos = Vec::new();
        let mut removed_events = Vec::new();
        for change in changes {
            let value = clean(&change.value);
            let invalid =
                |why| InvalidChange::Value { field: change.field.clone(), value: change.value.clone(), why };
            let unknown = || InvalidChange::NoSuchField(change.field.clone());
            let path: Vec<&str> = change.field.split('.').collect();
            match path.as_slice() {
                ["title"] if value.chars().count() > TITLE_CHARACTERS_MAX => {
                    return Err(invalid("a title has at most 140 characters"));
                }
                ["title"] => content.title = one_line(&value),
                ["text"] if value.chars().count() > TEXT_CHARACTERS_MAX => {
                    return Err(invalid("a text has at most 20,000 characters"));
                }
                ["text"] => content.text = value,
                ["section"] => content.section = one_line(&value),
                ["language"] => content.language = (!value.is_empty()).then_some(value),
                ["order"] if value.is_empty() => content.order = None,
                ["order"] => {
                    content.order = Some(value.parse().map_err(|_| invalid("the order is a whole number"))?);
                }
                ["byline", part] => {
                    let byline = content.byline.get_or_insert_default();
                    let slot = match *part {
                        "name" => &mut byline.name,
                        "role" => &mut byline.role,
                        "organisation" => &mut byline.organisation,
                        _ => return Err(unknown()),
                    };
                    *slot = (!value.is_empty()).then(|| one_line(&value));
                }
                ["photos", number, part] => {
                    let number: usize = number.parse().map_err(|_| unknown())?;
                    let photo =
                        content.photos.get_mut(number).ok_or_else(|| invalid("there is no such photo"))?;
                    match *part {
                        "alt" => photo.alt = one_line(&value),
                        "caption" => photo.caption = one_line(&value),
                        "credit" => photo.credit = one_line(&value),
                        "remove" => removed_photos.push(number),
                        _ => return Err(unknown()),
                    }
                }
                ["events", number, part] => {
                    let number: usize = number.parse().map_err(|_| unknown())?;
                    let event =
                        content.events.get_mut(number).ok_or_else(|| invalid("there is no such event"))?;
                    let moment = |text: &str| match text {
                        "" => Ok(None),
                        text => LocalMoment::parse(text)
                            .map(Some)
                            .ok_or_else(|| invalid("a moment is written 2026-12-06 or 2026-12-06T15:00")),
                    };
                    match *part {
                        "start" => event.start = moment(&value)?,
                        "end" => event.end = moment(&value)?,
                        "text" => event.text = one_line(&value),
                        "remove" => removed_events.push(number),
                        _ => return Err(unknown()),
                    }
                    let clock = |moment: Option<LocalMoment>| moment.is_some_and(|m| m.time().is_some());
                    event.all_day = !clock(event.start) && !clock(event.end);
                }
                _ => return Err(unknown()),
            }
        }
        retain_others(&mut content.photos, &removed_photos);
        retain_others(&mut content.events, &removed_events);
        Ok(content)
    }
}

fn retain_others<T>(list: &mut Vec<T>, removed: &[usize]) {
    let mut number = 0;
    list.retain(|_| {
        number += 1;
        !removed.contains(&(number - 1))
    });
}

/// Forms send CRLF, people paste control characters.
fn clean(value: &str) -> String {
    clean_text(value).trim().to_owned()
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(field: &str, value: &str) -> Change {
        Change { field: field.into(), value: value.into() }
    }

    fn content() -> ItemContent {
        ItemContent {
            title: "Lāpu gājiens".into(),
            text: "Aicinām.".into(),
            photos: vec![
                ItemPhoto::default(),
                ItemPhoto { alt: "Cilvēki ar lāpām".into(), ..ItemPhoto::default() },
            ],
            ..ItemContent::default()
        }
    }

    #[test]
    fn a_photo_without_description_is_lacking_it() {
        assert_eq!(content().lacking(), [Lacking::PhotoDescription(0)]);
        let described = content().changed(&[change("photos.0.alt", "Tumšs ceļš")]).unwrap();
        assert_eq!(described.lacking(), []);
    }

    #[test]
    fn changes_are_applied_all_or_none_and_say_what_is_wrong() {
        let changed = content()
            .changed(&[change("title", "Cits\r\nvirsraksts"), change("photos.0.remove", "")])
            .unwrap();
        assert_eq!((changed.title.as_str(), changed.photos.len()), ("Cits virsraksts", 1));
        let refused = content().changed(&[change("title", "x"), change("photos.7.alt", "y")]).unwrap_err();
        assert_eq!(refused.to_string(), "photos.7.alt cannot be \"y\": there is no such photo");
        assert!(
            content().changed(&[change("state", "approved")]).unwrap_err().to_string().contains("no field")
        );
    }

    #[test]
    fn an_event_that_loses_its_clock_becomes_a_whole_day() {
        let mut item = content();
        item.events = vec![Event::at("2026-12-06T15:00:00".parse().unwrap(), "6. decembrī plkst. 15.00")];
        let changed = item.changed(&[change("events.0.start", "2026-12-07")]).unwrap();
        assert!(changed.events[0].all_day);
        assert!(item.changed(&[change("events.0.start", "rīt")]).is_err());
    }
}
