//! What comes next and what is going on; and the keys.

use issues::calendar::Job;

use crate::text::Plural;

pub struct Moments {
    pub coming: &'static str,
    pub job: fn(Job) -> &'static str,
    /// What the job does, in a sentence.
    pub does: fn(Job) -> &'static str,
    pub never: &'static str,
    pub last: fn(&str) -> String,
    pub now: &'static str,
    pub local_time: fn(&str) -> String,
    /// Month, done, all.
    pub sending: fn(u32, usize, usize) -> String,
    pub paused: fn(u32) -> String,
    pub holding: fn(u32, &str) -> String,
    pub no_issue_under_way: &'static str,
    pub mails: fn(usize) -> String,
    pub no_mails: &'static str,
    /// Since when.
    pub fault: fn(&str) -> String,
    pub fault_reply: fn(&str) -> String,
    pub no_fault: &'static str,
    pub routing: fn(usize) -> String,
    pub routed: &'static str,
    pub last_arrival: fn(&str) -> String,
    pub nothing_arrived: &'static str,
    pub letters: Plural,

    pub keys_how: &'static str,
    pub keys_without: &'static str,
    pub switch: &'static str,
    pub on: &'static str,
    pub off: &'static str,
    pub key: &'static str,
    pub what: &'static str,
    pub next: &'static str,
    pub previous: &'static str,
    pub open: &'static str,
    pub approve: &'static str,
    pub ask: &'static str,
    pub postpone: &'static str,
    pub reject: &'static str,
    pub edit: &'static str,
    pub original: &'static str,
    pub undo: &'static str,
    pub search: &'static str,
    pub go: &'static str,
    pub then: &'static str,
    pub save: &'static str,
    pub help: &'static str,
    /// In the row below the list.
    pub next_previous: &'static str,
    pub short_open: &'static str,
    pub short_undo: &'static str,
    pub short_help: &'static str,
}
