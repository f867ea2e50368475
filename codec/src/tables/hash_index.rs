//! A hash table of numbers. Callers compute the hashes, and compare the candidates that a hash leads to.

/// Marks a free slot.
const NONE: u32 = u32::MAX;

/// A hash table with linear probing: each number is at the slot of its hash or after it. At least half of the slots are free. The default
/// table has no slots.
#[derive(Debug, Default)]
pub(crate) struct HashIndex(Box<[u32]>);

impl HashIndex {
    /// Returns a table of the numbers below `count`, given their hashes in order. A number without a hash is not in the table.
    pub(crate) fn of(count: usize, hashes: impl Iterator<Item = Option<usize>>) -> Self {
        let mut places = vec![NONE; (count * 2).next_power_of_two().max(4)];
        let mask = places.len() - 1;
        for (number, hash) in (0..NONE).zip(hashes) {
            let Some(mut place) = hash else { continue };
            while places.get(place & mask).is_some_and(|taken| *taken != NONE) {
                place += 1;
            }
            if let Some(free) = places.get_mut(place & mask) {
                *free = number;
            }
        }
        Self(places.into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the first result that `is_it` gives for the numbers that may have this hash.
    #[inline(always)]
    pub(crate) fn find<T>(&self, hash: usize, is_it: impl Fn(usize) -> Option<T>) -> Option<T> {
        let mut place = hash;
        loop {
            match self.0.get(place & (self.0.len().wrapping_sub(1))) {
                None | Some(&NONE) => return None,
                Some(number) => match is_it(*number as usize) {
                    Some(found) => return Some(found),
                    None => place += 1,
                },
            }
        }
    }
}
