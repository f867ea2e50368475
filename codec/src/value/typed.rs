//! Defines [`Typed`] and [`Declared`], which record the use of `xsi:type`: the former for elements of simple
//! type, the latter for elements whose declared complex type is named. Enums over complex types are in the
//! macro `polymorphic!`; `read::wildcard` checks that a type is allowed.

use std::ops::{Deref, DerefMut};

use super::slot::write_whole;
use super::{TextMatch, Value};
use crate::any::{AnyAttribute, AnyType};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, ValueFlags, ValueInfo};
use crate::write::{Active, Writer};

/// The content of an element whose simple type has derived types, with the attributes that come with
/// `xsi:type`.
///
/// The value always has the declared type, and the wrapper dereferences to it.
///
/// # Example
/// ```
/// use xsdgen_codec::Typed;
/// let size: Typed<String> = "large".into();
/// assert!(size.starts_with('l') && !size.is_told());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Typed<T> {
    value: T,
    /// Holds the attributes of the element, including `xsi:type`, if the element has that attribute.
    told: Option<Box<AnyType>>,
}

impl<T> Typed<T> {
    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns whether `xsi:type` named a type.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// Returns the attributes of the element, including `xsi:type`. Without `xsi:type` there are none.
    #[must_use]
    pub fn attributes(&self) -> &[AnyAttribute] {
        self.told.as_ref().map_or(&[], |told| &told.attributes)
    }
}

impl<T> From<T> for Typed<T> {
    fn from(value: T) -> Self {
        Self { value, told: None }
    }
}

impl From<&str> for Typed<String> {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl<T> Deref for Typed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Typed<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: PartialEq> PartialEq for Typed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Typed<T> {}

impl<T: std::hash::Hash> std::hash::Hash for Typed<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: Value> Value for Typed<T> {
    fn blank() -> Self {
        T::blank().into()
    }

    fn facts() -> ValueInfo {
        let facts = T::facts();
        ValueInfo { kind: facts.kind.without(ValueFlags::LEAF).with(ValueFlags::POLYMORPHIC), ..facts }
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, _seen: Option<&mut Seen>) -> Result<()> {
        self.told = match reader.is_told(tag) {
            true => Some(Box::new(reader.told_leaf(item, tag, &mut self.value)?)),
            false => {
                reader.leaf(item, tag, &mut self.value)?;
                None
            }
        };
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        match &self.told {
            None => write_whole(&self.value, writer, item),
            Some(told) => {
                let from = writer.mark();
                writer.told_leaf(told, item, |writer| self.value.write_text(writer, item))?;
                writer.reread(from, item, &mut Self::blank())
            }
        }
    }
}

/// A value of the declared type in an element where `xsi:type` is allowed.
///
/// It records whether `xsi:type` named the declared type. That does not change the value, but the attribute is
/// written again.
#[derive(Debug, Clone)]
pub struct Declared<T> {
    value: Box<T>,
    told: bool,
}

impl<T> Declared<T> {
    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.value
    }

    /// Returns whether `xsi:type` named the type.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.told
    }

    /// Sets whether `xsi:type` is written.
    #[must_use]
    pub fn with_told(mut self, told: bool) -> Self {
        self.told = told;
        self
    }
}

impl<T: PartialEq> PartialEq for Declared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Declared<T> {}

impl<T: std::hash::Hash> std::hash::Hash for Declared<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T> From<T> for Declared<T> {
    fn from(value: T) -> Self {
        Self { value: Box::new(value), told: false }
    }
}

impl<T> Deref for Declared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Declared<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// This implementation is for an element of its own, whose type has no derived types. Within an enum over
/// derived types, the macro `polymorphic!` does the same.
impl<T: Value> Value for Declared<T> {
    fn blank() -> Self {
        T::blank().into()
    }

    fn facts() -> ValueInfo {
        T::facts().with(ValueFlags::BOXED)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        self.told = reader.names_declared(tag, T::facts().type_info);
        self.value.read(reader, item, tag, seen)
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        match T::facts().type_info.filter(|_| self.told) {
            Some(type_info) => writer.told_record(item, type_info, self.value.as_value()),
            None => self.value.write(writer, item),
        }
    }
}

/// A holder of a value whose type `xsi:type` names: a box, or a [`Declared`], which records the attribute.
pub trait Told {
    /// The type of the value.
    type Inner: Value;

    /// Records whether `xsi:type` was present and returns the value.
    fn tell(&mut self, told: bool) -> &mut dyn Value;

    /// Returns what is written for the value; `index` is the number of its type.
    fn active(&self, index: usize) -> Option<Active<'_>>;

    /// Returns the value itself.
    fn inner(self) -> Self::Inner;
}

impl<T: Value> Told for Box<T> {
    type Inner = T;

    fn tell(&mut self, _told: bool) -> &mut dyn Value {
        &mut **self
    }

    fn active(&self, index: usize) -> Option<Active<'_>> {
        Some(Active { index, value: &**self, facts: T::facts(), told: false })
    }

    fn inner(self) -> T {
        *self
    }
}

impl<T: Value> Told for Declared<T> {
    type Inner = T;

    fn tell(&mut self, told: bool) -> &mut dyn Value {
        self.told = told;
        &mut *self.value
    }

    fn active(&self, index: usize) -> Option<Active<'_>> {
        Some(Active { index, value: &*self.value, facts: T::facts(), told: self.told })
    }

    fn inner(self) -> T {
        *self.value
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
    fn blank() -> Self {
        Self { nil: false, value: T::blank() }
    }

    fn facts() -> ValueInfo {
        T::facts().with(ValueFlags::NILLABLE)
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
}
