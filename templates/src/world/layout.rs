//! Head and tabs of the postbox.

use maud::{DOCTYPE, Markup, html};
use subscribers::Language;

use crate::parts::{finish, head, one_line};
use crate::{Frame, Paths};

/// What every page of the postbox knows. Views hold one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    pub frame: Frame,
    /// The language that the address asks for, which its links ask for in turn.
    pub asked: Option<Language>,
    /// What was just done, in a whole sentence, after a redirect.
    pub said: Option<String>,
}

/// Where a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Boxes,
    Write,
}

impl World {
    /// A link inside the postbox.
    pub(super) fn link(&self, path: &str) -> String {
        match self.asked {
            Some(language) => {
                let sign = if path.contains('?') { '&' } else { '?' };
                format!("{path}{sign}lang={}", language.code())
            }
            None => path.to_owned(),
        }
    }

    /// `/box/ADDRESS` and what is below it.
    pub fn box_link(&self, address: &str, below: &str) -> String {
        self.link(&format!("/box/{}{below}", segment(address)))
    }

    pub(super) fn page(&self, tab: Option<Tab>, title: &str, main: &Markup) -> String {
        let frame = &self.frame;
        let text = &frame.text().postbox;
        let publication = &frame.publication;
        let write = (text.write_to)(publication.mailbox.as_str());
        let here = |of: Tab| (tab == Some(of)).then_some("page");
        finish(html! {
            (DOCTYPE)
            html lang=(frame.language.code()) {
                head {
                    (head("light dark"))
                    meta name="robots" content="noindex";
                    title { (one_line(title)) " – " (text.postbox) }
                    link rel="stylesheet" href=(Paths::local().stylesheet());
                }
                body.world {
                    a.skip href="#content" { (frame.text().site.skip) }
                    header.top {
                        div.w {
                            a.name href=(self.link("/")) { (text.postbox) }
                            p.s.world-say { (text.nothing_leaves) }
                            nav.tabs.push aria-label=(text.postbox) {
                                a href=(self.link("/")) aria-current=[here(Tab::Boxes)] { (text.received) }
                                a href=(self.link("/write")) aria-current=[here(Tab::Write)] { (write) }
                                a href=(publication.paths.desk("")) { (text.desk) }
                                a href=(publication.paths.home()) { (text.pages) }
                            }
                        }
                    }
                    main.w #content {
                        @if let Some(said) = &self.said { p.said role="status" { (said) } }
                        (main)
                    }
                }
            }
        })
    }
}

/// An address as one segment of a path.
fn segment(address: &str) -> String {
    let mut segment = String::new();
    for octet in address.bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'@' | b'.' | b'-' | b'_' => {
                segment.push(char::from(octet));
            }
            octet => segment += &format!("%{octet:02X}"),
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stays_in_its_segment() {
        assert_eq!(segment("anna@pasts.example"), "anna@pasts.example");
        assert_eq!(segment("a/../b?c#d+e\"<ā@x"), "a%2F..%2Fb%3Fc%23d%2Be%22%3C%C4%81@x");
    }
}
