use chrono::TimeDelta;
use issues::reading::Kind;
use subscribers::Language::English as EN;

use super::ITEMS;
use crate::desk::decisions::Undo;
use crate::desk::message::Reason;
use crate::desk::queue::{Filter, Need};
use crate::text::Plural;
use crate::text::date::{month_of, named_day, near, until_near};
use crate::text::megabytes;
use crate::text::words::queue::Queue;

const fn plural(one: &'static str, other: &'static str) -> Plural {
    Plural { zero: other, one, other }
}

const DATES: Plural = plural("date", "dates");
const MESSAGES: Plural = plural("mail", "mails");
const MINUTES: Plural = plural("minute", "minutes");
const HOURS: Plural = plural("hour", "hours");
const DAYS: Plural = plural("day", "days");

/// In the largest unit of which there are two, or the smallest there is; `None` for less than a minute.
fn long(age: TimeDelta) -> Option<String> {
    let whole = |number: i64| usize::try_from(number).unwrap_or(0);
    Some(match (whole(age.num_minutes()), whole(age.num_hours()), whole(age.num_days())) {
        (0, ..) => return None,
        (n, 0, _) => MINUTES.count(EN, n),
        (_, n, 0 | 1) => HOURS.count(EN, n),
        (.., n) => DAYS.count(EN, n),
    })
}

pub(super) const QUEUE: Queue = Queue {
    waits: |n| format!("{} to look at", ITEMS.count(EN, n)),
    shown: |filter, n| match filter {
        Filter::New => format!("{} to look at", ITEMS.count(EN, n)),
        Filter::Asked => format!("Waiting for an answer: {}", ITEMS.count(EN, n)),
        Filter::Approved => format!("Approved: {}", ITEMS.count(EN, n)),
        Filter::Postponed => format!("Postponed: {}", ITEMS.count(EN, n)),
        Filter::Rejected => format!("Rejected: {}", ITEMS.count(EN, n)),
        Filter::Quarantine => format!("In quarantine: {}", MESSAGES.count(EN, n)),
    },
    oldest: |age| match long(age) {
        Some(long) => format!("The oldest has waited {long}."),
        None => "The oldest has waited less than a minute.".to_owned(),
    },
    promise: |by, now| {
        if by < now {
            let before = "We promised to answer within two working days. That was due ";
            [before.to_owned(), near(EN, by, now.date())]
        } else {
            let before = "We promised to answer within two working days, so ";
            [before.to_owned(), until_near(EN, by, now.date())]
        }
    },
    filters: "Show",
    filter: |filter| match filter {
        Filter::New => "Waiting",
        Filter::Asked => "Asked",
        Filter::Approved => "Approved",
        Filter::Postponed => "Postponed",
        Filter::Rejected => "Rejected",
        Filter::Quarantine => "Quarantine",
    },
    oldest_came: |ago| format!("The oldest came {ago}."),
    nothing_here: |filter| match filter {
        Filter::New => "Everything has been seen. Have a good day!",
        Filter::Asked => "Every contributor has answered. Have a good day!",
        Filter::Approved => "Nothing is approved yet; it will gather here.",
        Filter::Postponed => "Nothing is postponed. Have a good day!",
        Filter::Rejected => "Nothing was turned down. Have a good day!",
        Filter::Quarantine => "The quarantine is empty: every mail was understood. Have a good day!",
    },
    pages: "Pages",
    page: |n, of| format!("Page {n} of {of}"),
    before: "Previous page",
    after: "Next page",

    ago: |age| match long(age) {
        Some(long) => format!("{long} ago"),
        None => "just now".to_owned(),
    },
    untitled: "Without a title",
    some_sender: "Unknown sender",
    photo_of: |title| format!("Photo of “{title}”"),
    proposal: "proposal:",
    confirmed: "confirmed",
    more_dates: |n| format!("and {} more", DATES.count(EN, n)),
    trust: |n| match n {
        0 => "First letter".to_owned(),
        n => format!("{} before", ITEMS.count(EN, n)),
    },
    weekday_differs: |words, day| {
        format!("Please check the date: the text says “{words}”, but {}.", named_day(EN, day))
    },
    unverified: "It cannot be verified that the sender is who they say.",
    unverified_how: "The mail’s signature (DMARC) does not hold. Call them before you publish.",
    also_waiting: "Also waiting from this sender:",
    and_more: |n| format!("and {n} more"),
    came_back: "Was postponed",
    asked: "Waiting for an answer",
    approved: "Approved",
    planned: "In the issue",
    postponed: |month| format!("Postponed to the {} issue", month_of(EN, month)),
    rejected: "Rejected",
    replied: "Answered",
    added: "Added to",
    reply: |words| format!("Reply: “{words}”"),
    question: |words| format!("Question: “{words}”"),
    reason: |words| format!("Reason: “{words}”"),

    all_seen: "Everything has been looked at",
    good_day: "Have a good day!",
    goes_out: |month, at, today| {
        format!("The {} issue goes out {}.", month_of(EN, month), near(EN, at, today))
    },
    see_month: |month| format!("See the {} issue", month_of(EN, month)),
    month_issue: |month| format!("The {} issue", month_of(EN, month)),
    see_issue: "See the issue",
    contents: |items, dates| format!("{}, {}.", ITEMS.count(EN, items), DATES.count(EN, dates)),
    need: |need, today| match need {
        Need::Assembly { at: Some(at) } => format!("It will be put together {}.", near(EN, *at, today)),
        Need::Assembly { at: None } => "It has not been put together yet.".to_owned(),
        Need::Mending { findings } => {
            format!("Held: {} to be put right.", plural("thing", "things").count(EN, *findings))
        }
        Need::Approval => "It needs your approval.".to_owned(),
        Need::Nothing => "Ready; it goes out by itself.".to_owned(),
        Need::Hold => {
            "The first mail leaves at that moment. Until then everything can be stopped.".to_owned()
        }
        Need::Sending => "The issue is going out.".to_owned(),
        Need::Resuming => "Sending is paused; it can go on.".to_owned(),
    },

    nothing_done: "Nothing has been done yet.",
    did: |act| match act {
        "approve" => "Approved",
        "ask" => "Asked about",
        "postpone" => "Postponed",
        "reject" => "Rejected",
        "edit" => "Edited",
        "undo" => "Undone a decision on",
        "correct" => "Published a correction of",
        "treat" => "Taken out of quarantine",
        "unanswered" => "Put aside without an answer",
        "withdraw" => "Withdrawn",
        _ => "Changed",
    },
    contributor: "the contributor",
    channel: |channel| match channel {
        "command" => Some("on the command line"),
        "link" => Some("by the link of a mail"),
        "mail" => Some("by mail"),
        "schedule" => Some("by the schedule"),
        _ => None,
    },
    undo: "Undo",
    undo_why: |why| match why {
        Undo::Possible { .. } | Undo::Pointless => "",
        Undo::Undone => "Undone already.",
        Undo::Later => "There was another decision later.",
        Undo::IssueApproved => "The issue is approved; this cannot be undone any more.",
        Undo::Published => "The item has gone out; this cannot be undone any more.",
        Undo::Merged => "The item was merged with another; this cannot be undone any more.",
        Undo::Withdrawn => "The contributor withdrew the item; this cannot be undone any more.",
    },
    said_undone: |title| format!("Undone. “{title}” is again as it was before."),
    said_untreated: "The mail is in quarantine again, and what it became is gone.",
    not_undone: "Nothing was undone.",
    cannot_undo: "This decision cannot be undone any more.",
    changed_meanwhile: |title, who, when| format!("“{title}” was changed meanwhile: {who}, {when}."),

    why_here: |reason| match reason {
        Reason::FailedThrice => "We tried three times to read it and failed.".to_owned(),
        Reason::Erased => "Erased at the person’s wish; what it said is gone.".to_owned(),
        Reason::Blocked => super::senders::SENDERS.why_here.to_owned(),
        Reason::Empty => "The mail is empty.".to_owned(),
        Reason::Damaged => "The mail is damaged: its parts cannot be told apart.".to_owned(),
        Reason::NoMail => "There is neither a head nor a text in it.".to_owned(),
        Reason::TooLarge { size, limit } => {
            let size = size.map_or_else(String::new, |size| format!(" ({})", megabytes(EN, size)));
            let limit =
                limit.map_or_else(String::new, |limit| format!(" We take up to {}.", megabytes(EN, limit)));
            format!("The mail is too large{size}.{limit} Only its head is here, the rest is in the mailbox.")
        }
        Reason::Nested => "There are too many mails in it, one inside another.".to_owned(),
        Reason::Other => "We could not tell what it is.".to_owned(),
    },
    in_quarantine: "In quarantine",
    kind: |kind| match kind {
        Kind::Submission => "news",
        Kind::Reply => "a reader’s letter",
        Kind::Correction => "a correction",
        Kind::Bounce => "a notice of a mail that was not delivered",
        Kind::Complaint => "a complaint about spam",
        Kind::AutoReply => "an automatic answer",
        Kind::Unsubscribe => "a goodbye",
        Kind::Subscribe => "a wish to subscribe",
        Kind::Bulk => "another bulletin’s mail",
        Kind::Report => "a machine’s report",
        Kind::Private => "a private letter",
        Kind::Unreadable => "unreadable mail",
    },
    is: "What it is",
    not_yet: "Not read yet",
    no_subject: "No subject",
    what_is_it: "What is it?",
    what_is_it_how: "One click is enough. Your word is final.",
    treat_news: "It is news",
    treat_letter: "A reader’s letter",
    treat_private: "A private letter",
    treat_nothing: "Set aside",
    treat_other: "Something else",
    set_aside: "set aside",
    treated: |what, who, when| format!("Taken out of quarantine: {what} ({who}, {when})."),
    already_treated: |what, who, when| {
        format!("This mail has been taken out of quarantine already: {what} ({who}, {when}).")
    },
    not_in_quarantine: "This mail is not in quarantine. Nothing was changed.",
    became: "What it became",
    item_number: |n| format!("Item no.\u{a0}{n}"),
    letter_number: |n| format!("Letter no.\u{a0}{n}"),
    as_it_came: "The mail as it came",
    framed: "Shown in a closed frame: nothing is run, and nothing is loaded from the internet.",
    text: "Text",
    attachments: "Attachments",
    unnamed: "no name",
    size: |octets| {
        if octets < 1_000 {
            format!("{octets}\u{a0}B")
        } else if octets < 1_000_000 {
            format!("{}\u{a0}KB", octets / 1_000)
        } else {
            megabytes(EN, octets)
        }
    },
    head: "Head",
    envelope: "Sender of the envelope",
    download: "Download the mail (.eml)",
    unread: "What is in this mail is not shown here: reading it stopped the program. You can download it.",
    messages: MESSAGES,
};
