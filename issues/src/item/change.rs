//! Changes of the fields of an item, as forms and commands give them: all are applied, or none.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use subscribers::clean_text;

use super::{EventFields, ItemContent, Limited};
use crate::{Confirmed, Event, LocalMoment};

mod events;
mod photos;
mod places;
mod words;

#[cfg(test)]
mod tests;

/// Events, and places, that an editor may give one item.
const LIST_LENGTH_MAX: usize = 50;
/// A field of an item, its new value, as `item edit --set FIELD=VALUE` and the forms give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidChange {
    #[error(
        "an item has no field {0:?}; there are title, text, plain_text, section, language, order, byline.name, byline.role, byline.organisation, photos.N.alt, photos.N.caption, photos.N.credit, photos.N.first, photos.N.remove, events.N.start, events.N.end, events.N.text, events.N.status, events.N.place, events.N.price, events.N.link, events.N.day, events.N.reword, events.N.confirm, events.N.remove, places.N.place, places.N.municipality, places.N.confirm, places.N.remove"
    )]
    NoSuchField(String),
    #[error("{} is too long: it has at most {} characters", .0.name(), .0.most())]
    TooLong(Limited),
    #[error("{field} cannot be {value:?}: {why}")]
    Value { field: String, value: String, why: &'static str },
    #[error("events.{number} cannot be on {day}: events lie between the years {first} and {last}")]
    FarDay { number: usize, day: NaiveDate, first: i32, last: i32 },
    #[error("events.{number} cannot be at {time}: the clocks go forward then, and there is no such time")]
    SkippedTime { number: usize, time: LocalMoment },
}

impl ItemContent {
    /// Applies all changes or none.
    ///
    /// # Errors
    /// Names the field, the value and why it cannot be.
    pub fn changed(&self, changes: &[Change]) -> Result<ItemContent, InvalidChange> {
        Changing::of(self).all(changes, None)
    }

    /// [`ItemContent::changed`] by a person, whose dates and places are confirmed by being hers. A date that she names
    /// lies near her day, and a time is one that the clocks of her zone show.
    ///
    /// # Errors
    /// As above.
    pub fn changed_by(
        &self,
        changes: &[Change],
        by: &Confirmed,
        zone: Tz,
    ) -> Result<ItemContent, InvalidChange> {
        Changing::of(self).all(changes, Some((by, zone)))
    }
}

/// A content on its way. Numbers mean the list as it was: what is removed, and put first, is so at the end.
struct Changing {
    content: ItemContent,
    /// Dates of events as forms have them, which make sense only together.
    moments: BTreeMap<usize, EventFields>,
    removed_photos: Vec<usize>,
    removed_events: Vec<usize>,
    removed_places: Vec<usize>,
    first_photo: Option<usize>,
    /// Events whose words in the text are to say their date.
    reworded: BTreeSet<usize>,
    touched_events: BTreeSet<usize>,
    touched_places: BTreeSet<usize>,
}

impl Changing {
    fn of(content: &ItemContent) -> Self {
        Self {
            content: content.clone(),
            moments: BTreeMap::new(),
            removed_photos: Vec::new(),
            removed_events: Vec::new(),
            removed_places: Vec::new(),
            first_photo: None,
            reworded: BTreeSet::new(),
            touched_events: BTreeSet::new(),
            touched_places: BTreeSet::new(),
        }
    }

    fn all(mut self, changes: &[Change], by: Option<(&Confirmed, Tz)>) -> Result<ItemContent, InvalidChange> {
        let before = self.content.clone();
        for change in changes {
            self.one(change)?;
        }
        for (number, fields) in std::mem::take(&mut self.moments) {
            let set = self.content.events[number].set(&fields);
            set.map_err(|(part, value, why)| InvalidChange::Value {
                field: format!("events.{number}.{part}"),
                value,
                why,
            })?;
        }
        if let Some((by, zone)) = by {
            self.can_be(&before, by.at.year(), zone)?;
            self.confirm(&before, by);
        }
        let mut content = self.content;
        for number in self.reworded {
            content.reword(number);
        }
        if let Some(first) = self.first_photo {
            photos::put_first(&mut content.photos, first, &mut self.removed_photos);
        }
        // A form has a place for one more; what was left empty there is none.
        let (events, places) = (before.events.len(), before.places.len());
        let empty = |event: &Event| event.start.is_none() && event.end.is_none();
        if let Some(event) = content.events.get(events).filter(|event| empty(event)) {
            if event.has_details() {
                return Err(InvalidChange::Value {
                    field: format!("events.{events}.date"),
                    value: String::new(),
                    why: "a place, a price or a link needs a day",
                });
            }
            self.removed_events.push(events);
        }
        self.removed_places.extend((0..content.places.len()).filter(|&at| {
            content.places[at].place.is_empty() && (at >= places || !before.places[at].place.is_empty())
        }));
        retain_others(&mut content.photos, &self.removed_photos);
        retain_others(&mut content.events, &self.removed_events);
        retain_others(&mut content.places, &self.removed_places);
        Ok(content)
    }

    fn one(&mut self, change: &Change) -> Result<(), InvalidChange> {
        let given = Given { change, value: clean(&change.value) };
        if let Some(field) = given.exceeds() {
            // Left alone, a letter stays as it was written.
            return if given.leaves(field, &self.content) {
                Ok(())
            } else {
                Err(InvalidChange::TooLong(field))
            };
        }
        let path: Vec<&str> = change.field.split('.').collect();
        let number = |text: &str| text.parse::<usize>().map_err(|_| given.unknown());
        match path.as_slice() {
            [part] => self.word(part, &given),
            ["byline", part] => self.byline(part, &given),
            ["photos", at, part] => self.photo(number(at)?, part, &given),
            ["events", at, part] => self.event(number(at)?, part, &given),
            ["places", at, part] => self.place(number(at)?, part, &given),
            _ => Err(given.unknown()),
        }
    }

    /// What an editor named or changed is hers.
    fn confirm(&mut self, before: &ItemContent, by: &Confirmed) {
        for &number in &self.touched_events {
            let event = &mut self.content.events[number];
            if event.confirmed.is_none() || before.events.get(number) != Some(event) {
                event.confirmed = Some(by.clone());
            }
        }
        for &number in &self.touched_places {
            let place = &mut self.content.places[number];
            if place.confirmed.is_none() || before.places.get(number) != Some(place) {
                place.confirmed = Some(by.clone());
            }
        }
    }
}

/// A change with its value tidied.
struct Given<'a> {
    change: &'a Change,
    value: String,
}

impl Given<'_> {
    fn invalid(&self, why: &'static str) -> InvalidChange {
        InvalidChange::Value { field: self.change.field.clone(), value: self.change.value.clone(), why }
    }

    fn unknown(&self) -> InvalidChange {
        InvalidChange::NoSuchField(self.change.field.clone())
    }

    /// The field, where its value is longer than may be typed.
    fn exceeds(&self) -> Option<Limited> {
        let field = Limited::named(&self.change.field)?;
        (kept(field, &self.value).chars().count() > field.most()).then_some(field)
    }

    /// Is it what stands there already?
    fn leaves(&self, field: Limited, content: &ItemContent) -> bool {
        field.value(content).is_some_and(|old| kept(field, &clean(old)) == kept(field, &self.value))
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

/// A tidied value as its field keeps it: all but the text are one line.
fn kept(field: Limited, value: &str) -> Cow<'_, str> {
    if field == Limited::Text { Cow::Borrowed(value) } else { Cow::Owned(one_line(value)) }
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}
