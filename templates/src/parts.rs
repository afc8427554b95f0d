//! The few pieces of markup that maud cannot escape for us, and the cleaning of what people wrote.
//!
//! Nothing outside this file may say `PreEscaped`.

use issues::{Paragraphs, WebLink};
use linkify::{LinkFinder, LinkKind};
use maud::{Markup, PreEscaped, Render, html};

use crate::Slot;
use crate::text::shorten;

/// What every page begins with; `colours` are the schemes that it knows.
pub(crate) fn head(colours: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content=(colours);
    }
}

/// Outlook's Word engine: draw at 96 dots, and with our letters.
const MSO_HEAD: &str = "<!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch>\
</o:OfficeDocumentSettings></xml></noscript><style>body,div,p,li,td,h1,h2,h3,a{font-family:Georgia,'Times New Roman',serif \
!important}</style><![endif]-->";

/// What a mail has beyond its inline styles: larger headings on wide screens, and our dark colours.
const MAIL_STYLE: &str = "
:root{color-scheme:light dark}
a[x-apple-data-detectors]{color:inherit !important;text-decoration:none !important}
@media (min-width:600px){.name{font-size:46px !important}.h{font-size:27px !important}}
@media (prefers-color-scheme:dark){.bg{background-color:#15211c !important;color:#e9f0ec !important}\
.bg a{color:#8fcdf0 !important}.box{background-color:#1e2d26 !important;color:#e9f0ec !important}\
.soft{color:#b3c4bb !important}.kick{color:#ffa9b8 !important}.when{color:#8fd6b4 !important}\
.line{border-color:#31443b !important}.band{background-color:#0e3529 !important;color:#ffffff !important}\
.band a{color:#ffffff !important}.bg a.btn{background-color:#8fd6b4 !important;color:#0a2018 !important;\
border-color:#8fd6b4 !important}}
";

pub(crate) fn mso_head() -> Markup {
    PreEscaped(MSO_HEAD.to_owned())
}

pub(crate) fn mail_style() -> Markup {
    html! { style { (PreEscaped(MAIL_STYLE)) } }
}

/// The one table of a mail: Word knows no `max-width`.
pub(crate) fn mso_column(background: Option<&'static str>, content: Markup) -> Markup {
    let background = cell_background(background);
    html! {
        (PreEscaped(format!(
            "<!--[if mso]><table role=\"presentation\" align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" \
             style=\"width:600px\"><tr><td{background} style=\"padding:0 24px\"><![endif]-->"
        )))
        (content)
        (PreEscaped("<!--[if mso]></td></tr></table><![endif]-->"))
    }
}

/// Ends the row of an [`mso_column`] and begins one that is filled to its edges, for a picture of its width.
pub(crate) fn mso_whole_row(background: Option<&'static str>) -> Markup {
    let background = cell_background(background);
    PreEscaped(format!("<!--[if mso]></td></tr><tr><td{background} style=\"padding:0\"><![endif]-->"))
}

fn cell_background(colour: Option<&'static str>) -> String {
    colour.map_or_else(String::new, |colour| format!(" bgcolor=\"{colour}\""))
}

/// Links are shown with this many characters.
const LINK_CHARACTERS_MAX: usize = 60;
impl Render for Slot {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.tag());
    }
}

/// Finished HTML: cleaned, with slots as markers, a line for each block.
pub(crate) fn finish(markup: Markup) -> String {
    let mut html = clean(&markup.into_string());
    for slot in Slot::ALL {
        html = html.replace(&slot.tag(), &slot.marker());
    }
    for end in
        ["</head>", "</p>", "</h1>", "</h2>", "</h3>", "</li>", "</ul>", "</div>", "</section>", "</form>"]
    {
        html = html.replace(end, &format!("{end}\n"));
    }
    html
}

/// A document of another kind than HTML, whose elements all have an end: without letters that XML cannot hold (section
/// 2.2 of its specification).
pub(crate) fn xml(root: Markup) -> String {
    let document = html! { (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")) (root) "\n" };
    clean(&document.into_string()).replace(['\u{fffe}', '\u{ffff}'], "")
}

/// Text without what no reader should meet: control characters (also those of C1, over which mail programs
/// stumble), marks that turn the direction of text, and private characters, of which slots are made.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|letter| match letter {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' => None,
            '\u{2028}' | '\u{2029}' => Some('\n'),
            letter if letter.is_control() => None,
            letter => Some(letter),
        })
        .collect()
}

/// One clean line, for subjects, titles and names.
pub(crate) fn one_line(text: &str) -> String {
    clean(text).split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A piece of a text of people.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Words(&'a str),
    Link(&'a str, WebLink),
}

/// A paragraph as words and web links.
pub(crate) fn pieces(paragraph: &str) -> Vec<Piece<'_>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(true);
    finder
        .spans(paragraph)
        .map(|span| {
            let link = span.kind().and_then(|_| WebLink::parse(span.as_str()));
            match link.filter(WebLink::is_web) {
                Some(link) => Piece::Link(span.as_str(), link),
                None => Piece::Words(span.as_str()),
            }
        })
        .collect()
}

/// A paragraph with its links, for mails and pages. `style` is the inline style of links, where there is one.
pub(crate) fn linked(paragraph: &str, style: Option<&str>) -> Markup {
    html! {
        @for (index, line) in paragraph.lines().enumerate() {
            @if index > 0 { br; }
            @for piece in pieces(line) {
                @match piece {
                    Piece::Words(words) => (words),
                    Piece::Link(words, link) => a href=(link.as_str()) style=[style] { (shown(words)) },
                }
            }
        }
    }
}

/// A link as readers see it: where it leads, without what every link has.
pub(crate) fn shown(link: &str) -> String {
    let link = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")).unwrap_or(link);
    shorten(link.strip_suffix('/').unwrap_or(link), LINK_CHARACTERS_MAX)
}

/// The paragraphs of a text, whatever ends its lines.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let text = clean(&text.replace("\r\n", "\n").replace('\r', "\n"));
    Paragraphs(&text).iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_links_become_links() {
        let html = linked("Skat. https://example.lv/a?b=1&c=2. javascript:alert(1) <b>", None).into_string();
        assert_eq!(
            html,
            "Skat. <a href=\"https://example.lv/a?b=1&amp;c=2\">example.lv/a?b=1&amp;c=2</a>. \
             javascript:alert(1) &lt;b&gt;"
        );
    }

    #[test]
    fn nobody_forges_a_slot() {
        let forged = "\u{E000}leave-url\u{E001} <slot leave-url>";
        let html = finish(html! { p { (forged) } });
        assert_eq!(html, "<p>leave-url &lt;slot leave-url&gt;</p>\n");
        assert_eq!(
            finish(html! { a href=(Slot::LeaveUrl) {} }),
            "<a href=\"\u{E000}leave-url\u{E001}\"></a>"
        );
    }

    #[test]
    fn a_subject_is_one_clean_line() {
        assert_eq!(one_line("a\r\nBcc: b\u{85}\u{202e}\t c "), "a Bcc: b c");
    }
}
