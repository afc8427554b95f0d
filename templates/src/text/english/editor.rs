//! Mails to editors, in English.

use issues::reading::WarningCode;
use subscribers::Language::English as EN;

use super::{DATES, ITEMS, PHOTOS, WARNINGS};
use crate::text::Editor;
use crate::text::date::{at, month_of};

pub(super) const EDITOR: Editor = Editor {
    notice_subject: |title| format!("New item: {title}"),
    notice_preview: |from, photos, warnings| {
        let mut parts = vec![format!("From: {from}")];
        if photos > 0 {
            parts.push(PHOTOS.count(EN, photos));
        }
        if warnings > 0 {
            parts.push(format!("{} to check", WARNINGS.count(EN, warnings)));
        }
        format!("Waiting for your decision. {}.", parts.join(", "))
    },
    from: "Sender",
    received: "Received",
    unknown: "unknown",
    unverified: "It cannot be verified that the sender is real. Telephone before you publish.",
    check: "To check",
    warning,
    when_and_where: "When and where: proposed from the letter",
    when: "Date and time",
    place: "Place",
    no_date: "We found no date in the letter.",
    text: "Text",
    empty_text: "The letter has no text.",
    byline: "Prepared by",
    photos: "Photos",
    photo_size: |width, height| format!("{width} × {height} pixels"),
    caption: |words| format!("caption: {words}"),
    no_credit: "no author given",
    documents: "Documents",
    decide: "Look and decide",
    link_is_yours: "This link is for you alone. Please do not forward it.",
    held_subject: |month| format!("The {} issue is held", month_of(EN, month)),
    held_preview: "Nothing has been sent to readers. What is missing is below.",
    held: |year, month| {
        format!("The {} {year} issue will not go out while something is missing.", month_of(EN, month))
    },
    missing: "What is missing",
    held_next: "When it has been added, the issue will be put together again.",
    draft_subject: |month, items, dates| {
        format!(
            "The {} issue is ready: {}, {}",
            month_of(EN, month),
            ITEMS.count(EN, items),
            DATES.count(EN, dates)
        )
    },
    draft_preview: |findings| match findings {
        0 => "All is well. The issue is waiting for your approval.".to_owned(),
        n => format!("{} to check. The issue is waiting for your approval.", WARNINGS.count(EN, n)),
    },
    draft: |year, month, number, running| {
        format!(
            "The {} {year} issue, No.\u{a0}{number} ({running}), has been put together.",
            month_of(EN, month)
        )
    },
    draft_items: "Stories in the issue",
    draft_dates: |dates| format!("In the calendar: {}.", DATES.count(EN, dates)),
    findings: "To check",
    no_findings: "We found nothing to mend.",
    sends_at: |time, today| format!("Once approved, the issue goes out {}.", at(EN, time, today)),
    not_without_you: "Nothing goes out without your approval.",
    more_news_subject: |n| format!("From one sender: {} more", ITEMS.count(EN, n)),
    more_news_preview: "All of it is in the queue; there was no notice about each.",
    more_news: |n| {
        format!(
            "So much came from one sender in a short time that we sent no notice about each. Added to the queue: {}.",
            ITEMS.count(EN, n)
        )
    },
    more_news_command: "See what is waiting",
    large_subject: "A letter too large was left in the mailbox",
    large_preview: "The letter is not lost, but we did not read its contents.",
    large: |size, limit| {
        format!("The letter has {size}, and we accept up to {limit}. It is in the mailbox, untouched.")
    },
    large_next: "Ask the sender for smaller pictures, or look at the letter in the mailbox.",
    subject: "Subject",
    no_subject: "no subject",
    answer_preview: |name| format!("The editors of “{name}” answer your letter."),
    your_letter: "You wrote",
};

fn warning(code: WarningCode) -> &'static str {
    match code {
        WarningCode::PrivateNote => "A note that is not for publication was left out of the text.",
        WarningCode::PhotoMissing => "A photo is credited, but none came.",
        WarningCode::MissingCredit => "The letter does not say who took a photo.",
        WarningCode::SeveralItems => "This looks like several pieces of news in one letter.",
        WarningCode::Empty => "There is no text and no attachment.",
        WarningCode::DateInFuture => "The letter is dated in the future.",
        WarningCode::ManyRecipients => "The letter went to many people.",
        WarningCode::SeveralAuthors => "The letter names several senders.",
        WarningCode::DamagedMime => "The letter is damaged. Compare with what was received.",
        WarningCode::TooManyParts => "The letter has very many parts, and some were not read.",
        WarningCode::NestedMessages => {
            "The letter holds other letters in layers, and the deepest were not read."
        }
        WarningCode::TextCut => "The text is very long, and its end was not read.",
        WarningCode::CharsetGuessed => "The letters were not declared rightly. Check the accents.",
        WarningCode::CharsetDamaged => "Some letters could not be read. Check the text.",
        WarningCode::DocumentUnread => "A document could not be read whole. Open it in what was received.",
        WarningCode::Unanswerable => "We cannot answer the sender: this address takes no answers.",
        WarningCode::AttachmentsUnread => "The attachments could not be read. They are in what was received.",
    }
}
