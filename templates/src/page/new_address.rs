//! The page that the mail to a new address opens. Its button posts to [`Paths::address`]; opening it changes nothing.

use maud::html;

use super::layout::{Page, saying};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub now: Now,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// With the new address, masked, and the token of the link.
    Ask {
        masked: String,
        token: String,
    },
    Moved,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().person.address;
    let (title, main) = match &view.now {
        Now::Ask { masked, token } => (
            text.title,
            html! {
                form.stack2 method="post" action=(frame.links().address(token)) {
                    div.stack {
                        h1.track { (text.title) }
                        p { ((frame.text().person.preferences.address)(masked)) }
                        p { ((text.agree)(&frame.publication.name)) }
                    }
                    button.b.go.big type="submit" name="do" value="confirm" { (text.confirm) }
                    p.s { (text.not_me) }
                }
            },
        ),
        Now::Moved => (text.done_title, saying(text.done_title, &[text.done])),
    };
    Page::new(frame, title, main).by_link().render()
}
