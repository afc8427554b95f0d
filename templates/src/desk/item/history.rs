//! What the machine took off the letter, what people did since, and the way back to each of it.

use maud::{Markup, html};

use super::View;
use crate::desk::icon::{Icon, icon};
use crate::diff::{places, shown};
use crate::parts::one_line;
use crate::text::date::at;

/// Between the words of the letter and the text that was proposed.
pub(super) fn cleaned(view: &View) -> Markup {
    let text = &view.desk.frame.text().item_page;
    if view.letter.is_none() {
        return html! {};
    }
    let count = places(&view.cleaned);
    if count == 0 {
        return html! { p.hint { (text.unchanged) } };
    }
    html! {
        details open[view.revision == 1] {
            summary { (icon(Icon::Eye)) ((text.changed_in)(count)) }
            div.stack {
                p { (shown(&view.cleaned, text.added, text.removed)) }
                p.s { (text.stays_in_letter) }
                @if view.settled.is_none() { button.b.sm type="submit" name="do" value="restore:0" { (icon(Icon::Undo)) (text.restore_all) } }
            }
        }
    }
}

pub(super) fn versions(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    html! {
        @if view.history.len() > 1 {
            details {
                summary { (icon(Icon::Clock)) (text.history) }
                ul.lines {
                    @for version in view.history.iter().rev() {
                        @let when = at(frame.language, version.at, frame.today);
                        li.stack {
                            p.s {
                                b { @if version.act.is_empty() { (text.proposed_first) } @else { ((text.did)(&version.act)) } }
                                ", " @if !version.by.is_empty() { (one_line(&version.by)) ", " } (when)
                            }
                            @if !version.changed.is_empty() { p { (shown(&version.changed, text.added, text.removed)) } }
                            @if version.restorable && view.settled.is_none() {
                                button.b.sm type="submit" name="do" value=(format!("restore:{}", version.revision)) {
                                    (icon(Icon::Undo)) (text.restore) span.vh { ": " (when) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
