//! An e-mail address that can be put into an envelope and a header without further thought.
//!
//! What it leaves out: quoted local parts that need their quotes, comments and address literals, which no person types.
//! A non-ASCII local part is refused with its own error, since it needs SMTPUTF8 along the whole path (RFC 6531).

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest local part in octets (RFC 5321 section 4.5.3.1.1).
const LOCAL_OCTETS_MAX: usize = 64;
/// Longest path without its angle brackets, in octets (RFC 5321 section 4.5.3.1.3).
const ADDRESS_OCTETS_MAX: usize = 254;

/// A parsed address. The domain is lower-case ASCII (an IDN as its A-label, RFC 5891); the local part is kept as
/// written. Two addresses that differ only in case are equal: no provider in use tells them apart.
///
/// `Display` and `Debug` mask the address, so that a log line cannot leak one; [`EmailAddress::as_str`] is the
/// whole of it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is not an address we can mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddress {
    #[error("an address needs an @ with something on both sides")]
    Shape,
    #[error("the part before the @ has a character that cannot stand there")]
    Local,
    #[error("letters with marks before the @ cannot be delivered by most mail servers")]
    NonAsciiLocal,
    #[error("the part after the @ is not a domain")]
    Domain,
    #[error("the address is too long")]
    TooLong,
}

impl EmailAddress {
    /// Reads an address as a person or a header gives it; surrounding space and angle brackets are ignored, and so is
    /// what says nothing: quotes that are not needed (RFC 5321 section 4.1.2) and the dot of the root after the domain.
    ///
    /// # Errors
    /// Says which part is wrong; the text itself is not repeated.
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        let text = text.trim();
        let text = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidAddress::Shape)?;
        let local = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(local);
        if local.is_empty() || domain.is_empty() {
            return Err(InvalidAddress::Shape);
        }
        check_local(local)?;
        let domain = ascii_domain(domain.strip_suffix('.').unwrap_or(domain))?;
        if local.len() > LOCAL_OCTETS_MAX || local.len() + 1 + domain.len() > ADDRESS_OCTETS_MAX {
            return Err(InvalidAddress::TooLong);
        }
        Ok(Self(format!("{local}@{domain}")))
    }

    /// The whole address, for an envelope, a header or the person themself. Never for a log.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// What two spellings of one mailbox share: the key of every table of people.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The key without a tag (RFC 5233): `anna+x@` and `anna+y@` lead into one mailbox. For counting what one mailbox
    /// gets, never for telling people apart: some servers give such addresses to different people.
    pub fn mailbox_key(&self) -> String {
        let key = self.key();
        match key.split_once('@').map(|(local, domain)| (local.split('+').next().unwrap_or(""), domain)) {
            Some((head, domain)) if !head.is_empty() => format!("{head}@{domain}"),
            Some(_) | None => key,
        }
    }

    /// The address with a tag in its local part: `info` and `r.TOKEN` give `info+r.TOKEN@…` (RFC 5233).
    ///
    /// # Errors
    /// When the tagged local part is longer than 64 octets, or the tag holds what a local part cannot.
    pub fn tagged(&self, delimiter: char, tag: &str) -> Result<Self, InvalidAddress> {
        Self::parse(&format!("{}{delimiter}{tag}@{}", self.local(), self.domain()))
    }

    /// The tag another address carries, if it is this mailbox with one.
    pub fn tag_of<'a>(&self, other: &'a EmailAddress, delimiter: char) -> Option<&'a str> {
        if !other.domain().eq_ignore_ascii_case(self.domain()) {
            return None;
        }
        let local = self.local();
        let (head, rest) = other.local().split_at_checked(local.len())?;
        if !head.eq_ignore_ascii_case(local) {
            return None;
        }
        rest.strip_prefix(delimiter)
    }

    /// `a***@e***.lv`: enough for a person who knows the address to recognise it, of no use to others.
    pub fn masked(&self) -> String {
        let domain = self.domain();
        let (name, rest) = domain.split_once('.').unwrap_or((domain, ""));
        format!("{}***@{}***.{rest}", first(self.local()), first(name))
    }
}

fn first(text: &str) -> String {
    text.chars().take(1).collect()
}

/// Dot-atom of RFC 5322 section 3.2.3.
fn check_local(local: &str) -> Result<(), InvalidAddress> {
    if !local.is_ascii() {
        let typed = |c: char| !c.is_control() && !c.is_whitespace() && !"()<>[]:;@\\,\"".contains(c);
        return Err(if local.chars().all(typed) {
            InvalidAddress::NonAsciiLocal
        } else {
            InvalidAddress::Local
        });
    }
    let atom = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    if local.split('.').all(atom) { Ok(()) } else { Err(InvalidAddress::Local) }
}

fn ascii_domain(domain: &str) -> Result<String, InvalidAddress> {
    let domain = match url::Host::parse(domain) {
        Ok(url::Host::Domain(domain)) => domain,
        _ => return Err(InvalidAddress::Domain),
    };
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let named = domain.contains('.') && domain.split('.').all(label);
    if named || domain == "localhost" { Ok(domain) } else { Err(InvalidAddress::Domain) }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for EmailAddress {}

impl std::hash::Hash for EmailAddress {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for EmailAddress {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EmailAddress {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidAddress;

    fn try_from(text: String) -> Result<Self, InvalidAddress> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> String {
        address.0
    }
}

impl std::str::FromStr for EmailAddress {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Result<&str, InvalidAddress>) {
        assert_eq!(
            EmailAddress::parse(text).as_ref().map(EmailAddress::as_str).map_err(|e| *e),
            expected,
            "{text}"
        );
    }

    #[test]
    fn addresses_people_type_are_read() {
        check(" anna@example.lv ", Ok("anna@example.lv"));
        check("<Anna.Berzina+zinas@Example.LV>", Ok("Anna.Berzina+zinas@example.lv"));
        check("info@tūdaliņ.lv", Ok("info@xn--tdali-d8a8w.lv"));
        check("root@localhost", Ok("root@localhost"));
        check("\"info\"@selija.example", Ok("info@selija.example"));
        check("INFO@Selija.Example.", Ok("INFO@selija.example"));
    }

    #[test]
    fn what_cannot_be_mailed_is_refused_with_the_reason() {
        check("anna", Err(InvalidAddress::Shape));
        check("@example.lv", Err(InvalidAddress::Shape));
        check("a..b@example.lv", Err(InvalidAddress::Local));
        check("a b@example.lv", Err(InvalidAddress::Local));
        check("\"a b\"@example.lv", Err(InvalidAddress::Local));
        check("\"\"@example.lv", Err(InvalidAddress::Shape));
        check("anna@example.lv..", Err(InvalidAddress::Domain));
        check("a\r\nBcc: x@example.lv", Err(InvalidAddress::Local));
        check("ņina@example.lv", Err(InvalidAddress::NonAsciiLocal));
        check("anna@example", Err(InvalidAddress::Domain));
        check("anna@[127.0.0.1]", Err(InvalidAddress::Domain));
        check("anna@-a.lv", Err(InvalidAddress::Domain));
        check(&format!("{}@example.lv", "a".repeat(65)), Err(InvalidAddress::TooLong));
    }

    #[test]
    fn a_log_line_never_shows_an_address() {
        let address = EmailAddress::parse("anna.berzina@example.lv").unwrap();
        assert_eq!(format!("{address} {address:?}"), "a***@e***.lv a***@e***.lv");
    }

    #[test]
    fn a_tag_is_put_on_and_found_again() {
        let mailbox = EmailAddress::parse("info@selija.example").unwrap();
        let tagged = mailbox.tagged('+', "r.abc").unwrap();
        assert_eq!(tagged.as_str(), "info+r.abc@selija.example");
        assert_eq!(mailbox.tag_of(&tagged, '+'), Some("r.abc"));
        assert_eq!(mailbox.tag_of(&mailbox, '+'), None);
        assert_eq!(mailbox.tag_of(&EmailAddress::parse("infox+r.abc@selija.example").unwrap(), '+'), None);
    }

    #[test]
    fn addresses_with_tags_are_one_mailbox_and_different_addresses() {
        let [plain, one, two] = ["Anna@example.lv", "anna+1@example.lv", "anna+2+3@EXAMPLE.lv"]
            .map(|text| EmailAddress::parse(text).unwrap());
        assert!(plain != one && one != two);
        for address in [plain, one, two] {
            assert_eq!(address.mailbox_key(), "anna@example.lv");
        }
        let only_a_tag = EmailAddress::parse("+1@example.lv").unwrap();
        assert_eq!(only_a_tag.mailbox_key(), "+1@example.lv");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_reads_the_same_again(text in ".{0,80}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                let again = EmailAddress::parse(address.as_str()).unwrap();
                prop_assert_eq!(again.as_str(), address.as_str());
                prop_assert!(address.as_str().is_ascii() && !address.as_str().contains(char::is_control));
            }
        }
    }
}
