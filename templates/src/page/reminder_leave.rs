//! Leaving the contributors' reminder. The button posts to [`Paths::reminders`] the field `do` = `leave`.

use super::asking::Asking;
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
        Step::Ask { masked, token } => {
            let asking = Asking {
                action: frame.links().reminders(token),
                title: text.reminder_title,
                says: vec![(text.address)(masked), (text.reminder_text)(&frame.publication.name)],
                button: text.reminder_button,
                act: Some("leave"),
                otherwise: None,
            };
            (text.reminder_title, asking.form())
        }
        Step::Done => (text.reminder_done_title, saying(text.reminder_done_title, &[text.reminder_done])),
    };
    Page::new(frame, title, main).by_link().render()
}
