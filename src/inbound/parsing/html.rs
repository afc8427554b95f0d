//! HTML mail as clean text, in one pass over the tags: no tree, so no depth of nesting can hurt.
//!
//! Paragraphs are separated by a blank line, rows of a table of several columns become one line, quotations of
//! earlier mail get `> `, a signature that its program marks gets `-- `. Nothing is fetched or rendered.

mod link;
mod sink;
mod table;
mod tag;
#[cfg(test)]
mod tests;

use issues::reading::HtmlText;

use self::sink::{Sink, SinkKind};
use self::tag::Tag;
use super::entities;

/// Deepest nesting of cells and quotations that is followed; anything deeper is text of the innermost one.
const DEPTH_MAX: usize = 40;

/// Converts; total on any input, linear time.
pub fn to_text(html: &str) -> HtmlText {
    let mut page = Page::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            page.text(rest);
            break;
        };
        page.text(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = match comment.split_once("-->") {
                Some((_, after)) => after,
                None => "",
            };
        } else if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            page.text("<");
            rest = &rest[1..];
        } else {
            let (tag, after) = Tag::read(rest);
            rest = after;
            page.tag(&tag);
            // What is inside is not text, whatever it looks like.
            if !tag.closing && matches!(tag.name.as_str(), "script" | "style" | "textarea" | "title" | "xml")
            {
                rest = after_close(rest, &tag.name);
            }
        }
    }
    page.finish()
}

fn after_close<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut at = rest;
    while let Some(open) = at.find("</") {
        at = &at[open + 2..];
        let named = at.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
        if named {
            return at.split_once('>').map_or("", |(_, after)| after);
        }
    }
    // Never closed: most likely damaged, and what follows is the letter.
    rest
}

struct Page {
    sinks: Vec<Sink>,
    /// The finished cells of each open table's row.
    rows: Vec<Vec<String>>,
    /// Counters of open ordered lists; 0 for unordered ones.
    lists: Vec<u32>,
    pre: u32,
    /// The element that hides its content, and how many of its name are open.
    hidden: Option<(String, u32)>,
    link: Option<(String, usize)>,
    structured: bool,
}

impl Page {
    fn new() -> Self {
        Self {
            sinks: vec![Sink::default()],
            rows: Vec::new(),
            lists: Vec::new(),
            pre: 0,
            hidden: None,
            link: None,
            structured: false,
        }
    }

    fn sink(&mut self) -> &mut Sink {
        if self.sinks.is_empty() {
            self.sinks.push(Sink::default());
        }
        let last = self.sinks.len() - 1;
        &mut self.sinks[last]
    }

    fn text(&mut self, raw: &str) {
        if self.hidden.is_some() || raw.is_empty() {
            return;
        }
        let text = entities::decode(raw);
        let pre = self.pre > 0;
        let sink = self.sink();
        for c in text.chars() {
            match c {
                '\n' if pre => {
                    let empty = sink.line.trim().is_empty();
                    sink.end_line();
                    sink.blank_due |= empty;
                }
                c if c.is_whitespace() || c == '\u{a0}' => {
                    if !sink.line.is_empty() && !sink.line.ends_with(' ') {
                        sink.line.push(' ');
                    }
                }
                // Soft hyphens and zero-width marks are layout.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{34f}' => {}
                c if c.is_control() => {}
                c => sink.line.push(c),
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        if let Some((name, depth)) = &mut self.hidden {
            if *name == tag.name {
                *depth = if tag.closing { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        match (tag.name.as_str(), tag.closing) {
            ("br", _) => {
                let empty = self.sink().line.trim().is_empty();
                self.sink().end_line();
                self.sink().blank_due |= empty;
            }
            ("p", false) => self.paragraph(tag),
            ("p", true) => self.end_paragraph(),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", closing) => {
                self.structured |= !closing;
                self.sink().blank();
            }
            ("hr", _) => self.sink().blank(),
            ("ul" | "ol", false) => {
                self.structured = true;
                self.lists.push(u32::from(tag.name == "ol"));
                self.sink().end_line();
            }
            ("ul" | "ol", true) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.sink().blank();
                }
            }
            ("li", false) => self.item(),
            ("pre", closing) => {
                self.sink().end_line();
                self.pre = if closing { self.pre.saturating_sub(1) } else { self.pre + 1 };
            }
            ("table", false) => {
                self.sink().end_line();
                if self.rows.len() < DEPTH_MAX {
                    self.rows.push(Vec::new());
                }
            }
            ("td" | "th", false) => {
                self.close_cell();
                if !self.rows.is_empty() && self.sinks.len() < DEPTH_MAX {
                    self.sinks.push(Sink { kind: SinkKind::Cell, ..Sink::default() });
                }
            }
            ("td" | "th", true) => self.close_cell(),
            ("tr", _) => self.close_row(),
            ("table", true) => {
                self.close_row();
                self.rows.pop();
                self.sink().blank();
            }
            ("blockquote", closing) => self.quotation(tag, closing),
            ("a", false) => self.open_link(tag),
            ("a", true) => self.close_link(),
            ("img", false) if !tag.attribute("src").is_empty() => {}
            (
                "div" | "section" | "article" | "header" | "footer" | "center" | "dl" | "dt" | "dd"
                | "address" | "form" | "body" | "li",
                _,
            ) => {
                self.sink().end_line();
                if !tag.closing {
                    self.hide_or_sign(tag);
                }
            }
            ("head" | "noscript" | "select" | "button", false) => self.hidden = Some((tag.name.clone(), 1)),
            ("span", false) => self.hide_or_sign(tag),
            _ => {}
        }
    }

    fn hide_or_sign(&mut self, tag: &Tag) {
        let style = tag.style();
        if style.contains("display:none") || style.contains("mso-hide:all") || style.contains("font-size:0px")
        {
            self.hidden = Some((tag.name.clone(), 1));
            return;
        }
        let (class, id) = (tag.attribute("class"), tag.attribute("id"));
        let signature = class
            .split_whitespace()
            .any(|name| matches!(name, "gmail_signature" | "moz-signature" | "protonmail_signature_block"))
            || matches!(id, "Signature" | "signature" | "ms-outlook-mobile-signature" | "_rc_sig");
        if signature && tag.name != "span" {
            let sink = self.sink();
            sink.end_line();
            sink.done.push_str("-- \n");
        }
    }

    /// Word and Outlook write one `p` for each line, without space between them.
    fn paragraph(&mut self, tag: &Tag) {
        let style = tag.style();
        let tight = tag.attribute("class").to_ascii_lowercase().contains("mso")
            || style.contains("margin:0")
            || (style.contains("margin-top:0") && style.contains("margin-bottom:0"));
        if style.contains("display:none") {
            self.hidden = Some((tag.name.clone(), 1));
        } else if tight {
            self.sink().end_line();
        } else {
            self.sink().blank();
        }
        let sink = self.sink();
        sink.line.clear();
        // Marks a paragraph that is still empty; see `end_paragraph`.
        sink.line.push(' ');
        if !tight {
            sink.line.push(' ');
        }
    }

    fn end_paragraph(&mut self) {
        let sink = self.sink();
        let empty = sink.line.trim().is_empty();
        let loose = sink.line.starts_with("  ");
        sink.end_line();
        if empty || loose {
            sink.blank_due = true;
        }
    }

    fn item(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(0) | None => "- ".to_owned(),
            Some(number) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
        };
        let sink = self.sink();
        sink.end_line();
        sink.line.push_str(&mark);
    }

    fn quotation(&mut self, tag: &Tag, closing: bool) {
        if closing {
            if self.sinks.last().is_some_and(|sink| sink.kind == SinkKind::Quotation)
                && self.sinks.len() > 1
                && let Some(sink) = self.sinks.pop()
            {
                self.append_quotation(sink);
            } else {
                self.sink().blank();
            }
            return;
        }
        self.sink().end_line();
        // An indented paragraph of one's own is also written as a quotation.
        let style = tag.style();
        let indent = style.contains("border:none") || tag.attribute("class").contains("indent");
        if indent || self.sinks.len() >= DEPTH_MAX {
            self.sink().blank();
            self.sinks.push(Sink { kind: SinkKind::Page, ..Sink::default() });
            // Kept as a plain block: merged at once, its text goes on in the parent.
            self.sinks.pop();
        } else {
            self.sinks.push(Sink { kind: SinkKind::Quotation, ..Sink::default() });
        }
    }

    fn append_quotation(&mut self, sink: Sink) {
        let text = sink.into_text();
        let sink = self.sink();
        sink.end_line();
        if !text.is_empty() {
            for line in text.lines() {
                sink.done.push_str(if line.is_empty() || line.starts_with('>') { ">" } else { "> " });
                sink.done.push_str(line);
                sink.done.push('\n');
            }
        }
        sink.blank_due = true;
    }

    fn finish(mut self) -> HtmlText {
        while self.sinks.len() > 1 || !self.rows.is_empty() {
            match self.sinks.last().map(|sink| sink.kind) {
                Some(SinkKind::Quotation) if self.sinks.len() > 1 => {
                    if let Some(sink) = self.sinks.pop() {
                        self.append_quotation(sink);
                    }
                }
                _ => {
                    self.close_row();
                    self.rows.pop();
                    if self.rows.is_empty()
                        && self.sinks.len() > 1
                        && let Some(sink) = self.sinks.pop()
                    {
                        let text = sink.into_text();
                        self.sink().line.push_str(&text);
                        self.sink().end_line();
                    }
                }
            }
        }
        let text = self.sinks.pop().map(Sink::into_text).unwrap_or_default();
        HtmlText { text, structured: self.structured }
    }
}
