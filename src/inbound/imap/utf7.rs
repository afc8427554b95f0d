//! Names of mailboxes as IMAP writes them: modified UTF-7 (RFC 3501 section 5.1.3).

use data_encoding::BASE64_NOPAD;

/// `Apstrādāts` becomes `Apstr&AQE-d&AQE-ts`.
pub fn encode(name: &str) -> String {
    let (mut encoded, mut shifted) = (String::new(), Vec::new());
    for letter in name.chars() {
        if matches!(letter, ' '..='~') {
            flush(&mut encoded, &mut shifted);
            encoded.push(letter);
            if letter == '&' {
                encoded.push('-');
            }
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                shifted.extend_from_slice(&unit.to_be_bytes());
            }
        }
    }
    flush(&mut encoded, &mut shifted);
    encoded
}

fn flush(encoded: &mut String, shifted: &mut Vec<u8>) {
    if shifted.is_empty() {
        return;
    }
    encoded.push('&');
    encoded.push_str(&BASE64_NOPAD.encode(shifted).replace('/', ","));
    encoded.push('-');
    shifted.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_modified_utf_7() {
        for (name, encoded) in [
            ("INBOX", "INBOX"),
            ("Avīze", "Av&ASs-ze"),
            ("Apstrādāts", "Apstr&AQE-d&AQE-ts"),
            ("Ziņas & foto", "Zi&AUY-as &- foto"),
            // The example of RFC 3501.
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("😀", "&2D3eAA-"),
        ] {
            assert_eq!(encode(name), encoded);
        }
    }
}
