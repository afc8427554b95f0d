//! Who speaks, to whom, and when.

use chrono::NaiveDate;
use subscribers::{EmailAddress, Language};

use crate::Paths;
use crate::text::{Name, Text, text};

/// A publication, as its readers know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    pub name: Name,
    /// The language of the name and of the owner.
    pub language: Language,
    /// The legal person that publishes.
    pub owner: String,
    pub postal_address: String,
    pub mailbox: EmailAddress,
    pub paths: Paths,
}

/// The frame of a mail or page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub publication: Publication,
    /// The reader's.
    pub language: Language,
    /// The local day on which the reader reads; decides whether a date needs its year.
    pub today: NaiveDate,
    /// Was the language chosen in the address, and would be another without it? Then links go on asking for it.
    pub carries: bool,
}

impl Frame {
    /// Links from one page to another, from the root of the host.
    pub(crate) fn links(&self) -> Paths {
        Paths::local().in_language(self.carries.then_some(self.language))
    }

    pub(crate) fn text(&self) -> &'static Text {
        text(self.language)
    }

    /// The value of `lang` for words in another language than the frame's. Words of no stated language are in
    /// the publication's own.
    pub(crate) fn lang<'a>(&self, written_in: Option<&'a str>) -> Option<&'a str> {
        let code = written_in.unwrap_or(self.publication.language.code());
        Some(code).filter(|code| {
            *code != self.language.code()
                && (2..=12).contains(&code.len())
                && code.bytes().all(|octet| octet.is_ascii_alphabetic() || octet == b'-')
                && code.starts_with(|letter: char| letter.is_ascii_alphabetic())
                && !code.ends_with('-')
        })
    }

    /// `lang` for the publication's own name.
    pub(crate) fn publication_lang(&self) -> Option<&'static str> {
        self.lang(None)
    }

    /// The `mailto:` link of the mailbox.
    pub(crate) fn mailto(&self) -> String {
        mailto(&self.publication.mailbox)
    }
}

/// The `mailto:` link of an address.
pub(crate) fn mailto(address: &EmailAddress) -> String {
    let mut link = "mailto:".to_owned();
    for letter in address.as_str().chars() {
        if letter.is_ascii_alphanumeric() || "@.+-_".contains(letter) {
            link.push(letter);
        } else {
            let mut octets = [0; 4];
            for octet in letter.encode_utf8(&mut octets).bytes() {
                link += &format!("%{octet:02X}");
            }
        }
    }
    link
}
