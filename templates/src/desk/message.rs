//! A mail as it came, with what was made of it; in quarantine also what an editor says it is. The form posts to
//! `/desk/message/ID/treat` with the field `kind`: the name of a kind, or `nothing`. The mail's own HTML is never in
//! this page, only in the frame that `/desk/message/ID/html` fills.

use chrono::NaiveDateTime;
use issues::reading::Kind;
use maud::{Markup, html};

use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use super::sender::{Taken, Within, taken};
use crate::parts::{clean, one_line};
use crate::text::date::{capital, moment, near};
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub id: i64,
    pub subject: String,
    pub sender: String,
    /// Local.
    pub received_at: NaiveDateTime,
    pub standing: Standing,
    /// The latest answer to a form that changed nothing.
    pub refused: bool,
    pub treated: Option<Treated>,
    pub taken: Taken,
    /// Items and letters.
    pub items: Vec<i64>,
    pub letters: Vec<i64>,
    pub shown: Shown,
    pub octets: u64,
}

/// Where a mail stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Unread,
    Sorted(Kind),
    Quarantined(Reason),
}

/// Why a mail could not be sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    FailedThrice,
    Erased,
    /// An editor takes nothing more from its sender.
    Blocked,
    Empty,
    Damaged,
    NoMail,
    /// In octets.
    TooLarge {
        size: Option<u64>,
        limit: Option<u64>,
    },
    Nested,
    Other,
}

/// What an editor said that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treated {
    /// `None` when it was set aside.
    pub kind: Option<Kind>,
    pub by: String,
    /// Local.
    pub at: NaiveDateTime,
}

/// What can be seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Original {
        /// Of the envelope.
        envelope: Option<String>,
        /// Name and value.
        headers: Vec<(String, String)>,
        text: String,
        has_html: bool,
        files: Vec<File>,
    },
    /// Reading it would bring the daemon down.
    Nothing,
    Erased,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub media_type: String,
    pub octets: u64,
}

impl View {
    fn address(&self, below: &str) -> String {
        Paths::local().desk(&format!("/message/{}{below}", self.id))
    }
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().queue;
    let subject = one_line(&view.subject);
    let title = if subject.is_empty() { text.no_subject.to_owned() } else { subject };
    let sender = one_line(&view.sender);
    let main = html! {
        @if view.refused { p.flag role="alert" { (icon(Icon::Warning)) span { (refused(view)) } } }
        div.stack {
            h1 { (title) }
            p.meta {
                b { @if sender.is_empty() { (text.some_sender) } @else { (sender) } } br;
                (moment(frame.language, view.received_at, frame.today)) ", " ((text.size)(view.octets))
            }
        }
        // What must be decided comes first, on a phone too.
        @if matches!(view.standing, Standing::Quarantined(_)) {
            div.desk2.r { div.stack { (standing(view)) } div.stack2 { (original(view)) } }
        } @else {
            div.desk2 { div.stack2 { (original(view)) } aside.stack { (standing(view)) } }
        }
    };
    Page::new(&view.desk, Some(Tab::Queue), &title, main).render()
}

/// Who was faster, and with what.
fn refused(view: &View) -> String {
    let text = &view.desk.frame.text().queue;
    match &view.treated {
        Some(treated) => told(&view.desk.frame, treated, text.already_treated),
        None => text.not_in_quarantine.to_owned(),
    }
}

/// What was done, for the page that follows.
pub fn said(frame: &Frame, treated: &Treated) -> String {
    told(frame, treated, frame.text().queue.treated)
}

fn told(frame: &Frame, treated: &Treated, words: fn(&str, &str, &str) -> String) -> String {
    let text = &frame.text().queue;
    let what = treated.kind.map_or(text.set_aside, text.kind);
    words(what, &one_line(&treated.by), &near(frame.language, treated.at, frame.today))
}

fn standing(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().queue;
    let erased = view.shown == Shown::Erased;
    html! {
        @match &view.standing {
            Standing::Quarantined(reason) => {
                section.card.panel {
                    h2 { (text.in_quarantine) }
                    p { ((text.why_here)(reason)) }
                }
                @if !erased { (treat(view)) }
                @if view.taken != Taken::Nobody && !erased {
                    section.card.panel {
                        h2 { (frame.text().senders.sender) }
                        (taken(&view.desk, &view.taken, &Within::Own("message", view.id)))
                    }
                }
            }
            Standing::Sorted(kind) => section.card.panel {
                h2 { (text.is) }
                p { (capital((text.kind)(*kind))) }
                @if let Some(treated) = &view.treated { p.s { (told(frame, treated, text.treated)) } }
            },
            Standing::Unread => section.card.panel { h2 { (text.is) } p { (text.not_yet) } },
        }
        @if !view.items.is_empty() || !view.letters.is_empty() {
            section.card.panel {
                h2 { (text.became) }
                ul.links {
                    @for item in &view.items {
                        li { a href=(Paths::local().desk(&format!("/item/{item}"))) { ((text.item_number)(*item)) } }
                    }
                    @for letter in &view.letters {
                        li {
                            a href=(Paths::local().desk(&format!("/letters/{letter}"))) {
                                ((text.letter_number)(*letter))
                            }
                        }
                    }
                }
            }
        }
        @if !erased { p { a.b href=(view.address("/raw")) { (icon(Icon::Down)) (text.download) } } }
    }
}

/// The four that matter, and the rest folded.
fn treat(view: &View) -> Markup {
    let text = &view.desk.frame.text().queue;
    let button = |name: &'static str, words: &str| {
        html! { button.b type="submit" name="kind" value=(name) { (words) } }
    };
    let others = [
        Kind::Correction,
        Kind::Subscribe,
        Kind::Unsubscribe,
        Kind::Bulk,
        Kind::AutoReply,
        Kind::Bounce,
        Kind::Complaint,
        Kind::Report,
    ];
    html! {
        section.card.panel {
            h2 { (text.what_is_it) }
            form.stack method="post" action=(view.address("/treat")) {
                (view.desk.token())
                p.hint { (text.what_is_it_how) }
                div.row {
                    (button(Kind::Submission.name(), text.treat_news))
                    (button(Kind::Reply.name(), text.treat_letter))
                    (button(Kind::Private.name(), text.treat_private))
                    (button("nothing", text.treat_nothing))
                }
                details {
                    summary { (text.treat_other) }
                    div.row { @for kind in others { (button(kind.name(), &capital((text.kind)(kind)))) } }
                }
            }
        }
    }
}

fn original(view: &View) -> Markup {
    let text = &view.desk.frame.text().queue;
    let Shown::Original { envelope, headers, text: words, has_html, files } = &view.shown else {
        let why = if view.shown == Shown::Erased {
            (text.why_here)(&Reason::Erased)
        } else {
            text.unread.to_owned()
        };
        return html! { p.note { (why) } };
    };
    html! {
        @if *has_html {
            section.stack {
                h2 { (text.as_it_came) }
                p.hint { (text.framed) }
                div.frame.came { iframe sandbox="" src=(view.address("/html")) title=(text.as_it_came) {} }
            }
        }
        @if !words.trim().is_empty() {
            section.stack { h2 { (text.text) } pre { "\n" (clean(words)) } }
        }
        @if !files.is_empty() {
            section.stack {
                h2 { (text.attachments) }
                ul.lines.card {
                    @for file in files {
                        @let name = one_line(&file.name);
                        li.s {
                            (icon(Icon::Clip)) " "
                            b { @if name.is_empty() { (text.unnamed) } @else { (name) } }
                            " – " (one_line(&file.media_type)) ", " ((text.size)(file.octets))
                        }
                    }
                }
            }
        }
        @if !headers.is_empty() || envelope.is_some() {
            section.stack {
                h2 { (text.head) }
                dl.card.heads {
                    @if let Some(envelope) = envelope { dt { (text.envelope) } dd { "<" (one_line(envelope)) ">" } }
                    @for (name, value) in headers {
                        dt lang="en" { (one_line(name)) } dd { (one_line(value)) }
                    }
                }
            }
        }
    }
}

/// A mail without HTML, for the frame.
pub fn plain(words: &str) -> String {
    html! {
        (maud::DOCTYPE)
        html { head { meta charset="utf-8"; title { "–" } } body { pre { "\n" (clean(words)) } } }
    }
    .into_string()
}
