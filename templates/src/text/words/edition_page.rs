//! The pages of an issue at the desk: made, looked at, approved, sent, and who got it.

use chrono::NaiveTime;

use crate::text::Plural;

pub struct EditionPage {
    /// For the month of an issue: “Decembra numurs” at the head of a page.
    pub heading: fn(u32) -> String,
    pub heading_going: fn(u32) -> String,
    pub no_issue: &'static str,
    pub no_issue_how: &'static str,
    pub all: &'static str,
    pub all_lead: &'static str,
    pub back: &'static str,
    pub to_preview: &'static str,
    pub states: IssueStates,
    pub stages: Stages,
    /// A moment, inside a sentence.
    pub leaves: fn(&str) -> String,
    pub no_moment: &'static str,
    pub readers: Plural,
    pub making: Making,
    pub views: Views,
    pub sure: Sure,
    pub going: Going,
    pub got: Got,
    pub said: Said,
    pub test_subject: fn(&str) -> String,
    /// Buttons of the mails to editors.
    pub mail_approve: &'static str,
    pub mail_mend: &'static str,
}

/// The state of an issue in one or two words.
pub struct IssueStates {
    pub draft: &'static str,
    pub ready: &'static str,
    pub held: &'static str,
    pub approved: &'static str,
    pub hold: &'static str,
    pub sending: &'static str,
    pub paused: &'static str,
    pub sent: &'static str,
    pub stopped: &'static str,
}

/// What is true in a state, in whole sentences; moments are phrases, clocks are “plkst. 10.10”.
pub struct Stages {
    pub held: &'static str,
    /// By whom and when it leaves.
    pub approved: fn(&str, &str) -> String,
    /// The clock of the first mail.
    pub hold: fn(&str) -> String,
    pub hold_paused: &'static str,
    pub hold_paused_past: &'static str,
    pub since: fn(&str) -> String,
    pub paused: &'static str,
    pub sent: fn(&str) -> String,
    pub stopped: fn(&str, &str) -> String,
    pub stopped_before: &'static str,
    pub stopped_after: &'static str,
}

/// The page of an open issue.
pub struct Making {
    pub ready: &'static str,
    pub to_check: fn(usize) -> String,
    pub blocked: fn(usize) -> String,
    pub blocks: &'static str,
    pub mend: &'static str,
    pub look: &'static str,
    pub photos_fine: &'static str,
    pub funder_fine: &'static str,
    pub links_fine: &'static str,
    /// With the name of the button that looks at them.
    pub links_unseen: &'static str,
    /// Kilobytes of the mail, pictures, kilobytes of these.
    pub weight: fn(usize, usize, usize) -> String,
    pub assemble: &'static str,
    pub assemble_how: &'static str,
    /// Where there is no issue yet.
    pub assemble_first: &'static str,
    pub order: &'static str,
    pub order_empty: &'static str,
    pub place: fn(&str) -> String,
    pub with_photos: fn(usize) -> String,
    pub without_photo: &'static str,
    pub lead: &'static str,
    pub up: fn(&str) -> String,
    pub down: fn(&str) -> String,
    pub more: &'static str,
    pub section: &'static str,
    pub make_lead: &'static str,
    pub take_out: &'static str,
    pub take_out_how: &'static str,
    pub save_order: &'static str,
    pub outside: fn(usize) -> String,
    pub outside_how: &'static str,
    pub left_out: &'static str,
    pub put_in: &'static str,
    pub calendar: fn(usize) -> String,
    pub calendar_empty: &'static str,
    pub calendar_how: &'static str,
    pub hide: &'static str,
    pub show: &'static str,
    pub hidden: &'static str,
    /// Title of the other item.
    pub twin: fn(&str) -> String,
    pub past: &'static str,
    pub words: &'static str,
    pub subject: &'static str,
    /// Characters, and what a phone shows.
    pub subject_how: fn(usize, &str) -> String,
    pub subject_proposed: fn(&str) -> String,
    pub subject_long: fn(usize) -> String,
    pub note: &'static str,
    pub note_how: fn(&str) -> String,
    pub note_long: fn(usize) -> String,
    pub save_words: &'static str,
    pub funders: &'static str,
    pub no_funders: &'static str,
    pub funders_how: &'static str,
    /// By whom and when; either may be unknown.
    pub overtaken: fn(&str, &str) -> String,
    pub overtaken_unknown: &'static str,
    pub overtaken_order: &'static str,
    pub overtaken_words: &'static str,
    pub now_subject: fn(&str) -> String,
    pub now_note: &'static str,
    pub your_order: &'static str,
    pub closed: &'static str,
    pub sending: &'static str,
    pub approve: &'static str,
    pub approve_short: &'static str,
    pub send_now: &'static str,
    pub first_mend: &'static str,
}

/// How a reader will see it.
pub struct Views {
    pub title: &'static str,
    pub kind: &'static str,
    pub phone: &'static str,
    pub desktop: &'static str,
    pub dark: &'static str,
    pub inverted: &'static str,
    pub images_off: &'static str,
    pub text: &'static str,
    pub print: &'static str,
    pub phone_is: &'static str,
    pub desktop_is: &'static str,
    pub dark_is: &'static str,
    pub inverted_is: &'static str,
    pub images_off_is: &'static str,
    pub text_is: &'static str,
    pub print_is: &'static str,
    /// Month's issue and view: the name of the frame.
    pub frame: fn(&str, &str) -> String,
    pub language: &'static str,
    pub latvian: &'static str,
    pub english: &'static str,
    pub test: &'static str,
    pub test_how: fn(&str) -> String,
}

/// The page before what cannot be taken back.
pub struct Sure {
    pub approve: fn(u32) -> String,
    pub send: fn(u32) -> String,
    pub stop: fn(u32) -> String,
    pub now: &'static str,
    pub no_way_back: &'static str,
    /// The clock of the first mail.
    pub hold: fn(&str) -> String,
    pub in_it: &'static str,
    /// Items, dates.
    pub counts: fn(usize, usize) -> String,
    pub as_seen: &'static str,
    pub approve_button: &'static str,
    pub send_button: &'static str,
    pub stop_button: &'static str,
    pub stop_before: &'static str,
    /// How many have it, and how many not.
    pub stop_after: fn(usize, usize) -> String,
    pub changed: &'static str,
    /// Who, when, and what, as one of the next: “Ilze at 12:00 changed the order.”
    pub done_by: fn(&str, &str, &str) -> String,
    pub done_by_somebody: fn(&str) -> String,
    pub done_reopened: &'static str,
    pub done_order: &'static str,
    pub done_words: &'static str,
    pub done_calendar: &'static str,
    pub done_put_in: fn(&str) -> String,
    pub done_taken_out: fn(&str) -> String,
    pub done_item: fn(&str) -> String,
    pub found: &'static str,
    pub not_now: &'static str,
    pub back: &'static str,
}

/// A running send.
pub struct Going {
    pub of_readers: fn(usize) -> String,
    /// Minutes.
    pub left: fn(usize) -> String,
    pub left_soon: &'static str,
    pub left_unknown: &'static str,
    /// Letters a minute, and the clock of the end.
    pub pace: fn(usize, &str) -> String,
    pub accepted: &'static str,
    pub waiting: &'static str,
    pub deferred: &'static str,
    pub refused: &'static str,
    pub uncertain: &'static str,
    pub abandoned: &'static str,
    pub bar: fn(&[(&str, usize)]) -> String,
    pub as_of: fn(NaiveTime) -> String,
    pub refresh: &'static str,
    pub pause: &'static str,
    pub pause_hold: &'static str,
    pub resume: &'static str,
    pub stop: &'static str,
    pub stop_hold: &'static str,
    pub unapprove: &'static str,
    pub reopen: &'static str,
    /// What taking the approval back does, beside its button.
    pub reopen_how: &'static str,
    pub another_is_open: &'static str,
    pub meaning: &'static str,
    pub all_well: &'static str,
    pub counted: fn(&str, usize) -> String,
    /// Domains and the clock of the next attempt.
    pub deferred_is: fn(&[String], Option<&str>) -> String,
    pub refused_is: &'static str,
    pub gone_is: &'static str,
    pub uncertain_again: fn(&str) -> String,
    pub uncertain_final: &'static str,
    pub abandoned_is: &'static str,
    pub bounced: &'static str,
    pub bounced_is: &'static str,
    pub see_them: &'static str,
    pub fault: &'static str,
    pub fault_how: fn(&str) -> String,
    pub providers: &'static str,
    pub domain: &'static str,
    pub others: &'static str,
    pub who: &'static str,
}

/// Who got it, who did not, and why.
pub struct Got {
    pub title: &'static str,
    pub lead: &'static str,
    pub filter: &'static str,
    pub all: &'static str,
    pub not_delivered: &'static str,
    pub bounced: &'static str,
    pub none: &'static str,
    pub erased: &'static str,
    pub attempts: Plural,
    pub answer: &'static str,
    pub next_page: &'static str,
    pub first_page: &'static str,
    /// The state of one delivery.
    pub accepted: &'static str,
    pub queued: &'static str,
    pub on_the_line: &'static str,
    pub deferred: &'static str,
    pub refused: &'static str,
    pub uncertain: &'static str,
    pub abandoned: &'static str,
    /// Why.
    pub no_mailbox: &'static str,
    pub full: &'static str,
    pub policy: &'static str,
    pub busy: &'static str,
    pub other: &'static str,
    pub expired: &'static str,
    pub left: &'static str,
    pub suppressed: &'static str,
    pub stopped: &'static str,
    pub broken_off: &'static str,
    pub came_back: &'static str,
    pub next_at: fn(&str) -> String,
    /// How an attempt ended.
    pub running: &'static str,
    pub our_fault: &'static str,
    pub withheld: &'static str,
}

/// What was just done.
pub struct Said {
    /// Title, place, of how many.
    pub moved: fn(&str, usize, usize) -> String,
    pub order: &'static str,
    pub taken_out: fn(&str) -> String,
    pub put_in: fn(&str) -> String,
    pub words: &'static str,
    pub shown: &'static str,
    pub hidden: &'static str,
    pub assembled: fn(usize) -> String,
    pub approved: &'static str,
    pub sending: &'static str,
    pub paused: &'static str,
    pub resumed: &'static str,
    pub stopped: &'static str,
    pub reopened: &'static str,
    pub tested: fn(&str) -> String,
    pub not_tested: &'static str,
    pub test_leave: &'static str,
}
