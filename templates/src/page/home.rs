//! The first page: the latest issue, what comes up, and how to get the next one.

use maud::{Markup, html};

use chrono::Datelike as _;

use super::layout::{Horizon, Known, Page};
use super::{news, subscribe};
use crate::edition::{Happening, Headline, Note};
use crate::island::Shape;
use crate::parts::{linked, one_line, paragraphs};
use crate::text::date::year_and_month;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub latest: Option<Latest>,
    /// The nearest dates.
    pub dates: Vec<Happening>,
    /// The name of the picture of the latest issue's horizon, for those who pass the page on.
    pub horizon: Option<String>,
}

/// The latest issue that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    pub year: i32,
    pub month: u32,
    pub number: u32,
    pub running_number: u32,
    /// Places that have news in it, in the nominative.
    pub places: Vec<String>,
    pub note: Option<Note>,
    /// Its items, in order.
    pub items: Vec<Headline>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let (text, public) = (&frame.text().site, &frame.text().public);
    let name = one_line(&frame.publication.name.nominative);
    let what = (text.what)(&frame.publication.name);
    let paths = frame.links();
    let main = html! {
        div.stack2 {
            div.desk2 {
                section.stack.art {
                    @match &view.latest {
                        Some(issue) => (latest(frame, issue)),
                        None => {
                            h2.track { (text.latest) }
                            p.lead { (text.no_issue_yet) }
                        }
                    }
                }
                aside.card.stack {
                    h2 { (public.nearest) }
                    @if view.dates.is_empty() { p { (public.no_coming_dates) } }
                    (news::happenings(frame, &view.dates, false))
                    p.links.s {
                        a href=(paths.calendar()) { (public.whole_calendar) }
                        a href=(paths.calendar_feed()) { (public.calendar_feed) }
                    }
                }
            }
            section.card.stack2 {
                div.stack {
                    h2 { (text.subscribe) }
                    p { (text.subscribe_card) }
                }
                (subscribe::form(frame, &subscribe::Filled::default()))
            }
            section.card.stack {
                h2 { (text.send) }
                p { (text.send_card) " " a href=(frame.mailto()) { (frame.publication.mailbox.as_str()) } }
                p.links { a href=(paths.how_to_send()) { (public.how_to_send) } }
            }
        }
    };
    let places = view.latest.as_ref().map_or(&[][..], |latest| &latest.places);
    let month = view.latest.as_ref().map_or(frame.today.month(), |latest| latest.month);
    Page {
        horizon: Some(Horizon { shape: Shape::Masthead, places, month }),
        known: Some(Known::page(Paths::local().home(), &what).under(view.horizon.as_ref())),
        line: what,
        wide: true,
        ..Page::new(frame, &name, main)
    }
    .render()
}

fn latest(frame: &Frame, issue: &Latest) -> Markup {
    let (text, public) = (&frame.text().site, &frame.text().public);
    let paths = frame.links();
    let url = paths.issue(issue.year, issue.number);
    html! {
        p.kick { (text.latest) ", " ((frame.text().shared.number)(issue.number, issue.running_number)) }
        h2.track.latest { a href=(url) { (year_and_month(frame.language, issue.year, issue.month)) } }
        @if let Some(note) = &issue.note {
            @if let Some(first) = paragraphs(&note.text).first() {
                p.lead lang=[frame.lang(note.lang.as_deref())] { (linked(first, None)) }
            }
        }
        (news::headlines(frame, issue.year, issue.number, &issue.items))
        p.row {
            a.b.go href=(url) { ((text.read_issue)(issue.month)) }
            a.b href=(paths.archive()) { (public.archive) }
        }
    }
}
