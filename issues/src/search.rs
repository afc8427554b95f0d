//! Finding news by words: what of an item is searched, what a query asks for, and where its words stand in a text.
//!
//! All words must be there, as whole words or parts of them, in any order; case and marks over letters do not count.
//! Words of another form, weights and other languages' stems are left out.

use crate::ItemContent;
use crate::language::{fold, folded_words};

/// Longest query in characters; what is beyond is not read.
pub const QUERY_CHARACTERS_MAX: usize = 100;
/// Most words of a query; what is beyond is not looked for.
pub const QUERY_WORDS_MAX: usize = 8;
/// Characters of an excerpt before the first word found.
const BEFORE_CHARACTERS_MAX: usize = 60;

/// A part of a text with or without a word that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    Found(String),
}

/// Everything of an item that readers see, in the form in which it is searched; never empty.
pub fn searched(content: &ItemContent) -> String {
    let mut text = content.title.clone();
    let mut add = |words: &str| {
        text.push('\n');
        text.push_str(words);
    };
    for place in &content.places {
        add(&place.place);
        add(&place.municipality);
    }
    for place in content.events.iter().filter_map(|event| event.place.as_deref()) {
        add(place);
    }
    add(&content.plain_text());
    for photo in &content.photos {
        add(&photo.alt);
        add(&photo.caption);
        add(&photo.credit);
    }
    if let Some(byline) = &content.byline {
        add(&byline.public());
    }
    folded_words(&text)
}

/// The words of a query as they stand in [`searched`] texts, each once.
pub fn query_words(query: &str) -> Vec<String> {
    let query: String = query.chars().take(QUERY_CHARACTERS_MAX).collect();
    let mut words: Vec<String> = Vec::new();
    for word in folded_words(&query).split_whitespace() {
        if words.len() < QUERY_WORDS_MAX && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// A whole text with the words in it.
pub fn marked(text: &str, words: &[String]) -> Vec<Piece> {
    pieces(text, &finds(text, words))
}

/// At most `max` characters of a text around the first word found; its beginning where none is.
pub fn excerpt(text: &str, words: &[String], max: usize) -> Vec<Piece> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let finds = finds(&text, words);
    let first = finds.first().map_or(0, |(from, _)| *from);
    let before: Vec<usize> = text[..first].char_indices().map(|(at, _)| at).collect();
    let from = match before.len().checked_sub(BEFORE_CHARACTERS_MAX) {
        None | Some(0) => 0,
        // Between words.
        Some(skip) => {
            text[before[skip]..first].find(' ').map_or(before[skip], |space| before[skip] + space + 1)
        }
    };
    let cut = text[from..].char_indices().nth(max).map(|(at, _)| from + at);
    let to = match cut {
        None => text.len(),
        Some(cut) => text[from..cut].rfind(' ').map_or(cut, |space| from + space),
    };
    let inside: Vec<(usize, usize)> = finds
        .into_iter()
        .filter(|(start, end)| *start >= from && *end <= to)
        .map(|(start, end)| (start - from, end - from))
        .collect();
    let mut out = pieces(&text[from..to], &inside);
    if from > 0 {
        out.insert(0, Piece::Plain("… ".to_owned()));
    }
    if to < text.len() {
        out.push(Piece::Plain(" …".to_owned()));
    }
    out
}

fn pieces(text: &str, finds: &[(usize, usize)]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut done = 0;
    for (from, to) in finds {
        if *from > done {
            out.push(Piece::Plain(text[done..*from].to_owned()));
        }
        out.push(Piece::Found(text[*from..*to].to_owned()));
        done = *to;
    }
    if done < text.len() {
        out.push(Piece::Plain(text[done..].to_owned()));
    }
    out
}

/// Where the words stand in a text as it was written: ranges of octets in order, none touching another.
fn finds(text: &str, words: &[String]) -> Vec<(usize, usize)> {
    let mut folded = String::with_capacity(text.len());
    // For each octet of the folded text, the letter it came from.
    let mut origins: Vec<usize> = Vec::with_capacity(text.len());
    let mut letters: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let plain = fold(letter.encode_utf8(&mut [0; 4]));
        match letters.last_mut() {
            // A mark of its own belongs to the letter before it.
            Some((_, last)) if plain.is_empty() => *last = end,
            _ => letters.push((at, end)),
        }
        origins.extend(std::iter::repeat_n(letters.len() - 1, plain.len()));
        folded.push_str(&plain);
    }
    let mut found: Vec<(usize, usize)> = words
        .iter()
        .filter(|word| !word.is_empty())
        .flat_map(|word| folded.match_indices(word.as_str()).map(|(at, word)| (at, at + word.len() - 1)))
        .map(|(first, last)| (letters[origins[first]].0, letters[origins[last]].1))
        .collect();
    found.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match out.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Found(text) => format!("[{text}]"),
        };
        pieces.iter().map(piece).collect()
    }

    fn check(text: &str, query: &str, expected: &str) {
        assert_eq!(shown(&marked(text, &query_words(query))), expected, "{query:?} in {text:?}");
    }

    #[test]
    fn marks_and_case_do_not_count() {
        check("Gaisma Ābeļos un Ķekavā", "ABELOS kekava", "Gaisma [Ābeļos] un [Ķekavā]");
        check("Ābeļi", "ābeļi", "[Ābeļi]");
        // Written with marks of their own.
        check("A\u{304}bel\u{327}i, te", "abeli", "[A\u{304}bel\u{327}i], te");
        check("Straße, ĲSSEL", "ss", "Straße, Ĳ[SS]EL");
    }

    #[test]
    fn parts_of_words_are_found_and_touching_ones_are_one() {
        check("bibliotēka", "teka biblio", "[bibliotēka]");
        check("aaa", "aa a", "[aaa]");
        check("nekā", "cits", "nekā");
    }

    #[test]
    fn a_query_is_its_words_and_nothing_that_a_database_could_take_for_an_order() {
        assert_eq!(query_words("100% _ \\ \"Ābele\" ' OR 1=1"), ["100", "abele", "or", "1"]);
        assert!(query_words(" %_% ").is_empty());
        assert_eq!(query_words(&"a b c d e f g h i j k".repeat(2)).len(), QUERY_WORDS_MAX);
        assert_eq!(query_words(&"a".repeat(5000))[0].len(), QUERY_CHARACTERS_MAX);
    }

    #[test]
    fn an_excerpt_is_cut_between_words_around_the_first_find() {
        let text = "Vārds ".repeat(40) + "meklētais " + &"cits ".repeat(40);
        let excerpt = excerpt(&text, &query_words("mekletais"), 120);
        let shown = shown(&excerpt);
        assert!(
            shown.starts_with("… Vārds ") && shown.contains("[meklētais]") && shown.ends_with("cits …"),
            "{shown}"
        );
        assert!(shown.chars().count() <= 126, "{shown}");
    }

    #[test]
    fn contact_is_not_searched() {
        let byline =
            crate::Byline { name: Some("Ilze".into()), phone: Some("20000000".into()), ..Default::default() };
        let content =
            ItemContent { title: "Šķūnis".into(), byline: Some(byline), ..ItemContent::default() };
        assert_eq!(searched(&content), " skunis ilze ");
        assert_eq!(searched(&ItemContent::default()), " ");
    }

    proptest! {
        #[test]
        fn pieces_are_the_whole_text(text in "\\PC{0,80}", query in "\\PC{0,20}") {
            let words = query_words(&query);
            let whole: String = marked(&text, &words).into_iter().map(|piece| match piece {
                Piece::Plain(text) | Piece::Found(text) => text,
            }).collect();
            prop_assert_eq!(whole, text.clone());
            let _ = excerpt(&text, &words, 20);
        }
    }
}
