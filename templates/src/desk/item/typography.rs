//! How the text could be better set: each suggestion with what stands there and what would; nothing of it happens by itself.
//! The fields `fix` are those that are chosen, `fix_shown` all that were shown; `do` is `set:all` or `set:chosen`.

use issues::language::Suggestion;
use maud::{Markup, html};

use super::View;
use crate::desk::icon::{Icon, icon};

/// Suggestions that are shown at a time; the others come when these are done.
const SHOWN_MAX: usize = 60;

pub(super) fn suggestions(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().marks;
    let count = view.suggestions.len();
    html! {
        @if count > 0 && view.settled.is_none() {
            details #typography {
                summary { ((text.suggestions)(count)) }
                div.stack {
                    p.hint { (text.suggestions_hint) }
                    ul.stack { @for suggestion in view.suggestions.iter().take(SHOWN_MAX) { li { (row(view, suggestion)) } } }
                    @if count > SHOWN_MAX { p.hint { (text.suggestions_more) } }
                    div.row {
                        button.b.sm type="submit" name="do" value="set:all" { (icon(Icon::Check)) (text.set_all) }
                        button.b.sm type="submit" name="do" value="set:chosen" { (text.set_chosen) }
                    }
                }
            }
        }
    }
}

fn row(view: &View, suggestion: &Suggestion) -> Markup {
    let text = &view.desk.frame.text().marks;
    html! {
        label.opt {
            input type="checkbox" name="fix" value=(suggestion.around);
            span {
                del { (seen(&suggestion.old)) } span.vh { " " (text.becomes) } " → " ins { (seen(&suggestion.new)) }
                " " span.s { "(" ((text.reason)(suggestion.reason)) ")" } br;
                span.s { "…" (suggestion.around) "…" }
            }
        }
        input type="hidden" name="fix_shown" value=(suggestion.around);
    }
}

/// Spaces as signs that can be seen.
fn seen(words: &str) -> String {
    words.replace(' ', "␣").replace('\u{a0}', "⍽").replace('\n', "↵")
}
