//! Why a message is in quarantine: nothing could be read of it, or its sender is not taken in. Kept as data, and said in
//! English to programs.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Unreadable {
    Empty,
    /// The parser gave up.
    Damaged,
    /// Neither a header nor text.
    NoMail,
    /// Messages inside one another.
    Nested {
        messages: u64,
        most: u64,
    },
    /// In octets; only the head of it came.
    TooLarge {
        size: u64,
        limit: u64,
    },
    FailedThrice,
    Erased,
    /// It can be read; an editor takes nothing more from its sender.
    Blocked,
    /// A reason of another version.
    #[serde(other)]
    Unknown,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Empty => f.write_str("the message is empty"),
            Unreadable::Damaged => f.write_str("the parser gave up on its structure"),
            Unreadable::NoMail => f.write_str("there is no header and no text in it"),
            Unreadable::Nested { messages, most } => {
                write!(f, "{messages} messages inside one another, more than {most}")
            }
            Unreadable::TooLarge { size, limit } => {
                write!(f, "{size} bytes: larger than {limit}; left on the server, only its head is here")
            }
            Unreadable::FailedThrice => f.write_str("reading it failed three times"),
            Unreadable::Erased => f.write_str("erased at the person's wish"),
            Unreadable::Blocked => f.write_str("this sender is blocked"),
            Unreadable::Unknown => f.write_str("unreadable"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_back_as_it_was_kept_and_a_strange_one_is_unknown() {
        let kept = |reason: Unreadable| serde_json::to_string(&reason).unwrap();
        let large = Unreadable::TooLarge { size: 60, limit: 50 };
        assert_eq!(kept(large), r#"{"why":"too_large","size":60,"limit":50}"#);
        for reason in [
            Unreadable::Empty,
            Unreadable::Damaged,
            Unreadable::NoMail,
            Unreadable::Nested { messages: 5000, most: 100 },
            large,
            Unreadable::FailedThrice,
            Unreadable::Erased,
            Unreadable::Blocked,
        ] {
            assert_eq!(serde_json::from_str::<Unreadable>(&kept(reason)).unwrap(), reason);
        }
        assert_eq!(serde_json::from_str::<Unreadable>(r#"{"why":"x"}"#).unwrap(), Unreadable::Unknown);
    }
}
