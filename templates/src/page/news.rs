//! Items, photos and dates as public pages show them.

use maud::{Markup, html};

use crate::Frame;
use crate::edition::{Correction, Dated, Funder, Item, Photo};
use crate::parts::{linked, one_line, paragraphs};
use crate::text::date::when;

pub(super) fn photo(frame: &Frame, photo: &Photo, lang: Option<&str>) -> Markup {
    let (caption, credit) = (one_line(&photo.caption), one_line(&photo.credit));
    html! {
        figure lang=[lang] {
            img.ph src=(photo.url) alt=(one_line(&photo.alt)) width=(photo.width) height=(photo.height);
            @if !caption.is_empty() || !credit.is_empty() {
                figcaption {
                    (caption)
                    @if !caption.is_empty() && !credit.is_empty() {
                        (if caption.ends_with(['.', '!', '?', '”', '…']) { " " } else { ". " })
                    }
                    @if !credit.is_empty() { ((frame.text().shared.photo_credit)(&credit)) }
                }
            }
        }
    }
}

pub(super) fn words(item: &Item, lang: Option<&str>) -> Markup {
    html! {
        div.words lang=[lang] {
            @for paragraph in paragraphs(&item.text) { p { (linked(&paragraph, None)) } }
        }
    }
}

pub(super) fn byline(frame: &Frame, item: &Item) -> Markup {
    html! {
        @if let Some(byline) = &item.byline {
            p.meta { ((frame.text().shared.prepared_by)(&one_line(byline))) }
        }
    }
}

/// Dates as a list.
pub(super) fn dates(frame: &Frame, dates: &[Dated]) -> Markup {
    html! {
        ul {
            @for dated in dates {
                @let lang = frame.lang(dated.lang.as_deref());
                li.ev {
                    b { (when(frame.language, &dated.event, frame.today)) }
                    @let title = one_line(&dated.title);
                    @if !title.is_empty() { br; span lang=[lang] { (title) } }
                    @let place = one_line(&dated.place);
                    @if !place.is_empty() { br; span.s lang=[lang] { (place) } }
                }
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
