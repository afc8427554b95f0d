//! Chance that falls the same way for the same name, on every machine and in every year.

use std::ops::RangeInclusive;

/// Offset and prime of FNV-1a with 64 bits.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;
/// The multiplier of xorshift64*.
const STAR: u64 = 0x2545_f491_4f6c_dd1d;
/// The hash of two names that differ in their last letter differs in few bits; after so many throws in all.
const SHAKES: usize = 4;

/// A row of throws: xorshift64*, seeded by the FNV-1a hash of a name.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of(name: &str) -> Self {
        Self::of_all([name])
    }

    /// For several names in their order.
    pub(super) fn of_all<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        // A zero octet ends each name, so that “ab”, “c” is another seed than “a”, “bc”.
        let hash = fnv(names.into_iter().flat_map(|name| name.bytes().chain([0])));
        // From zero xorshift never gets away.
        let mut dice = Self(if hash == 0 { FNV_OFFSET } else { hash });
        for _ in 0..SHAKES {
            dice.throw();
        }
        dice
    }

    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(STAR)
    }

    /// Any of the numbers, ends included; the first one where there is none.
    pub(super) fn within(&mut self, range: RangeInclusive<i32>) -> i32 {
        let (low, high) = range.into_inner();
        let count = u64::from(high.saturating_sub(low).max(0).unsigned_abs()) + 1;
        let steps = ((self.throw() >> 32) * count) >> 32;
        low + i32::try_from(steps).expect("fewer steps than the range is long")
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, of_hundred: i32) -> bool {
        self.within(1..=100) <= of_hundred
    }

    pub(super) fn one_of<T: Copy>(&mut self, first: T, others: &[T]) -> T {
        let index = self.within(0..=i32::try_from(others.len()).expect("a short list"));
        let other = usize::try_from(index).ok().and_then(|index| index.checked_sub(1));
        other.and_then(|other| others.get(other)).copied().unwrap_or(first)
    }
}

fn fnv(octets: impl IntoIterator<Item = u8>) -> u64 {
    octets.into_iter().fold(FNV_OFFSET, |hash, octet| (hash ^ u64::from(octet)).wrapping_mul(FNV_PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_and_the_throws_are_the_published_ones() {
        let hashes = ["", "a", "foobar"].map(|name| fnv(name.bytes()));
        assert_eq!(hashes, [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]);
        // By hand: 1 is too small for the shifts to the right.
        assert_eq!(Dice(1).throw(), 0x0000_0000_0200_0001_u64.wrapping_mul(STAR));
    }

    #[test]
    fn every_number_of_a_range_comes_and_no_other() {
        let mut dice = Dice::of("rite");
        let mut seen = [0; 7];
        for _ in 0..7000 {
            let number = dice.within(-3..=3);
            seen[usize::try_from(number + 3).unwrap()] += 1;
        }
        assert!(seen.iter().all(|times| (800..1200).contains(times)), "{seen:?}");
        assert_eq!(dice.within(5..=5), 5);
        #[expect(clippy::reversed_empty_ranges, reason = "what happens there is promised")]
        let none = dice.within(5..=4);
        assert_eq!(none, 5);
    }

    #[test]
    fn names_that_differ_in_a_letter_or_in_where_they_end_throw_differently() {
        let first = |names: &[&str]| Dice::of_all(names.iter().copied()).within(0..=1_000_000);
        let throws =
            [first(&["rite"]), first(&["ritf"]), first(&["rit", "e"]), first(&["ri", "te"]), first(&[])];
        for (index, throw) in throws.iter().enumerate() {
            assert!(!throws[..index].contains(throw), "{throws:?}");
        }
    }
}
