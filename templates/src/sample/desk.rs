//! Every page of the desk, rendered.

use subscribers::Language;

use super::{Kind, TOKEN, desk_item, frame, time};
use crate::desk::{Desk, sessions, sign_in};

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
