//! After confirming, also a second time: when the next issue comes, what there is to read until then, and the way to the
//! preferences.

use chrono::NaiveDate;
use issues::Edition;
use maud::html;

use super::layout::{Page, saying};
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// Was it confirmed before?
    pub already: bool,
    /// The local day on which the next issue goes out, where the schedule has one.
    pub next: Option<NaiveDate>,
    pub latest: Option<Latest>,
    /// The token of her preferences.
    pub preferences: String,
}

/// The latest issue that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    pub edition: Edition,
    pub number: u32,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().subscribe;
    let title = if view.already { text.already_title } else { text.done_title };
    let next = match view.next {
        Some(day) => (text.done_next)(day, frame.today),
        None => text.done_soon.to_owned(),
    };
    let paths = frame.links();
    let main = html! {
        div.stack2 {
            (saying(title, &[&next]))
            @match view.latest {
                Some(Latest { edition, number }) => p {
                    a.b.go href=(paths.issue(edition.year, number)) { ((text.latest)(edition.month)) }
                },
                None => p { a.b href=(paths.home()) { (frame.text().site.home) } },
            }
            p { a href=(Paths::local().preferences(&view.preferences)) { (frame.text().person.preferences.link) } }
        }
    };
    Page::new(frame, title, main).by_link().render()
}
