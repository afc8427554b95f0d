//! Character references of HTML: the numeric ones and those that mail programs write.

/// Replaces the references of a text; what is none stays as it is.
pub fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(text: &str) -> Option<(char, usize)> {
    let body = &text[1..];
    let end = body.bytes().take(12).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let word = &body[..end];
    let length = 1 + end + usize::from(body[end..].starts_with(';'));
    let c = match word.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(word)?,
    };
    Some((c, length))
}

fn numeric(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // References to C1 controls mean windows-1252, as in every browser.
    if (0x80..0xa0).contains(&code) {
        let byte = [code as u8];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
        return text.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

fn named(word: &str) -> Option<char> {
    let c = match word {
        "nbsp" => '\u{a0}',
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "euro" => '€',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "deg" => '°',
        "times" => '×',
        "minus" => '−',
        "frac12" => '½',
        "sect" => '§',
        "shy" => '\u{ad}',
        "ensp" | "emsp" | "thinsp" => ' ',
        "zwnj" | "zwj" | "lrm" | "rlm" => '\u{200b}',
        "amacr" => 'ā',
        "ccaron" => 'č',
        "emacr" => 'ē',
        "gcedil" => 'ģ',
        "imacr" => 'ī',
        "kcedil" => 'ķ',
        "lcedil" => 'ļ',
        "ncedil" => 'ņ',
        "omacr" => 'ō',
        "rcedil" => 'ŗ',
        "scaron" => 'š',
        "umacr" => 'ū',
        "zcaron" => 'ž',
        "Amacr" => 'Ā',
        "Ccaron" => 'Č',
        "Emacr" => 'Ē',
        "Gcedil" => 'Ģ',
        "Imacr" => 'Ī',
        "Kcedil" => 'Ķ',
        "Lcedil" => 'Ļ',
        "Ncedil" => 'Ņ',
        "Scaron" => 'Š',
        "Umacr" => 'Ū',
        "Zcaron" => 'Ž',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "otilde" => 'õ',
        "aring" => 'å',
        "eacute" => 'é',
        "szlig" => 'ß',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "Otilde" => 'Õ',
        _ => return None,
    };
    Some(c)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_read_and_other_ampersands_stay() {
        assert_eq!(
            decode("a &amp;&nbsp;&#275;&#x113;&scaron; &#150; R&D &foo; &"),
            "a &\u{a0}ēēš – R&D &foo; &"
        );
        assert_eq!(decode("&#0;&#99999999;"), "&#0;&#99999999;");
    }
}
