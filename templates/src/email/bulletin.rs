//! The bulletin. Rendered once per issue and language; what is personal are slots.

mod html;
mod plain;

use std::collections::HashSet;

use super::Email;
use super::frame::document;
use super::long_words::finish_mail;
use crate::parts::one_line;
use crate::text::{date, shorten};
use crate::{Edition, Frame};

/// Names of items in links keep to this many characters.
const LINK_CHARACTERS_MAX: usize = 64;

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub frame: Frame,
    pub edition: Edition,
}

pub fn render(view: &View) -> Email {
    let subject = view.edition.subject(view.frame.language);
    let label = format!("{}, {}", super::frame::name(&view.frame), issue_month(view));
    let role = view.frame.text().shared.issue_role;
    let html = document(&view.frame, &subject, role, &label, html::content(view));
    Email { html: finish_mail(html), text: plain::content(view), subject }
}

/// “2026. gada decembris”
fn issue_month(view: &View) -> String {
    date::year_and_month(view.frame.language, view.edition.year, view.edition.month)
}

/// “Nr. 12 (58)”
fn number(view: &View) -> String {
    (view.frame.text().shared.number)(view.edition.number, view.edition.running_number)
}

fn issue_url(view: &View) -> String {
    view.frame.publication.paths.issue(view.edition.year, view.edition.number)
}

/// For each item the name and target of its link. No two names are alike, so that a list of links makes sense.
fn item_links(view: &View) -> Vec<(String, String)> {
    let edition = &view.edition;
    let words = view.frame.text().bulletin.item_page;
    let mut seen = HashSet::new();
    let mut links = Vec::new();
    for item in edition.items() {
        let title = shorten(&one_line(&item.title), LINK_CHARACTERS_MAX);
        let mut name = words(&title);
        let mut nth = 2;
        while !seen.insert(name.clone()) {
            name = format!("{} ({nth})", words(&title));
            nth += 1;
        }
        links.push((name, view.frame.publication.paths.item(edition.year, edition.number, &item.slug)));
    }
    links
}
