//! The keys of the desk: what each does, and the switch that turns them off. The keys are a comfort of
//! [`crate::SCRIPT`]; without it this page says so.

use maud::{Markup, html};

use super::layout::{Desk, Page};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
}

/// Turns the keys on and off, seen only where scripts run.
pub(super) fn switch(desk: &Desk) -> Markup {
    let text = &desk.frame.text().moments;
    html! {
        button.b.sm type="button" role="switch" aria-checked="true" data-keys hidden {
            (text.switch) ": " span.yes { (text.on) } span.nay { (text.off) }
        }
    }
}

pub fn render(view: &View) -> String {
    let text = &view.desk.frame.text().moments;
    let keys: [(&[&str], &str); 13] = [
        (&["J"], text.next),
        (&["K"], text.previous),
        (&["Enter"], text.open),
        (&["A"], text.approve),
        (&["Q"], text.ask),
        (&["S"], text.postpone),
        (&["R"], text.reject),
        (&["E"], text.edit),
        (&["O"], text.original),
        (&["U"], text.undo),
        (&["/"], text.search),
        (&["Ctrl", "Enter"], text.save),
        (&["?"], text.help),
    ];
    let title = view.desk.frame.text().room.keys;
    let main = html! {
        div.stack {
            h1 { (title) }
            p { (text.keys_how) }
            p.meta { (text.keys_without) }
        }
        div.card { table {
            thead { tr { th scope="col" { (text.key) } th scope="col" { (text.what) } } }
            tbody {
                @for (names, what) in keys {
                    tr { td { @for name in names { kbd { (name) } " " } } td { (what) } }
                }
                tr {
                    td {
                        kbd { "G" } " " (text.then) " "
                        @for name in ["R", "N", "L", "V"] { kbd { (name) } " " }
                    }
                    td { (text.go) }
                }
            }
        } }
    };
    Page::new(&view.desk, None, title, main).render()
}
