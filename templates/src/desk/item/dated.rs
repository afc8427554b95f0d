//! When and where: dashed while it is proposed, solid once a person has confirmed it, and said in words both times.

use issues::{EventDetails, EventStatus, Limited, LocalMoment, Said, Wording};
use maud::{Markup, html};

use super::{Dated, Placed, Sure, View, too_long, unfit, wrong};
use crate::Frame;
use crate::desk::card::inside;
use crate::desk::fields::{described, input, line, select};
use crate::desk::icon::{Icon, icon};
use crate::desk::verbs::{choice, over, rewording, seen};
use crate::details::{price, read_more, whereabouts};
use crate::page::decide::Problem;
use crate::parts::one_line;
use crate::text::date::{at, weekday_of, when};

/// What is proposed or confirmed.
pub(super) fn kept(view: &View) -> Markup {
    html! {
        @for (number, dated) in view.events.iter().enumerate().filter(|(_, dated)| dated.event.is_some()) {
            (event(view, number, dated))
        }
        @for (number, placed) in view.places.iter().enumerate().filter(|(_, placed)| placed.text.is_some()) {
            (place(view, number, placed))
        }
    }
}

/// The places for one more of each.
pub(super) fn more(view: &View) -> Markup {
    html! {
        @for (number, dated) in view.events.iter().enumerate().filter(|(_, dated)| dated.event.is_none()) {
            (event(view, number, dated))
        }
        @for (number, placed) in view.places.iter().enumerate().filter(|(_, placed)| placed.text.is_none()) {
            (place(view, number, placed))
        }
    }
}

fn event(view: &View, number: usize, dated: &Dated) -> Markup {
    let frame = &view.desk.frame;
    let (desk, text) = (&frame.text().desk, &frame.text().item_page);
    let is_wrong = is_wrong(view, number);
    let Some(event) = &dated.event else {
        let typed = !dated.fields.date.is_empty() || dated.details != EventDetails::default() || is_wrong;
        return html! { details open[typed] { summary { (icon(Icon::Calendar)) (text.add_event) } (fields(view, number, dated)) } };
    };
    let days = event.contradiction();
    let day = event.start.or(event.end).map(LocalMoment::date).filter(|_| event.rrule.is_none());
    let own = one_line(&event.text);
    html! {
        div.prop.sure[dated.sure.is_some()] id=(format!("event-{number}")) {
            (label(dated.sure.is_some(), Icon::Calendar, text.time_proposed, text.time_sure))
            p.v { (when(frame.language, event, frame.today)) }
            (over(frame, event, view.reads_on))
            @let place = whereabouts(event, "");
            @if !place.is_empty() { p { (icon(Icon::Place)) " " (place) } }
            @if let Some(price) = price(frame, event) { p { (price) } }
            @if let Some(more) = read_more(frame, event, None) { p { (more) } }
            p.s {
                @if !own.is_empty() { ((desk.in_text)(&own)) " " }
                @if let Some(day) = day { (weekday_of(frame.language, day)) "." }
            }
            (sure(frame, dated.sure.as_ref()))
            @if !days.is_empty() {
                (choice(frame, number, &days, &dated.words_on, &dated.chosen, view.problems.contains(&Problem::DayUnchosen(number))))
            }
            @if let Some(wording) = &dated.words { (words(view, number, wording)) }
            div.row {
                @if dated.sure.is_none() { (right(&format!("events.{number}"), frame, text.right_time)) }
                details open[is_wrong] { (mend(frame, text.right_time)) (fields(view, number, dated)) }
            }
        }
    }
}

/// The text still says another time: one press puts it right, or the editor does.
fn words(view: &View, number: usize, wording: &Wording) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    html! {
        div.note.stack id=(format!("words-{number}")) {
            @if view.problems.contains(&Problem::WordsLeft(number)) {
                p.err { (icon(Icon::Warning)) span { (text.words_still_left) } }
            }
            p { ((text.words_left)(&one_line(&wording.old))) }
            @if let Some(new) = &wording.new {
                p { (rewording(frame, wording, new)) }
                p {
                    button.b.sm type="submit" name="do" value=(format!("reword:{number}")) {
                        (icon(Icon::Edit)) (text.reword)
                    }
                }
            } @else {
                p { a href="#text" { (text.reword_yourself) } }
            }
            (seen(number))
        }
    }
}

/// Beside the text: which of its words say another time than was chosen.
pub(super) fn left(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    let left = view
        .events
        .iter()
        .zip(0..)
        .filter_map(|(dated, number)| Some((number, dated.words.as_ref()?, dated.event.as_ref()?)));
    html! {
        @for (number, wording, event) in left {
            p.note {
                @let time = inside(frame.language, &one_line(&when(frame.language, event, frame.today)));
                ((text.words_against)(&one_line(&wording.old), &time))
                " " a href=(format!("#event-{number}")) { (text.see_time) }
            }
        }
    }
}

/// Is anything wrong with the fields of an event?
fn is_wrong(view: &View, number: usize) -> bool {
    let long = |field: Limited| too_long(view, field).is_some();
    event_wrong(view, number).is_some()
        || link_wrong(view, number).is_some()
        || long(Limited::EventPlace(number))
        || long(Limited::EventPrice(number))
}

fn event_wrong(view: &View, number: usize) -> Option<&'static str> {
    let text = &view.desk.frame.text().item_page;
    wrong(
        view,
        &[
            (Problem::EventWrong(number), text.event_wrong),
            (Problem::EventFar(number), text.event_far),
            (Problem::EventSkipped(number), view.desk.frame.text().item_fields.skipped_time),
        ],
    )
}

fn link_wrong(view: &View, number: usize) -> Option<String> {
    let words = view.desk.frame.text().event.wrong;
    unfit(view, &[(Problem::LinkWrong(number), words)], Limited::EventLink(number))
}

fn fields(view: &View, number: usize, dated: &Dated) -> Markup {
    let text = &view.desk.frame.text().item_page;
    let name = |part: &str| format!("events.{number}.{part}");
    let error = format!("events.{number}-error");
    let is_wrong = event_wrong(view, number);
    let tied = is_wrong.map(|_| error.as_str());
    let typed = &dated.fields;
    let said: Vec<(&str, &str)> = Said::ALL.map(|said| (said.name(), (text.said_as)(said))).to_vec();
    let statuses = [
        (EventStatus::Confirmed, "confirmed"),
        (EventStatus::Tentative, "tentative"),
        (EventStatus::Cancelled, "cancelled"),
    ];
    let status: Vec<(&str, &str)> = statuses.map(|(status, name)| (name, (text.status_as)(status))).to_vec();
    let chosen = statuses.iter().find(|(status, _)| *status == dated.status).map_or("", |(_, name)| name);
    let series = dated.event.as_ref().is_some_and(|event| event.rrule.is_some());
    html! {
        div.stack {
            @if series { p.hint { (text.repeats) } }
            div.pair {
                (input(&name("date"), "date", text.date, &typed.date, tied))
                (input(&name("time"), "time", text.time, &typed.time, tied))
                (input(&name("end_date"), "date", text.end_date, &typed.end_date, tied))
                (input(&name("end_time"), "time", text.end_time, &typed.end_time, tied))
            }
            @if let Some(words) = is_wrong { p.err id=(error) { (icon(Icon::Warning)) span { (words) } } }
            (details(view, number, dated))
            (select(&name("said"), text.said, &said, typed.said.name()))
            (select(&name("status"), text.status, &status, chosen))
            @if dated.event.is_some() { (remove(&name("remove"), text.remove_event, dated.remove)) }
        }
    }
}

/// Where exactly, for how much, and where more is said.
fn details(view: &View, number: usize, dated: &Dated) -> Markup {
    let text = &view.desk.frame.text().event;
    let name = |part: &str| format!("events.{number}.{part}");
    let hint = name("details-hint");
    let typed = &dated.details;
    let input = |part: &str, kind: &str, label: &str, value: &str, wrong: Option<String>| {
        let error = name(&format!("{part}-error"));
        html! {
            div {
                label for=(name(part)) { (label) }
                input.f.bad[wrong.is_some()] id=(name(part)) name=(name(part)) type="text" inputmode=(kind) value=(value)
                    aria-describedby=[described(&[(wrong.is_some(), &error), (true, &hint)])]
                    aria-invalid=[wrong.as_ref().map(|_| "true")];
                @if let Some(words) = wrong { p.err id=(error) { (icon(Icon::Warning)) span { (words) } } }
            }
        }
    };
    html! {
        (input("place", "text", text.place_field, &typed.place, too_long(view, Limited::EventPlace(number))))
        div.pair {
            (input("price", "text", text.price_field, &typed.price, too_long(view, Limited::EventPrice(number))))
            // Not of type “url”: an address may be typed without its beginning.
            (input("link", "url", text.link_field, &typed.link, link_wrong(view, number)))
        }
        p.hint id=(hint) { (text.hint) }
    }
}

fn place(view: &View, number: usize, placed: &Placed) -> Markup {
    let frame = &view.desk.frame;
    let (desk, text) = (&frame.text().desk, &frame.text().item_page);
    let name = |part: &str| format!("places.{number}.{part}");
    let wrong = [Limited::Place(number), Limited::Municipality(number)].map(|field| too_long(view, field));
    let is_wrong = wrong.iter().any(Option::is_some);
    let fields = html! {
        div.stack {
            (line(&name("place"), text.place, &placed.place, wrong[0].as_deref()))
            (line(&name("municipality"), text.municipality, &placed.municipality, wrong[1].as_deref()))
            @if placed.text.is_some() { (remove(&name("remove"), text.remove_place, placed.remove)) }
        }
    };
    let Some(own) = &placed.text else {
        return html! {
            details open[!placed.place.is_empty() || is_wrong] { summary { (icon(Icon::Place)) (text.add_place) } (fields) }
        };
    };
    let own = one_line(own);
    html! {
        div.prop.sure[placed.sure.is_some()] id=(format!("place-{number}")) {
            (label(placed.sure.is_some(), Icon::Place, text.place_proposed, text.place_sure))
            p.v { (one_line(&placed.place)) }
            @if !placed.municipality.is_empty() { p.s { (one_line(&placed.municipality)) } }
            @if !own.is_empty() { p.s { ((desk.in_text)(&own)) } }
            (sure(frame, placed.sure.as_ref()))
            div.row {
                @if placed.sure.is_none() { (right(&format!("places.{number}"), frame, text.right_place)) }
                details open[is_wrong] { (mend(frame, text.right_place)) (fields) }
            }
        }
    }
}

/// What it is, and whether somebody has confirmed it: by sign and by word.
fn label(sure: bool, sign: Icon, proposed: &str, confirmed: &str) -> Markup {
    html! {
        p.lab { @if sure { (icon(Icon::Check)) (confirmed) } @else { (icon(sign)) (proposed) } }
    }
}

fn sure(frame: &Frame, sure: Option<&Sure>) -> Markup {
    html! {
        @if let Some(sure) = sure {
            p.s {
                ((frame.text().item_page.confirmed_by)(&one_line(&sure.by), &at(frame.language, sure.at, frame.today)))
            }
        }
    }
}

fn right(what: &str, frame: &Frame, words: &str) -> Markup {
    html! {
        button.b.go.sm type="submit" name="do" value=(format!("confirm:{what}")) {
            (icon(Icon::Check)) (frame.text().item_page.right) span.vh { ": " (words) }
        }
    }
}

fn mend(frame: &Frame, words: &str) -> Markup {
    html! { summary.b.sm { (icon(Icon::Edit)) (frame.text().item_page.mend) span.vh { ": " (words) } } }
}

fn remove(name: &str, words: &str, checked: bool) -> Markup {
    html! { label.opt { input type="checkbox" name=(name) value="1" checked[checked]; span { (words) } } }
}
