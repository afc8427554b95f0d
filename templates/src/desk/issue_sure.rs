//! The page before what cannot be taken back: approving, sending now, cancelling. Posts to the path it is shown on, with
//! `hash`, `draft` and `at`, what was looked at.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::edition::{Head, soon};
use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use crate::Finding;
use crate::parts::one_line;
use crate::text::date::at;

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub desk: Desk,
    pub head: Head,
    pub what: What,
    /// The content that is decided on.
    pub hash: String,
    /// The issue as it stands behind the content; what it says is the server's.
    pub draft: String,
    /// What was shown before is not what is there now, with what is known of why.
    pub changed: Option<Vec<Changed>>,
}

/// What somebody did meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Who, and when on the local clock; nobody where the machine found it.
    pub by: Option<(String, NaiveDateTime)>,
    pub done: Done,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// The approval was taken back.
    Reopened,
    Order,
    Words,
    Calendar,
    /// An item, by its title.
    PutIn(String),
    TakenOut(String),
    Item(String),
    /// The links were looked at again.
    Found,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// `at` is the sending moment in the form, `send_at` and `first` are local.
    Approve {
        content: Content,
        at: i64,
        send_at: NaiveDateTime,
        first: NaiveDateTime,
    },
    Send {
        content: Content,
        first: NaiveDateTime,
    },
    /// How many readers have it and how many would not get it; `None` before anything has left.
    Stop {
        counts: Option<(usize, usize)>,
    },
}

/// What is in the issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub readers: usize,
    pub subject: String,
    pub titles: Vec<String>,
    pub dates: usize,
    pub findings: Vec<Finding>,
    /// Approved items that do not stand in it.
    pub outside: usize,
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page;
    let sure = &text.sure;
    let month = view.head.month;
    let (title, path) = match &view.what {
        What::Approve { .. } => ((sure.approve)(month), "/approve"),
        What::Send { .. } => ((sure.send)(month), "/send"),
        What::Stop { .. } => ((sure.stop)(month), "/stop"),
    };
    let main = html! {
        div.stack {
            h1 { (title) }
            @if let Some(changed) = &view.changed { (said_changed(view, changed)) }
        }
        form.stack2 method="post" action=(view.head.path(path)) {
            (view.desk.token())
            input type="hidden" name="hash" value=(view.hash);
            @if !view.draft.is_empty() { input type="hidden" name="draft" value=(view.draft); }
            @match &view.what {
                What::Approve { content, at: moment, send_at, first } => {
                    input type="hidden" name="at" value=(moment);
                    (large(view, content, &at(frame.language, *send_at, frame.today), *first))
                    (inside(view, content))
                    (buttons(view, "b go big", Icon::Check, sure.approve_button))
                },
                What::Send { content, first } => {
                    (large(view, content, sure.now, *first))
                    (inside(view, content))
                    (buttons(view, "b go big", Icon::Mail, sure.send_button))
                },
                What::Stop { counts } => {
                    section.card.stack {
                        p.lead {
                            @match counts {
                                Some((have, rest)) => ((sure.stop_after)(*have, *rest)),
                                None => (sure.stop_before),
                            }
                        }
                    }
                    (buttons(view, "b no big", Icon::Stop, sure.stop_button))
                },
            }
        }
    };
    Page::new(&view.desk, Some(Tab::Issue), &title, main).render()
}

fn said_changed(view: &View, changed: &[Changed]) -> Markup {
    let sure = &view.desk.frame.text().edition_page.sure;
    let said = |changed: &Changed| {
        let done = match &changed.done {
            Done::Reopened => sure.done_reopened.to_owned(),
            Done::Order => sure.done_order.to_owned(),
            Done::Words => sure.done_words.to_owned(),
            Done::Calendar => sure.done_calendar.to_owned(),
            Done::PutIn(title) => (sure.done_put_in)(&one_line(title)),
            Done::TakenOut(title) => (sure.done_taken_out)(&one_line(title)),
            Done::Item(title) => (sure.done_item)(&one_line(title)),
            Done::Found => return sure.found.to_owned(),
        };
        match &changed.by {
            Some((by, time)) => (sure.done_by)(&one_line(by), &soon(&view.desk, *time), &done),
            None => (sure.done_by_somebody)(&done),
        }
    };
    html! {
        div.note.stack role="alert" {
            p { b { (sure.changed) } }
            @if !changed.is_empty() { ul.stack { @for changed in changed { li { (said(changed)) } } } }
        }
    }
}

fn large(view: &View, content: &Content, when: &str, first: NaiveDateTime) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page;
    html! {
        section.card.stack {
            p.huge { (text.readers.count(frame.language, content.readers)) }
            p.lead { b { (crate::text::date::capital(when)) "." } }
            p.note { b { (text.sure.no_way_back) } " " ((text.sure.hold)(&soon(&view.desk, first))) }
        }
    }
}

fn inside(view: &View, content: &Content) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page;
    html! {
        section.card.panel.stack {
            h2 { (text.sure.in_it) }
            p.t { (one_line(&content.subject)) }
            p.meta { ((text.sure.counts)(content.titles.len(), content.dates)) }
            ol.num { @for title in &content.titles { li { (one_line(title)) } } }
            @if !content.findings.is_empty() {
                ul.stack {
                    @for finding in &content.findings {
                        li.st.wait.left { (icon(Icon::Warning)) span { (one_line(&(frame.text().finding)(finding))) } }
                    }
                }
            }
            @if content.outside > 0 {
                p.st.wait.left {
                    (icon(Icon::Warning))
                    span {
                        ((text.making.outside)(content.outside)) ". "
                        a href={ (view.head.path("")) "#outside" } { (text.making.look) }
                    }
                }
            }
            p.hint { (text.sure.as_seen) }
        }
    }
}

fn buttons(view: &View, class: &str, sign: Icon, label: &str) -> Markup {
    let text = &view.desk.frame.text().edition_page.sure;
    html! {
        p.row {
            button class=(class) type="submit" { (icon(sign)) (label) }
            a.b.big href=(view.head.path("")) { (text.back) }
        }
    }
}
