//! The frame of the desk, and signing in.

use crate::text::Name;

pub struct Room {
    pub desk: &'static str,
    pub queue: &'static str,
    pub issue: &'static str,
    pub readers: &'static str,
    pub letters: &'static str,
    /// After a number, for those who do not see its shape.
    pub waiting: &'static str,
    pub recent: &'static str,
    pub all_decisions: &'static str,
    pub moments: &'static str,
    pub keys: &'static str,
    pub signed_in: fn(&str) -> String,
    pub sign_out: &'static str,
    pub sign_in: &'static str,
    pub sign_in_how: &'static str,
    pub your_address: &'static str,
    pub no_address: &'static str,
    pub send_link: &'static str,
    pub look_in_mail: &'static str,
    pub link_sent: &'static str,
    pub link_lives: &'static str,
    pub only_button: &'static str,
    pub enter: &'static str,
    pub link_over: &'static str,
    pub link_over_how: &'static str,
    pub new_link: &'static str,
    pub sessions: &'static str,
    pub sessions_how: &'static str,
    pub some_browser: &'static str,
    pub this_browser: &'static str,
    /// Two moments.
    pub since_until: fn(&str, &str) -> String,
    pub end_session: &'static str,
    pub session_ended: &'static str,
    pub mail_subject: fn(&Name) -> String,
    pub mail_preview: &'static str,
    pub mail_text: &'static str,
    pub mail_not_me: &'static str,
}
