//! Everything that is kept about a reader, for her own eyes, and the ways to another address and to erasure; the same
//! is a file at [`Paths::own_file`].

use chrono::NaiveDateTime;
use maud::{Markup, html};
use subscribers::{Act, Language, Pause};

use super::layout::Page;
use super::preferences::paused;
use super::subscribe::own_name;
use crate::parts::{linked, one_line, paragraphs};
use crate::text::date::moment;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub token: String,
    /// The token of her preferences.
    pub preferences: String,
    pub address: String,
    /// [`subscribers::SubscriptionState::name`]
    pub state: &'static str,
    pub language: Language,
    pub municipality: String,
    pub plain_text: bool,
    pub pause: Option<Pause>,
    /// All times are local.
    pub confirmed_at: Option<NaiveDateTime>,
    pub changed_at: NaiveDateTime,
    pub new_address: Option<String>,
    pub consent: Vec<Consent>,
    pub contributor: Option<Contributor>,
    /// Since when the editors look at nothing that she sends.
    pub blocked_since: Option<NaiveDateTime>,
    pub items: Vec<Item>,
    pub letters: Vec<Letter>,
    pub received: Vec<Mail>,
    pub sent: Vec<Sent>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub at: NaiveDateTime,
    pub act: Act,
    pub words: String,
    pub channel: String,
    pub origin: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    pub name: String,
    pub reminders: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub at: NaiveDateTime,
    pub title: String,
    /// In the words of the frame's language.
    pub state: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub at: NaiveDateTime,
    pub subject: String,
    pub text: String,
}

/// A mail that came from her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub at: NaiveDateTime,
    pub subject: String,
}

/// A mail of ours to her.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    pub at: NaiveDateTime,
    pub is_issue: bool,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().person.data;
    let at = |time| moment(frame.language, time, frame.today);
    let main = html! {
        div.stack2 {
            div.stack {
                h1.track { (text.title) }
                p.lead { (text.lead) }
                p { a.b href=(Paths::local().own_file(&view.token)) download="my-data.json" { (text.download) } }
            }
            (part(text.subscription, subscription(view)))
            @if !view.consent.is_empty() {
                (part(text.consent, html! {
                    ul.lines {
                        @for event in &view.consent {
                            @let how = frame.text().source.how(&event.channel, &event.origin);
                            li {
                                b { (at(event.at)) } br;
                                ((text.acts)(event.act))
                                @if !how.is_empty() { " (" (one_line(&how)) ")" }
                                (words(&event.words))
                            }
                        }
                    }
                }))
            }
            @if let Some(contributor) = &view.contributor {
                (part(text.contributor, html! {
                    (fact(text.name, &contributor.name))
                    (fact(text.reminders, yes(frame, contributor.reminders)))
                }))
            }
            @if let Some(since) = view.blocked_since {
                p.note { ((frame.text().senders.mine)(&crate::text::date::at(frame.language, since, frame.today))) }
            }
            @if !view.items.is_empty() {
                (part(text.items, html! {
                    ul.lines {
                        @for item in &view.items {
                            li {
                                b { (one_line(&item.title)) } br;
                                span.s { (at(item.at)) ". " (item.state) }
                                (words(&item.text))
                            }
                        }
                    }
                }))
            }
            @if !view.letters.is_empty() {
                (part(text.letters, html! {
                    ul.lines {
                        @for letter in &view.letters {
                            li { b { (subject(frame, &letter.subject)) } br; span.s { (at(letter.at)) } (words(&letter.text)) }
                        }
                    }
                }))
            }
            @if !view.received.is_empty() {
                (part(text.received, html! {
                    ul.lines {
                        @for mail in &view.received { li { (at(mail.at)) ": " (subject(frame, &mail.subject)) } }
                    }
                }))
            }
            @if !view.sent.is_empty() {
                (part(text.sent, html! {
                    ul.lines {
                        @for mail in &view.sent {
                            li { (at(mail.at)) ": " (if mail.is_issue { text.issue } else { text.mail }) }
                        }
                    }
                }))
            }
            ul.lines {
                @if view.state == "confirmed" {
                    li { a href=(Paths::local().own_address(&view.token)) { (frame.text().person.address.section) } }
                }
                li { a href=(Paths::local().erase(&view.token)) { (frame.text().person.erase.title) } }
                li { a href=(Paths::local().preferences(&view.preferences)) { (text.back) } }
            }
        }
    };
    Page::new(frame, text.title, main).by_link().render()
}

fn subscription(view: &View) -> Markup {
    let frame = &view.frame;
    let text = &frame.text().person.data;
    let at = |time| moment(frame.language, time, frame.today);
    html! {
        (fact(text.address, &view.address))
        (fact(text.state, (text.states)(view.state)))
        (fact(text.language, own_name(view.language)))
        (fact(text.municipality, &view.municipality))
        (fact(text.plain_text, yes(frame, view.plain_text)))
        @if let Some(pause) = view.pause { (fact(text.pause, &paused(frame, pause))) }
        @if let Some(time) = view.confirmed_at { (fact(text.confirmed, &at(time))) }
        (fact(text.changed, &at(view.changed_at)))
        @if let Some(address) = &view.new_address { (fact(text.new_address, address)) }
    }
}

fn part(title: &str, content: Markup) -> Markup {
    html! { section.stack { h2 { (title) } (content) } }
}

fn fact(label: &str, value: &str) -> Markup {
    let value = one_line(value);
    html! { @if !value.is_empty() { p { b { (label) } ": " (value) } } }
}

fn words(text: &str) -> Markup {
    html! { @for paragraph in paragraphs(text) { p { (linked(&paragraph, None)) } } }
}

fn yes(frame: &Frame, is: bool) -> &'static str {
    let text = &frame.text().person.data;
    if is { text.yes } else { text.no }
}

fn subject(frame: &Frame, subject: &str) -> String {
    let subject = one_line(subject);
    if subject.is_empty() { frame.text().person.data.no_subject.to_owned() } else { subject }
}
