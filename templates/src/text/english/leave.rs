//! Leaving, in English.

use crate::text::Leave;

pub(super) const LEAVE: Leave = Leave {
    mail_subject: |name| format!("Unsubscribing from “{}”", name.nominative),
    mail_preview: "One more step: confirm, and we will not write again.",
    mail_text: |name| {
        format!(
            "We received a letter saying that you no longer wish to receive “{}”. So that nobody can unsubscribe \
             in your place, please confirm.",
            name.nominative
        )
    },
    mail_not_me: "If you did not ask for this, do nothing: everything stays as it is.",
    title: |name| format!("Unsubscribe from “{}”", name.nominative),
    address: |masked| format!("Address: {masked}"),
    button: "Unsubscribe",
    stay: "If you want to stay, close this page. Nothing will change.",
    done_title: "We will not write again",
    done: "Thank you for reading!",
    undo: "That was a mistake – keep me subscribed",
    undone_title: "You are still a reader",
    undone: "The next issue will come by e-mail as before.",
    reminder_title: "No more reminders",
    reminder_text: |name| {
        format!(
            "The editors of “{}” will not send you reminders any more, neither monthly nor about a question of theirs. You can still send news.",
            name.nominative
        )
    },
    reminder_button: "No more reminders",
    reminder_done_title: "We will not remind you again",
    reminder_done: "Your news and pictures are still welcome.",
};
