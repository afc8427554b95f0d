//! Why a reader has not got a letter, as far as the ledger and the server's answer tell: for people, who read sentences
//! and not codes.

use super::Abandoned;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    NoMailbox,
    Full,
    /// The receiver's rules, or a list of its making, keep it out.
    Policy,
    /// The receiver asked to wait.
    Busy,
    Other,
    /// The line broke before an answer came.
    BrokenOff,
    /// Accepted, and a report came back later.
    CameBack,
    Abandoned(Abandoned),
}

impl Because {
    /// From the words of the ledger; `None` where there is nothing to explain. `reason` of a refusal is not empty where
    /// the mailbox is not there.
    pub fn of(state: &str, reason: &str, reply: &str, came_back: bool) -> Option<Self> {
        match state {
            "accepted" => came_back.then_some(Because::CameBack),
            "deferred" if says_full(reply) => Some(Because::Full),
            "deferred" => Some(Because::Busy),
            "refused" if !reason.is_empty() => Some(Because::NoMailbox),
            "refused" if says_full(reply) => Some(Because::Full),
            "refused" if class(reply).is_some_and(|code| code.starts_with("5.7.")) => Some(Because::Policy),
            "refused" => Some(Because::Other),
            "uncertain" => Some(Because::BrokenOff),
            "abandoned" => {
                Abandoned::ALL.into_iter().find(|why| why.name() == reason).map(Because::Abandoned)
            }
            _ => None,
        }
    }
}

/// RFC 3463 section 3.3, and the words of those who give no enhanced code.
fn says_full(reply: &str) -> bool {
    let words = reply.to_ascii_lowercase();
    class(reply).is_some_and(|code| code.ends_with(".2.2"))
        || ["mailbox full", "mailbox is full", "over quota", "quota exceeded"]
            .iter()
            .any(|of| words.contains(of))
}

/// The enhanced status code, `5.2.2`.
fn class(reply: &str) -> Option<&str> {
    let code = reply.get(4..)?.split([' ', '-']).next()?;
    let parts: Vec<&str> = code.split('.').collect();
    let number =
        |part: &&str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(number)).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_answers_is_said_in_few_kinds() {
        for (state, reason, reply, came_back, wanted) in [
            ("accepted", "", "250 2.0.0 Ok", false, None),
            ("accepted", "", "250 2.0.0 Ok", true, Some(Because::CameBack)),
            ("refused", "recipient_gone", "550 5.1.1 no such user", false, Some(Because::NoMailbox)),
            ("refused", "", "552 5.2.2 too much in it", false, Some(Because::Full)),
            ("refused", "", "552 Mailbox full", false, Some(Because::Full)),
            ("refused", "", "550 5.7.1 not wanted", false, Some(Because::Policy)),
            ("refused", "", "554 no", false, Some(Because::Other)),
            ("refused", "", "ž", false, Some(Because::Other)),
            ("deferred", "", "452 4.2.2 full", false, Some(Because::Full)),
            ("deferred", "", "451 4.7.1 later", false, Some(Because::Busy)),
            ("uncertain", "", "", false, Some(Because::BrokenOff)),
            ("abandoned", "left", "", false, Some(Because::Abandoned(Abandoned::Left))),
            ("queued", "", "", false, None),
        ] {
            assert_eq!(Because::of(state, reason, reply, came_back), wanted, "{state} {reply}");
        }
    }
}
