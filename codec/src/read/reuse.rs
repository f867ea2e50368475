//! Reads elements into values that hold what was read before: texts, lists and boxes are used again, so that reading needs no more memory once they
//! are large enough.
//!
//! The rest of the reader does not see what a slot holds from before, but an empty slot that fills up. At the end of an element, what was not used
//! again is dropped, except for the memory of texts, which other texts get.

use std::mem::take;

use super::reader::Reader;
use super::tag::Tag;
use crate::error::Result;
use crate::tables::{FieldInfo, Place, TypeInfo, ValueFlags};
use crate::value::{Slot, TextMatch, Value, Variants, Which};

/// The maximum number of texts whose memory is kept.
const MOST_TEXTS: usize = 4096;

/// The memory of texts that no value holds at the moment.
#[derive(Debug, Default)]
pub(crate) struct Spare {
    texts: Vec<String>,
    pass: Pass,
    /// Whether the value that is read next is a new one in its slot.
    begins: bool,
}

/// What happens to the texts of a value when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Pass {
    /// The value is read.
    #[default]
    Read,
    /// Its texts are collected, because the value will be dropped.
    Collect,
    /// It gets the memory of a text.
    Lend,
}

/// A slot whose values are used again. It seems to be empty at first.
struct Reused<'s> {
    /// The slot, unless this is a place that is not used.
    slot: Option<&'s mut dyn Slot>,
    /// The number of values that were read.
    count: usize,
}

impl<'s> Reused<'s> {
    fn of(slot: &'s mut &mut dyn Slot) -> Self {
        Self { slot: Some(&mut **slot), count: 0 }
    }
}

impl Slot for Reused<'_> {
    fn empty() -> Self {
        Self { slot: None, count: 0 }
    }

    #[inline]
    fn get(&self, index: usize) -> Option<&dyn Value> {
        if index < self.count { self.slot.as_ref()?.get(index) } else { None }
    }

    #[inline]
    fn value_mut(&mut self, which: Which) -> Option<&mut dyn Value> {
        let slot = self.slot.as_deref_mut()?;
        match which {
            Which::New | Which::Variant(_) | Which::Again(_) => {
                self.count += 1;
                slot.value_mut(Which::Again(self.count - 1))
            }
            Which::Empty => {
                slot.value_mut(Which::Keep(self.count));
                self.count += 1;
                slot.value_mut(Which::New)
            }
            Which::Last => slot.value_mut(Which::At(self.count.checked_sub(1)?)),
            Which::At(index) => {
                if index < self.count {
                    slot.value_mut(which)
                } else {
                    None
                }
            }
            Which::Remove => {
                self.count = self.count.saturating_sub(1);
                None
            }
            Which::Keep(count) => {
                self.count = self.count.min(count);
                slot.value_mut(which)
            }
        }
    }
}

impl Reader<'_> {
    /// Reads into values that hold what was read before.
    pub(crate) fn use_again(&mut self) {
        self.reuse = Some(Box::default());
    }

    /// Returns whether values are used again.
    #[inline]
    pub(crate) fn reuses(&self) -> bool {
        self.reuse.is_some()
    }

    /// Returns whether the texts of a value are collected.
    pub(super) fn collects(&self) -> bool {
        self.reuse.as_ref().is_some_and(|spare| spare.pass == Pass::Collect)
    }

    /// Returns whether there is memory for texts.
    #[inline]
    pub(super) fn lends(&self) -> bool {
        self.reuse.as_ref().is_some_and(|spare| !spare.texts.is_empty())
    }

    /// Takes the memory of a text, or gives it the memory of another.
    #[cold]
    pub(crate) fn exchange(&mut self, text: &mut String) {
        let Some(spare) = &mut self.reuse else { return };
        match spare.pass {
            Pass::Read => {}
            Pass::Collect if text.capacity() > 0 && spare.texts.len() < MOST_TEXTS => spare.texts.push(take(text)),
            Pass::Lend if text.capacity() == 0 => {
                *text = spare.texts.pop().unwrap_or_default();
                text.clear();
            }
            Pass::Collect | Pass::Lend => {}
        }
    }

    /// Reads an element of a complex type into slots that hold what was read before.
    #[inline(never)]
    pub(super) fn structure_again(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        if self.collects() {
            self.collect_all(type_info, slots);
            return Ok(());
        }
        match slots.len() {
            0..=4 => self.again_in::<4>(type_info, tag, slots),
            5..=8 => self.again_in::<8>(type_info, tag, slots),
            9..=16 => self.again_in::<16>(type_info, tag, slots),
            17..=32 => self.again_in::<32>(type_info, tag, slots),
            _ => {
                self.clear_all(type_info, slots);
                self.record(type_info, tag, slots)
            }
        }
    }

    #[inline(never)]
    fn again_in<const N: usize>(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let count = slots.len();
        let mut from = slots.iter_mut();
        let mut reused: [Reused<'_>; N] = std::array::from_fn(|_| from.next().map_or_else(Reused::empty, Reused::of));
        let mut hidden = reused.each_mut().map(|slot| slot as &mut dyn Slot);
        self.record(type_info, tag, hidden.get_mut(..count).unwrap_or_default())?;
        for (item, Reused { slot, count }) in type_info.fields().zip(&mut reused) {
            if let Some(slot) = slot
                && slot.get(*count).is_some()
            {
                self.drop_from(item, *slot, *count);
            }
        }
        Ok(())
    }

    /// Takes note of whether the value that is read next is a new one in its slot.
    #[inline]
    pub(crate) fn begins(&mut self, begins: bool) {
        if let Some(reuse) = &mut self.reuse {
            reuse.begins = begins;
        }
    }

    /// Makes the slots of a group empty before its first child is read.
    pub(super) fn begin_members(&mut self, type_info: &'static TypeInfo, slots: &mut [&mut dyn Slot]) {
        if self.collects() {
            self.collect_all(type_info, slots);
        } else if self.reuse.as_mut().is_some_and(|reuse| take(&mut reuse.begins)) {
            self.clear_all(type_info, slots);
        }
    }

    /// Sets a choice to a variant. A structure that the variant holds stays, because it is used again.
    pub(super) fn begin_variant(&mut self, type_info: &'static TypeInfo, choice: &mut dyn Variants, index: usize) {
        let active = choice.active().map(|(active, _)| active);
        let item = type_info.items().get(index);
        let stays = |item: &FieldInfo| item.place == Place::Element && !item.is_leaf() && !item.repeats();
        if active == Some(index) && item.is_some_and(stays) {
            return;
        }
        self.collect_choice(type_info, choice);
        choice.begin(index);
    }

    fn clear_all(&mut self, type_info: &'static TypeInfo, slots: &mut [&mut dyn Slot]) {
        for (item, slot) in type_info.fields().zip(slots) {
            self.drop_from(item, *slot, 0);
        }
    }

    /// Drops the values from this index on.
    #[cold]
    fn drop_from(&mut self, item: &'static FieldInfo, slot: &mut dyn Slot, from: usize) {
        self.collect(item, slot, from);
        slot.value_mut(Which::Keep(from));
    }

    fn collect_all(&mut self, type_info: &'static TypeInfo, slots: &mut [&mut dyn Slot]) {
        for (item, slot) in type_info.fields().zip(slots) {
            self.collect(item, *slot, 0);
        }
    }

    /// Collects the texts of the active variant.
    pub(super) fn collect_choice(&mut self, type_info: &'static TypeInfo, choice: &mut dyn Variants) {
        if let Some((index, slot)) = choice.active_mut()
            && let Some(item) = type_info.items().get(index)
        {
            self.collect(item, slot, 0);
        }
    }

    /// Collects the texts of the values from this index on. Values in other forms than texts, structures and groups keep theirs.
    fn collect(&mut self, item: &'static FieldInfo, slot: &mut dyn Slot, from: usize) {
        let kind = item.kind.without(ValueFlags::BOXED);
        if kind != ValueFlags::LEAF && kind != ValueFlags::STRUCT && kind != ValueFlags::GROUP {
            return;
        }
        let before = self.set_pass(Pass::Collect);
        for index in from..slot.values().count() {
            if let Some(value) = slot.value_mut(Which::At(index)) {
                // Nothing is read here, so that nothing can fail.
                let _ = value.read(self, item, &Tag::default(), None);
            }
        }
        self.set_pass(before);
    }

    /// Puts a text into its slot, into the memory of another text.
    #[cold]
    pub(super) fn lend_text(&mut self, item: Option<&'static FieldInfo>, slot: &mut dyn Slot, text: &str) -> TextMatch {
        if let Some(item) = item.filter(|item| item.kind == ValueFlags::LEAF)
            && let Some(value) = slot.value_mut(Which::New)
        {
            let before = self.set_pass(Pass::Lend);
            let _ = value.read(self, item, &Tag::default(), None);
            self.set_pass(before);
            let fit = value.set_text(text);
            if !fit.is_taken() {
                slot.value_mut(Which::Remove);
            }
            return fit;
        }
        slot.text(text)
    }

    fn set_pass(&mut self, pass: Pass) -> Pass {
        self.reuse.as_mut().map_or(Pass::Read, |spare| std::mem::replace(&mut spare.pass, pass))
    }
}
