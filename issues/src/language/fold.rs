//! Texts without what people leave out when they type: case and marks over letters.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics: `Šķērsiela` becomes `skersiela`. Russian `й` and `ё` become `и` and `е`.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// The words of a text, folded, one space between them and at both ends: whole words can be searched in it.
pub fn folded_words(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len() + 2);
    out.push(' ');
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        out.push_str(word);
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_are_left_out() {
        assert_eq!(fold("Šķērsiela ĢĪMENE"), "skersiela gimene");
        assert_eq!(folded_words("Ar cieņu,\n Jānis!"), " ar cienu janis ");
    }
}
