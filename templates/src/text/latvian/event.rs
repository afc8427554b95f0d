//! What an event has beside its date, in Latvian.

use crate::text::words::event::EventWords;

pub(super) const EVENT: EventWords = EventWords {
    price: "Ieeja",
    more: "Vairāk",
    place_field: "Kur tieši",
    price_field: "Cik maksā ieeja",
    link_field: "Saite",
    hint: "Piemēram: “Rites tautas nams”, “bez maksas” vai “3 €”, “https://biletes.example”.",
    wrong: "Pārbaudiet saiti: tai jābūt tīmekļa lapas adresei (https://…).",
};
