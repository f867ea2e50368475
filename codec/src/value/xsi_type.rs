//! Defines [`XsiTyped`] and [`XsiBox`], which record the use of `xsi:type`: `XsiTyped` for elements of simple
//! type, `XsiBox` for elements whose `xsi:type` names the declared complex type. `read::xsi_type` checks that
//! a type is allowed.

use std::ops::{Deref, DerefMut};

use super::Value;
use super::slot::write_whole;
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
/// use xsdgen_codec::XsiTyped;
/// let size: XsiTyped<String> = "large".into();
/// assert!(size.starts_with('l') && !size.has_xsi_type());
/// ```
#[derive(Debug, Clone, Default)]
pub struct XsiTyped<T> {
    value: T,
    /// Holds the attributes of the element, including `xsi:type`, if the element has that attribute.
    attributes: Option<Box<AnyType>>,
}

impl<T> XsiTyped<T> {
    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns whether `xsi:type` named a type.
    #[must_use]
    pub fn has_xsi_type(&self) -> bool {
        self.attributes.is_some()
    }

    /// Returns the attributes of the element, including `xsi:type`. Without `xsi:type` there are none.
    #[must_use]
    pub fn attributes(&self) -> &[AnyAttribute] {
        self.attributes.as_ref().map_or(&[], |kept| &kept.attributes)
    }
}

impl<T> From<T> for XsiTyped<T> {
    fn from(value: T) -> Self {
        Self { value, attributes: None }
    }
}

impl From<&str> for XsiTyped<String> {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl<T> Deref for XsiTyped<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for XsiTyped<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: PartialEq> PartialEq for XsiTyped<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for XsiTyped<T> {}

impl<T: std::hash::Hash> std::hash::Hash for XsiTyped<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: Value> Value for XsiTyped<T> {
    fn empty() -> Self {
        T::empty().into()
    }

    fn info() -> ValueInfo {
        let info = T::info();
        ValueInfo { kind: info.kind.without(ValueFlags::LEAF).with(ValueFlags::POLYMORPHIC), ..info }
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, _seen: Option<&mut Seen>) -> Result<()> {
        self.attributes = match reader.has_xsi_type(tag) {
            true => Some(Box::new(reader.leaf_with_xsi_type(item, tag, &mut self.value)?)),
            false => {
                reader.leaf(item, tag, &mut self.value)?;
                None
            }
        };
        Ok(())
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        match &self.attributes {
            None => write_whole(&self.value, writer, item),
            Some(attributes) => {
                let from = writer.mark();
                writer.leaf_with_xsi_type(attributes, item, |writer| self.value.write_text(writer, item))?;
                writer.reread(from, item, &mut Self::empty())
            }
        }
    }

    fn discard(self) {
        self.value.discard();
    }
}

/// A boxed value of the declared type, in an element where `xsi:type` is allowed.
///
/// It records whether `xsi:type` named the declared type. That does not change the value, but the attribute is
/// written again.
#[derive(Debug, Clone)]
pub struct XsiBox<T> {
    value: Box<T>,
    has_xsi_type: bool,
}

impl<T> XsiBox<T> {
    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.value
    }

    /// Returns whether `xsi:type` named the type.
    #[must_use]
    pub fn has_xsi_type(&self) -> bool {
        self.has_xsi_type
    }

    /// Sets whether `xsi:type` is written.
    #[must_use]
    pub fn with_xsi_type(mut self, has_xsi_type: bool) -> Self {
        self.has_xsi_type = has_xsi_type;
        self
    }
}

impl<T: PartialEq> PartialEq for XsiBox<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for XsiBox<T> {}

impl<T: std::hash::Hash> std::hash::Hash for XsiBox<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T> From<T> for XsiBox<T> {
    fn from(value: T) -> Self {
        Self { value: Box::new(value), has_xsi_type: false }
    }
}

impl<T> Deref for XsiBox<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for XsiBox<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// For an element whose type has no derived types. If there are derived types, the element is an enum over them,
/// which reads and writes `xsi:type` itself.
impl<T: Value> Value for XsiBox<T> {
    fn empty() -> Self {
        T::empty().into()
    }

    fn info() -> ValueInfo {
        T::info().with(ValueFlags::BOXED)
    }

    fn read(&mut self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag, seen: Option<&mut Seen>) -> Result<()> {
        self.has_xsi_type = reader.names_declared(tag, T::info().type_info);
        self.value.read(reader, item, tag, seen)
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        match T::info().type_info.filter(|_| self.has_xsi_type) {
            Some(type_info) => writer.record_with_xsi_type(item, type_info, self.value.as_value()),
            None => self.value.write(writer, item),
        }
    }

    fn discard(self) {
        drop(self);
    }
}

/// A holder of a value whose type `xsi:type` names: a box, or an [`XsiBox`], which records the attribute.
pub trait XsiHolder {
    /// The type of the value.
    type Inner: Value;

    /// Records whether `xsi:type` was present and returns the value.
    fn set_has_xsi_type(&mut self, has_xsi_type: bool) -> &mut dyn Value;

    /// Returns what is written for the value; `index` is the number of its type.
    fn active(&self, index: usize) -> Option<Active<'_>>;

    /// Returns the value itself.
    fn into_inner(self) -> Self::Inner;
}

impl<T: Value> XsiHolder for Box<T> {
    type Inner = T;

    fn set_has_xsi_type(&mut self, _told: bool) -> &mut dyn Value {
        &mut **self
    }

    fn active(&self, index: usize) -> Option<Active<'_>> {
        Some(Active { index, value: &**self, info: T::info(), has_xsi_type: false })
    }

    fn into_inner(self) -> T {
        *self
    }
}

impl<T: Value> XsiHolder for XsiBox<T> {
    type Inner = T;

    fn set_has_xsi_type(&mut self, has_xsi_type: bool) -> &mut dyn Value {
        self.has_xsi_type = has_xsi_type;
        &mut *self.value
    }

    fn active(&self, index: usize) -> Option<Active<'_>> {
        Some(Active { index, value: &*self.value, info: T::info(), has_xsi_type: self.has_xsi_type })
    }

    fn into_inner(self) -> T {
        *self.value
    }
}
