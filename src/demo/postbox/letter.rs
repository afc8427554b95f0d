//! One letter, taken apart as its reader's program does.

use mail_parser::{Message, MessagePart, MimeHeaders as _};
use subscribers::clean_line;

use crate::demo::opened;

/// What is shown of a letter's source at most.
const SOURCE_OCTETS_MAX: usize = 200_000;
const NAME_CHARACTERS_MAX: usize = 100;

pub struct Opened {
    /// Name and address.
    pub from: String,
    pub to: String,
    /// Addresses that answers go to: Reply-To, else From.
    pub answer_to: Option<String>,
    pub message_id: Option<String>,
    pub references: Vec<String>,
    pub html: Option<String>,
    pub text: String,
    pub files: Vec<File>,
}

pub struct File {
    /// As its sender calls it, without what is not part of a name.
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// `None` where nobody can take it apart.
pub fn open(bytes: &[u8]) -> Option<Opened> {
    let parsed = opened::parse(bytes)?;
    let from = parsed.from().and_then(|list| list.first());
    let reply_to = parsed.reply_to().and_then(|list| list.first());
    let first = |name: &str| parsed.header_raw(name).map(clean_line).unwrap_or_default();
    let to = parsed.to().and_then(|list| list.first()).and_then(|to| to.address());
    Some(Opened {
        from: from.map_or_else(
            || first("From"),
            |from| match (from.name(), from.address().unwrap_or("")) {
                (Some(name), address) if !name.trim().is_empty() => format!("{name} <{address}>"),
                (_, address) => address.to_owned(),
            },
        ),
        to: to.unwrap_or("").to_owned(),
        answer_to: reply_to.or(from).and_then(|answer| answer.address()).map(str::to_owned),
        message_id: parsed.message_id().and_then(id),
        references: ids(&parsed),
        html: part(&parsed, "html"),
        text: parsed.body_text(0).unwrap_or_default().into_owned(),
        files: parsed.attachments().enumerate().map(|(index, part)| file(index, part)).collect(),
    })
}

/// The HTML as it was sent, if any was.
fn part(parsed: &Message<'_>, subtype: &str) -> Option<String> {
    let html = parsed.html_body.iter().filter_map(|id| parsed.parts.get(usize::try_from(*id).ok()?));
    let mut html = html.filter(|part| part.is_content_type("text", subtype));
    html.next().and_then(MessagePart::text_contents).map(str::to_owned)
}

fn file(index: usize, part: &MessagePart<'_>) -> File {
    let kind = part.content_type();
    let kind = kind.map(|kind| match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
        None => kind.ctype().to_owned(),
    });
    File {
        name: file_name(part.attachment_name().unwrap_or(""), index),
        media_type: kind.unwrap_or_else(|| "application/octet-stream".to_owned()),
        bytes: part.contents().to_vec(),
    }
}

/// The last part of a path, without what a file system or a header could stumble over.
fn file_name(given: &str, index: usize) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or("");
    let unfit = |letter: &char| !"<>:\"|?*%;\\/".contains(*letter);
    let name: String = clean_line(last).chars().filter(unfit).take(NAME_CHARACTERS_MAX).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { format!("pielikums-{}", index + 1) } else { name.to_owned() }
}

/// A Message-ID that can stand in a header: without brackets, blanks and what is not ASCII.
fn id(given: &str) -> Option<String> {
    let fit = |octet: u8| octet.is_ascii_graphic() && !b"<>".contains(&octet);
    (!given.is_empty() && given.len() <= 250 && given.bytes().all(fit)).then(|| given.to_owned())
}

/// References, or In-Reply-To where there are none (RFC 5322 section 3.6.4).
fn ids(parsed: &Message<'_>) -> Vec<String> {
    let list = |value: &mail_parser::HeaderValue<'_>| -> Vec<String> {
        value.as_text_list().unwrap_or_default().iter().filter_map(|given| id(given)).collect()
    };
    let references = list(parsed.references());
    if references.is_empty() { list(parsed.in_reply_to()) } else { references }
}

/// The header as it came.
pub fn headers(bytes: &[u8]) -> String {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"].map(|blank| bytes.windows(blank.len()).position(|at| at == blank));
    let end = ends.into_iter().flatten().min().unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end.min(SOURCE_OCTETS_MAX)]).into_owned()
}

/// The source as it came, or its beginning; and whether there is more.
pub fn source(bytes: &[u8]) -> (String, bool) {
    let shown = &bytes[..bytes.len().min(SOURCE_OCTETS_MAX)];
    (String::from_utf8_lossy(shown).into_owned(), shown.len() < bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_a_name_and_nothing_else() {
        for (given, expected) in [
            ("foto.jpg", "foto.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Lietas\\bērni.jpg", "bērni.jpg"),
            ("a\"; filename=\"b.exe", "a filename=b.exe"),
            ("a\r\nSet-Cookie: x.jpg", "a Set-Cookie x.jpg"),
            ("..", "pielikums-1"),
            ("", "pielikums-1"),
        ] {
            assert_eq!(file_name(given, 0), expected, "{given}");
        }
    }

    #[test]
    fn an_answer_goes_where_the_letter_asks() {
        let letter = open(
            b"From: Zinas <z@salas.example>\r\nReply-To: <z+r.x@salas.example>\r\nMessage-ID: <1@salas.example>\r\n\
              References: <0@salas.example> <a b>\r\nContent-Type: text/html\r\n\r\n<p>Labdien!</p>",
        )
        .unwrap();
        assert_eq!(letter.answer_to.as_deref(), Some("z+r.x@salas.example"));
        assert_eq!(letter.message_id.as_deref(), Some("1@salas.example"));
        assert_eq!(letter.references[0], "0@salas.example");
        assert_eq!(letter.html.as_deref(), Some("<p>Labdien!</p>"));
        assert!(letter.text.contains("Labdien!"));
        assert!(open(&b"Content-Type: message/rfc822\r\n\r\n".repeat(50_000)).is_none());
    }
}
