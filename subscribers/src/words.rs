//! Words that people type into commands and forms, before anything is done with them.
//!
//! What mails say is tidied where mails are read.

use unicode_normalization::UnicodeNormalization as _;

/// A text as it may be kept, shown and mailed: lines end in LF, letters are composed (NFC), so that the same words are
/// found and compared as the same, and there is nothing in it that cannot be seen and only
/// deceives or breaks something. PostgreSQL takes no NUL; private-use characters are the marks of our own templates;
/// turned directions make a text read otherwise than it stands.
pub fn clean_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_unfit(*c)).nfc().collect()
}

/// [`clean_text`] for what stands on one line, such as a name: all space is one blank, and none at the ends.
pub fn clean_line(text: &str) -> String {
    let seen: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let seen: String = seen.chars().filter(|c| !is_unfit(*c)).nfc().collect();
    seen.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Is it no letter, mark or space of any script, so that it is dropped wherever text comes in, by forms as by mail?
/// Control characters, the code points that Unicode keeps for no character (chapter 23.7), and format characters that it
/// advises against: those of annotations, and of swapping and shaping. Line ends and tabs are control characters too.
pub fn is_no_character(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffb}' | '\u{206a}'..='\u{206f}')
}

fn is_unfit(c: char) -> bool {
    is_no_character(c)
        || matches!(c,
            // Zero width, but for the joiners that scripts and emoji need.
            '\u{200b}' | '\u{2060}' | '\u{feff}'
            // Marks, embeddings, overrides and isolates of direction.
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Private use.
            | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_seen_is_gone_and_the_rest_stays() {
        let typed = "\u{202e}Nē,\0 pal\u{200b}dies!\r\n\tRīt.\u{e000}since\u{e001}\u{7}\rOpā \u{2066}👨\u{200d}👩\u{2069}";
        assert_eq!(clean_text(typed), "Nē, paldies!\n\tRīt.since\nOpā 👨\u{200d}👩");
        assert_eq!(clean_line("  Anna\r\n\t \0Bērziņa\u{a0}"), "Anna Bērziņa");
        // What is no character at all; what stands in for one that was damaged is.
        let nothing = "T\u{fffe}a\u{ffff}l\u{fdd0}k\u{fdef}a\u{1fffe}\u{10ffff}, \u{fff9}p\u{fffb}i\u{206a}e\u{206f}\u{9f}!\u{fffd}";
        assert_eq!(clean_text(nothing), "Talka, pie!\u{fffd}");
        assert_eq!(clean_line(nothing), "Talka, pie!\u{fffd}");
        // As some keyboards and documents write it; also where something unseen stood between.
        assert_eq!(clean_text("s\u{30c}u\u{304}nas\u{200b}\u{326}"), "šūnaș");
        assert_eq!(clean_line("Be\u{304}rzin\u{327}a"), "Bērziņa");
    }

    fn is_unfit_and_not_space(c: char) -> bool {
        is_unfit(c) && !matches!(c, '\n' | '\t')
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            for clean in [clean_text, clean_line] {
                let once = clean(&text);
                prop_assert_eq!(clean(&once), once.clone());
                prop_assert!(!once.contains(is_unfit_and_not_space));
            }
        }
    }
}
