//! The places at the listener. When all are taken, whoever does least for her place gives it up to a newcomer, so that
//! nobody keeps the others out by doing nothing.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How long a mail may take before its place is given away. A mail server on this machine needs a moment.
const MAIL_MAX: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Between mails: hanging up loses no work.
    Nothing,
    Mail,
    /// The mail is being kept, and will be acknowledged in a moment.
    Storing,
}

/// Places for so many conversations.
#[derive(Clone)]
pub struct Places {
    max: usize,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    by: BTreeMap<u64, Guest>,
}

struct Guest {
    doing: Doing,
    /// When she was last heard between mails, or her mail began.
    since: Instant,
    leave: CancellationToken,
}

/// One place, until it is dropped.
pub struct Place {
    number: u64,
    places: Places,
    /// Cancelled when the place is given to somebody else.
    pub leave: CancellationToken,
}

impl Places {
    pub fn new(max: usize) -> Self {
        Self { max, taken: Arc::default() }
    }

    /// A place, if need be another's; `None` where all have a mail under way.
    pub fn take(&self, now: Instant) -> Option<Place> {
        let mut taken = self.taken();
        if taken.by.len() >= self.max {
            let number = least_worth(&taken.by, now)?;
            if let Some(guest) = taken.by.remove(&number) {
                guest.leave.cancel();
            }
        }
        let number = taken.next;
        taken.next += 1;
        let leave = CancellationToken::new();
        taken.by.insert(number, Guest { doing: Doing::Nothing, since: now, leave: leave.clone() });
        Some(Place { number, places: self.clone(), leave })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Nothing under this lock can stop half-way.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Something was heard from her, and this is what she does now.
    pub fn heard(&self, doing: Doing, now: Instant) {
        if let Some(guest) = self.places.taken().by.get_mut(&self.number) {
            // Octets one by one do not make a mail younger.
            if (guest.doing, doing) != (Doing::Mail, Doing::Mail) {
                guest.since = now;
            }
            guest.doing = doing;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().by.remove(&self.number);
    }
}

/// A mail that takes too long, the longest first; then whoever has been silent longest.
fn least_worth(guests: &BTreeMap<u64, Guest>, now: Instant) -> Option<u64> {
    let worth = |guest: &Guest| match guest.doing {
        Doing::Mail if now.duration_since(guest.since) >= MAIL_MAX => Some((0, guest.since)),
        Doing::Nothing => Some((1, guest.since)),
        Doing::Mail | Doing::Storing => None,
    };
    let worths = guests.iter().filter_map(|(number, guest)| Some((worth(guest)?, *number)));
    worths.min().map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_been_silent_longest_gives_her_place_up() {
        let places = Places::new(2);
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let first = places.take(at(0)).unwrap();
        let second = places.take(at(1)).unwrap();
        first.heard(Doing::Nothing, at(2));
        let third = places.take(at(3)).unwrap();
        assert_eq!([&first, &second, &third].map(|place| place.leave.is_cancelled()), [false, true, false]);
        // She has no place any more: what she says or does changes nothing.
        second.heard(Doing::Nothing, at(9));
        drop(second);
        assert!(places.take(at(4)).is_some());
        assert!(first.leave.is_cancelled() && !third.leave.is_cancelled());
    }

    #[test]
    fn a_mail_keeps_its_place_for_a_minute_and_octets_one_by_one_no_longer() {
        let places = Places::new(2);
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let (mail, storing) = (places.take(at(0)).unwrap(), places.take(at(0)).unwrap());
        mail.heard(Doing::Mail, at(1));
        storing.heard(Doing::Storing, at(1));
        for second in 2..61 {
            mail.heard(Doing::Mail, at(second));
            assert!(places.take(at(second)).is_none(), "after {second} seconds");
        }
        assert!(places.take(at(61)).is_some());
        assert!(mail.leave.is_cancelled() && !storing.leave.is_cancelled());
    }

    #[test]
    fn a_place_that_is_left_is_free() {
        let places = Places::new(1);
        let now = Instant::now();
        let place = places.take(now).unwrap();
        place.heard(Doing::Mail, now);
        assert!(places.take(now).is_none());
        drop(place);
        assert!(places.take(now).is_some());
    }
}
