//! Deciding about an item, in English.

use crate::text::Desk;

pub(super) const DESK: Desk = Desk {
    title: "Decide on an item",
    headline: "Title",
    text: "Text",
    dates: "Date and time",
    proposal: "proposed",
    in_text: |words| format!("In the text: “{words}”."),
    place: "Place",
    photo: |n, of| {
        if of == 1 { "Photo".to_owned() } else { format!("Photo {n} of {of}") }
    },
    gps_removed: "Location (GPS) removed.",
    alt: "Description for those who cannot see",
    alt_hint: "As you would tell it on the telephone, one sentence.",
    alt_missing: "Write what the picture shows. Without a description the item cannot be approved.",
    caption: "Caption",
    credit: "Photo by",
    credit_missing: "Not known. You can ask the contributor.",
    letter: "The letter as received",
    question: "Question to the contributor",
    question_hint: "Needed only if you press “Ask”. We will send it by e-mail.",
    question_missing: "Write what to ask.",
    nobody_to_ask: "Nobody can be asked: we do not know the contributor’s address, or must not write to it.",
    reason: "Reason for declining",
    reason_hint: "Needed only if you press “Decline”. We will send it to the contributor.",
    reason_missing: "Write the reason. We will send it to the contributor.",
    title_missing: "Write a title.",
    text_missing: "Write the text.",
    title_too_long: "A title has at most 140 characters.",
    text_too_long: "A text has at most 20,000 characters.",
    words_too_long: "At most 2,000 characters fit here.",
    approve: "Approve",
    ask: "Ask",
    postpone: "Postpone",
    reject: "Decline",
    decision: "Decision",
    says_alt: |n| match n {
        1 => "A picture still has no description.".to_owned(),
        n => format!("{n} pictures still have no description."),
    },
    says_ready: "Approving also confirms what is proposed.",
    says_sender: "By approving you state that the sender has been verified.",
    state: "State",
    not_saved: "The decision is not saved yet. Please check what is marked.",
    said_approved: |title| format!("“{title}” is approved."),
    said_asked: |title| format!("The question about “{title}” has been sent."),
    said_postponed: |title| format!("“{title}” is postponed to the next issue."),
    said_rejected: |title| format!("“{title}” is declined. The contributor will receive the reason."),
    said_changed: |title| format!("“{title}” is saved."),
    said_quietly: |title, state| {
        format!(
            "“{title}”: {}. The contributor will not be told: we do not know the address, or must not write to it.",
            state.to_lowercase()
        )
    },
    already_approved: |who, when| format!("This item has already been approved: {who}, {when}."),
    already_asked: |who, when| format!("A question has already been asked: {who}, {when}."),
    already_postponed: |who, when| format!("This item has already been postponed: {who}, {when}."),
    already_rejected: |who, when| format!("This item has already been declined: {who}, {when}."),
    already_changed: |who, when| format!("This item was changed in the meantime: {who}, {when}."),
    already_title: "This item has already been decided",
    nothing_changed: "Your decision has not been saved.",
    typed_kept: "What you typed is below. Deciding again decides on the item as it is now.",
    look_again: "Look at the item again",
};
