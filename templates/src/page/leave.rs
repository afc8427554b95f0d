//! The page that a leave link opens; it asks nothing. The button posts to [`Paths::leave`] the field
//! `do` = `leave`, by which a person is told from a one-click request (RFC 8058).

use super::asking::Asking;
use super::layout::Page;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// [`subscribers::EmailAddress::masked`]
    pub masked: String,
    pub token: String,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().leave;
    let title = (text.title)(&frame.publication.name);
    let asking = Asking {
        action: Paths::local().leave(&view.token),
        title: &title,
        says: vec![(text.address)(&view.masked)],
        button: text.button,
        act: Some("leave"),
        otherwise: Some(text.stay),
    };
    Page::new(frame, &title, asking.form()).by_link().render()
}
