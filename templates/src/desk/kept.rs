//! A form that came without a session, or from one that has ended: nothing is done, and nothing of what was typed is
//! lost. The page carries it back; the form posts to where it was sent, with the same fields.

use maud::{Markup, html};

use super::layout::{Desk, Page};
use crate::page::layout::{self, saying};
use crate::parts::{clean, one_line};
use crate::{Frame, Paths};

/// What is shown of a field; the whole of it is sent.
const SHOWN_CHARACTERS_MAX: usize = 4_000;
/// What a form says to the daemon rather than what a person typed.
const OURS: [&str; 4] = ["form", "do", "fix", "fix_shown"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub who: Who,
    /// The path that the form was sent to.
    pub to: String,
    /// As they were sent; the token of the form among them.
    pub fields: Vec<(String, String)>,
    /// A file came along, which no page can carry back.
    pub file: bool,
}

/// Who sees the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Nobody is signed in.
    Nobody(Frame),
    /// An editor, whose form was shown in an earlier session.
    Editor(Box<Desk>),
}

pub fn render(view: &View) -> String {
    match &view.who {
        Who::Nobody(frame) => {
            let text = &frame.text().drafts;
            let main = html! {
                div.stack2 {
                    (saying(text.kept, &[text.kept_out, text.kept_steps]))
                    p { a.b.go.big href=(Paths::local().desk("/sign-in")) target="_blank" rel="noopener" { (text.kept_enter) } }
                    (again(view, frame, None))
                }
            };
            let page = layout::Page::new(frame, text.kept, main).by_link();
            layout::Page { line: frame.text().room.desk.to_owned(), ..page }.render()
        }
        Who::Editor(desk) => {
            let text = &desk.frame.text().drafts;
            let main = html! { (saying(text.kept, &[text.kept_in])) (again(view, &desk.frame, Some(desk))) };
            Page::new(desk, None, text.kept, main).render()
        }
    }
}

fn again(view: &View, frame: &Frame, desk: Option<&Desk>) -> Markup {
    let text = &frame.text().drafts;
    let typed =
        || view.fields.iter().filter(|(name, value)| !OURS.contains(&name.as_str()) && is_words(value));
    html! {
        form.stack2 method="post" action=(view.to) {
            @match desk {
                Some(desk) => (desk.token()),
                // By this it will be known as a form of ours.
                None => @for (_, value) in view.fields.iter().filter(|(name, _)| name == "form") {
                    input type="hidden" name="form" value=(value);
                },
            }
            @for (name, value) in view.fields.iter().filter(|(name, _)| name != "form") {
                input type="hidden" name=(name) value=(value);
            }
            @if view.file { p { (text.kept_file) } }
            p { button.b.big.go[desk.is_some()] type="submit" { (text.kept_again) } }
            @if typed().next().is_some() {
                section.stack aria-label=(text.kept_yours) {
                    h2 { (text.kept_yours) }
                    @for (_, value) in typed() { div.card.s { (lines(value)) } }
                }
            }
        }
    }
}

/// Words of a person have a space between them; dates, numbers and names of sections have none.
fn is_words(value: &str) -> bool {
    value.trim().contains([' ', '\n'])
}

fn lines(value: &str) -> Markup {
    let shown: String = clean(value).chars().take(SHOWN_CHARACTERS_MAX).collect();
    html! { @for line in shown.lines().filter(|line| !line.trim().is_empty()) { p { (one_line(line)) } } }
}
