//! What is kept of people, why and for how long, and whom to ask.

use maud::{Markup, html};

use super::how_to_send::in_other_language;
use super::layout::{Known, Page};
use crate::parts::one_line;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    /// Days after which a subscription that nobody confirmed is forgotten.
    pub wishes_days: u16,
    /// Days after which it is forgotten from which network a request came.
    pub networks_days: u16,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().person.privacy;
    let publication = &frame.publication;
    let main = html! {
        div.stack2 {
            div.stack {
                h1.track { (text.title) }
                p.lead { ((text.lead)(&publication.name)) }
            }
            section.card.stack {
                h2 { (text.nothing_title) }
                ul.lines { @for line in text.nothing { li { (line) } } }
            }
            (part(text.what_title, html! {
                p { (text.readers) }
                p { (text.contributors) }
                p { (text.letters) }
            }))
            (part(text.why_title, html! { p { (text.why) } }))
            (part(text.how_long_title, html! {
                p { (text.how_long_readers) }
                p { (text.how_long_news) }
                p {
                    ((text.how_long_wishes)(view.wishes_days.into())) " "
                    ((text.how_long_networks)(view.networks_days.into()))
                }
            }))
            (part(text.others_title, html! { p { (text.others) } }))
            (part(text.rights_title, html! {
                p { (text.rights) " " a href=(frame.mailto()) { (publication.mailbox.as_str()) } }
                p { (text.complain) }
            }))
            (part(text.who_title, html! {
                p { (text.who) }
                p lang=[frame.publication_lang()] {
                    (one_line(&publication.owner)) br;
                    (one_line(&publication.postal_address)) br;
                    a href=(frame.mailto()) { (publication.mailbox.as_str()) }
                }
            }))
        }
    };
    Page {
        known: Some(Known::page(Paths::local().privacy(), &(text.lead)(&publication.name))),
        translation: Some(in_other_language(frame, &Paths::local().privacy())),
        ..Page::new(frame, text.title, main)
    }
    .render()
}

fn part(title: &str, content: Markup) -> Markup {
    html! { section.stack { h2 { (title) } (content) } }
}
