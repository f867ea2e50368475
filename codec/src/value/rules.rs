//! Constructors of [`NamedType`] and [`Declaration`] that take a Rust type.

use super::Value;
use crate::error::Result;
use crate::read::{Reader, Tag};
use crate::schema::rules::{ComplexType, Declaration, Holder, NamedKind, NamedType};
use crate::tables::FieldInfo;

impl NamedType {
    /// Creates a complex type.
    #[must_use]
    pub const fn complex<T: Value>(namespace: u16, local: &'static str) -> Self {
        Self::new(namespace, local, NamedKind::Complex(ComplexType::Compiled(check::<T>)))
    }
}

fn check<T: Value>(reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
    Box::new(T::empty()).read(reader, item, tag, None)
}

impl Declaration {
    /// Creates a declaration of an element in the content of a type, a choice or a group.
    #[must_use]
    pub const fn within<T: Value>(namespace: u16, local: &'static str) -> Self {
        Self::new(Some(Holder::Compiled(T::info)), namespace, local)
    }
}
