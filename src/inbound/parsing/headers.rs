//! Header fields from their raw bytes: unfolding, encoded words (RFC 2047), addresses (RFC 5322 section 3.4).
//!
//! Done here and not by the parser crate because of what real mail does: letters split over two encoded words, raw
//! 8-bit names, commas in unquoted names.

use issues::reading::Mailbox;
use subscribers::is_no_character;
use unicode_normalization::UnicodeNormalization as _;

use super::{charset, transfer};

/// Longest decoded header value that is kept, in characters; no header that a person reads is longer.
const HEADER_CHARS_MAX: usize = 20_000;
/// Most addresses that are read out of one field.
const ADDRESSES_MAX: usize = 1000;

/// A header value as text: unfolded, encoded words decoded, control characters gone, Unicode NFC.
pub fn text(raw: &[u8]) -> String {
    tidy(&decode_words(&unfold(raw)))
}

/// The same of a field that programs read: what looks like an encoded word is none (RFC 2047 section 5).
pub fn structured(raw: &[u8]) -> String {
    tidy(&charset::decode(&unfold(raw), None).text)
}

fn tidy(text: &str) -> String {
    text.chars()
        .filter(|c| !is_no_character(*c) || *c == '\t')
        .filter(|c| !matches!(c, '\u{feff}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .take(HEADER_CHARS_MAX)
        .nfc()
        .collect::<String>()
        .trim()
        .to_owned()
}

fn unfold(raw: &[u8]) -> Vec<u8> {
    raw.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect()
}

/// Decodes the encoded words of a value. Adjacent words of one character set are joined as bytes first.
fn decode_words(raw: &[u8]) -> String {
    let mut out = String::new();
    let mut plain: Vec<u8> = Vec::new();
    let mut words: Option<(String, Vec<u8>)> = None;
    let mut at = 0;
    while at < raw.len() {
        let Some((label, bytes, length)) = encoded_word(&raw[at..]) else {
            if let Some(word) = words.take() {
                // White space between two encoded words is no white space.
                let blanks = raw[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                if blanks > 0 && encoded_word(&raw[at + blanks..]).is_some() {
                    words = Some(word);
                    at += blanks;
                    continue;
                }
                out.push_str(&charset::decode(&word.1, Some(&word.0)).text);
            }
            plain.push(raw[at]);
            at += 1;
            continue;
        };
        if !plain.is_empty() {
            out.push_str(&charset::decode(&plain, None).text);
            plain.clear();
        }
        match &mut words {
            Some((open, all)) if open.eq_ignore_ascii_case(&label) => all.extend(bytes),
            _ => {
                if let Some((open, all)) = words.replace((label, bytes)) {
                    out.push_str(&charset::decode(&all, Some(&open)).text);
                }
            }
        }
        at += length;
    }
    if let Some((label, bytes)) = words {
        out.push_str(&charset::decode(&bytes, Some(&label)).text);
    }
    out.push_str(&charset::decode(&plain, None).text);
    out
}

/// `=?charset?B?text?=` at the start of `raw`: its character set, its bytes and its length.
fn encoded_word(raw: &[u8]) -> Option<(String, Vec<u8>, usize)> {
    let rest = raw.strip_prefix(b"=?")?;
    let label_end = rest.iter().take(60).position(|&b| b == b'?')?;
    let label = std::str::from_utf8(&rest[..label_end]).ok()?;
    let encoding = *rest.get(label_end + 1)?;
    if rest.get(label_end + 2) != Some(&b'?') || label.is_empty() {
        return None;
    }
    let text = &rest[label_end + 3..];
    let end = text.windows(2).take(4000).position(|pair| pair == b"?=")?;
    let bytes = match encoding {
        b'B' | b'b' => transfer::base64(&text[..end]),
        b'Q' | b'q' => q_word(&text[..end]),
        _ => return None,
    };
    Some((label.to_owned(), bytes, 2 + label_end + 3 + end + 2))
}

fn q_word(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|&b| if b == b'_' { b' ' } else { b }).collect();
    transfer::quoted_printable(&spaced)
}

/// The mailboxes of an address field. An entry without an address is joined to the next one's name, since people
/// write `Bērziņš, Jānis <j@x.example>` without quotes.
pub fn mailboxes(raw: &[u8]) -> Vec<Mailbox> {
    let raw = unfold(raw);
    let mut found: Vec<Mailbox> = Vec::new();
    let mut name_only: Option<String> = None;
    for entry in entries(&raw) {
        let (name, address) = mailbox(&entry);
        match (name, address) {
            (None, None) => {}
            (Some(name), None) => {
                if let Some(previous) = name_only.replace(name) {
                    found.push(Mailbox { name: Some(previous), address: None });
                }
            }
            (name, address) => {
                let name = match (name_only.take(), name) {
                    (Some(before), Some(name)) => Some(format!("{before}, {name}")),
                    (before, name) => before.or(name),
                };
                found.push(Mailbox { name, address });
            }
        }
        if found.len() >= ADDRESSES_MAX {
            break;
        }
    }
    if let Some(name) = name_only {
        found.push(Mailbox { name: Some(name), address: None });
    }
    found
}

/// Splits at commas and semicolons outside quotes, angle brackets, comments and encoded words.
fn entries(raw: &[u8]) -> Vec<Vec<u8>> {
    let (mut out, mut entry) = (Vec::new(), Vec::new());
    let (mut quoted, mut angle, mut comment, mut at) = (false, false, 0u32, 0);
    while let Some(&byte) = raw.get(at) {
        if !quoted && let Some((_, _, length)) = encoded_word(&raw[at..]) {
            entry.extend_from_slice(&raw[at..at + length]);
            at += length;
            continue;
        }
        match byte {
            b'\\' if quoted => {
                entry.push(byte);
                at += 1;
                entry.extend(raw.get(at));
                at += 1;
                continue;
            }
            b'"' if comment == 0 => quoted = !quoted,
            b'(' if !quoted => comment += 1,
            b')' if !quoted => comment = comment.saturating_sub(1),
            b'<' if !quoted && comment == 0 => angle = true,
            b'>' if !quoted && comment == 0 => angle = false,
            // A group: what stands before the colon is its name.
            b':' if !quoted && !angle && comment == 0 && !entry.contains(&b'@') => {
                entry.clear();
                at += 1;
                continue;
            }
            b',' | b';' if !quoted && !angle && comment == 0 => {
                out.push(std::mem::take(&mut entry));
                at += 1;
                continue;
            }
            _ => {}
        }
        entry.push(byte);
        at += 1;
    }
    out.push(entry);
    out
}

fn mailbox(entry: &[u8]) -> (Option<String>, Option<String>) {
    let open = entry.iter().rposition(|&b| b == b'<');
    let (name, address) = match open {
        Some(open) => {
            let inside = &entry[open + 1..];
            let close = inside.iter().position(|&b| b == b'>').unwrap_or(inside.len());
            (unquote(&entry[..open]), address(&inside[..close]))
        }
        None => {
            let comment_at = entry.iter().position(|&b| b == b'(').unwrap_or(entry.len());
            match address(&entry[..comment_at]) {
                Some(found) => {
                    let comment = entry.get(comment_at + 1..).unwrap_or_default();
                    let end = comment.iter().rposition(|&b| b == b')').unwrap_or(comment.len());
                    (unquote(&comment[..end]), Some(found))
                }
                None => (unquote(entry), None),
            }
        }
    };
    (Some(name).filter(|name| !name.is_empty()), address)
}

/// A bare address: one word with an `@`.
fn address(raw: &[u8]) -> Option<String> {
    let text = tidy(&decode_words(raw));
    let text = text.trim_start_matches("mailto:").trim_matches(['<', '>', '\'', ' ']);
    let one_word = !text.contains(char::is_whitespace) && text.contains('@') && text.len() > 2;
    one_word.then(|| text.to_owned())
}

fn unquote(raw: &[u8]) -> String {
    let text = tidy(&decode_words(raw));
    let inner = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .or_else(|| text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')))
        .unwrap_or(&text);
    let mut out = String::new();
    let mut escaped = false;
    for c in inner.chars() {
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        escaped = false;
        out.push(c);
    }
    out.trim().to_owned()
}

/// The identifiers of a field such as References, without their brackets.
pub fn message_ids(value: &str) -> Vec<String> {
    let bracketed: Vec<String> = value
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(id, _)| id.split_whitespace().collect::<String>())
        .filter(|id| !id.is_empty())
        .collect();
    if !bracketed.is_empty() {
        return bracketed;
    }
    // Some write it bare.
    value
        .split_whitespace()
        .filter(|word| word.contains('@'))
        .map(|word| word.trim_matches(['<', '>', ',', ';', '"']).to_owned())
        .filter(|id| !id.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_become_letters() {
        for (raw, want) in [
            ("=?utf-8?Q?Zi=C5?= =?utf-8?Q?=86as?=", "Ziņas"),
            ("=?utf-8?B?xIHEjcQ=?=\r\n =?utf-8?B?k8SjxKs=?=", "āčēģī"),
            ("abc=?utf-8?Q?Zi=C5=86as?= un", "abcZiņas un"),
            ("=?ISO-8859-13*EN?Q?J=F5geva?=", "Jõgeva"),
            ("=?UTF-8?B?w7U=?= =?ISO-8859-13?B?9Q==?=", "õõ"),
            ("=?windows-1257?Q?Valdis_Kl=E7tnieks?=", "Valdis Klētnieks"),
            ("=?x?", "=?x?"),
            ("par 2 =? 3", "par 2 =? 3"),
        ] {
            assert_eq!(text(raw.as_bytes()), want);
        }
        assert_eq!(text(b"Zi\xf2as no S\xe7lijas, \xf0\xeer\xe7jai"), "Ziņas no Sēlijas, šīrējai");
    }

    #[test]
    fn addresses_are_found_as_people_write_them() {
        for (raw, want) in [
            ("Jānis Bērziņš <j@x.example>", vec![("Jānis Bērziņš", "j@x.example")]),
            ("Bērziņš, Jānis <j@x.example>", vec![("Bērziņš, Jānis", "j@x.example")]),
            (
                "\"Bērziņš, Jānis\" <j@x.example>, k@y.example",
                vec![("Bērziņš, Jānis", "j@x.example"), ("", "k@y.example")],
            ),
            ("j@x.example (Jānis)", vec![("Jānis", "j@x.example")]),
            ("\"a@b.example\" <c@d.example>", vec![("a@b.example", "c@d.example")]),
            ("<>", vec![]),
            ("undisclosed-recipients:;", vec![]),
            ("info at x.example", vec![("info at x.example", "")]),
            ("j@x.example <j@x.example", vec![("j@x.example", "j@x.example")]),
            ("=?utf-8?Q?B=C4=93rzi=C5=86=C5=A1,_J?= <j@x.example>", vec![("Bērziņš, J", "j@x.example")]),
        ] {
            let got = mailboxes(raw.as_bytes());
            let got: Vec<(&str, &str)> = got
                .iter()
                .map(|m| (m.name.as_deref().unwrap_or(""), m.address.as_deref().unwrap_or("")))
                .collect();
            assert_eq!(got, want, "{raw}");
        }
    }
}
