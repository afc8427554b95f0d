//! What every language must have. Groups follow the mails and pages that use them.

pub mod corrections;
pub mod decided;
pub mod desk_error;
pub mod drafts;
pub mod edition_page;
pub mod event;
pub mod item_fields;
pub mod item_page;
pub mod marks;
pub mod moments;
pub mod notices;
pub mod own;
pub mod people;
pub mod person;
pub mod postbox;
pub mod print;
mod public;
pub mod queue;
pub mod room;
pub mod senders;
pub mod source;
pub mod waits;

use chrono::{NaiveDate, NaiveDateTime};
use issues::ItemState;
use issues::reading::WarningCode;

use super::{Name, Plural, ReadingTime};
use crate::finding::Finding;

pub use public::Public;

pub struct Text {
    pub shared: Shared,
    pub states: States,
    pub bulletin: Bulletin,
    pub thanks: Thanks,
    pub decision: Decision,
    pub decided: decided::Decided,
    pub subscribe: Subscribe,
    pub leave: Leave,
    pub reminder: Reminder,
    pub editor: Editor,
    pub desk: Desk,
    pub site: Site,
    pub postbox: postbox::Postbox,
    pub room: room::Room,
    pub queue: queue::Queue,
    pub moments: moments::Moments,
    pub notices: notices::Notices,
    pub public: Public,
    pub person: person::Person,
    pub print: print::Print,
    pub event: event::EventWords,
    pub item_fields: item_fields::ItemFields,
    pub marks: marks::Marks,
    pub people: people::People,
    pub source: source::SourceWords,
    pub own: own::Own,
    pub desk_error: desk_error::DeskError,
    pub drafts: drafts::Drafts,
    pub corrections: corrections::Corrections,
    pub item_page: item_page::ItemPage,
    pub edition_page: edition_page::EditionPage,
    pub senders: senders::Senders,
    pub waits: waits::Waits,
    pub finding: fn(&Finding) -> String,
}

/// Used by many mails and pages.
pub struct Shared {
    pub and: &'static str,
    pub hello: &'static str,
    pub regards: &'static str,
    pub by_computer: &'static str,
    pub issue_role: &'static str,
    pub letter_role: &'static str,
    pub photo_credit: fn(&str) -> String,
    pub picture: fn(&str) -> String,
    pub prepared_by: fn(&str) -> String,
    /// Number in the year and in all.
    pub number: fn(u32, u32) -> String,
    /// “decembra numurs”, for the month of an issue.
    pub month_issue: fn(u32) -> String,
    pub items: Plural,
    pub dates: Plural,
    pub photos: Plural,
    pub warnings: Plural,
}

/// States of an item.
pub struct States {
    pub pending: &'static str,
    pub asked: &'static str,
    pub approved: &'static str,
    pub planned: &'static str,
    pub published: &'static str,
    pub rejected: &'static str,
    pub postponed: &'static str,
    pub merged: &'static str,
    pub withdrawn: &'static str,
}

impl States {
    pub fn of(&self, state: &ItemState) -> &'static str {
        match state {
            ItemState::Pending => self.pending,
            ItemState::Asked { .. } => self.asked,
            ItemState::Approved { .. } => self.approved,
            ItemState::Rejected { .. } => self.rejected,
            ItemState::Postponed { .. } => self.postponed,
            ItemState::Planned { .. } => self.planned,
            ItemState::Published { .. } => self.published,
            ItemState::Merged { .. } => self.merged,
            ItemState::Withdrawn { .. } => self.withdrawn,
        }
    }
}

pub struct Bulletin {
    /// Month and what is in it; the second may be empty.
    pub subject: fn(u32, &[String]) -> String,
    /// Items, dates, time to read.
    pub preview: fn(usize, usize, ReadingTime) -> String,
    pub in_browser: &'static str,
    pub places: fn(&[String]) -> String,
    pub one_minute: &'static str,
    pub contents: &'static str,
    /// Names the page of an item by its title.
    pub item_page: fn(&str) -> String,
    pub calendar: fn(u32) -> String,
    pub correction: &'static str,
    pub send_news_question: &'static str,
    pub send_news_call: &'static str,
    /// Why the reader gets this: before and after the date, for a name.
    pub why_before: &'static str,
    pub why_after: fn(&Name) -> String,
    pub leave: &'static str,
    pub empty: &'static str,
}

pub struct Thanks {
    pub news_title: &'static str,
    pub news_preview: &'static str,
    /// Title, photos, documents.
    pub received: fn(Option<&str>, usize, usize) -> String,
    pub addition_title: &'static str,
    pub addition_preview: &'static str,
    pub correction_title: &'static str,
    pub correction_preview: &'static str,
    /// Title.
    pub received_addition: fn(Option<&str>) -> String,
    pub reader: fn(&str) -> String,
    pub one_question: &'static str,
    pub ask_words: &'static str,
    pub ask_when: &'static str,
    pub ask_credit: &'static str,
    pub understood: &'static str,
    pub if_wrong: &'static str,
    pub gps_removed: &'static str,
    pub add_by_reply: &'static str,
    pub private_title: &'static str,
    pub private_preview: &'static str,
    pub private_text: &'static str,
}

/// Mails that tell a contributor what became of an item.
pub struct Decision {
    /// Year and month.
    pub approved_title: fn(u32) -> String,
    pub approved_preview: &'static str,
    /// Title, year, month.
    pub approved: fn(&str, i32, u32) -> String,
    pub if_changed: &'static str,
    pub rejected_title: fn(&str) -> String,
    pub rejected_preview: &'static str,
    pub rejected: fn(&str) -> String,
    pub reason: &'static str,
    pub if_clarify: &'static str,
    pub postponed_title: fn(u32) -> String,
    pub postponed_preview: &'static str,
    pub postponed: fn(&str, i32, u32) -> String,
    pub nothing_to_do: &'static str,
    pub published_title: &'static str,
    pub published_preview: fn(u32) -> String,
    pub published: fn(&str, i32, u32) -> String,
    pub published_link: &'static str,
    pub question_title: fn(&str) -> String,
    pub question_preview: &'static str,
    pub question: &'static str,
    pub question_reply: &'static str,
    pub untitled: &'static str,
}

/// Subscribing: form, mail and confirmation.
pub struct Subscribe {
    pub consent: fn(&Name) -> String,
    pub title: fn(&Name) -> String,
    pub lead: &'static str,
    pub address: &'static str,
    pub bad_address: &'static str,
    pub nobodys_address: &'static str,
    pub button: &'static str,
    pub one_letter: &'static str,
    pub promise: &'static str,
    pub leave_blank: &'static str,
    pub latest: fn(u32) -> String,
    pub sent_title: &'static str,
    pub sent: &'static str,
    pub sent_hint: &'static str,
    pub mail_subject: fn(&Name) -> String,
    pub mail_preview: &'static str,
    /// When somebody asked (a phrase), and the name.
    pub mail_asked: fn(&str, &Name) -> String,
    /// From which network.
    pub mail_origin: fn(&str) -> String,
    pub mail_agree: &'static str,
    pub mail_button: &'static str,
    pub mail_valid: fn(NaiveDate, NaiveDate) -> String,
    pub mail_ignore: &'static str,
    pub confirm_title: fn(&Name) -> String,
    pub confirm_address: fn(&str) -> String,
    pub confirm_button: &'static str,
    pub confirm_not_me: &'static str,
    pub done_title: &'static str,
    /// Day of the next issue, seen from a day.
    pub done_next: fn(NaiveDate, NaiveDate) -> String,
    pub done_soon: &'static str,
    pub already_title: &'static str,
}

/// Leaving: the bulletin and the contributors' reminder.
pub struct Leave {
    pub mail_subject: fn(&Name) -> String,
    pub mail_preview: &'static str,
    pub mail_text: fn(&Name) -> String,
    pub mail_not_me: &'static str,
    pub title: fn(&Name) -> String,
    pub address: fn(&str) -> String,
    pub button: &'static str,
    pub stay: &'static str,
    pub done_title: &'static str,
    pub done: &'static str,
    pub undo: &'static str,
    pub undone_title: &'static str,
    pub undone: &'static str,
    pub reminder_title: &'static str,
    pub reminder_text: fn(&Name) -> String,
    pub reminder_button: &'static str,
    pub reminder_done_title: &'static str,
    pub reminder_done: &'static str,
}

/// The monthly reminder to contributors.
pub struct Reminder {
    /// Until when, seen from a day, and the month of the issue.
    pub subject: fn(NaiveDate, NaiveDate, u32) -> String,
    pub preview: &'static str,
    /// Name and month.
    pub text: fn(&Name, u32) -> String,
    pub nothing: &'static str,
    pub how: &'static str,
    pub why: &'static str,
    pub leave: &'static str,
}

/// Mails to the editor.
pub struct Editor {
    pub notice_subject: fn(&str) -> String,
    /// From whom, photos, warnings.
    pub notice_preview: fn(&str, usize, usize) -> String,
    pub from: &'static str,
    pub received: &'static str,
    pub unknown: &'static str,
    pub unverified: &'static str,
    pub check: &'static str,
    /// What is odd about a letter, in a whole sentence.
    pub warning: fn(WarningCode) -> &'static str,
    pub when_and_where: &'static str,
    pub when: &'static str,
    pub place: &'static str,
    pub no_date: &'static str,
    pub text: &'static str,
    pub empty_text: &'static str,
    pub byline: &'static str,
    pub photos: &'static str,
    /// Width and height.
    pub photo_size: fn(u32, u32) -> String,
    pub caption: fn(&str) -> String,
    pub no_credit: &'static str,
    pub documents: &'static str,
    pub decide: &'static str,
    pub link_is_yours: &'static str,
    pub held_subject: fn(u32) -> String,
    pub held_preview: &'static str,
    pub held: fn(i32, u32) -> String,
    pub missing: &'static str,
    pub held_next: &'static str,
    /// Month, items, dates.
    pub draft_subject: fn(u32, usize, usize) -> String,
    /// Findings.
    pub draft_preview: fn(usize) -> String,
    pub draft: fn(i32, u32, u32, u32) -> String,
    pub draft_items: &'static str,
    pub draft_dates: fn(usize) -> String,
    pub findings: &'static str,
    pub no_findings: &'static str,
    pub sends_at: fn(NaiveDateTime, NaiveDate) -> String,
    pub not_without_you: &'static str,
    pub more_news_subject: fn(usize) -> String,
    pub more_news_preview: &'static str,
    pub more_news: fn(usize) -> String,
    pub more_news_command: &'static str,
    pub large_subject: &'static str,
    pub large_preview: &'static str,
    /// Size and limit.
    pub large: fn(&str, &str) -> String,
    pub large_next: &'static str,
    pub subject: &'static str,
    pub no_subject: &'static str,
    pub answer_preview: fn(&str) -> String,
    pub your_letter: &'static str,
}

/// The page where an item is decided.
pub struct Desk {
    pub title: &'static str,
    pub headline: &'static str,
    pub text: &'static str,
    pub dates: &'static str,
    pub proposal: &'static str,
    pub in_text: fn(&str) -> String,
    pub place: &'static str,
    pub photo: fn(usize, usize) -> String,
    pub gps_removed: &'static str,
    pub alt: &'static str,
    pub alt_hint: &'static str,
    pub alt_missing: &'static str,
    pub caption: &'static str,
    pub credit: &'static str,
    pub credit_missing: &'static str,
    pub letter: &'static str,
    pub question: &'static str,
    pub question_hint: &'static str,
    pub question_missing: &'static str,
    pub nobody_to_ask: &'static str,
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub reason_missing: &'static str,
    pub title_missing: &'static str,
    pub text_missing: &'static str,
    pub title_too_long: &'static str,
    pub text_too_long: &'static str,
    pub words_too_long: &'static str,
    pub approve: &'static str,
    pub ask: &'static str,
    pub postpone: &'static str,
    pub reject: &'static str,
    pub decision: &'static str,
    /// How many photos have no description.
    pub says_alt: fn(usize) -> String,
    pub says_ready: &'static str,
    pub says_sender: &'static str,
    pub state: &'static str,
    pub not_saved: &'static str,
    pub said_approved: fn(&str) -> String,
    pub said_asked: fn(&str) -> String,
    pub said_postponed: fn(&str) -> String,
    pub said_rejected: fn(&str) -> String,
    pub said_changed: fn(&str) -> String,
    /// A decision that the contributor is not told of: title and state.
    pub said_quietly: fn(&str, &str) -> String,
    /// By whom and when (a phrase).
    pub already_approved: fn(&str, &str) -> String,
    pub already_asked: fn(&str, &str) -> String,
    pub already_postponed: fn(&str, &str) -> String,
    pub already_rejected: fn(&str, &str) -> String,
    pub already_changed: fn(&str, &str) -> String,
    pub already_title: &'static str,
    pub nothing_changed: &'static str,
    /// After the above, when the form comes back with what was typed.
    pub typed_kept: &'static str,
    pub look_again: &'static str,
}

/// Public pages around the issue.
pub struct Site {
    pub skip: &'static str,
    pub other_language: &'static str,
    pub monthly: &'static str,
    pub subscribe: &'static str,
    pub subscribe_card: &'static str,
    pub home: &'static str,
    pub latest: &'static str,
    pub read_issue: fn(u32) -> String,
    pub what: fn(&Name) -> String,
    pub send: &'static str,
    pub send_card: &'static str,
    pub no_issue_yet: &'static str,
    pub in_issue: fn(u32) -> String,
    pub more_in_issue: fn(u32) -> String,
    pub when_and_where: &'static str,
    pub published: fn(NaiveDate, NaiveDate) -> String,
    pub corrected: fn(NaiveDate, NaiveDate) -> String,
    pub not_found: Problem,
    pub expired: Problem,
    pub forged: Problem,
    pub too_many: Problem,
    pub failure: Problem,
    pub refused: Problem,
}

/// An error page: what happened, and the remedy.
pub struct Problem {
    pub title: &'static str,
    pub remedy: &'static str,
}
