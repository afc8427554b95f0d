//! Writing header lines that hold what they were given and nothing else.

use lettre::message::header::{HeaderName, HeaderValue, Headers};

/// Letters of a subject or a name; more is cut. A word without a blank is never folded, and a line may have 998 octets.
const HEADER_LETTERS_MAX: usize = 200;

/// A text of people as it may stand in a header: one line, no control characters, of bounded length.
pub fn cleaned(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_control() || c.is_whitespace() || is_invisible(c))
        .filter(|word| !word.is_empty())
        .collect();
    let text = words.join(" ");
    if text.chars().count() <= HEADER_LETTERS_MAX {
        return text;
    }
    let mut cut: String = text.chars().take(HEADER_LETTERS_MAX - 1).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// Characters that turn the direction of what follows or cannot be seen: of use only to deceive in a header.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Header lines under construction.
#[derive(Clone, Default)]
pub(super) struct Head(String);

impl Head {
    /// A text of people, cleaned, encoded (RFC 2047) and folded; left out when nothing is in it.
    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        let text = cleaned(text);
        if text.is_empty() {
            return;
        }
        let mut headers = Headers::new();
        headers.insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), text));
        self.0.push_str(&headers.to_string());
    }

    /// A value of our own making: ASCII, already folded where it must be.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        debug_assert!(
            value.split("\r\n ").all(|line| line.bytes().all(|b| matches!(b, b' '..=b'~'))),
            "header {name} is not of our making"
        );
        self.0.push_str(name);
        self.0.push_str(": ");
        self.0.push_str(value);
        self.0.push_str("\r\n");
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A URL or Message-ID from outside, if it can stand in a header as it is.
pub(super) fn graphic(text: &str) -> Option<&str> {
    let fits = !text.is_empty()
        && text.len() <= 800
        && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b','));
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_cannot_be_broken_out_of() {
        let mut head = Head::default();
        head.text("Subject", "x\r\nBcc: evil@x.example\n\0\u{202e}y\u{85}Ā\u{2028}z");
        assert_eq!(head.as_str().matches("\r\n").count(), 1);
        assert!(head.as_str().starts_with("Subject: x Bcc: evil@x.example y"));
    }

    #[test]
    fn a_long_text_is_cut_and_folded() {
        for text in ["x".repeat(5_000), "ž".repeat(5_000), "vārds ".repeat(900)] {
            let mut head = Head::default();
            head.text("Subject", &text);
            assert!(head.as_str().split("\r\n").all(|line| line.len() <= 300));
            assert!(cleaned(&text).ends_with('…'));
        }
    }

    #[test]
    fn only_what_cannot_end_a_header_is_taken_from_outside() {
        assert!(graphic("https://x.example/u/abc?a=b&c").is_some());
        for text in ["", "a b", "a\r\nb", "a>b", "ā", "a\0"] {
            assert_eq!(graphic(text), None);
        }
    }
}
