//! Content lines (RFC 5545 section 3.1): folded, with CRLF, and texts escaped (section 3.3.11).

use subscribers::clean_text;

/// Longest line in octets, without its end.
const LINE_OCTETS_MAX: usize = 75;

#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A property whose value is made by us.
    pub(super) fn plain(&mut self, name: &str, value: &str) {
        let mut room = LINE_OCTETS_MAX;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE_OCTETS_MAX - 1;
            }
            self.0.push(letter);
            room -= letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property that holds the words of people.
    pub(super) fn text(&mut self, name: &str, words: &str) {
        let mut value = String::with_capacity(words.len());
        for letter in clean_text(words).trim().chars() {
            match letter {
                '\\' => value.push_str("\\\\"),
                ';' => value.push_str("\\;"),
                ',' => value.push_str("\\,"),
                '\n' => value.push_str("\\n"),
                '\t' | '\u{2028}' | '\u{2029}' => value.push(' '),
                letter => value.push(letter),
            }
        }
        self.plain(name, &value);
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}
