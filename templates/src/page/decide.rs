//! The page of a signed link where an editor decides on an item, posted to [`Paths::decide`]. Fields: `revision`;
//! `title`, `text`; `photos.N.alt`, `photos.N.caption`, `photos.N.credit` for each photo, counted from 0;
//! `question`, `reason`; `do` = `approve` | `ask` | `postpone` | `reject`.

use chrono::NaiveDateTime;
use issues::reading::WarningCode;
use maud::{Markup, html};

use super::decided::{Outcome, already};
use super::layout::Page;
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
    pub question: String,
    pub reason: String,
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
    TitleTooLong,
    TextTooLong,
    QuestionTooLong,
    ReasonTooLong,
}

/// The form that fields and buttons belong to, wherever they stand.
const FORM: &str = "decision";

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().desk;
    let wrong = |problems: &[(Problem, &'static str)]| {
        problems.iter().find(|(problem, _)| view.problems.contains(problem)).map(|(_, words)| *words)
    };
    let main = html! {
        form.stack2 id=(FORM) method="post" action=(Paths::local().decide(&view.token)) {
            @if let Some(outcome) = &view.overtaken {
                p.flag role="alert" { (already(frame, outcome)) " " (text.nothing_changed) " " (text.typed_kept) }
            }
            @if !view.problems.is_empty() { p.flag role="alert" { (text.not_saved) } }
            div.stack {
                h1 { (text.title) }
                p.meta {
                    (one_line(&view.from)) br;
                    (moment(frame.language, view.received_at, frame.today)) br;
                    (text.state) ": " (view.state)
                }
            }
            (warnings(view))
            (field("title", text.headline, &view.title, None,
                wrong(&[(Problem::TitleMissing, text.title_missing), (Problem::TitleTooLong, text.title_too_long)])))
            (understood(view))
            (field("text", text.text, &view.text, None,
                wrong(&[(Problem::TextMissing, text.text_missing), (Problem::TextTooLong, text.text_too_long)])))
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
            (field("question", text.question, &view.question, Some(text.question_hint),
                wrong(&[(Problem::QuestionMissing, text.question_missing), (Problem::NobodyToAsk, text.nobody_to_ask),
                    (Problem::QuestionTooLong, text.words_too_long)])))
            (field("reason", text.reason, &view.reason, Some(text.reason_hint),
                wrong(&[(Problem::ReasonMissing, text.reason_missing), (Problem::ReasonTooLong, text.words_too_long)])))
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
        @for understood in &view.understood {
            div.prop {
                p.lab {
                    (if understood.event.is_some() { text.dates } else { text.place }) ": " (text.proposal)
                }
                @if let Some(event) = &understood.event {
                    p.v { (when(frame.language, event, frame.today)) }
                    @if !event.text.trim().is_empty() { p.s { ((text.in_text)(&one_line(&event.text))) } }
                }
                @if !understood.place.is_empty() { p { (one_line(&understood.place)) } }
            }
        }
        @if view.understood.iter().all(|understood| understood.event.is_none()) {
            p.hint { (frame.text().editor.no_date) }
        }
    }
}

/// A labelled field; long ones grow with their text.
fn field(name: &str, label: &str, value: &str, hint: Option<&str>, error: Option<&str>) -> Markup {
    let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
    let described: Vec<_> = [(hint, &hint_id), (error, &error_id)]
        .into_iter()
        .filter_map(|(there, id)| there.map(|_| id.as_str()))
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let rows = match name {
        "text" => "10",
        _ => "2",
    };
    html! {
        div {
            label for=(name) { (label) }
            textarea.f.t[name == "title"].bad[error.is_some()] id=(name) name=(name) rows=(rows)
                aria-describedby=[described] aria-invalid=[error.map(|_| "true")] {
                // The parser drops one line feed at the start.
                "\n" (value)
            }
            @if let Some(error) = error { p.err id=(error_id) { (error) } }
            @if let Some(hint) = hint { p.hint id=(hint_id) { (hint) } }
        }
    }
}

fn picture(view: &View, index: usize, photo: &Photo) -> Markup {
    let frame = &view.frame;
    let text = &frame.text().desk;
    let error = view.problems.contains(&Problem::DescriptionMissing(index)).then_some(text.alt_missing);
    let described = format!("{}: {}", (text.photo)(index + 1, view.photos.len()), one_line(&photo.name));
    let credit_hint = photo.credit.trim().is_empty().then_some(text.credit_missing);
    html! {
        section.stack {
            h2 { ((text.photo)(index + 1, view.photos.len())) }
            img.ph src=(photo.url) alt=(described) width=(photo.width) height=(photo.height);
            @if photo.gps_removed { p.s { (text.gps_removed) } }
            (field(&format!("photos.{index}.alt"), text.alt, &photo.alt, Some(text.alt_hint), error))
            (field(&format!("photos.{index}.caption"), text.caption, &photo.caption, None, None))
            (field(&format!("photos.{index}.credit"), text.credit, &photo.credit, credit_hint, None))
        }
    }
}

/// Always the same four verbs in the same order.
fn actions(view: &View) -> Markup {
    let text = &view.frame.text().desk;
    let bare = view.photos.iter().filter(|photo| photo.alt.trim().is_empty()).count();
    let proposals = view.understood.iter().any(|understood| understood.event.is_some());
    html! {
        section.acts aria-label=(text.decision) {
            div.read {
                p.hint {
                    @if bare > 0 { ((text.says_alt)(bare)) " " }
                    @if view.sender_failed { (text.says_sender) " " }
                    @if proposals { (text.says_ready) }
                }
                div.row {
                    button.b.go type="submit" form=(FORM) name="do" value="approve" { (text.approve) }
                    button.b type="submit" form=(FORM) name="do" value="ask" { (text.ask) }
                    button.b type="submit" form=(FORM) name="do" value="postpone" { (text.postpone) }
                    button.b.no type="submit" form=(FORM) name="do" value="reject" { (text.reject) }
                }
            }
        }
    }
}
