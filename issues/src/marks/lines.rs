//! What is marked in the lines of a paragraph, as a parser of Markdown reads it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Line, Span};
use crate::WebLink;

/// Before every line that is parsed, so that none begins a block of Markdown; a mark to which nothing clings.
const GUARD: char = '\u{2027}';

/// What holds the words that are being read.
enum Inside {
    Strong,
    Emphasis,
    Link,
    /// Something that is only letters here, and what ends it.
    Letters(&'static str),
}

/// The lines of a paragraph with what is marked in them.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let guarded: String = text.split('\n').map(|line| format!("{GUARD}{line}\n")).collect();
    let mut reading = Reading { lines: vec![Line::new()], look: Span::default(), guard: true };
    let mut inside: Vec<Inside> = Vec::new();
    // Until the end of something that is shown as it is written.
    let mut skip = 0_usize;
    for (event, range) in Parser::new_ext(&guarded, Options::empty()).into_offset_iter() {
        let source = guarded.get(range).unwrap_or("");
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(_) if skip > 0 => skip += 1,
            Event::End(_) if skip > 0 => skip -= 1,
            _ if skip > 0 => {}
            Event::Start(Tag::Strong) if source.starts_with('*') => {
                inside.push(Inside::Strong);
                reading.look.strong = true;
            }
            Event::Start(Tag::Emphasis) if source.starts_with('*') => {
                inside.push(Inside::Emphasis);
                reading.look.emphasis = true;
            }
            Event::Start(Tag::Strong | Tag::Emphasis) => {
                let mark = if source.starts_with("__") { "__" } else { "_" };
                inside.push(Inside::Letters(mark));
                reading.push(mark);
            }
            Event::Start(Tag::Link { dest_url, .. }) if WebLink::parse(&dest_url).is_some() => {
                inside.push(Inside::Link);
                reading.look.link = WebLink::parse(&dest_url);
            }
            // A link to what is no page, a picture, or a block that got past the guard.
            Event::Start(_) => {
                skip = 1;
                reading.verbatim(source);
            }
            Event::End(_) => match inside.pop() {
                Some(Inside::Strong) => {
                    reading.look.strong = inside.iter().any(|of| matches!(of, Inside::Strong));
                }
                Some(Inside::Emphasis) => {
                    reading.look.emphasis = inside.iter().any(|of| matches!(of, Inside::Emphasis));
                }
                Some(Inside::Link) => reading.look.link = None,
                Some(Inside::Letters(mark)) => reading.push(mark),
                None => {}
            },
            // “&amp;” is what was written, and stays so.
            Event::Text(_) if source.starts_with('&') => reading.verbatim(source),
            Event::Text(words) => reading.push(&words),
            Event::SoftBreak | Event::HardBreak => reading.next_line(),
            _ => reading.verbatim(source),
        }
    }
    reading.lines
}

struct Reading {
    lines: Vec<Line>,
    look: Span,
    /// At the beginning of a line, where the guard stands.
    guard: bool,
}

impl Reading {
    fn push(&mut self, words: &str) {
        let words =
            if std::mem::take(&mut self.guard) { words.strip_prefix(GUARD).unwrap_or(words) } else { words };
        if words.is_empty() {
            return;
        }
        let line = self.lines.last_mut().expect("there is always a line");
        match line.last_mut() {
            Some(last)
                if (last.strong, last.emphasis, &last.link)
                    == (self.look.strong, self.look.emphasis, &self.look.link) =>
            {
                last.words.push_str(words);
            }
            _ => line.push(Span { words: words.to_owned(), ..self.look.clone() }),
        }
    }

    fn verbatim(&mut self, source: &str) {
        for (number, line) in source.trim_end_matches('\n').split('\n').enumerate() {
            if number > 0 {
                self.next_line();
            }
            self.push(line);
        }
    }

    fn next_line(&mut self) {
        self.lines.push(Line::new());
        self.guard = true;
    }
}
