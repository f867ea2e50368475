//! In: values without their types, as the places that hold them hand them out. Out: [`Slot`]: texts, elements and groups go in, and XML comes out.
//! Not done here: what a value does with them (`Value`); which slot it is (`read`, `write`, by the tables).

use std::mem::forget;

use super::{TextMatch, Value};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, ValueFlags};
use crate::write::Writer;

/// Which of the values in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// A blank one behind the others; where there is room for one only, that.
    New,
    /// As `New`, but of a choice its arm of this number.
    Arm(usize),
    /// The last one.
    Last,
    /// None: the last one, which is blank, is taken out if the slot may be without it.
    Gone,
}

/// The size up to which a list makes room for several values at once.
const SMALL: usize = 24;

// What is forgotten here and not dropped is blank, and owns no memory; but for the boxes in the one value that a type shows when its table is made.
// Thousands of functions have nothing to clean up for that.

/// Forgets a blank value, unless it stands in a box.
#[inline]
fn discard<V: Value>(value: Option<V>) {
    if V::facts().kind.is(ValueFlags::BOXED) {
        drop(value);
    } else {
        forget(value);
    }
}

/// A blank value; of a choice one of this arm.
#[inline]
fn blank_as<V: Value>(which: Which) -> V {
    match which {
        Which::Arm(index) => V::blank_arm(index),
        _ => V::blank(),
    }
}

/// A place for one value, an optional one, or many. There are thousands in a large binding: they do no more than to hand out values, and what
/// is done with these is the same code for all.
pub trait Slot {
    /// Nothing said.
    fn blank() -> Self
    where
        Self: Sized;

    /// One of those there are.
    fn get(&self, index: usize) -> Option<&dyn Value>;

    /// One to be changed.
    fn place(&mut self, which: Which) -> Option<&mut dyn Value>;
}

impl dyn Slot + '_ {
    /// Takes a text as one occurrence.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) -> TextMatch {
        let fit = self.place(Which::New).map_or(TextMatch::No, |value| value.set_text(text));
        if !fit.is_taken() {
            self.place(Which::Gone);
        }
        fit
    }

    /// Takes back the occurrence that was taken last, a number or a list of numbers. These own no memory where they are 0 or empty.
    #[cold]
    pub(crate) fn take_back(&mut self) {
        if let Some(value) = self.place(Which::Last)
            && !value.set_text("").is_taken()
        {
            value.set_text("0");
        }
        self.place(Which::Gone);
    }

    /// The occurrence that was taken last.
    pub(crate) fn last(&self) -> Option<&dyn Value> {
        self.values().last()
    }

    /// Takes a nil element as one occurrence: what may be nil is so as long as it is blank.
    pub(crate) fn nil(&mut self) {
        self.place(Which::New);
    }

    /// Whether there are so many, or more.
    #[inline]
    pub(crate) fn has(&self, count: u32) -> bool {
        count.checked_sub(1).is_none_or(|last| self.get(last as usize).is_some())
    }

    /// Those there are.
    pub(crate) fn values(&self) -> impl Iterator<Item = &dyn Value> {
        (0..).map_while(|index| self.get(index))
    }

    /// Reads an element as one occurrence; or, given what was seen of it, children as one occurrence of a group or the rest of one.
    pub(crate) fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, mut seen: Option<&mut Seen>) -> Result<()> {
        match self.occurrence(reader, item, tag, seen.as_deref_mut())? {
            Some(value) => value.read(reader, item, tag, seen),
            None => Ok(()),
        }
    }

    /// The value that a child belongs to: a new one, or the last one if that goes on.
    fn occurrence(
        &mut self,
        reader: &mut Reader<'_>,
        item: &'static FieldInfo,
        tag: &Tag,
        seen: Option<&mut Seen>,
    ) -> Result<Option<&mut dyn Value>> {
        let more = match seen {
            None => false,
            Some(seen) if item.repeats() => !reader.begins_anew(item, tag, seen)?,
            Some(_) => self.has(1),
        };
        Ok(self.place(if more { Which::Last } else { reader.which_arm() }))
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
            write(value, writer, item)?;
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

/// An enumeration over the arms of a choice.
pub trait Variants {
    /// Makes the value an arm of which nothing is said, if there is such an arm.
    fn begin(&mut self, index: usize);

    /// The arm it is, and its slot.
    fn active(&self) -> Option<(usize, &dyn Slot)>;

    /// As [`Variants::active`], to be changed.
    fn active_mut(&mut self) -> Option<(usize, &mut dyn Slot)>;
}

impl dyn Variants + '_ {
    /// The slot of an arm. If fresh, the value becomes that arm first.
    pub(crate) fn arm(&mut self, index: usize, fresh: bool) -> Option<&mut dyn Slot> {
        if fresh {
            self.begin(index);
        }
        self.active_mut().filter(|(active, _)| *active == index).map(|(_, slot)| slot)
    }
}

// The macros call this once for each arm. Without it unoptimised code would keep room for the values of all arms in one frame.

/// A value of an enumeration: this variant, of which nothing is said.
#[inline(never)]
pub fn blank_arm<S: Slot, T>(variant: fn(S) -> T) -> T {
    variant(S::blank())
}

impl<V: Value> Slot for V {
    fn blank() -> Self {
        V::blank()
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        if index == 0 { Some(self.as_value()) } else { None }
    }

    fn place(&mut self, which: Which) -> Option<&mut dyn Value> {
        if let Which::Arm(index) = which {
            *self = V::blank_arm(index);
        }
        Some(self.as_value_mut())
    }
}

impl<V: Value> Slot for Option<V> {
    fn blank() -> Self {
        None
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        match self {
            Some(value) if index == 0 => Some(value.as_value()),
            _ => None,
        }
    }

    fn place(&mut self, which: Which) -> Option<&mut dyn Value> {
        match which {
            Which::New if self.is_none() => forget(self.replace(V::blank())),
            Which::Arm(index) => *self = Some(V::blank_arm(index)),
            Which::Gone => discard(self.take()),
            Which::New | Which::Last => {}
        }
        match self {
            Some(value) => Some(value.as_value_mut()),
            None => None,
        }
    }
}

impl<V: Value> Slot for Vec<V> {
    fn blank() -> Self {
        Self::new()
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        match <[V]>::get(self, index) {
            Some(value) => Some(value.as_value()),
            None => None,
        }
    }

    fn place(&mut self, which: Which) -> Option<&mut dyn Value> {
        match which {
            Which::New | Which::Arm(_) => {
                // Most lists of structures hold one: without this there would be room for four.
                if size_of::<V>() > SMALL && self.capacity() == 0 {
                    self.reserve_exact(1);
                }
                self.push(blank_as(which));
            }
            Which::Last => {}
            Which::Gone => discard(self.pop()),
        }
        match self.last_mut() {
            Some(value) => Some(value.as_value_mut()),
            None => None,
        }
    }
}
