//! Small things that news are made of.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Confirmed;

/// A place of the region as a text names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// In the nominative.
    pub place: String,
    pub municipality: String,
    /// The words that said so.
    pub text: String,
    /// 0 to 1.
    pub confidence: f64,
    /// Who took it for right; until somebody did it is a proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Confirmed>,
}

/// A “prepared by” block. Telephone and address are contact, never published by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Byline {
    pub name: Option<String>,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

impl Byline {
    /// What readers see: name, role and organisation, without contact.
    pub fn public(&self) -> String {
        let parts = [&self.name, &self.role, &self.organisation];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// A text as its paragraphs: the one form in which an item's text is kept and rendered.
pub struct Paragraphs<'a>(pub &'a str);

impl<'a> Paragraphs<'a> {
    /// The paragraphs: runs of lines between blank lines, trimmed, none empty.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.0.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
    }
}

/// A link that a template may put into `href`: http, https or mailto, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebLink(url::Url);

impl WebLink {
    pub fn parse(text: &str) -> Option<Self> {
        let url = url::Url::parse(text.trim()).ok()?;
        let allowed = match url.scheme() {
            "http" | "https" => url.has_host(),
            "mailto" => true,
            _ => false,
        };
        allowed.then_some(Self(url))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Is this a page whose existence can be checked?
    pub fn is_web(&self) -> bool {
        self.0.scheme() != "mailto"
    }

    /// Does it bring a name or a password along? What stands before the `@` is often taken for the host.
    pub fn has_login(&self) -> bool {
        !self.0.username().is_empty() || self.0.password().is_some()
    }
}

impl Serialize for WebLink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for WebLink {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a link of http, https or mailto"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_do_no_harm_are_links() {
        for good in ["https://selija.com/a?b=c", "http://example.lv", "mailto:info@selija.com"] {
            assert!(WebLink::parse(good).is_some(), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "selija.com", "", "https://"]
        {
            assert!(WebLink::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_byline_shows_no_contact() {
        let byline = Byline {
            name: Some("Ilze Rītarasa".into()),
            role: Some("vadītāja".into()),
            phone: Some("2000 0000".into()),
            ..Byline::default()
        };
        assert_eq!(byline.public(), "Ilze Rītarasa, vadītāja");
    }
}
