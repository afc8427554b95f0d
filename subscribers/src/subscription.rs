//! One person's subscription to one publication, and when we may mail it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Source, SuppressionReason};

/// The life of a subscription. Transitions consume the value and may refuse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SubscriptionState {
    /// Asked for, and not yet confirmed by the person who reads the mailbox.
    Pending {
        requested_at: DateTime<Utc>,
    },
    Confirmed {
        at: DateTime<Utc>,
        how: String,
    },
    Unsubscribed {
        at: DateTime<Utc>,
        how: String,
    },
    /// Mail to the address fails or must not be sent; the reason is on the suppression list as well.
    Suppressed {
        at: DateTime<Utc>,
        why: SuppressionReason,
    },
}

/// The step does not exist from where the subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a subscription that is {from} cannot be {step}")]
pub struct InvalidTransition {
    pub from: &'static str,
    pub step: &'static str,
}

/// A language of frames and pages, as ISO 639-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[serde(rename = "lv")]
    Latvian,
    #[serde(rename = "en")]
    English,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::Latvian, Language::English];

    pub fn code(self) -> &'static str {
        match self {
            Language::Latvian => "lv",
            Language::English => "en",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

impl SubscriptionState {
    pub fn name(&self) -> &'static str {
        match self {
            SubscriptionState::Pending { .. } => "pending",
            SubscriptionState::Confirmed { .. } => "confirmed",
            SubscriptionState::Unsubscribed { .. } => "unsubscribed",
            SubscriptionState::Suppressed { .. } => "suppressed",
        }
    }

    /// Whose doing it was that she is a reader; her own where she is none.
    pub fn source(&self) -> Source {
        match self {
            SubscriptionState::Confirmed { how, .. } => Source::of(how),
            SubscriptionState::Pending { .. }
            | SubscriptionState::Unsubscribed { .. }
            | SubscriptionState::Suppressed { .. } => Source::Own,
        }
    }

    /// The first wish of a person we did not know.
    pub fn requested(at: DateTime<Utc>) -> Self {
        SubscriptionState::Pending { requested_at: at }
    }

    /// An editor brings the consent that a person gave elsewhere; `before` is how the subscription stands, if there is
    /// one. It takes the place of the confirmation that is waited for, and never outweighs a goodbye.
    ///
    /// # Errors
    /// The person has left, or the address is suppressed.
    pub fn add(before: Option<Self>, at: DateTime<Utc>, how: &str) -> Result<Self, InvalidTransition> {
        match before {
            None | Some(SubscriptionState::Pending { .. }) => {
                Ok(SubscriptionState::Confirmed { at, how: how.to_owned() })
            }
            Some(confirmed @ SubscriptionState::Confirmed { .. }) => Ok(confirmed),
            Some(
                refused @ (SubscriptionState::Unsubscribed { .. } | SubscriptionState::Suppressed { .. }),
            ) => Err(InvalidTransition { from: refused.name(), step: "added" }),
        }
    }

    /// A person asks again by form or mail. A confirmed subscription stays as it is; every other waits for a
    /// new confirmation, also a suppressed one: the person's own confirmation lifts the suppression.
    pub fn request(self, at: DateTime<Utc>) -> Self {
        match self {
            confirmed @ SubscriptionState::Confirmed { .. } => confirmed,
            SubscriptionState::Pending { .. }
            | SubscriptionState::Unsubscribed { .. }
            | SubscriptionState::Suppressed { .. } => SubscriptionState::Pending { requested_at: at },
        }
    }

    /// The person presses the button in the confirmation mail. Pressing it twice is no error.
    ///
    /// # Errors
    /// A subscription that has been left or suppressed since must be asked for anew.
    pub fn confirm(self, at: DateTime<Utc>, how: &str) -> Result<Self, InvalidTransition> {
        match self {
            SubscriptionState::Pending { .. } => Ok(SubscriptionState::Confirmed { at, how: how.to_owned() }),
            confirmed @ SubscriptionState::Confirmed { .. } => Ok(confirmed),
            refused @ (SubscriptionState::Unsubscribed { .. } | SubscriptionState::Suppressed { .. }) => {
                Err(InvalidTransition { from: refused.name(), step: "confirmed" })
            }
        }
    }

    /// The person leaves. Possible from everywhere, and leaving twice keeps the first moment.
    pub fn leave(self, at: DateTime<Utc>, how: &str) -> Self {
        match self {
            left @ SubscriptionState::Unsubscribed { .. } => left,
            SubscriptionState::Pending { .. }
            | SubscriptionState::Confirmed { .. }
            | SubscriptionState::Suppressed { .. } => {
                SubscriptionState::Unsubscribed { at, how: how.to_owned() }
            }
        }
    }

    /// The address is put on the suppression list. A person who left stays left.
    pub fn suppress(self, at: DateTime<Utc>, why: SuppressionReason) -> Self {
        match self {
            left @ SubscriptionState::Unsubscribed { .. } => left,
            suppressed @ SubscriptionState::Suppressed { .. } => suppressed,
            SubscriptionState::Pending { .. } | SubscriptionState::Confirmed { .. } => {
                SubscriptionState::Suppressed { at, why }
            }
        }
    }

    /// An editor lifts a suppression with a reason. Someone who has confirmed once is a reader again, since then and by
    /// that way; `None` stands for someone who never did, who waits for the confirmation as after a wish.
    pub fn lift(self, confirmed: Option<(DateTime<Utc>, &str)>, at: DateTime<Utc>) -> Self {
        match self {
            SubscriptionState::Suppressed { .. } => match confirmed {
                Some((since, how)) => SubscriptionState::Confirmed { at: since, how: how.to_owned() },
                None => SubscriptionState::Pending { requested_at: at },
            },
            other @ (SubscriptionState::Pending { .. }
            | SubscriptionState::Confirmed { .. }
            | SubscriptionState::Unsubscribed { .. }) => other,
        }
    }

    /// An editor lifts a suppression with a reason, or undoes a leaving the person regretted.
    ///
    /// # Errors
    /// Only what was suppressed or left can come back.
    pub fn restore(self, at: DateTime<Utc>, how: &str) -> Result<Self, InvalidTransition> {
        match self {
            SubscriptionState::Unsubscribed { .. } | SubscriptionState::Suppressed { .. } => {
                Ok(SubscriptionState::Confirmed { at, how: how.to_owned() })
            }
            refused @ (SubscriptionState::Pending { .. } | SubscriptionState::Confirmed { .. }) => {
                Err(InvalidTransition { from: refused.name(), step: "restored" })
            }
        }
    }
}

/// Why an issue must not go to an address. Invariant 1 of ARCHITECTURE.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotMailable {
    #[error("the subscription is not confirmed")]
    Unconfirmed,
    #[error("the reader has left")]
    Left,
    #[error("the address is suppressed")]
    Suppressed,
}

/// May an issue go to this subscription now? The store asks in SQL to choose rows; this decides.
///
/// # Errors
/// The reason why not.
pub fn may_mail(state: &SubscriptionState, suppressed: bool) -> Result<(), NotMailable> {
    match state {
        SubscriptionState::Pending { .. } => Err(NotMailable::Unconfirmed),
        SubscriptionState::Unsubscribed { .. } => Err(NotMailable::Left),
        SubscriptionState::Suppressed { .. } => Err(NotMailable::Suppressed),
        SubscriptionState::Confirmed { .. } if suppressed => Err(NotMailable::Suppressed),
        SubscriptionState::Confirmed { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    #[derive(Debug, Clone, Copy)]
    enum Step {
        Request,
        Confirm,
        Leave,
        Suppress,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step =
            prop_oneof![Just(Step::Request), Just(Step::Confirm), Just(Step::Leave), Just(Step::Suppress)];
        proptest::collection::vec(step, 0..12)
    }

    proptest! {
        /// Whatever happens in whatever order, mail goes only to someone whose last word was a confirmation.
        #[test]
        fn only_a_confirmation_after_the_last_goodbye_makes_mailable(steps in steps()) {
            let mut state = SubscriptionState::Pending { requested_at: at(0) };
            let mut agreed = false;
            for (second, step) in (1..).zip(steps) {
                match step {
                    Step::Request => state = state.request(at(second)),
                    Step::Confirm => {
                        let pending = matches!(state, SubscriptionState::Pending { .. });
                        if let Ok(next) = state.clone().confirm(at(second), "mail") {
                            state = next;
                            agreed |= pending;
                        }
                    }
                    Step::Leave => { state = state.leave(at(second), "one-click"); agreed = false; }
                    Step::Suppress => {
                        state = state.suppress(at(second), SuppressionReason::HardBounce);
                        agreed = false;
                    }
                }
            }
            prop_assert_eq!(may_mail(&state, false).is_ok(), agreed);
            prop_assert!(may_mail(&state, true).is_err());
        }
    }

    #[test]
    fn an_old_confirmation_link_does_not_bring_back_someone_who_left() {
        let left = SubscriptionState::Pending { requested_at: at(0) }.leave(at(1), "mail");
        let refused = left.confirm(at(2), "mail").unwrap_err();
        assert_eq!(refused.to_string(), "a subscription that is unsubscribed cannot be confirmed");
    }

    #[test]
    fn a_consent_from_elsewhere_confirms_and_never_outweighs_a_goodbye() {
        let added = SubscriptionState::add(None, at(3), "command").unwrap();
        assert_eq!(added, SubscriptionState::Confirmed { at: at(3), how: "command".into() });
        let waiting = SubscriptionState::requested(at(0));
        assert_eq!(SubscriptionState::add(Some(waiting.clone()), at(3), "command").unwrap(), added);
        assert_eq!(SubscriptionState::add(Some(added.clone()), at(9), "import").unwrap(), added);
        for gone in [waiting.clone().leave(at(1), "mail"), waiting.suppress(at(1), SuppressionReason::Editor)]
        {
            assert_eq!(SubscriptionState::add(Some(gone), at(3), "import").unwrap_err().step, "added");
        }
    }

    #[test]
    fn lifting_makes_a_reader_only_of_one_who_has_confirmed() {
        let suppressed = SubscriptionState::requested(at(0)).suppress(at(1), SuppressionReason::HardBounce);
        assert!(matches!(suppressed.clone().lift(None, at(2)), SubscriptionState::Pending { .. }));
        let again = suppressed.lift(Some((at(0), "import")), at(2));
        assert_eq!(again, SubscriptionState::Confirmed { at: at(0), how: "import".into() });
        assert!(may_mail(&again, false).is_ok());
        let left = SubscriptionState::requested(at(0)).leave(at(1), "mail");
        assert_eq!(left.clone().lift(Some((at(0), "link")), at(2)), left);
    }

    #[test]
    fn asking_again_while_confirmed_changes_nothing() {
        let confirmed = SubscriptionState::Confirmed { at: at(0), how: "form".into() };
        assert_eq!(confirmed.clone().request(at(5)), confirmed);
    }
}
