use subscribers::Language::English as EN;

use crate::text::date::on_day;
use crate::text::words::waits::Waits;

pub(super) const WAITS: Waits = Waits {
    reason: "The editors' question was not answered.",
    reminder_title: |title| format!("Still waiting for your answer about “{title}”"),
    reminder_preview: "We remind you only once. A reply to this mail is enough.",
    reminder: |title| format!("Some time ago we asked you about “{title}”. Perhaps our mail was overlooked?"),
    until: |day, today| {
        format!(
            "If there is no answer, we will put it aside {}. You can still answer later, and we will look at it then.",
            on_day(EN, day, today)
        )
    },
    aside_title: |title| format!("“{title}” is put aside for now"),
    aside_preview: "We had no answer from you. If you still write, we will look at it.",
    aside: |title| {
        format!(
            "Thank you for sending us “{title}”. We asked you about it and had no answer, so we put it aside for now."
        )
    },
    comes_back: "It is not lost: whenever you reply to this mail, we will look at it again.",
    page_aside: "We had no answer to our question, so we put your news aside for now. When you answer, we will look at it \
                 again.",
    aside_undone: |title| format!("We wrote that “{title}” was put aside. We took that decision back."),
    told_aside: |when| {
        format!(
            "The contributor did not answer the question, so this item was put aside: {when}. If an answer still comes, \
             it will be back in the queue."
        )
    },
    since: |since, day, today| {
        format!("Asked {since}. Without an answer it is put aside {}.", on_day(EN, day, today))
    },
    desk_until: |day, today| format!("Without an answer it is put aside {}.", on_day(EN, day, today)),
    by_itself: "without an editor",
};
