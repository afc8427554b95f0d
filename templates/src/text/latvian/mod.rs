//! Latvian. Polite Jūs with a capital, short verbs, no blame, “ ” for quotations.

mod bulletin;
mod corrections;
mod decided;
mod decision;
mod desk;
mod desk_error;
mod drafts;
mod edition_page;
mod editor;
mod event;
mod finding;
mod item_fields;
mod item_page;
mod leave;
mod marks;
mod moments;
mod notices;
mod own;
mod people;
mod person;
mod postbox;
mod print;
mod public;
mod queue;
mod reminder;
mod room;
mod senders;
mod site;
mod source;
mod subscribe;
mod thanks;
mod waits;

use subscribers::Language::Latvian as LV;

use super::date::month_of;
use super::{Plural, Shared, States, Text};

const ITEMS: Plural = Plural { zero: "ziņu", one: "ziņa", other: "ziņas" };
const DATES: Plural = Plural { zero: "datumu", one: "datums", other: "datumi" };
const PHOTOS: Plural = Plural { zero: "fotogrāfiju", one: "fotogrāfija", other: "fotogrāfijas" };
const WARNINGS: Plural = Plural { zero: "norāžu", one: "norāde", other: "norādes" };

pub(super) static TEXT: Text = Text {
    shared: Shared {
        and: " un ",
        hello: "Labdien!",
        regards: "Ar cieņu",
        by_computer: "Šo vēstuli nosūtīja dators, bet Jūsu atbildi lasīs cilvēks.",
        issue_role: "e-pasta izdevums",
        letter_role: "e-pasta vēstule",
        photo_credit: |author| format!("Foto: {author}"),
        picture: |words| format!("[Attēls: {words}]"),
        prepared_by: |who| format!("Informāciju sagatavoja: {who}"),
        number: |number, running| format!("Nr.\u{a0}{number} ({running})"),
        month_issue: |month| format!("{} numurs", month_of(LV, month)),
        items: ITEMS,
        dates: DATES,
        photos: PHOTOS,
        warnings: WARNINGS,
    },
    states: States {
        pending: "Gaida izskatīšanu",
        asked: "Gaidām iesūtītāja atbildi",
        approved: "Apstiprināta",
        planned: "Ielikta numurā",
        published: "Publicēta",
        rejected: "Noraidīta",
        postponed: "Atlikta",
        merged: "Apvienota ar citu",
        withdrawn: "Atsaukta",
    },
    bulletin: bulletin::BULLETIN,
    thanks: thanks::THANKS,
    decided: decided::DECIDED,
    decision: decision::DECISION,
    subscribe: subscribe::SUBSCRIBE,
    leave: leave::LEAVE,
    reminder: reminder::REMINDER,
    editor: editor::EDITOR,
    desk: desk::DESK,
    postbox: postbox::POSTBOX,
    room: room::ROOM,
    queue: queue::QUEUE,
    moments: moments::MOMENTS,
    notices: notices::NOTICES,
    people: people::PEOPLE,
    source: source::SOURCE,
    own: own::OWN,
    desk_error: desk_error::DESK_ERROR,
    drafts: drafts::DRAFTS,
    corrections: corrections::CORRECTIONS,
    item_page: item_page::ITEM_PAGE,
    edition_page: edition_page::EDITION_PAGE,
    site: site::SITE,
    public: public::PUBLIC,
    person: person::PERSON,
    print: print::PRINT,
    event: event::EVENT,
    item_fields: item_fields::ITEM_FIELDS,
    marks: marks::MARKS,
    senders: senders::SENDERS,
    waits: waits::WAITS,
    finding: finding::finding,
};
