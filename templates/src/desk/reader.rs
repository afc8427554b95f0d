//! One reader: what she agreed to and when, what was sent to her, leaving, and being erased. Posted to
//! `/desk/readers/ID` with `do` = `leave` | `lift` and `reason` | `undo` and
//! `stopped_at`; to `/desk/readers/ID/erase` with `sure`.

use chrono::NaiveDateTime;
use maud::{Markup, html};
use subscribers::{Act, Language, SuppressionReason};

use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use super::readers::State;
use crate::Paths;
use crate::parts::one_line;
use crate::text::date::{at, moment, near};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub id: i64,
    pub address: String,
    pub state: State,
    pub language: Language,
    pub municipality: String,
    pub suppressed: Option<Suppressed>,
    /// Oldest first.
    pub consent: Vec<Event>,
    /// Latest first.
    pub issues: Vec<Sent>,
    pub stopped: Option<Stopped>,
    /// It could not be taken back.
    pub not_undone: bool,
    /// As typed, when the reason was missing.
    pub wrong: bool,
}

/// Why no mail goes there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    pub reason: SuppressionReason,
    pub at: NaiveDateTime,
    pub note: String,
}

/// An event in the history of the consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub act: Act,
    pub at: NaiveDateTime,
    pub words: String,
    /// As they were kept.
    pub channel: String,
    pub origin: String,
}

/// That an editor ended the subscription, which can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    pub at: NaiveDateTime,
    pub by: String,
    /// The moment in milliseconds, as the form names it.
    pub stamp: i64,
}

/// An issue that was on its way to this reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub year: i32,
    pub month: u32,
    pub page: String,
    pub outcome: Outcome,
    pub at: Option<NaiveDateTime>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Arrived,
    OnItsWay,
    Refused,
    Uncertain,
    /// Left, suppressed, stopped or too late.
    Abandoned,
    /// A report came back later.
    Bounced,
}

/// The page before erasing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erase {
    pub desk: Desk,
    pub id: i64,
    pub address: String,
    pub problem: Option<Problem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The box was not ticked.
    NotSure,
    /// The address is an editor's.
    IsEditor,
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().people;
    let when = |at| moment(frame.language, at, frame.today);
    let address = one_line(&view.address);
    let main = html! {
        div.stack {
            h1 { (address) }
            p.meta {
                ((text.reader_state)(view.state)) ", " ((text.language)(view.language))
                @if !view.municipality.is_empty() { ", " (one_line(&view.municipality)) }
            }
        }
        @if view.not_undone {
            p.flag role="alert" {
                (icon(Icon::Warning))
                span { b { (frame.text().queue.not_undone) } " " (frame.text().source.stop_stays) }
            }
        }
        @if let Some(suppressed) = &view.suppressed {
            div.note.stack {
                p { b { ((text.suppression)(suppressed.reason)) } " " (at(frame.language, suppressed.at, frame.today)) }
                @if !suppressed.note.trim().is_empty() { p.s { (one_line(&suppressed.note)) } }
            }
        }
        div.desk2 {
            div.stack2 {
                section.card.panel {
                    h2 { (text.history) }
                    ol.lines {
                        @for event in &view.consent {
                            li {
                                p { b { ((text.act)(event.act)) } ", " (at(frame.language, event.at, frame.today)) }
                                @if !event.words.is_empty() { blockquote { p { "“" (one_line(&event.words)) "”" } } }
                                @let how = frame.text().source.how(&event.channel, &event.origin);
                                @if !how.is_empty() { p.s { (one_line(&how)) } }
                            }
                        }
                    }
                }
                section.card.panel {
                    h2 { (text.what_was_sent) }
                    @if view.issues.is_empty() { p { (text.nothing_sent) } }
                    ul.lines {
                        @for sent in &view.issues {
                            li {
                                a href=(sent.page) { ((frame.text().shared.month_issue)(sent.month)) " (" (sent.year) ")" }
                                " – " ((text.outcome)(sent.outcome))
                                @if let Some(at) = sent.at { br; span.s { (when(at)) } }
                            }
                        }
                    }
                }
            }
            aside.stack { (acts(view)) }
        }
    };
    Page::new(&view.desk, Some(Tab::Readers), &address, main).render()
}

fn acts(view: &View) -> Markup {
    let text = &view.desk.frame.text().people;
    let here = Paths::local().desk(&format!("/readers/{}", view.id));
    html! {
        @if matches!(view.state, State::Confirmed | State::Pending) {
            section.card.panel {
                h2 { (text.leaving) }
                form.stack method="post" action=(here) {
                    (view.desk.token())
                    p { (text.leaving_how) }
                    p { button.b type="submit" name="do" value="leave" { (text.leave) } }
                }
            }
        }
        @if let Some(stopped) = &view.stopped {
            @let frame = &view.desk.frame;
            section.card.panel {
                h2 { (text.leaving) }
                form.stack method="post" action=(here) {
                    (view.desk.token())
                    input type="hidden" name="stopped_at" value=(stopped.stamp);
                    p { ((frame.text().source.stopped)(&one_line(&stopped.by), &near(frame.language, stopped.at, frame.today))) }
                    p { button.b type="submit" name="do" value="undo" { (icon(Icon::Undo)) (frame.text().queue.undo) } }
                }
            }
        }
        @if view.suppressed.is_some() {
            section.card.panel {
                h2 { (text.lifting) }
                form.stack method="post" action=(here) {
                    (view.desk.token())
                    div {
                        label for="reason" { (text.lift_reason) }
                        textarea.f.bad[view.wrong] id="reason" name="reason" rows="2" required
                            aria-invalid=[view.wrong.then_some("true")]
                            aria-describedby=(if view.wrong { "reason-hint reason-error" } else { "reason-hint" }) {}
                        @if view.wrong { p.err id="reason-error" { (icon(Icon::Warning)) (text.lift_reason_missing) } }
                        p.hint id="reason-hint" { (text.lift_hint) }
                    }
                    p { button.b type="submit" name="do" value="lift" { (text.lift) } }
                }
            }
        }
        section.card.panel {
            h2 { (text.erasing) }
            div.stack {
                p { (text.erasing_how) }
                p { a.b.no href=(format!("{here}/erase")) { (text.erase_look) } }
            }
        }
    }
}

pub fn erase(view: &Erase) -> String {
    let text = &view.desk.frame.text().people;
    let here = Paths::local().desk(&format!("/readers/{}", view.id));
    let address = one_line(&view.address);
    let main = html! {
        div.stack { h1 { ((text.erase_title)(&address)) } p { (text.erase_what) } p { (text.erase_stays) } }
        @if view.problem == Some(Problem::IsEditor) { p.flag role="alert" { (icon(Icon::Flag)) span { (text.erase_editor) } } }
        form.stack method="post" action=(format!("{here}/erase")) {
            (view.desk.token())
            @let unsure = view.problem == Some(Problem::NotSure);
            label.opt {
                input type="checkbox" name="sure" value="yes" aria-invalid=[unsure.then_some("true")]
                    aria-describedby=[unsure.then_some("sure-error")];
                span { (text.erase_sure) }
            }
            @if unsure { p.err id="sure-error" { (icon(Icon::Warning)) (text.erase_not_sure) } }
            div.row {
                button.b.no type="submit" { (text.erase) }
                a.b href=(here) { (text.erase_keep) }
            }
        }
    };
    Page::new(&view.desk, Some(Tab::Readers), (text.erase_title)(&address).as_str(), main).render()
}
