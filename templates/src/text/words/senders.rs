//! The sender of an item, a letter or a mail: what else she sent, and taking nothing more from her.

pub struct Senders {
    pub sender: &'static str,
    pub block: &'static str,
    pub block_how: &'static str,
    /// By whom and when (a phrase).
    pub blocked: fn(&str, &str) -> String,
    pub blocked_how: &'static str,
    pub unblock: &'static str,
    /// Why there is no button.
    pub unsure: &'static str,
    pub said_blocked: &'static str,
    pub said_unblocked: &'static str,
    /// Why a mail is in quarantine.
    pub why_here: &'static str,
    /// In quarantine: the list of them, with how many.
    pub list: fn(usize) -> String,
    /// An address that is erased.
    pub erased: &'static str,
    /// In “my data”: since when (a phrase).
    pub mine: fn(&str) -> String,
    /// Other items of the same sender: those that wait, and the rest; with how many there are.
    pub waiting: fn(usize) -> String,
    pub earlier: fn(usize) -> String,
}
