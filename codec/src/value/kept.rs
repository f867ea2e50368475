//! Implements [`Value`] for XML that is kept as text, for boxes, and for elements without content.

use super::{TextMatch, Value};
use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, ValueFlags, ValueInfo};
use crate::write::Writer;

impl<V: Value> Value for Box<V> {
    fn empty() -> Self {
        Box::write(Box::new_uninit(), V::empty())
    }

    fn empty_variant(index: usize) -> Self {
        Box::write(Box::new_uninit(), V::empty_variant(index))
    }

    fn info() -> ValueInfo {
        V::info().with(ValueFlags::BOXED)
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        V::set_text(self, text)
    }

    fn add_text(&mut self, text: &str) -> bool {
        V::add_text(self, text)
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
    fn discard(self) {
        drop(self);
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
    fn empty() -> Self {
        Self::default()
    }

    fn info() -> ValueInfo {
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
    fn empty() -> Self {
        Self::default()
    }

    fn info() -> ValueInfo {
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
    fn empty() -> Self {
        Self::default()
    }

    fn info() -> ValueInfo {
        ValueInfo::of(ValueFlags::KEPT)
    }

    fn read(&mut self, reader: &mut Reader<'_>, _item: &'static FieldInfo, _tag: &Tag, _seen: Option<&mut Seen>) -> Result<()> {
        if let Some(kept) = reader.take_attribute() {
            *self = kept;
        }
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        writer.any_attribute(self, item)
    }
}

impl Value for () {
    fn empty() -> Self {}

    fn info() -> ValueInfo {
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
