//! What a contributor is told of her news, in English.

use subscribers::Language::English as EN;

use crate::text::Decision;
use crate::text::date::month_of;

pub(super) const DECISION: Decision = Decision {
    approved_title: |month| format!("Your news will be in the {} issue", month_of(EN, month)),
    approved_preview: "Thank you for sharing! We will write when the issue has gone out.",
    approved: |title, year, month| format!("“{title}” will be in the {} {year} issue.", month_of(EN, month)),
    if_changed: "If anything changes before then, reply to this letter and we will correct it.",
    rejected_title: |title| format!("About your news “{title}”"),
    rejected_preview: "We will not publish your news this time. The reason is below.",
    rejected: |title| format!("Thank you for sending “{title}”. We will not publish it this time."),
    reason: "Reason",
    if_clarify: "If you want to clarify or add something, reply to this letter.",
    postponed_title: |month| format!("Your news has moved to the {} issue", month_of(EN, month)),
    postponed_preview: "Your news is not lost: we will look at it for the next issue.",
    postponed: |title, year, month| {
        format!("We will look at “{title}” for the {} {year} issue.", month_of(EN, month))
    },
    nothing_to_do: "There is nothing you need to do. If anything changes, reply to this letter.",
    published_title: "Your news is published",
    published_preview: |month| {
        format!("The {} issue has gone out to readers. Thank you for sharing!", month_of(EN, month))
    },
    published: |title, year, month| {
        format!(
            "“{title}” is in the {} {year} issue. You are welcome to pass the link on.",
            month_of(EN, month)
        )
    },
    published_link: "See your news in a browser",
    question_title: |title| format!("A question about your news “{title}”"),
    question_preview: "A reply to this letter is enough. Your news is waiting for your answer.",
    question: "Question",
    question_reply: "Please reply to this letter.",
    untitled: "untitled",
};
