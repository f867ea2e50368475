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

use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, ErrorKind, Result};
use crate::read::{Reader, Seen, Tag};
use crate::shape::{About, Facts, Item, Kind};
use crate::write::Writer;

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

/// What stands at a place of a document: implemented by the macros, and here for simple types.
pub trait Value: Sized {
    /// What sort of value it is.
    const KIND: Kind = Kind::STRUCT;

    /// Nothing said: 0, false, the empty text; of structures all fields blank.
    fn blank() -> Self;

    /// What the tables can ask about it.
    #[must_use]
    fn facts() -> Facts {
        Facts::default()
    }

    /// Takes a text; nothing for a nil element. It changes only if the text fits.
    fn set_text(&mut self, text: Option<&str>) -> Fit {
        let _ = text;
        Fit::No
    }

    /// Reads an element whose start tag was taken, to its end.
    ///
    /// # Errors
    /// As [`Reader::record`].
    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag) -> Result<()> {
        let _ = (reader, item, tag);
        Err(Error::new(ErrorKind::Type, "the type is no element"))
    }

    /// Reads a child of a choice or a group, and those after it that belong to it.
    ///
    /// # Errors
    /// As [`Reader::record`].
    fn read_group(&mut self, reader: &mut Reader<'_>, tag: Tag, seen: &mut Seen) -> Result<()> {
        let _ = (reader, tag, seen);
        Err(Error::new(ErrorKind::Type, "the type is no group"))
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
        writer.start(item)?;
        self.put(writer)?;
        writer.end(item)
    }
}

/// The facts of a value whose Rust type tells the built-in type.
macro_rules! builtin_facts {
    ($builtin:ident) => {
        fn facts() -> $crate::shape::Facts {
            static SIMPLE: $crate::simple::SimpleType = $crate::simple::SimpleType::of($crate::simple::Builtin::$builtin);
            $crate::shape::Facts { shape: None, simple: Some(&SIMPLE) }
        }
    };
}
use builtin_facts;

/// A place for one value, an optional one, or many.
pub trait Slot {
    /// Nothing said.
    fn blank() -> Self
    where
        Self: Sized;

    /// Takes a text as one occurrence.
    fn text(&mut self, text: Option<&str>) -> Fit;

    /// Reads an element as one occurrence; or, given what was seen of it, children as one occurrence of a group or the rest of one.
    ///
    /// # Errors
    /// As [`Reader::record`].
    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, seen: Option<&mut Seen>) -> Result<()>;

    /// Writes all occurrences.
    ///
    /// # Errors
    /// What cannot be written.
    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()>;

    /// What values it takes, and how many it holds.
    fn about(&self) -> About;
}

/// An enumeration over the arms of a choice.
pub trait Arms {
    /// The slot of an arm. If fresh, the value becomes that arm first.
    fn arm(&mut self, index: usize, fresh: bool) -> Option<&mut dyn Slot>;
}

/// Asks the slots of a blank value what they are: those of a structure or a group.
///
/// # Errors
/// None: nothing is written.
pub fn probe<T: Value>(writer: &mut Writer<'_>) -> Result<()> {
    T::blank().write(writer, &crate::document::ANY_ROOT)
}

/// Asks the arms of a choice what they are.
///
/// # Errors
/// None: nothing is written.
pub fn probe_arms<T: Value + Arms>(writer: &mut Writer<'_>) -> Result<()> {
    writer.probe_arms(&mut T::blank())
}

// What cannot happen is left out at compile time, by constants: there are thousands of slots.

/// Whether a text may go into it: a text, or mixed content.
const fn takes_text<V: Value>() -> bool {
    V::KIND.is(Kind::LEAF) || V::KIND.is(Kind::GROUP)
}

/// What is known of a slot of so many values.
#[inline]
fn about<V: Value>(count: usize) -> About {
    About { kind: V::KIND, facts: V::facts(), count }
}

/// Reads one value: a group, or an element.
#[inline]
fn read<V: Value>(value: &mut V, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, seen: Option<&mut Seen>) -> Result<()> {
    if const { V::KIND.is(Kind::LEAF) } {
        return Ok(());
    }
    if const { V::KIND.is(Kind::GROUP) } {
        return value.read_group(reader, tag, seen.unwrap_or(&mut Seen::default()));
    }
    Value::read(value, reader, item, tag)
}

impl<V: Value> Slot for V {
    fn blank() -> Self {
        V::blank()
    }

    fn text(&mut self, text: Option<&str>) -> Fit {
        if const { !takes_text::<V>() } {
            return Fit::No;
        }
        self.set_text(text)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, seen: Option<&mut Seen>) -> Result<()> {
        read(self, reader, item, tag, seen)
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        Value::write(self, writer, item)
    }

    fn about(&self) -> About {
        about::<V>(1)
    }
}

impl<V: Value> Slot for Option<V> {
    fn blank() -> Self {
        None
    }

    fn text(&mut self, text: Option<&str>) -> Fit {
        if const { !takes_text::<V>() } {
            return Fit::No;
        }
        let mut value = V::blank();
        let fit = value.set_text(text);
        if fit != Fit::No {
            *self = Some(value);
        }
        fit
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, seen: Option<&mut Seen>) -> Result<()> {
        let value = match self {
            Some(value) if seen.is_some() => value, // more of the same group
            _ => self.insert(V::blank()),
        };
        read(value, reader, item, tag, seen)
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        match self {
            Some(value) => Value::write(value, writer, item),
            None => Ok(()),
        }
    }

    fn about(&self) -> About {
        about::<V>(usize::from(self.is_some()))
    }
}

impl<V: Value> Slot for Vec<V> {
    fn blank() -> Self {
        Self::new()
    }

    fn text(&mut self, text: Option<&str>) -> Fit {
        if const { !takes_text::<V>() } {
            return Fit::No;
        }
        let mut value = V::blank();
        let fit = value.set_text(text);
        if fit != Fit::No {
            self.push(value);
        }
        fit
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag, mut seen: Option<&mut Seen>) -> Result<()> {
        let fresh = match seen.as_deref_mut() {
            Some(seen) => reader.begins_anew(item, &tag, seen)?,
            None => true,
        };
        if fresh {
            self.push(V::blank());
        }
        match self.last_mut() {
            Some(value) => read(value, reader, item, tag, seen),
            None => Ok(()),
        }
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        self.iter().try_for_each(|value| Value::write(value, writer, item))
    }

    fn about(&self) -> About {
        about::<V>(self.len())
    }
}

impl<V: Value> Value for Box<V> {
    const KIND: Kind = V::KIND.with(Kind::BOXED);

    fn blank() -> Self {
        Self::new(V::blank())
    }

    fn facts() -> Facts {
        V::facts()
    }

    fn set_text(&mut self, text: Option<&str>) -> Fit {
        V::set_text(self, text)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag) -> Result<()> {
        V::read(self, reader, item, tag)
    }

    fn read_group(&mut self, reader: &mut Reader<'_>, tag: Tag, seen: &mut Seen) -> Result<()> {
        V::read_group(self, reader, tag, seen)
    }

    fn put(&self, writer: &mut Writer<'_>) -> Result<()> {
        V::put(self, writer)
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        V::write(self, writer, item)
    }
}

impl Value for AnyElement {
    const KIND: Kind = Kind::KEPT;

    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag) -> Result<()> {
        *self = reader.keep_admitted(tag, item.process)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, _item: &'static Item) -> Result<()> {
        writer.kept(self)
    }
}

impl Value for AnyType {
    const KIND: Kind = Kind::KEPT;

    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static Item, tag: Tag) -> Result<()> {
        *self = reader.keep_content(item, tag)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static Item) -> Result<()> {
        writer.kept_content(self, item)
    }
}

impl Value for AnyAttribute {
    const KIND: Kind = Kind::KEPT;

    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _item: &'static Item, _tag: Tag) -> Result<()> {
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
    const KIND: Kind = Kind::LEAF;

    fn blank() -> Self {}

    fn set_text(&mut self, text: Option<&str>) -> Fit {
        match text.is_none_or(str::is_empty) {
            true => Fit::Yes,
            false => Fit::No,
        }
    }
}
