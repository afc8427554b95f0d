//! What an event has beside its date, in English.

use crate::text::words::event::EventWords;

pub(super) const EVENT: EventWords = EventWords {
    price: "Admission",
    more: "More",
    place_field: "Where exactly",
    price_field: "Price of admission",
    link_field: "Link",
    hint: "For example: “Rite community house”, “free” or “€3”, “https://tickets.example”.",
    wrong: "Please check the link: it has to be the address of a web page (https://…).",
};
