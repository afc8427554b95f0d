//! The second step of subscribing. No advertising and no words of the person who asked: anybody may type in
//! anybody's address.

use chrono::{NaiveDate, NaiveDateTime};

use super::Email;
use super::agreeing::Agreeing;
use crate::Frame;
use crate::text::consent;
use crate::text::date::at;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub confirm_url: String,
    /// When somebody asked, local.
    pub asked_at: NaiveDateTime,
    /// The network prefix from which somebody asked, if by form.
    pub origin: Option<String>,
    /// The last day on which the link works.
    pub valid_until: NaiveDate,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().subscribe;
    let name = &frame.publication.name;
    Agreeing {
        frame,
        subject: (text.mail_subject)(name),
        preview: text.mail_preview,
        asked: (text.mail_asked)(&at(frame.language, view.asked_at, frame.today), name),
        origin: view.origin.as_deref(),
        agree: consent(frame.language, name),
        button: text.mail_button,
        url: &view.confirm_url,
        ignore: text.mail_ignore,
        valid_until: view.valid_until,
    }
    .render()
}
