//! After leaving, with a way back, and after coming back. The undo button posts to [`Paths::leave`] the field
//! `do` = `undo`.

use maud::{Markup, html};

use super::layout::{Page, saying};
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub now: Now,
    /// A token for the preferences and the data.
    pub preferences: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// With the token of the leave link where the way back is open.
    Left { undo: Option<String> },
    /// Came back.
    Stays,
}

pub fn render(view: &View) -> String {
    let text = &view.frame.text().leave;
    let (title, main) = match &view.now {
        Now::Left { undo } => (
            text.done_title,
            html! {
                div.stack2 {
                    (saying(text.done_title, &[text.done]))
                    @if let Some(token) = undo {
                        form method="post" action=(Paths::local().leave(token)) {
                            button.b type="submit" name="do" value="undo" { (text.undo) }
                        }
                    }
                    (preferences(view))
                }
            },
        ),
        Now::Stays => (
            text.undone_title,
            html! { div.stack2 { (saying(text.undone_title, &[text.undone])) (preferences(view)) } },
        ),
    };
    Page::new(&view.frame, title, main).by_link().render()
}

/// Where she can still see and erase what is kept, or only pause.
fn preferences(view: &View) -> Markup {
    html! {
        p {
            a href=(Paths::local().preferences(&view.preferences)) { (view.frame.text().person.preferences.link) }
        }
    }
}
