//! A mail as its sender's program would show it, for an editor who wants to see it with her own eyes: head, text,
//! HTML with its own pictures, and what hangs on it. Of the HTML, what [`foreign`] lets through.

use issues::reading::Header;
use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

use super::{charset, on_deep_stack, parts};
use crate::inbound::foreign::{self, Enclosed};

const PARTS_MAX: usize = 1000;

/// See the module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    pub headers: Vec<Header>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub files: Vec<File>,
}

/// What hangs on a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub media_type: String,
    pub octets: u64,
}

/// Takes a mail apart for showing. Total on any input that can be parsed at all.
pub fn original(bytes: &[u8]) -> Original {
    let parsed = super::parse(bytes);
    if parsed.unreadable.is_some() {
        return Original::default();
    }
    let shown = on_deep_stack(|| MessageParser::default().parse(bytes).map(|message| shown(&message)));
    let (html, files) = shown.flatten().unwrap_or_default();
    Original {
        headers: parsed.headers,
        text: parsed.plain.or(parsed.html.map(|html| html.text)),
        html,
        files,
    }
}

fn shown(message: &Message<'_>) -> (Option<String>, Vec<File>) {
    let raw: &[u8] = &message.raw_message;
    let (mut html, mut files, mut pictures) = (None, Vec::new(), Vec::new());
    for part in message.parts.iter().take(PARTS_MAX) {
        let media_type = parts::media_type(part);
        if let PartType::Multipart(_) = &part.body {
            continue;
        }
        let named = part.attachment_name().and_then(parts::base_name);
        let attached = part.content_disposition().is_some_and(|kind| kind.is_attachment());
        let octets = parts::contents(part, raw);
        if media_type == "text/html" && named.is_none() && !attached {
            let text = charset::decode(&octets, parts::charset_of(part)).text;
            html.get_or_insert_with(String::new).push_str(&text);
        } else if named.is_some() || attached || !media_type.starts_with("text/") {
            let octets_all = octets.len() as u64;
            if let Some(id) = part.content_id().filter(|_| foreign::is_picture(&media_type)) {
                let id = id.trim_matches(['<', '>']).to_owned();
                pictures.push(Enclosed { id, media_type: media_type.clone(), octets });
            }
            files.push(File { name: named.unwrap_or_default(), media_type, octets: octets_all });
        }
    }
    (html.and_then(|html| foreign::harmless(&html, pictures)), files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: Ilze <ilze@ciems.example>\r\nSubject: =?utf-8?B?xaBvZGllbg==?=\r\n\
        Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/html; charset=windows-1257\r\n\r\n\
        <p>L\u{e2}pas <img src=\"cid:a@b\"><img src=\"cid:zz\"></p>\r\n--B\r\nContent-Type: image/png; name=\"a.png\"\r\n\
        Content-ID: <a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--B\r\n\
        Content-Type: application/pdf; name=\"../../etc/lapa.pdf\"\r\nContent-Disposition: attachment\r\n\r\n%PDF\r\n--B--\r\n";

    #[test]
    fn a_mail_is_shown_with_its_own_pictures() {
        let latin: Vec<u8> = MAIL.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let original = original(&latin);
        let html = original.html.unwrap();
        assert!(html.contains("Lāpas") && html.contains("data:image/png;base64,iVBORw0="), "{html}");
        assert!(html.ends_with("<img></p>"), "what is not there is not asked for: {html}");
        assert_eq!(original.files.len(), 2);
        assert_eq!(original.files[1].name, "lapa.pdf");
        let subject = original.headers.iter().find(|header| header.name == "Subject").unwrap();
        assert_eq!(subject.value, "Šodien");
    }

    #[test]
    fn whatever_comes_is_taken_apart() {
        for bytes in [b"".as_slice(), b"\0\0", b"text only", b"Content-Type: message/rfc822\r\n\r\n"] {
            original(bytes);
        }
    }
}
