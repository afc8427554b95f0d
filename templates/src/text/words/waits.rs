//! A question that waits for its contributor's answer: the reminder, and the end of waiting.

use chrono::NaiveDate;

pub struct Waits {
    /// Why an item was put aside; stands in the item and on its contributor's page.
    pub reason: &'static str,
    /// Title.
    pub reminder_title: fn(&str) -> String,
    pub reminder_preview: &'static str,
    pub reminder: fn(&str) -> String,
    /// The day on which the item is put aside, and today.
    pub until: fn(NaiveDate, NaiveDate) -> String,
    /// Title.
    pub aside_title: fn(&str) -> String,
    pub aside_preview: &'static str,
    pub aside: fn(&str) -> String,
    pub comes_back: &'static str,
    /// On the contributor's page.
    pub page_aside: &'static str,
    /// Title, of what was taken back.
    pub aside_undone: fn(&str) -> String,
    /// To editors; when (a phrase).
    pub told_aside: fn(&str) -> String,
    /// At the desk: since when (a phrase), the day on which it is put aside, and today.
    pub since: fn(&str, NaiveDate, NaiveDate) -> String,
    /// The same day alone.
    pub desk_until: fn(NaiveDate, NaiveDate) -> String,
    /// Who did what the machine does.
    pub by_itself: &'static str,
}
