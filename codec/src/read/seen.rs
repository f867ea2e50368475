//! In: numbers of items. Out: which were seen, and which last.
//! Not done here: what it means (`record`, `group`).

/// Which items of a table were seen.
#[derive(Debug, Default)]
pub struct Seen {
    low: u64,
    high: Vec<u64>,
    pub(super) last: Option<usize>,
    /// Whether a smaller number than the last begins anew: in a repeated group.
    pub(super) ordered: bool,
    /// Whether what stands already begins anew, in whatever order: in an arm of a choice.
    pub(super) again: bool,
    /// Whether another occurrence may follow: of a group, or of the choice around.
    pub(super) repeats: bool,
    /// How often the last stood in a row; counted in groups.
    pub(super) run: u32,
}

impl Seen {
    /// Nothing seen of a group that may come again.
    #[must_use]
    pub fn ordered() -> Self {
        Self { ordered: true, repeats: true, ..Self::default() }
    }

    /// One item seen.
    pub(super) fn one(index: usize) -> Self {
        let mut seen = Self::default();
        seen.set(index);
        seen
    }

    /// Nothing seen of an arm of a choice: what stands already belongs to the next. Only where there may be a next one, or reading is strict,
    /// the order tells where that begins.
    pub(super) fn arm(strict: bool, repeats: bool) -> Self {
        Self { ordered: strict || repeats, repeats, again: true, ..Self::default() }
    }

    /// Whether nothing was seen.
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

    /// As `set`, and counts how often it stands in a row.
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

    /// Whether all of these were seen, as far as they are among the first 64.
    #[inline]
    pub(super) fn all(&self, required: u64) -> bool {
        required & !self.low == 0
    }
}
