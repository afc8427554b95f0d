//! Whether mail comes in: what `/healthz` says of the mailbox. It lives as long as the daemon does, and holds nobody's data.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// A mailbox that was not looked through for so long is behind, whatever the connection believes.
const BEHIND_AFTER: TimeDelta = TimeDelta::minutes(30);

/// How it stands with the mailbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// When all that it held was last taken in.
    pub reached_at: Option<DateTime<Utc>>,
    /// What keeps mail from coming in, in a few words, and since when.
    pub fault: Option<(&'static str, DateTime<Utc>)>,
}

impl Mailbox {
    /// In a few words: `ok`, or what is wrong.
    pub fn says(&self, now: DateTime<Utc>) -> &'static str {
        match (self.fault, self.reached_at) {
            (Some((what, _)), _) => what,
            (None, None) => "not looked yet",
            (None, Some(at)) if at < now - BEHIND_AFTER => "the mailbox has not been looked into for a while",
            (None, Some(_)) => "ok",
        }
    }

    pub fn is_well(&self, now: DateTime<Utc>) -> bool {
        self.fault.is_none() && self.reached_at.is_none_or(|at| at >= now - BEHIND_AFTER)
    }
}

/// What the task that takes mail in last saw.
#[derive(Debug, Default)]
pub struct Receiving(Mutex<Mailbox>);

impl Receiving {
    pub fn mailbox(&self) -> Mailbox {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn reached(&self, now: DateTime<Utc>) {
        let seen = Mailbox { reached_at: Some(now), fault: None };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = seen;
    }

    /// The first failure after all was well says since when.
    pub fn lost(&self, what: &'static str, now: DateTime<Utc>) {
        let mut mailbox = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = mailbox.fault.map_or(now, |(_, since)| since);
        mailbox.fault = Some((what, since));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_well_while_it_is_looked_into() {
        let at = |minutes: i64| DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
        let receiving = Receiving::default();
        assert_eq!(receiving.mailbox().says(at(0)), "not looked yet");
        assert!(receiving.mailbox().is_well(at(0)));
        receiving.reached(at(1));
        assert_eq!(receiving.mailbox().says(at(30)), "ok");
        assert!(!receiving.mailbox().is_well(at(40)), "the connection may have died without a word");
        receiving.lost("the mailbox cannot be reached", at(41));
        receiving.lost("the mailbox is too slow", at(50));
        assert_eq!(receiving.mailbox().fault, Some(("the mailbox is too slow", at(41))));
        assert_eq!(receiving.mailbox().reached_at, Some(at(1)));
        receiving.reached(at(51));
        assert!(receiving.mailbox().is_well(at(52)));
    }
}
