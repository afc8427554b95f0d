//! The reminder before an issue, in English.

use subscribers::Language::English as EN;

use crate::text::Reminder;
use crate::text::date::{month_of, until};

pub(super) const REMINDER: Reminder = Reminder {
    subject: |day, today, month| {
        format!("Your news for the {} issue, please, {}", month_of(EN, month), until(EN, day, today))
    },
    preview: "A few sentences and one picture are enough.",
    text: |name, month| {
        format!("We will soon put together the {} issue of “{}”.", month_of(EN, month), name.nominative)
    },
    how: "If something good is coming up or has happened in your area, reply to this letter: what, where and when, \
          in a few sentences, and one photo with its author's name.",
    nothing: "If there is nothing this month, all is well: no need to answer.",
    why: "You receive this reminder because you have sent us news.",
    leave: "No more reminders",
};
