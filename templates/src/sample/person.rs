//! The pages of persons and of paper.

use subscribers::{Act, EmailAddress, Language, Pause};

use super::{Kind, TOKEN, content, day, event, frame, time};
use crate::page::contribution::{Said, State};
use crate::page::preferences::{Choices, Chosen};
use crate::page::*;
use crate::{Frame, Paths};

/// Each page of a kind, by name.
pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, String)> {
    let frame = || frame(language, kind);
    let print = print::View { frame: frame(), edition: content::edition(kind) };
    let mut pages = vec![
        ("print".to_owned(), print::render(&print)),
        ("my_data".to_owned(), my_data::render(&my_data(frame(), kind))),
        ("contribution".to_owned(), contribution::render(&contribution(frame(), kind, State::Pending))),
        ("preferences".to_owned(), preferences::render(&preferences(frame(), kind))),
    ];
    if !matches!(kind, Kind::Normal | Kind::Hostile | Kind::Empty) {
        return pages;
    }
    let masked = || "a***@e***.lv".to_owned();
    let token = || TOKEN.to_owned();
    let next = how_to_send::Next {
        month: 12,
        closes_at: time("2026-11-20T18:00"),
        sends_at: (kind != Kind::Hostile).then(|| time("2026-11-25T10:00")),
    };
    let next = (kind != Kind::Empty).then_some(next);
    let privacy = privacy::View {
        frame: frame(),
        wishes_days: if kind == Kind::Normal { 30 } else { 21 },
        networks_days: if kind == Kind::Normal { 2 } else { 1 },
    };
    let ask = new_address::Now::Ask { masked: masked(), token: token() };
    let erase = erase::Now::Ask {
        masked: masked(),
        token: token(),
        preferences: token(),
        wrong: (kind == Kind::Hostile).then_some(erase::Wrong::NotSure),
    };
    let kept = match kind {
        Kind::Normal => 2,
        Kind::Hostile => 1,
        Kind::Empty | Kind::One | Kind::Many => 0,
    };
    let mut more = vec![
        ("how_to_send", how_to_send::render(&how_to_send::View { frame: frame(), next })),
        ("privacy", privacy::render(&privacy)),
        ("new_address", new_address::render(&new_address::View { frame: frame(), now: ask })),
        (
            "new_address_moved",
            new_address::render(&new_address::View { frame: frame(), now: new_address::Now::Moved }),
        ),
        ("erase", erase::render(&erase::View { frame: frame(), now: erase })),
        ("erase_done", erase::render(&erase::View { frame: frame(), now: erase::Now::Erased { kept } })),
        ("own_address", own_address::render(&own_address(frame(), kind))),
        ("preferences_again", preferences::render(&again(frame(), kind))),
        (
            "preferences_gone",
            preferences::render(&preferences::View { choices: None, ..preferences(frame(), kind) }),
        ),
    ];
    let month = 12;
    let url = Paths::local().item(2026, 12, "cimdu-adisana");
    let states = [
        (
            "contribution_asked",
            State::Asked { question: kind.words("Kas fotografēja?\n\nUn cikos sāksies?") },
        ),
        ("contribution_approved", State::Approved { month }),
        ("contribution_planned", State::Planned { month }),
        ("contribution_closed", State::Closed { month }),
        ("contribution_published", State::Published { month, url }),
        ("contribution_rejected", State::Rejected { reason: kind.words("Par to jau rakstījām novembrī.") }),
        (
            "contribution_put_aside",
            State::PutAside { questions: vec![kind.words("Cik gara būs nodarbība?")] },
        ),
        ("contribution_postponed", State::Postponed { month: 1 }),
        ("contribution_merged", State::Merged),
        ("contribution_withdrawn", State::Withdrawn),
    ];
    for (name, state) in states {
        let mut view = contribution(frame(), kind, state);
        view.said = match view.state {
            State::Withdrawn if kind == Kind::Normal => Some(Said::Withdrawn),
            State::Approved { .. } if kind == Kind::Hostile => Some(Said::Overtaken),
            _ => None,
        };
        more.push((name, contribution::render(&view)));
    }
    pages.extend(more.into_iter().map(|(name, page)| (name.to_owned(), page)));
    pages
}

fn contribution(frame: Frame, kind: Kind, state: State) -> contribution::View {
    let mut item = content::item(kind, 0);
    item.photos.truncate(kind.count(1));
    item.photos
        .iter_mut()
        .for_each(|photo| photo.url = Paths::local().contribution_photo(TOKEN, &"0a".repeat(32)));
    let sent = match kind {
        Kind::Empty => String::new(),
        // As printed.
        Kind::One => item.text.clone(),
        Kind::Normal | Kind::Hostile | Kind::Many => kind.words(
            "Labdien! No 2. decembra bibliotēka trešdienās vaļā līdz 20. Varēs izmantot datoru.\n\nIlze R.",
        ),
    };
    if kind == Kind::Empty {
        item.title = String::new();
    }
    contribution::View {
        frame,
        token: TOKEN.to_owned(),
        revision: 3,
        state,
        events: (0..kind.count(1))
            .map(|_| event("2026-12-02T17:00", "2026-12-02T20:00", "2. decembrī"))
            .collect(),
        item,
        sent,
        reply_to: EmailAddress::parse("zinas+i.c2k7qmv3x9@salas.example").expect("a good address"),
        said: None,
    }
}

fn preferences(frame: Frame, kind: Kind) -> preferences::View {
    preferences::View {
        choices: Some(Choices {
            language: frame.language,
            municipality: kind.perhaps("Jēkabpils novads"),
            municipalities: (0..kind.count(2)).map(|_| kind.words("Aizkraukles novads")).collect(),
            plain_text: kind == Kind::Many,
            pause: match kind {
                Kind::Normal | Kind::Empty => Chosen::None,
                Kind::One => Chosen::Issues(1),
                Kind::Many => Chosen::Issues(2),
                Kind::Hostile => Chosen::Until("2027-02-01".to_owned()),
            },
            holds: match kind {
                Kind::Normal | Kind::Empty => None,
                Kind::One => Some(Pause::Issues(1)),
                Kind::Many => Some(Pause::Issues(2)),
                Kind::Hostile => Some(Pause::Until(day("2027-02-01"))),
            },
            waiting: (kind == Kind::Many).then(|| "i***@b***.lv".to_owned()),
        }),
        frame,
        token: TOKEN.to_owned(),
        masked: "a***@e***.lv".to_owned(),
        problems: Vec::new(),
        said: match kind {
            Kind::Many => Some(preferences::Said::Saved),
            Kind::One => Some(preferences::Said::OwnSent),
            Kind::Empty => Some(preferences::Said::OwnNot),
            Kind::Normal | Kind::Hostile => None,
        },
        leave: TOKEN.to_owned(),
    }
}

fn own_address(frame: Frame, kind: Kind) -> own_address::View {
    own_address::View {
        frame,
        token: TOKEN.to_owned(),
        masked: "a***@e***.lv".to_owned(),
        waiting: (kind == Kind::Normal).then(|| "i***@b***.lv".to_owned()),
        typed: if kind == Kind::Normal { String::new() } else { kind.words("anna") },
        problem: match kind {
            Kind::Normal | Kind::One | Kind::Many => None,
            Kind::Empty => Some(own_address::Problem::Nobody),
            Kind::Hostile => Some(own_address::Problem::Shape),
        },
        asked: kind == Kind::Normal,
    }
}

/// The form as it comes back.
fn again(frame: Frame, kind: Kind) -> preferences::View {
    use preferences::Problem;
    let mut view = preferences(frame, kind);
    view.problems = match kind {
        Kind::Normal => vec![Problem::DayPast],
        Kind::Empty => vec![Problem::DayMissing],
        Kind::Hostile | Kind::One | Kind::Many => {
            vec![Problem::MunicipalityTooLong, Problem::DayTooFar]
        }
    };
    if let Some(choices) = &mut view.choices {
        choices.pause = Chosen::Until(kind.perhaps("2020-01-01"));
    }
    view
}

fn my_data(frame: Frame, kind: Kind) -> my_data::View {
    let at = time("2026-03-14T11:05");
    let text = || kind.perhaps("Sestdien talka. Nāciet!\n\nhttps://talka.example");
    my_data::View {
        language: frame.language,
        frame,
        token: TOKEN.to_owned(),
        preferences: TOKEN.to_owned(),
        address: "anna@example.lv".to_owned(),
        state: "confirmed",
        municipality: kind.perhaps("Jēkabpils novads"),
        plain_text: kind == Kind::One,
        pause: (kind != Kind::Empty).then_some(Pause::Issues(2)),
        confirmed_at: (kind != Kind::Empty).then_some(at),
        changed_at: at,
        new_address: (kind == Kind::One).then(|| "anna@cita.example".to_owned()),
        consent: (0..kind.count(2))
            .map(|index| my_data::Consent {
                at,
                act: if index == 0 { Act::Requested } else { Act::Confirmed },
                words: kind.words("Piekrītu reizi mēnesī e-pastā saņemt “Sēlijas salu ziņu” numuru."),
                channel: if index == 0 { "form" } else { "link" }.to_owned(),
                origin: if index == 0 { kind.words("203.0.113.0/24") } else { String::new() },
            })
            .collect(),
        blocked_since: matches!(kind, Kind::Hostile | Kind::Many).then(|| time("2026-11-24T11:05")),
        contributor: (kind != Kind::Empty)
            .then(|| my_data::Contributor { name: kind.words("Anna Bērziņa"), reminders: true }),
        items: (0..kind.count(1))
            .map(|_| my_data::Item {
                at,
                title: kind.words("Talka"),
                state: "Publicēta".to_owned(),
                text: text(),
            })
            .collect(),
        letters: (0..kind.count(1))
            .map(|_| my_data::Letter { at, subject: kind.words("Par talku"), text: text() })
            .collect(),
        received: (0..kind.count(1))
            .map(|index| my_data::Mail {
                at,
                subject: if index == 0 { kind.words("Talka") } else { String::new() },
            })
            .collect(),
        sent: (0..kind.count(2)).map(|index| my_data::Sent { at, is_issue: index % 2 == 0 }).collect(),
    }
}
