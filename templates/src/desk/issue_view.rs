//! One view of an issue, by itself: the mail in a frame, and what the frame shows in words.

use maud::html;

use super::edition::{Head, Preview, preview};
use super::layout::{Desk, Page, Tab};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub head: Head,
    pub preview: Preview,
    /// The subject of the mail.
    pub subject: String,
}

pub fn render(view: &View) -> String {
    let text = &view.desk.frame.text().edition_page;
    let title = format!("{}: {}", text.views.title, view.head.heading(text));
    let main = html! {
        div.stack {
            h1 { (title) }
            p.t { (crate::parts::one_line(&view.subject)) }
            p.links { a href=(view.head.path("")) { (text.back) } }
        }
        section.stack id="preview" { (preview(&view.desk, &view.head, &view.preview)) }
    };
    Page::new(&view.desk, Some(Tab::Issue), &title, main).render()
}
