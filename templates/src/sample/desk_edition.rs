//! The pages of an issue at the desk.

use subscribers::Language;

use super::desk::desk;
use super::{Kind, event, time};
use crate::Finding;
use crate::desk::edition::{Head, Preview, Shown};
use crate::desk::{issue, issue_deliveries, issue_sending, issue_sure, issue_view, issues};

/// Each page of a kind, by name.
pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, String)> {
    let mut pages = vec![
        ("issue".to_owned(), issue::render(&open(language, kind))),
        ("issues".to_owned(), issues::render(&list(language, kind))),
        ("issue_deliveries".to_owned(), issue_deliveries::render(&deliveries(language, kind))),
    ];
    for (name, stage, tally) in stages(kind) {
        if matches!(kind, Kind::Normal | Kind::Hostile) || name == "going" {
            let view = sending(language, kind, stage, tally);
            pages.push((format!("issue_sending_{name}"), issue_sending::render(&view)));
        }
    }
    if matches!(kind, Kind::Normal | Kind::Hostile) {
        for (name, what) in sure(kind) {
            let view = issue_sure::View {
                desk: desk(language, kind),
                head: head(),
                what,
                hash: "c0ffee".to_owned(),
                draft: "1.a.b.c.d.7-3".to_owned(),
                changed: (kind == Kind::Hostile).then(|| changed(kind)),
            };
            pages.push((format!("issue_sure_{name}"), issue_sure::render(&view)));
        }
        for (name, lost) in lost(kind) {
            let by = Some((kind.words("Ilze"), time("2026-11-25T08:15")));
            let overtaken = Some(issue::Overtaken { by, what: lost });
            pages.push((
                format!("issue_overtaken_{name}"),
                issue::render(&issue::View { overtaken, ..open(language, kind) }),
            ));
        }
        for view in Shown::ALL {
            let view = issue_view::View {
                desk: desk(language, kind),
                head: head(),
                preview: preview(language, kind, view),
                subject: kind.words("Decembra ziņas: gaismas logs Sunākstē"),
            };
            let name = view.preview.view.name().replace('-', "_");
            pages.push((format!("issue_view_{name}"), issue_view::render(&view)));
        }
    }
    if kind == Kind::Empty {
        pages.push(("issues_none".to_owned(), issues::render_none(&desk(language, kind))));
    }
    pages
}

fn head() -> Head {
    Head { id: 3, year: 2026, month: 12, number: 12, running_number: 58 }
}

fn preview(language: Language, kind: Kind, view: Shown) -> Preview {
    Preview { view, language, address: kind.words("anna@salas.example") }
}

fn open(language: Language, kind: Kind) -> issue::View {
    let item = kind.words("Pieteikties mācībām Ilgu muižā");
    let finding = |number: usize| match number {
        0 => issue::Check {
            finding: Finding::BrokenLink { item: item.clone(), url: "https://muiza.example/x".to_owned() },
            at: "/item/7#text".to_owned(),
            blocks: false,
        },
        3 => issue::Check {
            finding: Finding::VagueLink { item: item.clone(), words: "piesakieties šeit".to_owned() },
            at: "/item/7#text".to_owned(),
            blocks: false,
        },
        4 => issue::Check {
            finding: Finding::DayUnchosen { item: item.clone() },
            at: "/item/7#event-0".to_owned(),
            blocks: true,
        },
        5 => issue::Check {
            finding: Finding::TooLarge { octets: 97_300 },
            at: "#order".to_owned(),
            blocks: true,
        },
        1 => issue::Check { finding: Finding::Undecided { count: 2 }, at: String::new(), blocks: false },
        _ => issue::Check {
            finding: Finding::SubjectLength { characters: 90 },
            at: "#subject".to_owned(),
            blocks: number == 2,
        },
    };
    let placed = |number: usize| issue::Placed {
        id: 7 + number as i64,
        title: kind.words("Trešdienās Sunākstes bibliotēkas logā gaisma deg līdz astoņiem"),
        place: kind.perhaps("Sunākste, Aizkraukles novads"),
        photos: number,
        section: usize::from(number > 2),
    };
    let line = |number: usize| issue::Line {
        key: format!("{}.2026-12-06T15:00:00.", 7 + number),
        event: event("2026-12-06T15:00", "", "6. decembrī plkst. 15.00"),
        item: 7 + number as i64,
        title: kind.words("Lāpu gājiens Neretā"),
        place: kind.perhaps("Nereta"),
        shown: number != 1,
        past: number == 2,
        twin: (number == 1).then(|| kind.words("Gājiens ar lāpām")),
    };
    let outside = |number: usize| issue::Outside {
        id: 40 + number as i64,
        title: kind.words("Dvietes muižā lies vaska sveces"),
        left_out: number == 0,
    };
    let fine =
        [issue::Fine::Photos, issue::Fine::Funder, issue::Fine::Links, issue::Fine::Weight(17, 4, 197)];
    issue::View {
        desk: desk(language, kind),
        head: head(),
        state: match kind {
            Kind::Empty => issue::Open::Draft,
            Kind::Many => issue::Open::Held,
            Kind::Normal | Kind::Hostile | Kind::One => issue::Open::Ready,
        },
        sends_at: (kind != Kind::Empty).then(|| time("2026-11-25T10:00")),
        readers: kind.count(412),
        checks: (0..kind.count(2)).map(finding).collect(),
        links_unseen: false,
        fine: fine[..kind.count(4).min(4)].to_vec(),
        sections: ["Ziņas", "Konkursi"][..kind.count(2).clamp(1, 2)]
            .iter()
            .map(|words| kind.words(words))
            .collect(),
        items: (0..kind.count(5)).map(placed).collect(),
        outside: (0..kind.count(2)).map(outside).collect(),
        calendar: (0..kind.count(3)).map(line).collect(),
        words: issue::Words {
            was: "a1".to_owned(),
            subject: kind.perhaps("Decembra ziņas: gaismas logs Sunākstē un jauna piestātne Kaplavā"),
            proposed: kind.words("Decembra ziņas: gaismas logs Sunākstē"),
            note: kind.perhaps("Labdien!\n\nDecembrī Sēlijā satumst ap četriem."),
            signed: kind.perhaps("Anna Miglasēta"),
            subject_max: (kind == Kind::Hostile).then_some(120),
            note_max: (kind == Kind::Hostile).then_some(4_000),
        },
        funders: (0..kind.count(1)).map(|_| kind.words("Atbalsta Sabiedrības integrācijas fonds.")).collect(),
        order_was: "b2".to_owned(),
        calendar_was: "c3".to_owned(),
        preview: preview(language, kind, Shown::Phone),
        overtaken: None,
        unfit: false,
    }
}

fn lost(kind: Kind) -> [(&'static str, issue::Lost); 3] {
    let words = |text: &str| kind.words(text);
    [
        ("order", issue::Lost::Order(vec![words("Lāpu gājiens Neretā"), words("Talka Ritē")])),
        ("words", issue::Lost::Words { subject: words("Cits temats"), note: words("Cits ievads.") }),
        ("other", issue::Lost::Other),
    ]
}

fn sure(kind: Kind) -> [(&'static str, issue_sure::What); 4] {
    let content = || issue_sure::Content {
        readers: 412,
        subject: kind.words("Decembra ziņas: gaismas logs Sunākstē"),
        titles: vec![kind.words("Lāpu gājiens Neretā"), kind.words("Talka Ritē")],
        dates: 9,
        findings: vec![Finding::PhotoWithoutCredit { item: kind.words("Lāpu gājiens Neretā") }],
        outside: 2,
    };
    let first = time("2026-11-25T10:10");
    [
        (
            "approve",
            issue_sure::What::Approve {
                content: content(),
                at: 1_795_593_600_000,
                send_at: time("2026-11-25T10:00"),
                first,
            },
        ),
        ("send", issue_sure::What::Send { content: content(), first }),
        ("stop_before", issue_sure::What::Stop { counts: None }),
        ("stop_after", issue_sure::What::Stop { counts: Some((331, 81)) }),
    ]
}

fn changed(kind: Kind) -> Vec<issue_sure::Changed> {
    use issue_sure::Done;
    let title = || kind.words("Talka Ritē");
    let by = |time_of| Some((kind.words("Ilze"), time(time_of)));
    let done = [
        Done::Reopened,
        Done::Order,
        Done::Words,
        Done::Calendar,
        Done::PutIn(title()),
        Done::TakenOut(title()),
        Done::Item(title()),
    ];
    let mut all: Vec<_> =
        done.map(|done| issue_sure::Changed { by: by("2026-11-25T08:15"), done }).into_iter().collect();
    all.push(issue_sure::Changed { by: by("2026-11-24T18:00"), done: Done::Order });
    all.push(issue_sure::Changed { by: None, done: Done::TakenOut(title()) });
    all.push(issue_sure::Changed { by: None, done: Done::Found });
    all
}

fn stages(kind: Kind) -> Vec<(&'static str, issue_sending::Stage, bool)> {
    use issue_sending::Stage;
    let by = kind.words("Anna Miglasēta");
    let (send_at, first) = (time("2026-11-25T10:00"), time("2026-11-25T10:10"));
    vec![
        ("approved", Stage::Approved { by: by.clone(), send_at, first }, false),
        ("hold", Stage::Hold { first }, false),
        ("hold_paused", Stage::HoldPaused { first }, false),
        ("going", Stage::Going { since: first }, true),
        ("paused", Stage::Paused, true),
        ("sent", Stage::Sent { at: time("2026-11-24T10:21") }, true),
        ("stopped", Stage::Stopped { by: by.clone(), at: first }, true),
        ("stopped_before", Stage::Stopped { by, at: first }, false),
    ]
}

fn sending(language: Language, kind: Kind, stage: issue_sending::Stage, tally: bool) -> issue_sending::View {
    let provider = |number: usize| issue_sending::Provider {
        domain: if number == 3 { String::new() } else { kind.words("pasts.example") },
        accepted: 121,
        waiting: 44,
        deferred: 9,
    };
    let numbers = || issue_sending::Tally {
        accepted: kind.count(331),
        waiting: kind.count(69),
        deferred: kind.count(9),
        refused: kind.count(2),
        uncertain: kind.count(1),
        abandoned: kind.count(0),
        bounced: kind.count(0),
        pace: kind.count(40),
        slow: (0..kind.count(1)).map(|_| kind.words("pasts.example")).collect(),
        slow_next: (kind != Kind::Empty).then(|| time("2026-11-25T10:30")),
        uncertain_next: (kind == Kind::Normal).then(|| time("2026-11-25T11:20")),
        gone: kind.count(2),
        providers: (0..kind.count(4).min(4)).map(provider).collect(),
    };
    issue_sending::View {
        desk: desk(language, kind),
        head: head(),
        stage,
        now: time("2026-11-25T10:18"),
        readers: kind.count(412),
        subject: kind.words("Decembra ziņas: gaismas logs Sunākstē"),
        tally: tally.then(numbers),
        items: (7..)
            .zip((0..if tally { kind.count(3) } else { 0 }).map(|_| kind.words("Gaismas logs Sunākstē")))
            .collect(),
        preview: preview(language, kind, Shown::Phone),
        alert: (kind == Kind::Hostile).then_some(issue_sending::Alert::Closed),
        fault: (kind == Kind::Hostile).then(|| kind.words("the relay refuses our user name or password")),
    }
}

fn deliveries(language: Language, kind: Kind) -> issue_deliveries::View {
    use ::issues::delivery::{Abandoned, Because};
    use issue_deliveries::{Attempt, Filter, Outcome, Row, State};
    let states = [
        (State::Refused, Some(Because::NoMailbox)),
        (State::Deferred, Some(Because::Busy)),
        (State::Uncertain, Some(Because::BrokenOff)),
        (State::Abandoned, Some(Because::Abandoned(Abandoned::Left))),
        (State::Accepted, Some(Because::CameBack)),
        (State::Accepted, None),
        (State::Queued, None),
        (State::OnTheLine, None),
        (State::Refused, Some(Because::Full)),
        (State::Refused, Some(Because::Policy)),
        (State::Refused, Some(Because::Other)),
        (State::Abandoned, Some(Because::Abandoned(Abandoned::Expired))),
        (State::Abandoned, Some(Because::Abandoned(Abandoned::Suppressed))),
        (State::Abandoned, Some(Because::Abandoned(Abandoned::Stopped))),
    ];
    let attempt = |number: usize| Attempt {
        at: time("2026-11-25T10:12"),
        outcome: [Outcome::Of(State::Refused), Outcome::Running, Outcome::OurFault, Outcome::Withheld]
            [number % 4],
        reply: kind.perhaps("550 5.1.1 <janis@pasts.example>: no such user"),
    };
    let row = |number: usize| {
        let (state, why) = states[number % states.len()];
        Row {
            address: kind.perhaps("janis@pasts.example"),
            reader: Some(12).filter(|_| kind != Kind::Empty),
            state,
            why,
            next: (state == State::Deferred).then(|| time("2026-11-25T10:30")),
            attempts: (0..(number % 3)).map(attempt).collect(),
        }
    };
    issue_deliveries::View {
        desk: desk(language, kind),
        head: head(),
        filter: Filter::NotDelivered,
        counts: vec![(Filter::All, 412), (Filter::NotDelivered, kind.count(3))],
        rows: (0..kind.count(14)).map(row).collect(),
        next: (kind == Kind::Many).then_some(77),
        later: kind == Kind::Many,
    }
}

fn list(language: Language, kind: Kind) -> issues::View {
    use issues::State;
    let states = [
        State::Draft,
        State::Ready,
        State::Held,
        State::Approved,
        State::Sending,
        State::Paused,
        State::Sent,
        State::Stopped,
    ];
    let line = |number: usize| issues::Line {
        head: Head { id: 20 - number as i64, ..head() },
        state: states[number % states.len()],
        title: kind.perhaps("Decembra ziņas: gaismas logs Sunākstē"),
        items: kind.count(8),
        readers: (number > 3).then_some(412),
    };
    issues::View { desk: desk(language, kind), issues: (0..kind.count(8)).map(line).collect() }
}
