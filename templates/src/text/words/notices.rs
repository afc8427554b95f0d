//! Words of what editors are told about items, and of their answers to that by mail.

pub struct Notices {
    /// In a notice: how to decide by answering it.
    pub how_by_reply: &'static str,
    /// The contributor's answer to a question, or more about the item; a title.
    pub answer_subject: fn(&str) -> String,
    pub addition_subject: fn(&str) -> String,
    /// Who wrote, and the beginning of what.
    pub answer_preview: fn(&str, &str) -> String,
    pub asked: &'static str,
    pub answer: &'static str,
    pub addition: &'static str,
    pub wordless: &'static str,
    /// By whom, who is not the contributor.
    pub by_another: fn(&str) -> String,
    /// What makes a decision late without being one, and when.
    pub answer_came: fn(&str) -> String,
    pub answer_came_title: &'static str,
    /// Nobody's name is known; when.
    pub changed_by_itself: fn(&str) -> String,
    /// The subject of an answer, of the one that is answered.
    pub again: fn(&str) -> String,
    pub decided_preview: &'static str,
    pub undecided_preview: &'static str,
    pub lacking: &'static str,
    pub title_lacks: &'static str,
    pub text_lacks: &'static str,
    /// With the number of the photo.
    pub photo_lacks: fn(usize) -> String,
    pub day_lacks: &'static str,
    pub no_reason: &'static str,
    pub reason_too_long: &'static str,
    pub unclear: &'static str,
    pub settled: &'static str,
    /// What she wrote further is among the letters.
    pub kept_as_letter: &'static str,
    /// By which channel; `None` where that says nothing.
    pub how: fn(&str) -> Option<&'static str>,
    pub told_preview: &'static str,
    /// Who and when.
    pub undone: fn(&str, &str) -> String,
    pub withdrawn: fn(&str) -> String,
    /// The state that an item has again.
    pub again_in: fn(&str) -> String,
    /// So much came from many senders in an hour that notices stopped.
    pub flood_subject: fn(usize) -> String,
    pub flood: fn(usize) -> String,
    /// Items, and the days of the oldest.
    pub waiting_subject: fn(usize, usize) -> String,
    pub waiting_preview: &'static str,
    pub waiting: fn(usize, usize) -> String,
    /// Title and days.
    pub waits: fn(&str, usize) -> String,
    pub and_more: fn(usize) -> String,
    pub letters_too: fn(usize) -> String,
    pub nothing_to_do: &'static str,
    pub many_subject: fn(usize) -> String,
    pub many_preview: &'static str,
}
