//! What an event has beside its date, in words: where exactly, for how much, and where more is said.

use issues::Event;
use maud::{Markup, html};

use crate::Frame;
use crate::edition::Dated;
use crate::parts::{one_line, shown};

/// Where it is, in one line: its own place before that of its item.
pub(crate) fn whereabouts(event: &Event, of_item: &str) -> String {
    one_line(&event.whereabouts(of_item))
}

/// “Ieeja: 3 €”
pub(crate) fn price(frame: &Frame, event: &Event) -> Option<String> {
    Some(format!("{}: {}", frame.text().event.price, said(event)?))
}

/// [`price`] for who hears it: what was written is in its own language.
pub(crate) fn price_of(frame: &Frame, dated: &Dated) -> Option<Markup> {
    let price = said(&dated.event)?;
    Some(html! { (frame.text().event.price) ": " span lang=[frame.lang(dated.lang.as_deref())] { (price) } })
}

fn said(event: &Event) -> Option<String> {
    event.price.as_deref().map(one_line).filter(|price| !price.is_empty())
}

/// “Vairāk: salas.example/talka”, where the address is the link. `style` is its inline style, where there is one.
pub(crate) fn read_more(frame: &Frame, event: &Event, style: Option<&str>) -> Option<Markup> {
    let link = event.link.as_ref()?;
    Some(
        html! { (frame.text().event.more) ": " a href=(link.as_str()) style=[style] { (shown(link.as_str())) } },
    )
}

/// Where and for how much, in one line.
pub(crate) fn in_short(frame: &Frame, event: &Event, of_item: &str) -> String {
    let place = whereabouts(event, of_item);
    [Some(place).filter(|place| !place.is_empty()), price(frame, event)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(". ")
}
