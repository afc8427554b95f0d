//! An item, for the editor: as understood, what to check, and the link to decide. When it is new, and again when somebody
//! answered a question about it or wrote more; then with these words.

use chrono::NaiveDateTime;
use issues::reading::WarningCode;

use super::Email;
use super::decision::title;
use super::letter::{Block, Closing, Letter, boxed};
use super::thanks::Understood;
use crate::Frame;
use crate::parts::{one_line, paragraphs};
use crate::text::date::{moment, when};
use crate::text::shorten;

/// Names in the preview keep to this many characters.
const NAME_CHARACTERS_MAX: usize = 40;
/// Four pages.
const TEXT_CHARACTERS_MAX: usize = 8_000;
/// What stands of an answer in the preview.
const PREVIEW_CHARACTERS_MAX: usize = 80;

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
    /// What was written about it since; `None` for a new item.
    pub addition: Option<Addition>,
}

/// An answer to a question about an item, or more about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// Does it answer what was asked?
    pub answers: bool,
    /// What was asked, in the order of asking.
    pub questions: Vec<String>,
    pub words: String,
    /// Name and address of who wrote, where that is not the contributor.
    pub by_another: Option<String>,
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
    if let Some(addition) = &view.addition {
        blocks.extend(added(frame, addition));
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
    let name = shorten(name, NAME_CHARACTERS_MAX);
    let title = title(frame.text(), &view.title);
    let (subject, preview) = match &view.addition {
        Some(addition) => named(frame, addition, &title, &name),
        None => ((text.notice_subject)(&title), (text.notice_preview)(&name, view.photos.len(), warnings)),
    };
    Letter { frame, subject, preview, blocks, closing: Closing::Automatic }.render()
}

/// What was asked, and what somebody wrote.
fn added(frame: &Frame, addition: &Addition) -> Vec<Block> {
    let words = &frame.text().notices;
    let question = |question: &String| boxed(words.asked, &shorten(question, TEXT_CHARACTERS_MAX));
    let mut blocks: Vec<Block> = addition.questions.iter().map(question).collect();
    let heading = if addition.answers { words.answer } else { words.addition };
    blocks.push(Block::Heading(heading.to_owned()));
    if let Some(who) = &addition.by_another {
        let who = Some(one_line(who)).filter(|who| !who.is_empty());
        let who = who.unwrap_or_else(|| frame.text().editor.unknown.to_owned());
        blocks.push(Block::Text((words.by_another)(&who)));
    }
    blocks.push(match paragraphs(&addition.words).is_empty() {
        true => Block::Soft(words.wordless.to_owned()),
        false => Block::Written(shorten(&addition.words, TEXT_CHARACTERS_MAX)),
    });
    blocks
}

/// Subject and preview of a notice that tells of an addition to an item of this title, by a contributor of this name.
fn named(frame: &Frame, addition: &Addition, title: &str, contributor: &str) -> (String, String) {
    let words = &frame.text().notices;
    let subject = if addition.answers { words.answer_subject } else { words.addition_subject };
    let another = addition.by_another.as_deref().map(one_line);
    let another = another.as_deref().and_then(|who| who.split(" <").next());
    let who = shorten(another.filter(|who| !who.is_empty()).unwrap_or(contributor), NAME_CHARACTERS_MAX);
    let said = Some(one_line(&addition.words)).filter(|said| !said.is_empty());
    let said = said.unwrap_or_else(|| words.wordless.to_owned());
    (subject(title), (words.answer_preview)(&who, &shorten(&said, PREVIEW_CHARACTERS_MAX)))
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
