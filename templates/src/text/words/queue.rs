//! The lists of the desk: what waits, what was decided, what is in quarantine.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use issues::reading::Kind;

use crate::desk::decisions::Undo;
use crate::desk::message::Reason;
use crate::desk::queue::{Filter, Need};
use crate::text::Plural;

pub struct Queue {
    pub waits: fn(usize) -> String,
    /// The heading of what does not wait: filter and count.
    pub shown: fn(Filter, usize) -> String,
    pub oldest: fn(TimeDelta) -> String,
    /// Words before and in the stress: till when (or since when late), seen from a moment.
    pub promise: fn(NaiveDateTime, NaiveDateTime) -> [String; 2],
    pub filters: &'static str,
    pub filter: fn(Filter) -> &'static str,
    /// A phrase: how long ago.
    pub oldest_came: fn(&str) -> String,
    pub nothing_here: fn(Filter) -> &'static str,
    pub pages: &'static str,
    pub page: fn(usize, usize) -> String,
    pub before: &'static str,
    pub after: &'static str,

    pub ago: fn(TimeDelta) -> String,
    pub untitled: &'static str,
    pub some_sender: &'static str,
    pub photo_of: fn(&str) -> String,
    pub proposal: &'static str,
    pub confirmed: &'static str,
    pub more_dates: fn(usize) -> String,
    /// Items that came from the same person before.
    pub trust: fn(usize) -> String,
    /// Words of the text, and the day.
    pub weekday_differs: fn(&str, NaiveDate) -> String,
    pub unverified: &'static str,
    pub unverified_how: &'static str,
    pub also_waiting: &'static str,
    pub and_more: fn(usize) -> String,
    pub came_back: &'static str,
    /// The state of an item in a word, and what belongs to it.
    pub asked: &'static str,
    pub approved: &'static str,
    pub planned: &'static str,
    pub postponed: fn(u32) -> String,
    pub rejected: &'static str,
    pub question: fn(&str) -> String,
    /// A mark: the contributor answered a question, or added something of her own.
    pub replied: &'static str,
    pub added: &'static str,
    pub reply: fn(&str) -> String,
    pub reason: fn(&str) -> String,

    pub all_seen: &'static str,
    pub good_day: &'static str,
    /// Month and moment.
    pub goes_out: fn(u32, NaiveDateTime, NaiveDate) -> String,
    pub see_month: fn(u32) -> String,
    pub month_issue: fn(u32) -> String,
    pub see_issue: &'static str,
    /// Items and dates.
    pub contents: fn(usize, usize) -> String,
    pub need: fn(&Need, NaiveDate) -> String,

    pub nothing_done: &'static str,
    /// A past participle before the title of an item.
    pub did: fn(&str) -> &'static str,
    pub contributor: &'static str,
    /// By which way, where it was not the desk.
    pub channel: fn(&str) -> Option<&'static str>,
    pub undo: &'static str,
    pub undo_why: fn(Undo) -> &'static str,
    pub said_undone: fn(&str) -> String,
    pub not_undone: &'static str,
    /// A mail is in quarantine again.
    pub said_untreated: &'static str,
    pub cannot_undo: &'static str,
    /// Title, by whom, when.
    pub changed_meanwhile: fn(&str, &str, &str) -> String,

    pub why_here: fn(&Reason) -> String,
    pub in_quarantine: &'static str,
    pub kind: fn(Kind) -> &'static str,
    pub is: &'static str,
    pub not_yet: &'static str,
    pub no_subject: &'static str,
    pub what_is_it: &'static str,
    pub what_is_it_how: &'static str,
    pub treat_news: &'static str,
    pub treat_letter: &'static str,
    pub treat_private: &'static str,
    pub treat_nothing: &'static str,
    pub treat_other: &'static str,
    pub set_aside: &'static str,
    /// What, by whom, when.
    pub treated: fn(&str, &str, &str) -> String,
    pub already_treated: fn(&str, &str, &str) -> String,
    pub not_in_quarantine: &'static str,
    pub became: &'static str,
    pub item_number: fn(i64) -> String,
    pub letter_number: fn(i64) -> String,
    pub as_it_came: &'static str,
    pub framed: &'static str,
    pub text: &'static str,
    pub attachments: &'static str,
    pub unnamed: &'static str,
    pub size: fn(u64) -> String,
    pub head: &'static str,
    pub envelope: &'static str,
    pub download: &'static str,
    pub unread: &'static str,
    pub messages: Plural,
}
