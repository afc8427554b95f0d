//! The lists of the desk.

use chrono::TimeDelta;
use issues::calendar::Job;
use issues::reading::{Kind as MailKind, WarningCode};
use subscribers::Language;

use super::desk::desk;
use super::{Kind, event, time};
use crate::desk::queue::{Card, Filter, Held, Need, NextIssue, Oldest, Replied, Standing, State, Thumb};
use crate::desk::{decisions, keys, message, moments, queue};

pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, String)> {
    let mut pages = vec![
        ("queue".to_owned(), queue::render(&waiting(language, kind))),
        ("decisions".to_owned(), decisions::render(&decisions(language, kind))),
        ("message".to_owned(), message::render(&quarantined(language, kind))),
        ("moments".to_owned(), moments::render(&moments(language, kind))),
    ];
    if kind == Kind::Normal || kind == Kind::Hostile {
        pages.extend([
            ("queue_quarantine".to_owned(), queue::render(&held(language, kind))),
            ("queue_decided".to_owned(), queue::render(&decided(language, kind))),
            ("message_treated".to_owned(), message::render(&treated(language, kind))),
            ("keys".to_owned(), keys::render(&keys::View { desk: desk(language, kind) })),
        ]);
    }
    pages
}

fn waiting(language: Language, kind: Kind) -> queue::View {
    let count = kind.count(4);
    queue::View {
        desk: desk(language, kind),
        filter: Filter::New,
        counts: vec![(Filter::New, count), (Filter::Asked, kind.count(2)), (Filter::Approved, kind.count(6))],
        now: time("2026-11-25T08:41"),
        since: (kind != Kind::Empty).then(|| TimeDelta::days(3)),
        oldest: (count > 0).then_some(Oldest {
            age: TimeDelta::hours(16),
            answer_by: time(if kind == Kind::Many { "2026-11-24T16:41" } else { "2026-11-26T16:41" }),
        }),
        cards: (0..count).map(|number| card(kind, number)).collect(),
        held: Vec::new(),
        senders: Vec::new(),
        page: 1,
        pages: if kind == Kind::Many { 3 } else { 1 },
        issue: issue(kind),
        recent: (0..kind.count(3).min(5)).map(|number| done(kind, number)).collect(),
    }
}

fn card(kind: Kind, number: usize) -> Card {
    let mut event = event("2026-12-05T16:00", "", &kind.words("svētdien, 5. decembrī plkst. 16.00"));
    event.warn = (number == 1).then(|| "weekday_mismatch".to_owned());
    event.all_day = false;
    event.confirmed = (number % 4 == 3).then(|| issues::Confirmed {
        by: kind.words("Anna"),
        at: "2026-11-24T06:15:00Z".parse().expect("a good moment"),
    });
    let title =
        ["Cimdu adīšana Rites bibliotēkā", "Egles iedegšana Ilūkstē", "", "STEIDZAMI koncerts atcelts"];
    Card {
        id: 7 + number as i64,
        sender: kind.perhaps("Rites bibliotēka"),
        municipality: kind.perhaps("Jēkabpils novads"),
        age: [TimeDelta::hours(16), TimeDelta::minutes(35), TimeDelta::days(21), TimeDelta::seconds(3)]
            [number % 4],
        title: kind.words(title[number % 4]),
        words: kind.words("12. decembrī plkst 11os adīsim cimdus, dzija būs. Bilde no pagājušās reizes."),
        photo: (number == 0).then(|| Thumb {
            url: "/desk/item/7/photo/3a6e.jpg".to_owned(),
            alt: kind.words(""),
            width: 1600,
            height: 1000,
        }),
        event: (number != 2).then_some(event),
        more_events: number % 3,
        place: kind.words("Rite"),
        place_confirmed: number % 2 == 1,
        earlier: [Some(14), Some(0), None, Some(21)][number % 4],
        sender_failed: number % 4 == 3,
        warning: (number == 0).then_some(WarningCode::MissingCredit),
        standing: None,
        replied: (number < 2).then(|| Replied {
            age: TimeDelta::minutes(20),
            words: kind.words("Foto: Vilnis Egļukalns"),
            question: (number == 0).then(|| kind.words("Kas fotografēja?")),
        }),
        watching: (0..number % 2).map(|_| kind.words("Ilze")).collect(),
        others: (0..number).map(|other| (30 + other as i64, kind.words("Talka pie ezera"))).collect(),
        more_others: number / 10,
    }
}

fn held(language: Language, kind: Kind) -> queue::View {
    let reasons = [
        message::Reason::FailedThrice,
        message::Reason::TooLarge { size: Some(61_000_000), limit: Some(50_000_000) },
        message::Reason::Nested,
        message::Reason::Blocked,
        message::Reason::Other,
    ];
    let held = |(number, reason): (i64, message::Reason)| Held {
        id: number,
        sender: kind.words("ilze@biblioteka.example"),
        age: TimeDelta::hours(number),
        subject: kind.words(if number == 1 { "" } else { "Bildes no svētkiem" }),
        reason,
    };
    queue::View {
        filter: Filter::Quarantine,
        counts: vec![(Filter::Quarantine, reasons.len())],
        cards: Vec::new(),
        held: (1..).zip(reasons).map(held).collect(),
        senders: (0..kind.count(2)).map(|_| super::desk::blocked(kind)).collect(),
        ..waiting(language, kind)
    }
}

fn decided(language: Language, kind: Kind) -> queue::View {
    let states = [
        State::Asked { question: kind.words("Kas fotografēja?"), until: Some(super::day("2026-12-24")) },
        State::Approved,
        State::Planned,
        State::Postponed { month: 1 },
        State::Rejected { reason: kind.words("Tas jau bija iepriekšējā numurā.") },
    ];
    let card = |(number, state): (usize, State)| Card {
        standing: Some(Standing { state, by: kind.words("Anna"), at: time("2026-11-24T21:40") }),
        ..card(kind, number)
    };
    queue::View {
        filter: Filter::Rejected,
        counts: vec![(Filter::Rejected, 103)],
        cards: (0..).zip(states).map(card).collect(),
        page: 2,
        pages: 3,
        issue: NextIssue { need: Need::Mending { findings: 2 }, ..issue(kind) },
        ..waiting(language, kind)
    }
}

fn issue(kind: Kind) -> NextIssue {
    NextIssue {
        month: 12,
        places: ["Rite", "Ilūkste", "Nereta"].map(|place| kind.words(place)).to_vec(),
        sends_at: (kind != Kind::Empty).then(|| time("2026-11-25T10:00")),
        items: kind.count(6),
        dates: kind.count(9),
        need: match kind {
            Kind::Normal | Kind::Hostile => Need::Approval,
            Kind::Empty => Need::Assembly { at: Some(time("2026-12-20T09:00")) },
            Kind::One => Need::Hold,
            Kind::Many => Need::Nothing,
        },
    }
}

fn done(kind: Kind, number: usize) -> decisions::Done {
    use decisions::Undo;
    let acts = ["approve", "ask", "reject", "undo", "edit", "postpone", "withdraw", "confirm"];
    decisions::Done {
        of: if number % 4 == 3 {
            decisions::Of::Message(40 + number as i64)
        } else {
            decisions::Of::Item(40 + number as i64)
        },
        title: kind.words(if number == 4 { "" } else { "Lāpu gājiens Neretā" }),
        act: acts[number % acts.len()].to_owned(),
        by: kind.words(if number == 6 { "" } else { "Anna" }),
        channel: ["desk", "link", "command", "mail"][number % 4].to_owned(),
        at: time(["2026-11-25T08:12", "2026-11-24T21:40", "2026-11-20T09:00"][number % 3]),
        undo: match number % 8 {
            0..=2 => Undo::Possible { revision: 3 },
            3 => Undo::Pointless,
            4 => Undo::Undone,
            5 => Undo::IssueApproved,
            6 => Undo::Withdrawn,
            _ => Undo::Later,
        },
    }
}

fn decisions(language: Language, kind: Kind) -> decisions::View {
    let overtaken = || decisions::Refused::Overtaken {
        title: kind.words("Lāpu gājiens Neretā"),
        by: kind.words("Ilze"),
        at: time("2026-11-25T08:15"),
    };
    decisions::View {
        desk: desk(language, kind),
        done: (0..kind.count(8)).map(|number| done(kind, number)).collect(),
        page: 1,
        pages: if kind == Kind::Many { 2 } else { 1 },
        refused: match kind {
            Kind::Hostile => Some(overtaken()),
            Kind::One => Some(decisions::Refused::Cannot),
            Kind::Normal | Kind::Empty | Kind::Many => None,
        },
    }
}

fn quarantined(language: Language, kind: Kind) -> message::View {
    let header = |name: &str, value: &str| (name.to_owned(), kind.words(value));
    let file = |_| message::File {
        name: kind.perhaps("svētki.jpg"),
        media_type: kind.words("image/jpeg"),
        octets: 4_900_000,
    };
    message::View {
        desk: desk(language, kind),
        id: 12,
        subject: kind.perhaps("Bildes no svētkiem"),
        sender: kind.perhaps("Ilze <ilze@biblioteka.example>"),
        received_at: time("2026-11-24T21:40"),
        standing: message::Standing::Quarantined(message::Reason::TooLarge {
            size: Some(61_000_000),
            limit: Some(50_000_000),
        }),
        refused: kind == Kind::One,
        treated: None,
        taken: super::desk::taken(kind),
        items: Vec::new(),
        letters: Vec::new(),
        shown: if kind == Kind::Empty {
            message::Shown::Nothing
        } else {
            message::Shown::Original {
                envelope: Some(kind.words("ilze@biblioteka.example")),
                headers: vec![header("From", "Ilze <ilze@biblioteka.example>"), header("Subject", "Bildes")],
                text: kind.words("Labdien!\nSūtu bildes."),
                has_html: kind != Kind::One,
                files: (0..kind.count(2)).map(file).collect(),
            }
        },
        octets: 2_300,
    }
}

fn treated(language: Language, kind: Kind) -> message::View {
    message::View {
        standing: message::Standing::Sorted(MailKind::Submission),
        refused: true,
        treated: Some(message::Treated {
            kind: Some(MailKind::Submission),
            by: kind.words("Anna"),
            at: time("2026-11-25T08:12"),
        }),
        items: vec![7, 8],
        letters: vec![3],
        ..quarantined(language, kind)
    }
}

fn moments(language: Language, kind: Kind) -> moments::View {
    use moments::UnderWay;
    let days = ["2026-11-25T10:00", "2026-11-26T10:00", "2026-12-20T09:00", "2026-12-01T04:00"];
    let moment = |(job, next): (Job, &str)| moments::Moment {
        job,
        next: (kind != Kind::Empty).then(|| time(next)),
        last: (kind != Kind::Empty).then(|| time("2026-10-28T10:00")),
    };
    moments::View {
        desk: desk(language, kind),
        now: time("2026-11-25T08:41"),
        moments: Job::ALL.into_iter().zip(days).map(moment).collect(),
        under_way: match kind {
            Kind::Normal => vec![UnderWay::Holding { month: 12, until: time("2026-11-25T10:10") }],
            Kind::Hostile | Kind::Many => vec![UnderWay::Sending { month: 12, done: 120, of: 412 }],
            Kind::One => vec![UnderWay::Paused { month: 12 }],
            Kind::Empty => Vec::new(),
        },
        routing: kind.count(1),
        last_arrival: (kind != Kind::Empty).then(|| time("2026-11-25T08:06")),
        mails: kind.count(2),
        fault: (kind == Kind::Hostile).then(|| moments::Fault {
            since: time("2026-11-24T23:55"),
            reply: kind.words("535 5.7.8 authentication failed"),
        }),
    }
}
