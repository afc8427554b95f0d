//! How long the words of an item may be that people type: one table, whatever door they come in by.
//!
//! What a letter says is limited where letters are read, and stays as long as it is while nobody touches it.

use super::{ItemContent, TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};
use crate::{EVENT_LINK_CHARACTERS_MAX, EVENT_PLACE_CHARACTERS_MAX, EVENT_PRICE_CHARACTERS_MAX};

/// A person's name, or the name of a place or a municipality.
const NAME_CHARACTERS_MAX: usize = 120;
/// What somebody is, and where: “Rites pagasta bibliotēkas vadītāja”.
const OFFICE_CHARACTERS_MAX: usize = 160;
/// Who took a photo: a few names and an institution.
const CREDIT_CHARACTERS_MAX: usize = 200;
/// What a photo shows, and what is said under it: two or three sentences.
const CAPTION_CHARACTERS_MAX: usize = 500;

/// A field that is limited, as forms and commands name it; photos, events and places are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    Title,
    Text,
    BylineName,
    BylineRole,
    BylineOrganisation,
    PhotoAlt(usize),
    PhotoCaption(usize),
    PhotoCredit(usize),
    EventText(usize),
    EventPlace(usize),
    EventPrice(usize),
    EventLink(usize),
    Place(usize),
    Municipality(usize),
}

impl Limited {
    /// `None` for a field that has no limit of its own.
    pub fn named(field: &str) -> Option<Self> {
        let path: Vec<&str> = field.split('.').collect();
        Some(match path.as_slice() {
            ["title"] => Limited::Title,
            ["text" | "plain_text"] => Limited::Text,
            ["byline", "name"] => Limited::BylineName,
            ["byline", "role"] => Limited::BylineRole,
            ["byline", "organisation"] => Limited::BylineOrganisation,
            [list, number, part] => {
                let number = number.parse().ok()?;
                match (*list, *part) {
                    ("photos", "alt") => Limited::PhotoAlt(number),
                    ("photos", "caption") => Limited::PhotoCaption(number),
                    ("photos", "credit") => Limited::PhotoCredit(number),
                    ("events", "text") => Limited::EventText(number),
                    ("events", "place") => Limited::EventPlace(number),
                    ("events", "price") => Limited::EventPrice(number),
                    ("events", "link") => Limited::EventLink(number),
                    ("places", "place") => Limited::Place(number),
                    ("places", "municipality") => Limited::Municipality(number),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    /// The name of the field.
    pub fn name(self) -> String {
        match self {
            Limited::Title => "title".to_owned(),
            Limited::Text => "text".to_owned(),
            Limited::BylineName => "byline.name".to_owned(),
            Limited::BylineRole => "byline.role".to_owned(),
            Limited::BylineOrganisation => "byline.organisation".to_owned(),
            Limited::PhotoAlt(number) => format!("photos.{number}.alt"),
            Limited::PhotoCaption(number) => format!("photos.{number}.caption"),
            Limited::PhotoCredit(number) => format!("photos.{number}.credit"),
            Limited::EventText(number) => format!("events.{number}.text"),
            Limited::EventPlace(number) => format!("events.{number}.place"),
            Limited::EventPrice(number) => format!("events.{number}.price"),
            Limited::EventLink(number) => format!("events.{number}.link"),
            Limited::Place(number) => format!("places.{number}.place"),
            Limited::Municipality(number) => format!("places.{number}.municipality"),
        }
    }

    /// The most characters that may be typed.
    pub fn most(self) -> usize {
        match self {
            Limited::Title => TITLE_CHARACTERS_MAX,
            Limited::Text => TEXT_CHARACTERS_MAX,
            Limited::BylineName | Limited::Place(_) | Limited::Municipality(_) => NAME_CHARACTERS_MAX,
            Limited::BylineRole | Limited::BylineOrganisation => OFFICE_CHARACTERS_MAX,
            Limited::PhotoCredit(_) => CREDIT_CHARACTERS_MAX,
            Limited::PhotoAlt(_) | Limited::PhotoCaption(_) | Limited::EventText(_) => CAPTION_CHARACTERS_MAX,
            Limited::EventPlace(_) => EVENT_PLACE_CHARACTERS_MAX,
            Limited::EventPrice(_) => EVENT_PRICE_CHARACTERS_MAX,
            Limited::EventLink(_) => EVENT_LINK_CHARACTERS_MAX,
        }
    }

    /// What the field holds now; `None` where there is none yet.
    pub(super) fn value(self, content: &ItemContent) -> Option<&str> {
        let byline = content.byline.as_ref();
        let (photo, event, place) = (
            |number: usize| content.photos.get(number),
            |number: usize| content.events.get(number),
            |number: usize| content.places.get(number),
        );
        match self {
            Limited::Title => Some(&content.title),
            Limited::Text => Some(&content.text),
            Limited::BylineName => byline?.name.as_deref(),
            Limited::BylineRole => byline?.role.as_deref(),
            Limited::BylineOrganisation => byline?.organisation.as_deref(),
            Limited::PhotoAlt(number) => Some(&photo(number)?.alt),
            Limited::PhotoCaption(number) => Some(&photo(number)?.caption),
            Limited::PhotoCredit(number) => Some(&photo(number)?.credit),
            Limited::EventText(number) => Some(&event(number)?.text),
            Limited::EventPlace(number) => event(number)?.place.as_deref(),
            Limited::EventPrice(number) => event(number)?.price.as_deref(),
            Limited::EventLink(number) => event(number)?.link.as_ref().map(|link| link.as_str()),
            Limited::Place(number) => Some(&place(number)?.place),
            Limited::Municipality(number) => Some(&place(number)?.municipality),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Byline, Change, Event, InvalidChange, ItemPhoto, Place};

    const FIELDS: [&str; 14] = [
        "title",
        "text",
        "byline.name",
        "byline.role",
        "byline.organisation",
        "photos.0.alt",
        "photos.0.caption",
        "photos.0.credit",
        "events.0.text",
        "events.0.place",
        "events.0.price",
        "events.0.link",
        "places.0.place",
        "places.0.municipality",
    ];

    fn place(words: &str) -> Place {
        Place {
            place: words.to_owned(),
            municipality: words.to_owned(),
            text: String::new(),
            confidence: 1.0,
            confirmed: None,
        }
    }

    fn content(words: &str) -> ItemContent {
        let said = || Some(words.to_owned());
        let photo = ItemPhoto {
            alt: words.into(),
            caption: words.into(),
            credit: words.into(),
            ..ItemPhoto::default()
        };
        ItemContent {
            title: words.into(),
            text: words.into(),
            byline: Some(Byline { name: said(), role: said(), organisation: said(), ..Byline::default() }),
            photos: vec![photo],
            events: vec![Event::on("2026-12-06".parse().unwrap(), words)],
            places: vec![place(words)],
            ..ItemContent::default()
        }
    }

    fn change(field: &str, value: &str) -> [Change; 1] {
        [Change { field: field.into(), value: value.into() }]
    }

    #[test]
    fn every_limited_field_takes_so_much_and_not_one_more() {
        for field in FIELDS {
            let limited = Limited::named(field).unwrap();
            assert_eq!(limited.name(), field);
            let beginning = if field.ends_with("link") { "https://a.example/" } else { "" };
            let filled = |count: usize| format!("{beginning}{}", "ā".repeat(count - beginning.len()));
            let before = content("Īsi");
            let longest = filled(limited.most());
            if field.ends_with("link") {
                // Kept as machines write it, three times as long.
                assert!(before.changed(&change(field, &"a".repeat(501))).is_err());
            } else {
                let changed = before.changed(&change(field, &longest)).unwrap();
                assert_eq!(limited.value(&changed), Some(longest.as_str()), "{field}");
            }
            let refused = before.changed(&change(field, &filled(limited.most() + 1))).unwrap_err();
            assert_eq!(refused, InvalidChange::TooLong(limited), "{field}");
            assert_eq!(
                refused.to_string(),
                format!("{field} is too long: it has at most {} characters", limited.most())
            );
        }
        assert_eq!(Limited::named("events.0.date"), None);
        assert_eq!(Limited::named("photos.x.alt"), None);
    }

    #[test]
    fn a_line_is_counted_as_it_is_kept() {
        let spaced = format!("  {}\r\n\t {}  ", "ā".repeat(60), "ā".repeat(59));
        assert!(content("Īsi").changed(&change("byline.name", &spaced)).is_ok());
    }

    #[test]
    fn what_a_letter_made_long_stays_while_it_is_left_alone() {
        // As it came: with a soft blank and two, and a mark that forms take out.
        let long = format!("{}\u{a0} \u{200b}{}", "ā".repeat(12_000), "ē".repeat(12_000));
        let letter = content(&long);
        for field in
            FIELDS.into_iter().filter(|field| Limited::named(field).unwrap().value(&letter).is_some())
        {
            let again = letter.changed(&change(field, &subscribers::clean_text(&long))).unwrap();
            assert_eq!(again, letter, "{field}");
            assert!(letter.changed(&change(field, &format!("{long} x"))).is_err(), "{field}");
            assert!(letter.changed(&change(field, "Īsāk")).is_ok(), "{field}");
        }
    }

    #[test]
    fn words_of_a_letter_set_better_have_the_limit_of_a_text() {
        let refused = content("Īsi").changed(&change("plain_text", &"ā".repeat(20_001))).unwrap_err();
        assert_eq!(refused, InvalidChange::TooLong(Limited::Text));
    }
}
