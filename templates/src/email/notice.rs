//! A new item, for the editor: as understood, what to check, and the link to decide.

use chrono::NaiveDateTime;
use issues::reading::WarningCode;

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter};
use super::thanks::Understood;
use crate::Frame;
use crate::parts::{one_line, paragraphs};
use crate::text::date::{moment, when};
use crate::text::shorten;

/// Names in the preview keep to this many characters.
const NAME_CHARACTERS_MAX: usize = 40;
/// Four pages.
const TEXT_CHARACTERS_MAX: usize = 8_000;

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    pub title: String,
    /// Name and address of the sender, as the header gives them.
    pub from: String,
    /// Local.
    pub received_at: NaiveDateTime,
    /// Did the sender's domain fail its own checks (DMARC)?
    pub sender_failed: bool,
    /// What an editor should look at, in the words of the reading.
    pub warnings: Vec<WarningCode>,
    pub text: String,
    pub understood: Vec<Understood>,
    pub byline: Option<String>,
    pub photos: Vec<Photo>,
    /// Names of attached documents.
    pub documents: Vec<String>,
    pub decide_url: String,
    /// May the editor decide by answering this mail?
    pub by_reply: bool,
}

/// A photo in words: the notice carries no pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub name: String,
    pub width: u32,
    pub height: u32,
    pub caption: String,
    pub credit: String,
    /// Read off an answer; nobody has confirmed it.
    pub credit_proposed: bool,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().editor;
    let from =
        Some(one_line(&view.from)).filter(|from| !from.is_empty()).unwrap_or_else(|| text.unknown.to_owned());
    let warnings = view.warnings.len() + usize::from(view.sender_failed);
    let mut blocks = vec![Block::Facts(vec![
        (text.from, from.clone()),
        (text.received, moment(frame.language, view.received_at, frame.today)),
    ])];
    if warnings > 0 {
        let unverified = view.sender_failed.then(|| text.unverified.to_owned());
        let paragraphs = unverified
            .into_iter()
            .chain(view.warnings.iter().map(|code| (text.warning)(*code).to_owned()))
            .collect();
        blocks.push(Block::Box { title: text.check.to_owned(), paragraphs });
    }
    blocks.push(Block::Button { label: text.decide.to_owned(), url: view.decide_url.clone() });
    if view.by_reply {
        blocks.push(Block::Soft(frame.text().notices.how_by_reply.to_owned()));
    }
    blocks.push(Block::Heading(text.when_and_where.to_owned()));
    for understood in &view.understood {
        let when = understood.event.as_ref().map(|event| when(frame.language, event, frame.today));
        blocks.push(Block::When { when: when.unwrap_or_default(), place: understood.in_short(frame) });
    }
    if view.understood.iter().all(|understood| understood.event.is_none()) {
        blocks.push(Block::Soft(text.no_date.to_owned()));
    }
    blocks.push(Block::Heading(text.text.to_owned()));
    if paragraphs(&view.text).is_empty() {
        blocks.push(Block::Soft(text.empty_text.to_owned()));
    } else {
        // The whole is on the page behind the button; a relay may refuse a mail of megabytes.
        blocks.push(Block::Written(shorten(&view.text, TEXT_CHARACTERS_MAX)));
    }
    if let Some(byline) = &view.byline {
        blocks.push(Block::Facts(vec![(text.byline, one_line(byline))]));
    }
    if !view.photos.is_empty() {
        blocks.push(Block::Heading(text.photos.to_owned()));
        blocks.push(Block::List(view.photos.iter().map(|photo| photo_in_words(frame, photo)).collect()));
    }
    if !view.documents.is_empty() {
        blocks.push(Block::Heading(text.documents.to_owned()));
        blocks.push(Block::List(view.documents.clone()));
    }
    blocks.push(Block::Soft(text.link_is_yours.to_owned()));
    // The name is enough in the preview.
    let name = from.split(" <").next().unwrap_or(&from);
    Letter {
        frame,
        subject: (text.notice_subject)(&title(frame.text(), &view.title)),
        preview: (text.notice_preview)(&shorten(name, NAME_CHARACTERS_MAX), view.photos.len(), warnings),
        blocks,
        closing: Closing::Automatic,
    }
    .render()
}

fn photo_in_words(frame: &Frame, photo: &Photo) -> String {
    let text = &frame.text().editor;
    let mut parts = vec![one_line(&photo.name), (text.photo_size)(photo.width, photo.height)];
    if !photo.caption.is_empty() {
        parts.push((text.caption)(&one_line(&photo.caption)));
    }
    if photo.credit.is_empty() {
        parts.push(text.no_credit.to_owned());
    } else {
        let credit = (frame.text().shared.photo_credit)(&one_line(&photo.credit));
        parts.push(match photo.credit_proposed {
            true => format!("{credit} ({})", frame.text().desk.proposal),
            false => credit,
        });
    }
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}
