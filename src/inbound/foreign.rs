//! HTML of others, made fit to be looked at: it keeps its look (tables, colours, inline styles, its own pictures) and
//! loses whatever runs, loads, connects or leads on by itself. A policy of the answer stops most of that too; it does
//! not stop `<link rel=preconnect>` or `<meta http-equiv=refresh>`, by which a sender learns that somebody looks.
//!
//! The list says what stays; nobody has to think of everything that could be sent.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use ammonia::{Builder, UrlRelative};
use data_encoding::BASE64;

/// Pictures that are put into the HTML, in octets of all together: a page of more is no letter.
const PICTURES_OCTETS_MAX: usize = 12 << 20;
/// A longer page is no letter.
const HTML_OCTETS_MAX: usize = 8 << 20;
/// Tags, as a parser looks through all that are open for many of them.
const TAGS_MAX: usize = 10_000;
/// What stays open over paragraphs is made anew in each, by every parser of HTML, up to three times of a kind: a page of a
/// few thousand octets can become one of billions. So many elements and octets may come of it.
const COPIES_MAX: usize = 500_000;
const COPIED_OCTETS_MAX: usize = 32 << 20;
const COPIES_OF_A_KIND: usize = 3;
/// Elements that are made anew.
const COPIED: [&str; 12] =
    ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];
/// So are these, of which one is open at a time: the longest counts, and not how many there are.
const COPIED_ALONE: [&str; 2] = ["a", "nobr"];
/// A tag has no more octets; one of a picture may, whose octets stand in it.
const TAG_OCTETS_MAX: usize = 4_000;
/// Attributes of one tag, each of which a parser compares with all that are before it.
const ATTRIBUTES_MAX: usize = 100;
/// A further one of these gives its attributes to the first.
const GATHERING: [&str; 2] = ["html", "body"];

/// What is kept for looks alone, on any element.
const ATTRIBUTES: [&str; 14] = [
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "color",
    "dir",
    "face",
    "height",
    "lang",
    "size",
    "style",
    "title",
    "valign",
];
/// Of a style, what colours and measures; none of these names a file.
const PROPERTIES: [&str; 46] = [
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "clear",
    "color",
    "direction",
    "display",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "vertical-align",
    "white-space",
    "width",
];
/// What a value may not hold, in small letters: ways to name a file, and the escape that could spell one.
const REACHING: [&str; 7] = ["url", "image", "src", "element", "attr", "var", "\\"];
/// Pictures that browsers show, and nothing that is a program (SVG is).
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// A picture that came in the same mail.
pub struct Enclosed {
    pub id: String,
    pub media_type: String,
    pub octets: Vec<u8>,
}

/// Is this a picture that may stand in a page?
pub fn is_picture(media_type: &str) -> bool {
    PICTURES.contains(&media_type)
}

/// What an editor is shown of a mail's HTML: pictures are those that it brought along (`cid:`, RFC 2392). `None` where it
/// would take too much to take it apart; its text is shown then.
pub fn harmless(html: &str, enclosed: Vec<Enclosed>) -> Option<String> {
    if is_tangled(html) {
        return None;
    }
    let mut pictures: HashMap<String, (String, Vec<u8>)> = HashMap::new();
    for picture in enclosed.into_iter().filter(|picture| !picture.id.is_empty()) {
        pictures.entry(picture.id).or_insert((picture.media_type, picture.octets));
    }
    let left = AtomicUsize::new(PICTURES_OCTETS_MAX);
    let picture = move |source: &str| {
        let (media_type, octets) = pictures.get(source.strip_prefix("cid:")?)?;
        let taken =
            left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(octets.len()));
        taken.ok()?;
        Some(format!("data:{media_type};base64,{}", BASE64.encode(octets)))
    };
    Some(list(picture).filter_style_properties(HashSet::from(PROPERTIES)).clean(html).to_string())
}

/// What the world in a box shows of a letter of the newsroom: also its style sheet, and pictures from this address. What
/// a sheet names is stopped by the policy of the answer, which asks no other house.
pub fn harmless_from(html: &str, origin: &str) -> Option<String> {
    if is_tangled(html) {
        return None;
    }
    let start = format!("{}/", origin.trim_end_matches('/'));
    let picture = move |source: &str| source.starts_with(&start).then(|| source.to_owned());
    let mut list = list(picture);
    list.rm_clean_content_tags(["style"]).add_tags(["style"]).add_generic_attributes(["class"]);
    Some(list.clean(html).to_string())
}

/// What stays; `picture` says what becomes of an address of a picture.
fn list(picture: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Builder<'static> {
    let mut list = Builder::default();
    list.add_tags(["center", "font", "big", "tfoot"])
        .rm_tags(["area", "map"])
        .add_clean_content_tags(["title"])
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .add_tag_attributes("col", ["width"])
        .add_tag_attributes("table", ["width"])
        .add_tag_attributes("td", ["width", "nowrap"])
        .add_tag_attributes("th", ["width", "nowrap"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "data", "cid"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            (_, "style") => Some(Cow::Owned(plain_style(value))),
            ("img", "src") => match value.trim() {
                own if is_enclosed(own) => Some(Cow::Borrowed(value)),
                named => picture(named).map(Cow::Owned),
            },
            ("a", "href") => {
                let start = value.trim().to_ascii_lowercase();
                let leads = ["http:", "https:", "mailto:", "tel:"].iter().any(|of| start.starts_with(of));
                leads.then_some(Cow::Borrowed(value))
            }
            // The source of a quotation.
            (_, "cite") => None,
            _ => Some(Cow::Borrowed(value)),
        });
    list
}

/// Bytes of a picture, written out in the page itself.
fn is_enclosed(source: &str) -> bool {
    let Some(rest) = source.strip_prefix("data:") else { return false };
    rest.split_once(";base64,").is_some_and(|(media_type, octets)| {
        is_picture(media_type)
            && octets.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"+/=".contains(&octet))
    })
}

/// Without the declarations that could name a file. What of one is left when it is cut apart is no declaration, and the
/// list of properties drops it.
fn plain_style(style: &str) -> String {
    let reaches = |declaration: &str| {
        let declaration = declaration.to_ascii_lowercase();
        REACHING.iter().any(|word| declaration.contains(word))
    };
    style.split(';').filter(|declaration| !reaches(declaration)).collect::<Vec<_>>().join(";")
}

/// Would it take too much time or memory? What stands in comments and values is counted too.
fn is_tangled(html: &str) -> bool {
    if html.len() > HTML_OCTETS_MAX {
        return true;
    }
    let (mut tags, mut kinds, mut octets) = (0, HashSet::new(), 0);
    let (mut longest_alone, mut pictures, mut gathered) = (0, 0, 0);
    for (at, _) in html.match_indices('<') {
        tags += 1;
        if tags > TAGS_MAX {
            return true;
        }
        let rest = &html[at + 1..];
        let (rest, opens) = rest.strip_prefix('/').map_or((rest, true), |rest| (rest, false));
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
        let name = name.to_ascii_lowercase();
        let is_picture = name == "img";
        let octets_max = if is_picture { HTML_OCTETS_MAX } else { TAG_OCTETS_MAX };
        let Some(Tag { text, attributes }) = whole_tag(rest, octets_max) else { return true };
        if attributes > ATTRIBUTES_MAX {
            return true;
        }
        if is_picture {
            // More than there is: they stand in each other, and each would be looked through for itself.
            pictures += text.len();
            if pictures > html.len() {
                return true;
            }
        } else if GATHERING.contains(&name.as_str()) {
            gathered += attributes;
        } else if opens && COPIED_ALONE.contains(&name.as_str()) {
            longest_alone = text.len().max(longest_alone);
        } else if opens && COPIED.contains(&name.as_str()) && kinds.insert(text) {
            octets += text.len();
        }
    }
    let copies = COPIES_OF_A_KIND * tags;
    gathered > ATTRIBUTES_MAX
        || kinds.len() * copies > COPIES_MAX
        || octets * copies > COPIED_OCTETS_MAX
        || longest_alone * copies > COPIED_OCTETS_MAX
}

/// A tag from its name up to its end, and how many attributes it has.
struct Tag<'a> {
    text: &'a str,
    attributes: usize,
}

/// Where a parser stands in a tag (WHATWG HTML, 13.2.5.8 and 13.2.5.32 to 13.2.5.40).
#[derive(Clone, Copy)]
enum Within {
    TagName,
    /// An attribute may begin.
    Between,
    Name,
    /// After a name and space: its value may still come.
    Named,
    /// After the sign for equal.
    Equal,
    Quoted(u8),
    Bare,
}

/// A tag as a parser finds its end, which a value in quotes does not hold; `None` where it is too long. A quote that a
/// parser does not see as one, such as that of `a=="`, would hide the rest of the tag.
fn whole_tag(rest: &str, octets_max: usize) -> Option<Tag<'_>> {
    let (mut within, mut attributes) = (Within::TagName, 0);
    for (at, octet) in rest.bytes().enumerate().take(octets_max) {
        let space = octet.is_ascii_whitespace();
        within = match (within, octet) {
            (Within::Quoted(open), _) if open == octet => Within::Between,
            (Within::Quoted(_), _) => within,
            (_, b'>') => return Some(Tag { text: &rest[..at], attributes }),
            (Within::Bare, _) if space => Within::Between,
            (Within::Equal, b'"' | b'\'') => Within::Quoted(octet),
            (Within::Equal, _) if space => within,
            (Within::Bare | Within::Equal, _) => Within::Bare,
            (Within::Name | Within::Named, b'=') => Within::Equal,
            (Within::Name | Within::Named, _) if space => Within::Named,
            (_, b'/') => Within::Between,
            (_, _) if space => Within::Between,
            (Within::TagName | Within::Name, _) => within,
            (Within::Between | Within::Named, _) => {
                attributes += 1;
                Within::Name
            }
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, shown: &str) {
        assert_eq!(harmless(html, Vec::new()).as_deref(), Some(shown), "{html}");
    }

    #[test]
    fn nothing_reaches_out_by_itself() {
        for reaching in [
            "<link rel=preconnect href=//evil.example>",
            "<link rel=dns-prefetch href=//evil.example>",
            "<link rel=prefetch href=https://evil.example/x>",
            "<link rel=stylesheet href=https://evil.example/x>",
            "<meta http-equiv=refresh content='0;url=https://evil.example'>",
            "<meta http-equiv=x-dns-prefetch-control content=on>",
            "<base href=https://evil.example>",
            "<script>evil.example</script>",
            "<style>@import url(https://evil.example)</style>",
            "<iframe src=https://evil.example></iframe>",
            "<object data=https://evil.example></object>",
            "<embed src=https://evil.example>",
            "<video src=https://evil.example poster=https://evil.example></video>",
            "<audio src=https://evil.example></audio>",
            "<svg><image href=https://evil.example /><use href=https://evil.example /></svg>",
            "<math href=https://evil.example></math>",
            "<template><img src=https://evil.example></template>",
        ] {
            let shown = harmless(reaching, Vec::new()).unwrap();
            assert!(!shown.contains("evil.example"), "{reaching}: {shown}");
        }
        check(
            "<img src=https://evil.example/x srcset='https://evil.example/y 2x' alt=Taka>",
            "<img alt=\"Taka\">",
        );
        check("<img src=//evil.example/x><img src=x>", "<img><img>");
        check("<td background=https://evil.example>a</td>", "a");
        check("<p ping=https://evil.example onclick=steal() id=x class=y>a</p>", "<p>a</p>");
    }

    #[test]
    fn a_style_keeps_its_look_and_names_no_file() {
        check(
            "<p style='color: red; background: url(https://e.example)'>a</p>",
            "<p style=\"color:red\">a</p>",
        );
        for reaching in [
            "background:#fff url(https://e.example/x)",
            "background:u\\72l(https://e.example/x)",
            "background:image-set('https://e.example/x' 1x)",
            "background:URL(data:image/png;base64,AAAA)",
            "list-style:url(https://e.example/x)",
            "position:fixed",
            "behavior:url(x)",
        ] {
            check(&format!("<p style=\"{reaching}\">a</p>"), "<p style=\"\">a</p>");
        }
    }

    #[test]
    fn the_look_of_a_letter_stays() {
        let table = "<table width=\"600\" bgcolor=\"#eeeeee\" cellpadding=\"4\"><tbody><tr><td align=\"center\" \
             style=\"padding:4px;color:#333\"><font color=\"#aa0000\" face=\"Arial\"><b>Talka</b></font></td></tr></tbody></table>";
        check(table, table);
        check("<title>Talka</title><center>a</center>", "<center>a</center>");
    }

    #[test]
    fn links_say_where_they_lead_and_only_to_the_web() {
        check(
            "<a href=\"https://salas.example/a\">a</a>",
            "<a href=\"https://salas.example/a\" rel=\"noopener noreferrer nofollow\">a</a>",
        );
        for wrong in ["javascript:steal()", "data:text/html,x", "//e.example", "cid:a", "file:///etc/passwd"]
        {
            check(&format!("<a href=\"{wrong}\">a</a>"), "<a rel=\"noopener noreferrer nofollow\">a</a>");
        }
    }

    #[test]
    fn pictures_are_those_of_the_mail() {
        let enclosed =
            || vec![Enclosed { id: "a@b".into(), media_type: "image/png".into(), octets: b"png".to_vec() }];
        let shown = harmless("<img src=\"cid:a@b\"><img src=\"cid:zz\">", enclosed());
        assert_eq!(shown.unwrap(), "<img src=\"data:image/png;base64,cG5n\"><img>");
        check("<img src=\"data:image/gif;base64,R0lG\">", "<img src=\"data:image/gif;base64,R0lG\">");
        check("<img src=\"data:image/svg+xml;base64,R0lG\">", "<img>");
        check("<img src=\"data:image/png,%3Csvg\">", "<img>");
    }

    #[test]
    fn the_newsrooms_own_letters_keep_their_style_sheet_and_pictures() {
        let shown = harmless_from(
            "<head><style>p{color:red}</style><link rel=preconnect href=//e.example></head><p class=\"a\">a</p>\
             <img src=\"http://127.0.0.1:8080/photo/1\"><img src=\"http://127.0.0.1:80801/x\">",
            "http://127.0.0.1:8080",
        );
        let kept =
            "<style>p{color:red}</style><p class=\"a\">a</p><img src=\"http://127.0.0.1:8080/photo/1\"><img>";
        assert_eq!(shown.as_deref(), Some(kept));
    }

    #[test]
    fn whatever_comes_is_shown() {
        for html in ["", "\0", "<", "<p", "<b", "<!--", "<![CDATA[", "]]>", "<b title='>", "ā<b>ā"] {
            let _ = harmless(html, Vec::new());
        }
        assert!(harmless(&"<div>".repeat(2_000), Vec::new()).is_some());
    }

    #[test]
    fn what_would_grow_without_end_is_not_taken_apart() {
        let kinds = |count: usize, tag: &dyn Fn(usize) -> String| -> String { (0..count).map(tag).collect() };
        let many = kinds(200, &|number| format!("<font size={number}>"));
        let quoted = kinds(200, &|number| format!("<b title=\"<>{number}\">"));
        let hidden = kinds(200, &|number| format!("<i title='>' lang={number}><!-- </i> -->"));
        let long = format!("<b title=\"{}\">", "a".repeat(3_000));
        for tangled in [
            "<div>".repeat(10_001),
            format!("{many}{}", "<p>".repeat(2_000)),
            format!("{quoted}{}", "<p>".repeat(2_000)),
            format!("{hidden}{}", "<p>".repeat(2_000)),
            format!("{long}{}", "<p>".repeat(5_000)),
            format!("<B title=\"{}\">", "a".repeat(5_000)),
            "a".repeat(HTML_OCTETS_MAX + 1),
        ] {
            assert!(harmless(&tangled, Vec::new()).is_none(), "{}", &tangled[..60]);
        }
        // A long letter, written with a word processor.
        let letter = "<p class=x><b><span style='color:red'>Talka</span></b> <font size=2 color=blue>ar <i>visiem</i></font></p>";
        assert!(harmless(&letter.repeat(400), Vec::new()).is_some());
    }
    #[test]
    fn a_tag_that_a_parser_would_copy_or_compare_for_ever_is_not_taken_apart() {
        let paragraphs = "<p>y".repeat(9_900);
        let long = "x".repeat(3_500);
        let names = |count: usize| (0..count).map(|number| format!(" a{number}")).collect::<String>();
        for tangled in [
            format!("<p><a title=\"{}\">{paragraphs}", "x".repeat(1 << 20)),
            format!("<p><a title=\"{long}\">{paragraphs}"),
            format!("<p><NOBR title=\"{long}\">{paragraphs}"),
            // Its end is not where it seems to be.
            format!("<p><b a==\"x title=\">\" lang=\"{}\">y", "x".repeat(1 << 20)),
            format!("<p{}>", names(101)),
            format!("</p{}>", names(101)),
            format!("<p{}>", names(101).replace(' ', "/")),
            format!("<p{}>", names(101).replace(' ', " a='b'")),
            format!("<p =\"x{}\">", names(101)),
            format!("<img{}>", names(1_000_000)),
            format!("<html{0}><html{0}>", names(60)),
            format!("<p title=\"{}\">", "x".repeat(1 << 20)),
            format!("{}{}'>", "<img a='".repeat(5_000), "x".repeat(1 << 20)),
        ] {
            assert!(is_tangled(&tangled), "{}", &tangled[..60]);
        }
    }

    #[test]
    fn a_newsletter_of_many_links_and_an_own_picture_is_shown() {
        let link = |number: usize| {
            let track = "x".repeat(800);
            format!(
                "<tr><td style='padding:4px'><a href=\"https://salas.example/{number}?u={track}\"><b>Talka</b></a></td></tr>"
            )
        };
        let links: String = (0..300).map(link).collect();
        let picture = format!("<img alt='' src=\"data:image/png;base64,{}\">", "AAAA".repeat(500_000));
        let letter =
            format!("<html lang=lv><body bgcolor=white><table>{links}</table>{picture}</body></html>");
        let shown = harmless(&letter, Vec::new()).unwrap();
        assert_eq!(shown.matches("<a href=").count(), 300);
        assert!(shown.contains("AAAAAAAA"));
    }
}
