//! In: texts and elements. Out: Rust values, and back: the trait [`Value`], and [`Slot`], through which the tables fill values.
//! Not done here: walking documents (`read`, `write`).

mod binary;
#[cfg(any(feature = "jiff", feature = "num-bigint", feature = "rust_decimal"))]
mod foreign;
mod integer;
mod lexical;
mod list;
mod nillable;
mod number;
mod qname;
mod text;
mod typed;
mod union;

pub use binary::{Base64Binary, HexBinary};
pub use integer::Integer;
pub use lexical::{Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time};
pub use list::List;
pub use nillable::Nillable;
pub use qname::QName;
pub use text::set_formed;
pub use typed::{Declared, MaybeNil, Told, Typed};
pub(crate) use union::RESOLVED;
pub use union::{UnionText, union_kind};

use std::fmt::Debug;
use std::mem::{ManuallyDrop, forget};

use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::shape::{Facts, Item, Kind};
use crate::write::{Writer, slots_of};

/// How a text fits a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It is a value of the type.
    Yes,
    /// It is none by the letter, but tolerant reading takes it.
    Loosely,
    /// It is none of the enumeration, and was kept as it came.
    Unlisted,
    /// It is no value of the type, and was kept as it came.
    Kept,
    /// It is no value of the type.
    No,
}

impl Fit {
    /// How a text fits that is none of the enumeration.
    #[must_use]
    pub fn of_unlisted(text: &str) -> Self {
        if text.is_empty() { Self::No } else { Self::Unlisted }
    }
}

/// Which of the values of an enumeration a text is; as many as there are if none.
#[must_use]
pub fn listed(values: &[&str], text: &str) -> usize {
    values.iter().position(|value| *value == text).unwrap_or(values.len())
}

/// A text of one's own.
#[inline(never)]
#[must_use]
pub fn owned(text: &str) -> String {
    text.to_owned()
}

/// What stands at a place of a document: implemented by the macros, and here for simple types.
pub trait Value: Debug {
    /// Nothing said: 0, false, the empty text; of structures all fields blank.
    fn blank() -> Self
    where
        Self: Sized;

    /// What the tables can ask about it.
    #[must_use]
    fn facts() -> Facts
    where
        Self: Sized;

    /// Takes a text. It changes only if the text fits.
    fn set_text(&mut self, text: &str) -> Fit {
        let _ = text;
        Fit::No
    }

    /// Becomes nil, if it can be.
    fn set_nil(&mut self) {}

    /// Reads an element whose start tag was taken, to its end. Of a choice or a group: a child, and those after it that belong to it, given
    /// what was seen of it before. Texts are read elsewhere.
    ///
    /// # Errors
    /// As [`Reader::record`].
    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, seen: Option<&mut Seen>) -> Result<()> {
        let _ = (reader, item, tag, seen);
        Ok(())
    }

    /// Writes the text of it.
    ///
    /// # Errors
    /// What cannot be written.
    fn put(&self, writer: &mut Writer<'_>) -> Result<()> {
        let _ = writer;
        Ok(())
    }

    /// Writes it at its place.
    ///
    /// # Errors
    /// What cannot be written.
    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        writer.leaf(item, &|writer| self.put(writer))
    }

    /// As what it is reached without its type; of a box what stands in it.
    #[inline]
    fn as_value(&self) -> &dyn Value
    where
        Self: Sized,
    {
        self
    }

    /// As [`Value::as_value`].
    #[inline]
    fn as_value_mut(&mut self) -> &mut dyn Value
    where
        Self: Sized,
    {
        self
    }
}

/// The facts of a value whose Rust type tells the built-in type.
macro_rules! builtin_facts {
    ($builtin:ident) => {
        $crate::value::builtin_facts!($builtin, $crate::shape::Kind::LEAF);
    };
    ($builtin:ident, $kind:expr) => {
        fn facts() -> $crate::shape::Facts {
            static SIMPLE: $crate::simple::SimpleType = $crate::simple::SimpleType::of($crate::simple::Builtin::$builtin);
            $crate::shape::Facts { kind: $kind, shape: None, simple: Some(&SIMPLE) }
        }
    };
}
use builtin_facts;

/// Which of the values in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// A blank one behind the others; where there is room for one only, that.
    New,
    /// The last one.
    Last,
    /// None: the last one, which is blank, is taken out if the slot may be without it.
    Gone,
}

// Blank values own no memory: where they are forgotten and not dropped, nothing is lost, and thousands of functions have nothing to clean up.

/// A place for one value, an optional one, or many. There are thousands in a large binding: they do no more than to hand out values, and what
/// is done with these is the same code for all.
pub trait Slot {
    /// Nothing said.
    fn blank() -> Self
    where
        Self: Sized;

    /// What is known of the values.
    fn facts(&self) -> Facts;

    /// How many there are.
    fn count(&self) -> usize;

    /// One of those there are.
    fn get(&self, index: usize) -> Option<&dyn Value>;

    /// One to be changed.
    fn place(&mut self, which: Which) -> Option<&mut dyn Value>;
}

impl dyn Slot + '_ {
    /// Takes a text as one occurrence.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) -> Fit {
        let fit = self.place(Which::New).map_or(Fit::No, |value| value.set_text(text));
        if fit == Fit::No {
            self.place(Which::Gone);
        }
        fit
    }

    /// Takes a nil element as one occurrence.
    pub(crate) fn nil(&mut self) {
        if let Some(value) = self.place(Which::New) {
            value.set_nil();
        }
    }

    /// Reads an element as one occurrence; or, given what was seen of it, children as one occurrence of a group or the rest of one.
    pub(crate) fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, mut seen: Option<&mut Seen>) -> Result<()> {
        let more = match seen.as_deref_mut() {
            None => false,
            Some(seen) if item.repeats() => !reader.begins_anew(item, &tag, seen)?,
            Some(_) => self.count() > 0,
        };
        match self.place(if more { Which::Last } else { Which::New }) {
            Some(value) => value.read(reader, item, tag, seen),
            None => Ok(()),
        }
    }

    /// Writes all occurrences.
    #[inline(always)]
    pub(crate) fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        match self.get(0) {
            Some(first) if item.repeats() => self.write_all(first, writer, item),
            Some(only) => write(only, writer, item),
            None => Ok(()),
        }
    }

    #[inline(never)]
    fn write_all(&self, first: &dyn Value, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        write(first, writer, item)?;
        let mut rest = (1..).map_while(|index| self.get(index));
        rest.try_for_each(|value| write(value, writer, item))
    }
}

/// Writes one value.
#[inline(always)]
fn write(value: &dyn Value, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
    if item.is_leaf() && !item.kind.is(Kind::NILLABLE) {
        writer.start(item)?;
        value.put(writer)?;
        return writer.end(item);
    }
    value.write(writer, item)
}

/// An enumeration over the arms of a choice.
pub trait Arms {
    /// Makes the value an arm of which nothing is said; whether there is such an arm.
    fn begin(&mut self, index: usize) -> bool;

    /// The arm it is, and its slot.
    fn active(&mut self) -> Option<(usize, &mut dyn Slot)>;
}

impl dyn Arms + '_ {
    /// The slot of an arm. If fresh, the value becomes that arm first.
    pub(crate) fn arm(&mut self, index: usize, fresh: bool) -> Option<&mut dyn Slot> {
        if fresh && !self.begin(index) {
            return None;
        }
        self.active().filter(|(active, _)| *active == index).map(|(_, slot)| slot)
    }
}

/// How to look at the slots of a type of which no value is at hand.
#[derive(Debug, Clone, Copy)]
pub enum Probe {
    /// Shows a blank value of a structure or a group.
    Value(fn(&mut Look<'_>)),
    /// Shows a value of a choice, whose arms can be tried.
    Arms(fn(&mut LookAtArms<'_>)),
}

/// Who wants to look at a value.
pub(crate) type Look<'l> = dyn FnMut(&dyn Value) + 'l;

/// Who wants to look at the arms of a choice.
pub(crate) type LookAtArms<'l> = dyn FnMut(&mut dyn Arms) + 'l;

impl Probe {
    /// What is known of the slots, in order.
    pub(crate) fn facts(self) -> Vec<Facts> {
        let mut all = Vec::new();
        match self {
            Self::Value(show) => show(&mut |value| {
                slots_of(value, &mut |slots| all.extend(slots.iter().map(|slot| slot.facts())));
            }),
            Self::Arms(show) => show(&mut |arms| {
                all.extend((0..).map_while(|index| arms.arm(index, true).map(|slot| slot.facts())));
            }),
        }
        all
    }
}

/// Shows a blank value of a type.
pub fn probe<T: Value>(look: &mut Look<'_>) {
    look(ManuallyDrop::new(T::blank()).as_value());
}

/// Shows a blank value of a choice.
pub fn probe_arms<T: Value + Arms>(look: &mut LookAtArms<'_>) {
    look(&mut *ManuallyDrop::new(T::blank()));
}

impl<V: Value> Slot for V {
    fn blank() -> Self {
        V::blank()
    }

    fn facts(&self) -> Facts {
        V::facts()
    }

    fn count(&self) -> usize {
        1
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        if index == 0 { Some(self.as_value()) } else { None }
    }

    fn place(&mut self, _which: Which) -> Option<&mut dyn Value> {
        Some(self.as_value_mut())
    }
}

impl<V: Value> Slot for Option<V> {
    fn blank() -> Self {
        None
    }

    fn facts(&self) -> Facts {
        V::facts()
    }

    fn count(&self) -> usize {
        usize::from(self.is_some())
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
            Which::Gone => forget(self.take()),
            _ => {}
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

    fn facts(&self) -> Facts {
        V::facts()
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        match <[V]>::get(self, index) {
            Some(value) => Some(value.as_value()),
            None => None,
        }
    }

    fn place(&mut self, which: Which) -> Option<&mut dyn Value> {
        match which {
            Which::New => self.push(V::blank()),
            Which::Last => {}
            Which::Gone => forget(self.pop()),
        }
        match self.last_mut() {
            Some(value) => Some(value.as_value_mut()),
            None => None,
        }
    }
}

impl<V: Value> Value for Box<V> {
    fn blank() -> Self {
        Self::new(V::blank())
    }

    fn facts() -> Facts {
        V::facts().with(Kind::BOXED)
    }

    fn set_text(&mut self, text: &str) -> Fit {
        V::set_text(self, text)
    }

    fn set_nil(&mut self) {
        V::set_nil(self);
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, seen: Option<&mut Seen>) -> Result<()> {
        V::read(self, reader, item, tag, seen)
    }

    fn put(&self, writer: &mut Writer<'_>) -> Result<()> {
        V::put(self, writer)
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        V::write(self, writer, item)
    }

    #[inline]
    fn as_value(&self) -> &dyn Value {
        V::as_value(self)
    }

    #[inline]
    fn as_value_mut(&mut self) -> &mut dyn Value {
        V::as_value_mut(self)
    }
}

impl Value for AnyElement {
    fn blank() -> Self {
        Self::default()
    }

    fn facts() -> Facts {
        Facts::of(Kind::KEPT)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, _seen: Option<&mut Seen>) -> Result<()> {
        *self = reader.keep_admitted(tag, item.process)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, _item: &'static Item) -> Result<()> {
        writer.kept(self)
    }
}

impl Value for AnyType {
    fn blank() -> Self {
        Self::default()
    }

    fn facts() -> Facts {
        Facts::of(Kind::KEPT)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, _seen: Option<&mut Seen>) -> Result<()> {
        *self = reader.keep_content(item, tag)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        writer.kept_content(self, item)
    }
}

impl Value for AnyAttribute {
    fn blank() -> Self {
        Self::default()
    }

    fn facts() -> Facts {
        Facts::of(Kind::KEPT)
    }

    fn read(&mut self, reader: &mut Reader<'_>, _item: &'static Item, _tag: Tag, _seen: Option<&mut Seen>) -> Result<()> {
        if let Some(kept) = reader.take_attribute() {
            *self = kept;
        }
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, _item: &'static Item) -> Result<()> {
        writer.kept_attribute(self)
    }
}

impl Value for () {
    fn blank() -> Self {}

    fn facts() -> Facts {
        Facts::of(Kind::LEAF)
    }

    fn set_text(&mut self, text: &str) -> Fit {
        match text.is_empty() {
            true => Fit::Yes,
            false => Fit::No,
        }
    }
}
