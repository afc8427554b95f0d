//! Beside the item: the letter as it came, what was written since, what else the contributor sent, and how it will look.

use issues::reading::Verified;
use maud::{Markup, html};

use super::{Letter, Other, View};
use crate::Paths;
use crate::desk::icon::{Icon, icon};
use crate::desk::sender::{Within, taken};
use crate::desk::verbs::FORM;
use crate::parts::{one_line, paragraphs};
use crate::text::date::{at, moment};
use crate::text::size;

/// Other items of a group that are named at once.
const OTHERS_MAX: usize = 5;
/// And those that are folded below them.
const FOLDED_MAX: usize = 60;

pub(super) fn letter(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    html! {
        section.card.panel {
            h2 { (text.letter) }
            @match &view.letter {
                Some(letter) => (received(view, letter)),
                None => p.s { (text.no_letter) },
            }
        }
    }
}

fn received(view: &View, letter: &Letter) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    let message = Paths::local().desk(&format!("/message/{}", letter.message));
    let named = |wanted: Verified| -> Vec<&str> {
        letter.checks.iter().filter(|(_, outcome)| *outcome == wanted).map(|(name, _)| *name).collect()
    };
    let (passed, failed) = (named(Verified::Pass), named(Verified::Fail));
    let sent = letter.sent_at.map(|at| moment(frame.language, at, frame.today));
    html! {
        details {
            summary data-key="o" { (icon(Icon::Mail)) (text.show_letter) }
            dl.s {
                @for (term, value) in [(text.from, &letter.from), (text.to, &letter.to), (text.subject, &letter.subject)] {
                    @if !value.is_empty() { dt { b { (term) } } dd { (one_line(value)) } }
                }
                @if let Some(sent) = sent { dt { b { (text.sent) } } dd { (sent) } }
            }
            // Loaded when it is opened: nothing of others is, whatever the mail names.
            iframe.letter src=(format!("{message}/html")) title=(text.letter) sandbox="" loading="lazy" {}
        }
        ul.s {
            @for (name, octets) in &letter.files {
                li { (icon(Icon::Clip)) " " (one_line(name)) ", " (size(frame.language, *octets)) }
            }
            @if !passed.is_empty() { li { (icon(Icon::Lock)) " " ((text.checks_pass)(&passed)) } }
            @if !failed.is_empty() { li { (icon(Icon::Warning)) " " ((text.checks_fail)(&failed)) } }
            @if passed.is_empty() && failed.is_empty() { li { (text.unchecked) } }
        }
        p.links.s {
            a href=(message) { (text.whole_letter) }
            a href=(format!("{message}/raw")) { ((text.download)(&size(frame.language, letter.octets))) }
        }
    }
}

pub(super) fn thread(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    html! {
        @if !view.thread.is_empty() {
            section.card.panel {
                h2 { (text.thread) }
                ul.lines {
                    @for said in &view.thread {
                        li {
                            p.s {
                                b {
                                    @match &said.by {
                                        Some(by) => ((text.asked_by)(&one_line(by))),
                                        None => (text.answered),
                                    }
                                }
                                ", " (at(frame.language, said.at, frame.today))
                            }
                            @for paragraph in paragraphs(&said.text) { p { (paragraph) } }
                        }
                    }
                }
            }
        }
    }
}

/// What else the same person sent, what waits in a group of its own, and how she stands.
pub(super) fn others(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let (text, senders) = (&frame.text().item_page, &frame.text().senders);
    let within = if view.settled.is_some() { Within::Own("item", view.id) } else { Within::Form(FORM) };
    html! {
        section.card.panel {
            h2 { (text.others) }
            @if view.others.is_empty() { p.s { (text.no_others) } }
            (group(view, true, senders.waiting))
            (group(view, false, senders.earlier))
            (taken(&view.desk, &view.sender.taken, &within))
        }
    }
}

/// Those that wait, or the rest: the first few, and more on demand.
fn group(view: &View, waits: bool, heading: fn(usize) -> String) -> Markup {
    let text = &view.desk.frame.text().item_page;
    let all: Vec<&Other> = view.others.iter().filter(|other| other.waits == waits).collect();
    let (named, rest) = all.split_at(all.len().min(OTHERS_MAX));
    let folded = &rest[..rest.len().min(FOLDED_MAX)];
    html! {
        @if !all.is_empty() {
            h3.lab { (heading(all.len())) }
            (lines(view, named))
            @if !rest.is_empty() {
                details {
                    summary { ((text.more_others)(rest.len())) }
                    (lines(view, folded))
                    @if folded.len() < rest.len() { p.s { ((text.more_others)(rest.len() - folded.len())) } }
                }
            }
        }
    }
}

fn lines(view: &View, others: &[&Other]) -> Markup {
    let text = &view.desk.frame.text().item_page;
    html! {
        ul.lines.s {
            @for other in others {
                li {
                    (icon(if other.waits { Icon::Clock } else { Icon::Check })) " "
                    @let title = one_line(&other.title);
                    a href=(Paths::local().desk(&format!("/item/{}", other.id))) {
                        @if title.is_empty() { (text.untitled) } @else { (title) }
                    }
                    ", " (other.state.to_lowercase())
                }
            }
        }
    }
}

pub(super) fn in_mail(view: &View) -> Markup {
    let text = &view.desk.frame.text().item_page;
    let place = view.places.iter().find(|place| !place.place.is_empty() && place.text.is_some());
    html! {
        section.card.panel {
            h2 { (text.in_mail) }
            @if let Some(place) = place {
                p.kick {
                    (one_line(&place.place))
                    @if !place.municipality.is_empty() { ", " (one_line(&place.municipality)) }
                }
            }
            p.t { (one_line(&view.title)) }
            p.s {
                @match view.placed {
                    Some((place, month)) => ((text.place_in_issue)(place, month)),
                    // What is settled elsewhere goes into no issue.
                    None => @if view.settled.is_none() { ((text.goes_into)(view.month)) },
                }
            }
        }
    }
}
