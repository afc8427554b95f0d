//! Every page, rendered.

use subscribers::Language;

use super::{Kind, TOKEN, content, day, frame, mail, public, time};
use crate::desk::verbs::Words;
use crate::page::decided::{Decided, Outcome};
use crate::page::*;

/// Each page of a kind, by name.
pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, String)> {
    let mut pages = public::pages(language, kind);
    pages.push(("decide".to_owned(), decide::render(&decide(language, kind, Vec::new()))));
    pages.extend(super::person::all(language, kind));
    if matches!(kind, Kind::Normal | Kind::Hostile | Kind::Empty) {
        pages.extend(forms(language, kind));
    }
    // What is special about the other samples is the frame, which is the same on all error pages.
    let problems = if kind == Kind::Normal { &error::Problem::ALL[..] } else { &[error::Problem::NotFound] };
    if matches!(kind, Kind::Normal | Kind::Hostile | Kind::Empty) {
        pages.extend(problems.iter().map(|what| {
            let page = error::render(&error::View { frame: frame(language, kind), what: *what });
            (format!("error_{what:?}").to_lowercase(), page)
        }));
    }
    pages
}

pub(crate) fn decide(language: Language, kind: Kind, problems: Vec<decide::Problem>) -> decide::View {
    let frame = frame(language, kind);
    let item = content::item(kind, 3);
    decide::View {
        state: crate::text::text(language).states.pending.to_owned(),
        frame,
        token: TOKEN.to_owned(),
        revision: 3,
        title: kind.perhaps(&item.title),
        text: kind.perhaps(&item.text),
        from: kind.perhaps("Dvietes muiža <muiza@dviete.example>"),
        received_at: time("2026-11-23T16:41"),
        sender_failed: kind == Kind::Hostile,
        warnings: mail::warnings(kind),
        understood: mail::understood(kind),
        byline: item.byline,
        photos: (0..kind.count(2).min(3))
            .map(|index| decide::Photo {
                url: format!("/photo/{index:064x}.jpg"),
                width: 1104,
                height: 690,
                name: kind.words("IMG_20261120_1402.jpg"),
                alt: if index == 0 { kind.words("Sešas vaska sveces uz koka galda") } else { String::new() },
                caption: if index == 0 {
                    kind.words("Pērn izlieto sveču pietika līdz Meteņiem")
                } else {
                    String::new()
                },
                credit: if index == 0 { kind.words("Vilnis Egļukalns") } else { String::new() },
                credit_proposed: index == 0,
                gps_removed: index == 0,
            })
            .collect(),
        documents: (0..kind.count(0)).map(|_| kind.words("afisa.docx")).collect(),
        question: Words::default(),
        reason: Words::default(),
        chosen: Vec::new(),
        nobody_told: kind == Kind::Hostile,
        month: 12,
        words: Vec::new(),
        reads_on: if kind == Kind::Many { "2027-12-30" } else { "2026-11-25" }.parse().expect("a day"),
        closed: (kind == Kind::Many).then_some(11),
        overtaken: (!problems.is_empty()).then(|| Outcome::Already {
            decided: Decided::Changed,
            by: kind.words("Ilze"),
            at: time("2026-11-24T08:15"),
        }),
        problems,
    }
}

fn forms(language: Language, kind: Kind) -> Vec<(String, String)> {
    let frame = || frame(language, kind);
    let masked = || "a***@e***.lv".to_owned();
    let token = || TOKEN.to_owned();
    let problems = vec![
        decide::Problem::TitleMissing,
        decide::Problem::TextMissing,
        decide::Problem::DescriptionMissing(1),
        if kind == Kind::Hostile { decide::Problem::NobodyToAsk } else { decide::Problem::QuestionMissing },
        decide::Problem::ReasonMissing,
    ];
    let mut pages = vec![
        (
            "subscribe",
            subscribe::render(&subscribe::View {
                frame: frame(),
                filled: subscribe::Filled {
                    address: kind.perhaps("").trim().to_owned(),
                    language: (kind == Kind::Hostile).then_some(Language::English),
                    wrong: (kind == Kind::Hostile).then_some(subscribe::Wrong::Shape),
                },
                latest: (kind != Kind::Empty).then_some((2026, 12, 12)),
                horizon: (kind != Kind::Empty).then(|| "c0ffee".repeat(8)),
            }),
        ),
        ("subscribed", subscribed::render(&subscribed::View { frame: frame() })),
        ("confirm", confirm::render(&confirm::View { frame: frame(), masked: masked(), token: token() })),
        (
            "confirmed",
            confirmed::render(&confirmed::View {
                frame: frame(),
                already: kind == Kind::Hostile,
                next: (kind != Kind::Empty).then(|| day("2026-12-30")),
                latest: (kind != Kind::Empty).then_some(confirmed::Latest {
                    edition: issues::Edition { year: 2026, month: 12 },
                    number: 12,
                }),
                preferences: token(),
            }),
        ),
        ("leave", leave::render(&leave::View { frame: frame(), masked: masked(), token: token() })),
        (
            "left",
            left::render(&left::View {
                frame: frame(),
                now: left::Now::Left { undo: (kind != Kind::Empty).then(token) },
                preferences: token(),
            }),
        ),
        (
            "left_stays",
            left::render(&left::View { frame: frame(), now: left::Now::Stays, preferences: token() }),
        ),
        (
            "reminder_leave",
            reminder_leave::render(&reminder_leave::View {
                frame: frame(),
                step: reminder_leave::Step::Ask { masked: masked(), token: token() },
            }),
        ),
        (
            "reminder_leave_done",
            reminder_leave::render(&reminder_leave::View {
                frame: frame(),
                step: reminder_leave::Step::Done,
            }),
        ),
        ("decide_again", decide::render(&decide(language, kind, problems))),
    ];
    let decided = |outcome| {
        decided::render(&decided::View {
            frame: frame(),
            title: kind.perhaps("Dvietes muižā lies vaska sveces"),
            outcome,
            token: (kind != Kind::Empty).then(token),
        })
    };
    let already =
        |decided| Outcome::Already { decided, by: kind.words("Ilze"), at: time("2026-11-24T08:15") };
    pages.push(("decided", decided(Outcome::Done(Decided::Approved))));
    pages.push(("decided_already", decided(already(Decided::Rejected))));
    let mut pages: Vec<_> = pages.into_iter().map(|(name, page)| (name.to_owned(), page)).collect();
    if kind == Kind::Normal {
        let refused = subscribe::View {
            frame: frame(),
            filled: subscribe::Filled {
                address: "mailer-daemon@kalns.example".to_owned(),
                language: None,
                wrong: Some(subscribe::Wrong::Nobody),
            },
            latest: None,
            horizon: None,
        };
        pages.push(("subscribe_nobody".to_owned(), subscribe::render(&refused)));
        for each in Decided::ALL {
            pages.push((format!("decided_quietly_{each:?}").to_lowercase(), decided(Outcome::Quietly(each))));
            pages.push((format!("decided_{each:?}").to_lowercase(), decided(Outcome::Done(each))));
            pages.push((format!("decided_already_{each:?}").to_lowercase(), decided(already(each))));
            let by_nobody =
                Outcome::Already { decided: each, by: String::new(), at: time("2026-11-24T08:15") };
            pages.push((format!("decided_by_nobody_{each:?}").to_lowercase(), decided(by_nobody)));
        }
    }
    pages
}
