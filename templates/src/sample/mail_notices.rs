//! Mails to editors about items, and about their answers.

use issues::Lacking;
use subscribers::Language;

use super::{Kind, TOKEN, frame, time};
use crate::Paths;
use crate::email::by_reply::Became;
use crate::email::*;
use crate::page::decided::{Decided, Outcome};

/// Each mail of a kind, by name.
pub(crate) fn all(language: Language, kind: Kind) -> Vec<(&'static str, Email)> {
    let paths = Paths::new("https://zinas.salas.example");
    let became = match kind {
        Kind::Normal => Became::Decided(Outcome::Done(Decided::Approved)),
        Kind::Hostile => Became::Decided(Outcome::Already {
            decided: Decided::Rejected,
            by: kind.words("Ilze Miglasēta"),
            at: time("2026-11-25T11:05"),
        }),
        Kind::Empty => Became::NoReason,
        Kind::One => Became::Unclear,
        Kind::Many => Became::Lacking(
            [Lacking::Title, Lacking::Text, Lacking::EventDay(0)]
                .into_iter()
                .chain((0..kind.count(1)).map(Lacking::PhotoDescription))
                .collect(),
        ),
    };
    let by_reply = by_reply::View {
        frame: frame(language, kind),
        title: kind.perhaps("Cimdu adīšana Rites bibliotēkā"),
        kept_as_letter: kind == Kind::One,
        became,
        decide_url: paths.decide(TOKEN),
    };
    vec![("by_reply", by_reply::render(&by_reply))]
}
