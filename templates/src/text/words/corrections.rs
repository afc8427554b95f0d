//! Words of corrections at the desk.

pub struct Corrections {
    pub title: &'static str,
    pub how: &'static str,
    pub field: &'static str,
    pub hint: &'static str,
    pub missing: &'static str,
    pub save: &'static str,
    /// Who, and when.
    pub by: fn(&str, &str) -> String,
    pub see: &'static str,
    pub said: fn(&str) -> String,
    /// Over the items of an issue that has gone out.
    pub of_issue: &'static str,
    pub of_issue_how: &'static str,
}
