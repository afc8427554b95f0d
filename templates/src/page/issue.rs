//! An issue on the web: the same words as the mail, without anything personal.

use maud::html;

use super::layout::{Horizon, Known, Page};
use super::news;
use crate::edition::{Correction, Happening};
use crate::island::Shape;
use crate::parts::{linked, one_line, paragraphs};
use crate::text::date::year_and_month;
use crate::{Edition, Frame, Paths};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    pub edition: Edition,
    /// The dates that the issue lists, with their links; fewer than in [`Edition::calendar`] where one passed before it
    /// went out, and as they were corrected since.
    pub calendar: Vec<Happening>,
    /// Corrections of its own items, by the slug of the item.
    pub corrected: Vec<(String, Correction)>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let edition = &view.edition;
    let text = frame.text();
    let title = edition.subject(frame.language);
    let below = edition.has_section_titles();
    let main = html! {
        article.art.stack2 {
            div.stack {
                h1.track { (title) }
                @if !edition.places.is_empty() { p.meta { ((text.bulletin.places)(&edition.places)) } }
            }
            @if let Some(note) = &edition.note {
                div lang=[frame.lang(note.lang.as_deref())] {
                    @for paragraph in paragraphs(&note.text) { p { (linked(&paragraph, None)) } }
                    p { (one_line(&note.signed)) }
                }
            }
            @if edition.items().next().is_none() { p { (text.bulletin.empty) } }
            @for section in edition.sections.iter().filter(|section| !section.items.is_empty()) {
                @if let Some(title) = &section.title { h2.part { (one_line(title)) } }
                @for item in &section.items {
                    @let lang = frame.lang(item.lang.as_deref());
                    @let url = frame.links().item(edition.year, edition.number, &item.slug);
                    @let heading = html! { a href=(url) { (one_line(&item.title)) } };
                    section.news.stack {
                        @if let Some(place) = &item.place { p.kick lang=[lang] { (one_line(place)) } }
                        @if below { h3 lang=[lang] { (heading) } } @else { h2 lang=[lang] { (heading) } }
                        @for photo in &item.photos { (news::photo(frame, photo, lang)) }
                        (news::words(item, lang))
                        (news::byline(frame, item))
                        @for (_, correction) in view.corrected.iter().filter(|(slug, _)| *slug == item.slug) {
                            (news::corrections(frame, std::slice::from_ref(correction)))
                        }
                    }
                }
            }
            (news::corrections(frame, &edition.corrections))
            @if !view.calendar.is_empty() {
                section.card.stack {
                    h2 { ((text.bulletin.calendar)(edition.month)) }
                    (news::happenings(frame, &view.calendar, true))
                }
            }
            p.links { a href=(frame.links().archive()) { (text.public.archive) } }
            p { a href=(frame.links().print(edition.year, edition.number)) { (text.print.link) } }
            (news::send(frame))
        }
    };
    let number = (text.shared.number)(edition.number, edition.running_number);
    Page {
        line: format!("{}, {number}", year_and_month(frame.language, edition.year, edition.month)),
        horizon: Some(Horizon { shape: Shape::Slim, places: &edition.islands, month: edition.month }),
        funders: news::funders(frame, &edition.funders),
        known: Some(Known {
            path: Paths::local().issue(edition.year, edition.number),
            description: edition.preview(frame.language),
            photo: edition.items().flat_map(|item| &item.photos).next().cloned(),
            horizon: edition.horizon.clone(),
            is_article: true,
        }),
        ..Page::new(frame, &title, main)
    }
    .render()
}
