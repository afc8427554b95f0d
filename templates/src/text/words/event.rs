//! What an event has beside its date.

pub struct EventWords {
    /// Before a price: “Ieeja: 3 €”.
    pub price: &'static str,
    /// Before the address of a page.
    pub more: &'static str,
    /// Labels of the fields at the desk.
    pub place_field: &'static str,
    pub price_field: &'static str,
    pub link_field: &'static str,
    pub hint: &'static str,
    /// A link that is none.
    pub wrong: &'static str,
}
