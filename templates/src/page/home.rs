//! The first page: what this is, the latest issue, and how to get it.

use maud::html;

use super::layout::{Horizon, Page};
use super::news;
use crate::island::Shape;
use crate::parts::one_line;
use crate::text::date::year_and_month;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub latest: Option<Latest>,
}

/// The latest issue that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    pub year: i32,
    pub month: u32,
    pub number: u32,
    pub running_number: u32,
    /// Places that have news in it, in the nominative.
    pub places: Vec<String>,
    /// Title and slug of its items, in order.
    pub items: Vec<(String, String)>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().site;
    let name = one_line(&frame.publication.name.nominative);
    let paths = Paths::local();
    let main = html! {
        div.stack2 {
            div.stack {
                h1.track lang=[frame.publication_lang()] { (name) }
                p.lead { ((text.what)(&frame.publication.name)) }
            }
            section.stack {
                @match &view.latest {
                    Some(issue) => {
                        h2 { (text.latest) }
                        p.meta {
                            (year_and_month(frame.language, issue.year, issue.month)) ", "
                            ((frame.text().shared.number)(issue.number, issue.running_number))
                        }
                        ul.lines {
                            @for (title, slug) in &issue.items {
                                li { a href=(paths.item(issue.year, issue.number, slug)) { (one_line(title)) } }
                            }
                        }
                        p { a.b href=(paths.issue(issue.year, issue.number)) { ((text.read_issue)(issue.month)) } }
                    }
                    None => p { (text.no_issue_yet) },
                }
            }
            section.card.stack {
                h2 { (text.subscribe) }
                p { (text.subscribe_card) }
                p { a.b.go.big href=(paths.subscribe()) { (frame.text().subscribe.button) } }
            }
            (news::send(frame))
        }
    };
    let horizon = view.latest.as_ref().map(|latest| Horizon {
        shape: Shape::Masthead,
        places: &latest.places,
        month: latest.month,
    });
    Page { horizon, ..Page::new(frame, &name, main) }.render()
}
