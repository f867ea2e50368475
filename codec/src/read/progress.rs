//! The state of reading one element: which child is expected next, and which items of its choices and groups have been seen. The children
//! are read in `record`, `group` and `fast`.

use super::tag::Tag;
use crate::tables::matcher::Matcher;

/// The state of an element while its children are read.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) progress: Progress,
    /// The child that was found last.
    pub(super) child: Child,
    /// The enclosing element.
    pub(super) parent: Tag,
    /// The matcher of the enclosing element, if it was set aside.
    pub(super) matcher: Option<Option<Box<Matcher>>>,
    /// Whether the fast path may be used.
    pub(super) quick: bool,
}

/// A child that was found and must be read.
#[derive(Debug, Default)]
pub(super) struct Child {
    /// The number of its item.
    pub(super) index: usize,
    pub(super) tag: Tag,
    /// Whether the item is a choice or a group for which the items seen so far matter.
    pub(super) seen: bool,
}

/// The result of a fast path: what follows the texts that it has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The end of the element.
    End,
    /// A child with children or attributes.
    Child,
    /// Anything else, which the general path must read.
    Other,
}

/// The progress of reading one element.
#[derive(Debug, Default)]
pub(super) struct Progress {
    pub(super) seen: Seen,
    /// The number of the item that is looked for first.
    pub(super) from: usize,
    /// The items seen within choices and groups, each with the number of the choice or group.
    pub(super) groups: Vec<(usize, Seen)>,
    /// The number of the choice, and its variant that was read last, if the fast path read it.
    pub(super) chosen: Option<(usize, usize)>,
    /// Whether it was noted that the order differs from that of the schema.
    pub(super) disordered: bool,
}

impl Progress {
    /// Records that a variant of a choice was read.
    #[inline]
    pub(super) fn choose(&mut self, index: usize, variant: usize) {
        self.seen.set(index);
        self.from = index;
        if !self.groups.is_empty() {
            self.groups.retain(|(known, _)| *known != index);
        }
        self.chosen = Some((index, variant));
    }

    /// Records that there is text between elements.
    #[inline]
    pub(super) fn between(&mut self) {
        self.groups.clear();
        self.chosen = None;
    }

    /// Returns the items seen within this choice or group.
    pub(super) fn group(&mut self, index: usize) -> Option<&mut Seen> {
        match self.chosen.take_if(|(known, _)| *known == index) {
            Some((_, variant)) => {
                self.groups.push((index, Seen::one(variant)));
                self.groups.last_mut().map(|(_, seen)| seen)
            }
            None => known_group(&mut self.groups, index),
        }
    }
}

/// Returns the items seen within the group of this number; a group that is met for the first time gets an empty set.
pub(super) fn known_group(groups: &mut Vec<(usize, Seen)>, index: usize) -> Option<&mut Seen> {
    let known = groups.iter().position(|(known, _)| *known == index);
    let at = known.unwrap_or(groups.len());
    if known.is_none() {
        groups.push((index, Seen::default()));
    }
    groups.get_mut(at).map(|(_, seen)| seen)
}

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

    /// Returns the empty set for a variant of a choice, in which an item that was already seen belongs to the next occurrence. The order of
    /// the items also tells where the next occurrence begins, but only if there may be one or in strict mode.
    pub(super) fn variant(strict: bool, repeats: bool) -> Self {
        Self { ordered: strict || repeats, repeats, again: true, ..Self::default() }
    }

    /// Returns whether nothing was seen.
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

    /// Returns whether all items of this bit set, which covers the first 64 items, were seen.
    #[inline]
    pub(super) fn all(&self, required: u64) -> bool {
        required & !self.low == 0
    }
}
