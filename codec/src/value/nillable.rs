//! Defines [`Nillable`] and [`MaybeNil`], the values of elements that may be nil (XML Schema Part 1, section
//! 2.6.2). The attribute `xsi:nil` itself is read in `read::nil`.

use super::slot::write_whole;
use super::{TextMatch, Value};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, ValueFlags, ValueInfo};
use crate::write::Writer;

/// The content of a nillable element, which is either nil or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Nillable<T> {
    /// The element has `xsi:nil="true"` and no content.
    #[default]
    Nil,
    /// The element has this content.
    Value(T),
}

impl<T> Nillable<T> {
    /// Returns the content, unless the element is nil.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Nil => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Converts to an option, which is `None` if the element is nil.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Nil => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nillable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Value> Nillable<T> {
    /// Replaces the value with the empty value, which is not nil.
    fn begin(&mut self) -> &mut dyn Value {
        *self = Self::Value(T::empty());
        match self {
            Self::Value(value) => value.as_value_mut(),
            Self::Nil => self,
        }
    }
}

impl<T: Value> Value for Nillable<T> {
    fn empty() -> Self {
        Self::Nil
    }

    fn info() -> ValueInfo {
        T::info().with(ValueFlags::NILLABLE)
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        let mut value = T::empty();
        let fit = value.set_text(text);
        if fit.is_taken() {
            *self = Self::Value(value);
        }
        fit
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        if reader.edits()
            && let Self::Value(value) = self
        {
            return value.as_value_mut().read(reader, item, tag, seen);
        }
        if reader.nil_unless_kept(item, tag)? {
            *self = Self::Nil;
            return Ok(());
        }
        if reader.reuses()
            && let Self::Value(value) = self
        {
            return value.as_value_mut().read(reader, item, tag, seen);
        }
        self.begin().read(reader, item, tag, seen)
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        match self {
            Self::Nil => writer.nil(item),
            Self::Value(value) => write_whole(value, writer, item),
        }
    }

    fn write_text(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        self.value().map_or(Ok(()), |value| value.write_text(writer, item))
    }

    fn discard(self) {
        if let Self::Value(value) = self {
            value.discard();
        }
    }
}

/// An element that may be nil and whose type has attributes, which are present whether it is nil or not (XML
/// Schema Part 1, section 3.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct MaybeNil<T> {
    /// Whether the element has `xsi:nil="true"`; if so, only the attributes of the value are used.
    pub nil: bool,
    /// The attributes and the content.
    pub value: T,
}

impl<T> MaybeNil<T> {
    /// Creates a nil element; only the attributes of the value are used.
    #[must_use]
    pub fn nil(value: T) -> Self {
        Self { nil: true, value }
    }

    /// Returns the value, unless the element is nil.
    pub fn value(&self) -> Option<&T> {
        if self.nil { None } else { Some(&self.value) }
    }
}

impl<T> From<T> for MaybeNil<T> {
    fn from(value: T) -> Self {
        Self { nil: false, value }
    }
}

impl<T: Value> Value for MaybeNil<T> {
    fn empty() -> Self {
        Self { nil: false, value: T::empty() }
    }

    fn info() -> ValueInfo {
        T::info().with(ValueFlags::NILLABLE)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        self.nil = reader.nil_follows(item, tag)?;
        self.value.read(reader, item, tag, seen)
    }

    fn set_text(&mut self, _text: &str) -> TextMatch {
        TextMatch::No
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        if self.nil { writer.nil_record(item, self.value.as_value()) } else { self.value.write(writer, item) }
    }

    fn discard(self) {
        self.value.discard();
    }
}
