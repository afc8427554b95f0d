//! What was typed, put back where it was typed, also when somebody else has changed the item meanwhile.

use issues::{Byline, Change, EventDetails, EventFields, EventStatus, ItemContent, Said};
use templates::desk::item::{Clash, ClashField, View};

use crate::newsroom::photos;

/// Puts typed values into the fields of the page.
pub fn typed(view: &mut View, changes: &[Change]) {
    for Change { field, value } in changes {
        let value = value.clone();
        let path: Vec<&str> = field.split('.').collect();
        let number = |text: &str| text.parse().unwrap_or(usize::MAX);
        match path.as_slice() {
            ["title"] => view.title = value,
            ["text"] => view.text = value,
            ["section"] => view.section = value,
            ["byline", "name"] => view.byline.name = value,
            ["byline", "role"] => view.byline.role = value,
            ["byline", "organisation"] => view.byline.organisation = value,
            ["photos", at, part] => {
                let Some(photo) = view.photos.get_mut(number(at)) else { continue };
                match *part {
                    "alt" => photo.alt = value,
                    "caption" => photo.caption = value,
                    "credit" => {
                        photo.credit = value;
                        photo.credit_proposed = false;
                    }
                    _ => {}
                }
            }
            ["events", at, part] => {
                let Some(event) = view.events.get_mut(number(at)) else { continue };
                match *part {
                    "date" => event.fields.date = value,
                    "time" => event.fields.time = value,
                    "end_date" => event.fields.end_date = value,
                    "end_time" => event.fields.end_time = value,
                    "said" => event.fields.said = Said::parse(&value).unwrap_or_default(),
                    "place" => event.details.place = value,
                    "price" => event.details.price = value,
                    "link" => event.details.link = value,
                    "status" => {
                        event.status = match value.as_str() {
                            "tentative" => EventStatus::Tentative,
                            "cancelled" => EventStatus::Cancelled,
                            _ => EventStatus::Confirmed,
                        };
                    }
                    "day" => event.chosen = value,
                    "remove" => event.remove = true,
                    _ => {}
                }
            }
            ["places", at, part] => {
                let Some(place) = view.places.get_mut(number(at)) else { continue };
                match *part {
                    "place" => place.place = value,
                    "municipality" => place.municipality = value,
                    "remove" => place.remove = true,
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// The same on an item that is another by now. What both changed, or what was typed for something that is gone, is a
/// clash: both are shown, and what was typed stands in the form where there still is a field for it.
pub fn overtaken(view: &mut View, base: &ItemContent, now: &ItemContent, changes: &[Change]) -> Vec<Clash> {
    let mut clashes = Vec::new();
    for change in changes {
        let theirs = renumbered(change, base, now);
        let now_value = theirs.as_ref().map(|there| value(now, &there.field)).unwrap_or_default();
        let there = theirs.is_some();
        if let Some(change) = theirs {
            typed(view, &[change]);
        }
        if (!there || now_value != value(base, &change.field)) && now_value != change.value {
            let field = named(&change.field);
            clashes.push(Clash { field, theirs: now_value, mine: change.value.clone() });
        }
    }
    clashes
}

/// What was typed for an item of which nothing can be changed any more, beside what stands there.
pub fn lost(content: &ItemContent, changes: &[Change]) -> Vec<Clash> {
    let lost = changes.iter().filter(|change| !change.field.ends_with(".reword"));
    lost.map(|change| Clash {
        field: named(&change.field),
        theirs: value(content, &change.field),
        mine: change.value.clone(),
    })
    .filter(|clash| clash.theirs != clash.mine)
    .collect()
}

fn named(field: &str) -> ClashField {
    match field {
        "title" => ClashField::Title,
        "text" => ClashField::Text,
        "section" => ClashField::Section,
        field if field.starts_with("byline.") => ClashField::Byline,
        field if field.starts_with("events.") => ClashField::When,
        field if field.starts_with("places.") => ClashField::Where,
        field if field.ends_with(".caption") => ClashField::Caption,
        field if field.ends_with(".credit") => ClashField::Credit,
        _ => ClashField::Alt,
    }
}

/// The change with the number that its photo, event or place has now; `None` where that is gone.
fn renumbered(change: &Change, base: &ItemContent, now: &ItemContent) -> Option<Change> {
    let path: Vec<&str> = change.field.split('.').collect();
    let [list, number, part] = path.as_slice() else { return Some(change.clone()) };
    let number: usize = number.parse().ok()?;
    let number = match *list {
        "photos" => {
            let first = photos::first_of(base.photos.get(number)?);
            now.photos.iter().position(|photo| photos::first_of(photo) == first)?
        }
        "events" => moved(number, &base.events, &now.events)?,
        _ => moved(number, &base.places, &now.places)?,
    };
    Some(Change { field: format!("{list}.{number}.{part}"), value: change.value.clone() })
}

/// In a list that is as long as it was, each thing is where it was; else it is where its like is.
fn moved<T: PartialEq>(number: usize, base: &[T], now: &[T]) -> Option<usize> {
    match base.get(number) {
        None => Some(now.len()),
        Some(_) if base.len() == now.len() => Some(number),
        Some(thing) => now.iter().position(|other| other == thing),
    }
}

/// What a field of a content holds, as the form has it.
fn value(content: &ItemContent, field: &str) -> String {
    let path: Vec<&str> = field.split('.').collect();
    let number = |text: &str| text.parse().unwrap_or(usize::MAX);
    let byline = |part: fn(&Byline) -> &Option<String>| {
        content.byline.as_ref().and_then(|byline| part(byline).clone()).unwrap_or_default()
    };
    match path.as_slice() {
        ["title"] => content.title.clone(),
        ["text"] => content.text.clone(),
        ["section"] => content.section.clone(),
        ["byline", "name"] => byline(|byline| &byline.name),
        ["byline", "role"] => byline(|byline| &byline.role),
        ["byline", "organisation"] => byline(|byline| &byline.organisation),
        ["photos", at, part] => {
            content.photos.get(number(at)).map_or_else(String::new, |photo| match *part {
                "alt" => photo.alt.clone(),
                "caption" => photo.caption.clone(),
                _ => photo.credit.clone(),
            })
        }
        ["events", at, part] => {
            let event = content.events.get(number(at));
            let fields = event.map(EventFields::of).unwrap_or_default();
            let details = event.map(EventDetails::of).unwrap_or_default();
            match *part {
                "date" => fields.date,
                "time" => fields.time,
                "end_date" => fields.end_date,
                "end_time" => fields.end_time,
                "said" => fields.said.name().to_owned(),
                "place" => details.place,
                "price" => details.price,
                "link" => details.link,
                "status" => {
                    event.map_or("confirmed", |event| crate::web::typed::status(event.status)).to_owned()
                }
                _ => String::new(),
            }
        }
        ["places", at, part] => {
            content.places.get(number(at)).map_or_else(String::new, |place| match *part {
                "place" => place.place.clone(),
                "municipality" => place.municipality.clone(),
                _ => String::new(),
            })
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use issues::ItemPhoto;

    use super::*;

    #[test]
    fn what_was_typed_for_a_photo_follows_it() {
        let photo = |sha256: &str| ItemPhoto { sha256: sha256.into(), ..ItemPhoto::default() };
        let base = ItemContent { photos: vec![photo("a"), photo("b")], ..ItemContent::default() };
        let now = ItemContent { photos: vec![photo("b")], ..ItemContent::default() };
        let change = |field: &str| Change { field: field.into(), value: "x".into() };
        let field = |of: &str| renumbered(&change(of), &base, &now).map(|change| change.field);
        assert_eq!(field("photos.1.alt").as_deref(), Some("photos.0.alt"));
        assert_eq!(field("photos.0.alt"), None);
        assert_eq!(field("events.0.date").as_deref(), Some("events.0.date"), "one more");
        assert_eq!(field("title").as_deref(), Some("title"));
    }
}
