//! The few marks that an editor may write into the text of an item: `**strong**`, `*emphasis*`, `[words](https://…)`, and
//! lines that begin with `- `, which are a list.
//!
//! Only a text that an editor saved has marks ([`crate::ItemContent::marked`]): in a letter a star is a star. A maintained
//! Markdown parser reads what stands inside a paragraph; nothing else of Markdown is anything here but the letters it is
//! written with: no headings, quotations, code, pictures, HTML, `_emphasis_`, and above all no numbered lists, for many a
//! Latvian paragraph begins with “1. decembrī”.

mod lines;

use self::lines::lines;
use crate::{Paragraphs, WebLink};

/// What begins an entry of a list.
const BULLETS: [&str; 2] = ["- ", "* "];

/// A part of a text, as readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Line>),
    /// Its entries, each of one line.
    List(Vec<Line>),
}

pub type Line = Vec<Span>;

/// Words of one look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    pub words: String,
    pub strong: bool,
    pub emphasis: bool,
    /// Never a link that does harm.
    pub link: Option<WebLink>,
}

/// The blocks of a text. Without marks each paragraph has its lines as they are.
pub fn blocks(text: &str, marked: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    for paragraph in Paragraphs(text).iter() {
        if marked {
            read(paragraph, &mut blocks);
        } else {
            let plain = |words: &str| vec![Span { words: words.to_owned(), ..Span::default() }];
            blocks.push(Block::Paragraph(paragraph.lines().map(plain).collect()));
        }
    }
    blocks
}

/// The words alone, in paragraphs: for what has no place for marks.
pub fn plain(text: &str, marked: bool) -> String {
    let words = |line: &Line| line.iter().map(|span| span.words.as_str()).collect::<String>();
    let block = |block: &Block| match block {
        Block::Paragraph(lines) => lines.iter().map(words).collect::<Vec<_>>().join("\n"),
        Block::List(lines) => {
            lines.iter().map(|line| format!("- {}", words(line))).collect::<Vec<_>>().join("\n")
        }
    };
    blocks(text, marked).iter().map(block).collect::<Vec<_>>().join("\n\n")
}

/// A text without marks as one with marks that reads the same: a star of a letter stays a star.
pub fn escaped(text: &str) -> String {
    if plain(text, true) == plain(text, false) && !blocks(text, true).iter().any(is_marked) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let begins = line.trim_start();
        out.push_str(&line[..line.len() - begins.len()]);
        if begins.starts_with("- ") {
            out.push('\\');
        }
        for letter in begins.chars() {
            if matches!(letter, '\\' | '*' | '[' | ']' | '<' | '&' | '!' | '`' | '_') {
                out.push('\\');
            }
            out.push(letter);
        }
    }
    out
}

fn is_marked(block: &Block) -> bool {
    match block {
        Block::List(_) => true,
        Block::Paragraph(lines) => {
            lines.iter().flatten().any(|span| span.strong || span.emphasis || span.link.is_some())
        }
    }
}

/// The blocks of one paragraph: lists stand out of the lines around them.
fn read(paragraph: &str, blocks: &mut Vec<Block>) {
    let mut words: Vec<&str> = Vec::new();
    let mut entries: Vec<String> = Vec::new();
    for line in paragraph.lines() {
        let begins = line.trim_start();
        if let Some(entry) = BULLETS.iter().find_map(|bullet| begins.strip_prefix(bullet)) {
            flush(&mut words, blocks);
            entries.push(entry.trim().to_owned());
        } else if let Some(last) = entries.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            // The rest of an entry, set in below its beginning.
            last.push(' ');
            last.push_str(begins);
        } else {
            list(&mut entries, blocks);
            words.push(line);
        }
    }
    flush(&mut words, blocks);
    list(&mut entries, blocks);
}

fn flush(words: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if !words.is_empty() {
        blocks.push(Block::Paragraph(lines(&words.join("\n"))));
        words.clear();
    }
}

/// Entries after a list that ended with a blank line belong to it.
fn list(entries: &mut Vec<String>, blocks: &mut Vec<Block>) {
    let read = entries.drain(..).map(|entry| lines(&entry).into_iter().flatten().collect::<Line>());
    let read: Vec<Line> = read.filter(|line: &Line| !line.is_empty()).collect();
    match blocks.last_mut() {
        _ if read.is_empty() => {}
        Some(Block::List(list)) => list.extend(read),
        _ => blocks.push(Block::List(read)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Blocks as one line: `<b>`, `<i>`, `<a URL>`, `|` between lines, `¶` between blocks, `•` before entries.
    fn shown(blocks: &[Block]) -> String {
        let span = |span: &Span| {
            let mut words = span.words.clone();
            if span.emphasis {
                words = format!("<i>{words}</i>");
            }
            if span.strong {
                words = format!("<b>{words}</b>");
            }
            if let Some(link) = &span.link {
                words = format!("<a {}>{words}</a>", link.as_str());
            }
            words
        };
        let line = |line: &Line| line.iter().map(span).collect::<String>();
        let block = |block: &Block| match block {
            Block::Paragraph(lines) => lines.iter().map(line).collect::<Vec<_>>().join("|"),
            Block::List(lines) => lines.iter().map(|of| format!("•{}", line(of))).collect(),
        };
        blocks.iter().map(block).collect::<Vec<_>>().join("¶")
    }

    #[test]
    fn the_marks_of_an_editor_are_read() {
        for (text, wanted) in [
            ("Nāciet **visi**!", "Nāciet <b>visi</b>!"),
            ("*Kopā* būs jautri", "<i>Kopā</i> būs jautri"),
            ("**“Sēlijas salas”** aicina", "<b>“Sēlijas salas”</b> aicina"),
            ("***ļoti***", "<b><i>ļoti</i></b>"),
            ("**divas\nrindas**", "<b>divas</b>|<b>rindas</b>"),
            (
                "Skat. [kartē](https://karte.example/a?b=1&c=2).",
                "Skat. <a https://karte.example/a?b=1&c=2>kartē</a>.",
            ),
            ("[Raksti](mailto:anna@example.lv)", "<a mailto:anna@example.lv>Raksti</a>"),
            ("Līdzi:\n- cimdi\n- **zābaki**\nTiekamies!", "Līdzi:¶•cimdi•<b>zābaki</b>¶Tiekamies!"),
            ("- viens\n\n- divi\n  turpinās", "•viens•divi turpinās"),
            ("Viens.\n\nDivi.", "Viens.¶Divi."),
            (r"5 \* 6 un \[7\](x)", "5 * 6 un [7](x)"),
        ] {
            assert_eq!(shown(&blocks(text, true)), wanted, "{text}");
        }
    }

    #[test]
    fn nothing_else_of_markdown_is_anything() {
        for text in [
            "1. decembrī plkst. 18.00",
            "1. decembrī\n2. decembrī",
            "# virsraksts",
            "> citāts",
            "    četras atstarpes",
            "a\n===",
            "a\n---",
            "***",
            "```\nkods\n```",
            "`kods *x*`",
            "<b>trekns</b> <script>alert(1)</script>",
            "<!-- piezīme -->",
            "&amp; &lt;script&gt; &copy;",
            "![attēls](https://example.lv/a.png)",
            "[x](javascript:alert(1))",
            "[x](data:text/html,a)",
            "[x]: https://example.lv",
            "[x]",
            "mans_garais_vards un _uzsvērts_ un __ļoti__",
            "2 * 3 * 4",
            "10 € *\n* bērniem",
            "https://example.lv/a_b_c?d=1&amp;e=2",
        ] {
            let shown = shown(&blocks(text, true)).replace('|', "\n");
            let list = text.contains("\n* ");
            assert!(list || shown == text.trim(), "{text:?} is {shown:?}");
        }
    }

    #[test]
    fn a_letter_is_as_it_was_written() {
        for text in ["**x** [a](https://b.example)\n- c", "1. a\n2. b", "*a*\n\n* b"] {
            assert_eq!(plain(text, false), text);
            assert_eq!(plain(&escaped(text), true), text);
        }
        assert_eq!(escaped("Vienkāršs teksts, 2 * 3."), "Vienkāršs teksts, 2 * 3.", "nothing to guard");
        assert_eq!(escaped("5*6*7"), r"5\*6\*7");
    }

    #[test]
    fn words_alone_keep_their_lists() {
        assert_eq!(plain("**Līdzi**:\n- [cimdi](https://a.example)", true), "Līdzi:\n\n- cimdi");
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "(\\PC|\n|\\*|\\[|\\]|\\(|- |https://a\\.b){0,40}") {
            for block in blocks(&text, true) {
                let (Block::Paragraph(lines) | Block::List(lines)) = block;
                for span in lines.iter().flatten() {
                    prop_assert!(!span.words.contains('\n') && !span.words.is_empty());
                }
            }
        }

        #[test]
        fn what_is_escaped_reads_as_it_was(text in "([a-z“”\u{2027}]|ā|\n| |\\*|_|\\[|\\]|\\(|\\)|`|<|>|&|amp;|!|\\\\|- |• |#|1\\. |https://a\\.b/){0,40}") {
            let words = |blocks: Vec<Block>| {
                let lines = blocks.into_iter().flat_map(|block| match block {
                    Block::Paragraph(lines) => lines,
                    Block::List(_) => vec![vec![Span { words: "a list".into(), ..Span::default() }]],
                });
                lines.map(|line| shown(&[Block::Paragraph(vec![line])]).trim().to_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(words(blocks(&escaped(&text), true)), words(blocks(&text, false)));
        }
    }
}
