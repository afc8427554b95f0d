//! Changes of the fields of an item, as forms and commands give them: all are applied, or none.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use subscribers::clean_text;

use super::{EventFields, ItemContent, Said, TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};
use crate::{Byline, Confirmed, Event, EventStatus, LocalMoment, Place, language};

/// Events, and places, that an editor may give one item.
const LIST_LENGTH_MAX: usize = 50;
/// Years around the day of a person's word in which an event may lie: 0202 and 20266 are slips of a finger.
const YEARS_BACK: i32 = 1;
const YEARS_AHEAD: i32 = 5;

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
    #[error("{field} cannot be {value:?}: {why}")]
    Value { field: String, value: String, why: &'static str },
    #[error("events.{number} cannot be on {day}: events lie between the years {first} and {last}")]
    FarDay { number: usize, day: NaiveDate, first: i32, last: i32 },
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
    /// lies near her day.
    ///
    /// # Errors
    /// As above.
    pub fn changed_by(&self, changes: &[Change], by: &Confirmed) -> Result<ItemContent, InvalidChange> {
        Changing::of(self).all(changes, Some(by))
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

    fn all(mut self, changes: &[Change], by: Option<&Confirmed>) -> Result<ItemContent, InvalidChange> {
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
        if let Some(by) = by {
            self.near(&before, by.at.year())?;
            self.confirm(&before, by);
        }
        let mut content = self.content;
        for number in self.reworded {
            content.reword(number);
        }
        if let Some(first) = self.first_photo.filter(|number| *number < content.photos.len()) {
            // What is removed besides moves along.
            let order = |number: &mut usize| {
                *number = match *number {
                    number if number == first => 0,
                    number if number < first => number + 1,
                    number => number,
                };
            };
            self.removed_photos.iter_mut().for_each(order);
            content.photos[..=first].rotate_right(1);
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
        let value = clean(&change.value);
        let invalid =
            |why| InvalidChange::Value { field: change.field.clone(), value: change.value.clone(), why };
        let unknown = || InvalidChange::NoSuchField(change.field.clone());
        let path: Vec<&str> = change.field.split('.').collect();
        let content = &mut self.content;
        match path.as_slice() {
            ["title"] if value.chars().count() > TITLE_CHARACTERS_MAX => {
                return Err(invalid("a title has at most 140 characters"));
            }
            ["title"] => content.title = one_line(&value),
            // Left alone, a letter stays as it was written.
            ["text"] if value == clean(&content.text) => {}
            // The words of a letter again, without marks.
            ["plain_text"] if value.chars().count() > TEXT_CHARACTERS_MAX => {
                return Err(invalid("a text has at most 20,000 characters"));
            }
            ["plain_text"] => (content.text, content.marked) = (value, false),
            ["text"] if value.chars().count() > TEXT_CHARACTERS_MAX => {
                return Err(invalid("a text has at most 20,000 characters"));
            }
            ["text"] => {
                content.write(&clean(&language::pasted(&change.value)));
                // What is guarded of a letter has grown.
                if content.text.chars().count() > TEXT_CHARACTERS_MAX {
                    return Err(invalid("a text has at most 20,000 characters"));
                }
            }
            ["section"] => content.section = one_line(&value),
            ["language"] => content.language = (!value.is_empty()).then_some(value),
            ["order"] if value.is_empty() => content.order = None,
            ["order"] => {
                content.order = Some(value.parse().map_err(|_| invalid("the order is a whole number"))?);
            }
            ["byline", part] => {
                let mut byline = content.byline.clone().unwrap_or_default();
                let slot = match *part {
                    "name" => &mut byline.name,
                    "role" => &mut byline.role,
                    "organisation" => &mut byline.organisation,
                    _ => return Err(unknown()),
                };
                *slot = (!value.is_empty()).then(|| one_line(&value));
                content.byline = (byline != Byline::default()).then_some(byline);
            }
            ["photos", number, part] => {
                let number: usize = number.parse().map_err(|_| unknown())?;
                let photo =
                    content.photos.get_mut(number).ok_or_else(|| invalid("there is no such photo"))?;
                match *part {
                    "alt" => photo.alt = one_line(&value),
                    "caption" => photo.caption = one_line(&value),
                    "credit" => {
                        photo.credit = one_line(&value);
                        photo.credit_proposed = false;
                    }
                    "first" => self.first_photo = Some(number),
                    "remove" => self.removed_photos.push(number),
                    _ => return Err(unknown()),
                }
            }
            ["events", number, part] => {
                let number: usize = number.parse().map_err(|_| unknown())?;
                return self.event(number, part, &value, &invalid, &unknown);
            }
            ["places", number, part] => {
                let number: usize = number.parse().map_err(|_| unknown())?;
                return self.place(number, part, &value, &invalid, &unknown);
            }
            _ => return Err(unknown()),
        }
        Ok(())
    }

    fn event(
        &mut self,
        number: usize,
        part: &str,
        value: &str,
        invalid: &dyn Fn(&'static str) -> InvalidChange,
        unknown: &dyn Fn() -> InvalidChange,
    ) -> Result<(), InvalidChange> {
        let content = &mut self.content;
        let grows = number == content.events.len() && number < LIST_LENGTH_MAX;
        let fields = "date time end_date end_time said status text place price link";
        if grows && fields.split(' ').any(|field| field == part) {
            content.events.push(Event::undated());
        }
        let event = content.events.get_mut(number).ok_or_else(|| invalid("there is no such event"))?;
        let moment = |text: &str| match text {
            "" => Ok(None),
            text => LocalMoment::parse(text)
                .map(Some)
                .ok_or_else(|| invalid("a moment is written 2026-12-06 or 2026-12-06T15:00")),
        };
        // What the text says is no word on the date itself.
        if part == "reword" {
            self.reworded.insert(number);
            return Ok(());
        }
        self.touched_events.insert(number);
        match part {
            "start" => event.start = moment(value)?,
            "end" => event.end = moment(value)?,
            "text" => event.text = one_line(value),
            "place" | "price" | "link" => event.set_detail(part, value).map_err(invalid)?,
            "status" => {
                event.status = match value {
                    "confirmed" => EventStatus::Confirmed,
                    "tentative" => EventStatus::Tentative,
                    "cancelled" => EventStatus::Cancelled,
                    _ => return Err(invalid("a status is confirmed, tentative or cancelled")),
                };
            }
            "day" => {
                let day = value.parse().map_err(|_| invalid("a day is written 2026-12-06"))?;
                event.move_to(day);
            }
            "date" | "time" | "end_date" | "end_time" | "said" => {
                let fields = self.moments.entry(number).or_insert_with(|| EventFields::of(event));
                match part {
                    "date" => fields.date = value.to_owned(),
                    "time" => fields.time = value.to_owned(),
                    "end_date" => fields.end_date = value.to_owned(),
                    "end_time" => fields.end_time = value.to_owned(),
                    _ => {
                        fields.said =
                            Said::parse(value).ok_or_else(|| invalid("there is no such way to say it"))?
                    }
                }
                return Ok(());
            }
            "confirm" => {}
            "remove" => self.removed_events.push(number),
            _ => return Err(unknown()),
        }
        if matches!(part, "start" | "end") {
            let clock = |moment: Option<LocalMoment>| moment.is_some_and(|m| m.time().is_some());
            event.all_day = !clock(event.start) && !clock(event.end);
            event.agree();
        }
        Ok(())
    }

    fn place(
        &mut self,
        number: usize,
        part: &str,
        value: &str,
        invalid: &dyn Fn(&'static str) -> InvalidChange,
        unknown: &dyn Fn() -> InvalidChange,
    ) -> Result<(), InvalidChange> {
        let places = &mut self.content.places;
        if number == places.len() && number < LIST_LENGTH_MAX && matches!(part, "place" | "municipality") {
            places.push(Place {
                place: String::new(),
                municipality: String::new(),
                text: String::new(),
                confidence: 1.0,
                confirmed: None,
            });
        }
        let place = places.get_mut(number).ok_or_else(|| invalid("there is no such place"))?;
        self.touched_places.insert(number);
        match part {
            "place" => place.place = one_line(value),
            "municipality" => place.municipality = one_line(value),
            "confirm" => {}
            "remove" => self.removed_places.push(number),
            _ => return Err(unknown()),
        }
        Ok(())
    }

    /// What stood there before may be named again, however old.
    fn near(&self, before: &ItemContent, year: i32) -> Result<(), InvalidChange> {
        let (first, last) = (year - YEARS_BACK, year + YEARS_AHEAD);
        for &number in &self.touched_events {
            let event = &self.content.events[number];
            let was = before.events.get(number);
            for (moment, was) in
                [(event.start, was.and_then(|was| was.start)), (event.end, was.and_then(|was| was.end))]
            {
                let Some(day) = moment.filter(|_| moment != was).map(LocalMoment::date) else { continue };
                if !(first..=last).contains(&day.year()) {
                    return Err(InvalidChange::FarDay { number, day, first, last });
                }
            }
        }
        Ok(())
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
    use chrono::{DateTime, Weekday};

    use super::*;
    use crate::{ItemPhoto, Lacking, WEEKDAY_MISMATCH};

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

    fn anna() -> Confirmed {
        Confirmed { by: "Anna".into(), at: DateTime::from_timestamp(1_800_000_000, 0).unwrap() }
    }

    #[test]
    fn what_a_person_names_or_changes_is_confirmed_and_the_rest_stays_proposed() {
        let mut item = content();
        let event = || Event::at("2026-12-06T15:00:00".parse().unwrap(), "6. decembrī plkst. 15.00");
        item.events = vec![event(), event(), event()];
        let changes = [change("events.0.confirm", ""), change("events.2.date", "2026-12-07")];
        let changed = item.changed_by(&changes, &anna()).unwrap();
        let confirmed: Vec<_> = changed.events.iter().map(|event| event.confirmed.is_some()).collect();
        assert_eq!(confirmed, [true, false, true]);
        assert_eq!(changed.events[2].start, LocalMoment::parse("2026-12-07T15:00"));
        assert_eq!(item.changed(&changes[..1]).unwrap(), item, "nobody confirms by being nobody");
        // Confirming twice leaves the first word.
        let later = Confirmed { by: "Ilze".into(), ..anna() };
        assert_eq!(changed.changed_by(&changes, &later).unwrap(), changed);
        let mut all = changed;
        all.confirm_all(&later);
        let by: Vec<_> =
            all.events.iter().map(|event| event.confirmed.as_ref().unwrap().by.as_str()).collect();
        assert_eq!(by, ["Anna", "Ilze", "Anna"]);
    }

    #[test]
    fn a_contradiction_lacks_a_choice() {
        let mut item = content();
        item.photos.clear();
        let mut event = Event::at("2026-12-06T15:00:00".parse().unwrap(), "sestdien, 6. decembrī");
        event.warn = Some(WEEKDAY_MISMATCH.into());
        event.weekday = Some(Weekday::Sat);
        item.events = vec![event];
        assert_eq!(item.lacking(), [Lacking::EventDay(0)]);
        for day in ["2026-12-05", "2026-12-06"] {
            let chosen = item.changed(&[change("events.0.day", day)]).unwrap();
            assert_eq!(chosen.lacking(), []);
            assert_eq!(chosen.events[0].start.unwrap().to_string(), format!("{day}T15:00"));
        }
    }

    #[test]
    fn events_and_places_are_added_at_the_end_and_empty_ones_are_none() {
        let item = content();
        let changes = [
            change("events.0.date", "2026-12-06"),
            change("events.0.time", "15:00"),
            change("places.0.place", "Rite"),
            change("places.0.municipality", "Jēkabpils novads"),
        ];
        let added = item.changed_by(&changes, &anna()).unwrap();
        assert_eq!(added.events[0].start, LocalMoment::parse("2026-12-06T15:00"));
        assert!(!added.events[0].all_day && added.events[0].confirmed.is_some());
        assert_eq!(added.places[0].place, "Rite");
        let empty =
            [change("events.0.date", ""), change("events.0.said", "exact"), change("places.0.place", " ")];
        assert_eq!(item.changed_by(&empty, &anna()).unwrap(), item);
        assert!(item.changed(&[change("events.1.date", "2026-12-06")]).is_err());
        let emptied = added.changed(&[change("places.0.place", "")]).unwrap();
        assert!(emptied.places.is_empty());
        assert!(added.changed(&[change("events.0.end_date", "2026-12-01")]).is_err());
    }

    #[test]
    fn only_a_text_of_an_editor_has_marks_and_what_it_has_of_a_letter_stays() {
        let letter = ItemContent {
            text: "5*6*7 un [x](https://a.example)\n\n1. decembrī\n\nPārējais.".into(),
            ..ItemContent::default()
        };
        let words = |content: &ItemContent| content.plain_text();
        assert_eq!(words(&letter), letter.text);
        let again = letter.changed(&[change("text", &letter.text.replace('\n', "\r\n"))]).unwrap();
        assert_eq!(again, letter, "a form that comes back as it was shown changes nothing");
        let edited = letter.text.replace("Pārējais.", "**Pārējais**\u{ad}:\n·\tcimdi");
        let edited = letter.changed(&[change("text", &edited)]).unwrap();
        assert!(edited.marked);
        assert_eq!(words(&edited), letter.text.replace("Pārējais.", "Pārējais:\n\n- cimdi"));
        assert!(edited.blocks().iter().any(|block| matches!(block, crate::marks::Block::List(_))));
        // Saved twice, nothing is guarded twice.
        let twice = edited.changed(&[change("text", &format!("{}\n\nVēl.", edited.text))]).unwrap();
        assert_eq!(words(&twice), format!("{}\n\nVēl.", words(&edited)));
        let back = twice.changed(&[change("plain_text", &letter.text)]).unwrap();
        assert_eq!(back, letter);
    }

    #[test]
    fn a_text_is_limited_as_it_is_kept() {
        let stars = "*a* ".repeat(4_900).trim().to_owned();
        let letter = ItemContent { text: stars.clone(), ..ItemContent::default() };
        assert!(letter.changed(&[change("text", &format!("{stars}\n\nVēl."))]).is_err(), "with its guards");
        for (count, fits) in [(TEXT_CHARACTERS_MAX, true), (TEXT_CHARACTERS_MAX + 1, false)] {
            assert_eq!(letter.changed(&[change("plain_text", &"ā".repeat(count))]).is_ok(), fits);
        }
    }

    #[test]
    fn an_event_has_a_place_a_price_and_a_link_of_its_own() {
        let mut item = content();
        let mut event = Event::at("2026-12-06T15:00:00".parse().unwrap(), "sestdien, 6. decembrī");
        event.warn = Some(WEEKDAY_MISMATCH.into());
        event.weekday = Some(Weekday::Sat);
        item.events = vec![event];
        let changes = [
            change("events.0.place", "Rites tautas nams"),
            change("events.0.price", "bez maksas"),
            change("events.0.link", "salas.example/talka"),
        ];
        let changed = item.changed_by(&changes, &anna()).unwrap();
        let event = &changed.events[0];
        assert_eq!(event.place.as_deref(), Some("Rites tautas nams"));
        assert_eq!(event.price.as_deref(), Some("bez maksas"));
        assert_eq!(event.link.as_ref().unwrap().as_str(), "https://salas.example/talka");
        assert_eq!(
            changed.lacking(),
            [Lacking::PhotoDescription(0), Lacking::EventDay(0)],
            "still to be chosen"
        );
        assert!(item.changed(&[change("events.0.link", "javascript:alert(1)")]).is_err());
        let taken = changed.changed(&changes.clone().map(|of| change(&of.field, ""))).unwrap();
        assert!(!taken.events[0].has_details());
        // What was typed for an event without a day is not thrown away in silence.
        let nowhere = content().changed(&[change("events.0.price", "3 €")]).unwrap_err();
        assert!(nowhere.to_string().contains("needs a day"), "{nowhere}");
    }

    #[test]
    fn a_date_that_somebody_names_lies_near() {
        // Anna speaks in 2027.
        let mut item = content();
        item.events = vec![Event::on("2019-06-23".parse().unwrap(), "2019. gada 23. jūnijā")];
        let day = |field: &str, day: &str| item.changed_by(&[change(field, day)], &anna());
        for near in ["2026-01-01", "2032-12-31"] {
            assert!(day("events.0.date", near).is_ok() && day("events.1.start", near).is_err());
            assert!(day("events.1.date", near).is_ok(), "{near}");
        }
        for far in ["0202-12-06", "2025-12-31", "2033-01-01", "9999-12-06", "+20266-12-06"] {
            for field in
                ["events.0.date", "events.0.end_date", "events.0.start", "events.0.day", "events.1.date"]
            {
                assert!(day(field, far).is_err(), "{field} {far}");
            }
        }
        let refused = day("events.0.date", "0202-12-06").unwrap_err().to_string();
        assert_eq!(refused, "events.0 cannot be on 0202-12-06: events lie between the years 2026 and 2032");
        assert!(day("events.0.confirm", "").is_ok(), "what stands there is old, and known");
    }

    #[test]
    fn a_photo_is_put_first_and_another_taken_out_at_once() {
        let mut item = content();
        item.photos =
            ["a", "b", "c"].map(|alt| ItemPhoto { alt: alt.into(), ..ItemPhoto::default() }).to_vec();
        let changed = item.changed(&[change("photos.2.first", ""), change("photos.0.remove", "")]).unwrap();
        let order: Vec<_> = changed.photos.iter().map(|photo| photo.alt.as_str()).collect();
        assert_eq!(order, ["c", "b"]);
    }
}
