//! The page that the mail to a new address opens. Its button posts to [`Paths::address`]; opening it changes nothing.

use super::asking::Asking;
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
        Now::Ask { masked, token } => {
            let asking = Asking {
                action: frame.links().address(token),
                title: text.title,
                says: vec![
                    (frame.text().person.preferences.address)(masked),
                    (text.agree)(&frame.publication.name),
                ],
                button: text.confirm,
                act: Some("confirm"),
                otherwise: Some(text.not_me),
            };
            (text.title, asking.form())
        }
        Now::Moved => (text.done_title, saying(text.done_title, &[text.done])),
    };
    Page::new(frame, title, main).by_link().render()
}
