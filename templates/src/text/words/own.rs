//! Words of what is a reader's own: how she gets to it, and the mail with the link.

use crate::text::Name;

pub struct Own {
    pub title: &'static str,
    pub how: &'static str,
    /// With the address, masked.
    pub button: fn(&str) -> String,
    pub said_sent: fn(&str) -> String,
    /// Before the address of the editors.
    pub said_not: &'static str,
    pub mail_subject: &'static str,
    pub mail_preview: &'static str,
    /// When somebody asked (a phrase), and the name.
    pub mail_asked: fn(&str, &Name) -> String,
    pub mail_button: &'static str,
    pub mail_valid: &'static str,
    pub mail_ignore: &'static str,
}
