//! Signing in. The form posts to `/desk/sign-in` with the field `email`; the page of a mailed link posts to its own
//! path, both with `to`, the page that was asked for.

use maud::html;

use crate::page::layout::Page;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub step: Step,
    /// The page of the desk that was asked for.
    pub to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Asks for the address; with what was typed, when it is no address.
    Ask { wrong: Option<String> },
    /// The same for all addresses.
    Asked,
    /// The page of a link: only its button signs in.
    Enter { token: String },
    /// The link was used, or its quarter of an hour is over.
    TooLate,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().room;
    let ask = Paths::local().desk("/sign-in");
    let to = html! { @if let Some(to) = &view.to { input type="hidden" name="to" value=(to); } };
    let main = match &view.step {
        Step::Ask { wrong } => html! {
            form.stack2 method="post" action=(ask) {
                (to)
                div.stack { h1.track { (text.sign_in) } p { (text.sign_in_how) } }
                div {
                    label for="email" { (text.your_address) }
                    input.f.tall.bad[wrong.is_some()] id="email" name="email" type="email" autocomplete="email" required
                        value=(wrong.as_deref().unwrap_or("")) aria-describedby=[wrong.as_ref().map(|_| "email-error")]
                        aria-invalid=[wrong.as_ref().map(|_| "true")];
                    @if wrong.is_some() { p.err id="email-error" { (text.no_address) } }
                }
                p { button.b.go.big type="submit" { (text.send_link) } }
            }
        },
        Step::Asked => html! {
            div.stack { h1.track { (text.look_in_mail) } p { (text.link_sent) } p.meta { (text.link_lives) } }
        },
        Step::Enter { token } => html! {
            form.stack2 method="post" action=(Paths::local().sign_in(token)) {
                (to)
                div.stack { h1.track { (text.sign_in) } p { (text.only_button) } }
                p { button.b.go.big type="submit" { (text.enter) } }
            }
        },
        Step::TooLate => html! {
            div.stack2 {
                div.stack { h1.track { (text.link_over) } p { (text.link_over_how) } }
                p { a.b.go.big href=(ask) { (text.new_link) } }
            }
        },
    };
    Page { line: text.desk.to_owned(), ..Page::new(frame, text.sign_in, main).by_link() }.render()
}
