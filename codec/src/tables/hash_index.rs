//! In: numbered things, each with a hash. Out: a table in which they are found by it.
//! Not done here: hashes, and comparing; who looks does both.

/// No number.
const NONE: u32 = u32::MAX;

/// Numbers, each where its hash leads, or behind that. At least half of the places are free; there are none at all in a table of nothing.
#[derive(Debug, Default)]
pub(crate) struct HashIndex(Box<[u32]>);

impl HashIndex {
    /// A table of so many things, by number; what has no hash is not found.
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

    /// The first that is it, of those that may be found by this hash.
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
