//! Reads and writes documents of a schema set. [`Roots`] is the enum over its root elements.

use std::io;

use super::element::{Written, with_reader};
use crate::error::{Error, ErrorKind, Result};
use crate::note::{Notes, Reading};
use crate::options::{ReadOptions, WriteOptions};
use crate::read::{Globals, ReadRoot, Reader, Tag};
use crate::schema::Schema;
use crate::style::Kept;
use crate::tables::{FieldInfo, RuntimeValues, TypeCell, TypeInfo};
use crate::value::{Slot, Variants};

/// A document of a schema set: an enum over its root elements. Implemented by the derive `Xml`.
#[doc(hidden)]
pub trait Roots: Sized + 'static {
    /// Returns the table of the root elements.
    fn type_info() -> &'static TypeInfo;

    /// Returns the index and the slot of the root element.
    fn active(&self) -> (usize, &dyn Slot);

    /// Returns the index and the mutable slot of the root element.
    fn active_mut(&mut self) -> (usize, &mut dyn Slot);

    /// Creates the empty value of a root element.
    fn begin(index: usize) -> Option<Self>;
}

struct Root<D>(Option<D>);

impl<D: Roots> Variants for Root<D> {
    fn begin(&mut self, index: usize) {
        self.0 = D::begin(index);
    }

    fn active(&self) -> Option<(usize, &dyn Slot)> {
        self.0.as_ref().map(D::active)
    }

    fn active_mut(&mut self) -> Option<(usize, &mut dyn Slot)> {
        self.0.as_mut().map(D::active_mut)
    }
}

/// Reads a document.
///
/// # Errors
/// Fails if the document is not well-formed, or if it violates the schema more than the mode allows.
#[doc(hidden)]
pub fn read_document<D: Roots>(xml: &[u8], options: &ReadOptions, schema: &'static Schema) -> Result<Reading<D>> {
    let (result, notes) = try_read_document(xml, options, schema);
    result.map(|(value, kept)| Reading { value, notes, kept })
}

/// Does the same as [`read_document`], but returns the notes even if reading fails.
pub(crate) fn try_read_document<D: Roots>(xml: &[u8], options: &ReadOptions, schema: &'static Schema) -> (Result<(D, Kept)>, Notes) {
    let mut root = Root(None);
    let globals = Globals { items: D::type_info().items(), read: ReadRoot::Compiled(read_global::<D>) };
    let (result, notes) = read_root(xml, options, schema, globals, &mut root);
    let value = || root.0.ok_or_else(|| Error::new(ErrorKind::Root, "nothing was read"));
    (result.and_then(|kept| Ok((value()?, kept))), notes)
}

/// Reads a document of a schema set that was read at run time, given the type of its root elements.
///
/// # Errors
/// Fails in the same cases as [`read_document`].
#[doc(hidden)]
pub fn read_runtime(
    xml: &[u8],
    options: &ReadOptions,
    roots: &'static TypeCell,
    values: &'static dyn RuntimeValues,
    root: &mut dyn Variants,
) -> Result<Notes> {
    let type_info = roots.info();
    let globals = Globals { items: type_info.items(), read: ReadRoot::Runtime(values) };
    let (result, notes) = read_root(xml, options, type_info.schema, globals, root);
    result.map(|_| notes)
}

/// Reads a root element that a wildcard admits, and drops it.
fn read_global<D: Roots>(reader: &mut Reader<'_>, index: usize, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
    match D::begin(index) {
        Some(mut root) => reader.occurrence(item, tag, root.active_mut().1),
        None => Ok(()),
    }
}

fn read_root(
    xml: &[u8],
    options: &ReadOptions,
    schema: &'static Schema,
    globals: Globals,
    root: &mut dyn Variants,
) -> (Result<Kept>, Notes) {
    with_reader(xml, options, schema, |reader| {
        reader.globals = Some(globals);
        let tag = reader.root_tag()?;
        let (index, item) = reader.find_root(globals.items, &tag)?;
        match root.variant(index, true) {
            // References are checked here only, because a type that is read alone may be part of a document with more
            // identifiers.
            Some(slot) => reader.root(item, tag, slot).and_then(|()| reader.dangling()),
            None => Ok(()),
        }
    })
}

/// Writes a document.
///
/// # Errors
/// Fails if the document cannot be written.
#[doc(hidden)]
pub fn write_document<D: Roots>(document: &D, schema: &'static Schema, options: &WriteOptions) -> Result<String> {
    written(document)?.write(schema, options, None, &reread::<D>)
}

/// Writes a document to a writer.
///
/// # Errors
/// Fails if the document cannot be written, or if the writer fails.
#[doc(hidden)]
pub fn send_document<D: Roots>(document: &D, schema: &'static Schema, options: &WriteOptions, sink: &mut dyn io::Write) -> Result<()> {
    written(document)?.write(schema, options, Some(sink), &reread::<D>).map(drop)
}

/// Checks that a document could be written and read back in strict mode.
///
/// # Errors
/// Fails at the first place where the document violates the schema.
#[doc(hidden)]
pub fn validate_document<D: Roots>(document: &D, schema: &'static Schema) -> Result<()> {
    send_document(document, schema, &WriteOptions::default(), &mut io::sink())
}

impl<D: Roots> Reading<D> {
    /// Writes the document with what was kept of the document that was read.
    ///
    /// # Errors
    /// Fails in the same cases as `to_xml` of the document.
    pub fn to_xml(&self) -> Result<String> {
        self.to_xml_with(&WriteOptions::default())
    }

    /// Writes the document with what was kept of the document that was read, and with these options.
    ///
    /// # Errors
    /// Fails in the same cases as `to_xml_with` of the document.
    pub fn to_xml_with(&self, options: &WriteOptions) -> Result<String> {
        write_document(&self.value, D::type_info().schema, &options.clone().kept(&self.kept))
    }
}

fn reread<D: Roots>(xml: &[u8], options: &ReadOptions) -> Result<()> {
    read_document::<D>(xml, options, D::type_info().schema).map(drop)
}

/// Returns the root element of a document.
fn written<D: Roots>(document: &D) -> Result<Written<'_>> {
    let (index, slot) = document.active();
    let globals = Globals { items: D::type_info().items(), read: ReadRoot::Compiled(read_global::<D>) };
    match globals.items.get(index) {
        Some(item) => Ok(Written { item, name: None, type_info: item.type_info(), slot, globals: Some(globals) }),
        None => Err(Error::new(ErrorKind::Root, "the document has no such root")),
    }
}
