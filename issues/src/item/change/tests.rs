//! Changes of all fields together.

use chrono::{DateTime, Weekday};
use chrono_tz::Europe::Riga;

use super::super::TEXT_CHARACTERS_MAX;
use super::*;
use crate::{ItemPhoto, Lacking, LocalMoment, WEEKDAY_MISMATCH};

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
    let changed =
        content().changed(&[change("title", "Cits\r\nvirsraksts"), change("photos.0.remove", "")]).unwrap();
    assert_eq!((changed.title.as_str(), changed.photos.len()), ("Cits virsraksts", 1));
    let refused = content().changed(&[change("title", "x"), change("photos.7.alt", "y")]).unwrap_err();
    assert_eq!(refused.to_string(), "photos.7.alt cannot be \"y\": there is no such photo");
    assert!(content().changed(&[change("state", "approved")]).unwrap_err().to_string().contains("no field"));
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
    let changed = item.changed_by(&changes, &anna(), Riga).unwrap();
    let confirmed: Vec<_> = changed.events.iter().map(|event| event.confirmed.is_some()).collect();
    assert_eq!(confirmed, [true, false, true]);
    assert_eq!(changed.events[2].start, LocalMoment::parse("2026-12-07T15:00"));
    assert_eq!(item.changed(&changes[..1]).unwrap(), item, "nobody confirms by being nobody");
    // Confirming twice leaves the first word.
    let later = Confirmed { by: "Ilze".into(), ..anna() };
    assert_eq!(changed.changed_by(&changes, &later, Riga).unwrap(), changed);
    let mut all = changed;
    all.confirm_all(&later);
    let by: Vec<_> = all.events.iter().map(|event| event.confirmed.as_ref().unwrap().by.as_str()).collect();
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
    let added = item.changed_by(&changes, &anna(), Riga).unwrap();
    assert_eq!(added.events[0].start, LocalMoment::parse("2026-12-06T15:00"));
    assert!(!added.events[0].all_day && added.events[0].confirmed.is_some());
    assert_eq!(added.places[0].place, "Rite");
    let empty =
        [change("events.0.date", ""), change("events.0.said", "exact"), change("places.0.place", " ")];
    assert_eq!(item.changed_by(&empty, &anna(), Riga).unwrap(), item);
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
    let changed = item.changed_by(&changes, &anna(), Riga).unwrap();
    let event = &changed.events[0];
    assert_eq!(event.place.as_deref(), Some("Rites tautas nams"));
    assert_eq!(event.price.as_deref(), Some("bez maksas"));
    assert_eq!(event.link.as_ref().unwrap().as_str(), "https://salas.example/talka");
    assert_eq!(changed.lacking(), [Lacking::PhotoDescription(0), Lacking::EventDay(0)], "still to be chosen");
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
    let day = |field: &str, day: &str| item.changed_by(&[change(field, day)], &anna(), Riga);
    for near in ["2026-01-01", "2032-12-31"] {
        assert!(day("events.0.date", near).is_ok() && day("events.1.start", near).is_err());
        assert!(day("events.1.date", near).is_ok(), "{near}");
    }
    for far in ["0202-12-06", "2025-12-31", "2033-01-01", "9999-12-06", "+20266-12-06"] {
        for field in ["events.0.date", "events.0.end_date", "events.0.start", "events.0.day", "events.1.date"]
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
    item.photos = ["a", "b", "c"].map(|alt| ItemPhoto { alt: alt.into(), ..ItemPhoto::default() }).to_vec();
    let changed = item.changed(&[change("photos.2.first", ""), change("photos.0.remove", "")]).unwrap();
    let order: Vec<_> = changed.photos.iter().map(|photo| photo.alt.as_str()).collect();
    assert_eq!(order, ["c", "b"]);
}

#[test]
fn a_time_that_no_clock_shows_is_nobodys_word() {
    let mut item = content();
    item.events = vec![Event::at("2027-03-27T22:00:00".parse().unwrap(), "27. martā plkst. 22.00")];
    let named = |field: &str, value: &str| item.changed_by(&[change(field, value)], &anna(), Riga);
    let refused = named("events.0.end_time", "03:30").unwrap_err();
    let words =
        "events.0 cannot be at 2027-03-28T03:30: the clocks go forward then, and there is no such time";
    assert_eq!(refused.to_string(), words);
    for (field, value) in [
        ("events.0.start", "2027-03-28T03:00"),
        ("events.0.end", "2027-03-28T03:59"),
        ("events.1.date", "2027-03-28"),
    ] {
        let changes = [change(field, value), change("events.1.time", "03:15")];
        let changes = if field == "events.1.date" { &changes[..] } else { &changes[..1] };
        let refused = item.changed_by(changes, &anna(), Riga).unwrap_err();
        assert!(matches!(refused, InvalidChange::SkippedTime { .. }), "{field}");
        assert!(item.changed_by(changes, &anna(), chrono_tz::UTC).is_ok(), "{field}: another zone");
    }
    assert!(named("events.0.end_time", "04:00").is_ok() && named("events.0.end_time", "02:59").is_ok());
    // A day that is chosen brings its clock along.
    item.events = vec![Event::at("2027-03-27T03:30:00".parse().unwrap(), "")];
    assert!(item.changed_by(&[change("events.0.day", "2027-03-28")], &anna(), Riga).is_err());
    // What came so is known.
    item.events = vec![Event::at("2027-03-28T03:30:00".parse().unwrap(), "")];
    assert!(item.changed_by(&[change("events.0.confirm", "")], &anna(), Riga).is_ok());
}
