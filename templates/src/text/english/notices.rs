use super::{EN, ITEMS};
use crate::text::Plural;
use crate::text::words::notices::Notices;

const DAYS: Plural = Plural { zero: "days", one: "day", other: "days" };
const LETTERS: Plural = Plural { zero: "letters", one: "letter", other: "letters" };

pub(super) const NOTICES: Notices = Notices {
    how_by_reply: "You can also decide by answering this mail: write “approve” or “reject: reason” in the first line.",
    answer_subject: |title| format!("Answer about the item “{title}”"),
    addition_subject: |title| format!("Addition to the item “{title}”"),
    answer_preview: |who, words| format!("{who}: {words}"),
    asked: "Question",
    answer: "Answer",
    addition: "Addition",
    wordless: "There are no new words in the mail.",
    by_another: |who| format!("This was written by somebody else, not by the contributor: {who}."),
    answer_came: |when| format!("An answer about this item has come in the meantime: {when}."),
    answer_came_title: "An answer about the item has come",
    changed_by_itself: |when| format!("This item has changed in the meantime: {when}."),
    again: |subject| format!("Re: {subject}"),
    decided_preview: "Your decision is kept. If you think better of it, undo it at the desk.",
    undecided_preview: "Nothing was changed. We say below why.",
    lacking: "This item cannot be approved yet. It lacks:",
    title_lacks: "a title",
    text_lacks: "a text",
    photo_lacks: |number| format!("a description of photo {number}"),
    day_lacks: "a chosen day: the weekday and the date contradict each other",
    no_reason: "A rejection needs a reason, which we send to the contributor. Please answer the notice once more and write \
         “reject: reason” in the first line.",
    reason_too_long: "The reason is too long: at most 2,000 characters.",
    unclear: "We did not understand what you decided: the first line begins like a decision and goes on otherwise. Please \
         answer the notice once more with only “approve” or “reject: reason” in the first line, or decide on the page.",
    settled: "This item cannot be changed any more.",
    kept_as_letter: "The rest of what you wrote is among the letters at the desk.",
    how: |channel| match channel {
        "desk" => Some("It was done at the desk."),
        "mail" => Some("It was done by mail."),
        "link" => Some("It was done by the link of a mail."),
        "command" => Some("It was done on the command line."),
        _ => None,
    },
    told_preview: "For your information: this item was decided on while it waited for you.",
    undone: |who, when| format!("The decision on this item was taken back by {who}, {when}."),
    withdrawn: |when| format!("The contributor withdrew this item, {when}."),
    again_in: |state| format!("The item is again as it was before. State: {state}."),
    flood_subject: |n| format!("Unusually much news: {n} more"),
    flood: |n| {
        format!(
            "So much came from different senders in a short while that we did not write about each item. In the queue \
             there are {n} more."
        )
    },
    waiting_subject: |n, days| {
        format!("{} waiting, the oldest for {}", ITEMS.count(EN, n), DAYS.count(EN, days))
    },
    waiting_preview: "Those who sent it hope for an answer. A phone is enough to decide.",
    waiting: |n, days| {
        format!(
            "Waiting for your decision: {}. The oldest has waited for {}.",
            ITEMS.count(EN, n),
            DAYS.count(EN, days)
        )
    },
    waits: |title, days| match days {
        0 => format!("“{title}”"),
        _ => format!("“{title}”, for {}", DAYS.count(EN, days)),
    },
    and_more: |n| format!("And {n} more."),
    letters_too: |n| format!("Readers wait for an answer as well: {}.", LETTERS.count(EN, n)),
    nothing_to_do: "You need not do anything.",
    many_subject: |n| format!("Others decided on {n} items"),
    many_preview: "We did not write about each of them; all are in this list.",
};
