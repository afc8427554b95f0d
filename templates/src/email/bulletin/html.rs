//! The bulletin in HTML.

use maud::{Markup, html};

use super::super::frame::{ALONE, LINK, WHEN, column, mailbox, name, paragraph, written};
use super::{View, issue_month, issue_url, item_links, number};
use crate::details::{price_of, read_more, whereabouts};
use crate::edition::{Correction, Dated, Funder, Item, Note, Photo};
use crate::parts::{linked, mso_column, mso_whole_row, one_line, paragraphs};
use crate::text::date::when;
use crate::words::{self, Styles, under_picture};
use crate::{Frame, Slot};

/// Photos are shown at most this wide.
const PHOTO_WIDTH_MAX: u32 = 552;
const SOFT: &str = "margin:0 0 14px;padding:6px 0 0;color:#3f5148;font-size:15px;line-height:1.45";
const H2: &str = "margin:0 0 14px;font-size:23px;line-height:1.25;font-weight:bold";
const H2_LINE: &str = "margin:36px 0 4px;padding:28px 0 0;border-top:1px solid #c6d2cb;font-size:23px;line-height:1.25;font-weight:bold";
const KICK: &str = "margin:36px 0 6px;padding:28px 0 0;border-top:1px solid #c6d2cb;color:#9a1a3a;\
font-family:Verdana,Arial,sans-serif;font-size:14px;line-height:1.4;font-weight:bold";

pub(super) fn content(view: &View) -> Markup {
    let frame = &view.frame;
    let edition = &view.edition;
    let text = &frame.text().bulletin;
    let mut links = item_links(view).into_iter();
    let below = edition.has_section_titles();
    html! {
        (head(view))
        (column(html! {
            @if !edition.places.is_empty() {
                p.soft style="margin:0;padding:16px 0 20px;color:#3f5148;font-size:16px" {
                    ((text.places)(&edition.places))
                }
            }
            @if let Some(note) = &edition.note { (editors_note(frame, note)) }
            (minute(view))
            @for section in edition.sections.iter().filter(|section| !section.items.is_empty()) {
                @if let Some(title) = &section.title { h2.h.line style=(H2_LINE) { (one_line(title)) } }
                @for item in &section.items { (news(frame, item, links.next(), below)) }
            }
            @if edition.items().next().is_none() { p style="margin:28px 0 14px" { (text.empty) } }
            (corrections(frame, &edition.corrections))
            @if !edition.calendar.is_empty() {
                h2.h.line style=(H2_LINE) { ((text.calendar)(edition.month)) }
                ul style="margin:0;padding:0" {
                    @for (index, dated) in edition.calendar.iter().enumerate() { (line(frame, dated, index == 0)) }
                }
            }
            p style="margin:24px 0 28px" {
                (text.send_news_question) " "
                a href=(frame.mailto()) style=(LINK) { (text.send_news_call) } "."
            }
            @for funder in &edition.funders { (acknowledgement(frame, funder)) }
        }))
        (foot(frame))
    }
}

const BAND: &str = "#0e3529";

/// The band. Its picture says nothing that the words do not, and has its colour: where it is blocked, the band is plain.
fn head(view: &View) -> Markup {
    let text = &view.frame.text().bulletin;
    let horizon = view.edition.horizon.as_ref();
    // The sky of the picture keeps it apart from the words.
    let padding = if horizon.is_some() { "padding:14px 20px 10px" } else { "padding:14px 20px 22px" };
    html! {
        div.band style="background-color:#0e3529;color:#ffffff" {
            (mso_column(Some(BAND), html! {
                div style="max-width:600px;margin:0 auto" {
                    div style=(padding) {
                        p style="margin:0;font-size:15px;line-height:1.45" {
                            (view.edition.preview(view.frame.language)) " "
                            a href=(issue_url(view)) style="color:#ffffff" { (text.in_browser) }
                        }
                        h1.name lang=[view.frame.publication_lang()]
                            style="margin:28px 0 4px;font-size:34px;line-height:1.1;font-weight:bold" {
                            (name(&view.frame))
                        }
                        p style="margin:0;font-family:Verdana,Arial,sans-serif;font-size:15px;line-height:1.5" {
                            (issue_month(view)) " · " (number(view))
                        }
                    }
                }
                @if let Some(drawing) = horizon {
                    (mso_whole_row(Some(BAND)))
                    div style="max-width:600px;margin:0 auto" {
                        img src=(view.frame.publication.paths.horizon(drawing)) alt="" width="600" height="120"
                            style="display:block;width:100%;max-width:600px;height:auto;border:0";
                    }
                }
            }))
        }
    }
}

const BOX: &str = "background-color:#edf2ef;color:#14241d;padding:18px 20px 6px;border-radius:6px";
const BOX_FIRST: &str =
    "margin:24px 0 0;background-color:#edf2ef;color:#14241d;padding:18px 20px 6px;border-radius:6px";

fn editors_note(frame: &Frame, note: &Note) -> Markup {
    let lang = frame.lang(note.lang.as_deref());
    html! {
        (paragraph(frame.text().shared.hello))
        (written(lang, &note.text))
        p lang=[lang] style="margin:0 0 28px" { (one_line(&note.signed)) }
    }
}

fn minute(view: &View) -> Markup {
    let frame = &view.frame;
    // Nothing stands above it but the band.
    let first = view.edition.places.is_empty() && view.edition.note.is_none();
    let style = if first { BOX_FIRST } else { BOX };
    html! {
        @if view.edition.minute().next().is_some() {
            div.box style=(style) {
                h2 style="margin:0 0 10px;font-size:21px;line-height:1.3;font-weight:bold" {
                    (frame.text().bulletin.one_minute)
                }
                @for dated in view.edition.minute() {
                    p style="margin:0 0 12px" {
                        strong.when style=(WHEN) { (when(frame.language, &dated.event, frame.today)) } br;
                        (what_and_where(frame, dated))
                    }
                }
            }
        }
    }
}

const SMALL: &str = "color:#3f5148;font-size:16px";

fn what_and_where(frame: &Frame, dated: &Dated) -> Markup {
    let lang = frame.lang(dated.lang.as_deref());
    let place = whereabouts(&dated.event, &dated.place);
    html! {
        span lang=[lang] { (one_line(&dated.title)) }
        @if !place.is_empty() {
            br;
            span.soft lang=[lang] style=(SMALL) { (place) }
        }
        @if let Some(price) = price_of(frame, dated) { br; span.soft style=(SMALL) { (price) } }
    }
}

const WRITTEN: Styles = Styles {
    paragraph: Some("margin:0 0 14px"),
    list: Some("margin:0 0 14px;padding:0 0 0 22px"),
    entry: Some("margin:0 0 6px"),
    link: Some(LINK),
};

fn news(frame: &Frame, item: &Item, link: Option<(String, String)>, below: bool) -> Markup {
    let lang = frame.lang(item.lang.as_deref());
    // Headings may break inside dates, for large letters.
    let title = one_line(&item.title).replace('\u{a0}', " ");
    let heading = if item.place.is_some() { H2 } else { H2_LINE };
    html! {
        @if let Some(place) = &item.place { p.kick.line lang=[lang] style=(KICK) { (one_line(place)) } }
        @let line = if item.place.is_none() { "h line" } else { "h" };
        @if below { h3 class=(line) lang=[lang] style=(heading) { (title) } }
        @else { h2 class=(line) lang=[lang] style=(heading) { (title) } }
        @for photo in &item.photos { (picture(frame, photo, lang)) }
        (words::written(lang, item, WRITTEN))
        @if let Some(byline) = &item.byline {
            p.soft style="margin:0 0 10px;color:#3f5148;font-size:15px;line-height:1.45" {
                ((frame.text().shared.prepared_by)(&one_line(byline)))
            }
        }
        @if let Some((name, url)) = link { p style="margin:0" { a href=(url) style=(ALONE) { (name) } } }
    }
}

fn picture(frame: &Frame, photo: &Photo, lang: Option<&str>) -> Markup {
    let width = photo.width.clamp(1, PHOTO_WIDTH_MAX);
    let height = (u64::from(photo.height) * u64::from(width) / u64::from(photo.width.max(1))).max(1);
    let under = under_picture(frame, &photo.caption, &photo.credit);
    let margin = if under.is_empty() { "14px" } else { "0" };
    let style = format!(
        "display:block;width:100%;max-width:{}px;height:auto;border:0;margin:0 0 {margin};background-color:#dfe8e3;\
         color:#14241d;font-size:16px;line-height:1.4",
        if photo.width >= PHOTO_WIDTH_MAX { 560 } else { width }
    );
    html! {
        img.box src=(photo.url) alt=(one_line(&photo.alt)) lang=[lang] width=(width) height=(height) style=(style);
        @if !under.is_empty() { p.soft lang=[lang] style=(SOFT) { (under) } }
    }
}

fn corrections(frame: &Frame, corrections: &[Correction]) -> Markup {
    html! {
        @for correction in corrections {
            div.box style="margin:36px 0 0;background-color:#fff0c8;color:#14241d;padding:14px 20px" {
                @for (index, paragraph) in paragraphs(&correction.text).iter().enumerate() {
                    p style="margin:0" {
                        @if index == 0 { strong { (frame.text().bulletin.correction) } " " }
                        @if let Some(about) = correction.about.as_ref().filter(|_| index == 0) {
                            ((frame.text().public.in_item)(&one_line(about))) " "
                        }
                        span lang=[frame.lang(correction.lang.as_deref())] { (linked(paragraph, Some(LINK))) }
                    }
                }
            }
        }
    }
}

fn line(frame: &Frame, dated: &Dated, first: bool) -> Markup {
    let style = if first {
        "display:block;margin:0;padding:12px 0"
    } else {
        "display:block;margin:0;padding:12px 0;border-top:1px solid #c6d2cb"
    };
    html! {
        li.line style=(style) {
            strong.when style=(WHEN) { (when(frame.language, &dated.event, frame.today)) } br;
            (what_and_where(frame, dated))
            @if let Some(more) = read_more(frame, &dated.event, Some(LINK)) { br; span.soft style=(SMALL) { (more) } }
        }
    }
}

fn acknowledgement(frame: &Frame, funder: &Funder) -> Markup {
    let lang = frame.lang(funder.lang.as_deref());
    html! {
        div.line style="margin:12px 0 0;padding:24px 0 0;border-top:1px solid #c6d2cb" {
            @if let Some(logo) = &funder.logo {
                img src=(logo.url) alt=(one_line(&logo.alt)) lang=[lang] width=(logo.width) height=(logo.height)
                    style="display:block;border:0;background-color:#ffffff;color:#14241d";
            }
            @for paragraph in paragraphs(&funder.text) {
                p.soft lang=[lang] style="margin:0 0 28px;padding:12px 0 0;color:#3f5148;font-size:15px;line-height:1.5" {
                    (linked(&paragraph, Some(LINK)))
                }
            }
        }
    }
}

fn foot(frame: &Frame) -> Markup {
    let text = &frame.text().bulletin;
    let publication = &frame.publication;
    html! {
        div.box style="background-color:#edf2ef;color:#14241d" {
            (mso_column(Some("#edf2ef"), html! {
                div style="max-width:560px;margin:0 auto;padding:22px 20px 32px;font-size:16px;line-height:1.5" {
                    p style="margin:0 0 6px" {
                        (text.why_before) (Slot::Why) ((text.why_after)(&publication.name))
                    }
                    p style="margin:0 0 16px" {
                        a href=(Slot::PreferencesUrl) style="color:#0a4f70;display:inline-block;padding:5px 0" {
                            (frame.text().person.preferences.link)
                        }
                        br;
                        a href=(Slot::LeaveUrl) style="color:#0a4f70;display:inline-block;padding:5px 0" { (text.leave) }
                    }
                    p lang=[frame.publication_lang()] style="margin:0" {
                        (one_line(&publication.owner)) br;
                        (one_line(&publication.postal_address)) br;
                        (mailbox(frame, ALONE))
                    }
                }
            }))
        }
    }
}
