//! Corrections of an item that is public: those there are, and the form for one more, posted to
//! `/desk/item/ID/correct` with the field `correction`.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::{View, path};
use crate::desk::fields::{Field, field};
use crate::desk::icon::{Icon, icon};
use crate::parts::{one_line, paragraphs};
use crate::text::date::at;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    /// The oldest first.
    pub made: Vec<Corrected>,
    /// Where the public finds the item.
    pub public: String,
    pub typed: String,
    pub problem: Option<NoCorrection>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    pub by: String,
    /// Local.
    pub at: NaiveDateTime,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCorrection {
    NoWords,
    TooLong,
}

pub(super) fn corrections(view: &View, corrections: &Corrections) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().corrections;
    html! {
        section.card.panel id="corrections" {
            h2 { (text.title) }
            div.stack {
                p.s { (text.how) " " a href=(corrections.public) { (text.see) } }
                @if !corrections.made.is_empty() {
                    ul.lines {
                        @for made in &corrections.made {
                            li {
                                @for paragraph in paragraphs(&made.text) { p { (paragraph) } }
                                p.s { ((text.by)(&one_line(&made.by), &at(frame.language, made.at, frame.today))) }
                            }
                        }
                    }
                }
                form.stack method="post" action=(path(view, "/correct")) {
                    (view.desk.token())
                    (field(&Field {
                        hint: Some(text.hint),
                        error: corrections.problem.map(|problem| match problem {
                            NoCorrection::NoWords => text.missing,
                            NoCorrection::TooLong => frame.text().desk.words_too_long,
                        }),
                        ..Field::new("correction", text.field, &corrections.typed)
                    }))
                    button.b.go type="submit" { (icon(Icon::Check)) (text.save) }
                }
            }
        }
    }
}
