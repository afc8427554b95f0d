//! Mails: a file per message. Each composes HTML and plain text from one view.
//!
//! One column without layout tables, complete with every style sheet and picture taken away; the first visible
//! line is what inboxes show as preview. Pages share nothing with this.

mod agreeing;
pub mod answer;
pub mod bulletin;
pub mod by_reply;
pub mod confirmation;
pub mod decided;
pub mod decision;
pub mod draft_ready;
mod frame;
pub mod held;
pub mod leave_link;
mod letter;
mod long_words;
pub mod look;
pub mod more_news;
pub mod moved;
pub mod new_address;
pub mod notice;
pub mod own;
mod plain;
#[cfg(test)]
pub(crate) use plain::SLOT_CHARACTERS;
pub mod private_receipt;
pub mod published;
pub mod question;
pub mod question_reminder;
pub mod reminder;
pub mod sign_in;
pub mod thanks;
pub mod too_large;
pub mod undone;
pub mod waiting;
pub mod welcome;

use crate::slot::{Segment, segments};

/// A finished mail. Only a bulletin has slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// One line, not yet encoded.
    pub subject: String,
    pub html: String,
    /// Lines of at most 72 characters, links longer; ends with a line feed.
    pub text: String,
}

impl Email {
    pub fn html_segments(&self) -> Vec<Segment<'_>> {
        segments(&self.html)
    }

    pub fn text_segments(&self) -> Vec<Segment<'_>> {
        segments(&self.text)
    }
}
