//! Plain text, composed: hard lines of 72 characters, every link alone on its line, one kind of rule.

use issues::marks::{Block, Line};

use crate::Slot;
use crate::parts::{Piece, clean, one_line, paragraphs, pieces};

const LINE_CHARACTERS_MAX: usize = 72;
const RULE: &str = "----------------------------------------";
/// Room that a slot inside a sentence takes: “2025. gada 14. septembrī Jūs no agrākā saraksta pievienojām”.
pub(crate) const SLOT_CHARACTERS: usize = 60;

/// A text in the making. Blocks are separated by one empty line.
#[derive(Default)]
pub(super) struct Plain(String);

impl Plain {
    /// An empty line, unless one is there.
    pub(super) fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") && !self.after_rule() {
            self.0.push('\n');
        }
    }

    fn after_rule(&self) -> bool {
        self.0.trim_end().ends_with(RULE)
    }

    /// A line of its own, wrapped.
    pub(super) fn line(&mut self, text: &str) {
        self.wrap(&one_line(text), "", "");
    }

    /// A paragraph of ours.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.gap();
        self.line(text);
        self.gap();
    }

    /// A line below another that it belongs to.
    pub(super) fn indented(&mut self, text: &str) {
        self.wrap(&one_line(text), "  ", "  ");
    }

    /// What a person wrote: paragraphs, with each link alone on its line.
    pub(super) fn written(&mut self, text: &str) {
        for paragraph in paragraphs(text) {
            self.gap();
            for line in paragraph.lines() {
                self.written_line(line);
            }
            self.gap();
        }
    }

    /// The text of an item: of its marks lists and links are left, which say something without a look.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.gap();
            match block {
                Block::Paragraph(lines) => lines.iter().for_each(|line| self.spans(line, "", "")),
                Block::List(entries) => entries.iter().for_each(|entry| self.spans(entry, "- ", "  ")),
            }
            self.gap();
        }
    }

    fn spans(&mut self, line: &Line, first_indent: &str, indent: &str) {
        let mut words = String::new();
        let (mut indent_now, mut after_link) = (first_indent, false);
        for span in line {
            let first = words.is_empty() && std::mem::take(&mut after_link);
            words.push_str(if first { without_stop(&span.words) } else { &span.words });
            let Some(link) = &span.link else { continue };
            self.written_with(&std::mem::take(&mut words), indent_now, indent);
            (indent_now, after_link) = (indent, true);
            // “https://…” as its own words is there already.
            if !pieces(&span.words).iter().any(|piece| matches!(piece, Piece::Link(..))) {
                self.url(link.as_str().strip_prefix("mailto:").unwrap_or(link.as_str()));
            }
        }
        self.written_with(&words, indent_now, indent);
    }

    fn written_line(&mut self, line: &str) {
        self.written_with(line, "", "");
    }

    /// An entry of a list.
    pub(super) fn bullet(&mut self, text: &str) {
        self.written_with(&one_line(text), "- ", "  ");
    }

    fn written_with(&mut self, line: &str, first_indent: &str, indent: &str) {
        let mut indent_now = first_indent;
        let mut after_link = false;
        for piece in pieces(line) {
            match piece {
                Piece::Words(words) if after_link => {
                    self.wrap(&one_line(without_stop(words)), indent_now, indent);
                    after_link = false;
                }
                Piece::Words(words) => self.wrap(&one_line(words), indent_now, indent),
                Piece::Link(_, link) => {
                    self.url(link.as_str());
                    after_link = true;
                }
            }
            indent_now = indent;
        }
    }

    /// A named link: the name, then the link alone.
    pub(super) fn link(&mut self, name: &str, url: &str) {
        self.line(&format!("{name}:"));
        self.url(url);
    }

    pub(super) fn slot_link(&mut self, name: &str, slot: Slot) {
        self.line(&format!("{name}:"));
        self.0 += &slot.marker();
        self.0.push('\n');
    }

    /// A link, mailbox or command alone on its line, never broken.
    pub(super) fn url(&mut self, url: &str) {
        self.0 += &one_line(url);
        self.0.push('\n');
    }

    /// A sentence with a slot in it.
    pub(super) fn with_slot(&mut self, before: &str, slot: Slot, after: &str) {
        let stand_in = "\u{F8FF}".repeat(SLOT_CHARACTERS);
        let mut sentence = Plain::default();
        sentence.wrap(&format!("{}{stand_in}{}", clean(before), clean(after)), "", "");
        self.0 += &sentence.0.replace(&stand_in, &slot.marker());
    }

    /// A line between parts, unless one is there.
    pub(super) fn rule(&mut self) {
        if self.after_rule() {
            return;
        }
        self.gap();
        self.0 += RULE;
        self.0.push('\n');
    }

    pub(super) fn finish(self) -> String {
        let mut text = self.0.trim_end().to_owned();
        text.push('\n');
        text
    }

    /// Breaks at spaces; no-break spaces hold and then become plain ones. Words longer than a line are cut.
    fn wrap(&mut self, text: &str, first_indent: &str, indent: &str) {
        let room = LINE_CHARACTERS_MAX - indent.len();
        let mut used = 0;
        let mut indent_now = first_indent;
        for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
            let mut word: Vec<char> = word.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
            if used > 0 && used + 1 + word.len() > room {
                self.0.push('\n');
                used = 0;
            }
            if used > 0 {
                self.0.push(' ');
                used += 1;
            }
            loop {
                if used == 0 {
                    self.0 += std::mem::replace(&mut indent_now, indent);
                }
                if used + word.len() <= room {
                    break;
                }
                let rest = word.split_off(room);
                self.0.extend(word);
                self.0.push('\n');
                word = rest;
            }
            used += word.len();
            self.0.extend(word);
        }
        if used > 0 {
            self.0.push('\n');
        }
    }
}

/// After a link the stop that ended its sentence would stand alone.
fn without_stop(words: &str) -> &str {
    words.trim_start_matches(['.', ',', ';', ':', '!', '?', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl FnOnce(&mut Plain), expected: &str) {
        let mut plain = Plain::default();
        write(&mut plain);
        assert_eq!(plain.finish(), expected);
    }

    #[test]
    fn lines_hold_72_characters_not_octets() {
        let words = "ā".repeat(35);
        check(
            |plain| plain.line(&format!("{words} {words} {words}")),
            &format!("{words} {words}\n{words}\n"),
        );
        check(|plain| plain.line(&"ū".repeat(100)), &format!("{}\n{}\n", "ū".repeat(72), "ū".repeat(28)));
        check(
            |plain| plain.line(&format!("{} plkst.\u{a0}9.00", "a".repeat(66))),
            &format!("{}\nplkst. 9.00\n", "a".repeat(66)),
        );
    }

    #[test]
    fn links_of_people_stand_alone() {
        check(
            |plain| {
                plain.written("Skat. https://example.lv/a, tad zvaniet. Vai https://example.lv/b.\n\nTā.")
            },
            "Skat.\nhttps://example.lv/a\ntad zvaniet. Vai\nhttps://example.lv/b\n\nTā.\n",
        );
    }

    #[test]
    fn of_marks_lists_and_links_are_left() {
        let text =
            "**Nāciet** [visi](https://a.example/b), arī *Tu*!\n- cimdi\n- [raksti](mailto:anna@example.lv)";
        check(
            |plain| plain.blocks(&issues::marks::blocks(text, true)),
            "Nāciet visi\nhttps://a.example/b\narī Tu!\n\n- cimdi\n- raksti\nanna@example.lv\n",
        );
        let text = "**x** https://a.example/b.\n- y";
        check(|plain| plain.blocks(&issues::marks::blocks(text, false)), "**x**\nhttps://a.example/b\n- y\n");
    }

    #[test]
    fn a_sentence_keeps_its_slot() {
        check(|plain| plain.with_slot("Jo ", Slot::Why, " te."), &format!("Jo {} te.\n", Slot::Why.marker()));
    }
}
