//! A message for tests of this crate, put together from simple header lines.

use super::parsed::{Header, Parsed};
use super::report::Mailbox;

/// `headers` are plain `Name: value` lines; addresses have the form `Name <address>` or a bare address.
pub(crate) fn message(headers: &str, plain: &str) -> Parsed {
    let headers: Vec<Header> = headers
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| Header { name: name.to_owned(), value: value.trim().to_owned() })
        .collect();
    let mut parsed = Parsed {
        headers,
        plain: (!plain.is_empty()).then(|| plain.to_owned()),
        media_type: "text/plain".to_owned(),
        ..Parsed::default()
    };
    let ids = |name: &str| -> Vec<String> {
        let value = parsed.header(name).unwrap_or("");
        value.split_whitespace().map(|id| id.trim_matches(['<', '>']).to_owned()).collect()
    };
    let (in_reply_to, references) = (ids("In-Reply-To"), ids("References"));
    let mailboxes = |name: &str| -> Vec<Mailbox> {
        let value = parsed.header(name).unwrap_or("");
        value
            .split(',')
            .filter(|entry| entry.contains('@'))
            .map(|entry| {
                let (name, address) = entry.split_once('<').unwrap_or(("", entry));
                Mailbox {
                    name: Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
                    address: Some(address.trim().trim_end_matches('>').to_owned()),
                }
            })
            .collect()
    };
    let (from, recipients, reply_to) = (mailboxes("From"), mailboxes("To"), mailboxes("Reply-To"));
    parsed.subject = parsed.header("Subject").map(str::to_owned).filter(|text| !text.is_empty());
    parsed.date = parsed.header("Date").and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok());
    (parsed.from, parsed.recipients, parsed.reply_to) = (from, recipients, reply_to);
    (parsed.in_reply_to, parsed.references) = (in_reply_to, references);
    parsed
}
