//! A mail that asks the person of an address to agree, by one button; what she does not confirm is nothing.

use chrono::NaiveDate;

use super::Email;
use super::letter::{Block, Closing, Letter};
use crate::Frame;
use crate::parts::one_line;

pub(super) struct Agreeing<'a> {
    pub(super) frame: &'a Frame,
    pub(super) subject: String,
    pub(super) preview: &'a str,
    /// That somebody asked, and when.
    pub(super) asked: String,
    /// The network prefix from which somebody asked, if by form.
    pub(super) origin: Option<&'a str>,
    /// What a press of the button says.
    pub(super) agree: String,
    pub(super) button: &'a str,
    pub(super) url: &'a str,
    pub(super) ignore: &'a str,
    /// The last day on which the link works.
    pub(super) valid_until: NaiveDate,
}

impl Agreeing<'_> {
    pub(super) fn render(self) -> Email {
        let frame = self.frame;
        let text = &frame.text().subscribe;
        let origin = self.origin.map(|origin| (text.mail_origin)(&one_line(origin)));
        let asked: Vec<&str> =
            [frame.text().shared.hello, &self.asked].into_iter().chain(origin.as_deref()).collect();
        Letter {
            frame,
            subject: self.subject,
            preview: self.preview.to_owned(),
            blocks: vec![
                Block::Text(asked.join(" ")),
                Block::Text(text.mail_agree.to_owned()),
                Block::Written(self.agree),
                Block::Button { label: self.button.to_owned(), url: self.url.to_owned() },
                Block::Text(self.ignore.to_owned()),
                Block::Soft((text.mail_valid)(self.valid_until, frame.today)),
            ],
            closing: Closing::Automatic,
        }
        .render()
    }
}
