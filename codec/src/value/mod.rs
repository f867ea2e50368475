//! In: texts and elements. Out: Rust values, and back: the trait [`Value`].
//! Not done here: what holds values (`slot`), walking documents (`read`, `write`).

mod binary;
mod enumeration;
#[cfg(any(feature = "jiff", feature = "num-bigint", feature = "rust_decimal"))]
mod foreign;
mod integer;
#[cfg(feature = "jiff")]
mod jiff_types;
mod lexical;
mod list;
mod nillable;
mod number;
mod qname;
mod slot;
mod text;
mod typed;
mod union;

pub use binary::{Base64Binary, HexBinary};
pub use enumeration::Enumeration;
pub use integer::Integer;
pub use lexical::{Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time};
pub use list::List;
pub use nillable::Nillable;
pub use qname::QName;
pub(crate) use slot::Which;
pub use slot::{Slot, Variants, blank_arm};
pub use text::set_formed;
pub use typed::{Declared, MaybeNil, Told, Typed};
pub(crate) use union::RESOLVED;
pub use union::{UnionText, union_kind};

use std::fmt::Debug;

use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, ValueFlags, ValueInfo};
use crate::write::Writer;

/// How a text fits a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextMatch {
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
    /// It is a value of the type, but none that the Rust type can hold without loss.
    Inexact,
}

impl TextMatch {
    /// Whether the text was taken.
    #[must_use]
    pub fn is_taken(self) -> bool {
        !matches!(self, Self::No | Self::Inexact)
    }

    /// How a text fits that is none of the enumeration.
    #[must_use]
    pub fn of_unlisted(text: &str) -> Self {
        if text.is_empty() { Self::No } else { Self::Unlisted }
    }
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

    /// As `blank`, of a choice the arm of this number.
    fn blank_arm(index: usize) -> Self
    where
        Self: Sized,
    {
        let _ = index;
        Self::blank()
    }

    /// What the tables can ask about it.
    #[must_use]
    fn facts() -> ValueInfo
    where
        Self: Sized;

    /// Takes a text. If that does not fit, the value is as it was, or blank.
    fn set_text(&mut self, text: &str) -> TextMatch {
        let _ = text;
        TextMatch::No
    }

    /// Reads an element whose start tag was taken, to its end. Of a choice or a group: a child, and those after it that belong to it, given
    /// what was seen of it before. Texts are read elsewhere.
    ///
    /// # Errors
    /// As [`Reader::record`].
    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        let _ = (reader, item, tag, seen);
        Ok(())
    }

    /// Shows the slots of a structure or a group, in the order of its table; of another value nothing.
    fn slots(&self, look: &mut dyn FnMut(&[&dyn Slot])) {
        let _ = look;
    }

    /// Writes it at its place; of a leaf that cannot be nil the text alone, whose tags are written elsewhere.
    ///
    /// # Errors
    /// What cannot be written.
    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()>;

    /// Writes the text of a leaf, whether it can be nil or not. A nil one has none.
    ///
    /// # Errors
    /// What cannot be written.
    fn write_text(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()>
    where
        Self: Sized,
    {
        self.write(writer, item)
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

/// Writes a value with its tags.
fn write_whole<V: Value>(value: &V, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
    let kind = V::facts().kind;
    if kind.is(ValueFlags::LEAF) && !kind.is(ValueFlags::NILLABLE) {
        return writer.leaf(item, &|writer| value.write(writer, item));
    }
    value.write(writer, item)
}

/// The facts of a value whose Rust type tells the built-in type.
macro_rules! builtin_facts {
    ($builtin:ident) => {
        $crate::value::builtin_facts!($builtin, $crate::tables::ValueFlags::LEAF);
    };
    ($builtin:ident, $kind:expr) => {
        fn facts() -> $crate::tables::ValueInfo {
            static SIMPLE: $crate::simple::SimpleType = $crate::simple::SimpleType::of($crate::simple::Builtin::$builtin);
            $crate::tables::ValueInfo { kind: $kind, type_info: None, simple: Some(&SIMPLE) }
        }
    };
}
use builtin_facts;

impl<V: Value> Value for Box<V> {
    fn blank() -> Self {
        Box::write(Box::new_uninit(), V::blank())
    }

    fn blank_arm(index: usize) -> Self {
        Box::write(Box::new_uninit(), V::blank_arm(index))
    }

    fn facts() -> ValueInfo {
        V::facts().with(ValueFlags::BOXED)
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        V::set_text(self, text)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        V::read(self, reader, item, tag, seen)
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        V::write(self, writer, item)
    }

    fn write_text(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        V::write_text(self, writer, item)
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

    fn facts() -> ValueInfo {
        ValueInfo::of(ValueFlags::KEPT)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, _seen: Option<&mut Seen>) -> Result<()> {
        *self = reader.keep_admitted(tag, item.process)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        writer.any_element(self, item)
    }
}

impl Value for AnyType {
    fn blank() -> Self {
        Self::default()
    }

    fn facts() -> ValueInfo {
        ValueInfo::of(ValueFlags::KEPT)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, _seen: Option<&mut Seen>) -> Result<()> {
        *self = reader.keep_content(item, tag)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        let from = writer.mark();
        writer.kept_content(self, item)?;
        writer.reread(from, item, &mut Self::default())
    }
}

impl Value for AnyAttribute {
    fn blank() -> Self {
        Self::default()
    }

    fn facts() -> ValueInfo {
        ValueInfo::of(ValueFlags::KEPT)
    }

    fn read(&mut self, reader: &mut Reader<'_>, _item: &'static FieldInfo, _tag: &Tag, _seen: Option<&mut Seen>) -> Result<()> {
        if let Some(kept) = reader.take_attribute() {
            *self = kept;
        }
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
        writer.any_attribute(self)
    }
}

impl Value for () {
    fn blank() -> Self {}

    fn facts() -> ValueInfo {
        ValueInfo::of(ValueFlags::LEAF)
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        match text.is_empty() {
            true => TextMatch::Yes,
            false => TextMatch::No,
        }
    }

    fn write(&self, _writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
        Ok(())
    }
}

/// Returns a value of which nothing is said yet: 0, false, empty texts, nothing optional.
#[must_use]
pub fn blank<T: Value>() -> T {
    T::blank()
}
