//! What went wrong, in one sentence, with the remedy. No numbers and no exclamation marks.

use maud::html;

use super::layout::{Page, saying};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub what: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    NotFound,
    /// A link past its day.
    Expired,
    /// A link that is not ours, or of another purpose.
    Forged,
    TooManyRequests,
    /// A form we cannot read, or from another site.
    Refused,
    /// Our fault.
    Failure,
}

impl Problem {
    pub const ALL: [Problem; 6] = [
        Problem::NotFound,
        Problem::Expired,
        Problem::Forged,
        Problem::TooManyRequests,
        Problem::Refused,
        Problem::Failure,
    ];
}

pub fn render(view: &View) -> String {
    let text = &view.frame.text().site;
    let problem = match view.what {
        Problem::NotFound => &text.not_found,
        Problem::Expired => &text.expired,
        Problem::Forged => &text.forged,
        Problem::TooManyRequests => &text.too_many,
        Problem::Refused => &text.refused,
        Problem::Failure => &text.failure,
    };
    let paths = view.frame.links();
    let main = html! {
        div.stack2 {
            (saying(problem.title, &[problem.remedy]))
            @match view.what {
                Problem::NotFound => p { a.b href=(paths.home()) { (text.home) } },
                Problem::Expired => p { a.b href=(paths.subscribe()) { (text.subscribe) } },
                Problem::Forged | Problem::TooManyRequests | Problem::Refused | Problem::Failure => {}
            }
        }
    };
    Page::new(&view.frame, problem.title, main).by_link().render()
}
