//! One item on the web.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::layout::{Horizon, Known, Page};
use super::news;
use crate::details::{price_of, read_more, whereabouts};
use crate::edition::{Correction, Funder, Happening, Headline, Item};
use crate::island::Shape;
use crate::parts::one_line;
use crate::text::date::{when, year_and_month};
use crate::{Frame, Paths, words};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    /// The issue in which it was published.
    pub year: i32,
    pub month: u32,
    pub number: u32,
    pub running_number: u32,
    /// Places that have news in that issue.
    pub places: Vec<String>,
    pub item: Item,
    pub dates: Vec<Happening>,
    pub corrections: Vec<Correction>,
    pub published_on: Option<NaiveDate>,
    /// Other items of the issue.
    pub more: Vec<Headline>,
    pub funders: Vec<Funder>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = frame.text();
    let lang = frame.lang(view.item.lang.as_deref());
    let title = one_line(&view.item.title);
    let paths = frame.links();
    let main = html! {
        div.stack2 {
            article.art.stack2 {
                div.stack {
                    @if let Some(place) = &view.item.place {
                        p.row { (news::island(place)) span.kick lang=[lang] { (one_line(place)) } }
                    }
                    h1.track lang=[lang] { (title) }
                    @if let Some(day) = view.published_on {
                        p.meta { ((text.site.published)(day, frame.today)) }
                    }
                }
                @for photo in &view.item.photos { (news::photo(frame, photo, lang)) }
                (news::words(&view.item, lang))
                (news::byline(frame, &view.item))
                (dates(view))
                (news::corrections(frame, &view.corrections))
            }
            nav.stack aria-label=((text.site.more_in_issue)(view.month)) {
                @if !view.more.is_empty() {
                    h2 { ((text.site.more_in_issue)(view.month)) }
                    ul.lines { @for other in &view.more { li.row.nw { (more(view, other)) } } }
                }
                p { a.b href=(paths.issue(view.year, view.number)) { ((text.site.read_issue)(view.month)) } }
            }
            (news::send(frame))
        }
    };
    let number = (text.shared.number)(view.number, view.running_number);
    Page {
        line: format!("{}, {number}", year_and_month(frame.language, view.year, view.month)),
        horizon: Some(Horizon { shape: Shape::Slim, places: &view.places, month: view.month }),
        funders: news::funders(frame, &view.funders),
        known: Some(Known {
            path: Paths::local().item(view.year, view.number, &view.item.slug),
            description: words::first(&view.item),
            photo: view.item.photos.first().cloned(),
            horizon: None,
            is_article: true,
        }),
        ..Page::new(frame, &title, main)
    }
    .render()
}

/// When and where, each with what takes it into another calendar.
fn dates(view: &View) -> Markup {
    let frame = &view.frame;
    let (text, public) = (&frame.text().site, &frame.text().public);
    let title = one_line(&view.item.title);
    html! {
        @if !view.dates.is_empty() {
            section.card.stack {
                h2 { (text.when_and_where) }
                @for Happening { dated, year, number, slug, file, .. } in &view.dates {
                    @let place = whereabouts(&dated.event, "");
                    p {
                        b { (when(frame.language, &dated.event, frame.today)) }
                        @if !place.is_empty() { br; span lang=[frame.lang(dated.lang.as_deref())] { (place) } }
                        @if let Some(price) = price_of(frame, dated) { br; (price) }
                        @if let Some(more) = read_more(frame, &dated.event, None) { br; (more) }
                    }
                    @if let Some(file) = file {
                        @let label = format!("{title}, {}", when(frame.language, &dated.event, frame.today));
                        p.row {
                            a.b href=(Paths::local().event(*year, *number, slug, *file))
                                aria-label=((public.add_event)(&label)) { (public.add_to_calendar) }
                        }
                    }
                }
                @if let Some(place) = &view.item.place {
                    p lang=[frame.lang(view.item.lang.as_deref())] { (one_line(place)) }
                }
            }
        }
    }
}

fn more(view: &View, other: &Headline) -> Markup {
    let frame = &view.frame;
    let lang = frame.lang(other.lang.as_deref());
    html! {
        @if let Some(place) = &other.place { (news::island(place)) }
        span {
            a href=(frame.links().item(view.year, view.number, &other.slug)) lang=[lang] { (one_line(&other.title)) }
            @if let Some(place) = &other.place { br; span.s lang=[lang] { (one_line(place)) } }
        }
    }
}
