//! A mail of ours as the program of its reader opens it.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _};

use super::world::Sunk;
use crate::inbound::parsing::{is_shallow, on_deep_stack};

/// Header fields of a list that may hold links (RFC 2369 section 3, RFC 5064).
const LIST_FIELDS: [&str; 7] = [
    "List-Help",
    "List-Unsubscribe",
    "List-Subscribe",
    "List-Post",
    "List-Owner",
    "List-Archive",
    "Archived-At",
];

#[derive(Debug, Default, Clone)]
pub struct Mail {
    pub at: DateTime<Utc>,
    pub to: String,
    pub message_id: String,
    pub subject: String,
    /// `Content-Language`.
    pub language: String,
    pub is_bulletin: bool,
    pub is_answer: bool,
    pub html: String,
    pub text: String,
    /// The values of all list fields.
    pub list_fields: String,
}

/// # Errors
/// It is no mail.
pub fn mail(sunk: &Sunk) -> anyhow::Result<Mail> {
    let parsed = parsed(sunk)?;
    let header = |name: &str| parsed.header_raw(name).map(str::trim).unwrap_or("").to_owned();
    Ok(Mail {
        at: sunk.at,
        to: sunk.to.clone(),
        message_id: parsed.message_id().unwrap_or("").to_owned(),
        subject: parsed.subject().unwrap_or("").to_owned(),
        language: header("Content-Language"),
        is_bulletin: !header("List-Id").is_empty(),
        is_answer: header("Auto-Submitted") == "auto-replied",
        html: part(&parsed, "html"),
        text: part(&parsed, "plain"),
        list_fields: LIST_FIELDS.map(header).join("\n"),
    })
}

fn parsed(sunk: &Sunk) -> anyhow::Result<Message<'_>> {
    parse(&sunk.bytes).context("read a mail of ours back")
}

/// `None` where no program can take it apart: nested without end, or nothing at all.
pub fn parse(bytes: &[u8]) -> Option<Message<'_>> {
    if !is_shallow(bytes) {
        return None;
    }
    on_deep_stack(|| MessageParser::default().parse(bytes)).flatten()
}

fn part(parsed: &Message<'_>, subtype: &str) -> String {
    let found = parsed.parts.iter().find(|part| part.is_content_type("text", subtype));
    found.and_then(MessagePart::text_contents).unwrap_or("").to_owned()
}

impl Mail {
    /// Its links to pages of ours: from the HTML, the text and the fields of the list, pictures included.
    pub fn links(&self, base: &str) -> Vec<String> {
        let mut links = Vec::new();
        let ends = |c: char| c.is_whitespace() || "\"'<>".contains(c);
        for content in [&self.html, &self.text, &self.list_fields] {
            for (at, _) in content.match_indices(base) {
                let rest = &content[at..];
                let link = rest[..rest.find(ends).unwrap_or(rest.len())].replace("&amp;", "&");
                if !links.contains(&link) {
                    links.push(link);
                }
            }
        }
        links
    }
}

/// Subject and plain text.
pub fn words(sunk: &Sunk) -> String {
    let Ok(mail) = parsed(sunk) else { return String::new() };
    format!("{}\n{}", mail.subject().unwrap_or(""), mail.body_text(0).unwrap_or_default())
}

/// The first link in the text with this in its path.
///
/// # Errors
/// There is none.
pub fn link(sunk: &Sunk, path: &str) -> anyhow::Result<String> {
    let words = words(sunk);
    let found = words.split_whitespace().find(|word| word.starts_with("http") && word.contains(path));
    found.map(str::to_owned).with_context(|| format!("find a link to {path} in a mail"))
}

/// Reply-To and Message-ID.
///
/// # Errors
/// One of them is not there.
pub fn answerable(sunk: &Sunk) -> anyhow::Result<(String, String)> {
    let parsed = parsed(sunk)?;
    let reply_to = parsed.reply_to().and_then(|list| list.first()).and_then(|first| first.address());
    let id = parsed.message_id().context("find a Message-ID")?;
    Ok((reply_to.context("find a Reply-To")?.to_owned(), id.to_owned()))
}

/// The address that takes goodbyes.
///
/// # Errors
/// There is none.
pub fn unsubscribe_address(sunk: &Sunk) -> anyhow::Result<String> {
    let parsed = parsed(sunk)?;
    let header = parsed.header_raw("List-Unsubscribe").context("find List-Unsubscribe")?;
    let rest = header.split("mailto:").nth(1).context("find an address to leave")?;
    Ok(rest.split(['?', '>']).next().unwrap_or(rest).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_every_part_of_a_mail() {
        let bytes = b"List-Id: <z.example>\r\nList-Unsubscribe: <http://z.example/leave/x>,\r\n <mailto:z@z.example>\r\n\
            List-Archive: <http://z.example/>\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/plain\r\n\r\nhttp://z.example/text http://other.example/\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<a href=\"http://z.example/a?b=1&amp;c=2\"><img src='http://z.example/photo/1'></a>\r\n\
            --b--\r\n";
        let sunk = Sunk {
            at: DateTime::UNIX_EPOCH,
            from: String::new(),
            to: String::new(),
            bytes: bytes[..].into(),
        };
        let mut links = mail(&sunk).unwrap().links("http://z.example");
        links.sort();
        assert_eq!(
            links,
            ["/", "/a?b=1&c=2", "/leave/x", "/photo/1", "/text"]
                .map(|path| format!("http://z.example{path}"))
        );
    }
}
