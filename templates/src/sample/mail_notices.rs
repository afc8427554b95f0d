//! Mails to editors about items, and about their answers.

use issues::Lacking;
use subscribers::Language;

use super::{Kind, TOKEN, frame, time};
use crate::Paths;
use crate::email::by_reply::Became;
use crate::email::decided::{Told, What};
use crate::email::*;
use crate::page::decided::{Decided, Outcome};
use crate::text::text;

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
    let told = |what: What| Told {
        title: kind.perhaps("Cimdu adīšana Rites bibliotēkā"),
        what,
        by: kind.perhaps("Ilze Miglasēta"),
        at: time("2026-11-25T11:05"),
        channel: ["desk", "mail", "link", "command"][kind.count(1).min(3)].to_owned(),
    };
    let state = text(language).states.pending;
    let said = kind.words("Šo pasākumu jau izsludinājām novembra numurā.");
    let all = [
        What::Approved,
        What::Rejected { reason: said.clone() },
        What::Undone { state },
        What::Asked { question: said },
        What::Postponed,
        What::Withdrawn,
        What::Unanswered,
    ];
    let number = Kind::ALL.iter().position(|one| *one == kind).unwrap_or(0);
    let decided = decided::View {
        frame: frame(language, kind),
        decided: told(all[number].clone()),
        url: paths.decide(TOKEN),
    };
    let many = decided::Many {
        frame: frame(language, kind),
        decided: (0..kind.count(7)).map(|number| told(all[number % all.len()].clone())).collect(),
        url: paths.desk("/decisions"),
    };
    let waiting = waiting::View {
        frame: frame(language, kind),
        items: (0..kind.count(3).max(1))
            .map(|number| waiting::Item {
                title: kind.perhaps("Cimdu adīšana Rites bibliotēkā"),
                days: 11_usize.saturating_sub(number * 4),
            })
            .collect(),
        letters: kind.count(2),
        url: paths.desk(""),
    };
    let answer = notice::Addition {
        answers: kind != Kind::One,
        questions: if kind == Kind::One { Vec::new() } else { vec![kind.words("Kas fotografēja?")] },
        words: kind.perhaps("Fotografēja Jānis Ozols, bibliotēkas lasītājs."),
        by_another: match kind {
            Kind::Hostile | Kind::Many => Some(kind.words("Svešais Cilvēks <kads@citur.example>")),
            Kind::Normal | Kind::Empty | Kind::One => None,
        },
    };
    let answer = notice::View { addition: Some(answer), ..super::mail::notice(language, kind) };
    vec![
        ("notice_answer", notice::render(&answer)),
        ("waiting", waiting::render(&waiting)),
        ("by_reply", by_reply::render(&by_reply)),
        ("decided", decided::render(&decided)),
        ("more_decided", decided::render_many(&many)),
    ]
}
