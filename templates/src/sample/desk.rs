//! Every page of the desk, rendered.

use subscribers::Language;

use super::{Kind, TOKEN, desk_item, frame, time};
use crate::desk::sender::{Blocked, Taken};
use crate::desk::{Desk, error, kept, sessions, sign_in};

/// Each page of a kind, by name.
pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, String)> {
    let mut pages = vec![("sessions".to_owned(), sessions::render(&sessions(language, kind)))];
    pages.extend(super::desk_queue::all(language, kind));
    pages.extend(super::desk_edition::all(language, kind));
    if matches!(kind, Kind::Normal | Kind::Hostile) {
        pages.extend(steps(kind).map(|(name, step)| {
            let view = sign_in::View { frame: frame(language, kind), step, to: kind.option("/desk/item/7") };
            (format!("sign_in_{name}"), sign_in::render(&view))
        }));
    }
    if matches!(kind, Kind::Normal | Kind::Hostile) {
        let nobody = kept::Who::Nobody(frame(language, kind));
        let editor = kept::Who::Editor(Box::new(desk(language, kind)));
        for (name, who) in [("sign_in_kept", nobody), ("kept", editor)] {
            pages.push((name.to_owned(), kept::render(&kept(kind, who))));
        }
    }
    if kind == Kind::Normal {
        pages.extend(error::Problem::ALL.map(|what| {
            let view = error::View { desk: desk(language, kind), what };
            (format!("error_{what:?}").to_lowercase(), error::render(&view))
        }));
    }
    pages.extend(super::desk_people::all(language, kind));
    pages.extend(desk_item::all(language, kind));
    pages
}

pub(crate) fn desk(language: Language, kind: Kind) -> Desk {
    Desk {
        frame: frame(language, kind),
        editor: kind.words("Anna Miglasēta"),
        form: TOKEN.to_owned(),
        waiting: kind.count(4),
        letters: kind.count(2),
        said: kind.option("“Lāpu gājiens Neretā” ielikts numurā."),
    }
}

fn steps(kind: Kind) -> impl Iterator<Item = (&'static str, sign_in::Step)> {
    let wrong = Some(kind.words("anna-pasts.lv"));
    [
        ("ask", sign_in::Step::Ask { wrong: None }),
        ("wrong", sign_in::Step::Ask { wrong }),
        ("asked", sign_in::Step::Asked),
        ("enter", sign_in::Step::Enter { token: TOKEN.to_owned() }),
        ("too_late", sign_in::Step::TooLate),
    ]
    .into_iter()
}

fn kept(kind: Kind, who: kept::Who) -> kept::View {
    let text = kind.words("Sakopsim taku gar ezeru.\n\nLīdzi jāņem cimdi.");
    let fields = [("form", TOKEN), ("revision", "3"), ("text", &text), ("section", "zinas"), ("do", "save")];
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    kept::View { who, to: "/desk/item/7".to_owned(), fields, file: kind == Kind::Hostile }
}

fn sessions(language: Language, kind: Kind) -> sessions::View {
    let session = |number: usize| sessions::Session {
        id: 7 + number as i64,
        browser: kind.perhaps("Mozilla/5.0 (Android 16; Mobile) Firefox/152.0"),
        began_at: time("2026-11-20T08:15"),
        ends_at: time("2026-12-20T08:15"),
        here: number == 0,
    };
    sessions::View { desk: desk(language, kind), sessions: (0..kind.count(2)).map(session).collect() }
}

/// A sender as each page of one shows her.
pub(super) fn taken(kind: Kind) -> Taken {
    match kind {
        Kind::Empty => Taken::Nobody,
        Kind::Hostile | Kind::Many => Taken::Blocked(blocked(kind)),
        _ => Taken::In,
    }
}

pub(super) fn blocked(kind: Kind) -> Blocked {
    Blocked {
        id: 5,
        address: kind.perhaps("reklama@veikals.example"),
        by: kind.words("Ilze Miglasēta"),
        at: time("2026-11-24T11:05"),
    }
}
