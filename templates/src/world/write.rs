//! Writing to the newsroom, as anybody with a mail program can; `multipart/form-data`, posted to the path it is shown
//! on. Fields: `who` (an address of the list), or `name` and `address` of somebody else; `subject`, `text`; `file`,
//! several times; `fails` = `on` when the sender's domain does not vouch for the letter. A reply has no sender to choose.

use maud::{Markup, html};

use super::World;
use super::layout::Tab;
use crate::parts::one_line;
use crate::text::shorten;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub world: World,
    /// Where it goes.
    pub to: String,
    pub sender: Sender,
    pub subject: String,
    pub text: String,
    pub fails: bool,
    pub wrong: Vec<Wrong>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// Chosen among names and addresses, `who` first; or else somebody with this name and address.
    Chosen { people: Vec<(String, String)>, who: String, name: String, address: String },
    /// The owner of a box answers a letter in it.
    Owner { name: String, address: String, letter: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Address,
    Text,
    /// The newsroom's server did not take it.
    NotTaken,
}

pub fn render(view: &View) -> String {
    let world = &view.world;
    let text = &world.frame.text().postbox;
    let (title, action) = match &view.sender {
        Sender::Chosen { .. } => ((text.write_to)(&view.to), world.link("/write")),
        Sender::Owner { name, address, letter } => (
            (text.reply_as)(&shorten(&one_line(name), 40)),
            world.box_link(address, &format!("/{letter}/reply")),
        ),
    };
    let says = |wrong: Wrong, words: &'static str| view.wrong.contains(&wrong).then_some(words);
    let main = html! {
        div.read {
            form.stack2 method="post" action=(action) enctype="multipart/form-data" {
                h1 { (title) }
                @if view.wrong.contains(&Wrong::NotTaken) { p.flag role="alert" { (text.not_taken) } }
                (sender(view))
                @if matches!(view.sender, Sender::Owner { .. }) {
                    dl.s.hd { dt { (text.to) } dd { (one_line(&view.to)) } }
                }
                div {
                    label for="subject" { (text.subject) }
                    input.f id="subject" name="subject" maxlength="200" value=(one_line(&view.subject));
                }
                div {
                    @let wrong = says(Wrong::Text, text.text_missing);
                    label for="text" { (text.text) }
                    textarea.f.bad[wrong.is_some()] id="text" name="text" rows="10"
                        aria-describedby=[wrong.map(|_| "text-error")] aria-invalid=[wrong.map(|_| "true")] {
                        // The parser drops one line feed at the start.
                        "\n" (view.text)
                    }
                    @if let Some(words) = wrong { p.err id="text-error" { (words) } }
                }
                div {
                    label for="file" { (text.file) }
                    input.f id="file" name="file" type="file" multiple aria-describedby="file-hint";
                    p.hint id="file-hint" { (text.file_hint) }
                }
                label.opt {
                    input type="checkbox" name="fails" value="on" checked[view.fails] aria-describedby="fails-hint";
                    span { (text.fails) br; span.hint id="fails-hint" { (text.fails_hint) } }
                }
                p { button.b.go.big type="submit" { (text.send) } }
            }
        }
    };
    let tab = matches!(view.sender, Sender::Chosen { .. }).then_some(Tab::Write);
    world.page(tab, &title, &main)
}

fn sender(view: &View) -> Markup {
    let text = &view.world.frame.text().postbox;
    let Sender::Chosen { people, who, name, address } = &view.sender else { return html! {} };
    let wrong = view.wrong.contains(&Wrong::Address).then_some(text.bad_address);
    html! {
        div {
            label for="who" { (text.who) }
            select.f id="who" name="who" {
                @for (of, known) in people {
                    option value=(known) selected[known == who] {
                        (shorten(&one_line(of), 60)) " – " (one_line(known))
                    }
                }
            }
        }
        details open[wrong.is_some() || !address.is_empty()] {
            summary { (text.somebody_else) }
            div.stack {
                div {
                    label for="name" { (text.name) }
                    input.f id="name" name="name" maxlength="100" autocomplete="off" value=(one_line(name));
                }
                div {
                    label for="address" { (text.address) }
                    input.f.bad[wrong.is_some()] id="address" name="address" maxlength="254" autocomplete="off"
                        value=(one_line(address)) aria-describedby=[wrong.map(|_| "address-error")]
                        aria-invalid=[wrong.map(|_| "true")];
                    @if let Some(words) = wrong { p.err id="address-error" { (words) } }
                }
            }
        }
    }
}
