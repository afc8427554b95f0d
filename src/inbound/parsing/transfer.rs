//! Content transfer encodings, forgiving: what is damaged decodes as far as it goes (RFC 2045 section 6).

/// Decodes base64 in any state: foreign characters are skipped, missing padding is allowed, padding in the middle
/// starts anew.
pub fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut hold, mut bits) = (0u32, 0u32);
    for &byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (hold, bits) = (0, 0);
                continue;
            }
            _ => continue,
        };
        hold = hold << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((hold >> bits & 0xff) as u8);
        }
    }
    out
}

/// Decodes quoted-printable; an `=` that begins no escape stays as it is.
pub fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte != b'=' {
            out.push(byte);
            at += 1;
            continue;
        }
        // A soft line break, perhaps with space that a gateway added.
        let rest = &bytes[at + 1..];
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        match rest.get(blanks) {
            None => at = bytes.len(),
            Some(b'\n') => at += blanks + 2,
            Some(b'\r') => at += blanks + 2 + usize::from(rest.get(blanks + 1) == Some(&b'\n')),
            _ => match (rest.first().and_then(hex), rest.get(1).and_then(hex)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    at += 3;
                }
                _ => {
                    out.push(b'=');
                    at += 1;
                }
            },
        }
    }
    out
}

pub(super) fn hex(byte: &u8) -> Option<u8> {
    (*byte as char).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_encodings_decode_as_far_as_they_go() {
        for (given, want) in [
            ("SGVsbG8gd29ybGQ=", "Hello world"),
            ("SGVsbG8gd29ybGQ", "Hello world"),
            ("SGVs bG8g*d29y\r\nbGQ=", "Hello world"),
            ("SGVsbG8=\r\nIHdvcmxk", "Hello world"),
            ("!!!!", ""),
        ] {
            assert_eq!(base64(given.as_bytes()), want.as_bytes(), "{given}");
        }
        for (given, want) in [("a=\r\nb= \nc", "abc"), ("=C4=81 =zz 1=2", "ā =zz 1=2"), ("x=", "x")] {
            assert_eq!(quoted_printable(given.as_bytes()), want.as_bytes(), "{given}");
        }
    }
}
