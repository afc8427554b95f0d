//! The calendar of an issue, the words at its head, and its funders.

use maud::{Markup, html};

use super::{Line, View, line};
use crate::Paths;
use crate::desk::icon::{Icon, icon};
use crate::parts::{linked, one_line, paragraphs};
use crate::text::shorten;

/// Characters of a subject that a phone shows.
const PHONE_CHARACTERS: usize = 36;

pub(super) fn calendar(view: &View) -> Markup {
    let text = &view.desk.frame.text().edition_page.making;
    html! {
        section.card.panel.stack id="calendar" {
            h2 { ((text.calendar)(super::order::shown(view))) }
            @if view.calendar.is_empty() {
                p { (text.calendar_empty) }
            } @else {
                p.hint { (text.calendar_how) }
                ul.lines { @for of in &view.calendar { (event(view, of)) } }
            }
        }
    }
}

fn event(view: &View, of: &Line) -> Markup {
    let text = &view.desk.frame.text().edition_page.making;
    let title = one_line(&of.title);
    let (act, label) = if of.shown { ("hide", text.hide) } else { ("show", text.show) };
    html! {
        li.row.between {
            span.s {
                b { (line(view, of)) }
                br;
                a href=(Paths::local().desk(&format!("/item/{}", of.item))) { (title) }
                @if !of.place.is_empty() { ", " (one_line(&of.place)) }
                @if of.past {
                    br; span.st { (icon(Icon::Clock)) (text.past) }
                } @else if !of.shown {
                    br; span.st.off { (icon(Icon::Cross)) (text.hidden) }
                }
                @if let Some(twin) = &of.twin {
                    br; span.st.wait { (icon(Icon::Warning)) ((text.twin)(&one_line(twin))) }
                }
            }
            @if !of.past {
                form method="post" action=(view.head.path("")) {
                    (view.desk.token())
                    input type="hidden" name="was" value=(view.calendar_was);
                    button.b.sm type="submit" name="do" value={ (act) "." (of.key) } {
                        (label) span.vh { ": " (title) ", " (line(view, of)) }
                    }
                }
            }
        }
    }
}

pub(super) fn form(view: &View) -> Markup {
    let text = &view.desk.frame.text().edition_page.making;
    let words = &view.words;
    let subject = one_line(&words.subject);
    let sent = if subject.is_empty() { one_line(&words.proposed) } else { subject.clone() };
    html! {
        form.card.panel.stack id="words" method="post" action=(view.head.path("")) {
            h2 { (text.words) }
            (view.desk.token())
            input type="hidden" name="was" value=(words.was);
            div {
                label for="subject" { (text.subject) }
                textarea.f.t.bad[words.subject_max.is_some()] id="subject" name="subject" rows="2"
                    placeholder=(one_line(&words.proposed))
                    aria-describedby={ "subject-how" @if words.subject_max.is_some() { " subject-error" } }
                    aria-invalid=[words.subject_max.map(|_| "true")] { (subject) }
                @if let Some(max) = words.subject_max {
                    p.err id="subject-error" { (icon(Icon::Warning)) ((text.subject_long)(max)) }
                }
                p.hint id="subject-how" {
                    ((text.subject_how)(sent.chars().count(), &shorten(&sent, PHONE_CHARACTERS)))
                    " " ((text.subject_proposed)(&one_line(&words.proposed)))
                }
            }
            div {
                label for="note" { (text.note) }
                textarea.f.bad[words.note_max.is_some()] id="note" name="note" rows="5"
                    aria-describedby={ "note-how" @if words.note_max.is_some() { " note-error" } }
                    aria-invalid=[words.note_max.map(|_| "true")] { "\n" (words.note) }
                @if let Some(max) = words.note_max {
                    p.err id="note-error" { (icon(Icon::Warning)) ((text.note_long)(max)) }
                }
                p.hint id="note-how" { ((text.note_how)(&one_line(&words.signed))) }
            }
            p { button.b.sm type="submit" name="do" value="words" { (text.save_words) } }
        }
    }
}

pub(super) fn funders(view: &View) -> Markup {
    let text = &view.desk.frame.text().edition_page.making;
    html! {
        section.card.panel.stack id="funders" {
            h2 { (text.funders) }
            @if view.funders.is_empty() { p { (text.no_funders) } }
            @for words in &view.funders {
                div.stack lang=[view.desk.frame.publication_lang()] {
                    @for paragraph in paragraphs(words) { p { (linked(&paragraph, None)) } }
                }
            }
            p.hint { (text.funders_how) }
        }
    }
}
