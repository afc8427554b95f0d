//! Words of whence a reader came, and of taking back at the desk that she goes.

use subscribers::Source;

use crate::text::Name;

pub struct SourceWords {
    /// Whose doing it was, with the day as [`crate::text::date::since`] says it; goes on with the name of the bulletin.
    pub why: fn(Source, &str) -> String,
    pub welcome_subject: fn(&Name) -> String,
    pub welcome_preview: &'static str,
    /// By the editor of this name, where there is one.
    pub welcome_added: fn(&Name, Option<&str>) -> String,
    pub welcome_consent: &'static str,
    pub welcome_leave: &'static str,
    /// By which way something was said, from what the history of the consent keeps; `None` for a way without words.
    pub channel: fn(&str) -> Option<&'static str>,
    /// Who ended the subscription, and when.
    pub stopped: fn(&str, &str) -> String,
    pub stop_undone: &'static str,
    pub stop_stays: &'static str,
}

impl SourceWords {
    /// “ar veidlapu, 203.0.113.0/24”: the way in words, and from where as it was kept. A way without words is shown as it
    /// is.
    pub(crate) fn how(&self, channel: &str, origin: &str) -> String {
        let channel = (self.channel)(channel).unwrap_or(channel);
        let parts = [channel, origin];
        parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ")
    }
}
