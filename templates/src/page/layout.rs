//! Head, masthead and foot of all pages.

use maud::{DOCTYPE, Markup, html};

use crate::island::{Shape, horizon};
use crate::parts::{finish, one_line};
use crate::{Frame, Paths, item_slug};

/// Who may find the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Search engines too.
    Publicly,
    /// Only by its link: no referrer leaves it, nobody indexes it.
    ByLink,
}

pub(crate) struct Page<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) title: String,
    /// Beside the name in the masthead.
    pub(crate) line: String,
    pub(crate) seen: Seen,
    /// The same page in the other language, where there is one.
    pub(crate) translation: Option<String>,
    /// The horizon of an issue, under the name.
    pub(crate) horizon: Option<Horizon<'a>>,
    /// Acknowledgements of funders.
    pub(crate) funders: Markup,
    /// Stays at the foot of the screen.
    pub(crate) actions: Markup,
    pub(crate) main: Markup,
}

/// What the head of a page shows of an issue: an island for each place that has news in it.
#[derive(Clone, Copy)]
pub(crate) struct Horizon<'a> {
    pub(crate) shape: Shape,
    pub(crate) places: &'a [String],
    pub(crate) month: u32,
}

impl Horizon<'_> {
    fn draw(&self) -> Markup {
        let slugs: Vec<String> = self.places.iter().map(|place| item_slug(place)).collect();
        horizon(self.shape, &slugs, self.month)
    }
}

impl<'a> Page<'a> {
    pub(crate) fn new(frame: &'a Frame, title: &str, main: Markup) -> Self {
        Self {
            frame,
            title: one_line(title),
            line: frame.text().site.monthly.to_owned(),
            seen: Seen::Publicly,
            translation: None,
            horizon: None,
            funders: html! {},
            actions: html! {},
            main,
        }
    }

    pub(crate) fn by_link(self) -> Self {
        Self { seen: Seen::ByLink, ..self }
    }

    pub(crate) fn render(self) -> String {
        let frame = self.frame;
        let text = &frame.text().site;
        let publication = &frame.publication;
        let paths = Paths::local();
        let name = one_line(&publication.name.nominative);
        let other = match frame.language {
            subscribers::Language::Latvian => "en",
            subscribers::Language::English => "lv",
        };
        finish(html! {
            (DOCTYPE)
            html lang=(frame.language.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " – " (name) }
                    @if self.seen == Seen::ByLink {
                        meta name="robots" content="noindex";
                        meta name="referrer" content="no-referrer";
                    }
                    link rel="stylesheet" href=(paths.stylesheet());
                }
                body {
                    a.skip href="#content" { (text.skip) }
                    header.band.mast.slim[self.horizon.is_none_or(|horizon| horizon.shape == Shape::Slim)] {
                        div.w {
                            p.nm { a.name href=(paths.home()) lang=[frame.publication_lang()] { (name) } }
                            p { (self.line) }
                        }
                        @if let Some(horizon) = &self.horizon { (horizon.draw()) }
                    }
                    main.read #content { (self.main) }
                    (self.actions)
                    footer.read.foot {
                        p.links {
                            a href=(paths.home()) { (text.home) }
                            a href=(paths.subscribe()) { (text.subscribe) }
                            @if let Some(url) = &self.translation {
                                a href=(url) lang=(other) hreflang=(other) { (text.other_language) }
                            }
                        }
                        (self.funders)
                        p lang=[frame.publication_lang()] {
                            (one_line(&publication.owner)) ", " (one_line(&publication.postal_address)) ", "
                            a href=(frame.mailto()) { (publication.mailbox.as_str()) }
                        }
                    }
                }
            }
        })
    }
}

/// A page that says one thing.
pub(crate) fn saying(title: &str, paragraphs: &[&str]) -> Markup {
    html! {
        div.stack {
            h1.track { (title) }
            @for paragraph in paragraphs { @if !paragraph.is_empty() { p { (paragraph) } } }
        }
    }
}
