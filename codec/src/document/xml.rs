//! Defines [`Xml`], with which a complex type is read from and written to an element of any name.

use super::element::{Written, read_again, read_into};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::note::Reading;
use crate::options::{ReadOptions, WriteOptions};
use crate::schema::Schema;
use crate::simple::{Builtin, SimpleType};
use crate::tables::{ANY_ROOT, FieldInfo, TypeInfo};
use crate::value::Value;

/// A complex type that is read from and written to an element of any name. Implemented by the derive macro of the
/// same name.
pub trait Xml: Value + Sized {
    /// Returns the namespace of the type in the schema, empty if there is none, and its local name. For an
    /// anonymous type, it is the name of its element.
    #[must_use]
    fn type_name() -> (&'static str, &'static str) {
        Self::info().type_info.map_or(("", ""), TypeInfo::name)
    }

    /// Returns the table of the type, which describes its attributes and content.
    #[must_use]
    fn type_info() -> Option<&'static TypeInfo> {
        Self::info().type_info
    }

    /// Reads in tolerant mode: silently leaves out what the schema does not allow at its place, and optional
    /// values that are not valid for their types.
    ///
    /// [`Xml::from_xml_noted`] reports what was left out, [`Xml::from_xml_strict`] rejects it.
    ///
    /// # Errors
    /// Fails if the document is not well-formed, or if a required value is not valid for its type.
    fn from_xml(xml: &[u8]) -> Result<Self> {
        Ok(Self::from_xml_noted(xml)?.value)
    }

    /// Reads in tolerant mode and returns a note for each deviation from the schema, with its position and the
    /// text of a value that was left out.
    ///
    /// # Errors
    /// Fails in the same cases as [`Xml::from_xml`].
    fn from_xml_noted(xml: &[u8]) -> Result<Reading<Self>> {
        Self::read_xml(xml, &ReadOptions::tolerant())
    }

    /// Reads in strict mode.
    ///
    /// # Errors
    /// Fails if the document is not well-formed, or if it violates the schema.
    fn from_xml_strict(xml: &[u8]) -> Result<Self> {
        Ok(Self::read_xml(xml, &ReadOptions::strict())?.value)
    }

    /// Reads with these options and returns the notes too.
    ///
    /// # Errors
    /// Fails in the same cases as [`Xml::from_xml`] or [`Xml::from_xml_strict`], depending on the options.
    fn read_xml(xml: &[u8], options: &ReadOptions) -> Result<Reading<Self>> {
        let mut value = Self::empty();
        let (notes, kept) = read_into(xml, options, schema::<Self>()?, &mut value)?;
        Ok(Reading { value, notes, kept })
    }

    /// Reads with these options into this value, and returns the notes.
    ///
    /// The value then equals the one that [`Xml::read_xml`] returns. Its texts, lists and boxes are used again, so that documents that resemble each
    /// other are read with few requests to the allocator. After an error, the value holds a part of the document.
    ///
    /// # Errors
    /// Fails in the same cases as [`Xml::read_xml`].
    fn read_xml_into(&mut self, xml: &[u8], options: &ReadOptions) -> Result<Reading<()>> {
        let (notes, kept) = read_again(xml, options, schema::<Self>()?, self)?;
        Ok(Reading { value: (), notes, kept })
    }

    /// Writes the value as an element of this name: `prefix:name` with a prefix of the schema set, or a name
    /// without namespace.
    ///
    /// # Errors
    /// Fails if the value cannot be written, or if the prefix is unknown.
    fn to_xml_as(&self, name: &str) -> Result<String> {
        self.to_xml_as_with(name, &WriteOptions::default())
    }

    /// Writes the value as an element of this name, with these options.
    ///
    /// # Errors
    /// Fails in the same cases as [`Xml::to_xml_as`].
    fn to_xml_as_with(&self, name: &str, options: &WriteOptions) -> Result<String> {
        let type_info = Self::info().type_info;
        let root = Written { item: &ANY_ROOT, name: Some(name), type_info, slot: self, globals: None };
        refuse_name(schema::<Self>()?, name)?;
        root.write(schema::<Self>()?, options, None, &|xml, options| Self::read_xml(xml, options).map(drop))
    }

    /// Checks that the value could be written and read back in strict mode. Nothing is written.
    ///
    /// # Errors
    /// Fails at the first place where the value violates the schema, and says what is missing or wrong there
    /// and what was expected.
    fn validate(&self) -> Result<()> {
        let name = Self::type_name().1;
        self.to_xml_as(if name.is_empty() { "root" } else { name }).map(drop)
    }
}

/// Returns the local name of the first element in the content of type `P` whose type is `T`. It is the name of
/// records within their list.
#[must_use]
pub fn child_name<P: Xml, T: Xml>() -> Option<&'static str> {
    let (parent, child) = (P::info().type_info?, T::info().type_info?);
    let is_it = |item: &&FieldInfo| item.type_info().is_some_and(|type_info| std::ptr::eq(type_info, child));
    parent.items().iter().find(is_it).map(|item| item.local)
}

/// Returns the schema set of a type.
pub(crate) fn schema<T: Value>() -> Result<&'static Schema> {
    T::info().type_info.map(|type_info| type_info.schema).ok_or_else(|| Error::new(ErrorKind::Type, "the type has no table"))
}

/// Rejects a name that no element can have.
fn refuse_name(schema: &'static Schema, name: &str) -> Result<()> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let known = prefix.is_empty() || schema.by_prefix(prefix).is_some();
    if known && SimpleType::of(Builtin::NcName).validate(local).is_ok_and(|()| local.trim() == local) {
        return Ok(());
    }
    let message = format!("{} is not a name, or its prefix is not one of the schema set", excerpt(name));
    Err(Error::new(ErrorKind::Unwritable, message))
}
