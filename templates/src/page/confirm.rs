//! The page that a confirmation link opens. The button posts to [`Paths::confirm`], without fields.

use super::asking::Asking;
use super::layout::Page;
use crate::text::consent;
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
    let text = &frame.text().subscribe;
    let title = (text.confirm_title)(&frame.publication.name);
    let asking = Asking {
        action: Paths::local().confirm(&view.token),
        title: &title,
        says: vec![(text.confirm_address)(&view.masked), consent(frame.language, &frame.publication.name)],
        button: text.confirm_button,
        act: None,
        otherwise: Some(text.confirm_not_me),
    };
    Page::new(frame, &title, asking.form()).by_link().render()
}
