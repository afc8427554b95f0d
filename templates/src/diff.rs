//! What was changed between two texts, by words: marked with `<ins>` and `<del>`, and said to those who do not see it.

use maud::{Markup, html};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Longer texts are shown as taken out and put in whole: comparing them would take longer than reading them.
const TOKENS_MAX: usize = 12_000;

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Same(String),
    Added(String),
    Removed(String),
}

/// A word or a sign, with the space behind it. Two are the same whatever the space.
struct Token<'a> {
    word: &'a str,
    whole: &'a str,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let word = if first.is_alphanumeric() {
            rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let end =
            rest[word..].find(|letter: char| !letter.is_whitespace()).map_or(rest.len(), |at| word + at);
        tokens.push(Token { word: &rest[..word], whole: &rest[..end] });
        rest = &rest[end..];
    }
    tokens
}

/// The words of the new text, and between them those of the old that are gone.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    let (before, after) = (tokens(old), tokens(new));
    let text = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.whole).collect::<String>();
    if before.len().max(after.len()) > TOKENS_MAX {
        let whole = [Piece::Removed(text(&before)), Piece::Added(text(&after))];
        return if old.trim() == new.trim() { vec![Piece::Same(text(&after))] } else { whole.to_vec() };
    }
    let old_words: Vec<&str> = before.iter().map(|token| token.word).collect();
    let new_words: Vec<&str> = after.iter().map(|token| token.word).collect();
    let mut pieces = Vec::new();
    for step in capture_diff_slices(Algorithm::Patience, &old_words, &new_words) {
        match step {
            DiffOp::Equal { new_index, len, .. } => {
                pieces.push(Piece::Same(text(&after[new_index..new_index + len])));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                pieces.push(Piece::Removed(text(&before[old_index..old_index + old_len])));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                pieces.push(Piece::Added(text(&after[new_index..new_index + new_len])));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                pieces.push(Piece::Removed(text(&before[old_index..old_index + old_len])));
                pieces.push(Piece::Added(text(&after[new_index..new_index + new_len])));
            }
        }
    }
    pieces
}

/// In how many places the texts differ.
pub fn places(pieces: &[Piece]) -> usize {
    let same = |piece: &Piece| matches!(piece, Piece::Same(_));
    pieces
        .iter()
        .enumerate()
        .filter(|(at, piece)| !same(piece) && at.checked_sub(1).is_none_or(|before| same(&pieces[before])))
        .count()
}

/// `added` and `removed` are the words for who does not see the marks.
pub(crate) fn shown(pieces: &[Piece], added: &str, removed: &str) -> Markup {
    let lines = |text: &str| -> Markup {
        html! {
            @for (index, line) in text.trim_end().split('\n').enumerate() {
                @if index > 0 { br; }
                (line)
            }
        }
    };
    let space = |text: &str| text.ends_with(char::is_whitespace);
    html! {
        @for (at, piece) in pieces.iter().enumerate() {
            // The space before what is gone went with it.
            @if let Piece::Removed(text) = piece {
                @if at > 0 && !text.starts_with(|letter: char| letter.is_ascii_punctuation()) { " " }
            }
            @match piece {
                Piece::Same(text) => { (lines(text)) @if space(text) { " " } },
                Piece::Added(text) => { ins { span.vh { (added) " " } (lines(text)) } @if space(text) { " " } },
                Piece::Removed(text) => { del { span.vh { (removed) " " } (lines(text)) } " " },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, want: &str) {
        let pieces = words(old, new);
        let mark = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Added(text) => format!("[+{text}]"),
            Piece::Removed(text) => format!("[-{text}]"),
        };
        assert_eq!(pieces.iter().map(mark).collect::<String>(), want);
    }

    #[test]
    fn words_and_signs_are_compared_and_space_is_not() {
        check("adīsim cimdus", "adīsim  cimdus", "adīsim  cimdus");
        check(
            "12. decembrī plkst 11os adīsim",
            "12. decembrī, plkst. 11.00 adīsim",
            "12. decembrī[+, ]plkst[-11os ][+. 11.00 ]adīsim",
        );
        check("a b c", "a c", "a [-b ]c");
        check("", "a", "[+a]");
        check("a", "", "[-a]");
    }

    #[test]
    fn changes_beside_each_other_are_one_place() {
        assert_eq!(places(&words("a b c d", "a x c")), 2);
        assert_eq!(places(&words("a", "a")), 0);
    }

    #[test]
    fn very_long_texts_are_not_compared() {
        let long = "a ".repeat(TOKENS_MAX + 1);
        assert_eq!(words(&long, &format!("{long}b")).len(), 2);
        assert_eq!(words(&long, &long).len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn nothing_of_either_text_is_lost(old in "[a-c ā.\n]{0,40}", new in "[a-c ā.\n]{0,40}") {
            let squeezed = |text: String| text.split_whitespace().collect::<String>();
            let pieces = words(&old, &new);
            let of = |keep: fn(&Piece) -> Option<&String>| squeezed(pieces.iter().filter_map(keep).cloned().collect());
            let after = of(|piece| match piece { Piece::Same(text) | Piece::Added(text) => Some(text), Piece::Removed(_) => None });
            let before = of(|piece| match piece { Piece::Same(text) | Piece::Removed(text) => Some(text), Piece::Added(_) => None });
            proptest::prop_assert_eq!(after, squeezed(new));
            proptest::prop_assert_eq!(before, squeezed(old));
        }
    }
}
