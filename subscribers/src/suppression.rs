//! Addresses we never mail again, outliving any subscription; and what a bounce does.
//!
//! For now one hard bounce suppresses. Counting over issues comes with the sending policy.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One row of the suppression list. It is global: an address that does not exist exists for no publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    pub reason: SuppressionReason,
    pub at: DateTime<Utc>,
    /// The diagnostic or the editor's words.
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuppressionReason {
    /// A report that the address does not exist or has moved.
    HardBounce,
    /// The next server refused the recipient during the conversation with a 5.1.x code.
    Refused,
    Complaint,
    /// An editor said so.
    Editor,
    /// The person asked to be erased; only a hash of the address is kept.
    Erased,
}

impl SuppressionReason {
    pub const ALL: [SuppressionReason; 5] = [
        SuppressionReason::HardBounce,
        SuppressionReason::Refused,
        SuppressionReason::Complaint,
        SuppressionReason::Editor,
        SuppressionReason::Erased,
    ];

    pub fn name(self) -> &'static str {
        match self {
            SuppressionReason::HardBounce => "hard_bounce",
            SuppressionReason::Refused => "refused",
            SuppressionReason::Complaint => "complaint",
            SuppressionReason::Editor => "editor",
            SuppressionReason::Erased => "erased",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// May the person's own confirmation lift it, and may the mail that asks for one therefore still go there? Nothing
    /// else goes to a suppressed address, and after a complaint or an editor's word not even that.
    pub fn ends_with_a_confirmation(self) -> bool {
        match self {
            SuppressionReason::HardBounce | SuppressionReason::Refused | SuppressionReason::Erased => true,
            SuppressionReason::Complaint | SuppressionReason::Editor => false,
        }
    }
}

/// What a bounce report says about one recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounced {
    /// The address does not exist or has moved.
    Hard,
    /// Full, offline or slow: try again another month.
    Soft,
    /// Refused because of us: content, reputation, authentication.
    Policy,
    /// Delayed or delivered: not a failure.
    None,
    Unknown,
}

impl Bounced {
    pub fn name(self) -> &'static str {
        match self {
            Bounced::Hard => "hard",
            Bounced::Soft => "soft",
            Bounced::Policy => "policy",
            Bounced::None => "none",
            Bounced::Unknown => "unknown",
        }
    }
}

/// What a bounce that was matched to one of our deliveries does to the address.
pub fn after_bounce(bounced: Bounced) -> Option<SuppressionReason> {
    match bounced {
        Bounced::Hard => Some(SuppressionReason::HardBounce),
        Bounced::Soft | Bounced::Policy | Bounced::None | Bounced::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hard_bounce_suppresses() {
        assert_eq!(after_bounce(Bounced::Hard), Some(SuppressionReason::HardBounce));
        for bounced in [Bounced::Soft, Bounced::Policy, Bounced::None, Bounced::Unknown] {
            assert_eq!(after_bounce(bounced), None);
        }
    }

    #[test]
    fn a_confirmation_outweighs_what_happened_to_an_address_and_never_what_somebody_said() {
        let ends = SuppressionReason::ALL.map(SuppressionReason::ends_with_a_confirmation);
        assert_eq!(ends, [true, true, false, false, true]);
    }

    #[test]
    fn reasons_are_read_back_as_they_were_written() {
        for reason in SuppressionReason::ALL {
            assert_eq!(SuppressionReason::parse(reason.name()), Some(reason));
        }
    }
}
