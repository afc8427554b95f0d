//! Head, masthead and foot of all pages.

use maud::{DOCTYPE, Markup, html};
use subscribers::Language;

use crate::edition::{Photo, place_slugs};
use crate::island::{Shape, horizon};
use crate::parts::{finish, head, one_line};
use crate::paths::in_language;
use crate::text::shorten;
use crate::{Frame, Paths};

/// Descriptions are shown cut by those who show them.
const DESCRIPTION_CHARACTERS_MAX: usize = 200;

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
    /// Where it is for everybody, if it is.
    pub(crate) known: Option<Known>,
    /// Broader than a column of reading.
    pub(crate) wide: bool,
    /// The horizon of an issue, under the name.
    pub(crate) horizon: Option<Horizon<'a>>,
    /// Acknowledgements of funders.
    pub(crate) funders: Markup,
    /// Stays at the foot of the screen.
    pub(crate) actions: Markup,
    pub(crate) main: Markup,
}

/// How search engines, and people who pass a link on, know a page.
pub(crate) struct Known {
    /// From the root, without a language.
    pub(crate) path: String,
    pub(crate) description: String,
    pub(crate) photo: Option<Photo>,
    /// Without a photo: the name of the picture of the latest horizon.
    pub(crate) horizon: Option<String>,
    pub(crate) is_article: bool,
}

/// Of the picture of a horizon, in pixels.
const HORIZON_WIDTH: u32 = 1_200;
const HORIZON_HEIGHT: u32 = 240;

impl Known {
    pub(crate) fn page(path: String, description: &str) -> Self {
        Self { path, description: description.to_owned(), photo: None, horizon: None, is_article: false }
    }

    pub(crate) fn under(self, horizon: Option<&String>) -> Self {
        Self { horizon: horizon.cloned(), ..self }
    }
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
        horizon(self.shape, &place_slugs(self.places), self.month)
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
            known: None,
            wide: false,
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
        let paths = frame.links();
        let name = one_line(&publication.name.nominative);
        let other = match frame.language {
            Language::Latvian => Language::English,
            Language::English => Language::Latvian,
        };
        let known = self.known.as_ref();
        let translation =
            self.translation.clone().or_else(|| known.map(|known| in_language(&known.path, other)));
        let width = if self.wide { "w" } else { "read" };
        // The big nameplate is the heading of its page.
        let nameplate = self.horizon.is_some_and(|horizon| horizon.shape == Shape::Masthead);
        finish(html! {
            (DOCTYPE)
            html lang=(frame.language.code()) {
                head {
                    (head("light dark"))
                    title { (self.title) @if self.title != name { " – " (name) } }
                    @if self.seen == Seen::ByLink {
                        meta name="robots" content="noindex";
                        meta name="referrer" content="no-referrer";
                    }
                    link rel="stylesheet" href=(paths.stylesheet());
                    link rel="icon" href=(paths.icon()) type="image/svg+xml";
                    @if let Some(known) = known { (known.head(frame, &self.title)) }
                }
                body {
                    a.skip href="#content" { (text.skip) }
                    header.band.mast.slim[self.horizon.is_none_or(|horizon| horizon.shape == Shape::Slim)] {
                        div.w {
                            @let name = html! {
                                a.name href=(paths.home()) lang=[frame.publication_lang()] { (name) }
                            };
                            @if nameplate { h1 { (name) } } @else { p.nm { (name) } }
                            p { (self.line) }
                        }
                        @if let Some(horizon) = &self.horizon { (horizon.draw()) }
                    }
                    main #content class=(width) { (self.main) }
                    (self.actions)
                    footer.foot.read[!self.wide].w[self.wide] {
                        p.links {
                            @let public = &frame.text().public;
                            a href=(paths.home()) { (text.home) }
                            a href=(paths.archive()) { (public.archive) }
                            a href=(paths.calendar()) { (public.calendar) }
                            a href=(paths.how_to_send()) { (public.how_to_send) }
                            a href=(paths.subscribe()) { (text.subscribe) }
                            a href=(paths.privacy()) { (public.privacy) }
                            a href=(feed(frame)) { (public.feed) }
                            @if let Some(url) = &translation {
                                a href=(url) lang=(other.code()) hreflang=(other.code()) { (text.other_language) }
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

impl Known {
    fn head(&self, frame: &Frame, title: &str) -> Markup {
        let publication = &frame.publication;
        let whole = |path: &str| publication.paths.whole(path);
        // The address without a language is the one in the publication's own.
        let own = publication.language;
        let at = |language: Language| {
            if language == own { self.path.clone() } else { in_language(&self.path, language) }
        };
        let canonical = whole(&at(frame.language));
        let description = shorten(&one_line(&self.description), DESCRIPTION_CHARACTERS_MAX);
        let locale = match frame.language {
            Language::Latvian => "lv_LV",
            Language::English => "en_GB",
        };
        let name = one_line(&publication.name.nominative);
        html! {
            @if !description.is_empty() { meta name="description" content=(description); }
            link rel="canonical" href=(canonical);
            @for language in Language::ALL {
                link rel="alternate" hreflang=(language.code()) href=(whole(&at(language)));
            }
            link rel="alternate" hreflang="x-default" href=(whole(&self.path));
            link rel="alternate" type="application/atom+xml" title=(name) href=(feed(frame));
            meta property="og:site_name" content=(name);
            meta property="og:type" content=(if self.is_article { "article" } else { "website" });
            meta property="og:locale" content=(locale);
            meta property="og:title" content=(title);
            @if !description.is_empty() { meta property="og:description" content=(description); }
            meta property="og:url" content=(canonical);
            @if let Some(photo) = &self.photo {
                meta property="og:image" content=(whole(&photo.url));
                meta property="og:image:width" content=(photo.width);
                meta property="og:image:height" content=(photo.height);
                meta property="og:image:alt" content=(one_line(&photo.alt));
                meta name="twitter:card" content="summary_large_image";
            } @else if let Some(drawing) = &self.horizon {
                meta property="og:image" content=(publication.paths.horizon(drawing));
                meta property="og:image:width" content=(HORIZON_WIDTH);
                meta property="og:image:height" content=(HORIZON_HEIGHT);
                meta property="og:image:alt" content=(name);
                meta name="twitter:card" content="summary_large_image";
            }
        }
    }
}

/// The feed with a frame in the reader's language.
fn feed(frame: &Frame) -> String {
    let path = Paths::local().feed();
    if frame.language == frame.publication.language { path } else { in_language(&path, frame.language) }
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
