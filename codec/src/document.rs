//! Reads bytes as values with notes, and writes values as XML. This is the entry point of the crate; `decode`,
//! `read` and `write` do the work.

use std::borrow::Cow;
use std::io;

use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, ErrorKind, Result};
use crate::note::{Notes, Reading};
use crate::options::{Form, ReadOptions, WriteOptions};
use crate::read::{Globals, Reader, Tag};
use crate::schema::{NO_SCHEMA, Rules, Schema};
use crate::simple::{Builtin, SimpleType};
use crate::tables::{ANY_ROOT, FieldInfo, TypeInfo};
use crate::text::decode::decode;
use crate::text::place::locate;
use crate::value::{Slot, Value, Variants};
use crate::write::Writer;

/// A complex type that is read from and written to an element of any name. Implemented by the derive macro of the
/// same name.
pub trait Xml: Value + Sized {
    /// Returns the namespace of the type in the schema, empty if there is none, and its local name. For an
    /// anonymous type, it is the name of its element.
    #[must_use]
    fn type_name() -> (&'static str, &'static str) {
        Self::facts().type_info.map_or(("", ""), TypeInfo::name)
    }

    /// Returns the table of the type, which describes its attributes and content.
    #[must_use]
    fn type_info() -> Option<&'static TypeInfo> {
        Self::facts().type_info
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
        let mut value = Self::blank();
        let notes = read_into(xml, options, schema::<Self>()?, &mut value)?;
        Ok(Reading { value, notes })
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
        let type_info = Self::facts().type_info;
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
    let (parent, child) = (P::facts().type_info?, T::facts().type_info?);
    let is_it = |item: &&FieldInfo| item.type_info().is_some_and(|type_info| std::ptr::eq(type_info, child));
    parent.items().iter().find(is_it).map(|item| item.local)
}

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

pub(crate) fn schema<T: Value>() -> Result<&'static Schema> {
    T::facts().type_info.map(|type_info| type_info.schema).ok_or_else(|| Error::new(ErrorKind::Type, "the type has no table"))
}

/// Reads a root element of any name.
fn read_into(xml: &[u8], options: &ReadOptions, schema: &'static Schema, slot: &mut dyn Slot) -> Result<Notes> {
    with_reader(xml, options, schema, |reader| {
        let tag = reader.root_tag()?;
        slot.read(reader, &ANY_ROOT, &tag, None)
    })
}

/// Decodes a document, reads its prolog, root element and epilog, and determines the positions of errors and
/// notes.
fn with_reader(
    xml: &[u8],
    options: &ReadOptions,
    schema: &'static Schema,
    read: impl FnOnce(&mut Reader<'_>) -> Result<()>,
) -> Result<Notes> {
    let decoded = decode(xml, options)?;
    let mut reader = Reader::new(&decoded.text, decoded.has_section_end, schema, options);
    let result = reader.prolog().and_then(|()| read(&mut reader)).and_then(|()| reader.epilog());
    match result {
        Ok(()) => Ok(reader.notes()),
        Err(error) => Err(locate(error, &decoded.text)),
    }
}

/// Reads a document.
///
/// # Errors
/// Fails if the document is not well-formed, or if it violates the schema more than the mode allows.
#[doc(hidden)]
pub fn read_document<D: Roots>(xml: &[u8], options: &ReadOptions, schema: &'static Schema) -> Result<Reading<D>> {
    let mut root = Root(None);
    let globals = Globals { items: D::type_info().items(), read: read_global::<D> };
    let notes = read_root(xml, options, schema, globals, &mut root)?;
    match root.0 {
        Some(value) => Ok(Reading { value, notes }),
        None => Err(Error::new(ErrorKind::Root, "nothing was read")),
    }
}

/// Reads a root element that a wildcard admits, and drops it.
fn read_global<D: Roots>(reader: &mut Reader<'_>, index: usize, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
    match D::begin(index) {
        Some(mut root) => reader.occurrence(item, tag, root.active_mut().1),
        None => Ok(()),
    }
}

fn read_root(xml: &[u8], options: &ReadOptions, schema: &'static Schema, globals: Globals, root: &mut dyn Variants) -> Result<Notes> {
    with_reader(xml, options, schema, |reader| {
        reader.globals = Some(globals);
        let tag = reader.root_tag()?;
        let (index, item) = reader.find_root(globals.items, &tag)?;
        match root.arm(index, true) {
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
    Written::of(document)?.write(schema, options, None, &reread::<D>)
}

/// Writes a document to a writer.
///
/// # Errors
/// Fails if the document cannot be written, or if the writer fails.
#[doc(hidden)]
pub fn send_document<D: Roots>(document: &D, schema: &'static Schema, options: &WriteOptions, sink: &mut dyn io::Write) -> Result<()> {
    Written::of(document)?.write(schema, options, Some(sink), &reread::<D>).map(drop)
}

/// Checks that a document could be written and read back in strict mode.
///
/// # Errors
/// Fails at the first place where the document violates the schema.
#[doc(hidden)]
pub fn validate_document<D: Roots>(document: &D, schema: &'static Schema) -> Result<()> {
    send_document(document, schema, &WriteOptions::default(), &mut io::sink())
}

fn reread<D: Roots>(xml: &[u8], options: &ReadOptions) -> Result<()> {
    read_document::<D>(xml, options, D::type_info().schema).map(drop)
}

/// Reads the written XML back as a value of the type that it was written from.
type Reread<'r> = &'r dyn Fn(&[u8], &ReadOptions) -> Result<()>;

/// A root element to write.
struct Written<'v> {
    item: &'static FieldInfo,
    /// The name, if it differs from that of the item.
    name: Option<&'v str>,
    type_info: Option<&'static TypeInfo>,
    slot: &'v dyn Slot,
    /// The root elements of the schema set, if a document is written.
    globals: Option<Globals>,
}

impl<'v> Written<'v> {
    fn of<D: Roots>(document: &'v D) -> Result<Self> {
        let (index, slot) = document.active();
        let globals = Globals { items: D::type_info().items(), read: read_global::<D> };
        match globals.items.get(index) {
            Some(item) => Ok(Self { item, name: None, type_info: item.type_info(), slot, globals: Some(globals) }),
            None => Err(Error::new(ErrorKind::Root, "the document has no such root")),
        }
    }

    /// Writes the element. If identity constraints apply, the output is read back to check them; everything
    /// else is checked while writing.
    fn write<'w>(
        &self,
        schema: &'static Schema,
        options: &'w WriteOptions,
        sink: Option<&'w mut (dyn io::Write + 'w)>,
        reread: Reread<'_>,
    ) -> Result<String> {
        let watched = options.checked && schema.rules().is_some_and(Rules::has_constraints);
        let Some(sink) = sink else { return self.write_checked(schema, options, None, reread) };
        if !watched {
            return self.write_checked(schema, options, Some(sink), reread);
        }
        // Nothing is sent before the whole output has been checked.
        let xml = self.write_checked(schema, options, None, reread)?;
        sink.write_all(xml.as_bytes()).map_err(Error::io)?;
        Ok(String::new())
    }

    fn write_checked<'w>(
        &self,
        schema: &'static Schema,
        options: &'w WriteOptions,
        sink: Option<&'w mut (dyn io::Write + 'w)>,
        reread: Reread<'_>,
    ) -> Result<String> {
        let (xml, constrained) = self.write_once(schema, options, sink)?;
        if constrained {
            let is_plain = options.form == Form::Qualified && !options.mask_secrets && !options.type_aliases;
            let again = match is_plain {
                true => None,
                false => Some(self.write_once(schema, &WriteOptions::tolerant(), None)?.0),
            };
            let reading = ReadOptions::strict().max_bytes(usize::MAX).max_attributes(usize::MAX).unlisted(options.unlisted_values);
            match reread(again.as_ref().unwrap_or(&xml).as_bytes(), &reading) {
                Err(error) if error.kind() != ErrorKind::Limit => return Err(error.of_writing(false)),
                _ => {}
            }
        }
        Ok(xml)
    }

    /// Returns the error for a dangling reference, given by its index. The element is written again to find the
    /// path of the reference.
    #[cold]
    fn dangling(&self, schema: &'static Schema, options: &WriteOptions, reference: usize) -> Error {
        let mut writer = Writer::new(schema, options, None);
        (writer.checks.globals, writer.checks.dangling) = (self.globals, Some(reference));
        let written = writer.root(self.item, None, self.type_info, self.slot);
        written.err().unwrap_or_else(|| Error::new(ErrorKind::Identity, "a reference leads to no ID"))
    }

    /// Returns the text, if there is no sink, and whether the output contains an element with identity
    /// constraints.
    fn write_once<'w>(
        &self,
        schema: &'static Schema,
        options: &'w WriteOptions,
        sink: Option<&'w mut (dyn io::Write + 'w)>,
    ) -> Result<(String, bool)> {
        let mut writer = Writer::new(schema, options, sink);
        writer.begin();
        writer.checks.globals = self.globals;
        writer.root(self.item, self.name.map(str::to_owned), self.type_info, self.slot)?;
        // Only a whole document contains all identifiers.
        if let Some(reference) = self.globals.and_then(|_| writer.dangling()) {
            return Err(self.dangling(schema, options, reference));
        }
        let constrained = writer.checks.constrained;
        Ok((writer.finish()?, constrained))
    }
}

/// Rejects a name that no element can have.
fn refuse_name(schema: &'static Schema, name: &str) -> Result<()> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let known = prefix.is_empty() || schema.by_prefix(prefix).is_some();
    if known && SimpleType::of(Builtin::NcName).validate(local).is_ok_and(|()| local.trim() == local) {
        return Ok(());
    }
    let message = format!("{} is no name, or its prefix is none of the schema set", crate::error::excerpt(name));
    Err(Error::new(ErrorKind::Unwritable, message))
}

/// Keeps a document as an element.
pub(crate) fn keep(xml: &str) -> Result<AnyElement> {
    let mut element = AnyElement::default();
    match read_into(xml.as_bytes(), &ReadOptions::strict(), &NO_SCHEMA, &mut element)?.is_empty() {
        true => Ok(element),
        false => Err(Error::new(ErrorKind::Doctype, "an element has none")),
    }
}

/// Reads the attributes of the root element.
pub(crate) fn attributes(xml: &str) -> Result<Vec<AnyAttribute>> {
    let mut content = AnyType::default();
    read_into(xml.as_bytes(), &ReadOptions::tolerant(), &NO_SCHEMA, &mut content)?;
    Ok(content.attributes)
}

/// Decodes a document as the reader does: by its byte order mark, [`ReadOptions::charset`] or its XML
/// declaration. Line ends become line feeds.
///
/// The offsets of [`Position`](crate::Position) count the bytes of this text.
///
/// # Example
/// ```
/// use xsdgen_codec::{ReadOptions, decode_text};
/// let text = decode_text(b"<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<a>\xE9</a>", &ReadOptions::tolerant())?;
/// assert!(text.ends_with("?>\n<a>\u{e9}</a>"));
/// # Ok::<(), xsdgen_codec::Error>(())
/// ```
///
/// # Errors
/// Fails if the bytes are not valid in the encoding, if the encoding is unknown, if a character is not allowed
/// in XML, or if the document is larger than the limit.
pub fn decode_text<'a>(xml: &'a [u8], options: &ReadOptions) -> Result<Cow<'a, str>> {
    Ok(decode(xml, options)?.text)
}
