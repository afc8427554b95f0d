//! Suggestions how a text is better set: quotation marks of the house, dashes, dots, and spaces that hold together what
//! belongs together. Only marks and spaces, never letters; nothing inside addresses. An editor sees and chooses each.
//!
//! Latvian and English; of other languages only dashes and dots are looked at, which are theirs too.

use std::ops::Range;

use linkify::{Link, LinkFinder, LinkKind};

use super::fold;

/// More than these are not looked for in one text at a time.
const SUGGESTIONS_MAX: usize = 200;
/// Characters beside a suggestion that tell it from its like.
const BESIDE_CHARACTERS: usize = 12;
/// What is longer between two spaces is no date, clock, sum or abbreviation.
const WORD_CHARACTERS_MAX: usize = 40;
const NO_BREAK: char = '\u{a0}';
const MONTHS: [&str; 12] = [
    "janvar", "februar", "mart", "april", "maij", "junij", "julij", "august", "septembr", "oktobr",
    "novembr", "decembr",
];
/// What a number is said with.
const UNITS: [&str; 20] = [
    "€", "%", "eiro", "EUR", "km", "m", "cm", "mm", "kg", "g", "l", "ha", "m²", "°C", "h", "min", "gadi",
    "gadu", "lpp.", "km/h",
];

/// Why something is suggested; the words are the templates'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    Quotes,
    Dash,
    Range,
    Dots,
    NoBreak,
    Clock,
}

/// A place of a text, what stands there and what would stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// In octets of the text.
    pub span: Range<usize>,
    pub old: String,
    pub new: String,
    pub reason: Reason,
    /// By which it is known again in a text that was changed elsewhere.
    pub around: String,
}

/// What could be better, in the order of the text, none over another. `language` is its ISO 639-1 code.
pub fn suggestions(text: &str, language: &str) -> Vec<Suggestion> {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    // “3.aprīlim” is no host.
    let address = |link: &Link<'_>| {
        let begins = |start: &str| link.as_str().starts_with(start);
        *link.kind() == LinkKind::Email || ["http://", "https://", "www."].into_iter().any(begins)
    };
    let addresses: Vec<Range<usize>> =
        finder.links(text).filter(address).map(|link| link.start()..link.end()).collect();
    let mut found: Vec<(Range<usize>, String, Reason)> = Vec::new();
    let (latvian, quoted) = (language == "lv", matches!(language, "lv" | "en"));
    if quoted {
        quotes(text, &mut found);
    }
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    for (at, &letter) in letters.iter().enumerate() {
        dash(text, &letters, at, &mut found);
        dots(text, &letters, at, &mut found);
        if latvian && matches!(letter.1, ' ' | '.' | '-' | '–' | ':') {
            between(text, letter, &mut found);
        }
    }
    found.retain(|(span, new, _)| {
        let apart = addresses.iter().all(|address| span.end <= address.start || span.start >= address.end);
        apart && text.get(span.clone()).is_some_and(|old| old != new)
    });
    found.sort_by_key(|(span, ..)| (span.start, span.end));
    let mut end = 0;
    found.retain(|(span, ..)| {
        let free = span.start >= end;
        end = if free { span.end } else { end };
        free
    });
    found.truncate(SUGGESTIONS_MAX);
    let suggestion = |(span, new, reason): (Range<usize>, String, Reason)| Suggestion {
        old: text[span.clone()].to_owned(),
        around: around(text, &span),
        span,
        new,
        reason,
    };
    found.into_iter().map(suggestion).collect()
}

/// The text with these suggestions, which are its own.
pub fn applied<'a>(text: &str, chosen: impl IntoIterator<Item = &'a Suggestion>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for Suggestion { span, new, .. } in chosen {
        out.push_str(text.get(from..span.start).unwrap_or(""));
        out.push_str(new);
        from = span.end;
    }
    out + text.get(from..).unwrap_or("")
}

fn around(text: &str, span: &Range<usize>) -> String {
    let before: String = text[..span.start].chars().rev().take(BESIDE_CHARACTERS).collect();
    let after: String = text[span.end..].chars().take(BESIDE_CHARACTERS).collect();
    let line = |text: String| text.replace('\n', " ");
    line(format!("{}{}{after}", before.chars().rev().collect::<String>(), &text[span.clone()]))
}

/// “ ” for every pair of quotation marks of a paragraph; where they are no pairs, nobody knows which is which.
fn quotes(text: &str, found: &mut Vec<(Range<usize>, String, Reason)>) {
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let sign = |opens: bool| if opens { "“" } else { "”" };
        if let Some(marks) = marks(paragraph) {
            let mut set = String::new();
            let mut from = 0;
            for (span, opens) in &marks {
                set.push_str(&paragraph[from..span.start]);
                set.push_str(sign(*opens));
                from = span.end;
            }
            set.push_str(&paragraph[from..]);
            let opening = |marks: &[(Range<usize>, bool)]| marks.iter().map(|of| of.1).collect::<Vec<_>>();
            // What would be taken for something else the next time is not clear the first time.
            if self::marks(&set).is_some_and(|again| opening(&again) == opening(&marks)) {
                let mark = |(span, opens): (Range<usize>, bool)| {
                    (start + span.start..start + span.end, sign(opens).to_owned(), Reason::Quotes)
                };
                found.extend(marks.into_iter().map(mark));
            }
        }
        start += paragraph.len() + 2;
    }
}

/// The quotation marks of a paragraph, and whether each opens; `None` where they are no pairs.
fn marks(paragraph: &str) -> Option<Vec<(Range<usize>, bool)>> {
    let mut marks = Vec::new();
    let mut depth = 0_usize;
    let letters: Vec<(usize, char)> = paragraph.char_indices().collect();
    let mut at = 0;
    while at < letters.len() {
        let (place, letter) = letters[at];
        let letter_at = |at: usize| letters.get(at).map(|(_, letter)| *letter);
        let twice = matches!(letter, ',' | '\'' | '‘' | '’') && letter_at(at + 1) == Some(letter);
        let length = if twice { 2 } else { 1 };
        let (before, after) = (at.checked_sub(1).and_then(letter_at), letter_at(at + length));
        let free = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '„' | '«' | '"' | '*' | '–');
        let begins = before.is_none_or(free) && after.is_some_and(|c| !c.is_whitespace());
        let opens = match letter {
            '„' | '«' => Some(true),
            '»' => Some(false),
            // Inches and seconds stand after a number.
            '"' if depth == 0 && before.is_some_and(|c| c.is_ascii_digit()) => None,
            '“' | '”' | '"' => Some(begins),
            _ if twice => Some(begins),
            _ => None,
        };
        if let Some(opens) = opens {
            depth = if opens { depth + 1 } else { depth.checked_sub(1)? };
            let end = letters.get(at + length).map_or(paragraph.len(), |(place, _)| *place);
            marks.push((place..end, opens));
        }
        at += length;
    }
    (depth == 0).then_some(marks)
}

/// “vārds - vārds” and “vārds — vārds”; the first space holds.
fn dash(text: &str, letters: &[(usize, char)], at: usize, found: &mut Vec<(Range<usize>, String, Reason)>) {
    let letter = |at: usize| letters.get(at).map(|(_, letter)| *letter);
    if !matches!(letter(at), Some(' ' | NO_BREAK)) || at == 0 || letter(at - 1) == Some('\n') {
        return;
    }
    let many = (at + 1..).take_while(|at| letter(*at) == Some('-')).count();
    let width = match letter(at + 1) {
        Some('–' | '—') => 1,
        _ if (1..=2).contains(&many) => many,
        _ => return,
    };
    if letter(at + 1 + width) == Some(' ') {
        let end = letters.get(at + 1 + width).map_or(text.len(), |(place, _)| *place);
        found.push((letters[at].0..end, "\u{a0}–".to_owned(), Reason::Dash));
    }
}

fn dots(text: &str, letters: &[(usize, char)], at: usize, found: &mut Vec<(Range<usize>, String, Reason)>) {
    let dot = |at: usize| letters.get(at).is_some_and(|(_, letter)| *letter == '.');
    if dot(at) && dot(at + 1) && dot(at + 2) && !dot(at + 3) && (at == 0 || !dot(at - 1)) {
        let end = letters.get(at + 3).map_or(text.len(), |(place, _)| *place);
        found.push((letters[at].0..end, "…".to_owned(), Reason::Dots));
    }
}

/// What a mark between two words should be, in Latvian.
fn between(text: &str, (place, mark): (usize, char), found: &mut Vec<(Range<usize>, String, Reason)>) {
    let gap = |c: char| c == ' ' || c == NO_BREAK || c == '\n' || c == '(' || c == '“';
    let after_at = place + mark.len_utf8();
    let (before, after) = (&text[..place], &text[after_at..]);
    let near = before.char_indices().rev().take(WORD_CHARACTERS_MAX).find(|(_, letter)| gap(*letter));
    let last = &before[near.map_or(0, |(at, letter)| at + letter.len_utf8())..];
    let near = after.char_indices().take(WORD_CHARACTERS_MAX).find(|(_, letter)| gap(*letter));
    let next = &after[..near.map_or(after.len(), |(at, _)| at)];
    // Looking on for the ends of what is no word takes too long where a text is full of them.
    if [last, next].iter().any(|word| word.len() > WORD_CHARACTERS_MAX * char::MAX.len_utf8()) {
        return;
    }
    let word = next.trim_end_matches([',', ';', ':', '!', '?', ')', '”']);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    let day = |text: &str| text.strip_suffix('.').is_some_and(digits);
    let month = |text: &str| MONTHS.iter().any(|stem| fold(text).starts_with(stem));
    let clock = |text: &str| {
        text.split_once('.').is_some_and(|(hour, minute)| {
            digits(hour) && hour.len() <= 2 && digits(minute) && minute.len() == 2
        })
    };
    let mut say = |span: Range<usize>, new: &str, reason| found.push((span, new.to_owned(), reason));
    match mark {
        ' ' => {
            // “1.-3. martā”
            let of_date = day(last.rsplit(['-', '–']).next().unwrap_or(last))
                && (month(word) || matches!(word, "gada" | "gadā" | "gads" | "gadu" | "g."));
            let short = matches!(last, "plkst." | "Nr." | "nr." | "tālr.")
                && next.starts_with(|c: char| c.is_ascii_digit());
            let said = matches!((last, word), ("u.", "c.") | ("š.", "g.") | ("u.", "tml."));
            let name = last.chars().count() == 2
                && last.starts_with(char::is_uppercase)
                && last.ends_with('.')
                && next.starts_with(char::is_uppercase);
            let amount = last.starts_with(|c: char| c.is_ascii_digit())
                && last.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '–'))
                && (UNITS.contains(&word) || UNITS.contains(&word.trim_end_matches('.')));
            if of_date || short || said || name || amount {
                say(place..after_at, "\u{a0}", Reason::NoBreak);
            }
        }
        // “1.martā”
        '.' if digits(last) && last.len() <= 2 && month(word) => {
            say(place..after_at, ".\u{a0}", Reason::NoBreak)
        }
        // “plkst. 18:00”
        ':' if digits(last) && last.len() <= 2 && word.get(..2).is_some_and(digits) => {
            let said = before[..before.len() - last.len()].trim_end().ends_with("plkst.");
            let minutes = word.trim_end_matches('.');
            if said && (minutes.len() == 2 || minutes[2..].starts_with(['-', '–'])) {
                say(place..after_at, ".", Reason::Clock);
            }
        }
        '-' => {
            let (from, to) = (last.trim_start_matches(['(', '“']), word.trim_end_matches('.'));
            let days = day(from) && day(&word[..word.find('.').map_or(word.len(), |dot| dot + 1)]);
            let year = |text: &str| {
                text.len() == 4
                    && digits(text)
                    && ["18", "19", "20", "21"].iter().any(|start| text.starts_with(start))
            };
            if days || clock(from) && clock(to) || year(from) && year(to) && from < to {
                say(place..after_at, "–", Reason::Range);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(text: &str, language: &str) -> String {
        applied(text, &suggestions(text, language)).replace(NO_BREAK, "⍽")
    }

    #[test]
    fn latvian_is_set_as_the_house_sets_it() {
        for (from, to) in [
            ("Biedrība \"Sēlijas salas\" aicina", "Biedrība “Sēlijas salas” aicina"),
            ("„Tīkls «Sēlijas salas»” un ,,Rite''", "“Tīkls “Sēlijas salas”” un “Rite”"),
            ("Rite - maza, bet — jauka", "Rite⍽– maza, bet⍽– jauka"),
            ("Nāciet...", "Nāciet…"),
            (
                "No 1. marta līdz 3.aprīlim, 2026. gada 5. maijā",
                "No 1.⍽marta līdz 3.⍽aprīlim, 2026.⍽gada 5.⍽maijā",
            ),
            ("plkst. 18:00, plkst. 9:30-11", "plkst.⍽18.00, plkst.⍽9.30-11"),
            ("1.-3. martā, 10.00-14.00, 2023-2024", "1.–3.⍽martā, 10.00–14.00, 2023–2024"),
            ("J. Rainis, Nr. 3, 5 km, 3,50 €, 10 %.", "J.⍽Rainis, Nr.⍽3, 5⍽km, 3,50⍽€, 10⍽%."),
        ] {
            assert_eq!(set(from, "lv"), to, "{from}");
        }
    }

    #[test]
    fn what_is_right_or_unclear_stays() {
        for text in [
            "- cimdi\n- zābaki",
            "LV-5208, tālrunis 2000-0000, 2026-12-05",
            "https://a.example/x...y?a=1.-2.&b=10.00-14.00 un a.-b@c.example",
            "Viņš teica: \"nāciet",
            "dēlis 5\" biezs",
            "18:00",
            "....",
            "plkst.\u{a0}18.00\u{a0}– Rite “Saulē”",
            &"1-".repeat(10_000),
            &"a.".repeat(10_000),
            &"12:".repeat(7_000),
        ] {
            assert_eq!(suggestions(text, "lv"), [], "{text}");
        }
        assert_eq!(set("\"Привет\" - да...", "ru"), "\"Привет\"⍽– да…", "no quotation marks of ours");
    }

    #[test]
    fn each_is_chosen_by_itself_and_known_again() {
        let text = "Rite - un \"Zasa\"...";
        let all = suggestions(text, "lv");
        let reasons: Vec<Reason> = all.iter().map(|of| of.reason).collect();
        assert_eq!(reasons, [Reason::Dash, Reason::Quotes, Reason::Quotes, Reason::Dots]);
        assert_eq!(applied(text, &all[3..]), "Rite - un \"Zasa\"…");
        let longer = format!("Jauns sākums šeit. {text}");
        assert!(suggestions(&longer, "lv").iter().any(|of| of.around == all[3].around));
    }

    proptest! {
        #[test]
        fn only_marks_and_spaces_change_and_twice_is_as_once(
            text in "(\\PC|\n|\"|„|”|«|»| - |\\.\\.\\.|1\\.|-| |\u{a0}|martā|plkst\\. |18:00|https://a\\.b/x|€){0,30}"
        ) {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let mut now = text.clone();
            for _ in 0..8 {
                let all = suggestions(&now, "lv");
                if all.is_empty() {
                    break;
                }
                now = applied(&now, &all);
                prop_assert_eq!(letters(&now), letters(&text));
            }
            prop_assert_eq!(suggestions(&now, "lv"), vec![]);
        }
    }
}
