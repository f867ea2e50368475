//! Reads and writes a field that holds the list in an element of its own: `<lines><line/><line/></lines>` as `Vec<Line>` or `Option<Vec<Line>>`.
//!
//! The field is no [`Slot`] of its own, because a list is one of elements without a wrapper. Derived code makes a slot from the field and from the table of
//! the wrapper, which has one item.

use std::fmt::{self, Debug};

use super::traits::{Slot, Value, VisitSlots, Which};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, TypeCell, ValueFlags, ValueInfo};
use crate::write::Writer;

/// A field that holds the list of a wrapper.
pub trait ListField: Debug {
    /// The type of the items.
    type Item: Value;

    /// Returns the list, if the wrapper is present.
    fn list(&self) -> Option<&Vec<Self::Item>>;

    /// Returns the list. If the wrapper is absent, it becomes present and empty.
    fn list_mut(&mut self) -> &mut Vec<Self::Item>;

    /// Removes the wrapper, unless it is required.
    fn remove(&mut self);
}

impl<V: Value> ListField for Vec<V> {
    type Item = V;

    fn list(&self) -> Option<&Self> {
        Some(self)
    }

    fn list_mut(&mut self) -> &mut Self {
        self
    }

    fn remove(&mut self) {}
}

impl<V: Value> ListField for Option<Vec<V>> {
    type Item = V;

    fn list(&self) -> Option<&Vec<V>> {
        self.as_ref()
    }

    fn list_mut(&mut self) -> &mut Vec<V> {
        self.get_or_insert_default()
    }

    fn remove(&mut self) {
        *self = None;
    }
}

/// A present wrapper, to be written.
pub struct Wrapper<'f, V> {
    cell: &'static TypeCell,
    list: Option<&'f Vec<V>>,
}

/// Returns the slot of a field that holds the list of a wrapper, given the table of the wrapper.
pub fn wrapper<'f, F: ListField>(cell: &'static TypeCell, field: &'f F) -> Option<Wrapper<'f, F::Item>> {
    field.list().map(|list| Wrapper { cell, list: Some(list) })
}

impl<V: Value> Debug for Wrapper<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.list.into_iter().flatten()).finish()
    }
}

impl<V: Value> Value for Wrapper<'_, V> {
    fn empty() -> Self {
        Self { cell: &UNDEFINED, list: None }
    }

    fn info() -> ValueInfo {
        ValueInfo::of(ValueFlags::STRUCT)
    }

    fn slots(&self, visitor: &mut dyn VisitSlots) {
        if let Some(list) = self.list {
            visitor.visit(self.cell, &[list]);
        }
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        self.list.map_or(Ok(()), |list| writer.structure(self.cell, item, &[list]))
    }
}

/// The slot of a field that holds the list of a wrapper, to be read into.
#[derive(Debug)]
pub struct WrapperSlot<'f, F>(WrapperMut<'f, F>);

/// A wrapper to be read into.
#[derive(Debug)]
struct WrapperMut<'f, F> {
    cell: &'static TypeCell,
    field: Option<&'f mut F>,
}

/// Returns the mutable slot of a field that holds the list of a wrapper, given the table of the wrapper.
pub fn wrapper_mut<'f, F: ListField>(cell: &'static TypeCell, field: &'f mut F) -> WrapperSlot<'f, F> {
    WrapperSlot(WrapperMut { cell, field: Some(field) })
}

impl<F: ListField> Slot for WrapperSlot<'_, F> {
    fn empty() -> Self {
        Self(Value::empty())
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        if index == 0 && self.is_present() { Some(&self.0) } else { None }
    }

    fn value_mut(&mut self, which: Which) -> Option<&mut dyn Value> {
        let field = self.0.field.as_deref_mut()?;
        match which {
            Which::New | Which::Empty | Which::Variant(_) | Which::Again(_) => _ = field.list_mut(),
            Which::Remove => field.remove(),
            Which::Keep(0) => {
                if field.list().is_some() {
                    field.list_mut().clear();
                }
                field.remove();
            }
            Which::Last | Which::At(_) | Which::Keep(_) => {}
        }
        if self.is_present() { Some(&mut self.0) } else { None }
    }
}

impl<F: ListField> WrapperSlot<'_, F> {
    fn is_present(&self) -> bool {
        self.0.field.as_ref().is_some_and(|field| field.list().is_some())
    }
}

impl<F: ListField> Value for WrapperMut<'_, F> {
    fn empty() -> Self {
        Self { cell: &UNDEFINED, field: None }
    }

    fn info() -> ValueInfo {
        ValueInfo::of(ValueFlags::STRUCT)
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: &'static FieldInfo, tag: &Tag, _: Option<&mut Seen>) -> Result<()> {
        match &mut self.field {
            Some(field) => reader.structure(self.cell, tag, &mut [field.list_mut()]),
            None => Ok(()),
        }
    }

    fn slots(&self, visitor: &mut dyn VisitSlots) {
        if let Some(list) = self.field.as_ref().and_then(|field| field.list()) {
            visitor.visit(self.cell, &[list]);
        }
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        match self.field.as_ref().and_then(|field| field.list()) {
            Some(list) => writer.structure(self.cell, item, &[list]),
            None => Ok(()),
        }
    }
}

/// The table of a wrapper without a field, which is never read or written.
static UNDEFINED: TypeCell = TypeCell::undefined();
