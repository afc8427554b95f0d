//! Long words, host names and addresses in mails get places to break, so that nothing is wider than a phone, also
//! with letters doubled.
//!
//! The styles meant for that are missing from large mail programs, and spaces of no width spoil what is copied. So
//! such a word is divided into inline blocks: lines may break between them, and what is copied is whole.

use maud::Markup;

use crate::parts::finish;

/// As many letters fit into a line on the narrowest screens.
const WORD_CHARACTERS_MAX: usize = 24;
const WORD_IN_HEADING_CHARACTERS_MAX: usize = 18;
const WORD_IN_TITLE_CHARACTERS_MAX: usize = 16;
/// Signs are wider than letters; a word with such in it is none that a line break inside would spoil.
const SIGNS_IN_HEADING_CHARACTERS_MAX: usize = 10;
/// Names with inner marks are divided from this length on.
const NAME_CHARACTERS_MIN: usize = 13;
/// Before a dot or underline so much must stand; after an at sign a line may always break.
const PART_CHARACTERS_MIN: usize = 6;

const BLOCK: &str = "<span style=\"display:inline-block\">";
/// The line below a link does not reach into inline blocks by itself.
const BLOCK_IN_LINK: &str = "<span style=\"display:inline-block;text-decoration:underline\">";

/// A finished mail.
pub(super) fn finish_mail(markup: Markup) -> String {
    let html = finish(markup);
    match html.find("<body") {
        Some(body) => format!("{}{}", &html[..body], divided(&html[body..])),
        None => html,
    }
}

fn divided(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let (mut max, mut block) = (WORD_CHARACTERS_MAX, BLOCK);
    let mut rest = html;
    while let Some(tag) = rest.find('<') {
        divide_words(&rest[..tag], max, block, &mut out);
        // Attributes hold no `>`: it is escaped there.
        let end = rest[tag..].find('>').map_or(rest.len(), |end| tag + end + 1);
        match &rest[tag..end] {
            start if start.starts_with("<h1") => max = WORD_IN_TITLE_CHARACTERS_MAX,
            start if start.starts_with("<h2") || start.starts_with("<h3") => {
                max = WORD_IN_HEADING_CHARACTERS_MAX
            }
            start if start.starts_with("<a ") => block = BLOCK_IN_LINK,
            "</h1>" | "</h2>" | "</h3>" => max = WORD_CHARACTERS_MAX,
            "</a>" => block = BLOCK,
            _ => {}
        }
        out.push_str(&rest[tag..end]);
        rest = &rest[end..];
    }
    divide_words(rest, max, block, &mut out);
    out
}

fn divide_words(text: &str, max: usize, block: &str, out: &mut String) {
    for word in text.split_inclusive([' ', '\n', '/', '-', '?']) {
        let has_signs = max < WORD_CHARACTERS_MAX && word.contains(['&', '=', '_']);
        let max = if has_signs { SIGNS_IN_HEADING_CHARACTERS_MAX } else { max };
        let parts = parts(word, max);
        if parts.len() < 2 {
            out.push_str(word);
            continue;
        }
        for part in parts {
            out.push_str(block);
            out.push_str(part.trim_end());
            out.push_str("</span>");
        }
        out.push_str(&word[word.trim_end().len()..]);
    }
}

/// A word in parts that fit. An entity counts as one character and is never divided.
fn parts(word: &str, max: usize) -> Vec<&str> {
    let is_name = word.chars().count() >= NAME_CHARACTERS_MIN;
    let mut parts = Vec::new();
    let (mut start, mut length, mut in_entity, mut before) = (0, 0, false, ' ');
    for (at, letter) in word.char_indices() {
        if letter.is_whitespace() && letter != '\u{a0}' {
            break;
        }
        if !in_entity && letter != ';' {
            let after_mark = is_name
                && (before == '@'
                    || (length >= PART_CHARACTERS_MIN
                        && (before == '_' || (before == '.' && letter.is_alphabetic()))));
            if length == max || after_mark {
                parts.push(&word[start..at]);
                (start, length) = (at, 0);
            }
            length += 1;
            in_entity = letter == '&';
        } else if letter == ';' {
            length += usize::from(!in_entity);
            in_entity = false;
        }
        before = letter;
    }
    parts.push(&word[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    fn check(words: &str, expected: &[&str]) {
        let blocks: Vec<_> = expected.iter().map(|part| format!("{BLOCK}{part}</span>")).collect();
        let html = finish_mail(html! { body { "vai " (words) " ir" } });
        let expected = if blocks.len() == 1 { expected[0].to_owned() } else { blocks.concat() };
        assert_eq!(html, format!("<body>vai {expected} ir</body>"));
    }

    #[test]
    fn signs_in_a_heading_are_divided_earlier_than_letters() {
        let heading = |words: &str| finish_mail(html! { body { h2 { (words) } } });
        assert!(!heading("sabiedriskajiem un kopienām").contains("span"));
        assert!(heading("<script>alert(4)").contains(&format!("{BLOCK}&lt;script&gt;al</span>")));
    }

    #[test]
    fn only_what_is_too_long_is_divided() {
        check("plkst.\u{a0}17.00–20.00", &["plkst.\u{a0}17.00–20.00"]);
        check("plkst. 17.00–20.00, selija.com", &["plkst. 17.00–20.00, selija.com"]);
        check("https://selija.com", &["https://selija.com"]);
        check("fotografēšanas", &["fotografēšanas"]);
        check("rite.biblioteka.example", &["rite.biblioteka.", "example"]);
        check("rite@biblioteka.example", &["rite@", "biblioteka.", "example"]);
        check("IMG_20261120_1402.jpg;", &["IMG_20261120_", "1402.jpg;"]);
        let a = "a".repeat(24);
        check(&format!("{a}&b"), &[&a, "&amp;b"]);
    }

    #[test]
    fn attributes_are_left_alone_and_links_stay_underlined() {
        let word = "a".repeat(25);
        let html = finish_mail(html! { body { a href=(word) { (word) } } });
        let a = "a".repeat(24);
        assert_eq!(
            html,
            format!("<body><a href=\"{word}\">{BLOCK_IN_LINK}{a}</span>{BLOCK_IN_LINK}a</span></a></body>")
        );
    }
}
