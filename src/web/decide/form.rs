//! The form of a decision: filled from an item, and read back.

use anyhow::Context as _;
use issues::reading::{Report, Verified};
use issues::{Byline, Change, ItemContent, ItemState, Lacking};
use subscribers::Language;
use templates::Paths;
use templates::email::thanks::Understood;
use templates::page::decide::{Photo, Problem, View};
use templates::text::text;

use crate::app::App;
use crate::newsroom::moderate::Act;
use crate::newsroom::view;
use crate::store::ItemRow;
use crate::web::fields::Fields;

/// The item as it is.
pub async fn view(app: &App, row: &ItemRow, token: String, language: Language) -> anyhow::Result<View> {
    let content = &row.item.content;
    let report = match row.message {
        Some(message) => Some(app.store.report(message).await.context("read about an item")?),
        None => None,
    };
    let name = |number: usize| {
        report.as_ref().and_then(|report| report.photos.get(number)?.name.clone()).unwrap_or_default()
    };
    let photos = content.photos.iter().enumerate().map(|(number, photo)| Photo {
        url: format!("{}/photo/{}.jpg", Paths::local().decide(&token), photo.sha256),
        width: photo.width,
        height: photo.height,
        name: name(number),
        alt: photo.alt.clone(),
        caption: photo.caption.clone(),
        credit: photo.credit.clone(),
        gps_removed: photo.gps_removed,
    });
    let photos = photos.collect();
    let documents = report.iter().flat_map(|report| &report.documents);
    Ok(View {
        frame: view::frame(app, language),
        revision: row.revision,
        state: state(language, &row.item.state).to_owned(),
        title: content.title.clone(),
        text: content.text.clone(),
        from: report.as_ref().map(sender).unwrap_or_default(),
        received_at: row.received_at.with_timezone(&app.config.publication.zone).naive_local(),
        sender_failed: report.as_ref().is_some_and(|report| report.verified == Verified::Fail),
        warnings: view::warnings(content),
        understood: understood(content),
        byline: content.byline.as_ref().map(Byline::public).filter(|byline| !byline.is_empty()),
        photos,
        documents: documents.filter_map(|document| document.name.clone()).collect(),
        question: String::new(),
        reason: String::new(),
        problems: Vec::new(),
        overtaken: None,
        token,
    })
}

/// Dates each with the place, or the place alone.
fn understood(content: &ItemContent) -> Vec<Understood> {
    let place = content.places.first().map(view::place).unwrap_or_default();
    if content.events.is_empty() && !place.is_empty() {
        return vec![Understood { event: None, place }];
    }
    let event = |event: &issues::Event| Understood { event: Some(event.clone()), place: place.clone() };
    content.events.iter().map(event).collect()
}

fn sender(report: &Report) -> String {
    let part = |part: Option<&String>| part.cloned().unwrap_or_default();
    let from = report.from.as_ref();
    let name = part(from.and_then(|from| from.name.as_ref()));
    let address = part(from.and_then(|from| from.address.as_ref()));
    if name.is_empty() { address } else { format!("{name} <{address}>") }
}

fn state(language: Language, state: &ItemState) -> &'static str {
    let words = &text(language).states;
    match state {
        ItemState::Pending => words.pending,
        ItemState::Asked { .. } => words.asked,
        ItemState::Approved { .. } => words.approved,
        ItemState::Rejected { .. } => words.rejected,
        ItemState::Postponed { .. } => words.postponed,
        ItemState::Planned { .. } => words.planned,
        ItemState::Published { .. } => words.published,
        ItemState::Merged { .. } => words.merged,
        ItemState::Withdrawn { .. } => words.withdrawn,
    }
}

pub fn lacking(lacking: &Lacking) -> Problem {
    match lacking {
        Lacking::Title => Problem::TitleMissing,
        Lacking::Text => Problem::TextMissing,
        Lacking::PhotoDescription(number) => Problem::DescriptionMissing(*number),
    }
}

/// Which button was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Button {
    Approve,
    Ask,
    Postpone,
    Reject,
}

/// The form as it was sent.
#[derive(Debug)]
pub struct Typed {
    pub revision: i64,
    button: Button,
    /// Fields of the item that the form had.
    values: Vec<Change>,
    question: String,
    reason: String,
}

impl Typed {
    /// `None` where this is not the form of our page.
    pub fn read(fields: &Fields) -> Option<Self> {
        let button = match fields.get("do")? {
            "approve" => Button::Approve,
            "ask" => Button::Ask,
            "postpone" => Button::Postpone,
            "reject" => Button::Reject,
            _ => return None,
        };
        let values = fields
            .iter()
            .filter(|(name, _)| is_editable(name))
            .map(|(name, value)| Change { field: name.to_owned(), value: value.to_owned() })
            .collect();
        let words = |name| fields.get(name).unwrap_or("").replace("\r\n", "\n");
        let revision = fields.get("revision")?.parse().ok()?;
        Some(Self { revision, button, values, question: words("question"), reason: words("reason") })
    }

    /// What differs from the item. A photo that the item does not have is left out: it belongs to another revision.
    pub fn changes(&self, content: &ItemContent) -> Vec<Change> {
        let differs = |change: &&Change| match content.changed(std::slice::from_ref(*change)) {
            Ok(changed) => changed != *content,
            // What came by mail may be longer than what may be typed; left alone it keeps nobody from deciding.
            Err(_) => !change.field.starts_with("photos.") && !is_as_it_was(content, change),
        };
        self.values.iter().filter(differs).cloned().collect()
    }

    pub fn act(&self) -> Act {
        match self.button {
            Button::Approve => Act::Approve,
            Button::Ask => Act::Ask { question: self.question.clone() },
            Button::Postpone => Act::Postpone { to: None },
            Button::Reject => Act::Reject { reason: self.reason.clone() },
        }
    }

    /// The words that were typed for the contributor.
    pub fn words(&self) -> &str {
        if self.question.trim().is_empty() { &self.reason } else { &self.question }
    }

    pub fn words_missing(&self) -> Problem {
        match self.button {
            Button::Ask => Problem::QuestionMissing,
            Button::Approve | Button::Postpone | Button::Reject => Problem::ReasonMissing,
        }
    }

    pub fn words_too_long(&self) -> Problem {
        match self.button {
            Button::Ask => Problem::QuestionTooLong,
            Button::Approve | Button::Postpone | Button::Reject => Problem::ReasonTooLong,
        }
    }

    /// The fields that hold more than an item may.
    pub fn too_long(&self, content: &ItemContent) -> Vec<Problem> {
        let refused = |field: &str| {
            self.values
                .iter()
                .any(|change| change.field == field && content.changed(std::slice::from_ref(change)).is_err())
        };
        [("title", Problem::TitleTooLong), ("text", Problem::TextTooLong)]
            .into_iter()
            .filter_map(|(field, problem)| refused(field).then_some(problem))
            .collect()
    }

    /// Puts what was typed back where it was typed.
    pub fn put_into(&self, view: &mut View) {
        for Change { field, value } in &self.values {
            let value = value.replace("\r\n", "\n");
            let path: Vec<&str> = field.split('.').collect();
            match path.as_slice() {
                ["title"] => view.title = value,
                ["text"] => view.text = value,
                ["photos", number, part] => {
                    let photo = number.parse().ok().and_then(|number: usize| view.photos.get_mut(number));
                    match (photo, *part) {
                        (Some(photo), "alt") => photo.alt = value,
                        (Some(photo), "caption") => photo.caption = value,
                        (Some(photo), "credit") => photo.credit = value,
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        view.question.clone_from(&self.question);
        view.reason.clone_from(&self.reason);
    }
}

/// Fields of our page, of all that an item has.
fn is_editable(name: &str) -> bool {
    let path: Vec<&str> = name.split('.').collect();
    match path.as_slice() {
        ["title"] | ["text"] => true,
        ["photos", number, "alt" | "caption" | "credit"] => number.parse::<usize>().is_ok(),
        _ => false,
    }
}

/// Browsers send lines with CR LF.
fn is_as_it_was(content: &ItemContent, change: &Change) -> bool {
    let value = change.value.replace("\r\n", "\n");
    match change.field.as_str() {
        "title" => content.title.trim() == value.trim(),
        "text" => content.text.trim() == value.trim(),
        _ => false,
    }
}
