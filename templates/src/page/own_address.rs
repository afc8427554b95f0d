//! A reader asks for another address. The form posts to [`Paths::own_address`] the fields `do` = `address` and `email`.

use maud::html;

use super::layout::Page;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// Of the link to what is the reader's own.
    pub token: String,
    /// The address she has, masked.
    pub masked: String,
    /// The new address that is not confirmed yet, masked.
    pub waiting: Option<String>,
    /// The address that was typed, when the form comes back.
    pub typed: String,
    pub problem: Option<Problem>,
    /// The new address is asked, if it may be.
    pub asked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    Shape,
    Nobody,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().person.address;
    let paths = Paths::local();
    let wrong = view.problem.map(|problem| match problem {
        Problem::Shape => frame.text().subscribe.bad_address,
        Problem::Nobody => frame.text().subscribe.nobodys_address,
    });
    let main = html! {
        div.stack2 {
            @if view.asked { p.said role="status" { (text.said_asked) } }
            div.stack {
                h1.track { (text.section) }
                p { ((frame.text().person.preferences.address)(&view.masked)) }
                @if let Some(masked) = &view.waiting { p { ((text.waiting)(masked)) } }
                p { (text.how) }
            }
            form.card.stack method="post" action=(paths.own_address(&view.token)) {
                div {
                    label for="email" { (text.field) }
                    input.f.bad[wrong.is_some()] #email type="email" name="email" value=(view.typed)
                        autocomplete="email" inputmode="email" maxlength="254" required
                        aria-describedby=[wrong.map(|_| "email-error")] aria-invalid=[wrong.map(|_| "true")];
                    @if let Some(wrong) = wrong { p.err #email-error { (wrong) } }
                }
                p { button.b.go type="submit" name="do" value="address" { (text.button) } }
            }
            p { a href=(paths.own(&view.token)) { (frame.text().person.data.title) } }
        }
    };
    Page::new(frame, text.section, main).by_link().render()
}
