//! English: the same calm, for readers who chose it.

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

use subscribers::Language::English as EN;

use super::date::month_of;
use super::{Plural, Shared, States, Text};

const fn plural(one: &'static str, other: &'static str) -> Plural {
    Plural { zero: other, one, other }
}

const ITEMS: Plural = plural("story", "stories");
const DATES: Plural = plural("date", "dates");
const PHOTOS: Plural = plural("photo", "photos");
const WARNINGS: Plural = plural("point", "points");

pub(super) static TEXT: Text = Text {
    shared: Shared {
        and: " and ",
        hello: "Hello!",
        regards: "With kind regards",
        by_computer: "A computer sent this message, but a person will read your reply.",
        issue_role: "e-mail bulletin",
        letter_role: "e-mail letter",
        photo_credit: |author| format!("Photo: {author}"),
        picture: |words| format!("[Picture: {words}]"),
        prepared_by: |who| format!("Prepared by: {who}"),
        number: |number, running| format!("No.\u{a0}{number} ({running})"),
        month_issue: |month| format!("the {} issue", month_of(EN, month)),
        items: ITEMS,
        dates: DATES,
        photos: PHOTOS,
        warnings: WARNINGS,
    },
    states: States {
        pending: "Waiting for review",
        asked: "Waiting for the contributor",
        approved: "Approved",
        planned: "Placed in an issue",
        published: "Published",
        rejected: "Declined",
        postponed: "Postponed",
        merged: "Merged into another",
        withdrawn: "Withdrawn",
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
