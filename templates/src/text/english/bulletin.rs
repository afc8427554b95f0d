//! The bulletin, in English.

use subscribers::Language::English as EN;

use super::{DATES, ITEMS, plural};
use crate::text::date::{capital, month_of};
use crate::text::number::counted;
use crate::text::{Bulletin, Plural, join};

const WORDS: [&str; 11] = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const MINUTES: Plural = plural("minute", "minutes");

pub(super) const BULLETIN: Bulletin = Bulletin {
    subject: |month, titles| {
        let month = month_of(EN, month);
        if titles.is_empty() {
            format!("{month} news and calendar")
        } else {
            format!("{month} news: {}", join(titles, " and "))
        }
    },
    preview: |items, dates, time| {
        let items = (items > 0).then(|| counted(EN, items, &WORDS, ITEMS));
        let dates = (dates > 0).then(|| counted(EN, dates, &WORDS, DATES));
        let counts: Vec<_> = items.into_iter().chain(dates).collect();
        let minutes = counted(EN, time.minutes(), &WORDS, MINUTES);
        let counts = if counts.is_empty() { "A short issue".to_owned() } else { join(&counts, " and ") };
        format!("{}. Reading takes {minutes}.", capital(&counts))
    },
    in_browser: "Read in a browser",
    places: |places| format!("In this issue: {}.", join(places, " and ")),
    one_minute: "If you have only a minute",
    contents: "In this issue",
    item_page: |title| format!("On the web: {title}"),
    calendar: |month| format!("{} calendar", month_of(EN, month)),
    correction: "Correction.",
    send_news_question: "Something missing here?",
    send_news_call: "Send us two sentences and a picture",
    why_before: "You receive this letter because ",
    why_after: |name| format!(" to “{}”.", name.nominative),
    leave: "Unsubscribe",
    empty: "No stories this time.",
};
