//! One tag: its name and attributes.

use crate::inbound::parsing::entities;

pub(super) struct Tag {
    pub(super) name: String,
    pub(super) closing: bool,
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    /// Reads the tag at the start of `text`, which begins with `<`, and gives what follows it.
    pub(super) fn read(text: &str) -> (Tag, &str) {
        let closing = text[1..].starts_with('/');
        let body = &text[1 + usize::from(closing)..];
        let name_end =
            body.find(|c: char| !(c.is_ascii_alphanumeric() || ":-!?".contains(c))).unwrap_or(body.len());
        let mut tag = Tag { name: body[..name_end].to_ascii_lowercase(), closing, attributes: Vec::new() };
        let mut rest = &body[name_end..];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                return (tag, after);
            }
            if rest.is_empty() {
                return (tag, rest);
            }
            let end = rest.find(|c: char| c.is_whitespace() || "=>".contains(c)).unwrap_or(rest.len());
            let key = rest[..end].to_ascii_lowercase();
            rest = rest[end..].trim_start();
            let Some(value) = rest.strip_prefix('=') else {
                if end == 0 {
                    // A stray character; step over it so that this ends.
                    rest = rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or("");
                }
                tag.attributes.push((key, String::new()));
                continue;
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = &value[1..];
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                _ => {
                    let end = value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len());
                    value.split_at(end)
                }
            };
            if tag.attributes.len() < 50 {
                tag.attributes.push((key, entities::decode(value)));
            }
            rest = after;
        }
    }

    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    pub(super) fn style(&self) -> String {
        self.attribute("style")
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_lowercase()
    }
}
