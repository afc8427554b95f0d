//! Which letters the bytes of a text are. A label is a claim; valid UTF-8 is evidence.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, ISO_8859_13, REPLACEMENT, UTF_16BE, UTF_16LE, WINDOWS_1257};

/// A decoded text, and how sure we are.
pub struct Decoded {
    pub text: String,
    /// The name of the character set where it had to be guessed.
    pub guessed: Option<&'static str>,
    /// Bytes that could not be read were replaced by U+FFFD.
    pub damaged: bool,
}

/// Decodes a text under the label of its sender.
///
/// Valid UTF-8 with letters outside ASCII wins over any label but a stateful or wide one; `iso-8859-13` with bytes
/// 0x80 to 0x9F is windows-1257 (a large Latvian sender does this); a label that is unknown or does not fit is
/// guessed with Latvian in mind.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let claimed = label.and_then(encoding_for);
    if let Some(wide) = claimed
        && (wide == UTF_16BE || wide == UTF_16LE || wide == ISO_2022_JP)
    {
        return decode_as(bytes, wide, None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        return Decoded { text: text.to_owned(), guessed: None, damaged: false };
    }
    if let Some(claimed) = claimed
        && claimed != encoding_rs::UTF_8
    {
        let controls = claimed == ISO_8859_13 && bytes.iter().any(|byte| (0x80..0xa0).contains(byte));
        return decode_as(bytes, if controls { WINDOWS_1257 } else { claimed }, None);
    }
    // UTF-8 with a scratch is still UTF-8: a few broken sequences among many good ones.
    if claimed == Some(encoding_rs::UTF_8) && mostly_utf8(bytes) {
        return decode_as(bytes, encoding_rs::UTF_8, None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"lv"), Utf8Detection::Allow);
    // A short Latvian text looks like Western words with odd letters; as Baltic it has Latvian letters only.
    let guess = if guess != encoding_rs::UTF_8 && is_latvian(bytes) { WINDOWS_1257 } else { guess };
    decode_as(bytes, guess, Some(guess.name()))
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// In windows-1257, are all letters beyond ASCII Latvian ones?
fn is_latvian(bytes: &[u8]) -> bool {
    let (text, damaged) = WINDOWS_1257.decode_without_bom_handling(bytes);
    let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
    let mut seen = false;
    for letter in letters {
        seen = true;
        if !"āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽ".contains(letter) {
            return false;
        }
    }
    seen && !damaged
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, guessed: Option<&'static str>) -> Decoded {
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: text.into_owned(), guessed, damaged }
}

/// The labels of mail, beyond those of the web.
fn encoding_for(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    // RFC 2231 section 5 lets a language follow: `ISO-8859-13*EN`.
    let label = label.split('*').next().unwrap_or(&label);
    let name = match label {
        "cp-1257" | "win-1257" | "windows1257" | "win1257" | "cp1257" | "x-cp1257" => "windows-1257",
        "cp-1251" | "win-1251" | "windows1251" | "win1251" => "windows-1251",
        "cp-1252" | "windows1252" | "ansi" => "windows-1252",
        "latin7" | "latin-7" | "iso8859-13" | "iso_8859-13" | "iso885913" | "l7" => "iso-8859-13",
        "latin-4" | "iso885904" => "iso-8859-4",
        "utf8" | "utf-8-" | "utf_8" | "unicode-1-1-utf-8" => "utf-8",
        other => other,
    };
    // ASCII labels say nothing: what is not ASCII then has to be guessed.
    if matches!(name, "us-ascii" | "ascii" | "ansi_x3.4-1968" | "unicode" | "x-unknown" | "unknown-8bit") {
        return None;
    }
    Encoding::for_label(name.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], label: Option<&str>, want: &str) {
        assert_eq!(decode(bytes, label).text, want, "{label:?}");
    }

    #[test]
    fn baltic_letters_are_read_under_every_label_in_use() {
        for label in
            ["windows-1257", "win-1257", "CP-1257", "cp1257", "ISO-8859-13*EN", "iso8859-13", "latin7"]
        {
            check(b"Zi\xf2as no S\xe7lijas", Some(label), "Ziņas no Sēlijas");
        }
        check(b"\x84R\xe7\xedins\x94 \x96 te", Some("ISO-8859-13"), "„Rēķins” – te");
        check(b"D\xe2rta Ker\xf0ule", Some("windows-1257"), "Dārta Keršule");
    }

    #[test]
    fn valid_utf8_wins_over_its_label() {
        for label in ["us-ascii", "windows-1257", "iso-8859-1", "unknown", ""] {
            check("Sēlijas salas".as_bytes(), Some(label), "Sēlijas salas");
        }
    }

    #[test]
    fn without_a_fitting_label_latvian_and_russian_are_guessed() {
        let latvian = "Sēlijas salu ziņas: koncerts būs sestdien, šķērsielā".to_owned();
        let (bytes, _, _) = WINDOWS_1257.encode(&latvian);
        for label in [None, Some("utf-8"), Some("x-unknown"), Some("us-ascii")] {
            let decoded = decode(&bytes, label);
            assert_eq!((decoded.text.as_str(), decoded.guessed), (latvian.as_str(), Some("windows-1257")));
        }
        let russian = "Приглашаем на вечер поэзии в библиотеке";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        check(&bytes, None, russian);
    }

    #[test]
    fn one_broken_letter_does_not_change_the_character_set() {
        let mut bytes = "Sēlijas salās šogad daudz pasākumu, ģimenēm arī".as_bytes().to_vec();
        bytes.push(0xc4);
        let decoded = decode(&bytes, Some("utf-8"));
        assert!(decoded.damaged && decoded.text.starts_with("Sēlijas salās"));
    }
}
