//! Whatever people write, mails and pages hold together.

use proptest::prelude::*;
use subscribers::Language;

use crate::email::{bulletin, notice};
use crate::page::{decide, issue};
use crate::sample::{Kind, content, frame, mail, page, public};
use crate::{Segment, Slot, item_slug};

/// Words, markup, links, controls and forged slots in any order.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,30}",
        any::<String>(),
        Just("https://example.lv/ceļš?a=1&b=\"2\"".to_owned()),
        Just("http://[::1".to_owned()),
        Just("<b>&amp;</textarea>".to_owned()),
        Just("\u{E000}leave-url\u{E001}".to_owned()),
        Just("\r\n\r\n".to_owned()),
        Just("ģ".repeat(200)),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.join(" "))
}

fn slots(segments: &[Segment<'_>]) -> Vec<Slot> {
    let slots = segments.iter().filter_map(|segment| match segment {
        Segment::Slot(slot) => Some(*slot),
        Segment::Literal(_) => None,
    });
    slots.collect()
}

fn check_lines(text: &str) -> Result<(), TestCaseError> {
    for line in text.lines() {
        let alone = line.starts_with("http") || line.contains('\u{E000}');
        prop_assert!(alone || line.chars().count() <= 72, "{line}");
    }
    Ok(())
}

/// Every `<` in finished HTML opens a tag of ours.
fn check_markup(html: &str) -> Result<(), TestCaseError> {
    for tag in html.split('<').skip(1) {
        let name: String = tag
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || "/!-[".contains(*letter))
            .collect();
        let known = name.starts_with("!")
            || matches!(
                name.trim_start_matches('/'),
                "html"
                    | "head"
                    | "meta"
                    | "title"
                    | "style"
                    | "body"
                    | "div"
                    | "p"
                    | "a"
                    | "h1"
                    | "h2"
                    | "h3"
                    | "br"
                    | "img"
                    | "strong"
                    | "em"
                    | "del"
                    | "ins"
                    | "span"
                    | "ul"
                    | "li"
                    | "table"
                    | "tr"
                    | "td"
                    | "noscript"
                    | "xml"
                    | "o"
                    | "link"
                    | "header"
                    | "main"
                    | "footer"
                    | "form"
                    | "input"
                    | "label"
                    | "textarea"
                    | "button"
                    | "section"
                    | "article"
                    | "figure"
                    | "figcaption"
                    | "b"
                    | "details"
                    | "kbd"
                    | "summary"
                    | "fieldset"
                    | "legend"
                    | "svg"
                    | "path"
            );
        prop_assert!(known, "<{name}");
    }
    Ok(())
}

/// [`check_markup`] for an issue's page. It holds one drawing, the horizon in its head, of whose insides the tests of
/// islands speak.
fn check_page(html: &str) -> Result<(), TestCaseError> {
    let head_and_rest = html.split_once("<svg class=\"horizon\"");
    prop_assert!(head_and_rest.is_some(), "no horizon");
    let (head, rest) = head_and_rest.unwrap();
    let drawn_and_body = rest.split_once("</svg></header>");
    prop_assert!(drawn_and_body.is_some(), "the horizon does not end with the head");
    prop_assert!(!head.contains("<main"), "the horizon is not in the head");
    check_markup(head)?;
    check_markup(drawn_and_body.unwrap().1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_make_a_sound_issue(title in words(), text in words(), caption in words(), lang in ".{0,8}") {
        for language in Language::ALL {
            let mut edition = content::edition(Kind::One);
            let item = &mut edition.sections[0].items[0];
            item.title.clone_from(&title);
            item.marked = text.len() % 2 == 0;
            item.text.clone_from(&text);
            item.lang = Some(lang.clone());
            item.byline = Some(caption.clone());
            item.photos[0].caption.clone_from(&caption);
            item.photos[0].alt.clone_from(&text);
            let frame = frame(language, Kind::One);
            let mail = bulletin::render(&bulletin::View { frame: frame.clone(), edition: edition.clone() });
            check_markup(&mail.html)?;
            check_lines(&mail.text)?;
            prop_assert_eq!(slots(&mail.html_segments()), [Slot::Why, Slot::PreferencesUrl, Slot::LeaveUrl]);
            prop_assert_eq!(slots(&mail.text_segments()), [Slot::Why, Slot::PreferencesUrl, Slot::LeaveUrl]);
            prop_assert!((20..=78).contains(&mail.subject.chars().count()) || mail.subject.chars().count() < 40);
            prop_assert!(!mail.subject.contains(['\n', '\r']));
            check_page(&issue::render(&issue::View { edition, ..public::issue(language, Kind::One) }))?;
        }
    }

    #[test]
    fn any_words_may_be_decided_on(title in words(), text in words(), from in words()) {
        let mut view = mail::notice(Language::Latvian, Kind::One);
        view.title.clone_from(&title);
        view.text.clone_from(&text);
        view.from.clone_from(&from);
        let mail = notice::render(&view);
        check_markup(&mail.html)?;
        check_lines(&mail.text)?;
        prop_assert!(mail.subject.chars().count() <= 80);
        let mut view = page::decide(Language::Latvian, Kind::One, Vec::new());
        view.title = title;
        view.text = text;
        view.from = from;
        check_markup(&decide::render(&view))?;
    }

    #[test]
    fn any_title_has_a_slug(title in words()) {
        let slug = item_slug(&title);
        prop_assert!(!slug.is_empty() && slug.len() <= 60);
        prop_assert!(slug.bytes().all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit() || octet == b'-'));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
    }
}
