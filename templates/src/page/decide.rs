//! The page of a signed link where an editor decides on an item, posted to [`Paths::decide`]. Fields: `revision`;
//! `title`, `text`; `photos.N.alt`, `photos.N.caption`, `photos.N.credit` for each photo, `events.N.day` for each event
//! whose weekday is not its date's, counted from 0; the words and verbs of [`crate::desk::verbs`].

use chrono::{NaiveDate, NaiveDateTime};
use issues::reading::WarningCode;
use issues::{Limited, Wording};
use maud::{Markup, html};

use super::decided::{Outcome, already};
use super::layout::Page;
use crate::desk::fields::{Field, field};
use crate::desk::limits::too_long;
use crate::desk::verbs::{self, FORM, Words};
use crate::details::read_more;
use crate::email::thanks::Understood;
use crate::parts::one_line;
use crate::text::date::{moment, when};
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    pub token: String,
    /// The revision that is shown; the decision is void for any other.
    pub revision: i64,
    /// The state in words, from [`crate::text::States`].
    pub state: String,
    pub title: String,
    pub text: String,
    /// Name and address of the sender, as the header gives them.
    pub from: String,
    /// Local.
    pub received_at: NaiveDateTime,
    /// Did the sender's domain fail its own checks (DMARC)?
    pub sender_failed: bool,
    pub warnings: Vec<WarningCode>,
    pub understood: Vec<Understood>,
    pub byline: Option<String>,
    pub photos: Vec<Photo>,
    /// Names of attached documents.
    pub documents: Vec<String>,
    /// As typed, when the form comes back; else empty.
    pub question: Words,
    pub reason: Words,
    /// Nobody is told of a rejection: it needs no reason.
    pub nobody_told: bool,
    /// The days that were chosen, as typed, by the number of their event.
    pub chosen: Vec<(usize, String)>,
    /// Month of the issue that is being made.
    pub month: u32,
    /// Words of the text that say another day than a chosen one would, by the number of their event.
    pub words: Vec<(usize, NaiveDate, Wording)>,
    /// The day on which readers will read that issue.
    pub reads_on: NaiveDate,
    /// Month of the issue before it, where that one is approved already and takes nothing any more.
    pub closed: Option<u32>,
    /// What kept the last attempt from being saved; empty at first.
    pub problems: Vec<Problem>,
    /// Somebody was first: the form shows what was typed, with the revision that is there now.
    pub overtaken: Option<Outcome>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub url: String,
    pub width: u32,
    pub height: u32,
    pub name: String,
    pub alt: String,
    pub caption: String,
    pub credit: String,
    /// Read off an answer; nobody has confirmed it.
    pub credit_proposed: bool,
    pub gps_removed: bool,
}

/// What a decision lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    TitleMissing,
    TextMissing,
    /// Counted from 0.
    DescriptionMissing(usize),
    QuestionMissing,
    NobodyToAsk,
    ReasonMissing,
    /// A field holds more than it may.
    TooLong(Limited),
    QuestionTooLong,
    ReasonTooLong,
    /// The event with this number, counted from 0, has a weekday that is not its date's.
    DayUnchosen(usize),
    /// Its words in the text say another day or clock than it has now.
    WordsLeft(usize),
    /// Its date cannot be as it is typed.
    EventWrong(usize),
    /// Its link is none.
    LinkWrong(usize),
    /// Its year is far from ours.
    EventFar(usize),
    /// Its time is one that no clock shows: summer time begins then.
    EventSkipped(usize),
    /// The item is as this decision would make it.
    Already,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().desk;
    let missing = |problem: Problem, words: &str| view.problems.contains(&problem).then(|| words.to_owned());
    let long = |field: Limited| too_long(frame, &view.problems, field);
    let title_wrong = missing(Problem::TitleMissing, text.title_missing).or_else(|| long(Limited::Title));
    let text_wrong = missing(Problem::TextMissing, text.text_missing).or_else(|| long(Limited::Text));
    let main = html! {
        form.stack2 id=(FORM) method="post" action=(Paths::local().decide(&view.token)) {
            @if let Some(outcome) = &view.overtaken {
                p.flag role="alert" { (already(frame, outcome)) " " (text.nothing_changed) " " (text.typed_kept) }
            }
            (verbs::summary(frame, &view.problems, view.photos.len()))
            div.stack {
                h1 { (text.title) }
                p.meta {
                    (one_line(&view.from)) br;
                    (moment(frame.language, view.received_at, frame.today)) br;
                    (text.state) ": " (view.state)
                }
            }
            (warnings(view))
            (field(&Field {
                title: true,
                error: title_wrong.as_deref(),
                ..Field::new("title", text.headline, &view.title)
            }))
            (understood(view))
            (field(&Field {
                rows: 10,
                error: text_wrong.as_deref(),
                ..Field::new("text", text.text, &view.text)
            }))
            @if let Some(byline) = &view.byline {
                p.meta { ((frame.text().shared.prepared_by)(&one_line(byline))) }
            }
            @for (index, photo) in view.photos.iter().enumerate() { (picture(view, index, photo)) }
            @if !view.documents.is_empty() {
                section.stack {
                    h2 { (frame.text().editor.documents) }
                    ul.lines { @for name in &view.documents { li { (one_line(name)) } } }
                }
            }
            (verbs::words(frame, &view.question, &view.reason, view.nobody_told, &view.problems))
            input type="hidden" name="revision" value=(view.revision);
        }
    };
    Page { actions: actions(view), ..Page::new(frame, text.title, main).by_link() }.render()
}

fn warnings(view: &View) -> Markup {
    let text = &view.frame.text().editor;
    html! {
        @if view.sender_failed { p.flag { (text.unverified) } }
        @if !view.warnings.is_empty() {
            section.note {
                h2.lab { (text.check) }
                ul { @for code in &view.warnings { li { ((text.warning)(*code)) } } }
            }
        }
    }
}

/// Dates and places are proposals until the item is approved, and look so.
fn understood(view: &View) -> Markup {
    let frame = &view.frame;
    let text = &frame.text().desk;
    html! {
        @for (number, understood) in view.understood.iter().enumerate() {
            div.prop {
                p.lab {
                    (if understood.event.is_some() { text.dates } else { text.place }) ": " (text.proposal)
                }
                @if let Some(event) = &understood.event {
                    p.v { (when(frame.language, event, frame.today)) }
                    (verbs::over(frame, event, view.reads_on))
                    @if !event.text.trim().is_empty() { p.s { ((text.in_text)(&one_line(&event.text))) } }
                    @let days = event.contradiction();
                    @if !days.is_empty() {
                        @let chosen = view.chosen.iter().find(|(of, _)| *of == number).map_or("", |(_, day)| day.as_str());
                        @let words = words_of(view, number);
                        (verbs::choice(frame, number, &days, &words, chosen, view.problems.contains(&Problem::DayUnchosen(number))))
                    }
                }
                @let place = understood.in_short(frame);
                @if !place.is_empty() { p { (place) } }
                @if let Some(more) = understood.event.as_ref().and_then(|event| read_more(frame, event, None)) { p { (more) } }
            }
        }
        @if view.understood.iter().all(|understood| understood.event.is_none()) {
            p.hint { (frame.text().editor.no_date) }
        }
    }
}

fn words_of(view: &View, number: usize) -> Vec<(NaiveDate, Wording)> {
    let of = view.words.iter().filter(|(of, ..)| *of == number);
    of.map(|(_, day, wording)| (*day, wording.clone())).collect()
}

fn picture(view: &View, index: usize, photo: &Photo) -> Markup {
    let frame = &view.frame;
    let text = &frame.text().desk;
    let bare = view.problems.contains(&Problem::DescriptionMissing(index));
    let long = |field: Limited| too_long(frame, &view.problems, field);
    let alt_wrong = bare.then(|| text.alt_missing.to_owned()).or_else(|| long(Limited::PhotoAlt(index)));
    let caption_wrong = long(Limited::PhotoCaption(index));
    let credit_wrong = long(Limited::PhotoCredit(index));
    let described = format!("{}: {}", (text.photo)(index + 1, view.photos.len()), one_line(&photo.name));
    let name = |part: &str| format!("photos.{index}.{part}");
    let credit_hint = match photo.credit.trim() {
        "" => Some(text.credit_missing),
        _ => photo.credit_proposed.then_some(frame.text().item_page.credit_proposed),
    };
    html! {
        section.stack {
            h2 { ((text.photo)(index + 1, view.photos.len())) }
            img.ph src=(photo.url) alt=(described) width=(photo.width) height=(photo.height);
            @if photo.gps_removed { p.s { (text.gps_removed) } }
            (field(&Field {
                hint: Some(text.alt_hint),
                error: alt_wrong.as_deref(),
                ..Field::new(&name("alt"), text.alt, &photo.alt)
            }))
            (field(&Field { error: caption_wrong.as_deref(), ..Field::new(&name("caption"), text.caption, &photo.caption) }))
            (field(&Field {
                hint: credit_hint,
                error: credit_wrong.as_deref(),
                ..Field::new(&name("credit"), text.credit, &photo.credit)
            }))
        }
    }
}

/// What is missing, and what approving also says, above the verbs.
fn actions(view: &View) -> Markup {
    let frame = &view.frame;
    let text = &frame.text().desk;
    let bare = view.photos.iter().filter(|photo| photo.alt.trim().is_empty()).count();
    let events = || view.understood.iter().filter_map(|understood| understood.event.as_ref());
    let mut says = Vec::new();
    if bare > 0 {
        says.push((text.says_alt)(bare));
    }
    if events().any(|event| !event.contradiction().is_empty()) {
        says.push(frame.text().item_page.says_choose.to_owned());
    }
    if view.sender_failed {
        says.push(text.says_sender.to_owned());
    }
    let credit_proposed = view.photos.iter().any(|photo| photo.credit_proposed);
    if credit_proposed || events().any(|event| event.confirmed.is_none()) {
        says.push(text.says_ready.to_owned());
    }
    says.extend(verbs::past(frame, events().filter(|event| event.is_past(view.reads_on))));
    if let Some(closed) = view.closed {
        says.push((frame.text().item_page.says_closed)(closed, view.month));
    }
    verbs::acts(frame, "read", &says, view.month)
}
