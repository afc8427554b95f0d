//! How mail programs change what they show: stated transformations of a mail, for those who look at it before it goes. What
//! is sent is never one of these.

/// What begins the rules of our dark colours.
const DARK: &str = "@media (prefers-color-scheme:dark)";
const SCHEME: &str = ":root{color-scheme:light dark}";
const HEAD_END: &str = "</head>";
/// As programs do that invert everything but pictures.
const INVERTED: &str = "<style>html{background:#000}body{filter:invert(1) hue-rotate(180deg)}\
     img{filter:invert(1) hue-rotate(180deg)}</style>";

/// In our dark colours, whatever the reader of the page prefers.
pub fn dark(html: &str) -> String {
    html.replacen(SCHEME, ":root{color-scheme:dark}", 1).replacen(DARK, "@media all", 1)
}

/// In our light colours, inverted.
pub fn inverted(html: &str) -> String {
    let light = html.replacen(SCHEME, ":root{color-scheme:light}", 1).replacen(DARK, "@media not all", 1);
    light.replacen(HEAD_END, &format!("{INVERTED}{HEAD_END}"), 1)
}

/// With the descriptions of pictures in their places.
pub fn without_pictures(html: &str) -> String {
    let mut parts = html.split("<img");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (tag, rest) = part.split_at(part.find('>').unwrap_or(part.len()));
        let address = tag.find(" src=\"").map(|at| (at, at + 6));
        let end = address.and_then(|(_, begins)| tag[begins..].find('"').map(|length| begins + length + 1));
        shown.push_str("<img");
        match (address, end) {
            (Some((at, _)), Some(end)) => {
                shown.push_str(&tag[..at]);
                shown.push_str(&tag[end..]);
            }
            _ => shown.push_str(tag),
        }
        shown.push_str(rest);
    }
    shown
}

#[cfg(test)]
mod tests {
    use subscribers::Language;

    use super::*;
    use crate::sample::{Kind, mail};

    fn bulletin(kind: Kind) -> String {
        let mails = mail::all(Language::Latvian, kind);
        mails.into_iter().find(|(name, _)| name == "bulletin").unwrap().1.html
    }

    #[test]
    fn each_look_changes_only_what_it_says() {
        for kind in Kind::ALL {
            let html = bulletin(kind);
            assert_eq!(html.matches(DARK).count(), 1, "{kind:?}");
            assert_eq!(html.matches(SCHEME).count(), 1, "{kind:?}");
            let back =
                dark(&html).replacen("@media all", DARK, 1).replacen(":root{color-scheme:dark}", SCHEME, 1);
            assert_eq!(back, html);
            let back = inverted(&html)
                .replacen("@media not all", DARK, 1)
                .replacen(":root{color-scheme:light}", SCHEME, 1)
                .replacen(INVERTED, "", 1);
            assert_eq!(back, html);
            let plain = without_pictures(&html);
            assert_eq!(plain.matches("<img").count(), html.matches("<img").count());
            assert!(
                !plain.contains(" src=") && plain.matches(" alt=").count() == html.matches(" alt=").count()
            );
        }
        assert!(bulletin(Kind::Normal).contains(" src="));
    }
}
