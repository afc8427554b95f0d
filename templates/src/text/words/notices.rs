//! Words of what editors are told about items, and of their answers to that by mail.

pub struct Notices {
    /// In a notice: how to decide by answering it.
    pub how_by_reply: &'static str,
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
}
