//! The feed of published items (RFC 4287). Ids are tags (RFC 4151) of the mailbox's domain, so that they outlive a move
//! of the pages. A reader that has an entry learns of its corrections by `updated`.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::moment;
use crate::edition::{Correction, Item};
use crate::parts::{linked, one_line, paragraphs, xml};
use crate::words::{Styles, written};
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    /// When anything in it last changed; where there is nothing, when the publication began here.
    pub updated: DateTime<Utc>,
    /// Newest first.
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The issue in which it was published.
    pub year: i32,
    pub number: u32,
    pub item: Item,
    pub corrections: Vec<Correction>,
    pub published: DateTime<Utc>,
    pub updated: DateTime<Utc>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let publication = &frame.publication;
    let paths = &publication.paths;
    let own = frame.language == publication.language;
    let itself = if own { paths.feed() } else { format!("{}?lang={}", paths.feed(), frame.language.code()) };
    let language = if own { String::new() } else { format!("-{}", frame.language.code()) };
    xml(html! {
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(frame.language.code()) {
            id { "tag:" (domain(frame)) ",2026:feed" (language) }
            title { (one_line(&publication.name.nominative)) }
            subtitle { ((frame.text().site.what)(&publication.name)) }
            updated { (moment(view.updated)) }
            link rel="self" type="application/atom+xml" href=(itself) {}
            link rel="alternate" type="text/html" href=(paths.home()) {}
            icon { (paths.icon()) }
            author { name { (one_line(&publication.owner)) } }
            @for each in &view.entries { (entry(frame, paths, each)) }
        }
    })
}

fn entry(frame: &Frame, paths: &Paths, entry: &Entry) -> Markup {
    let Entry { year, number, item, .. } = entry;
    let lang = item.lang.as_deref().filter(|lang| frame.lang(Some(lang)).is_some());
    let lang = lang.unwrap_or(frame.publication.language.code());
    let url = paths.item(*year, *number, &item.slug);
    html! {
        entry xml:lang=(lang) {
            id { "tag:" (domain(frame)) "," (year) ":" (year) "/" (number) "/" (item.slug) }
            title type="text" { (one_line(&item.title)) }
            published { (moment(entry.published)) }
            updated { (moment(entry.updated)) }
            link rel="alternate" type="text/html" href=(url) {}
            @if let Some(byline) = item.byline.as_ref().map(|byline| one_line(byline)).filter(|line| !line.is_empty()) {
                author { name { (byline) } }
            }
            @if let Some(place) = &item.place { category term=(one_line(place)) {} }
            content type="html" { (content(frame, paths, entry).into_string()) }
        }
    }
}

/// The item as HTML, which the feed carries as text.
fn content(frame: &Frame, paths: &Paths, entry: &Entry) -> Markup {
    html! {
        @for photo in &entry.item.photos {
            p {
                img src=(paths.whole(&photo.url)) alt=(one_line(&photo.alt)) width=(photo.width) height=(photo.height);
                @if !photo.credit.trim().is_empty() {
                    br; small { ((frame.text().shared.photo_credit)(&one_line(&photo.credit))) }
                }
            }
        }
        (written(None, &entry.item, Styles::default()))
        @for correction in &entry.corrections {
            p {
                strong {
                    @match correction.on {
                        Some(day) => ((frame.text().site.corrected)(day, frame.today)),
                        None => (frame.text().bulletin.correction),
                    }
                }
                @for paragraph in paragraphs(&correction.text) { " " (linked(&paragraph, None)) }
            }
        }
    }
}

/// Of the mailbox: letters, digits, hyphens and dots, by the rules of addresses.
fn domain(frame: &Frame) -> &str {
    frame.publication.mailbox.as_str().rsplit('@').next().unwrap_or("")
}
