//! A sentence as numbers, words and signs, each with its place in the text.

use crate::language::fold;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Value and number of digits.
    Number(u32, usize),
    /// Folded, doubled vowels and digraphs of typing without marks undone.
    Word(String),
    Sign(char),
    Newline,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Tokens of one text that are looked at.
const TOKENS_MAX: usize = 60_000;

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if out.len() >= TOKENS_MAX {
            break;
        }
        let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let mut end = start + c.len_utf8();
        if c.is_ascii_digit() || c.is_alphabetic() {
            while let Some(&(at, next)) = chars.peek() {
                if class(next) != class(c) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let said = &text[start..end];
        let kind = if c.is_ascii_digit() {
            Kind::Number(said.parse().unwrap_or(u32::MAX), said.len())
        } else if c.is_alphabetic() {
            Kind::Word(plain(said))
        } else if c == '\n' {
            Kind::Newline
        } else if c.is_whitespace() {
            continue;
        } else {
            Kind::Sign(if matches!(c, '–' | '—' | '−' | '‐' | '‑') { '-' } else { c })
        };
        out.push(Token { kind, start, end });
    }
    out
}

/// For looking up the closed lists only: other words may change their meaning.
fn plain(word: &str) -> String {
    let mut word = fold(word);
    for (written, meant) in
        [("aa", "a"), ("ee", "e"), ("ii", "i"), ("uu", "u"), ("sh", "s"), ("ch", "c"), ("zh", "z")]
    {
        if word.is_ascii() && word.contains(written) && !word.starts_with("march") {
            word = word.replace(written, meant);
        }
    }
    word
}
