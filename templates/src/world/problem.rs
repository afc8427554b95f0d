//! What cannot be shown or done in the postbox, in one sentence.

use maud::html;

use super::World;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub world: World,
    pub what: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    NotFound,
    /// A form of another site, or one that cannot be read.
    Refused,
    TooLarge,
    Failure,
}

impl Problem {
    pub const ALL: [Problem; 4] = [Problem::NotFound, Problem::Refused, Problem::TooLarge, Problem::Failure];
}

pub fn render(view: &View) -> String {
    let text = &view.world.frame.text().postbox;
    let (title, remedy) = match view.what {
        Problem::NotFound => (text.not_found, text.not_found_how),
        Problem::Refused => (text.refused, text.refused_how),
        Problem::TooLarge => (text.too_large, text.too_large_how),
        Problem::Failure => (text.failure, text.failure_how),
    };
    let main = html! {
        div.stack {
            h1 { (title) }
            p { (remedy) }
            p { a.b href=(view.world.link("/")) { (text.all_boxes) } }
        }
    };
    view.world.page(None, title, &main)
}
