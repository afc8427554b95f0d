//! Leaving the contributors' reminder. The button posts to [`Paths::reminders`] the field `do` = `leave`.

use maud::html;

use super::layout::{Page, saying};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub step: Step,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Ask {
        /// [`subscribers::EmailAddress::masked`]
        masked: String,
        token: String,
    },
    Done,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().leave;
    let (title, main) = match &view.step {
        Step::Ask { masked, token } => (
            text.reminder_title,
            html! {
                form.stack2 method="post" action=(frame.links().reminders(token)) {
                    div.stack {
                        h1.track { (text.reminder_title) }
                        p { ((text.address)(masked)) }
                        p { ((text.reminder_text)(&frame.publication.name)) }
                    }
                    button.b.go.big type="submit" name="do" value="leave" { (text.reminder_button) }
                }
            },
        ),
        Step::Done => (text.reminder_done_title, saying(text.reminder_done_title, &[text.reminder_done])),
    };
    Page::new(frame, title, main).by_link().render()
}
