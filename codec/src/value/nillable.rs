//! In: an element that may be nil (`xsi:nil`). Out: [`Nillable`] (XML Schema Part 1, section 2.6.2).
//! Not done here: the attribute itself (`read::attributes`).

use super::{TextMatch, Value, write_whole};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, ValueFlags, ValueInfo};
use crate::write::Writer;

/// The content of an element that may be there and yet have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Nillable<T> {
    /// `xsi:nil="true"`.
    #[default]
    Nil,
    /// Its content.
    Value(T),
}

impl<T> Nillable<T> {
    /// Its content, if it is not nil.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Nil => None,
            Self::Value(value) => Some(value),
        }
    }

    /// As an option.
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
    /// Becomes a value of which nothing is said.
    fn begin(&mut self) -> &mut dyn Value {
        *self = Self::Value(T::blank());
        match self {
            Self::Value(value) => value.as_value_mut(),
            Self::Nil => self,
        }
    }
}

impl<T: Value> Value for Nillable<T> {
    fn blank() -> Self {
        Self::Nil
    }

    fn facts() -> ValueInfo {
        T::facts().with(ValueFlags::NILLABLE)
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        let mut value = T::blank();
        let fit = value.set_text(text);
        if fit.is_taken() {
            *self = Self::Value(value);
        }
        fit
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        // What is kept keeps its attributes, and so it does where it is nil.
        let kept = item.kind.is(ValueFlags::KEPT) && reader.has_more_than_nil(tag);
        if !kept && reader.nil(item, tag)? {
            *self = Self::Nil;
            return Ok(());
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
}
