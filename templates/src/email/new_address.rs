//! The question to a reader's new address. No words of the person who asked: anybody may type in anybody's address.

use chrono::{NaiveDate, NaiveDateTime};

use super::Email;
use super::agreeing::Agreeing;
use crate::Frame;
use crate::text::date::at;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub confirm_url: String,
    /// When somebody asked, local.
    pub asked_at: NaiveDateTime,
    /// The network prefix from which somebody asked.
    pub origin: Option<String>,
    /// The last day on which the link works.
    pub valid_until: NaiveDate,
}

pub fn render(view: &View) -> Email {
    let frame = &view.frame;
    let text = &frame.text().person.address;
    let name = &frame.publication.name;
    Agreeing {
        frame,
        subject: text.mail_subject.to_owned(),
        preview: text.mail_preview,
        asked: (text.mail_asked)(&at(frame.language, view.asked_at, frame.today), name),
        origin: view.origin.as_deref(),
        agree: (text.agree)(name),
        button: text.confirm,
        url: &view.confirm_url,
        ignore: text.mail_ignore,
        valid_until: view.valid_until,
    }
    .render()
}
