//! Converts between Rust values and XML text and elements, through the trait [`Value`]. The fields that hold
//! values are in `slot`; `read` and `write` process documents.

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
mod rules;
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

/// Says how well a text matches a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextMatch {
    /// The text is a valid value of the type.
    Yes,
    /// The text is not valid, but tolerant mode accepts it.
    Loosely,
    /// The text is not one of the enumeration values, and was kept unchanged.
    Unlisted,
    /// The text is not a value of the type, and was kept unchanged.
    Kept,
    /// The text is not a value of the type.
    No,
    /// The text is a value of the type, but the Rust type cannot hold it without loss.
    Inexact,
}

impl TextMatch {
    /// Returns whether the text was accepted.
    #[must_use]
    pub fn is_taken(self) -> bool {
        !matches!(self, Self::No | Self::Inexact)
    }

    /// Returns the match of a text that is not one of the enumeration values: an empty text is rejected, any
    /// other is kept.
    #[must_use]
    pub fn of_unlisted(text: &str) -> Self {
        if text.is_empty() { Self::No } else { Self::Unlisted }
    }
}

/// Returns an owned copy of a text. It is never inlined, which keeps generated code small.
#[inline(never)]
#[must_use]
pub fn owned(text: &str) -> String {
    text.to_owned()
}

/// A Rust value that is read from and written to XML. The macros implement it for generated types, and this
/// module for simple types.
pub trait Value: Debug {
    /// Returns the empty value: 0, false, the empty text, or a structure whose fields are all empty.
    fn blank() -> Self
    where
        Self: Sized;

    /// Returns the empty value; for a choice, its variant with this index.
    fn blank_arm(index: usize) -> Self
    where
        Self: Sized,
    {
        let _ = index;
        Self::blank()
    }

    /// Returns what the type tables need to know about this Rust type.
    #[must_use]
    fn facts() -> ValueInfo
    where
        Self: Sized;

    /// Sets the value from a text. If the text is rejected, the value stays unchanged or becomes the empty
    /// value.
    fn set_text(&mut self, text: &str) -> TextMatch {
        let _ = text;
        TextMatch::No
    }

    /// Reads the content of an element whose start tag was already consumed, up to its end tag. For a choice or
    /// a group, reads a child and the following children that belong to the same occurrence; `seen` records
    /// which children were read before. Simple values are set by [`Value::set_text`] instead.
    ///
    /// # Errors
    /// Fails in the same cases as [`Reader::record`].
    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        let _ = (reader, item, tag, seen);
        Ok(())
    }

    /// Passes the slots of a structure or a group, in the order of its table, to a callback. Other values have
    /// no slots.
    fn slots(&self, look: &mut dyn FnMut(&[&dyn Slot])) {
        let _ = look;
    }

    /// Writes the value. For a leaf that is not nillable this is the text alone; the caller writes the tags.
    ///
    /// # Errors
    /// Fails if the value cannot be written as valid XML.
    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()>;

    /// Writes the text of a leaf, nillable or not. A nil value has no text.
    ///
    /// # Errors
    /// Fails if the value cannot be written as valid XML.
    fn write_text(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()>
    where
        Self: Sized,
    {
        self.write(writer, item)
    }

    /// Returns the value as a trait object; for a box, the value inside it.
    #[inline]
    fn as_value(&self) -> &dyn Value
    where
        Self: Sized,
    {
        self
    }

    /// Returns the value as a mutable trait object, like [`Value::as_value`].
    #[inline]
    fn as_value_mut(&mut self) -> &mut dyn Value
    where
        Self: Sized,
    {
        self
    }
}

/// Writes a value including its tags.
fn write_whole<V: Value>(value: &V, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
    let kind = V::facts().kind;
    if kind.is(ValueFlags::LEAF) && !kind.is(ValueFlags::NILLABLE) {
        return writer.leaf(item, &|writer| value.write(writer, item));
    }
    value.write(writer, item)
}

/// Defines `facts` for a Rust type that always stands for the same built-in type.
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

/// Returns the empty value of a type: 0, false, an empty text, or a structure without its optional fields.
#[must_use]
pub fn blank<T: Value>() -> T {
    T::blank()
}
