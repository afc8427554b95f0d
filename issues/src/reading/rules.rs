//! What a publication tells the reader of its mail: its own addresses, whom it trusts, what is private.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use subscribers::EmailAddress;

use super::parsed::Parsed;

/// See the module.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The addresses of the publication, without tags.
    pub own: Vec<EmailAddress>,
    /// What stands between mailbox and tag, `+` by default; `None` where the host refuses tags.
    pub delimiter: Option<char>,
    /// The identifier in our own `List-Id`.
    pub list_id: Option<String>,
    /// The only `Authentication-Results` we believe are those of this server (RFC 8601 section 5).
    pub authserv_id: Option<String>,
    pub private: Vec<PrivateRule>,
    /// ISO 639-1, the language assumed where a text does not show one.
    pub language: String,
    pub zone: Tz,
    /// Places to look for; empty where the publication has no list.
    pub places: Vec<KnownPlace>,
}

/// Mail that goes past the shared queue: any of `words` in the subject, any of `addresses` among the recipients, or
/// any of `words` together with any of `entry_words` in the text. Words are compared without case and marks, and
/// their last word may have any ending.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateRule {
    pub name: String,
    #[serde(default)]
    pub words: Vec<String>,
    /// What marks a text as an entry and not news about it: “pieteikums”, “eseja”.
    #[serde(default)]
    pub entry_words: Vec<String>,
    #[serde(default)]
    pub addresses: Vec<EmailAddress>,
}

/// A place with the forms in which a text may name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPlace {
    pub place: String,
    pub municipality: String,
    pub forms: Vec<String>,
    /// The name is an ordinary word too, and needs a parish or an institution beside it.
    #[serde(default)]
    pub ordinary: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            own: Vec::new(),
            delimiter: Some('+'),
            list_id: None,
            authserv_id: None,
            private: Vec::new(),
            language: "lv".to_owned(),
            zone: chrono_tz::Europe::Riga,
            places: Vec::new(),
        }
    }
}

impl Rules {
    /// Is this one of our addresses, with or without a tag?
    pub fn is_own(&self, address: &str) -> bool {
        EmailAddress::parse(address).is_ok_and(|address| {
            self.own.iter().any(|own| own.key() == address.key() || self.tag(own, &address).is_some())
        })
    }

    fn tag<'a>(&self, own: &EmailAddress, address: &'a EmailAddress) -> Option<&'a str> {
        own.tag_of(address, self.delimiter?)
    }

    /// The tags of our own addresses in one header value.
    pub fn tags_in(&self, value: &str) -> Vec<String> {
        let separators = |c: char| c.is_whitespace() || "<>(),;:\"'".contains(c);
        value
            .split(separators)
            .filter(|word| word.contains('@'))
            .filter_map(|word| EmailAddress::parse(word).ok())
            .filter_map(|address| {
                let tag = self.own.iter().find_map(|own| self.tag(own, &address))?;
                Some(tag.to_ascii_lowercase())
            })
            .collect()
    }

    /// The tags of ours among the recipients of a message, each once, wherever mail systems note them.
    pub fn tags(&self, parsed: &Parsed) -> Vec<String> {
        const PLACES: [&str; 9] = [
            "Delivered-To",
            "X-Original-To",
            "Envelope-To",
            "X-Envelope-To",
            "Apparently-To",
            "X-Forwarded-To",
            "X-Gm-Original-To",
            "To",
            "Cc",
        ];
        let mut tags = Vec::new();
        for name in PLACES {
            for value in parsed.headers(name) {
                for tag in self.tags_in(value) {
                    if !tags.contains(&tag) {
                        tags.push(tag);
                    }
                }
            }
        }
        tags
    }
}
