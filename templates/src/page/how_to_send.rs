//! How to send news: to whom, what, until when, and what happens with it.

use chrono::NaiveDateTime;
use maud::{Markup, html};
use subscribers::Language;

use super::layout::{Known, Page};
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// The next issue, where a schedule says when it is made.
    pub next: Option<Next>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// The month that the issue bears.
    pub month: u32,
    /// When it is put together, local.
    pub closes_at: NaiveDateTime,
    /// When it goes out, local.
    pub sends_at: Option<NaiveDateTime>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().person.sending;
    let main = html! {
        div.stack2 {
            div.stack {
                h1.track { (text.title) }
                p.lead { (text.lead) }
                p { a.b.go.big href=(frame.mailto()) { (text.button) } }
                p { a href=(frame.mailto()) { (frame.publication.mailbox.as_str()) } }
            }
            (part(text.what_title, &text.what))
            (part(text.photo_title, &text.photo))
            section.card.stack {
                h2 { (text.when_title) }
                @match &view.next {
                    Some(next) => {
                        p { ((text.closes)(next.month, next.closes_at, frame.today)) " " (text.late) }
                        @if let Some(sends_at) = next.sends_at { p { ((text.sends)(sends_at, frame.today)) } }
                    }
                    None => p { (text.monthly) },
                }
            }
            section.stack {
                h2 { (text.next_title) }
                ol.lines { @for step in text.next { li { (step) } } }
                p.s { (text.promise) " " a href=(frame.links().privacy()) { (frame.text().person.privacy.title) } }
            }
        }
    };
    Page {
        known: Some(Known::page(Paths::local().how_to_send(), text.lead)),
        translation: Some(in_other_language(frame, &Paths::local().how_to_send())),
        ..Page::new(frame, text.title, main)
    }
    .render()
}

fn part(title: &str, lines: &[&str]) -> Markup {
    html! {
        section.stack {
            h2 { (title) }
            ul.lines { @for line in lines { li { (line) } } }
        }
    }
}

/// The same page in the other language.
pub(super) fn in_other_language(frame: &Frame, path: &str) -> String {
    let other = match frame.language {
        Language::Latvian => Language::English,
        Language::English => Language::Latvian,
    };
    format!("{path}?lang={}", other.code())
}
