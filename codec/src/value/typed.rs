//! In: elements of a simple type that `xsi:type` may replace, and of a complex type whose own name it may say. Out: [`Typed`], [`Declared`].
//! Not done here: enumerations over complex types (the macro `polymorphic!`), whether the type may stand there (`read::wildcard`).

use std::ops::{Deref, DerefMut};

use super::{TextMatch, Value, write_whole};
use crate::any::{AnyAttribute, AnyType};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::tables::{FieldInfo, ValueFlags, ValueInfo};
use crate::write::{Active, Writer};

/// The content of an element of a simple type that has derived types, with what `xsi:type` made of it. The value is one of the declared type in
/// any case, and is reached as if nothing stood around it.
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
    /// The attributes of the element, `xsi:type` among them, if it has that.
    told: Option<Box<AnyType>>,
}

impl<T> Typed<T> {
    /// The value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Whether `xsi:type` named a type.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// The attributes of the element, `xsi:type` among them; none without that.
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

/// A value of the declared type itself, where `xsi:type` may stand. Whether it named this type makes no difference to the value, but is
/// written again.
#[derive(Debug, Clone)]
pub struct Declared<T> {
    value: Box<T>,
    told: bool,
}

impl<T> Declared<T> {
    /// The value.
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.value
    }

    /// Whether `xsi:type` named the type.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.told
    }

    /// With or without `xsi:type`.
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

/// As an element of its own, where nothing is derived from the type; within an enumeration over derived types that macro does the same.
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

/// What holds a value that `xsi:type` names: a box, or one that remembers.
pub trait Told {
    /// What it holds.
    type Inner: Value;

    /// Takes note whether `xsi:type` stood there, and gives the value.
    fn tell(&mut self, told: bool) -> &mut dyn Value;

    /// What is written of it, where it is the type of this number.
    fn active(&self, index: usize) -> Option<Active<'_>>;

    /// The value.
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

/// An element that may be nil, of a type with attributes: they stand there whether it is nil or not (XML Schema Part 1, section 3.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct MaybeNil<T> {
    /// `xsi:nil="true"`: of the value its attributes count only.
    pub nil: bool,
    /// Attributes and content.
    pub value: T,
}

impl<T> MaybeNil<T> {
    /// A nil element; of the value its attributes count only.
    #[must_use]
    pub fn nil(value: T) -> Self {
        Self { nil: true, value }
    }

    /// The value with its content, unless it is nil.
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
