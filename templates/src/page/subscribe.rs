//! The form to subscribe, posted to [`Paths::subscribe`]. Fields: `email`; `language` (hidden, a language code);
//! `website`, which people do not see and must be empty.

use maud::html;
use subscribers::Language;

use super::layout::Page;
use crate::text::consent;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// What was typed, when the form comes back; else empty.
    pub address: String,
    /// Was the address refused, and why?
    pub wrong: Option<Wrong>,
    /// Year, month and number of the latest issue.
    pub latest: Option<(i32, u32, u32)>,
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is none.
    Shape,
    /// It is a program's.
    Nobody,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().subscribe;
    let name = &frame.publication.name;
    let title = (text.title)(name);
    let paths = Paths::local();
    let wrong = view.wrong.map(|wrong| match wrong {
        Wrong::Shape => text.bad_address,
        Wrong::Nobody => text.nobodys_address,
    });
    let main = html! {
        div.stack2 {
            div.stack {
                h1.track { (title) }
                p.lead { (text.lead) }
            }
            form.stack2 method="post" action=(paths.subscribe()) {
                div {
                    label for="email" { (text.address) }
                    input.f.tall.bad[wrong.is_some()] #email type="email" name="email" value=(view.address)
                        autocomplete="email" inputmode="email" maxlength="254" required
                        aria-invalid=[wrong.map(|_| "true")]
                        aria-describedby=[wrong.map(|_| "email-error")];
                    @if let Some(wrong) = wrong { p.err #email-error { (wrong) } }
                }
                div.vh aria-hidden="true" {
                    label for="website" { (text.leave_blank) }
                    input #website type="text" name="website" value="" tabindex="-1" autocomplete="off";
                }
                input type="hidden" name="language" value=(frame.language.code());
                p { (consent(frame.language, name)) }
                div.stack {
                    button.b.go.big type="submit" { (text.button) }
                    p { (text.one_letter) }
                    p.s { (text.promise) }
                }
            }
            @if let Some((year, month, number)) = view.latest {
                p { a href=(paths.issue(year, number)) { ((text.latest)(month)) } }
            }
        }
    };
    let other = match frame.language {
        Language::Latvian => "en",
        Language::English => "lv",
    };
    let translation = Some(format!("{}?language={other}", paths.subscribe()));
    Page { translation, ..Page::new(frame, &title, main) }.render()
}
