//! The page of an item, filled: from its row, its history, its letter and its contributor.

use std::collections::HashSet;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use issues::language::suggestions;
use issues::reading::{Mailbox, Report, Verified};
use issues::unanswered::put_aside_at;
use issues::{
    Confirmed, Event, EventDetails, EventFields, EventStatus, Item, ItemContent, ItemState, Wording,
};
use subscribers::Language;
use templates::Paths;
use templates::desk::item::{
    Byline, Corrected, Corrections, Dated, Letter, Other, Out, Photo, Placed, Said, Sender, Settled, Sure,
    Version, View, Walk,
};
use templates::desk::verbs::Words;
use templates::diff::{self, Piece};
use templates::text::text;
use tokio::task::spawn_blocking;

use super::super::room::desk;
use super::super::senders::taken;
use super::super::session::SignedIn;
use crate::app::App;
use crate::inbound::letter;
use crate::newsroom::moderate::is_nobodys;
use crate::newsroom::senders::Of;
use crate::newsroom::{drafts, edition, photos, view};
use crate::store::{ItemRow, Revision};
use crate::web::decide::form;
use crate::web::errors::Problem;

pub async fn of(app: &App, signed: &SignedIn, row: &ItemRow) -> Result<View, Problem> {
    let content = &row.item.content;
    let language = signed.editor.language;
    let local = |at| view::local(app, at);
    let report = match row.message {
        Some(message) => Some(app.store.report(message).await?),
        None => None,
    };
    let revisions = app.store.revisions(row.id).await?;
    let first = revisions.first().map_or(content, |revision| &revision.before.content);
    let read = letter(app, row).await?;
    let cleaned = read.as_ref().map(|read| cleaned(read, report.as_ref(), first)).unwrap_or_default();
    let letter = match (row.message, &read) {
        (Some(message), Some(read)) => Some(Letter {
            message,
            from: read.from.iter().map(mailbox).collect::<Vec<_>>().join(", "),
            to: read.to.iter().map(mailbox).collect::<Vec<_>>().join(", "),
            subject: read.subject.clone(),
            sent_at: read.date.map(|date| local(date.to_utc())),
            octets: octets(app, message).await?,
            checks: read.checks.clone(),
            files: read.files.iter().map(|file| (file.name.clone(), file.bytes)).collect(),
        }),
        _ => None,
    };
    let others = others(app, language, row).await?;
    let earlier = row.contributor.map(|_| others.iter().filter(|other| other.id < row.id).count());
    let settled = self::settled(app, &row.item).await?;
    let out = if settled.is_some() { out(app, row, &local).await? } else { None };
    let failed = report.as_ref().is_some_and(|report| report.verified == Verified::Fail);
    Ok(View {
        desk: desk(app, signed).await?,
        id: row.id,
        revision: row.revision,
        state: row.item.state.clone(),
        changed_at: local(row.changed_at),
        put_aside_on: put_aside_at(&row.item.state).map(|at| local(at).date()),
        walk: walk(app, row.id).await?,
        sender: Sender {
            name: report.as_ref().map(name).unwrap_or_default(),
            received_at: local(row.received_at),
            earlier,
            failed,
            taken: taken(app, Of::Item(row.id)).await?,
        },
        warnings: view::warnings(content),
        title: content.title.clone(),
        text: content.text.clone(),
        marked: content.marked,
        suggestions: suggestions(
            &content.text,
            content.language.as_deref().unwrap_or(app.config.publication.language.code()),
        ),
        section: section(app, content),
        sections: sections(app, language),
        byline: byline(content),
        events: events(content, &local),
        places: places(content, &local),
        photos: pictures(app, row, first, report.as_ref(), read.as_ref()).await?,
        question: Words::default(),
        reason: Words::default(),
        nobody_told: is_nobodys(row),
        month: edition::being_made(app).await?.month,
        reads_on: edition::reads_on(app).await?,
        closed: edition::closed(app).await?.map(|edition| edition.month),
        placed: placed(app, row).await?,
        settled,
        out,
        lost: Vec::new(),
        corrections: corrections(app, row, &local).await?,
        problems: Vec::new(),
        overtaken: None,
        draft: None,
        watching: drafts::watching(app, signed.editor.id)
            .await?
            .into_iter()
            .filter(|(item, _)| *item == row.id)
            .map(|(_, who)| who)
            .collect(),
        cleaned,
        history: history(row, &revisions, &local),
        letter,
        thread: thread(app, row, &revisions, &local).await?,
        others,
    })
}

/// The letter an item was made of, read again from its bytes; `None` where there is none.
pub async fn letter(app: &App, row: &ItemRow) -> anyhow::Result<Option<letter::Letter>> {
    let Some(message) = row.message else { return Ok(None) };
    let message = app.store.message(message).await?.context("find the message of an item")?;
    let Some(blob) = app.store.blob(&message.sha256).await? else { return Ok(None) };
    let rules = app.config.rules();
    let read = spawn_blocking(move || letter::read(&blob.content, &rules)).await;
    Ok(Some(read.context("read a letter")?))
}

async fn octets(app: &App, message: i64) -> anyhow::Result<u64> {
    let message = app.store.message(message).await?.context("find the message of an item")?;
    Ok(u64::try_from(message.bytes).unwrap_or(0))
}

fn mailbox(mailbox: &Mailbox) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    view::mailbox(&part(&mailbox.name), &part(&mailbox.address))
}

/// The name of the sender, or the address of one who gives none.
fn name(report: &Report) -> String {
    let from = report.from.as_ref();
    let name = from.and_then(|from| from.name.clone()).filter(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| form::sender(report))
}

/// Between what the item was made of and the text that was proposed: the letter itself, or the document it brought.
fn cleaned(letter: &letter::Letter, report: Option<&Report>, first: &ItemContent) -> Vec<Piece> {
    let words = |text: &str| -> HashSet<String> { text.split_whitespace().map(str::to_lowercase).collect() };
    let proposed = words(&first.text);
    let documents = report.into_iter().flat_map(|report| &report.documents);
    let sources = documents.filter_map(|document| document.words.as_deref()).chain([letter.text.as_str()]);
    let source = sources.max_by_key(|source| words(source).intersection(&proposed).count());
    diff::words(source.unwrap_or(""), &first.text)
}

async fn walk(app: &App, id: i64) -> anyhow::Result<Walk> {
    let waiting = app.store.waiting_items(app.publication).await?;
    let at = waiting.iter().position(|waits| *waits == id);
    Ok(Walk {
        place: at.map(|at| at + 1),
        of: waiting.len(),
        previous: at.and_then(|at| waiting.get(at.checked_sub(1)?).copied()),
        next: match at {
            Some(at) => waiting.get(at + 1).copied(),
            None => waiting.first().copied(),
        },
    })
}

/// An item that names no section stands in the first.
fn section(app: &App, content: &ItemContent) -> String {
    let first = || app.config.publication.sections.first().map(|section| section.id.clone());
    if content.section.is_empty() { first().unwrap_or_default() } else { content.section.clone() }
}

fn sections(app: &App, language: Language) -> Vec<(String, String)> {
    let sections = app.config.publication.sections.iter();
    let title = |titles: &[(Language, String)]| {
        let own = titles.iter().find(|(of, _)| *of == language).or(titles.first());
        own.map(|(_, title)| title.clone())
    };
    sections
        .map(|section| (section.id.clone(), title(&section.titles).unwrap_or(section.id.clone())))
        .collect()
}

fn byline(content: &ItemContent) -> Byline {
    let part = |part: Option<&String>| part.cloned().unwrap_or_default();
    let byline = content.byline.as_ref();
    Byline {
        name: part(byline.and_then(|byline| byline.name.as_ref())),
        role: part(byline.and_then(|byline| byline.role.as_ref())),
        organisation: part(byline.and_then(|byline| byline.organisation.as_ref())),
    }
}

type Local<'a> = &'a (dyn Fn(DateTime<Utc>) -> NaiveDateTime + Sync);

fn sure(confirmed: Option<&Confirmed>, local: Local<'_>) -> Option<Sure> {
    confirmed.map(|confirmed| Sure { by: confirmed.by.clone(), at: local(confirmed.at) })
}

fn events(content: &ItemContent, local: Local<'_>) -> Vec<Dated> {
    let kept = content.events.iter().enumerate().map(|(number, event)| Dated {
        fields: EventFields::of(event),
        details: EventDetails::of(event),
        status: event.status,
        chosen: String::new(),
        remove: false,
        sure: sure(event.confirmed.as_ref(), local),
        event: Some(event.clone()),
        words: None,
        words_on: words_on(content, number, event),
    });
    let more = Dated {
        event: None,
        fields: EventFields::default(),
        details: EventDetails::default(),
        status: EventStatus::Confirmed,
        chosen: String::new(),
        remove: false,
        sure: None,
        words: None,
        words_on: Vec::new(),
    };
    let mut events: Vec<Dated> = kept.chain([more]).collect();
    left(&mut events, content);
    events
}

/// Says beside each event what the text says against it.
pub fn left(events: &mut [Dated], content: &ItemContent) {
    for (number, dated) in events.iter_mut().enumerate() {
        dated.words = content.wording(number);
    }
}

/// The words that would be wrong, for each day between which somebody must choose.
pub fn words_on(content: &ItemContent, number: usize, event: &Event) -> Vec<(NaiveDate, Wording)> {
    let days = event.contradiction().into_iter();
    days.filter_map(|day| Some((day, content.wording_on(number, day)?))).collect()
}

fn places(content: &ItemContent, local: Local<'_>) -> Vec<Placed> {
    let kept = content.places.iter().map(|place| Placed {
        text: Some(place.text.clone()),
        place: place.place.clone(),
        municipality: place.municipality.clone(),
        remove: false,
        sure: sure(place.confirmed.as_ref(), local),
    });
    let more =
        Placed { text: None, place: String::new(), municipality: String::new(), remove: false, sure: None };
    kept.chain([more]).collect()
}

/// The photos with what was done to them; the names and sizes of their files are those of the letter.
async fn pictures(
    app: &App,
    row: &ItemRow,
    first: &ItemContent,
    report: Option<&Report>,
    letter: Option<&letter::Letter>,
) -> anyhow::Result<Vec<Photo>> {
    let mut pictures = Vec::new();
    for photo in &row.item.content.photos {
        let came = photos::first_of(photo);
        let number = first.photos.iter().position(|other| photos::first_of(other) == came);
        let name = number.and_then(|number| report?.photos.get(number)?.name.clone()).unwrap_or_default();
        let file = letter.and_then(|letter| {
            letter.files.iter().find(|file| file.pixels.is_some() && file.name == name && !name.is_empty())
        });
        let to = app.store.blob_size(&photo.sha256).await?.unwrap_or(0);
        pictures.push(Photo {
            url: Paths::local().desk(&format!("/item/{}/photo/{}.jpg", row.id, photo.sha256)),
            width: photo.width,
            height: photo.height,
            alt: photo.alt.clone(),
            caption: photo.caption.clone(),
            credit: photo.credit.clone(),
            credit_proposed: photo.credit_proposed,
            gps_removed: photo.gps_removed,
            from: file.map(|file| file.bytes),
            to: u64::try_from(to).unwrap_or(0),
            framing: photos::framing_of(photo),
            name,
        });
    }
    Ok(pictures)
}

async fn corrections(app: &App, row: &ItemRow, local: Local<'_>) -> anyhow::Result<Option<Corrections>> {
    let Some((year, number, slug)) = app.store.public_place(row.id).await? else { return Ok(None) };
    let made = app.store.corrections(&[row.id]).await?.into_iter();
    let made = made.map(|made| Corrected { by: made.by, at: local(made.at), text: made.text });
    Ok(Some(Corrections {
        made: made.collect(),
        public: Paths::local().item(year, view::number(number), &slug),
        ..Corrections::default()
    }))
}

async fn placed(app: &App, row: &ItemRow) -> anyhow::Result<Option<(usize, u32)>> {
    let Some(issue) = row.item.state.issue() else { return Ok(None) };
    let place = app.store.issue_items(issue).await?.iter().position(|item| item.item == row.id);
    let issue = app.store.issue(issue).await?;
    Ok(place.zip(issue).map(|(place, issue)| (place + 1, issue.edition.month)))
}

/// The issue that an item is in for good.
async fn out(app: &App, row: &ItemRow, local: Local<'_>) -> anyhow::Result<Option<Out>> {
    let Some(issue) = row.item.state.issue() else { return Ok(None) };
    let Some(issue) = app.store.issue(issue).await? else { return Ok(None) };
    let at = match &row.item.state {
        ItemState::Published { at, .. } => Some(local(*at)),
        _ => None,
    };
    Ok(Some(Out { issue: issue.id, month: issue.edition.month, at }))
}

pub async fn settled(app: &App, item: &Item) -> anyhow::Result<Option<Settled>> {
    Ok(match &item.state {
        ItemState::Published { .. } => Some(Settled::Published),
        ItemState::Merged { .. } => Some(Settled::Merged),
        ItemState::Withdrawn { .. } => Some(Settled::Withdrawn),
        ItemState::Planned { issue, .. } => {
            let open = app.store.issue(*issue).await?.is_some_and(|issue| issue.state.is_open());
            (!open).then_some(Settled::InApprovedIssue)
        }
        ItemState::Pending
        | ItemState::Asked { .. }
        | ItemState::Approved { .. }
        | ItemState::Rejected { .. }
        | ItemState::Postponed { .. } => None,
    })
}

/// What was proposed, and every change since.
fn history(row: &ItemRow, revisions: &[Revision], local: Local<'_>) -> Vec<Version> {
    let words = |content: &ItemContent| format!("{}\n\n{}", content.title, content.text);
    let first = Version {
        revision: 1,
        act: String::new(),
        by: String::new(),
        at: local(row.received_at),
        changed: Vec::new(),
        restorable: revisions.first().is_some_and(|first| first.before.content != row.item.content),
    };
    let made = revisions.iter().map(|revision| {
        let (before, after) = (words(&revision.before.content), words(&revision.after.content));
        Version {
            revision: revision.revision,
            act: revision.act.clone(),
            by: revision.by.clone(),
            at: local(revision.at),
            changed: if before == after { Vec::new() } else { diff::words(&before, &after) },
            // Only where something else stood; approving alone is no version.
            restorable: revision.before.content != revision.after.content
                && revision.after.content != row.item.content,
        }
    });
    [first].into_iter().chain(made).collect()
}

async fn thread(
    app: &App,
    row: &ItemRow,
    revisions: &[Revision],
    local: Local<'_>,
) -> anyhow::Result<Vec<Said>> {
    let asked = revisions.iter().filter(|revision| revision.act == "ask").filter_map(|revision| {
        match &revision.after.state {
            ItemState::Asked { question, by, at, .. } => {
                Some(Said { by: Some(by.clone()), at: local(*at), text: question.clone() })
            }
            _ => None,
        }
    });
    let mut thread: Vec<Said> = asked.collect();
    let replies = app.store.item_replies(row.id).await?;
    thread.extend(replies.into_iter().map(|reply| Said { by: None, at: local(reply.at), text: reply.text }));
    thread.sort_by_key(|said| said.at);
    Ok(thread)
}

/// What else the contributor sent, what waits first, then the newest.
async fn others(app: &App, language: Language, row: &ItemRow) -> anyhow::Result<Vec<Other>> {
    let Some(contributor) = row.contributor else { return Ok(Vec::new()) };
    let rows = app.store.items_of_contributor(contributor).await?;
    let mut others: Vec<Other> = rows
        .into_iter()
        .rev()
        .filter(|other| other.id != row.id)
        .map(|other| Other {
            id: other.id,
            state: text(language).states.of(&other.item.state).to_owned(),
            waits: matches!(other.item.state, ItemState::Pending | ItemState::Asked { .. }),
            title: other.item.content.title,
        })
        .collect();
    others.sort_by_key(|other| !other.waits);
    Ok(others)
}
