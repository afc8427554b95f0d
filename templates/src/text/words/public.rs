//! Words of the public pages around the issues: archive, calendar, corrections, feeds.

use crate::text::Name;

pub struct Public {
    pub archive: &'static str,
    pub archive_of: fn(i32) -> String,
    pub year: fn(i32) -> String,
    pub years: &'static str,
    pub calendar: &'static str,
    pub how_to_send: &'static str,
    pub privacy: &'static str,
    pub feed: &'static str,
    pub nearest: &'static str,
    pub whole_calendar: &'static str,
    pub calendar_feed: &'static str,
    pub add_to_calendar: &'static str,
    /// Says which event, for those who hear links without what stands around them.
    pub add_event: fn(&str) -> String,
    pub search: &'static str,
    pub search_button: &'static str,
    /// How many, and for which words.
    pub found: fn(usize, &str) -> String,
    pub nothing_found: fn(&str) -> String,
    pub nothing_hint: &'static str,
    pub all_issues: &'static str,
    /// Page and pages.
    pub page_of: fn(usize, usize) -> String,
    pub pages: &'static str,
    pub previous_page: &'static str,
    pub next_page: &'static str,
    pub regular: &'static str,
    pub undated: &'static str,
    pub no_dates: &'static str,
    pub no_coming_dates: &'static str,
    pub months: &'static str,
    /// A correction of an item, by its title, where the item does not stand beside it.
    pub in_item: fn(&str) -> String,
    pub language_choice: &'static str,
    /// What a calendar says of a deadline and of the beginning of something without an end.
    pub deadline: fn(&str) -> String,
    pub begins: fn(&str) -> String,
    pub describe_archive: fn(&Name) -> String,
    pub describe_calendar: fn(&Name) -> String,
}
