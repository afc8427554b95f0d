//! The text of an item, with the marks of its editor where it has any: the same words in mails, pages and feeds. And what
//! stands under its pictures.

use issues::marks::{Block, Line, blocks};
use maud::{Markup, html};

use crate::Frame;
use crate::edition::Item;
use crate::parts::{clean, linked, one_line};

/// Inline styles of a mail; pages have none.
#[derive(Clone, Copy, Default)]
pub(crate) struct Styles {
    pub(crate) paragraph: Option<&'static str>,
    pub(crate) list: Option<&'static str>,
    pub(crate) entry: Option<&'static str>,
    pub(crate) link: Option<&'static str>,
}

/// “Grāmatas plauktā. Foto: Rites bibliotēka”: what stands under a picture, empty where nothing is said of it.
pub(crate) fn under_picture(frame: &Frame, caption: &str, credit: &str) -> String {
    let (mut words, credit) = (one_line(caption), one_line(credit));
    if credit.is_empty() {
        return words;
    }
    if !words.is_empty() {
        words.push_str(if words.ends_with(['.', '!', '?', '”', '…']) { " " } else { ". " });
    }
    words + &(frame.text().shared.photo_credit)(&credit)
}

/// Its blocks, whatever ends their lines.
pub(crate) fn blocks_of(item: &Item) -> Vec<Block> {
    blocks_in(&item.text, item.marked)
}

fn blocks_in(text: &str, marked: bool) -> Vec<Block> {
    blocks(&clean(&text.replace("\r\n", "\n").replace('\r', "\n")), marked)
}

/// The first paragraph, as words alone.
pub(crate) fn first(item: &Item) -> String {
    blocks_of(item).first().map(words_of).unwrap_or_default()
}

/// The whole text, as words alone.
pub(crate) fn plain(item: &Item) -> Vec<String> {
    blocks_of(item).iter().map(words_of).collect()
}

fn words_of(block: &Block) -> String {
    let (Block::Paragraph(lines) | Block::List(lines)) = block;
    let words = |line: &Line| line.iter().map(|span| span.words.as_str()).collect::<String>();
    lines.iter().map(words).collect::<Vec<_>>().join("\n")
}

/// The text as HTML, with the value of `lang` where it differs.
pub(crate) fn written(lang: Option<&str>, item: &Item, styles: Styles) -> Markup {
    text_written(lang, (&item.text, item.marked), styles)
}

/// The same of a text and whether it has marks.
pub(crate) fn text_written(lang: Option<&str>, (text, marked): (&str, bool), styles: Styles) -> Markup {
    html! {
        @for block in blocks_in(text, marked) {
            @match block {
                Block::Paragraph(lines) => p lang=[lang] style=[styles.paragraph] {
                    @for (number, line) in lines.iter().enumerate() {
                        @if number > 0 { br; }
                        (spans(line, styles))
                    }
                },
                Block::List(entries) => ul lang=[lang] style=[styles.list] {
                    @for entry in &entries { li style=[styles.entry] { (spans(entry, styles)) } }
                },
            }
        }
    }
}

fn spans(line: &Line, styles: Styles) -> Markup {
    html! {
        @for span in line {
            @let words = html! {
                @match &span.link {
                    Some(link) => a href=(link.as_str()) style=[styles.link] { (span.words) },
                    None => (linked(&span.words, styles.link)),
                }
            };
            @match (span.strong, span.emphasis) {
                (true, true) => strong { em { (words) } },
                (true, false) => strong { (words) },
                (false, true) => em { (words) },
                (false, false) => (words),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(text: &str, marked: bool) -> Item {
        Item {
            lang: None,
            place: None,
            title: String::new(),
            photos: Vec::new(),
            text: text.to_owned(),
            marked,
            byline: None,
            slug: String::new(),
        }
    }

    fn html(text: &str, marked: bool) -> String {
        written(None, &item(text, marked), Styles::default()).into_string()
    }

    #[test]
    fn marks_are_set_and_nothing_else_is_html() {
        assert_eq!(
            html(
                "**Nāciet** *visi*!\r\nOtrā\r\n\r\n- [karte](https://karte.example/?a=1&b=2)\r\n- <b>",
                true
            ),
            "<p><strong>Nāciet</strong> <em>visi</em>!<br>Otrā</p><ul>\
             <li><a href=\"https://karte.example/?a=1&amp;b=2\">karte</a></li><li>&lt;b&gt;</li></ul>"
        );
        assert_eq!(
            html("[x](javascript:alert(1)) **<script>** https://a.example/_b_", true),
            "<p>[x](javascript:alert(1)) <strong>&lt;script&gt;</strong> \
             <a href=\"https://a.example/_b_\">a.example/_b_</a></p>"
        );
        assert_eq!(html("**x**\r\n- y", false), "<p>**x**<br>- y</p>");
    }

    #[test]
    fn nobody_forges_a_slot_with_marks() {
        assert_eq!(html("**\u{E000}leave-url\u{E001}**", true), "<p><strong>leave-url</strong></p>");
    }
}
