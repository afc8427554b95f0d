use issues::calendar::Job;
use subscribers::Language::English as EN;

use crate::text::Plural;
use crate::text::date::month_of;
use crate::text::words::moments::Moments;

const LETTERS: Plural = Plural { zero: "mails", one: "mail", other: "mails" };

pub(super) const MOMENTS: Moments = Moments {
    coming: "Next moments",
    job: |job| match job {
        Job::Reminder => "Reminder to contributors",
        Job::Waiting => "Reminder to editors",
        Job::Assemble => "Putting the issue together",
        Job::Send => "Sending",
        Job::CleanUp => "Clearing up",
    },
    does: |job| match job {
        Job::Reminder => "We ask for news.",
        Job::Waiting => "Editors are told how much waits, if anything has waited for a day.",
        Job::Assemble => "The issue is put together of everything that is approved.",
        Job::Send => "The approved issue begins to go out to readers.",
        Job::CleanUp => "What need not be kept any more is deleted.",
    },
    never: "Not planned.",
    last: |when| format!("Last time: {when}."),
    now: "Now",
    local_time: |when| format!("The clock of the desk: {when}."),
    sending: |month, done, of| format!("The {} issue is going out: {done} of {of}.", month_of(EN, month)),
    paused: |month| format!("Sending the {} issue is paused; it can go on.", month_of(EN, month)),
    holding: |month, when| {
        format!(
            "The first mail of the {} issue leaves {when}. Until then everything can be stopped.",
            month_of(EN, month)
        )
    },
    no_issue_under_way: "No issue is going out at the moment.",
    mails: |n| format!("{} waiting to leave (answers, questions, notices).", LETTERS.count(EN, n)),
    no_mails: "All single mails have left.",
    fault: |since| {
        format!(
            "The mail server has not taken our mail since: {since}. Nothing is lost; it leaves as soon as it can."
        )
    },
    fault_reply: |reply| format!("The server’s answer: “{reply}”"),
    no_fault: "The mail server takes our mail.",
    routing: |n| format!("{} still to be read.", LETTERS.count(EN, n)),
    routed: "Everything received has been read and sorted.",
    last_arrival: |when| format!("The last mail came {when}."),
    nothing_arrived: "No mail has come yet.",
    letters: LETTERS,

    keys_how: "With keys the work goes faster. While you type they do nothing.",
    keys_without: "Keys work where the browser allows scripts. Everything can be done without them, too.",
    switch: "Keys",
    on: "on",
    off: "off",
    key: "Key",
    what: "What it does",
    next: "next item",
    previous: "previous item",
    open: "open the chosen item",
    approve: "approve",
    ask: "ask",
    postpone: "postpone",
    reject: "reject",
    edit: "edit the text",
    original: "the mail as it came",
    undo: "recent actions, where a decision is undone",
    search: "search",
    go: "go to: queue, issue, readers, letters",
    then: "then",
    save: "save, also while typing",
    help: "this page",
    next_previous: "next, previous",
    short_open: "open",
    short_undo: "undo",
    short_help: "all keys",
};
