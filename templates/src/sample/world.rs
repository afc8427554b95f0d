//! Every page of the postbox, rendered.

use subscribers::Language;

use super::{Kind, frame, time};
use crate::world::boxes::{File, Letter, Line, Open, Person, Shown};
use crate::world::write::{Sender, Wrong};
use crate::world::{World, boxes, problem, write};

/// Each page of a kind, by name.
pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, String)> {
    let view = |open| boxes::View {
        world: world(language, kind),
        people: (0..kind.count(3)).map(|number| person(kind, number)).collect(),
        others: (0..kind.count(4)).map(|number| person(kind, number + 100)).collect(),
        open,
    };
    let mut pages = vec![
        ("boxes".to_owned(), boxes::render(&view(None))),
        ("boxes_box".to_owned(), boxes::render(&view(Some(open(kind, None))))),
    ];
    let ways = [
        ("letter", Shown::Html),
        ("text", Shown::Text(kind.perhaps("Labdien!\n\nhttps://zinas.salas.example/2026/12\n"))),
        ("headers", Shown::Headers(kind.words("Subject: Paldies\nTo: rite@biblioteka.example"))),
        ("source", Shown::Source(kind.words("Subject: Paldies\n\nLabdien!"), kind == Kind::Many)),
        ("files", Shown::Files((0..kind.count(1)).map(|_| file(kind)).collect())),
        ("unreadable", Shown::Unreadable),
    ];
    // The other ways of reading differ in one part of the page.
    let ways = if matches!(kind, Kind::Normal | Kind::Hostile) { &ways[..] } else { &ways[..1] };
    pages.extend(ways.iter().map(|(name, shown)| {
        let letter = letter(kind, shown.clone());
        (format!("boxes_{name}"), boxes::render(&view(Some(open(kind, Some(letter))))))
    }));
    if matches!(kind, Kind::Normal | Kind::Hostile | Kind::Empty) {
        pages.push(("write".to_owned(), write::render(&write(language, kind, Vec::new()))));
        let wrong = vec![Wrong::Address, Wrong::Text, Wrong::NotTaken];
        pages.push(("write_wrong".to_owned(), write::render(&write(language, kind, wrong))));
        let owner = Sender::Owner {
            name: kind.words("Rites bibliotēka"),
            address: "rite@biblioteka.example".to_owned(),
            letter: "r12".to_owned(),
        };
        let reply = write::View { sender: owner, ..write(language, kind, Vec::new()) };
        pages.push(("write_reply".to_owned(), write::render(&reply)));
    }
    if kind == Kind::Normal {
        pages.extend(problem::Problem::ALL.map(|what| {
            let view = problem::View { world: world(language, kind), what };
            (format!("problem_{what:?}").to_lowercase(), problem::render(&view))
        }));
    }
    pages
}

fn world(language: Language, kind: Kind) -> World {
    World {
        frame: frame(language, kind),
        asked: (kind == Kind::One).then_some(language),
        said: kind.option("Vēstule nosūtīta, un atbilde jau ir klāt."),
    }
}

fn person(kind: Kind, number: usize) -> Person {
    Person {
        address: kind.words(&format!("rite-{number}@biblioteka.example")),
        name: kind.words("Rites bibliotēka"),
        is_editor: number == 0,
        new: number % 3,
    }
}

fn open(kind: Kind, letter: Option<Letter>) -> Open {
    let line = |number: usize| Line {
        id: format!("r{}", 12 - number.min(11)),
        subject: kind.perhaps("Paldies, Jūsu ziņa ir saņemta"),
        with: kind.words("Sēlijas salu ziņas"),
        at: time("2026-11-23T16:41"),
        sent: number == 1,
        new: number == 0,
    };
    Open {
        address: kind.words("rite-0@biblioteka.example"),
        name: kind.words("Rites bibliotēka"),
        letters: (0..kind.count(3)).map(line).collect(),
        letter,
    }
}

fn letter(kind: Kind, shown: Shown) -> Letter {
    Letter {
        id: "r12".to_owned(),
        subject: kind.perhaps("Paldies, Jūsu ziņa ir saņemta"),
        from: kind.words("Sēlijas salu ziņas <zinas@salas.example>"),
        to: "rite@biblioteka.example".to_owned(),
        reply_to: kind.perhaps("zinas+r.c2k7@salas.example"),
        at: time("2026-11-23T16:41"),
        has_html: shown != Shown::Unreadable,
        shown,
        files: kind.count(0),
        answerable: kind != Kind::Empty,
        returnable: kind != Kind::One,
    }
}

fn file(kind: Kind) -> File {
    File {
        name: kind.words("IMG_20261120_1402.jpg"),
        media_type: kind.words("image/jpeg"),
        octets: 2_345_678,
    }
}

fn write(language: Language, kind: Kind, wrong: Vec<Wrong>) -> write::View {
    let person = |number: usize| {
        (kind.words("Rites bibliotēka"), kind.words(&format!("rite-{number}@biblioteka.example")))
    };
    write::View {
        world: World { said: None, ..world(language, kind) },
        to: "zinas@salas.example".to_owned(),
        sender: Sender::Chosen {
            people: (0..kind.count(3)).map(person).collect(),
            who: kind.words("rite-1@biblioteka.example"),
            name: kind.perhaps("").trim().to_owned(),
            address: if wrong.is_empty() { String::new() } else { kind.words("anna-pasts.lv") },
        },
        subject: kind.perhaps("Cimdu adīšana Rites bibliotēkā"),
        text: kind.perhaps("Sestdien, 12. decembrī, plkst. 11.00 adīsim cimdus."),
        fails: kind == Kind::Hostile,
        wrong,
    }
}
