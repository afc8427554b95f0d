//! The octets of one mail while it comes in, within the limit of one mail and of all mails together.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What one permit of [`Room`] stands for.
const PERMIT_OCTETS: usize = 4096;

/// Memory shared by all conversations, so that many large mails at once cannot use it up.
#[derive(Debug, Clone)]
pub struct Room(Arc<Semaphore>);

#[derive(Debug)]
pub enum Body {
    Kept {
        octets: Vec<u8>,
        held: Held,
    },
    /// Over the limit of one mail: read to its end and refused there, for whoever hangs up on a client inside DATA
    /// is asked again and again (RFC 5321 section 4.5.4.1).
    TooLarge,
    /// Too many others are coming in just now.
    NoRoom,
}

/// The room taken by one body; given back when dropped.
#[derive(Debug, Default)]
pub struct Held(Option<OwnedSemaphorePermit>);

impl Room {
    pub fn new(octets: usize) -> Self {
        Self(Arc::new(Semaphore::new(octets.div_ceil(PERMIT_OCTETS).min(Semaphore::MAX_PERMITS))))
    }
}

impl Held {
    /// Makes it enough for `octets`; says whether there was room.
    fn grow(&mut self, octets: usize, room: &Room) -> bool {
        let wanted = octets.div_ceil(PERMIT_OCTETS);
        let missing = wanted.saturating_sub(self.0.as_ref().map_or(0, OwnedSemaphorePermit::num_permits));
        if missing == 0 {
            return true;
        }
        let Ok(missing) = u32::try_from(missing) else {
            return false;
        };
        let Ok(more) = room.0.clone().try_acquire_many_owned(missing) else {
            return false;
        };
        match &mut self.0 {
            Some(held) => held.merge(more),
            None => self.0 = Some(more),
        }
        true
    }
}

impl Body {
    pub fn new() -> Self {
        Self::Kept { octets: Vec::new(), held: Held::default() }
    }

    pub fn push(&mut self, more: &[u8], size_max: usize, room: &Room) {
        let Self::Kept { octets, held } = self else { return };
        let size = octets.len() + more.len();
        if size > size_max {
            *self = Self::TooLarge;
        } else if held.grow(size, room) {
            octets.extend_from_slice(more);
        } else {
            *self = Self::NoRoom;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_may_reach_the_limit_but_not_pass_it() {
        let room = Room::new(1 << 20);
        let mut body = Body::new();
        body.push(&[b'x'; 60], 100, &room);
        body.push(&[b'x'; 40], 100, &room);
        assert!(matches!(&body, Body::Kept { octets, .. } if octets.len() == 100));
        body.push(b"x", 100, &room);
        assert!(matches!(body, Body::TooLarge));
    }

    #[test]
    fn room_is_shared_and_given_back() {
        let room = Room::new(2 * PERMIT_OCTETS);
        let mut first = Body::new();
        first.push(&[b'x'; 5000], 9000, &room);
        let mut second = Body::new();
        second.push(b"x", 9000, &room);
        assert!(matches!(second, Body::NoRoom));
        drop(first);
        let mut third = Body::new();
        third.push(b"x", 9000, &room);
        assert!(matches!(third, Body::Kept { .. }));
    }
}
