//! After confirming, also a second time.

use chrono::NaiveDate;

use super::layout::{Page, saying};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// Was it confirmed before?
    pub already: bool,
    /// The local day on which the next issue goes out, where the schedule has one.
    pub next: Option<NaiveDate>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().subscribe;
    let title = if view.already { text.already_title } else { text.done_title };
    let next = match view.next {
        Some(day) => (text.done_next)(day, frame.today),
        None => text.done_soon.to_owned(),
    };
    Page::new(frame, title, saying(title, &[&next])).by_link().render()
}
