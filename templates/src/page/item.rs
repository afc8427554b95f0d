//! One item on the web.

use chrono::NaiveDate;
use maud::html;

use super::layout::Page;
use super::news;
use crate::edition::{Correction, Dated, Funder, Item};
use crate::parts::one_line;
use crate::text::date::year_and_month;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    /// The issue in which it was published.
    pub year: i32,
    pub month: u32,
    pub number: u32,
    pub running_number: u32,
    pub item: Item,
    pub dates: Vec<Dated>,
    pub corrections: Vec<Correction>,
    pub published_on: Option<NaiveDate>,
    /// Title and slug of other items of the issue.
    pub more: Vec<(String, String)>,
    pub funders: Vec<Funder>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = frame.text();
    let lang = frame.lang(view.item.lang.as_deref());
    let title = one_line(&view.item.title);
    let paths = Paths::local();
    let main = html! {
        div.stack2 {
            article.art.stack2 {
                div.stack {
                    @if let Some(place) = &view.item.place { p.kick lang=[lang] { (one_line(place)) } }
                    h1.track lang=[lang] { (title) }
                    @if let Some(day) = view.published_on {
                        p.meta { ((text.site.published)(day, frame.today)) }
                    }
                }
                @for photo in &view.item.photos { (news::photo(frame, photo, lang)) }
                (news::words(&view.item, lang))
                (news::byline(frame, &view.item))
                @if !view.dates.is_empty() {
                    section.card.stack {
                        h2 { (text.site.when_and_where) }
                        (news::dates(frame, &view.dates))
                    }
                }
                (news::corrections(frame, &view.corrections))
            }
            nav.stack aria-label=((text.site.more_in_issue)(view.month)) {
                @if !view.more.is_empty() {
                    h2 { ((text.site.more_in_issue)(view.month)) }
                    ul.lines {
                        @for (title, slug) in &view.more {
                            li { a href=(paths.item(view.year, view.number, slug)) { (one_line(title)) } }
                        }
                    }
                }
                p { a.b href=(paths.issue(view.year, view.number)) { ((text.site.read_issue)(view.month)) } }
            }
            (news::send(frame))
        }
    };
    let number = (text.shared.number)(view.number, view.running_number);
    Page {
        line: format!("{}, {number}", year_and_month(frame.language, view.year, view.month)),
        funders: news::funders(frame, &view.funders),
        ..Page::new(frame, &title, main)
    }
    .render()
}
