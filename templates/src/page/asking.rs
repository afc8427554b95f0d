//! What the page of a link asks before anything is done: what a press of its one button says, and what not pressing does.

use maud::{Markup, html};

pub(super) struct Asking<'a> {
    pub(super) action: String,
    pub(super) title: &'a str,
    pub(super) says: Vec<String>,
    pub(super) button: &'a str,
    /// The value of the field `do`, where the form has one.
    pub(super) act: Option<&'static str>,
    pub(super) otherwise: Option<&'a str>,
}

impl Asking<'_> {
    pub(super) fn form(&self) -> Markup {
        html! {
            form.stack2 method="post" action=(self.action) {
                div.stack {
                    h1.track { (self.title) }
                    @for words in &self.says { p { (words) } }
                }
                button.b.go.big type="submit" name=[self.act.map(|_| "do")] value=[self.act] { (self.button) }
                @if let Some(otherwise) = self.otherwise { p.s { (otherwise) } }
            }
        }
    }
}
