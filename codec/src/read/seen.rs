//! A set of item numbers that also remembers the number added last. `record` and `group` use it.

/// The items of a table that were seen.
#[derive(Debug, Default)]
pub struct Seen {
    low: u64,
    high: Vec<u64>,
    pub(super) last: Option<usize>,
    /// Whether a number smaller than the last one begins a new occurrence, as in a repeated group.
    pub(super) ordered: bool,
    /// Whether an item that was already seen begins a new occurrence, in any order, as in a variant of a choice.
    pub(super) again: bool,
    /// Whether another occurrence of the group, or of the enclosing choice, may follow.
    pub(super) repeats: bool,
    /// How often the last item occurred in a row. It is only counted in groups.
    pub(super) run: u32,
}

impl Seen {
    /// Returns the empty set for a group that may repeat.
    #[must_use]
    pub fn ordered() -> Self {
        Self { ordered: true, repeats: true, ..Self::default() }
    }

    /// Returns the set of one item.
    pub(super) fn one(index: usize) -> Self {
        let mut seen = Self::default();
        seen.set(index);
        seen
    }

    /// Returns the empty set for a variant of a choice, in which an item that was already seen belongs to the next occurrence. The order of the items
    /// also tells where the next occurrence begins, but only if there may be one or in strict mode.
    pub(super) fn arm(strict: bool, repeats: bool) -> Self {
        Self { ordered: strict || repeats, repeats, again: true, ..Self::default() }
    }

    /// Tells whether nothing was seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    #[inline]
    pub(super) fn has(&self, index: usize) -> bool {
        if index < 64 {
            return self.low >> index & 1 == 1;
        }
        self.high.get(index / 64 - 1).is_some_and(|bits| bits >> (index % 64) & 1 == 1)
    }

    /// Adds an item, as `set` does, and counts how often it occurs in a row.
    pub(super) fn count(&mut self, index: usize) {
        self.run = if self.last == Some(index) { self.run.saturating_add(1) } else { 1 };
        self.set(index);
    }

    #[inline]
    pub(super) fn set(&mut self, index: usize) {
        self.last = Some(index);
        if index < 64 {
            self.low |= 1 << index;
        } else {
            self.set_high(index);
        }
    }

    #[cold]
    fn set_high(&mut self, index: usize) {
        let block = index / 64 - 1;
        if self.high.len() <= block {
            self.high.resize(block + 1, 0);
        }
        if let Some(bits) = self.high.get_mut(block) {
            *bits |= 1 << (index % 64);
        }
    }

    /// Tells whether all items of this bit set, which covers the first 64 items, were seen.
    #[inline]
    pub(super) fn all(&self, required: u64) -> bool {
        required & !self.low == 0
    }
}
