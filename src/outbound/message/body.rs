//! Bodies in two parts, encoded once, with places left for what is personal.
//!
//! Each piece of text is encoded by itself and begins on a fresh line, behind a soft line break
//! (RFC 2045 section 6.7 rule 5) where the text has none. So the pieces of one mail are those of all others, and
//! putting a mail together copies bytes.

use quoted_printable::{InputMode, Options};
use templates::Slot;

/// Three below the limit of RFC 2045 section 6.7: for the `=` of a soft line break after a piece, and for a first
/// letter that is written as three.
const LINE_OCTETS: usize = 73;

const SOFT_BREAK: &str = "=\r\n";

/// Content that cannot be frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnfitContent {
    #[error("the text has a place for something personal that we do not know")]
    UnknownSlot,
    #[error("the text has the beginning of a personal place without its end")]
    OpenSlot,
    #[error("a bulletin without a way to leave cannot be sent")]
    NoLeaving,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Html,
}

enum Piece {
    /// Encoded, ready for the line.
    Literal(String),
    Slot(Slot),
}

/// One part's body.
pub(super) struct Body {
    kind: Kind,
    pieces: Vec<Piece>,
    octets: usize,
}

/// Splits at the marks that `templates` sets: U+E000, the slot's name, U+E001.
fn split(text: &str) -> Result<Vec<(&str, Option<Slot>)>, UnfitContent> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((literal, marked)) = rest.split_once('\u{e000}') {
        let (name, after) = marked.split_once('\u{e001}').ok_or(UnfitContent::OpenSlot)?;
        let slot = Slot::ALL.into_iter().find(|slot| slot.name() == name).ok_or(UnfitContent::UnknownSlot)?;
        pieces.push((literal, Some(slot)));
        rest = after;
    }
    pieces.push((rest, None));
    Ok(pieces)
}

impl Body {
    pub(super) fn new(kind: Kind, text: &str) -> Result<Self, UnfitContent> {
        let text = canonical(text);
        let mut pieces = Vec::new();
        let mut octets = 0;
        let mut after_slot = false;
        for (literal, slot) in split(&text)? {
            let mut piece = String::new();
            if after_slot && !literal.starts_with("\r\n") {
                piece.push_str(SOFT_BREAK);
            }
            encode(literal, &mut piece);
            if slot.is_some() && !piece.is_empty() && !piece.ends_with("\r\n") {
                piece.push_str(SOFT_BREAK);
            }
            octets += piece.len();
            pieces.push(Piece::Literal(piece));
            if let Some(slot) = slot {
                pieces.push(Piece::Slot(slot));
            }
            after_slot = slot.is_some();
        }
        Ok(Self { kind, pieces, octets })
    }

    pub(super) fn has(&self, wanted: Slot) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Slot(slot) if *slot == wanted))
    }

    pub(super) fn octets(&self) -> usize {
        self.octets
    }

    /// Appends the part with its header and the boundary line before it.
    pub(super) fn write<'a>(&self, boundary: &str, value: impl Fn(Slot) -> &'a str, wire: &mut String) {
        let subtype = match self.kind {
            Kind::Text => "plain",
            Kind::Html => "html",
        };
        wire.push_str("--");
        wire.push_str(boundary);
        wire.push_str("\r\nContent-Type: text/");
        wire.push_str(subtype);
        wire.push_str("; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        self.write_content(value, wire);
    }

    /// Appends what the part says, without a header: the body of a mail of one part.
    pub(super) fn write_content<'a>(&self, value: impl Fn(Slot) -> &'a str, wire: &mut String) {
        for piece in &self.pieces {
            match piece {
                Piece::Literal(encoded) => wire.push_str(encoded),
                Piece::Slot(slot) => match self.kind {
                    Kind::Text => encode(&one_line(value(*slot)), wire),
                    Kind::Html => encode(&escaped(&one_line(value(*slot))), wire),
                },
            }
        }
    }
}

/// Ends the parts.
pub(super) fn close(boundary: &str, wire: &mut String) {
    wire.push_str("--");
    wire.push_str(boundary);
    wire.push_str("--\r\n");
}

/// CRLF at the end of each line, no blanks before it, exactly one at the end; a bare CR counts as a line end.
fn canonical(text: &str) -> String {
    let mut canonical = String::with_capacity(text.len() + text.len() / 32);
    for line in text.replace("\r\n", "\n").trim_end().split(['\n', '\r']) {
        canonical.push_str(line.trim_end_matches([' ', '\t']));
        canonical.push_str("\r\n");
    }
    canonical
}

fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Quoted-printable from the start of a line. No line begins with a dot, which a careless relay may lose, or with
/// `From `, which mailbox files change (RFC 2049 section 3).
fn encode(text: &str, wire: &mut String) {
    let options = Options::default().line_length_limit(LINE_OCTETS).input_mode(InputMode::Text);
    let encoded = quoted_printable::encode_with_options(text, options);
    for line in encoded.split_inclusive("\r\n") {
        if let Some(rest) = line.strip_prefix('.') {
            wire.push_str("=2E");
            wire.push_str(rest);
        } else if line.starts_with("From ") {
            wire.push_str("=46");
            wire.push_str(&line[1..]);
        } else {
            wire.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quoted_printable::ParseMode;

    use super::*;

    const URL: &str = "https://x.example/u/abc?a=1&b=2";

    fn value(slot: Slot) -> &'static str {
        match slot {
            Slot::LeaveUrl => URL,
            Slot::Since => "kopš 2026. gada 14. marta",
            Slot::Why => "14. martā pieteicāties",
            Slot::PreferencesUrl => "https://x.example/p/abc",
        }
    }

    /// The encoded part as it leaves, and the text a reader gets from it.
    fn written(kind: Kind, text: &str) -> (String, String) {
        let mut wire = String::new();
        Body::new(kind, text).unwrap().write("b", value, &mut wire);
        let (_, encoded) = wire.split_once("\r\n\r\n").unwrap();
        let decoded = quoted_printable::decode(encoded.as_bytes(), ParseMode::Strict).unwrap();
        (encoded.to_owned(), String::from_utf8(decoded).unwrap())
    }

    #[test]
    fn a_slot_reads_as_if_it_had_always_been_there() {
        let (_, text) =
            written(Kind::Text, "Lasi \u{e000}since\u{e001}.\n.\u{e000}leave-url\u{e001}\nBeigas");
        assert_eq!(text, format!("Lasi kopš 2026. gada 14. marta.\r\n.{URL}\r\nBeigas\r\n"));
        let (_, html) = written(Kind::Html, "<a href=\"\u{e000}leave-url\u{e001}\">x</a>");
        assert_eq!(html, "<a href=\"https://x.example/u/abc?a=1&amp;b=2\">x</a>\r\n");
    }

    #[test]
    fn an_unknown_or_open_slot_is_not_frozen() {
        let fails = |text| Body::new(Kind::Text, text).err();
        assert_eq!(fails("\u{e000}name\u{e001}"), Some(UnfitContent::UnknownSlot));
        assert_eq!(fails("\u{e000}since"), Some(UnfitContent::OpenSlot));
    }

    fn mixed_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-zāēīž .=\t]{0,90}",
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("\r".to_owned()),
            Just(".".to_owned()),
            Just("\nFrom me".to_owned()),
            Just("\u{e000}since\u{e001}".to_owned()),
            Just("\u{e000}leave-url\u{e001}".to_owned()),
            Just("\0🎄".to_owned()),
        ];
        prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn spliced_pieces_decode_to_the_spliced_text_and_fit_their_lines(text in mixed_text()) {
            let (encoded, decoded) = written(Kind::Text, &text);
            let plain = canonical(&text)
                .replace("\u{e000}since\u{e001}", value(Slot::Since))
                .replace("\u{e000}leave-url\u{e001}", URL);
            prop_assert_eq!(decoded, plain);
            prop_assert!(encoded.ends_with("\r\n"));
            for line in encoded.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= 76);
                prop_assert!(!line.starts_with('.') && !line.starts_with("From "));
                prop_assert!(line.bytes().all(|b| matches!(b, b'\t' | b' '..=b'~')));
                prop_assert!(!line.ends_with([' ', '\t']));
            }
        }
    }
}
