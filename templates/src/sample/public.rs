//! The public pages around the issues, and the feeds.

use issues::search::{Piece, query_words};
use subscribers::Language;

use super::{Kind, content, day, event, frame, time};
use crate::Paths;
use crate::edition::{Dated, Happening, Headline};
use crate::feed::{atom, sitemap};
use crate::page::{archive, calendar, home, issue, item};

pub(crate) fn pages(language: Language, kind: Kind) -> Vec<(String, String)> {
    let mut pages = vec![
        ("issue", issue::render(&issue(language, kind))),
        ("home", home::render(&home(language, kind))),
        ("item", item::render(&item(language, kind))),
        ("archive", archive::render(&archive(language, kind))),
        ("archive_found", archive::render(&found(language, kind))),
        ("calendar", calendar::render(&calendar(language, kind))),
    ];
    if kind == Kind::Normal {
        let mut nothing = archive(language, kind);
        nothing.shows = archive::Shows::Nothing;
        nothing.years.clear();
        pages.push(("archive_nothing", archive::render(&nothing)));
    }
    pages.into_iter().map(|(name, page)| (name.to_owned(), page)).collect()
}

pub(crate) fn feeds(language: Language, kind: Kind) -> Vec<(String, String)> {
    let mut feeds = vec![("atom".to_owned(), atom::render(&atom(language, kind)))];
    if language == Language::Latvian {
        feeds.push(("sitemap".to_owned(), sitemap::render(&sitemap(kind))));
    }
    feeds
}

pub(crate) fn issue(language: Language, kind: Kind) -> issue::View {
    let edition = content::edition(kind);
    let first = edition.items().next().map(|item| item.slug.clone());
    issue::View {
        frame: frame(language, kind),
        calendar: (0..edition.calendar.len()).map(|index| content::happening(kind, index)).collect(),
        corrected: first.into_iter().map(|slug| (slug, content::correction(kind))).collect(),
        edition,
    }
}

fn headlines(kind: Kind) -> Vec<Headline> {
    content::edition(kind).items().map(Headline::of).collect()
}

fn home(language: Language, kind: Kind) -> home::View {
    let edition = content::edition(kind);
    home::View {
        frame: frame(language, kind),
        horizon: (kind != Kind::Empty).then(|| "c0ffee".repeat(8)),
        latest: (kind != Kind::Empty).then(|| home::Latest {
            year: 2026,
            month: 12,
            number: 12,
            running_number: 58,
            places: edition.islands,
            note: edition.note,
            items: headlines(kind),
        }),
        dates: (0..kind.count(4).min(6)).map(|index| content::happening(kind, index)).collect(),
    }
}

fn item(language: Language, kind: Kind) -> item::View {
    let dated = |index: usize| Happening {
        dated: Dated {
            event: event("2026-12-02T17:00", "2026-12-02T20:00", "2. decembrī"),
            ..content::dated(kind, index)
        },
        ..content::happening(kind, index)
    };
    item::View {
        frame: frame(language, kind),
        year: 2026,
        month: 12,
        number: 12,
        running_number: 58,
        places: content::edition(kind).islands,
        item: content::item(kind, 0),
        dates: (0..kind.count(1)).map(dated).collect(),
        corrections: (0..kind.count(1).min(2)).map(|_| content::correction(kind)).collect(),
        published_on: (kind != Kind::Empty).then(|| day("2026-11-25")),
        more: headlines(kind).into_iter().skip(1).collect(),
        funders: (0..kind.count(1).min(1)).map(|_| content::funder(kind)).collect(),
    }
}

fn archive(language: Language, kind: Kind) -> archive::View {
    let issue = |index: usize| {
        let back = u32::try_from(index % 11).unwrap();
        archive::Issue {
            year: 2026,
            month: 12 - back,
            number: 12 - back,
            running_number: 58 - back,
            places: content::edition(kind).islands,
            items: headlines(kind),
        }
    };
    archive::View {
        frame: frame(language, kind),
        horizon: (kind != Kind::Empty).then(|| "c0ffee".repeat(8)),
        years: vec![2026, 2025, 2024],
        shows: archive::Shows::Year { year: 2026, issues: (0..kind.count(3).min(3)).map(issue).collect() },
    }
}

fn found(language: Language, kind: Kind) -> archive::View {
    let query = kind.words("bibliotēka");
    let words = query_words(&query);
    let found = |index: usize| {
        let item = content::item(kind, index);
        archive::Found {
            year: 2026,
            month: 12,
            number: 12,
            slug: item.slug,
            lang: item.lang,
            place: item.place,
            title: issues::search::marked(&item.title, &words),
            excerpt: issues::search::excerpt(&item.text, &words, 200),
        }
    };
    let mut found: Vec<_> = (0..kind.count(3)).map(found).collect();
    if let Some(first) = found.first_mut() {
        first.excerpt.push(Piece::Found(kind.words("Bibliotēka")));
    }
    let search = archive::Search {
        query,
        total: kind.count(3),
        page: if kind == Kind::Many { 2 } else { 1 },
        pages: if kind == Kind::Many { 3 } else { 1 },
        found,
    };
    archive::View { shows: archive::Shows::Search(search), ..archive(language, kind) }
}

fn calendar(language: Language, kind: Kind) -> calendar::View {
    let happenings = |many: usize| (0..many).map(|index| content::happening(kind, index)).collect::<Vec<_>>();
    let mut undated = happenings(kind.count(6));
    undated.retain(|happening| happening.file.is_none());
    let mut days = happenings(kind.count(6));
    days.retain(|happening| happening.file.is_some());
    let mut regular = happenings(kind.count(1).min(1));
    for happening in &mut regular {
        happening.dated.event.rrule = Some("FREQ=WEEKLY;BYDAY=WE".to_owned());
    }
    if let Some(cancelled) = days.get_mut(1) {
        cancelled.dated.event.status = issues::EventStatus::Cancelled;
    }
    calendar::View {
        frame: frame(language, kind),
        horizon: (kind != Kind::Empty).then(|| "c0ffee".repeat(8)),
        year: 2026,
        month: 12,
        places: content::edition(kind).islands,
        days,
        regular,
        undated,
        earlier: (kind != Kind::Empty).then_some((2026, 11)),
        later: (kind != Kind::One).then_some((2027, 1)),
    }
}

fn atom(language: Language, kind: Kind) -> atom::View {
    let published = time("2026-11-25T08:00").and_utc();
    let entry = |index: usize| atom::Entry {
        year: 2026,
        number: 12,
        item: content::item(kind, index),
        corrections: if index == 0 { vec![content::correction(kind)] } else { Vec::new() },
        published,
        updated: if index == 0 { time("2026-11-27T09:30").and_utc() } else { published },
    };
    atom::View {
        frame: frame(language, kind),
        updated: time("2026-11-27T09:30").and_utc(),
        entries: (0..kind.count(3)).map(entry).collect(),
    }
}

fn sitemap(kind: Kind) -> sitemap::View {
    let paths = Paths::local();
    let mut pages = vec![(paths.home(), None), (paths.archive(), None)];
    pages.extend((0..kind.count(3)).map(|index| {
        let slug = content::item(kind, index).slug;
        (paths.item(2026, 12, &slug), Some(time("2026-11-25T08:00").and_utc()))
    }));
    sitemap::View { paths: Paths::new("https://zinas.salas.example/"), pages }
}
