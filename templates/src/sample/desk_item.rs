//! The page of an item in every state, complete and bare, and as it comes back when something was missing.

use chrono::{DateTime, Utc, Weekday};
use issues::reading::Verified;
use issues::unanswered::put_aside_at;
use issues::{
    Edition, EventDetails, EventFields, EventStatus, Framing, ItemState, Limited, Shape, WEEKDAY_MISMATCH,
    Wording,
};
use subscribers::Language;

use super::desk::taken;
use super::{Kind, content, desk, event, mail, time};
use crate::desk::item::*;
use crate::desk::verbs::Words;
use crate::diff;
use crate::page::decide::Problem;
use crate::page::decided::{Decided, Outcome};

/// Each page of a kind, by name.
pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, String)> {
    let mut pages = vec![("item".to_owned(), render(&item(language, kind)))];
    if kind == Kind::Normal {
        pages.extend(states().map(|(state, settled)| {
            let name = format!("item_{}", state.name());
            let out = out(&state);
            let put_aside_on = put_aside_at(&state).map(|at| at.date_naive());
            (
                name,
                render(&View {
                    state,
                    settled,
                    out,
                    put_aside_on,
                    walk: Walk::default(),
                    ..item(language, kind)
                }),
            )
        }));
        let bare = View { letter: None, events: vec![empty()], photos: Vec::new(), ..item(language, kind) };
        pages.push(("item_bare".to_owned(), render(&bare)));
    }
    if matches!(kind, Kind::Normal | Kind::Hostile) {
        pages.push(("item_corrected".to_owned(), render(&corrected(language, kind))));
        let problems = vec![
            Problem::TitleMissing,
            Problem::TooLong(Limited::Text),
            Problem::TooLong(Limited::BylineRole),
            Problem::TooLong(Limited::PhotoCaption(0)),
            Problem::TooLong(Limited::EventPrice(1)),
            Problem::TooLong(Limited::Municipality(0)),
            Problem::DescriptionMissing(0),
            Problem::DayUnchosen(0),
            Problem::EventWrong(1),
            Problem::WordsLeft(1),
            Problem::LinkWrong(1),
            Problem::QuestionMissing,
            Problem::ReasonTooLong,
        ];
        let typed = Words { ready: vec!["credit".to_owned()], own: kind.words("Cik ilgi tas būs?") };
        let wrong = View { problems, question: typed, ..item(language, kind) };
        pages.push(("item_wrong".to_owned(), render(&wrong)));
        pages.push(("item_overtaken".to_owned(), render(&overtaken(language, kind))));
    }
    pages
}

fn corrected(language: Language, kind: Kind) -> View {
    let made = |number: usize| Corrected {
        by: kind.words("Anna"),
        at: time(if number == 0 { "2026-11-25T09:30" } else { "2026-11-25T11:02" }),
        text: kind.words("Koncerts sākas plkst. 18.00, nevis 17.00."),
    };
    let corrections = Corrections {
        made: (0..2).map(made).collect(),
        public: "/2026/11/cimdu-adisana".to_owned(),
        typed: kind.words("Vada Ilze Rītarasa."),
        problem: Some(if kind == Kind::Normal { NoCorrection::TooLong } else { NoCorrection::NoWords }),
    };
    let at = "2026-11-24T06:15:00Z".parse::<DateTime<Utc>>().expect("a good moment");
    let item = item(language, kind);
    let photos = item.photos.into_iter().map(|photo| Photo {
        caption: kind.words("Pagājušās reizes dzija"),
        credit: kind.words("Rites bibliotēka"),
        ..photo
    });
    View {
        photos: photos.collect(),
        state: ItemState::Published { issue: 4, at },
        settled: Some(Settled::Published),
        out: out(&ItemState::Published { issue: 4, at }),
        lost: vec![clash(kind)],
        text: kind.words("**Sestdien** adīsim *cimdus*.\n\n- dzija\n- [adatas](https://adatas.example/)"),
        marked: true,
        corrections: Some(corrections),
        walk: Walk::default(),
        ..item
    }
}

fn states() -> impl Iterator<Item = (ItemState, Option<Settled>)> {
    let (by, at) =
        (|| "Anna".to_owned(), "2026-11-24T06:15:00Z".parse::<DateTime<Utc>>().expect("a good moment"));
    [
        (ItemState::Asked { question: "Kas fotografēja?".to_owned(), by: by(), at, reminded: None }, None),
        (ItemState::Approved { by: by(), at }, None),
        (ItemState::Rejected { reason: "Jau bija.".to_owned(), by: by(), at }, None),
        (ItemState::Postponed { to: Edition { year: 2027, month: 1 }, by: by(), at }, None),
        (ItemState::Planned { issue: 4, by: by(), at }, Some(Settled::InApprovedIssue)),
        (ItemState::Published { issue: 4, at }, Some(Settled::Published)),
        (ItemState::Merged { into: 3 }, Some(Settled::Merged)),
        (ItemState::Withdrawn { at }, Some(Settled::Withdrawn)),
    ]
    .into_iter()
}

fn overtaken(language: Language, kind: Kind) -> View {
    let outcome = Outcome::Already {
        decided: Decided::Changed,
        by: kind.words("Ilze Rītarasa"),
        at: time("2026-11-24T08:15"),
    };
    let clashes = vec![clash(kind)];
    View { overtaken: Some(Overtaken { outcome, clashes }), ..item(language, kind) }
}

fn clash(kind: Kind) -> Clash {
    Clash {
        field: ClashField::Text,
        theirs: kind.words("Sestdien Rites bibliotēkā adīsim cimdus."),
        mine: kind.words("Svētdien Rites bibliotēkā adīsim zeķes."),
    }
}

fn out(state: &ItemState) -> Option<Out> {
    let at = matches!(state, ItemState::Published { .. }).then(|| time("2026-11-25T10:10"));
    state.issue().map(|issue| Out { issue, month: 12, at })
}

fn empty() -> Dated {
    Dated {
        event: None,
        fields: EventFields::default(),
        details: EventDetails::default(),
        status: EventStatus::Confirmed,
        chosen: String::new(),
        remove: false,
        sure: None,
        words: None,
        words_on: Vec::new(),
    }
}

fn item(language: Language, kind: Kind) -> View {
    let published = content::item(kind, 3);
    let text =
        kind.perhaps("Sestdien, 12. decembrī, plkst. 11.00 Rites bibliotēkā adīsim cimdus. Dzija būs.");
    View {
        desk: desk::desk(language, kind),
        id: 7,
        revision: if kind == Kind::Normal { 3 } else { 1 },
        state: ItemState::Pending,
        changed_at: time("2026-11-24T08:14"),
        put_aside_on: None,
        walk: Walk { place: (kind != Kind::Empty).then_some(1), of: kind.count(4), previous: None, next: kind.option("8").map(|_| 8) },
        sender: Sender {
            name: kind.perhaps("Rites bibliotēka"),
            received_at: time("2026-11-23T16:41"),
            earlier: (kind != Kind::Empty).then(|| if kind == Kind::One { 0 } else { 14 }),
            failed: kind == Kind::Hostile,
            taken: taken(kind),
        },
        warnings: mail::warnings(kind),
        title: kind.perhaps("Cimdu adīšana Rites bibliotēkā"),
        cleaned: diff::words(&kind.perhaps("Labdien 12. decembrī plkst 11os Rites bibliotēkā adīsim cimdus, dzija būs. P.S. atvaļinājums"), &text),
        suggestions: if kind == Kind::Empty { Vec::new() } else { issues::language::suggestions("Rite - \"Saulē\" plkst. 18:00...", "lv") },
        text,
        marked: false,
        section: "zinas".to_owned(),
        sections: (0..kind.count(2)).map(|number| (if number == 0 { "zinas".to_owned() } else { format!("s{number}") }, kind.words("Ziņas"))).collect(),
        byline: Byline {
            name: kind.perhaps("Rasma Miglasēta"),
            role: kind.perhaps("vadītāja"),
            organisation: published.byline.unwrap_or_default(),
        },
        events: dated(kind),
        places: placed(kind),
        photos: photos(kind),
        question: Words::default(),
        reason: Words::default(),
        nobody_told: kind == Kind::Hostile,
        month: 12,
        closed: None,
        reads_on: if kind == Kind::Many { "2026-12-30" } else { "2026-11-25" }.parse().expect("a day"),
        placed: (kind == Kind::One).then_some((4, 12)),
        settled: None,
        out: None,
        lost: Vec::new(),
        corrections: None,
        problems: Vec::new(),
        overtaken: None,
        draft: (kind == Kind::Hostile).then(|| time("2026-11-25T08:14")),
        watching: if kind == Kind::Hostile { vec![kind.words("Ilze")] } else { Vec::new() },
        history: history(kind),
        letter: (kind != Kind::Empty).then(|| letter(kind)),
        thread: (0..kind.count(2)).map(|number| said(kind, number)).collect(),
        others: (0..kind.count(2) + usize::from(kind == Kind::Many)).map(|number| Other {
            id: 20 + number as i64,
            title: kind.perhaps("Grāmata pa tālruni"),
            state: crate::text::text(language).states.pending.to_owned(),
            waits: number == 0,
        }).collect(),
    }
}

fn dated(kind: Kind) -> Vec<Dated> {
    let sure = || Sure { by: kind.words("Anna"), at: time("2026-11-24T08:14") };
    let one = |number: usize| {
        let mut event =
            event("2026-12-06T11:00", "2026-12-06T13:00", &kind.words("sestdien, 6. decembrī plkst 11os"));
        event.all_day = false;
        if number == 1 {
            content::detailed(kind, &mut event);
        }
        if number == 0 {
            event.warn = Some(WEEKDAY_MISMATCH.to_owned());
            event.weekday = Some(Weekday::Sat);
        }
        Dated {
            fields: EventFields::of(&event),
            details: EventDetails::of(&event),
            event: Some(event),
            status: if number == 2 { EventStatus::Cancelled } else { EventStatus::Confirmed },
            chosen: String::new(),
            remove: false,
            sure: (number > 0).then(sure),
            words: (number == 1).then(|| wording(kind)),
            words_on: if number == 0 {
                vec![("2026-12-05".parse().expect("a day"), wording(kind))]
            } else {
                Vec::new()
            },
        }
    };
    (0..kind.count(2)).map(one).chain([empty()]).collect()
}

fn wording(kind: Kind) -> Wording {
    let new = (kind != Kind::One).then(|| kind.words("sestdien, 5. decembrī plkst 11os"));
    Wording { old: kind.words("sestdien, 6. decembrī plkst 11os"), new }
}

fn placed(kind: Kind) -> Vec<Placed> {
    let more =
        Placed { text: None, place: String::new(), municipality: String::new(), remove: false, sure: None };
    let one = |number: usize| Placed {
        text: Some(kind.words("Rites")),
        place: kind.words("Rite"),
        municipality: kind.words("Jēkabpils novads"),
        remove: false,
        sure: (number == 0).then(|| Sure { by: kind.words("Anna"), at: time("2026-11-24T08:14") }),
    };
    (0..kind.count(1)).map(one).chain([more]).collect()
}

fn photos(kind: Kind) -> Vec<Photo> {
    let one = |index: usize| Photo {
        url: format!("/desk/item/7/photo/{index:064x}.jpg"),
        width: 1104,
        height: 690,
        name: kind.words("IMG_20261120_1402.jpg"),
        alt: if index == 0 { String::new() } else { kind.words("Grozs ar dziju") },
        caption: kind.words("Pagājušās reizes dzija."),
        credit: if index == 0 { String::new() } else { kind.words("Vilnis Egļukalns") },
        credit_proposed: index == 1,
        gps_removed: index == 0,
        from: (index == 0).then_some(4_900_000),
        to: 48_000,
        framing: Framing { turn: index as u8 % 4, shape: Shape::ALL[index % 5], ..Framing::default() },
    };
    (0..kind.count(1).min(3)).map(one).collect()
}

fn history(kind: Kind) -> Vec<Version> {
    let one = |number: usize| Version {
        revision: 1 + number as i64,
        act: if number == 0 { String::new() } else { ["edit", "approve", "undo"][number % 3].to_owned() },
        by: if number == 0 { String::new() } else { kind.words("Anna") },
        at: time("2026-11-24T08:14"),
        changed: if number == 1 {
            diff::words(&kind.words("Dzija būs."), &kind.words("Adatas būs."))
        } else {
            Vec::new()
        },
        restorable: number < 2,
    };
    (0..kind.count(3)).map(one).collect()
}

fn letter(kind: Kind) -> Letter {
    Letter {
        message: 3,
        from: kind.words("Rites bibliotēka <rite@biblioteka.example>"),
        to: kind.words("zinas@salas.example"),
        subject: kind.words("cimdu adīšana"),
        sent_at: Some(time("2026-11-23T16:41")),
        octets: 6_700_000,
        checks: match kind {
            Kind::Hostile => vec![("DMARC", Verified::Fail), ("SPF", Verified::Fail)],
            Kind::One => Vec::new(),
            Kind::Normal | Kind::Empty | Kind::Many => {
                ["DMARC", "SPF", "DKIM"].map(|name| (name, Verified::Pass)).to_vec()
            }
        },
        files: (0..kind.count(1)).map(|_| (kind.words("IMG_20261120_1402.jpg"), 4_900_000)).collect(),
    }
}

fn said(kind: Kind, number: usize) -> Said {
    Said {
        by: number.is_multiple_of(2).then(|| kind.words("Anna")),
        at: time("2026-11-24T09:00"),
        text: kind.words("Kas fotografēja?\n\nLūdzu, uzrakstiet."),
    }
}
