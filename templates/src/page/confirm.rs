//! The page that a confirmation link opens. The button posts to [`Paths::confirm`], without fields.

use maud::html;

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
    let main = html! {
        form.stack2 method="post" action=(Paths::local().confirm(&view.token)) {
            div.stack {
                h1.track { (title) }
                p { ((text.confirm_address)(&view.masked)) }
                p { (consent(frame.language, &frame.publication.name)) }
            }
            button.b.go.big type="submit" { (text.confirm_button) }
            p.s { (text.confirm_not_me) }
        }
    };
    Page::new(frame, &title, main).by_link().render()
}
