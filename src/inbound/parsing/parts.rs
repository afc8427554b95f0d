//! The tree of parts becomes bodies, attachments, embedded messages and reports.

use issues::reading::{Attachment, Fields, Header, HtmlText, Parsed, Unreadable, Warning, WarningCode};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};
use subscribers::is_no_character;
use unicode_normalization::UnicodeNormalization as _;

use super::{calendar, charset, date, flowed, headers, html, transfer};

/// Levels of messages inside messages that are offered to the reader.
const EMBEDDED_DEPTH_MAX: usize = 5;
/// Parts of one message that are looked at; what follows is reported as left out.
const PARTS_MAX: usize = 1000;
/// Longest body that is read as text, in octets; nobody writes more by hand.
const BODY_OCTETS_MAX: usize = 2 << 20;

pub(super) fn parse_message(bytes: &[u8]) -> Parsed {
    let parser = MessageParser::default();
    let Some(message) = parser.parse(bytes) else {
        return without_headers(bytes);
    };
    // A multipart whose boundary is missing or never occurs: try the one that the text shows.
    if let Some(mended) = mend_boundary(&message, bytes)
        && let Some(message) = parser.parse(&mended)
    {
        let mut parsed = read(&message, 0);
        parsed.warnings.push(Warning::new(
            WarningCode::DamagedMime,
            "the parts had no valid boundary; one was found in the text",
        ));
        return parsed;
    }
    let parsed = read(&message, 0);
    let named =
        |header: &Header| !header.name.is_empty() && header.name.bytes().all(|byte| byte.is_ascii_graphic());
    let blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    if !parsed.headers.iter().any(named)
        && blank(parsed.plain.as_deref())
        && parsed.html.is_none()
        && parsed.attachments.iter().all(|attachment| attachment.bytes.is_empty())
    {
        return without_headers(bytes);
    }
    parsed
}

/// Bytes without a single header: whatever text they hold is the body.
fn without_headers(bytes: &[u8]) -> Parsed {
    let decoded = charset::decode(bytes.get(..BODY_OCTETS_MAX).unwrap_or(bytes), None);
    if decoded.text.chars().filter(|c| !c.is_control()).all(char::is_whitespace) {
        return Parsed::unreadable(Unreadable::NoMail);
    }
    Parsed {
        plain: Some(clean(&decoded.text)),
        warnings: vec![Warning::new(WarningCode::DamagedMime, "the message has no headers")],
        ..Parsed::default()
    }
}

fn mend_boundary(message: &Message<'_>, bytes: &[u8]) -> Option<Vec<u8>> {
    let root = message.parts.first()?;
    let kind = root.content_type()?;
    let childless = !matches!(&root.body, PartType::Multipart(parts) if !parts.is_empty());
    if !kind.ctype().eq_ignore_ascii_case("multipart") || !childless {
        return None;
    }
    let body = bytes.get(root.offset_body as usize..)?;
    let mut lines = body.split(|&b| b == b'\n').map(<[u8]>::trim_ascii_end).peekable();
    let boundary = loop {
        let line = lines.next()?;
        let next = lines.peek().copied().unwrap_or_default();
        if line.len() > 2 && line.len() < 120 && line.starts_with(b"--") && is_field(next) {
            break &line[2..];
        }
    };
    let boundary = std::str::from_utf8(boundary).ok().filter(|text| !text.contains(['"', '\\']))?;
    let subtype = kind.subtype().unwrap_or("mixed").to_owned();
    let mut out = Vec::with_capacity(bytes.len() + 200);
    for header in &root.headers {
        if header.name.as_str().eq_ignore_ascii_case("content-type") {
            continue;
        }
        out.extend_from_slice(bytes.get(header.offset_field as usize..header.offset_end as usize)?);
    }
    out.extend_from_slice(
        format!("Content-Type: multipart/{subtype}; boundary=\"{boundary}\"\r\n\r\n").as_bytes(),
    );
    out.extend_from_slice(body);
    Some(out)
}

fn is_field(line: &[u8]) -> bool {
    let name = line.iter().position(|&b| b == b':').unwrap_or(0);
    name > 0 && line[..name].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

/// One text of a body, in its place.
struct Piece {
    text: String,
    html: Option<HtmlText>,
    /// The innermost `multipart/alternative` it stands in.
    alternative: Option<usize>,
}

fn read(message: &Message<'_>, depth: usize) -> Parsed {
    let raw: &[u8] = &message.raw_message;
    let mut parsed = head(message, raw);
    let alternatives = alternatives(message);
    let mut pieces = Vec::new();
    for (index, part) in message.parts.iter().enumerate().take(PARTS_MAX) {
        leaf(part, raw, depth, alternatives.get(index).copied().flatten(), &mut parsed, &mut pieces);
    }
    if message.parts.len() > PARTS_MAX {
        parsed.warnings.push(Warning::new(WarningCode::TooManyParts, "some parts were left out"));
    }
    put_together(pieces, &mut parsed);
    parsed
}

fn head(message: &Message<'_>, raw: &[u8]) -> Parsed {
    let mut parsed = Parsed::default();
    let Some(root) = message.parts.first() else {
        return parsed;
    };
    parsed.headers = fields_of(root, raw);
    let joined = |names: &[&str]| -> Vec<u8> {
        let mut all: Vec<u8> = Vec::new();
        for header in &root.headers {
            if names.iter().any(|name| header.name.as_str().eq_ignore_ascii_case(name)) {
                if !all.is_empty() {
                    all.extend_from_slice(b", ");
                }
                all.extend_from_slice(value_of(header, raw).trim_ascii());
            }
        }
        all
    };
    parsed.from = headers::mailboxes(&joined(&["From"]));
    parsed.reply_to = headers::mailboxes(&joined(&["Reply-To"]));
    parsed.recipients = headers::mailboxes(&joined(&["To", "Cc"]));
    parsed.subject = parsed.header("Subject").map(str::to_owned).filter(|text| !text.is_empty());
    parsed.date = parsed.header("Date").and_then(date::parse);
    parsed.received = parsed
        .header("Received")
        .and_then(|trace| trace.rsplit_once(';'))
        .and_then(|(_, when)| date::parse(when));
    parsed.message_id =
        parsed.header("Message-ID").and_then(|value| headers::message_ids(value).into_iter().next());
    parsed.in_reply_to = parsed.headers("In-Reply-To").flat_map(headers::message_ids).collect();
    parsed.references = parsed.headers("References").flat_map(headers::message_ids).collect();
    parsed.media_type = media_type(root);
    parsed.report_type = root
        .content_type()
        .and_then(|kind| kind.attribute("report-type"))
        .map(|text| text.trim().to_ascii_lowercase());
    parsed
}

fn value_of<'a>(header: &mail_parser::Header<'_>, raw: &'a [u8]) -> &'a [u8] {
    raw.get(header.offset_start as usize..header.offset_end as usize).unwrap_or_default()
}

fn fields_of(part: &MessagePart<'_>, raw: &[u8]) -> Vec<Header> {
    part.headers
        .iter()
        .map(|header| {
            let (name, value) = (header.name.as_str(), value_of(header, raw));
            // In what a server says, nothing of others may be decoded into its own words.
            let is_said = name.eq_ignore_ascii_case("Authentication-Results");
            let value = if is_said { headers::structured(value) } else { headers::text(value) };
            Header { name: name.to_owned(), value }
        })
        .collect()
}

pub(super) fn media_type(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(kind) => format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("plain")).to_ascii_lowercase(),
        None => match &part.body {
            PartType::Message(_) => "message/rfc822".to_owned(),
            _ => "text/plain".to_owned(),
        },
    }
}

/// For each part the innermost `multipart/alternative` that holds it. Parents stand before their children.
fn alternatives(message: &Message<'_>) -> Vec<Option<usize>> {
    let mut found = vec![None; message.parts.len()];
    for (index, part) in message.parts.iter().enumerate() {
        if let PartType::Multipart(children) = &part.body {
            let inherited = found[index];
            let own = media_type(part) == "multipart/alternative";
            for &child in children {
                if let Some(slot) = found.get_mut(child as usize) {
                    *slot = if own { Some(index) } else { inherited };
                }
            }
        }
    }
    found
}

fn leaf(
    part: &MessagePart<'_>,
    raw: &[u8],
    depth: usize,
    alternative: Option<usize>,
    parsed: &mut Parsed,
    pieces: &mut Vec<Piece>,
) {
    let kind = media_type(part);
    let name = part.attachment_name().and_then(base_name);
    let attached = part.content_disposition().is_some_and(|d| d.is_attachment());
    match &part.body {
        PartType::Multipart(_) => {}
        PartType::Message(inner) => {
            if depth < EMBEDDED_DEPTH_MAX {
                parsed.embedded.push(read(inner, depth + 1));
            } else {
                parsed
                    .warnings
                    .push(Warning::new(WarningCode::NestedMessages, "messages nested deeper were left out"));
            }
        }
        PartType::Text(_) | PartType::Html(_) | PartType::Binary(_) | PartType::InlineBinary(_) => {
            let bytes = contents(part, raw);
            match kind.as_str() {
                "message/delivery-status" | "message/global-delivery-status" => {
                    parsed.delivery_status.extend(groups(&bytes));
                }
                "message/feedback-report" => {
                    let fields = groups(&bytes).into_iter().flat_map(|group| group.0).collect();
                    parsed.feedback = Some(Fields(fields));
                }
                "text/rfc822-headers"
                | "message/rfc822"
                | "message/global"
                | "message/global-headers"
                | "message/partial" => {
                    if depth < EMBEDDED_DEPTH_MAX
                        && let Some(inner) = MessageParser::default().parse(&bytes)
                    {
                        parsed.embedded.push(read(&inner, depth + 1));
                    }
                }
                "text/calendar" => {
                    let text = charset::decode(&bytes, charset_of(part)).text;
                    parsed.calendar.extend(calendar::entries(&text));
                    if name.is_some() && alternative.is_none() {
                        attach(part, name, kind, bytes, parsed);
                    }
                }
                _ if is_body(&kind, part, name.is_some(), attached) => {
                    pieces.push(piece(part, &kind, &bytes, alternative, parsed));
                }
                _ => attach(part, name, kind, bytes, parsed),
            }
        }
    }
}

/// Is it text to be read in the message, not a file?
fn is_body(kind: &str, part: &MessagePart<'_>, named: bool, attached: bool) -> bool {
    let text = match kind {
        "text/plain" | "text/html" | "text/enriched" | "text" => true,
        // A multipart whose boundary was lost, or a type that is no type.
        _ => {
            kind.starts_with("multipart/") || (!kind.contains('/') && matches!(part.body, PartType::Text(_)))
        }
    };
    text && !attached && !named
}

fn piece(
    part: &MessagePart<'_>,
    kind: &str,
    bytes: &[u8],
    alternative: Option<usize>,
    parsed: &mut Parsed,
) -> Piece {
    let short = bytes.get(..BODY_OCTETS_MAX);
    if short.is_some_and(|short| short.len() < bytes.len()) {
        parsed
            .warnings
            .push(Warning::new(WarningCode::TextCut, "the text was longer than 2 MiB and was cut"));
    }
    let decoded = charset::decode(short.unwrap_or(bytes), charset_of(part));
    if let Some(guessed) = decoded.guessed {
        parsed.warnings.push(Warning::new(
            WarningCode::CharsetGuessed,
            format!("the character set was guessed: {guessed}"),
        ));
    } else if decoded.damaged {
        parsed.warnings.push(Warning::new(WarningCode::CharsetDamaged, "some letters could not be read"));
    }
    let html = (kind == "text/html" || looks_like_html(&decoded.text)).then(|| {
        let mut html = html::to_text(&decoded.text);
        html.text = clean(&html.text);
        html
    });
    let text = match &html {
        Some(html) => html.text.clone(),
        None => {
            let kind = part.content_type();
            let flowed = kind
                .and_then(|kind| kind.attribute("format"))
                .is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
            let delete = kind
                .and_then(|kind| kind.attribute("delsp"))
                .is_some_and(|value| value.eq_ignore_ascii_case("yes"));
            clean(&if flowed { flowed::unwrap(&decoded.text, delete) } else { decoded.text })
        }
    };
    Piece { text, html, alternative }
}

fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start().get(..15).unwrap_or("").to_ascii_lowercase();
    start.starts_with("<html") || start.starts_with("<!doctype html")
}

pub(super) fn charset_of<'a>(part: &'a MessagePart<'_>) -> Option<&'a str> {
    part.content_type().and_then(|kind| kind.attribute("charset"))
}

/// The part's octets, its transfer encoding undone by us: the parser crate drops the tail of base64 without padding
/// and gives back damaged base64 undecoded.
pub(super) fn contents(part: &MessagePart<'_>, raw: &[u8]) -> Vec<u8> {
    let body =
        raw.get(part.offset_body as usize..(part.offset_end as usize).min(raw.len())).unwrap_or_default();
    let encoding = part.content_transfer_encoding().unwrap_or("").trim().to_ascii_lowercase();
    match encoding.as_str() {
        "base64" => transfer::base64(body),
        "quoted-printable" => transfer::quoted_printable(body),
        _ => body.to_vec(),
    }
}

fn attach(part: &MessagePart<'_>, name: Option<String>, kind: String, bytes: Vec<u8>, parsed: &mut Parsed) {
    let inline = part.content_disposition().is_some_and(|d| d.is_inline());
    parsed.attachments.push(Attachment {
        name,
        media_type: kind,
        content_id: part.content_id().map(|id| id.trim_matches(['<', '>', ' ']).to_owned()),
        inline: inline || part.content_id().is_some() && part.content_disposition().is_none(),
        bytes,
    });
}

/// The last component of a path, without characters that no file name should have.
pub(super) fn base_name(name: &str) -> Option<String> {
    let name: String = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(name)
        .chars()
        .filter(|c| !is_no_character(*c) && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .take(200)
        .nfc()
        .collect();
    let name = name.trim().trim_start_matches('.').to_owned();
    (!name.is_empty()).then_some(name)
}

/// Groups of fields separated by blank lines (RFC 3464 section 2.1); leading blank lines do not matter.
fn groups(bytes: &[u8]) -> Vec<Fields> {
    let text = charset::decode(bytes, None).text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut out, mut open): (Vec<Fields>, Vec<Header>) = (Vec::new(), Vec::new());
    for line in text.lines() {
        if line.trim().is_empty() {
            if !open.is_empty() {
                out.push(Fields(std::mem::take(&mut open)));
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some(last) = open.last_mut() {
                last.value.push(' ');
                last.value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            open.push(Header { name: name.trim().to_owned(), value: headers::text(value.as_bytes()) });
        }
        if out.len() > PARTS_MAX {
            break;
        }
    }
    if !open.is_empty() {
        out.push(Fields(open));
    }
    out
}

/// Plain and HTML body from the pieces: within an alternative each form once, otherwise one after the other, as
/// programs do that put pictures between texts.
fn put_together(pieces: Vec<Piece>, parsed: &mut Parsed) {
    let blank = |text: &str| text.trim().is_empty();
    let (mut plain, mut rich): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut any_html, mut any_plain, mut structured) = (false, false, false);
    for (index, piece) in pieces.iter().enumerate() {
        if blank(&piece.text) {
            continue;
        }
        // Has this alternative the other form too?
        let other = |html: bool| {
            piece.alternative.is_some()
                && pieces.iter().enumerate().any(|(at, other)| {
                    at != index
                        && other.alternative == piece.alternative
                        && other.html.is_some() == html
                        && !blank(&other.text)
                })
        };
        match &piece.html {
            Some(html) => {
                any_html = true;
                structured |= html.structured;
                rich.push(html.text.clone());
                if !other(false) {
                    plain.push(html.text.clone());
                }
            }
            None => {
                any_plain = true;
                plain.push(piece.text.clone());
                if !other(true) {
                    rich.push(piece.text.clone());
                }
            }
        }
    }
    if any_plain {
        parsed.plain = Some(plain.join("\n\n"));
    }
    if any_html {
        parsed.html = Some(HtmlText { text: rich.join("\n\n"), structured });
    }
}

/// Line ends, tabs and invisible characters in order; Unicode NFC.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    let kept = text.chars().filter(|c| {
        (!is_no_character(*c) || matches!(c, '\n' | '\t'))
            && !matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
            && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    for c in kept.nfc() {
        out.push(match c {
            '\u{a0}' | '\u{202f}' | '\t' => ' ',
            '\u{2028}' | '\u{2029}' => '\n',
            c => c,
        });
    }
    out
}
