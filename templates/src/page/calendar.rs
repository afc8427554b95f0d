//! A month of the calendar, as a list: what has a day, what comes again and again, and what has no day yet.

use maud::{Markup, html};

use super::layout::{Horizon, Known, Page};
use super::news;
use crate::edition::Happening;
use crate::island::Shape;
use crate::text::date::year_and_month;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub year: i32,
    pub month: u32,
    /// Places where something happens in it, the busiest first.
    pub places: Vec<String>,
    pub days: Vec<Happening>,
    pub regular: Vec<Happening>,
    pub undated: Vec<Happening>,
    /// Year and month of the pages beside this one.
    pub earlier: Option<(i32, u32)>,
    pub later: Option<(i32, u32)>,
    /// The name of the picture of the latest issue's horizon, for those who pass the page on.
    pub horizon: Option<String>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().public;
    let paths = frame.links();
    let month = year_and_month(frame.language, view.year, view.month);
    let beside = |(year, month): (i32, u32), rel: &'static str| {
        html! {
            a.b.push[rel == "next"] rel=(rel) href=(paths.calendar_month(year, month)) {
                (year_and_month(frame.language, year, month))
            }
        }
    };
    let nothing = view.days.is_empty() && view.regular.is_empty() && view.undated.is_empty();
    let main = html! {
        div.stack2 {
            div.stack {
                p.kick { (text.calendar) }
                h1.track { (month) }
            }
            @if nothing { p.lead { (text.no_dates) } }
            (news::happenings(frame, &view.days, true))
            (part(frame, text.regular, &view.regular))
            (part(frame, text.undated, &view.undated))
            nav.row.between aria-label=(text.months) {
                @if let Some(earlier) = view.earlier { (beside(earlier, "prev")) }
                @if let Some(later) = view.later { (beside(later, "next")) }
            }
            p.links { a href=(paths.calendar_feed()) { (text.calendar_feed) } }
            (news::send(frame))
        }
    };
    let title = format!("{}, {month}", text.calendar);
    Page {
        horizon: Some(Horizon { shape: Shape::Slim, places: &view.places, month: view.month }),
        known: Some(
            Known::page(
                Paths::local().calendar_month(view.year, view.month),
                &(text.describe_calendar)(&frame.publication.name),
            )
            .under(view.horizon.as_ref()),
        ),
        ..Page::new(frame, &title, main)
    }
    .render()
}

fn part(frame: &Frame, title: &str, happenings: &[Happening]) -> Markup {
    html! {
        @if !happenings.is_empty() {
            section.stack {
                h2 { (title) }
                (news::happenings(frame, happenings, true))
            }
        }
    }
}
