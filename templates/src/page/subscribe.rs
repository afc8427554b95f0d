//! The form to subscribe, posted to [`Paths::subscribe`]. Fields: `email`; `language`, the code of the language in which
//! the person wants the bulletin; `shown`, the code of the language in which the words of consent were read; `website`,
//! which people do not see and must be empty.

use maud::{Markup, html};
use subscribers::Language;

use super::layout::{Known, Page};
use crate::text::consent;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub filled: Filled,
    /// Year, month and number of the latest issue.
    pub latest: Option<(i32, u32, u32)>,
    /// The name of the picture of the latest issue's horizon, for those who pass the page on.
    pub horizon: Option<String>,
}

/// What stands in the form, when it comes back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// What was typed; else empty.
    pub address: String,
    /// What was chosen; else the language of the page.
    pub language: Option<Language>,
    /// Was the address refused, and why?
    pub wrong: Option<Wrong>,
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
    let paths = frame.links();
    let main = html! {
        div.stack2 {
            div.stack {
                h1.track { (title) }
                p.lead { (text.lead) }
            }
            (form(frame, &view.filled))
            @if let Some((year, month, number)) = view.latest {
                p { a href=(paths.issue(year, number)) { ((text.latest)(month)) } }
            }
        }
    };
    let known = Some(Known::page(Paths::local().subscribe(), text.lead).under(view.horizon.as_ref()));
    Page { known, ..Page::new(frame, &title, main) }.render()
}

/// One field, one choice, consent, one button.
pub(super) fn form(frame: &Frame, filled: &Filled) -> Markup {
    let text = &frame.text().subscribe;
    let wrong = filled.wrong.map(|wrong| match wrong {
        Wrong::Shape => text.bad_address,
        Wrong::Nobody => text.nobodys_address,
    });
    let chosen = filled.language.unwrap_or(frame.language);
    html! {
        form.stack2 method="post" action=(frame.links().subscribe()) {
            div {
                label for="email" { (text.address) }
                input.f.tall.bad[wrong.is_some()] #email type="email" name="email" value=(filled.address)
                    autocomplete="email" inputmode="email" maxlength="254" required
                    aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=[wrong.map(|_| "email-error")];
                @if let Some(wrong) = wrong { p.err #email-error { (wrong) } }
            }
            div.vh aria-hidden="true" {
                label for="website" { (text.leave_blank) }
                input #website type="text" name="website" value="" tabindex="-1" autocomplete="off";
            }
            fieldset {
                legend.lab { (frame.text().public.language_choice) }
                @for language in Language::ALL {
                    label.opt {
                        input type="radio" name="language" value=(language.code()) checked[language == chosen];
                        span lang=(language.code()) { (own_name(language)) }
                    }
                }
            }
            input type="hidden" name="shown" value=(frame.language.code());
            p { (consent(frame.language, &frame.publication.name)) }
            div.stack {
                button.b.go.big type="submit" { (text.button) }
                p { (text.one_letter) }
                p.s { (text.promise) }
            }
        }
    }
}

/// As those call it who speak it.
pub(super) fn own_name(language: Language) -> &'static str {
    match language {
        Language::Latvian => "Latviski",
        Language::English => "English",
    }
}
