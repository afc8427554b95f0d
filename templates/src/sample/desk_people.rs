//! Letters and readers at the desk.

use subscribers::{Act, Language, SuppressionReason};

use super::desk::desk;
use super::{Kind, mail, time};
use crate::desk::{import, letters, reader, readers};

pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, String)> {
    let mut pages = vec![
        ("letters_list".to_owned(), letters::list(&letter_list(language, kind))),
        ("letters".to_owned(), letters::render(&letter(language, kind))),
        ("readers".to_owned(), readers::render(&reader_list(language, kind))),
        ("reader".to_owned(), reader::render(&reader_view(language, kind))),
        ("import_looked".to_owned(), import_step(language, kind, looked(kind))),
    ];
    if matches!(kind, Kind::Normal | Kind::Hostile) {
        let address = kind.words("milda@pasts.example");
        let problem = (kind == Kind::Hostile).then_some(reader::Problem::NotSure);
        let erase = reader::Erase { desk: desk(language, kind), id: 12, address, problem };
        let wrong = (kind == Kind::Hostile).then_some(import::Wrong::NoColumn);
        let choose = import::Step::Choose { wrong };
        let taken = import::Step::Taken { report: report(kind) };
        pages.extend([
            ("reader_erase".to_owned(), reader::erase(&erase)),
            ("import_choose".to_owned(), import_step(language, kind, choose)),
            ("import_taken".to_owned(), import_step(language, kind, taken)),
        ]);
    }
    pages
}

fn letter_list(language: Language, kind: Kind) -> letters::List {
    let line = |number: usize| letters::Line {
        id: 3 + number as i64,
        from: kind.words("Milda Priedniece <milda@pasts.example>"),
        subject: kind.perhaps("Re: Decembra ziņas"),
        text: kind.perhaps("Labdien! Cikos sākas danči Saukā? Mēs brauktu visa ģimene, arī mazie."),
        received_at: time("2026-11-24T19:05"),
    };
    letters::List {
        desk: desk(language, kind),
        state: letters::State::Open,
        counts: [kind.count(2), kind.count(6), 1, 0],
        letters: (0..kind.count(2)).map(line).collect(),
    }
}

fn letter(language: Language, kind: Kind) -> letters::View {
    let settled = |state, item| letters::Settled {
        state,
        by: kind.words("Anna Miglasēta"),
        at: time("2026-11-25T08:40"),
        item,
    };
    let answered = |text: &str| letters::Answered {
        by: kind.words("Anna Miglasēta"),
        at: time("2026-11-25T08:40"),
        text: kind.words(text),
    };
    letters::View {
        desk: desk(language, kind),
        id: 3,
        from: kind.words("Milda Priedniece <milda@pasts.example>"),
        subject: kind.perhaps("Re: Decembra ziņas"),
        text: kind.perhaps("Labdien!\n\nCikos sākas danči Saukā? https://sauka.example/danci\n\nMilda"),
        received_at: time("2026-11-24T19:05"),
        message: 44,
        issue: kind.option("Decembra numurs").map(|title| (title, "/2026/12".to_owned())),
        warnings: mail::warnings(kind),
        failed: kind == Kind::Hostile,
        taken: super::desk::taken(kind),
        settled: match kind {
            Kind::Normal | Kind::Empty => None,
            Kind::Hostile => Some(settled(letters::State::Answered, None)),
            Kind::One => Some(settled(letters::State::SetAside, None)),
            Kind::Many => Some(settled(letters::State::MadeItem, Some(9))),
        },
        answers: match kind {
            Kind::Normal | Kind::Empty | Kind::One => Vec::new(),
            Kind::Hostile | Kind::Many => vec![answered("Plkst. 16.00."), answered("Un tējas arī netrūks.")],
        },
        shown: "open-0".to_owned(),
        answer: kind.perhaps("Paldies!"),
        wrong: match kind {
            Kind::Hostile => Some(letters::Wrong::Overtaken),
            Kind::Empty => Some(letters::Wrong::NoWords),
            Kind::One => Some(letters::Wrong::TooLong),
            Kind::Normal | Kind::Many => None,
        },
    }
}

fn reader_list(language: Language, kind: Kind) -> readers::View {
    let reader = |number: usize| readers::Reader {
        id: 12 + number as i64,
        address: kind.words("milda@pasts.example"),
        municipality: kind.perhaps("Jēkabpils novads"),
        language: Language::ALL[number % 2],
        since: time("2025-03-02T10:00"),
    };
    let turn =
        |page: &str| (kind == Kind::Many).then(|| format!("/desk/readers?state=confirmed&q=&page={page}"));
    readers::View {
        desk: desk(language, kind),
        state: readers::State::Confirmed,
        counts: [kind.count(412), kind.count(3), 14, 5],
        words: if kind == Kind::Hostile { kind.words("milda") } else { String::new() },
        readers: (0..kind.count(3)).map(reader).collect(),
        before: turn("0"),
        after: turn("2"),
        add: match kind {
            Kind::Hostile => readers::Add {
                address: kind.words("milda"),
                municipality: kind.words("Jēkabpils novads"),
                consent: kind.words("Pieteicās bibliotēkā"),
                language: Some(Language::English),
                wrong: Some(readers::Wrong::Shape),
            },
            Kind::Empty => readers::Add { wrong: Some(readers::Wrong::NoConsent), ..readers::Add::default() },
            Kind::Normal | Kind::One | Kind::Many => readers::Add::default(),
        },
    }
}

fn reader_view(language: Language, kind: Kind) -> reader::View {
    let acts = [Act::Requested, Act::Confirmed, Act::Imported, Act::Left, Act::Suppressed, Act::Lifted];
    let event = |number: usize| reader::Event {
        act: acts[number % acts.len()],
        at: time("2025-03-02T10:00"),
        words: kind.perhaps("Jā, sūtiet man reizi mēnesī “Sēlijas salu ziņas”."),
        channel: ["form", "link", "import", "desk", "hard_bounce", "pigeon"][number % 6].to_owned(),
        origin: kind.perhaps("203.0.113.0/24"),
    };
    let outcomes = [
        reader::Outcome::Arrived,
        reader::Outcome::OnItsWay,
        reader::Outcome::Refused,
        reader::Outcome::Uncertain,
        reader::Outcome::Abandoned,
        reader::Outcome::Bounced,
    ];
    let sent = |number: usize| reader::Sent {
        year: 2026,
        month: 11,
        page: "/desk/issue/4".to_owned(),
        outcome: outcomes[number % outcomes.len()],
        at: number.is_multiple_of(2).then(|| time("2026-10-28T10:02")),
    };
    let suppressed = matches!(kind, Kind::Hostile | Kind::One).then(|| reader::Suppressed {
        reason: SuppressionReason::HardBounce,
        at: time("2026-10-28T10:03"),
        note: kind.words("550 5.1.1 no such user"),
    });
    reader::View {
        desk: desk(language, kind),
        id: 12,
        address: kind.words("milda@pasts.example"),
        state: match kind {
            Kind::Many => readers::State::Unsubscribed,
            _ if suppressed.is_some() => readers::State::Suppressed,
            _ => readers::State::Confirmed,
        },
        language: Language::Latvian,
        municipality: kind.perhaps("Jēkabpils novads"),
        suppressed,
        consent: (0..kind.count(2)).map(event).collect(),
        issues: (0..kind.count(3)).map(sent).collect(),
        stopped: matches!(kind, Kind::Hostile | Kind::Many).then(|| reader::Stopped {
            at: time("2026-11-24T10:02"),
            by: kind.words("Ilze Miglasēta"),
            stamp: 1_795_500_000_000,
        }),
        not_undone: kind == Kind::Hostile,
        wrong: kind == Kind::Hostile,
    }
}

fn report(kind: Kind) -> import::Report {
    let reasons = [import::Refusal::Suppressed(SuppressionReason::Erased)];
    let refusals: Vec<_> = reasons.into_iter().chain(import::Refusal::PLAIN).collect();
    import::Report {
        read: kind.count(40),
        added: kind.count(35),
        known: kind.count(3),
        refused: (0..kind.count(2))
            .map(|number| (2 + number as u64, refusals[number % refusals.len()]))
            .collect(),
        refused_more: if kind == Kind::Many { 21 } else { 0 },
        confirmed: kind != Kind::One,
    }
}

fn looked(kind: Kind) -> import::Step {
    let rows = kind.words("epasts;novads\nmilda@pasts.example;Jēkabpils novads\n");
    import::Step::Looked { name: kind.words("lasitaji.csv"), rows, report: report(kind) }
}

fn import_step(language: Language, kind: Kind, step: import::Step) -> String {
    let consent = kind.perhaps("Pieteicās uz lapas bibliotēkā");
    import::render(&import::View { desk: desk(language, kind), step, consent })
}
