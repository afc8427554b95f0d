//! HTML mail as clean text, in one pass over the tags: no tree, so no depth of nesting can hurt.
//!
//! Paragraphs are separated by a blank line, rows of a table of several columns become one line, quotations of
//! earlier mail get `> `, a signature that its program marks gets `-- `. Nothing is fetched or rendered.

mod sink;
mod tag;

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

    fn close_cell(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        while self.sinks.len() > 1 {
            let Some(sink) = self.sinks.pop() else { return };
            match sink.kind {
                SinkKind::Cell => {
                    if let Some(row) = self.rows.last_mut() {
                        row.push(sink.into_text());
                    }
                    return;
                }
                // A quotation that was never closed belongs to the cell.
                SinkKind::Quotation => self.append_quotation(sink),
                SinkKind::Page => {
                    self.sinks.push(sink);
                    return;
                }
            }
        }
    }

    fn close_row(&mut self) {
        if self.sinks.last().is_some_and(|sink| sink.kind == SinkKind::Cell) {
            self.close_cell();
        }
        let Some(row) = self.rows.last_mut() else { return };
        let cells: Vec<String> = row.drain(..).filter(|cell| !cell.trim().is_empty()).collect();
        if cells.is_empty() {
            return;
        }
        let data =
            cells.len() > 1 && cells.iter().all(|cell| cell.lines().filter(|l| !l.is_empty()).count() <= 2);
        self.structured |= data;
        let sink = self.sink();
        sink.end_line();
        if data {
            let line: Vec<String> =
                cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            sink.line.push_str(&line.join(" | "));
            sink.end_line();
        } else {
            for cell in cells {
                sink.blank_due |= cell.contains("\n\n");
                for line in cell.lines() {
                    if line.trim().is_empty() {
                        sink.blank_due = true;
                    } else {
                        sink.line.push_str(line);
                        sink.end_line();
                    }
                }
            }
        }
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

    fn open_link(&mut self, tag: &Tag) {
        let href = tag.attribute("href").trim().to_owned();
        let at = self.sink().line.len();
        self.link = Some((href, at));
    }

    fn close_link(&mut self) {
        let Some((href, at)) = self.link.take() else {
            return;
        };
        let Some(url) = web_address(&href) else { return };
        let sink = self.sink();
        let Some(label) = sink.line.get(at..) else { return };
        let label = label.trim();
        let bare = url.trim_end_matches('/').split("://").nth(1).unwrap_or(&url).to_owned();
        if label.is_empty() || label.contains(bare.trim_start_matches("www.")) || label.contains('@') {
            return;
        }
        let addition = format!(" ({url})");
        sink.line.truncate(sink.line.trim_end().len());
        sink.line.push_str(&addition);
        self.structured = true;
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

/// The address behind the wrappers that mail systems put around links, without their tracking.
fn web_address(href: &str) -> Option<String> {
    let mut url = url::Url::parse(href).ok()?;
    let host = url.host_str()?.to_owned();
    let inner = if host.ends_with("safelinks.protection.outlook.com") {
        Some("url")
    } else if host.starts_with("www.google.") && url.path() == "/url" {
        Some("q")
    } else {
        None
    };
    if let Some(key) = inner
        && let Some((_, target)) = url.query_pairs().find(|(name, _)| name == key)
    {
        url = url::Url::parse(&target).ok()?;
    }
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let tracking = |name: &str| name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "mc_eid");
    if url.query_pairs().any(|(name, _)| tracking(&name)) {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !tracking(name))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    Some(url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, want: &str) {
        assert_eq!(to_text(html).text, want, "{html}");
    }

    #[test]
    fn paragraphs_lines_and_lists_keep_their_shape() {
        check(
            "<p>Sveiki &amp; <b>labdien</b><br>rinda</p><script>x<y</script><style>p{}</style><p>Divi",
            "Sveiki & labdien\nrinda\n\nDivi",
        );
        check("<div>viens</div><div><br></div><div>divi</div>", "viens\n\ndivi");
        check("a<ul><li>b<li>c</ul>d", "a\n- b\n- c\n\nd");
        check("<ol><li>b</li><li>c</li></ol>", "1. b\n2. c");
        check(
            "<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal>b<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>c</p>",
            "a\nb\n\nc",
        );
        check("<!--[if mso]><p>x</p><![endif]--><p>y</p>", "y");
        check("1 < 2 <3", "1 < 2 <3");
    }

    #[test]
    fn tables_of_facts_become_lines_and_tables_of_layout_do_not() {
        check(
            "<table><tr><td><p>8.03.</p></td><td>17:00</td><td>Koncerts</td></tr><tr><td>9.03.<td>18:00<td>Talka</table>",
            "8.03. | 17:00 | Koncerts\n9.03. | 18:00 | Talka",
        );
        check("<table><tr><td><p>a</p><p>b</p></td><td><img src=x></td></tr></table>z", "a\n\nb\n\nz");
        check("<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>", "x");
    }

    #[test]
    fn quotations_and_signatures_are_marked() {
        check("<div>Jā</div><blockquote class=\"gmail_quote\">Vai?<br>Nu</blockquote>", "Jā\n> Vai?\n> Nu");
        check("a<blockquote type=cite>b<blockquote type=cite>c</blockquote></blockquote>", "a\n> b\n>> c");
        check("<blockquote style=\"margin:0 0 0 40px;border:none\">savs</blockquote>", "savs");
        check("teksts<div class=gmail_signature>Anna</div>", "teksts\n-- \nAnna");
    }

    #[test]
    fn links_show_where_they_lead() {
        check("<a href='https://x.example/a?utm_source=b'>saite</a>", "saite (https://x.example/a)");
        check("<a href='https://x.example/'>x.example</a> <a href='mailto:a@b'>a@b</a>", "x.example a@b");
        check("<a href='javascript:x'>y</a>", "y");
        check(
            "<a href='https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2F&data=1'>šeit</a>",
            "šeit (https://x.example/)",
        );
    }

    #[test]
    fn no_nesting_and_no_damage_is_too_much() {
        for piece in [
            "<div class=x>",
            "<table><tr><td>",
            "<blockquote>",
            "<",
            "<a href=",
            "<p",
            "</td>",
            "</blockquote>",
            "<ul><li>",
            "<!--",
        ] {
            let _ = to_text(&piece.repeat(20_000));
        }
    }
}
