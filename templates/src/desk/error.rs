//! What went wrong at the desk, in one sentence, with what to do now.

use maud::html;

use super::layout::{Desk, Page};
use crate::Paths;
use crate::page::layout::saying;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub what: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    NotFound,
    /// A form that we cannot read, or not from a page of this session.
    Refused,
    TooManyRequests,
    /// A form with too much in it.
    TooLarge,
    /// A list of readers with too much in it.
    ListTooLarge,
    /// Our fault.
    Failure,
}

impl Problem {
    pub const ALL: [Problem; 6] = [
        Problem::NotFound,
        Problem::Refused,
        Problem::TooManyRequests,
        Problem::TooLarge,
        Problem::ListTooLarge,
        Problem::Failure,
    ];
}

pub fn render(view: &View) -> String {
    let text = &view.desk.frame.text().desk_error;
    let problem = match view.what {
        Problem::NotFound => &text.not_found,
        Problem::Refused => &text.refused,
        Problem::TooManyRequests => &text.too_many,
        Problem::TooLarge => &text.too_large,
        Problem::ListTooLarge => &text.list_too_large,
        Problem::Failure => &text.failure,
    };
    let (to, words) = match view.what {
        Problem::ListTooLarge => ("/import", text.to_import),
        Problem::NotFound
        | Problem::Refused
        | Problem::TooManyRequests
        | Problem::TooLarge
        | Problem::Failure => ("", text.to_queue),
    };
    let typed = !matches!(view.what, Problem::NotFound | Problem::ListTooLarge);
    let main = html! {
        div.stack2 {
            (saying(problem.title, &[problem.remedy]))
            @if typed { p { (text.go_back) } }
            p { a.b href=(Paths::local().desk(to)) { (words) } }
        }
    };
    Page::new(&view.desk, None, problem.title, main).render()
}
