//! Fills the views of `templates` from rows.

use anyhow::Context as _;
use chrono::{DateTime, NaiveDateTime, Utc};
use issues::marks::Block;
use issues::reading::WarningCode;
use issues::{AssemblyRules, Candidate, Event, Finding, ItemContent, Place, WebLink, assemble};
use linkify::{LinkFinder, LinkKind};
use subscribers::Language;
use templates::edition::{Correction, Dated, Edition, Funder, Item, Note, Photo, Section};
use templates::text::Name;
use templates::{Frame, Paths};

use super::edition::{Leaves, reading_day};
use crate::app::App;
use crate::store::{CorrectionRow, IssueContent, IssueItem, IssueRow, ItemRow, Write, sha256};

/// An issue with what stands in it, in order.
pub struct Contents {
    pub issue: IssueRow,
    pub items: Vec<(IssueItem, ItemRow)>,
    /// What it tells its readers of earlier issues.
    pub told: Vec<Told>,
    /// When it goes out, as long as it has not: what is over by then is left out.
    pub leaves: Leaves,
}

/// A correction with what it corrects.
pub struct Told {
    pub correction: CorrectionRow,
    pub title: String,
}

impl Contents {
    pub fn leaving(self, leaves: Leaves) -> Self {
        Self { leaves, ..self }
    }
}

impl Told {
    fn of(correction: CorrectionRow, item: &ItemRow) -> Self {
        Self { correction, title: item.item.content.title.clone() }
    }
}

/// The frame of a mail or page for a reader of this language.
pub fn frame(app: &App, language: Language) -> Frame {
    Frame { publication: publication(app), language, today: app.today(), carries: false }
}

/// The publication as its readers know it, with whole links.
pub fn publication(app: &App) -> templates::Publication {
    let publication = &app.config.publication;
    templates::Publication {
        name: Name {
            nominative: publication.name.clone(),
            genitive: publication.name_genitive.clone(),
            dative: publication.name_dative.clone(),
        },
        language: publication.language,
        owner: publication.owner.clone(),
        postal_address: publication.postal_address.clone(),
        mailbox: app.config.mailbox.address.clone(),
        paths: paths(app),
    }
}

/// The words that people see and agree to when they subscribe; kept with their consent.
pub fn consent(app: &App, language: Language) -> String {
    templates::text::consent(language, &publication(app).name)
}

pub fn paths(app: &App) -> Paths {
    app.paths()
}

/// A moment on the clock of the bulletin's zone.
pub fn local(app: &App, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&app.config.publication.zone).naive_local()
}

/// Reads an issue with its items inside a transaction.
///
/// # Errors
/// The database fails.
pub async fn contents(write: &mut Write, issue: &IssueRow) -> anyhow::Result<Contents> {
    let mut items = Vec::new();
    for place in write.items_of_issue(issue.id).await? {
        let row = write.item_for_change(place.item).await?.context("find an item of the issue")?;
        items.push((place, row));
    }
    let mut told = Vec::new();
    for correction in write.corrections_of_issue(issue.id, issue.state.is_open()).await? {
        let row = write.item_for_change(correction.item).await?.context("find a corrected item")?;
        told.push(Told::of(correction, &row));
    }
    Ok(Contents { issue: issue.clone(), items, told, leaves: Leaves::AtNextMoment })
}

/// Reads an issue with its items.
///
/// # Errors
/// The database fails.
pub async fn stored_contents(app: &App, issue: &IssueRow) -> anyhow::Result<Contents> {
    let mut items = Vec::new();
    for place in app.store.issue_items(issue.id).await? {
        let row = app.store.item(place.item).await?.context("find an item of the issue")?;
        items.push((place, row));
    }
    let mut told = Vec::new();
    for correction in app.store.corrections_of_issue(issue.id, issue.state.is_open()).await? {
        let row = app.store.item(correction.item).await?.context("find a corrected item")?;
        told.push(Told::of(correction, &row));
    }
    Ok(Contents { issue: issue.clone(), items, told, leaves: Leaves::AtNextMoment })
}

/// A correction as its item's own page says it.
pub fn correction(app: &App, row: &CorrectionRow) -> Correction {
    let on = row.at.with_timezone(&app.config.publication.zone).date_naive();
    Correction { on: Some(on), about: None, lang: None, text: row.text.clone() }
}

/// What an issue says, in a frame of this language; links begin with `paths`.
pub fn edition(app: &App, contents: &Contents, language: Language, paths: &Paths) -> Edition {
    let reading_day = match contents.issue.queued_at {
        // What went out stays as it was read then.
        Some(at) => at.with_timezone(&app.config.publication.zone).date_naive(),
        None => reading_day(app, contents.issue.edition, contents.leaves),
    };
    let publication = &app.config.publication;
    let titled = publication.sections.len() > 1;
    let mut sections = Vec::new();
    for section in &publication.sections {
        let items: Vec<Item> = contents
            .items
            .iter()
            .filter(|(place, _)| place.section == section.id)
            .map(|(place, row)| item(&row.item.content, &place.slug, paths))
            .collect();
        let title = section.titles.iter().find(|(of, _)| *of == language).map(|(_, title)| title.clone());
        sections.push(Section { title: title.filter(|_| titled), items });
    }
    let places = places(contents.items.iter().map(|(_, row)| &row.item.content));
    let note = Some(contents.issue.note.trim()).filter(|note| !note.is_empty());
    let signed = app.config.editors.first().map(|editor| editor.name.clone()).unwrap_or_default();
    let mut edition = Edition {
        year: contents.issue.edition.year,
        month: contents.issue.edition.month,
        number: number(contents.issue.number),
        running_number: number(contents.issue.running_number),
        title: Some(contents.issue.arrangement.subject.clone()),
        places,
        islands: islands(contents.items.iter().map(|(_, row)| &row.item.content)),
        horizon: None,
        note: note.map(|text| Note { lang: None, text: text.to_owned(), signed }),
        sections,
        corrections: contents
            .told
            .iter()
            .map(|told| Correction { about: Some(told.title.clone()), ..correction(app, &told.correction) })
            .collect(),
        calendar: calendar(contents, reading_day),
        funders: app
            .config
            .funders(reading_day)
            .map(|funder| Funder {
                logo: None,
                lang: Some(publication.language.code().to_owned()),
                text: funder.text.clone(),
            })
            .collect(),
    };
    edition.horizon = if contents.issue.content_hash.is_empty() {
        Some(horizon_name(&edition.drawing()))
    } else {
        Some(contents.issue.horizon.clone()).filter(|name| !name.is_empty())
    };
    edition
}

/// The name of the picture of a drawing, so that a mail can be written before anything is rasterised.
pub fn horizon_name(drawing: &str) -> String {
    sha256(drawing.as_bytes())
}

/// The places that items name, each once, in their order.
pub fn places<'a>(contents: impl Iterator<Item = &'a ItemContent>) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    for place in contents.flat_map(|content| &content.places) {
        if !places.contains(&place.place) {
            places.push(place.place.clone());
        }
    }
    places
}

/// The places that are drawn of what these items name.
pub fn islands<'a>(contents: impl Iterator<Item = &'a ItemContent>) -> Vec<String> {
    let named: Vec<String> = contents.flat_map(|content| places(std::iter::once(content))).collect();
    templates::edition::busiest(named.iter().map(String::as_str))
}

/// The events of all items in the order of their dates, without those that have passed.
fn calendar(contents: &Contents, reading_day: chrono::NaiveDate) -> Vec<Dated> {
    let candidates: Vec<Candidate> = contents
        .items
        .iter()
        .map(|(_, row)| Candidate {
            item: row.id,
            received_at: row.received_at,
            content: row.item.content.clone(),
        })
        .collect();
    let rules = AssemblyRules { sections: Vec::new(), items_min: 0, order: Vec::new(), reading_day };
    let dated = |(item, event): (i64, Event)| {
        let (_, row) = contents.items.iter().find(|(_, row)| row.id == item)?;
        let content = &row.item.content;
        Some(Dated {
            event,
            lang: content.language.clone(),
            title: content.title.clone(),
            place: place_line(content).unwrap_or_default(),
        })
    };
    let shown = |(item, event): &(i64, Event)| contents.issue.arrangement.shows(*item, event);
    assemble(&candidates, &rules).calendar.into_iter().filter(shown).filter_map(dated).collect()
}

/// A piece of news for a page or a mail.
pub fn item(content: &ItemContent, slug: &str, paths: &Paths) -> Item {
    let byline = content.byline.as_ref().map(issues::Byline::public);
    Item {
        lang: content.language.clone(),
        place: place_line(content),
        title: content.title.clone(),
        photos: photos(content, paths),
        text: content.text.clone(),
        marked: content.marked,
        byline: byline.filter(|byline| !byline.is_empty()),
        slug: slug.to_owned(),
    }
}

fn photos(content: &ItemContent, paths: &Paths) -> Vec<Photo> {
    let photo = |photo: &issues::ItemPhoto| Photo {
        url: paths.photo(&photo.sha256),
        width: photo.width,
        height: photo.height,
        alt: photo.alt.clone(),
        caption: photo.caption.clone(),
        credit: photo.credit.clone(),
    };
    content.photos.iter().map(photo).collect()
}

/// “Sunākste, Aizkraukles novads”
pub fn place_line(content: &ItemContent) -> Option<String> {
    content.places.first().map(place)
}

pub fn place(place: &Place) -> String {
    if place.municipality.is_empty() {
        place.place.clone()
    } else {
        format!("{}, {}", place.place, place.municipality)
    }
}

/// The content of an issue for readers of one language, with slots for what is personal.
pub fn bulletin(app: &App, contents: &Contents, language: Language) -> IssueContent {
    let edition = edition(app, contents, language, &paths(app));
    let view = templates::email::bulletin::View { frame: frame(app, language), edition };
    let email = templates::email::bulletin::render(&view);
    IssueContent { language, subject: email.subject, html: email.html, text: email.text }
}

/// Findings in the words of `templates`, with the titles of their items.
pub fn findings(contents: &Contents, findings: &[Finding]) -> Vec<templates::Finding> {
    let title = |id: &i64| {
        let row = contents.items.iter().find(|(_, row)| row.id == *id);
        row.map_or_else(|| format!("#{id}"), |(_, row)| row.item.content.title.clone())
    };
    let finding = |finding: &Finding| match finding {
        Finding::TooFewItems { found, wanted } => templates::Finding::TooFew { have: *found, need: *wanted },
        Finding::IncompleteItem { item } => templates::Finding::Incomplete { item: title(item) },
        Finding::NoCredit { item } => templates::Finding::PhotoWithoutCredit { item: title(item) },
        Finding::DeadLink { item, url, .. } => {
            templates::Finding::BrokenLink { item: title(item), url: url.clone() }
        }
        Finding::NoFunder { funder } => templates::Finding::NoFunder { name: funder.clone() },
        Finding::Undecided { count } => templates::Finding::Undecided { count: *count },
        Finding::PastEvent { item, date, .. } => {
            templates::Finding::PastEvent { item: title(item), date: *date }
        }
        Finding::VagueLink { item, words } => {
            templates::Finding::VagueLink { item: title(item), words: words.clone() }
        }
        Finding::Large { octets } if finding.blocks() => templates::Finding::TooLarge { octets: *octets },
        Finding::Large { octets } => templates::Finding::Large { octets: *octets },
    };
    findings.iter().map(finding).collect()
}

/// The web links that a text names.
pub fn links(text: &str) -> Vec<WebLink> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    finder.links(text).filter_map(|link| WebLink::parse(link.as_str())).filter(WebLink::is_web).collect()
}

/// The web links of an item: those of its text, and those of its events.
pub fn links_of(content: &ItemContent) -> Vec<WebLink> {
    let mut all = links(&content.plain_text());
    let spans = content.blocks().into_iter().flat_map(|block| {
        let (Block::Paragraph(lines) | Block::List(lines)) = block;
        lines.into_iter().flatten()
    });
    for link in spans.filter_map(|span| span.link).filter(WebLink::is_web) {
        if !all.contains(&link) {
            all.push(link);
        }
    }
    for link in content.events.iter().filter_map(|event| event.link.as_ref()) {
        if !all.contains(link) {
            all.push(link.clone());
        }
    }
    all
}

/// What is odd about an item, each once: three photos without an author are one thing to see to.
pub fn warnings(content: &ItemContent) -> Vec<WarningCode> {
    let mut codes: Vec<WarningCode> = Vec::new();
    let credited = content.photos.iter().all(|photo| !photo.credit.trim().is_empty());
    for warning in &content.warnings {
        // Somebody has said it meanwhile.
        if warning.code == WarningCode::MissingCredit && credited {
            continue;
        }
        if !codes.contains(&warning.code) {
            codes.push(warning.code);
        }
    }
    codes
}

/// “Name <address>”, or what there is of both.
pub fn mailbox(name: &str, address: &str) -> String {
    match (name, address) {
        ("", address) => address.to_owned(),
        (name, "") => name.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

pub fn number(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
