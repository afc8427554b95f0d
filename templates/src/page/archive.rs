//! All issues by year, and what a search through them finds. The search is a form sent with GET; its field is `q`.

use issues::search::{Piece, QUERY_CHARACTERS_MAX};
use maud::{Markup, html};
use subscribers::Language;

use super::layout::{Horizon, Known, Page};
use super::news;
use crate::edition::Headline;
use crate::island::{Shape, horizon};
use crate::parts::one_line;
use crate::paths::in_language;
use crate::text::date::year_and_month;
use crate::{Frame, Paths, item_slug};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// The years that have issues, newest first.
    pub years: Vec<i32>,
    pub shows: Shows,
    /// The name of the picture of the latest issue's horizon, for those who pass the page on.
    pub horizon: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// Nothing has gone out yet.
    Nothing,
    /// A year's issues, newest first.
    Year {
        year: i32,
        issues: Vec<Issue>,
    },
    Search(Search),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub year: i32,
    pub month: u32,
    pub number: u32,
    pub running_number: u32,
    pub places: Vec<String>,
    pub items: Vec<Headline>,
}

/// One page of what a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// As it was typed.
    pub query: String,
    pub total: usize,
    /// From 1, and how many there are.
    pub page: usize,
    pub pages: usize,
    pub found: Vec<Found>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub year: i32,
    pub month: u32,
    pub number: u32,
    pub slug: String,
    pub lang: Option<String>,
    pub place: Option<String>,
    pub title: Vec<Piece>,
    pub excerpt: Vec<Piece>,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().public;
    let paths = frame.links();
    let query = match &view.shows {
        Shows::Search(search) => search.query.as_str(),
        Shows::Nothing | Shows::Year { .. } => "",
    };
    let main = html! {
        div.stack2 {
            (search_form(frame, query))
            @match &view.shows {
                Shows::Nothing => section.stack {
                    h2.track { (text.archive) }
                    p.lead { (frame.text().site.no_issue_yet) }
                },
                Shows::Year { year, issues } => section.stack {
                    h2.track { ((text.archive_of)(*year)) }
                    @for each in issues { (issue(frame, each)) }
                },
                Shows::Search(search) => (results(frame, search)),
            }
            @if !view.years.is_empty() {
                nav aria-label=(text.years) {
                    p.links {
                        @for year in &view.years {
                            @let here = matches!(&view.shows, Shows::Year { year: shown, .. } if shown == year);
                            a href=(paths.archive_year(*year)) aria-current=[here.then_some("page")] {
                                ((text.year)(*year))
                            }
                        }
                    }
                }
            }
            (news::send(frame))
        }
    };
    let newest = match &view.shows {
        Shows::Year { issues, .. } => issues.first(),
        Shows::Nothing | Shows::Search(_) => None,
    };
    let (title, path) = match &view.shows {
        Shows::Year { year, .. } if view.years.first() != Some(year) => {
            ((text.archive_of)(*year), Paths::local().archive_year(*year))
        }
        Shows::Nothing | Shows::Year { .. } | Shows::Search(_) => {
            (text.archive.to_owned(), Paths::local().archive())
        }
    };
    let page = Page {
        horizon: Some(Horizon {
            shape: Shape::Masthead,
            places: newest.map_or(&[], |issue| &issue.places),
            month: newest.map_or(chrono::Datelike::month(&frame.today), |issue| issue.month),
        }),
        wide: true,
        ..Page::new(frame, &title, main)
    };
    match &view.shows {
        // What somebody looked for is nobody else's.
        Shows::Search(search) => {
            let other = match frame.language {
                Language::Latvian => Language::English,
                Language::English => Language::Latvian,
            };
            let translation = Some(in_language(&page_url(&Paths::local(), search, search.page), other));
            Page { translation, ..page.by_link() }.render()
        }
        Shows::Nothing | Shows::Year { .. } => {
            let description = (text.describe_archive)(&frame.publication.name);
            Page { known: Some(Known::page(path, &description).under(view.horizon.as_ref())), ..page }
                .render()
        }
    }
}

fn search_form(frame: &Frame, query: &str) -> Markup {
    let text = &frame.text().public;
    html! {
        form.find role="search" method="get" action=(Paths::local().archive()) {
            label for="q" { (text.search) }
            div.row.nw {
                input.f #q type="search" name="q" value=(query) maxlength=(QUERY_CHARACTERS_MAX) autocomplete="off";
                // A form that is asked for writes its own query.
                @if let Some(language) = frame.links().language() { input type="hidden" name="lang" value=(language.code()); }
                button.b.go type="submit" { (text.search_button) }
            }
        }
    }
}

fn issue(frame: &Frame, issue: &Issue) -> Markup {
    let Issue { year, month, number, running_number, places, items } = issue;
    let slugs: Vec<String> = places.iter().map(|place| item_slug(place)).collect();
    html! {
        article.issue {
            (horizon(Shape::Card, &slugs, *month))
            h3 { a href=(frame.links().issue(*year, *number)) { (year_and_month(frame.language, *year, *month)) } }
            p.s { ((frame.text().shared.number)(*number, *running_number)) }
            (news::headlines(frame, *year, *number, items))
        }
    }
}

fn results(frame: &Frame, search: &Search) -> Markup {
    let text = &frame.text().public;
    let paths = frame.links();
    let query = one_line(&search.query);
    html! {
        section.stack {
            @if search.total == 0 {
                h2.track { ((text.nothing_found)(&query)) }
                p { (text.nothing_hint) }
                p { a.b href=(paths.archive()) { (text.all_issues) } }
            } @else {
                h2.track { ((text.found)(search.total, &query)) }
                @if search.pages > 1 { p.meta { ((text.page_of)(search.page, search.pages)) } }
                ul.lines {
                    @for found in &search.found {
                        @let lang = frame.lang(found.lang.as_deref());
                        li.stack {
                            @if let Some(place) = &found.place { p.kick lang=[lang] { (one_line(place)) } }
                            h3 lang=[lang] {
                                a href=(paths.item(found.year, found.number, &found.slug)) {
                                    (news::found(&found.title))
                                }
                            }
                            p lang=[lang] { (news::found(&found.excerpt)) }
                            p.s {
                                a href=(paths.issue(found.year, found.number)) {
                                    (year_and_month(frame.language, found.year, found.month))
                                }
                            }
                        }
                    }
                }
                @if search.pages > 1 {
                    nav.row.between aria-label=(text.pages) {
                        @if search.page > 1 {
                            a.b rel="prev" href=(page_url(&paths, search, search.page - 1)) { (text.previous_page) }
                        }
                        @if search.page < search.pages {
                            a.b.push rel="next" href=(page_url(&paths, search, search.page + 1)) { (text.next_page) }
                        }
                    }
                }
            }
        }
    }
}

/// `/archive?q=maize&page=2`
fn page_url(paths: &Paths, search: &Search, page: usize) -> String {
    let query: String = url::form_urlencoded::byte_serialize(search.query.as_bytes()).collect();
    paths.archive_search(&query, page)
}
