//! Public pages around the issues, in English.

use super::EN;
use crate::text::{Plural, Public};

const FOUND: Plural = Plural { zero: "items", one: "item", other: "items" };

pub(super) const PUBLIC: Public = Public {
    archive: "All issues",
    archive_of: |year| format!("Issues of {year}"),
    year: |year| year.to_string(),
    years: "Years",
    calendar: "Calendar",
    how_to_send: "How to send news",
    privacy: "Your data",
    feed: "Atom",
    nearest: "Coming up",
    whole_calendar: "The whole calendar",
    calendar_feed: "Add to your calendar (ICS)",
    add_to_calendar: "Add to calendar",
    add_event: |title| format!("Add to calendar: {title}"),
    search: "Search the news",
    search_button: "Search",
    found: |count, query| format!("We found {} for “{query}”.", FOUND.count(EN, count)),
    nothing_found: |query| format!("We found nothing for “{query}”."),
    nothing_hint: "Try a shorter word, or only its beginning. You may leave out the marks over and under letters.",
    all_issues: "See all issues",
    page_of: |page, pages| format!("Page {page} of {pages}"),
    pages: "Pages",
    previous_page: "Previous page",
    next_page: "Next page",
    regular: "Regularly",
    undated: "Date not known yet",
    no_coming_dates: "Nothing is announced for the coming days.",
    no_dates: "Nobody has written to us about this month yet.",
    months: "Months",
    in_item: |title| format!("In “{title}”:"),
    language_choice: "In which language shall we write to you?",
    deadline: |title| format!("Last day: {title}"),
    begins: |title| format!("Begins: {title}"),
    describe_archive: |name| format!("All issues of “{}”, and a search through them.", name.nominative),
    describe_calendar: |name| {
        format!("The calendar of “{}”: what happens where and when in our communities.", name.nominative)
    },
};
