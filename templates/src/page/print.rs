//! The sheet of an issue for the notice board: A4, black on white, read at arm's length. Dates and news in short, the way
//! to the whole issue, and strips with the address to tear off.
//!
//! It has a stylesheet of its own, [`crate::PRINT_STYLESHEET`]: paper needs nothing of the screen's, nor the other way
//! round. What does not fit goes on on a second page; nothing is cut off.

use maud::{DOCTYPE, Markup, html};

use crate::details::{price_of, whereabouts};
use crate::edition::{Dated, Item};
use crate::island::{Shape, horizon};
use crate::parts::{finish, head, one_line, paragraphs};
use crate::qr::qr;
use crate::text::date::{when, year_and_month};
use crate::text::shorten;
use crate::{Edition, Frame, item_slug, words};

/// Of an item's text so many characters are printed.
const SHORT_CHARACTERS_MAX: usize = 96;
/// Strips at the foot.
const STRIPS: usize = 9;

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    pub edition: Edition,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let edition = &view.edition;
    let text = &frame.text().print;
    let name = one_line(&frame.publication.name.nominative);
    let paths = frame.links();
    let slugs: Vec<String> = edition.islands.iter().map(|place| item_slug(place)).collect();
    finish(html! {
        (DOCTYPE)
        html lang=(frame.language.code()) {
            head {
                (head("light"))
                title { ((text.title)(edition.month)) " – " (name) }
                // The issue itself is what search engines should show.
                meta name="robots" content="noindex";
                link rel="canonical" href=(frame.publication.paths.issue(edition.year, edition.number));
                link rel="stylesheet" href=(paths.print_stylesheet());
            }
            body {
                nav.noprint {
                    a href=(paths.issue(edition.year, edition.number)) { (text.back) }
                    " " span { (text.how) }
                }
                main.sheet {
                    header.mt {
                        h1 lang=[frame.publication_lang()] { (name) }
                        p {
                            (year_and_month(frame.language, edition.year, edition.month)) br;
                            ((frame.text().shared.number)(edition.number, edition.running_number))
                        }
                    }
                    (horizon(Shape::Sheet, &slugs, edition.month))
                    div.cols {
                        @if !edition.calendar.is_empty() { (calendar(view)) }
                        section.short {
                            @if edition.items().next().is_some() {
                                h2 { (text.in_short) }
                                @for item in edition.items() { (news(frame, item)) }
                            } @else { p { (frame.text().bulletin.empty) } }
                            (whole(view))
                        }
                    }
                    @for funder in &edition.funders {
                        @for paragraph in paragraphs(&funder.text) {
                            p.fund lang=[frame.lang(funder.lang.as_deref())] { (paragraph) }
                        }
                    }
                    (strips(frame))
                }
            }
        }
    })
}

fn calendar(view: &View) -> Markup {
    let frame = &view.frame;
    html! {
        section {
            h2 { ((frame.text().bulletin.calendar)(view.edition.month)) }
            ul.cal { @for dated in &view.edition.calendar { (line(frame, dated)) } }
        }
    }
}

fn line(frame: &Frame, dated: &Dated) -> Markup {
    let lang = frame.lang(dated.lang.as_deref());
    let (title, place) = (one_line(&dated.title), whereabouts(&dated.event, &dated.place));
    html! {
        li {
            p.when { (when(frame.language, &dated.event, frame.today)) }
            @if !title.is_empty() { p.what lang=[lang] { (title) } }
            @if !place.is_empty() { p lang=[lang] { (place) } }
            @if let Some(price) = price_of(frame, dated) { p { (price) } }
            // On paper an address is copied by hand.
            @if let Some(link) = &dated.event.link { p { (in_letters(link.as_str())) } }
        }
    }
}

fn news(frame: &Frame, item: &Item) -> Markup {
    let lang = frame.lang(item.lang.as_deref());
    let first = words::first(item);
    html! {
        article lang=[lang] {
            h3 { (one_line(&item.title)) }
            @if let Some(place) = &item.place { p.when { (one_line(place)) } }
            p { (shorten(&one_line(&first), SHORT_CHARACTERS_MAX)) }
        }
    }
}

/// The way to the whole issue.
fn whole(view: &View) -> Markup {
    let frame = &view.frame;
    let text = &frame.text().print;
    let url = frame.publication.paths.issue(view.edition.year, view.edition.number);
    html! {
        div.qrb {
            @if let Some(code) = qr(&url) { (code) }
            p {
                (text.whole_issue) " " (in_letters(&url)) br;
                (text.send) " " (frame.publication.mailbox.as_str()) br;
                (text.no_internet)
            }
        }
    }
}

fn strips(frame: &Frame) -> Markup {
    let text = &frame.text().print;
    let address = in_letters(&frame.publication.paths.subscribe());
    html! {
        p.pull { (text.tear) }
        ul.tear {
            @for strip in 0..STRIPS {
                // Once is enough for those who hear it.
                li aria-hidden=[(strip > 0).then_some("true")] {
                    span lang=[frame.publication_lang()] { (one_line(&frame.publication.name.nominative)) }
                    b { (address) }
                }
            }
        }
    }
}

/// An address as people copy it by hand; it may break after its host.
fn in_letters(url: &str) -> Markup {
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    let (host, path) = url.split_at(url.find('/').unwrap_or(url.len()));
    html! { (host) wbr; (path) }
}
