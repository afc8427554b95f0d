//! Items, photos and dates as public pages show them.

use issues::search::Piece;
use maud::{Markup, html};

use crate::details::{price_of, read_more, whereabouts};
use crate::edition::{Correction, Funder, Happening, Headline, Item, Photo};
use crate::island::sala;
use crate::parts::{clean, linked, one_line, paragraphs};
use crate::text::date::when;
use crate::words::{Styles, under_picture, written};
use crate::{Frame, item_slug};

pub(super) fn photo(frame: &Frame, photo: &Photo, lang: Option<&str>) -> Markup {
    let under = under_picture(frame, &photo.caption, &photo.credit);
    html! {
        figure lang=[lang] {
            img.ph src=(photo.url) alt=(one_line(&photo.alt)) width=(photo.width) height=(photo.height);
            @if !under.is_empty() { figcaption { (under) } }
        }
    }
}

pub(super) fn words(item: &Item, lang: Option<&str>) -> Markup {
    html! {
        div.words lang=[lang] { (written(None, item, Styles::default())) }
    }
}

pub(super) fn byline(frame: &Frame, item: &Item) -> Markup {
    html! {
        @if let Some(byline) = &item.byline {
            p.meta { ((frame.text().shared.prepared_by)(&one_line(byline))) }
        }
    }
}

/// Dates as a list, each leading to its item, and on request to a file for other calendars.
pub(super) fn happenings(frame: &Frame, happenings: &[Happening], files: bool) -> Markup {
    let (text, public) = (&frame.text().site, &frame.text().public);
    let paths = frame.links();
    html! {
        @if !happenings.is_empty() {
            ul {
                @for Happening { dated, year, number, slug, file, corrected_on } in happenings {
                    @let lang = frame.lang(dated.lang.as_deref());
                    @let title = one_line(&dated.title);
                    li.ev {
                        b { (when(frame.language, &dated.event, frame.today)) }
                        br;
                        a href=(paths.item(*year, *number, slug)) lang=[lang] { (title) }
                        @let place = whereabouts(&dated.event, &dated.place);
                        @if !place.is_empty() { br; span.s lang=[lang] { (place) } }
                        @if let Some(price) = price_of(frame, dated) { br; span.s { (price) } }
                        @if let Some(more) = read_more(frame, &dated.event, None).filter(|_| files) { br; span.s { (more) } }
                        @if let Some(day) = corrected_on {
                            br; span.s { ((text.corrected)(*day, frame.today)) }
                        }
                        @if let Some(file) = file.filter(|_| files) {
                            p.links.s {
                                a href=(paths.event(*year, *number, slug, file))
                                    aria-label=((public.add_event)(&title)) { (public.add_to_calendar) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Titles that lead to their items, with the place of each.
pub(super) fn headlines(frame: &Frame, year: i32, number: u32, items: &[Headline]) -> Markup {
    html! {
        ul.stack.toc {
            @for item in items {
                @let lang = frame.lang(item.lang.as_deref());
                li {
                    a href=(frame.links().item(year, number, &item.slug)) lang=[lang] { (one_line(&item.title)) }
                    @if let Some(place) = &item.place { " " span.s lang=[lang] { (short_place(place)) } }
                }
            }
        }
    }
}

/// “Sunākste” of “Sunākste, Aizkraukles novads”.
pub(super) fn short_place(place: &str) -> String {
    one_line(place.split(',').next().unwrap_or(place))
}

/// The island of a place.
pub(super) fn island(place: &str) -> Markup {
    sala(&item_slug(&short_place(place)))
}

/// A text with the words that were looked for.
pub(super) fn found(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Plain(words) => (clean(words).replace('\n', " ")),
                Piece::Found(words) => mark { (clean(words).replace('\n', " ")) },
            }
        }
    }
}

pub(super) fn corrections(frame: &Frame, corrections: &[Correction]) -> Markup {
    html! {
        @for correction in corrections {
            div.note {
                p {
                    b {
                        @match correction.on {
                            Some(day) => ((frame.text().site.corrected)(day, frame.today)),
                            None => (frame.text().bulletin.correction),
                        }
                    }
                    " "
                    @if let Some(about) = &correction.about {
                        ((frame.text().public.in_item)(&one_line(about))) " "
                    }
                    span lang=[frame.lang(correction.lang.as_deref())] {
                        @for (index, paragraph) in paragraphs(&correction.text).iter().enumerate() {
                            @if index > 0 { br; }
                            (linked(paragraph, None))
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn funders(frame: &Frame, funders: &[Funder]) -> Markup {
    html! {
        @for funder in funders {
            div lang=[frame.lang(funder.lang.as_deref())] {
                @if let Some(logo) = &funder.logo {
                    img.logo src=(logo.url) alt=(one_line(&logo.alt)) width=(logo.width) height=(logo.height);
                }
                @for paragraph in paragraphs(&funder.text) { p { (linked(&paragraph, None)) } }
            }
        }
    }
}

/// The invitation to send news.
pub(super) fn send(frame: &Frame) -> Markup {
    let text = &frame.text().site;
    html! {
        section.card.stack {
            h2 { (text.send) }
            p { (text.send_card) " " a href=(frame.mailto()) { (frame.publication.mailbox.as_str()) } }
        }
    }
}
