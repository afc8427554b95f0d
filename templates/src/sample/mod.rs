//! Samples of every view for the golden tests: ordinary, hostile, empty, with one of each, with twenty-one of each.
//!
//! Time and tokens are fixed, persons invented.

pub(crate) mod content;
pub(crate) mod desk;
mod desk_edition;
pub(crate) mod desk_item;
mod desk_people;
pub(crate) mod desk_queue;
pub(crate) mod mail;
mod mail_notices;
pub(crate) mod page;
pub(crate) mod person;
pub(crate) mod public;
pub(crate) mod world;

use chrono::{NaiveDate, NaiveDateTime};
use issues::{Event, LocalMoment};
use subscribers::{EmailAddress, Language};

use crate::text::Name;
use crate::{Frame, Paths, Publication};

pub(crate) const TOKEN: &str = "c2k7qmv3x9p4t6w8z5r1n0hd";

/// What a sample is made to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Normal,
    /// Markup, quotes, a word without end, emoji, controls and forged slots in every string.
    Hostile,
    /// Nothing where nothing may be, 0 of each.
    Empty,
    One,
    /// 21 of each.
    Many,
}

impl Kind {
    pub(crate) const ALL: [Kind; 5] = [Kind::Normal, Kind::Hostile, Kind::Empty, Kind::One, Kind::Many];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Normal => "normal",
            Kind::Hostile => "hostile",
            Kind::Empty => "empty",
            Kind::One => "one",
            Kind::Many => "many",
        }
    }

    /// How many of a thing there are, where an ordinary sample has `normal`.
    pub(crate) fn count(self, normal: usize) -> usize {
        match self {
            Kind::Normal => normal,
            Kind::Hostile => 2,
            Kind::Empty => 0,
            Kind::One => 1,
            Kind::Many => 21,
        }
    }

    /// A string that is always there.
    pub(crate) fn words(self, normal: &str) -> String {
        match self {
            Kind::Hostile => format!("{normal} {}", hostile()),
            Kind::Normal | Kind::Empty | Kind::One | Kind::Many => normal.to_owned(),
        }
    }

    /// A string that may be empty.
    pub(crate) fn perhaps(self, normal: &str) -> String {
        if self == Kind::Empty { String::new() } else { self.words(normal) }
    }

    pub(crate) fn option(self, normal: &str) -> Option<String> {
        (self != Kind::Empty).then(|| self.words(normal))
    }
}

fn hostile() -> String {
    format!(
        "<script>alert(\"ā\")</script></textarea> ' & {} 🎄\u{202e}\u{85}\u{E000}leave-url\u{E001}<slot leave-url>",
        "nesaprotamākajām".repeat(6)
    )
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("samples have good dates")
}

pub(crate) fn time(text: &str) -> NaiveDateTime {
    match LocalMoment::parse(text) {
        Some(LocalMoment::Time(time)) => time,
        _ => panic!("samples have good times"),
    }
}

/// An event from two moments, as reading gives them.
pub(crate) fn event(start: &str, end: &str, text: &str) -> Event {
    let mut event = Event::on(day("2026-12-01"), text);
    event.start = LocalMoment::parse(start);
    event.end = LocalMoment::parse(end);
    event
}

pub(crate) fn frame(language: Language, kind: Kind) -> Frame {
    let name = |words: &str| kind.words(words);
    Frame {
        carries: false,
        publication: Publication {
            name: Name {
                nominative: name("Sēlijas salu ziņas"),
                genitive: name("Sēlijas salu ziņu"),
                dative: name("Sēlijas salu ziņām"),
            },
            language: Language::Latvian,
            owner: name("Biedrība “Kopienu sadarbības tīkls “Sēlijas salas””"),
            postal_address: name("Ezera iela 1, Viesīte, LV-5237"),
            mailbox: EmailAddress::parse("zinas@salas.example").expect("a good address"),
            paths: Paths::new("https://zinas.salas.example/"),
        },
        language,
        today: day("2026-11-25"),
    }
}
