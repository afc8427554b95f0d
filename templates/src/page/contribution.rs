//! The contributor's own page on her item: where it stands, the words that will be read beside those she sent, and
//! taking it back. The button posts to [`Paths::contribution`] the fields `do` = `withdraw` and `revision`, by which
//! an item that was changed since is not withdrawn unseen.

use issues::Event;
use maud::{Markup, html};
use subscribers::EmailAddress;

use super::layout::Page;
use super::news;
use crate::details::{in_short, read_more};
use crate::edition::Item;
use crate::frame::mailto;
use crate::parts::{linked, one_line, paragraphs};
use crate::text::date::when;
use crate::{Frame, words};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    pub token: String,
    pub revision: i64,
    pub state: State,
    /// As edited; the photos' addresses are [`Paths::contribution_photo`] until all may see them.
    pub item: Item,
    pub events: Vec<Event>,
    /// Her own words as they came; empty where they are not kept.
    pub sent: String,
    /// Where a letter about the item goes.
    pub reply_to: EmailAddress,
    pub said: Option<Said>,
}

/// Where an item stands, for its contributor. Months are those of issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Pending,
    Asked {
        question: String,
    },
    Approved {
        month: u32,
    },
    Planned {
        month: u32,
    },
    /// In an issue that is approved, so that nothing can be changed in it.
    Closed {
        month: u32,
    },
    /// With the address of its page.
    Published {
        month: u32,
        url: String,
    },
    Rejected {
        reason: String,
    },
    /// She did not answer what was asked.
    PutAside {
        questions: Vec<String>,
    },
    Postponed {
        month: u32,
    },
    Merged,
    Withdrawn,
}

impl State {
    /// Can the item still be taken back here?
    pub fn may_be_withdrawn(&self) -> bool {
        match self {
            State::Pending
            | State::Asked { .. }
            | State::Approved { .. }
            | State::Planned { .. }
            | State::Postponed { .. } => true,
            State::Closed { .. }
            | State::Published { .. }
            | State::Rejected { .. }
            | State::PutAside { .. }
            | State::Merged
            | State::Withdrawn => false,
        }
    }
}

/// What the last press of the button did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Withdrawn,
    /// Nothing: the item was changed since it was shown.
    Overtaken,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().person.contribution;
    let title = one_line(&view.item.title);
    let lang = frame.lang(view.item.lang.as_deref());
    let main = html! {
        div.stack2 {
            @match view.said {
                Some(Said::Withdrawn) => p.said role="status" { (text.said_withdrawn) },
                Some(Said::Overtaken) => p.flag role="alert" {
                    (text.overtaken)
                    @if view.state.may_be_withdrawn() { " " (text.again) }
                },
                None => {}
            }
            div.stack {
                h1.track { (text.title) }
                @if !title.is_empty() { p.lead lang=[lang] { "“" (title) "”" } }
                @if view.said != Some(Said::Withdrawn) { p { (state(view)) } }
            }
            (further(view))
            div.two {
                section.card.stack {
                    h2 {
                        (if matches!(view.state, State::Published { .. }) { text.reads } else { text.will_read })
                    }
                    @if let Some(place) = &view.item.place { p.kick lang=[lang] { (one_line(place)) } }
                    @if !title.is_empty() { h3 lang=[lang] { (title) } }
                    @if view.item.text.trim().is_empty() { p.s { (text.no_text) } }
                    (news::words(&view.item, lang))
                    (news::byline(frame, &view.item))
                    @if !view.events.is_empty() {
                        p.lab { (text.dates) }
                        ul {
                            @for event in &view.events {
                                li.ev {
                                    b { (when(frame.language, event, frame.today)) }
                                    @let short = in_short(frame, event, "");
                                    @if !short.is_empty() { br; span.s lang=[lang] { (short) } }
                                    @if let Some(more) = read_more(frame, event, None) { br; span.s { (more) } }
                                }
                            }
                        }
                    }
                }
                section.card.stack {
                    h2 { (text.sent) }
                    (sent(view, lang))
                }
            }
            @if !view.item.photos.is_empty() {
                section.stack {
                    h2 { (frame.text().editor.photos) }
                    @for photo in &view.item.photos { (news::photo(frame, photo, lang)) }
                }
            }
            (letter(view))
            (withdraw(view))
        }
    };
    Page::new(frame, text.title, main).by_link().render()
}

fn state(view: &View) -> String {
    let text = &view.frame.text().person.contribution;
    match &view.state {
        State::Pending => text.pending.to_owned(),
        State::Asked { .. } => text.asked.to_owned(),
        State::Approved { month } => (text.approved)(*month),
        State::Planned { month } => (text.planned)(*month),
        State::Closed { month } => (text.closed)(*month),
        State::Published { month, .. } => (text.published)(*month),
        State::Rejected { .. } => text.rejected.to_owned(),
        State::PutAside { .. } => view.frame.text().waits.page_aside.to_owned(),
        State::Postponed { month } => (text.postponed)(*month),
        State::Merged => text.merged.to_owned(),
        State::Withdrawn => text.withdrawn.to_owned(),
    }
}

/// What belongs to the state: a question, a reason, the page.
fn further(view: &View) -> Markup {
    let text = &view.frame.text().person.contribution;
    let lang = view.frame.publication_lang();
    let words = |words: &str| html! { @for paragraph in paragraphs(words) { p lang=[lang] { (linked(&paragraph, None)) } } };
    let asks = |questions: &[String]| {
        html! {
            section.note {
                div.stack {
                    h2 { (text.question) }
                    @for question in questions { (words(question)) }
                    p { a.b.go href=(mailto(&view.reply_to)) { (text.answer) } }
                }
            }
        }
    };
    html! {
        @match &view.state {
            State::Asked { question } => (asks(std::slice::from_ref(question))),
            State::PutAside { questions } => (asks(questions)),
            State::Rejected { reason } => section.note { div.stack { h2 { (text.reason) } (words(reason)) } },
            State::Published { url, .. } => p { a.b.go href=(url) { (text.see) } },
            State::Pending | State::Approved { .. } | State::Planned { .. } | State::Closed { .. }
            | State::Postponed { .. } | State::Merged | State::Withdrawn => {}
        }
    }
}

fn sent(view: &View, lang: Option<&str>) -> Markup {
    let text = &view.frame.text().person.contribution;
    let (sent, now) = (paragraphs(&view.sent), words::plain(&view.item));
    html! {
        @if sent.is_empty() {
            p.s { (text.nothing_sent) }
        } @else {
            @if sent == now { p.s { (text.unchanged) } }
            div.words lang=[lang] { @for paragraph in &sent { p { (linked(paragraph, None)) } } }
        }
    }
}

/// How to say that something is wrong.
fn letter(view: &View) -> Markup {
    let text = &view.frame.text().person.contribution;
    let (words, button) = match view.state {
        State::Published { .. } => (text.correction, text.write_correction),
        _ => (text.wrong, text.write),
    };
    html! {
        section.card.stack {
            h2 { (text.wrong_title) }
            p { (words) }
            p { a.b href=(mailto(&view.reply_to)) { (button) } }
        }
    }
}

fn withdraw(view: &View) -> Markup {
    let text = &view.frame.text().person.contribution;
    html! {
        @if view.state.may_be_withdrawn() {
            section.card.stack {
                h2 { (text.withdraw_title) }
                p { (text.withdraw) }
                form method="post" action=(view.frame.links().contribution(&view.token)) {
                    input type="hidden" name="revision" value=(view.revision);
                    button.b.no type="submit" name="do" value="withdraw" { (text.withdraw_button) }
                }
            }
        }
    }
}
