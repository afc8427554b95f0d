//! What is pasted out of a word processor, as somebody would have typed it: composed letters, spaces that are spaces,
//! bullets of every font as the one mark of a list. No word is touched.

use unicode_normalization::UnicodeNormalization as _;

const NO_BREAK: char = '\u{a0}';
/// Signs that begin an entry of a list, also those of the fonts Symbol and Wingdings, where a blank follows.
const BULLETS: [char; 18] = [
    '•', '·', '∙', '▪', '▫', '‣', '◦', '●', '○', '■', '□', '➢', '✓', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}',
    '\u{f0fc}', '\u{f076}',
];
/// Letters that are bullets in those fonts; without the font only a tab or a wide gap says so.
const LETTER_BULLETS: [char; 4] = ['o', '§', 'ü', 'Ø'];

/// The text as it would have been typed. Doing it again changes nothing.
pub fn pasted(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").chars().filter_map(plain).nfc().collect();
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line = self::line(line, lines.last().is_some_and(|last| last.starts_with("- ")));
        let blank = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if !blank {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

fn plain(letter: char) -> Option<char> {
    Some(match letter {
        // Where a word may be divided, and what has no width.
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => return None,
        // Word's line break, page breaks, and separators.
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2007}' | '\u{202f}' => NO_BREAK,
        '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => ' ',
        letter => letter,
    })
}

/// One line; `in_list` where the line before is an entry, to which one that is set in belongs.
fn line(line: &str, in_list: bool) -> String {
    let blank = |c: char| matches!(c, ' ' | '\t' | NO_BREAK);
    let begins = line.trim_start_matches(blank);
    let mut rest = begins.chars();
    let first = rest.next();
    let rest = rest.as_str();
    let gap = rest.len() - rest.trim_start_matches(blank).len();
    let entry = first.is_some_and(|first| {
        let wide = rest.starts_with('\t') || rest.chars().take_while(|c| blank(*c)).count() > 1;
        let bullet = BULLETS.contains(&first) || first == '-';
        bullet && gap > 0 || LETTER_BULLETS.contains(&first) && wide
    });
    if entry {
        return format!("- {}", spaced(&rest[gap..]));
    }
    let words = spaced(begins);
    let set_in = in_list && begins.len() < line.len() && !words.is_empty();
    if set_in { format!("  {words}") } else { words }
}

/// One space where there are several; a no-break space alone is meant so.
fn spaced(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut gap = String::new();
    for letter in words.chars() {
        if matches!(letter, ' ' | '\t' | NO_BREAK) {
            gap.push(letter);
            continue;
        }
        if !gap.is_empty() {
            out.push(if gap.chars().eq([NO_BREAK]) { NO_BREAK } else { ' ' });
            gap.clear();
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::pasted;

    #[test]
    fn what_word_leaves_in_a_text_is_cleaned() {
        for (from, to) in [
            ("Za\u{304}le\u{304}", "Zālē"),
            ("bib\u{ad}lio\u{ad}tēka\u{feff}", "bibliotēka"),
            ("pirmā\u{b}otrā", "pirmā\notrā"),
            ("a\u{a0}\u{a0} b \u{a0}", "a b"),
            ("plkst.\u{a0}18.00, 5\u{202f}km", "plkst.\u{a0}18.00, 5\u{a0}km"),
            ("viens\tdivi", "viens divi"),
            ("tautas\u{2011}nams", "tautas-nams"),
            ("·\tcimdi\n·\u{a0}\u{a0}\u{a0}zābaki", "- cimdi\n- zābaki"),
            ("o\tcimdi\no   zābaki", "- cimdi\n- zābaki"),
            ("\u{f0b7}\tcimdi\n\u{f0a7} zābaki", "- cimdi\n- zābaki"),
            ("\t• cimdi\n -\tzābaki", "- cimdi\n- zābaki"),
            ("1.\tdecembrī", "1. decembrī"),
            ("a\n\u{a0}\n\n\n\nb", "a\n\nb"),
        ] {
            assert_eq!(pasted(from), to, "{from:?}");
        }
    }

    #[test]
    fn what_is_typed_stays() {
        for text in [
            "o divi vārdi",
            "§ 5 nosaka",
            "–\u{a0}Labdien! – viņa teica",
            "•bez atstarpes",
            "a\nb\n\nc",
            "- ieraksts\n  turpinās",
            "-5 grādi",
        ] {
            assert_eq!(pasted(text), text);
        }
    }

    proptest! {
        #[test]
        fn twice_is_as_once(text in "(\\PC|\n|\t|\u{a0}| |•|o|-|\u{f0b7}|\u{304}|\u{ad}){0,40}") {
            let once = pasted(&text);
            prop_assert_eq!(pasted(&once), once);
        }
    }
}
