//! Erasing a reader: what goes, what stays, and a tick that cannot be set by mistake. The form posts to
//! [`Paths::erase`] the fields `do` = `erase` and `sure` = `1`.

use maud::{Markup, html};

use super::layout::{Page, saying};
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub now: Now,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// With the address, masked, the token of the link, that of the preferences, and whether the tick was missing.
    Ask { masked: String, token: String, preferences: String, not_sure: bool },
    /// With the number of items that stay.
    Erased { kept: u64 },
}

pub fn render(view: &View) -> String {
    let text = &view.frame.text().person.erase;
    let (title, main) = match &view.now {
        Now::Ask { masked, token, preferences, not_sure } => {
            (text.title, ask(&view.frame, masked, [token, preferences], *not_sure))
        }
        Now::Erased { kept } => {
            let kept = match usize::try_from(*kept) {
                Ok(0) | Err(_) => String::new(),
                Ok(kept) => (text.kept)(kept),
            };
            (text.done_title, saying(text.done_title, &[text.done, &kept]))
        }
    };
    Page::new(&view.frame, title, main).by_link().render()
}

fn ask(frame: &Frame, masked: &str, [token, preferences]: [&str; 2], not_sure: bool) -> Markup {
    let text = &frame.text().person.erase;
    let paths = Paths::local();
    html! {
        div.stack2 {
            div.stack {
                h1.track { (text.title) }
                p { ((frame.text().person.preferences.address)(masked)) }
                p.lead { (text.lead) }
            }
            section.stack { h2 { (text.goes_title) } ul.lines { @for line in text.goes { li { (line) } } } }
            section.stack { h2 { (text.stays_title) } ul.lines { @for line in text.stays { li { (line) } } } }
            form.card.stack method="post" action=(paths.erase(token)) {
                div {
                    label.opt {
                        input type="checkbox" name="sure" value="1" required
                            aria-describedby=[not_sure.then_some("sure-error")] aria-invalid=[not_sure.then_some("true")];
                        span { (text.sure) }
                    }
                    @if not_sure { p.err #sure-error { (text.not_sure) } }
                }
                p { button.b.no.big type="submit" name="do" value="erase" { (text.button) } }
            }
            p { a href=(paths.preferences(preferences)) { (text.rather) } }
        }
    }
}
