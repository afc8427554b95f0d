//! What a person reads about her own affairs: sending news, her item, her preferences, her data.

use chrono::{NaiveDate, NaiveDateTime};
use subscribers::Act;

use crate::text::Name;

pub struct Person {
    pub sending: Sending,
    pub contribution: Contribution,
    pub preferences: PreferencesWords,
    pub address: NewAddress,
    pub data: Data,
    pub erase: Erase,
    pub privacy: Privacy,
}

/// How to send news.
pub struct Sending {
    pub title: &'static str,
    pub lead: &'static str,
    pub button: &'static str,
    pub what_title: &'static str,
    pub what: [&'static str; 4],
    pub photo_title: &'static str,
    pub photo: [&'static str; 3],
    pub when_title: &'static str,
    /// Month of the issue, when it closes (local), today.
    pub closes: fn(u32, NaiveDateTime, NaiveDate) -> String,
    pub sends: fn(NaiveDateTime, NaiveDate) -> String,
    pub late: &'static str,
    pub monthly: &'static str,
    pub next_title: &'static str,
    pub next: [&'static str; 4],
    pub promise: &'static str,
}

/// The contributor's own page on her item. Months are those of issues.
pub struct Contribution {
    pub title: &'static str,
    pub pending: &'static str,
    pub asked: &'static str,
    pub approved: fn(u32) -> String,
    pub planned: fn(u32) -> String,
    pub closed: fn(u32) -> String,
    pub published: fn(u32) -> String,
    pub rejected: &'static str,
    pub postponed: fn(u32) -> String,
    pub merged: &'static str,
    pub withdrawn: &'static str,
    pub question: &'static str,
    pub answer: &'static str,
    pub reason: &'static str,
    pub will_read: &'static str,
    pub reads: &'static str,
    pub no_text: &'static str,
    pub sent: &'static str,
    pub nothing_sent: &'static str,
    pub unchanged: &'static str,
    pub dates: &'static str,
    pub see: &'static str,
    pub wrong_title: &'static str,
    pub wrong: &'static str,
    pub write: &'static str,
    pub correction: &'static str,
    pub write_correction: &'static str,
    pub withdraw_title: &'static str,
    pub withdraw: &'static str,
    pub withdraw_button: &'static str,
    pub said_withdrawn: &'static str,
    pub overtaken: &'static str,
    /// After it, where the item can still be withdrawn.
    pub again: &'static str,
    /// Names the link in mails.
    pub link: &'static str,
}

pub struct PreferencesWords {
    pub title: &'static str,
    /// Names the link in mails and on the page after leaving.
    pub link: &'static str,
    pub address: fn(&str) -> String,
    pub language: &'static str,
    pub municipality: &'static str,
    pub municipality_hint: &'static str,
    pub municipality_too_long: &'static str,
    pub plain_text: &'static str,
    pub plain_text_hint: &'static str,
    pub pause: &'static str,
    pub no_pause: &'static str,
    pub skip: fn(usize) -> String,
    pub until: &'static str,
    pub day: &'static str,
    pub day_hint: &'static str,
    pub day_missing: &'static str,
    pub day_past: &'static str,
    pub day_too_far: &'static str,
    /// What holds now: until a day, seen from a day; issues left.
    pub paused_until: fn(NaiveDate, NaiveDate) -> String,
    pub paused_issues: fn(usize) -> String,
    pub save: &'static str,
    pub not_saved: &'static str,
    pub said_saved: &'static str,
    pub gone: &'static str,
}

/// Moving to another address: the section of the preferences, the page and the mails.
pub struct NewAddress {
    pub section: &'static str,
    pub how: &'static str,
    pub field: &'static str,
    pub button: &'static str,
    pub said_asked: &'static str,
    pub waiting: fn(&str) -> String,
    pub keep: &'static str,
    pub said_kept: &'static str,
    /// What the reader asks for; kept with the consent.
    pub wish: fn(&str) -> String,
    /// What the new address agrees to; kept with the consent.
    pub agree: fn(&Name) -> String,
    pub title: &'static str,
    pub confirm: &'static str,
    pub not_me: &'static str,
    pub done_title: &'static str,
    pub done: &'static str,
    pub mail_subject: &'static str,
    pub mail_preview: &'static str,
    /// When somebody asked (a phrase), and the name.
    pub mail_asked: fn(&str, &Name) -> String,
    pub mail_ignore: &'static str,
    pub moved_subject: &'static str,
    pub moved_preview: &'static str,
    pub moved: fn(&Name, &str) -> String,
    pub moved_not_me: &'static str,
}

/// What is kept about a person.
pub struct Data {
    pub title: &'static str,
    pub lead: &'static str,
    pub download: &'static str,
    pub subscription: &'static str,
    pub address: &'static str,
    pub state: &'static str,
    /// By [`subscribers::SubscriptionState::name`].
    pub states: fn(&str) -> &'static str,
    pub language: &'static str,
    pub municipality: &'static str,
    pub plain_text: &'static str,
    pub pause: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub confirmed: &'static str,
    pub changed: &'static str,
    pub new_address: &'static str,
    pub consent: &'static str,
    pub acts: fn(Act) -> &'static str,
    pub contributor: &'static str,
    pub name: &'static str,
    pub reminders: &'static str,
    pub items: &'static str,
    pub letters: &'static str,
    pub received: &'static str,
    pub sent: &'static str,
    pub issue: &'static str,
    pub mail: &'static str,
    pub no_subject: &'static str,
    pub back: &'static str,
}

pub struct Erase {
    pub title: &'static str,
    pub lead: &'static str,
    pub goes_title: &'static str,
    pub goes: [&'static str; 3],
    pub stays_title: &'static str,
    pub stays: [&'static str; 2],
    pub sure: &'static str,
    pub not_sure: &'static str,
    pub is_editor: &'static str,
    pub button: &'static str,
    pub rather: &'static str,
    pub done_title: &'static str,
    pub done: &'static str,
    /// Items that stay.
    pub kept: fn(usize) -> String,
}

pub struct Privacy {
    /// Names the link.
    pub link: &'static str,
    pub title: &'static str,
    pub lead: fn(&Name) -> String,
    pub who_title: &'static str,
    pub who: &'static str,
    pub nothing_title: &'static str,
    pub nothing: [&'static str; 3],
    pub what_title: &'static str,
    pub readers: &'static str,
    pub contributors: &'static str,
    pub letters: &'static str,
    pub why_title: &'static str,
    pub why: &'static str,
    pub how_long_title: &'static str,
    pub how_long_readers: &'static str,
    /// Days after which a wish that nobody confirmed is forgotten.
    pub how_long_wishes: fn(usize) -> String,
    /// Days after which it is forgotten from which network somebody asked.
    pub how_long_networks: fn(usize) -> String,
    pub how_long_news: &'static str,
    pub others_title: &'static str,
    pub others: &'static str,
    pub rights_title: &'static str,
    pub rights: &'static str,
    pub complain: &'static str,
}
