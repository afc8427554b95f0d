//! The page of an open issue, filled.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use issues::{
    Finding, Hand, IssueState, ItemContent, Lacking, Line, NOTE_CHARACTERS_MAX, Part, SUBJECT_CHARACTERS_MAX,
};
use subscribers::{clean_line, clean_text};
use templates::desk::edition::Shown;
use templates::desk::issue::{Check, Fine, Line as Row, Lost, Open, Outside, Overtaken, Placed, View, Words};

use super::{Asked, head, key, local, looked_at, said, token};
use crate::app::App;
use crate::newsroom::edition::{Leaves, Standing, reading_day, sends_at, standing};
use crate::newsroom::view;
use crate::store::{IssueRow, ItemRow};
use crate::web::desk::room::desk;
use crate::web::desk::session::SignedIn;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::reply::html;

/// Subjects of a good length, in characters.
const SUBJECT_CHARACTERS: std::ops::RangeInclusive<usize> = 20..=78;

/// Subject and note as typed.
pub struct Typed {
    pub subject: String,
    pub note: String,
}

impl Typed {
    pub fn of(fields: &Fields) -> Self {
        let note = clean_text(fields.get("note").unwrap_or("")).replace("\r\n", "\n");
        Self { subject: clean_line(fields.get("subject").unwrap_or("")), note: note.trim().to_owned() }
    }

    pub fn is_too_long(&self) -> bool {
        self.long_subject() || self.long_note()
    }

    fn long_subject(&self) -> bool {
        self.subject.chars().count() > SUBJECT_CHARACTERS_MAX
    }

    fn long_note(&self) -> bool {
        self.note.chars().count() > NOTE_CHARACTERS_MAX
    }
}

pub async fn page(app: &App, signed: &SignedIn, row: &IssueRow, asked: &Asked) -> Result<Response, Problem> {
    let mut view = fill(app, signed, row, asked).await?;
    view.desk.said = said(app, signed, row, asked).await?;
    Ok(html(StatusCode::OK, templates::desk::issue::render(&view)))
}

/// Words that are too long come back as they were typed.
pub async fn with_words(
    app: &App,
    signed: &SignedIn,
    row: &IssueRow,
    typed: Typed,
) -> Result<Response, Problem> {
    let mut view = fill(app, signed, row, &Asked::default()).await?;
    view.words.subject_max = typed.long_subject().then_some(SUBJECT_CHARACTERS_MAX);
    view.words.note_max = typed.long_note().then_some(NOTE_CHARACTERS_MAX);
    view.words.subject = typed.subject;
    view.words.note = typed.note;
    Ok(html(StatusCode::UNPROCESSABLE_ENTITY, templates::desk::issue::render(&view)))
}

/// It was to be approved or sent: what keeps it from that.
pub async fn unfit(app: &App, signed: &SignedIn, row: &IssueRow) -> Result<Response, Problem> {
    let mut view = fill(app, signed, row, &Asked::default()).await?;
    view.unfit = true;
    Ok(html(StatusCode::CONFLICT, templates::desk::issue::render(&view)))
}

/// Somebody was faster: how it stands now, and what was wanted.
pub async fn overtaken(
    app: &App,
    signed: &SignedIn,
    row: &IssueRow,
    last: Option<Hand>,
    lost: Lost,
    fields: &Fields,
) -> Result<Response, Problem> {
    let mut view = fill(app, signed, row, &Asked::default()).await?;
    let what = match lost {
        Lost::Words { .. } => {
            let typed = Typed::of(fields);
            view.words.subject = typed.subject;
            view.words.note = typed.note;
            Lost::Words { subject: row.arrangement.subject.clone(), note: row.note.clone() }
        }
        other @ (Lost::Order(_) | Lost::Other) => other,
    };
    let by = last.map(|hand| (hand.by, local(app, hand.at)));
    view.overtaken = Some(Overtaken { by, what });
    Ok(html(StatusCode::CONFLICT, templates::desk::issue::render(&view)))
}

async fn fill(app: &App, signed: &SignedIn, row: &IssueRow, asked: &Asked) -> Result<View, Problem> {
    let standing = standing(app, row, Leaves::AtNextMoment).await?;
    let publication = &app.config.publication;
    let language = publication.language;
    let zone = publication.zone;
    let edition = view::edition(app, &standing.contents, language, &view::paths(app));
    let proposed = templates::Edition { title: None, ..edition.clone() }.subject(language);
    let mail = view::bulletin(app, &standing.contents, language);
    let approved = app.store.items(app.publication, "approved").await?;
    let outside = approved.iter().map(|item| Outside {
        id: item.id,
        title: item.item.content.title.clone(),
        left_out: row.arrangement.left_out.contains(&item.id),
    });
    let outside: Vec<Outside> = outside.collect();
    let mut checks = checks(&standing, !outside.is_empty());
    let characters = mail.subject.chars().count();
    if !SUBJECT_CHARACTERS.contains(&characters) {
        let finding = templates::Finding::SubjectLength { characters };
        checks.push(Check { finding, at: "#subject".to_owned(), blocks: false });
    }
    let sends_at = sends_at(app, standing.contents.issue.edition);
    let leaves_on = sends_at.unwrap_or(app.clock.now()).with_timezone(&zone).date_naive();
    let title = |section: &crate::config::Section| {
        let titles = &section.titles;
        let own = titles.iter().find(|(of, _)| *of == signed.editor.language).or(titles.first());
        own.map_or_else(|| section.id.clone(), |(_, title)| title.clone())
    };
    Ok(View {
        desk: desk(app, signed).await?,
        head: head(&standing.contents.issue),
        state: match row.state {
            IssueState::Draft => Open::Draft,
            _ if standing.blocking().next().is_some() => Open::Held,
            _ => Open::Ready,
        },
        sends_at: sends_at.map(|at| local(app, at)),
        readers: app.store.count_readers(app.publication, leaves_on).await?,
        fine: fine(app, row, &standing, mail.html.len() + mail.text.len()).await?,
        checks,
        links_unseen: links_unseen(row, &standing),
        sections: publication.sections.iter().map(title).collect(),
        items: standing
            .contents
            .items
            .iter()
            .map(|(place, item)| placed(app, &place.section, item))
            .collect(),
        outside,
        calendar: calendar(app, row, &standing),
        words: Words {
            was: token(row, &standing, Part::Words),
            subject: row.arrangement.subject.clone(),
            proposed,
            note: row.note.clone(),
            signed: app.config.editors.first().map(|editor| editor.name.clone()).unwrap_or_default(),
            subject_max: None,
            note_max: None,
        },
        funders: edition.funders.iter().map(|funder| funder.text.clone()).collect(),
        order_was: token(row, &standing, Part::Order),
        calendar_was: token(row, &standing, Part::Calendar),
        preview: looked_at(app, signed, Shown::Phone, asked),
        overtaken: None,
        unfit: false,
    })
}

fn placed(app: &App, section: &str, item: &ItemRow) -> Placed {
    let content = &item.item.content;
    let sections = &app.config.publication.sections;
    Placed {
        id: item.id,
        title: content.title.clone(),
        place: content.places.first().map(view::place).unwrap_or_default(),
        photos: content.photos.len(),
        section: sections.iter().position(|of| of.id == section).unwrap_or(0),
    }
}

/// The lines of the calendar in their order, those that are not shown among them.
fn calendar(app: &App, row: &IssueRow, standing: &Standing) -> Vec<Row> {
    let reading_day = reading_day(app, standing.contents.issue.edition, standing.contents.leaves);
    let place = |content: &ItemContent| content.places.first().map(view::place).unwrap_or_default();
    let mut lines: Vec<Row> = Vec::new();
    for (_, item) in &standing.contents.items {
        let content = &item.item.content;
        let mut seen = BTreeSet::new();
        for event in &content.events {
            let line = Line::of(item.id, event);
            // Two events of one item on one day are one line to the hand.
            if !seen.insert(key(&line)) {
                continue;
            }
            lines.push(Row {
                key: key(&line),
                event: event.clone(),
                item: item.id,
                title: content.title.clone(),
                place: place(content),
                shown: row.arrangement.shows(item.id, event),
                past: event.is_past(reading_day),
                twin: None,
            });
        }
    }
    lines.sort_by_key(|line| line.event.order());
    let twin_of = |line: &Row| {
        let same = |other: &&Row| {
            other.item != line.item && other.event.order() == line.event.order() && other.place == line.place
        };
        lines.iter().find(same).map(|other| other.title.clone())
    };
    let twins: Vec<Option<String>> = lines.iter().map(twin_of).collect();
    for (line, twin) in lines.iter_mut().zip(twins) {
        line.twin = twin;
    }
    lines
}

/// Findings with the places where they are mended: fields of this page, of the item's page, or the queue. Of an item
/// that lacks several things each is one.
fn checks(standing: &Standing, outside: bool) -> Vec<Check> {
    let content = |id: &i64| {
        let item = standing.contents.items.iter().find(|(place, _)| place.item == *id);
        item.map(|(_, row)| &row.item.content)
    };
    let at = |finding: &Finding| match finding {
        Finding::TooFewItems { .. } if outside => "#outside".to_owned(),
        Finding::TooFewItems { .. } | Finding::Undecided { .. } => String::new(),
        Finding::IncompleteItem { item } => format!("/item/{item}#title"),
        Finding::NoCredit { item } => {
            let photos = content(item).map(|content| content.photos.as_slice()).unwrap_or_default();
            let number = photos.iter().position(|photo| photo.credit.trim().is_empty()).unwrap_or(0);
            format!("/item/{item}#photos.{number}.credit")
        }
        Finding::DeadLink { item, .. } | Finding::VagueLink { item, .. } => format!("/item/{item}#text"),
        Finding::NoFunder { .. } => "#funders".to_owned(),
        Finding::Large { .. } => "#order".to_owned(),
        Finding::PastEvent { item, date, .. } => {
            let events = content(item).map(|content| content.events.as_slice()).unwrap_or_default();
            let number = events.iter().position(|event| event.last_day() == Some(*date)).unwrap_or(0);
            format!("/item/{item}#event-{number}")
        }
    };
    let said = view::findings(&standing.contents, &standing.findings);
    let check = |(finding, said): (&Finding, templates::Finding)| {
        let blocks = finding.blocks();
        let lacking = match finding {
            Finding::IncompleteItem { item } => content(item).map(|content| (*item, content)),
            _ => None,
        };
        match lacking {
            Some((item, content)) => {
                let lacks = |lacking: Lacking| lacks(item, &content.title, &lacking);
                let lacking = content.lacking().into_iter().map(lacks);
                lacking.map(|(finding, at)| Check { finding, at, blocks }).collect()
            }
            None => vec![Check { finding: said, at: at(finding), blocks }],
        }
    };
    standing.findings.iter().zip(said).flat_map(check).collect()
}

/// What an item lacks, and the field of its page.
fn lacks(item: i64, title: &str, lacking: &Lacking) -> (templates::Finding, String) {
    let named = || title.to_owned();
    let (finding, field) = match lacking {
        Lacking::Title => (templates::Finding::Incomplete { item: format!("#{item}") }, "title".to_owned()),
        Lacking::Text => (templates::Finding::Incomplete { item: named() }, "text".to_owned()),
        Lacking::PhotoDescription(number) => {
            (templates::Finding::PhotoWithoutDescription { item: named() }, format!("photos.{number}.alt"))
        }
        Lacking::EventDay(number) => {
            (templates::Finding::DayUnchosen { item: named() }, format!("event-{number}"))
        }
    };
    (finding, format!("/item/{item}#{field}"))
}

/// Does a link stand in the issue that was not looked at, because its item came in or was changed later?
fn links_unseen(row: &IssueRow, standing: &Standing) -> bool {
    let mut links = standing.contents.items.iter().flat_map(|(_, item)| view::links_of(&item.item.content));
    links.any(|link| !row.arrangement.links_seen.iter().any(|seen| seen == link.as_str()))
}

/// What was looked at and is well.
async fn fine(app: &App, row: &IssueRow, standing: &Standing, octets: usize) -> Result<Vec<Fine>, Problem> {
    let items = &standing.contents.items;
    let photos: Vec<_> = items.iter().flat_map(|(_, row)| &row.item.content.photos).collect();
    let mut weight = 0;
    for photo in &photos {
        weight += app.store.blob_size(&photo.sha256).await?.unwrap_or(0);
    }
    let kilobytes = |octets: usize| octets.div_ceil(1_000);
    let has = |found: fn(&Finding) -> bool| standing.findings.iter().any(found);
    let mut fine = Vec::new();
    let described =
        |finding: &Finding| matches!(finding, Finding::IncompleteItem { .. } | Finding::NoCredit { .. });
    if !photos.is_empty() && !has(described) {
        fine.push(Fine::Photos);
    }
    if !app.config.publication.funders.is_empty() && !has(|of| matches!(of, Finding::NoFunder { .. })) {
        fine.push(Fine::Funder);
    }
    let linked = items.iter().any(|(_, row)| !view::links_of(&row.item.content).is_empty());
    if linked && !links_unseen(row, standing) && !has(|finding| matches!(finding, Finding::DeadLink { .. })) {
        fine.push(Fine::Links);
    }
    if !items.is_empty() {
        let weight = usize::try_from(weight).unwrap_or(0);
        fine.push(Fine::Weight(kilobytes(octets), photos.len(), kilobytes(weight)));
    }
    Ok(fine)
}
