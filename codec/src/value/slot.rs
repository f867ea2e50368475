//! Implements [`Slot`] for values, options and lists, and the operations on slots and choices that do not depend
//! on the types of their values.

use std::mem::forget;

use super::traits::{Slot, TextMatch, Value, Variants, Which};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, Place, ValueFlags};
use crate::write::Writer;

/// The largest element size, in bytes, for which a list reserves room for several values at once.
const SMALL: usize = 8;

/// Returns for how many more values a full list reserves room. It grows by half of its length and not, as `push` would make it, to twice the length, because
/// lists take most of the memory of many documents. Most lists of structures hold one value.
#[inline]
fn growth(size: usize, len: usize) -> usize {
    match len {
        0 if size > SMALL => 1,
        0..4 => 2,
        len => len / 2 + 2,
    }
}

/// Returns an empty value; for a choice, one of the given variant.
#[inline]
fn empty_as<V: Value>(which: Which) -> V {
    match which {
        Which::Variant(index) => V::empty_variant(index),
        _ => V::empty(),
    }
}

impl dyn Slot + '_ {
    /// Reads a text as one occurrence.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) -> TextMatch {
        let fit = self.value_mut(Which::New).map_or(TextMatch::No, |value| value.set_text(text));
        if !fit.is_taken() {
            self.value_mut(Which::Remove);
        }
        fit
    }

    /// Reads a text of mixed content, as one occurrence or as the rest of the text before it.
    #[inline]
    pub(crate) fn mixed(&mut self, text: &str) {
        if !self.value_mut(Which::Last).is_some_and(|last| last.add_text(text)) {
            self.text(text);
        }
    }

    /// Removes the last occurrence, which is a number or a list of numbers. It is first set to 0 or to the
    /// empty list, which own no memory.
    #[cold]
    pub(crate) fn take_back(&mut self) {
        if let Some(value) = self.value_mut(Which::Last)
            && !value.set_text("").is_taken()
        {
            value.set_text("0");
        }
        self.value_mut(Which::Remove);
    }

    /// Returns the last occurrence.
    pub(crate) fn last(&self) -> Option<&dyn Value> {
        self.values().last()
    }

    /// Adds an occurrence for a nil element. The empty value of a nillable type is nil.
    pub(crate) fn nil(&mut self) {
        self.value_mut(Which::Empty);
    }

    /// Returns whether the slot has at least this many values.
    #[inline]
    pub(crate) fn has(&self, count: u32) -> bool {
        count.checked_sub(1).is_none_or(|last| self.get(last as usize).is_some())
    }

    /// Returns an iterator over the values.
    pub(crate) fn values(&self) -> impl Iterator<Item = &dyn Value> {
        (0..).map_while(|index| self.get(index))
    }

    /// Reads an element as one occurrence. If `seen` is given, reads children as one occurrence of a group, or
    /// continues the current one.
    pub(crate) fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, mut seen: Option<&mut Seen>) -> Result<()> {
        match self.occurrence(reader, item, tag, seen.as_deref_mut())? {
            Some(value) => value.read(reader, item, tag, seen),
            None => Ok(()),
        }
    }

    /// Reads the rest of the last occurrence, which was begun in the last window.
    #[cold]
    pub(crate) fn read_on(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        match self.value_mut(Which::Last) {
            Some(value) => value.read(reader, item, tag, seen),
            None => Ok(()),
        }
    }

    /// Returns the value that a child belongs to: a new one, or the last one if the child continues it.
    fn occurrence(
        &mut self,
        reader: &mut Reader<'_>,
        item: &'static FieldInfo,
        tag: &Tag,
        seen: Option<&mut Seen>,
    ) -> Result<Option<&mut dyn Value>> {
        let more = match seen {
            None => false,
            Some(seen) if item.repeats() => !reader.begins_occurrence(item, tag, seen)?,
            Some(_) => self.has(1),
        };
        reader.begins(!more);
        Ok(self.value_mut(if more { Which::Last } else { reader.which() }))
    }

    /// Writes all occurrences.
    #[inline(always)]
    pub(crate) fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        match self.get(0) {
            Some(_) if item.repeats() => self.write_all(writer, item),
            Some(only) => write(only, writer, item),
            None => Ok(()),
        }
    }

    #[inline(never)]
    fn write_all(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        let mut index = 0;
        while let Some(value) = self.get(index) {
            write(value, writer, item).map_err(|error| if item.place == Place::Element { error.nth(index) } else { error })?;
            index += 1;
        }
        Ok(())
    }
}

/// Writes one value.
#[inline(always)]
fn write(value: &dyn Value, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
    if item.is_leaf() && !item.kind.is(ValueFlags::NILLABLE) {
        writer.start(item)?;
        value.write(writer, item)?;
        return writer.end(item);
    }
    value.write(writer, item)
}

/// Writes a value including its tags.
pub(super) fn write_whole<V: Value>(value: &V, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
    let kind = V::info().kind;
    if kind.is(ValueFlags::LEAF) && !kind.is(ValueFlags::NILLABLE) {
        return writer.leaf(item, &|writer| value.write(writer, item));
    }
    value.write(writer, item)
}

impl dyn Variants + '_ {
    /// Returns the slot of a variant. If `fresh` is set, the value becomes that variant first.
    pub(crate) fn variant(&mut self, index: usize, fresh: bool) -> Option<&mut dyn Slot> {
        if fresh {
            self.begin(index);
        }
        self.active_mut().filter(|(active, _)| *active == index).map(|(_, slot)| slot)
    }
}

impl<V: Value> Slot for V {
    fn empty() -> Self {
        V::empty()
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        if index == 0 { Some(self.as_value()) } else { None }
    }

    fn value_mut(&mut self, which: Which) -> Option<&mut dyn Value> {
        if let Which::Variant(_) | Which::Keep(0) = which {
            *self = empty_as(which);
        }
        Some(self.as_value_mut())
    }
}

impl<V: Value> Slot for Option<V> {
    fn empty() -> Self {
        None
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        match self {
            Some(value) if index == 0 => Some(value.as_value()),
            _ => None,
        }
    }

    fn value_mut(&mut self, which: Which) -> Option<&mut dyn Value> {
        match which {
            Which::New | Which::Empty | Which::Again(_) if self.is_none() => forget(self.replace(V::empty())),
            Which::Variant(index) => *self = Some(V::empty_variant(index)),
            Which::Remove => {
                if let Some(value) = self.take() {
                    value.discard();
                }
            }
            Which::Keep(0) => *self = None,
            Which::New | Which::Empty | Which::Again(_) | Which::Last | Which::At(_) | Which::Keep(_) => {}
        }
        match self {
            Some(value) => Some(value.as_value_mut()),
            None => None,
        }
    }
}

impl<V: Value> Slot for Vec<V> {
    fn empty() -> Self {
        Self::new()
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        match <[V]>::get(self, index) {
            Some(value) => Some(value.as_value()),
            None => None,
        }
    }

    fn value_mut(&mut self, which: Which) -> Option<&mut dyn Value> {
        let count = self.len();
        match which {
            Which::Again(index) if index < count => {}
            Which::New | Which::Empty | Which::Variant(_) | Which::Again(_) => {
                if self.len() == self.capacity() {
                    self.reserve_exact(growth(size_of::<V>(), self.len()));
                }
                self.push(empty_as(which));
            }
            Which::Last | Which::At(_) => {}
            Which::Keep(count) => self.truncate(count),
            Which::Remove => {
                if let Some(value) = self.pop() {
                    value.discard();
                }
            }
        }
        let index = match which {
            Which::At(index) | Which::Again(index) if index < count => index,
            Which::At(_) => return None,
            _ => self.len().wrapping_sub(1),
        };
        match self.get_mut(index) {
            Some(value) => Some(value.as_value_mut()),
            None => None,
        }
    }
}
