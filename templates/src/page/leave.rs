//! The page that a leave link opens; it asks nothing. The button posts to [`Paths::leave`] the field
//! `do` = `leave`, by which a person is told from a one-click request (RFC 8058).

use maud::html;

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
    let main = html! {
        form.stack2 method="post" action=(Paths::local().leave(&view.token)) {
            div.stack {
                h1.track { (title) }
                p { ((text.address)(&view.masked)) }
            }
            button.b.go.big type="submit" name="do" value="leave" { (text.button) }
            p.s { (text.stay) }
        }
    };
    Page::new(frame, &title, main).by_link().render()
}
