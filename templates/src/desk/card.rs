//! One item, or one mail in quarantine, in a list.

use maud::{Markup, html};
use subscribers::Language;

use super::icon::{Icon, icon};
use super::queue::{Card, Held, OTHERS_NAMED, Replied, Standing, State, View};
use crate::island::sala;
use crate::parts::one_line;
use crate::text::date::{near, when};
use crate::text::shorten;
use crate::{Frame, Paths, item_slug};

/// First words of a mail.
const WORDS_CHARACTERS_MAX: usize = 180;
/// A question or an answer on a card.
const ANSWER_CHARACTERS_MAX: usize = 140;
/// Titles of other items beside one.
const TITLE_CHARACTERS_MAX: usize = 60;

pub(super) fn card(view: &View, card: &Card) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().queue;
    let title = one_line(&card.title);
    let title = if title.is_empty() { text.untitled.to_owned() } else { title };
    let pictured = card.photo.is_some();
    let sender = one_line(&card.sender);
    html! {
        li.card.item {
            (sala(&item_slug(if card.place.is_empty() { &card.sender } else { &card.place })))
            p.meta {
                b { @if sender.is_empty() { (text.some_sender) } @else { (sender) } }
                @if !card.municipality.is_empty() { ", " (one_line(&card.municipality)) }
                ", " span.nb { ((text.ago)(card.age)) }
            }
            h2.pic[pictured] { a href=(Paths::local().desk(&format!("/item/{}", card.id))) { (title) } }
            @let words = shorten(&one_line(&card.words), WORDS_CHARACTERS_MAX);
            @if !words.is_empty() { p.pic[pictured] { "“" (words) "”" } }
            @if let Some(photo) = &card.photo {
                @let alt = one_line(&photo.alt);
                img.thumb src=(photo.url) width=(photo.width) height=(photo.height) loading="lazy"
                    alt=(if alt.is_empty() { (text.photo_of)(&title) } else { alt });
            }
            @if let Some(standing) = &card.standing { (stands(frame, standing)) }
            @if let Some(replied) = &card.replied { (answered(frame, replied)) }
            (chips(frame, card))
            @if !card.watching.is_empty() {
                p.row {
                    @for who in &card.watching {
                        span.trust { (icon(Icon::Eye)) ((frame.text().drafts.watching)(&one_line(who))) }
                    }
                }
            }
            (warning(frame, card))
            @if !card.others.is_empty() { (others(frame, card)) }
        }
    }
}

/// Dashed while only the machine says so, each for itself.
fn chips(frame: &Frame, card: &Card) -> Markup {
    let text = &frame.text().queue;
    let place = one_line(&card.place);
    let chip = |sign: Icon, what: String, sure: bool| {
        html! {
            span.chip.maybe[!sure] {
                (icon(sign))
                @if !sure { i { (text.proposal) } " " }
                (what)
                @if sure { (icon(Icon::Check)) span.vh { (text.confirmed) } }
            }
        }
    };
    html! {
        p.row {
            @if let Some(event) = &card.event {
                @let words = one_line(&when(frame.language, event, frame.today));
                @let sure = event.confirmed.is_some();
                @let words = if sure { words } else { inside(frame.language, &words) };
                (chip(Icon::Calendar, shorten(&words, TITLE_CHARACTERS_MAX), sure))
                @if card.more_events > 0 { span.s { ((text.more_dates)(card.more_events)) } }
            }
            @if !place.is_empty() { (chip(Icon::Place, place, card.place_confirmed)) }
            @if let Some(earlier) = card.earlier {
                span.trust.known[earlier > 0] {
                    (icon(if earlier > 0 { Icon::Person } else { Icon::Sprout })) ((text.trust)(earlier))
                }
            }
        }
    }
}

/// After a colon weekdays begin small where the language writes them so.
pub(super) fn inside(language: Language, words: &str) -> String {
    let mut letters = words.chars();
    match (language, letters.next()) {
        (Language::Latvian, Some(first)) => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

/// The one that matters most.
fn warning(frame: &Frame, card: &Card) -> Markup {
    let text = &frame.text().queue;
    html! {
        @if card.sender_failed {
            p.flag { (icon(Icon::Flag)) span { b { (text.unverified) } " " (text.unverified_how) } }
        } @else if let Some((words, day)) = card.weekday_differs() {
            p.note { ((text.weekday_differs)(&shorten(&words, TITLE_CHARACTERS_MAX), day)) }
        } @else if let Some(code) = card.warning {
            p.s { (icon(Icon::Warning)) " " ((frame.text().editor.warning)(code)) }
        }
    }
}

/// What came since, and which question it answers.
fn answered(frame: &Frame, replied: &Replied) -> Markup {
    let text = &frame.text().queue;
    let words = shorten(&one_line(&replied.words), ANSWER_CHARACTERS_MAX);
    let question =
        replied.question.as_deref().map(|question| shorten(&one_line(question), ANSWER_CHARACTERS_MAX));
    html! {
        p.row {
            span.st.ok { (icon(Icon::Mail)) @if question.is_some() { (text.replied) } @else { (text.added) } }
            span.s { ((text.ago)(replied.age)) }
        }
        @if let Some(question) = question { p.s { ((text.question)(&question)) } }
        @if !words.is_empty() { p.s { ((text.reply)(&words)) } }
    }
}

fn stands(frame: &Frame, standing: &Standing) -> Markup {
    let text = &frame.text().queue;
    let (class, sign, word) = match &standing.state {
        State::Asked { .. } => ("wait", Icon::Question, text.asked.to_owned()),
        State::Approved => ("ok", Icon::Check, text.approved.to_owned()),
        State::Planned => ("ok", Icon::Check, text.planned.to_owned()),
        State::Postponed { month } => ("wait", Icon::Clock, (text.postponed)(*month)),
        State::Rejected { .. } => ("off", Icon::Cross, text.rejected.to_owned()),
    };
    let until = match &standing.state {
        State::Asked { until, .. } => *until,
        _ => None,
    };
    let (question, reason) = match &standing.state {
        State::Asked { question, .. } => (Some(question), None),
        State::Rejected { reason } => (None, Some(reason).filter(|reason| !reason.trim().is_empty())),
        State::Approved | State::Planned | State::Postponed { .. } => (None, None),
    };
    let short = |words: &str| shorten(&one_line(words), WORDS_CHARACTERS_MAX);
    html! {
        p.row {
            span class=(format!("st {class}")) { (icon(sign)) (word) }
            span.s {
                @let by = one_line(&standing.by);
                @if !by.is_empty() { (by) ", " }
                (near(frame.language, standing.at, frame.today))
            }
        }
        @if let Some(question) = question { p.s { ((text.question)(&short(question))) } }
        @if let Some(until) = until { p.s { ((frame.text().waits.desk_until)(until, frame.today)) } }
        @if let Some(reason) = reason { p.s { ((text.reason)(&short(reason))) } }
    }
}

fn others(frame: &Frame, card: &Card) -> Markup {
    let text = &frame.text().queue;
    let hidden = card.others.len().saturating_sub(OTHERS_NAMED) + card.more_others;
    html! {
        p.s {
            (text.also_waiting)
            @for (index, (id, title)) in card.others.iter().take(OTHERS_NAMED).enumerate() {
                @let title = shorten(&one_line(title), TITLE_CHARACTERS_MAX);
                @if index > 0 { "," }
                " " a href=(Paths::local().desk(&format!("/item/{id}"))) {
                    @if title.is_empty() { (text.untitled) } @else { (title) }
                }
            }
            @if hidden > 0 { " " ((text.and_more)(hidden)) }
        }
    }
}

pub(super) fn held(view: &View, held: &Held) -> Markup {
    let words = &view.desk.frame.text().queue;
    let subject = one_line(&held.subject);
    let sender = one_line(&held.sender);
    html! {
        li.card.item {
            (sala(&item_slug(&held.sender)))
            p.meta {
                b { @if sender.is_empty() { (words.some_sender) } @else { (sender) } }
                ", " span.nb { ((words.ago)(held.age)) }
            }
            h2 {
                a href=(Paths::local().desk(&format!("/message/{}", held.id))) {
                    @if subject.is_empty() { (words.no_subject) } @else { (subject) }
                }
            }
            p.note { ((words.why_here)(&held.reason)) }
        }
    }
}
