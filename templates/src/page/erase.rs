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
    /// With the address, masked, the token of the link, that of the preferences, and why it was not done.
    Ask { masked: String, token: String, preferences: String, wrong: Option<Wrong> },
    /// With the number of items that stay.
    Erased { kept: u64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    NotSure,
    /// Notices of news go to this address.
    IsEditor,
}

pub fn render(view: &View) -> String {
    let text = &view.frame.text().person.erase;
    let (title, main) = match &view.now {
        Now::Ask { masked, token, preferences, wrong } => {
            (text.title, ask(&view.frame, masked, [token, preferences], *wrong))
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

fn ask(frame: &Frame, masked: &str, [token, preferences]: [&str; 2], wrong: Option<Wrong>) -> Markup {
    let text = &frame.text().person.erase;
    let wrong = wrong.map(|wrong| match wrong {
        Wrong::NotSure => text.not_sure,
        Wrong::IsEditor => text.is_editor,
    });
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
                            aria-describedby=[wrong.map(|_| "sure-error")] aria-invalid=[wrong.map(|_| "true")];
                        span { (text.sure) }
                    }
                    @if let Some(wrong) = wrong { p.err #sure-error { (wrong) } }
                }
                p { button.b.no.big type="submit" name="do" value="erase" { (text.button) } }
            }
            p { a href=(paths.preferences(preferences)) { (text.rather) } }
        }
    }
}
