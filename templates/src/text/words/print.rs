//! The sheet for the notice board.

pub struct Print {
    /// Names the link.
    pub link: &'static str,
    /// Of the page, not of the sheet: month.
    pub title: fn(u32) -> String,
    pub how: &'static str,
    pub back: &'static str,
    pub in_short: &'static str,
    pub whole_issue: &'static str,
    pub no_internet: &'static str,
    pub tear: &'static str,
    pub send: &'static str,
}
