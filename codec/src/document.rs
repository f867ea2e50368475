//! In: bytes, or values. Out: values with notes, or XML: the ends of the pipe.
//! Not done here: anything between (`decode`, `read`, `write`).

use std::borrow::Cow;
use std::io;

use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::decode::decode;
use crate::error::{Error, ErrorKind, Result};
use crate::note::{Notes, Reading};
use crate::options::{Form, ReadOptions, WriteOptions};
use crate::read::{Globals, Reader, Tag, locate};
use crate::rules::Rules;
use crate::schema::{NO_SCHEMA, Schema};
use crate::simple::{Builtin, SimpleType};
use crate::tables::{FieldInfo, TypeInfo};
use crate::value::{Slot, Value, Variants};
use crate::write::Writer;

/// A complex type, read from and written to an element of any name. Implemented by the derive macro of the same name.
pub trait Xml: Value + Sized {
    /// The name of the type in the schema: its namespace, empty for none, and its local name; of a type without a name, that of the
    /// element it stands in.
    #[must_use]
    fn type_name() -> (&'static str, &'static str) {
        Self::facts().type_info.map_or(("", ""), TypeInfo::name)
    }

    /// Returns the table of the type: which elements it holds.
    #[must_use]
    fn type_info() -> Option<&'static TypeInfo> {
        Self::facts().type_info
    }

    /// Reads tolerantly: leaves out what the schema does not have there and optional values that are not of their types, without saying so.
    ///
    /// [`Xml::from_xml_noted`] says what was left out, [`Xml::from_xml_strict`] refuses it.
    ///
    /// # Errors
    /// A document that is not well-formed; a required value that is not of its type.
    fn from_xml(xml: &[u8]) -> Result<Self> {
        Ok(Self::from_xml_noted(xml)?.value)
    }

    /// Reads tolerantly, and gives a note of each departure from the schema: with its place, and the text of a value that was left out.
    ///
    /// # Errors
    /// As [`Xml::from_xml`].
    fn from_xml_noted(xml: &[u8]) -> Result<Reading<Self>> {
        Self::read_xml(xml, &ReadOptions::tolerant())
    }

    /// Reads strictly.
    ///
    /// # Errors
    /// What is not well-formed; what the schema does not have so.
    fn from_xml_strict(xml: &[u8]) -> Result<Self> {
        Ok(Self::read_xml(xml, &ReadOptions::strict())?.value)
    }

    /// Reads by these options, and gives the notes too.
    ///
    /// # Errors
    /// As [`Xml::from_xml`] or [`Xml::from_xml_strict`], by the options.
    fn read_xml(xml: &[u8], options: &ReadOptions) -> Result<Reading<Self>> {
        let mut value = Self::blank();
        let notes = read_into(xml, options, schema::<Self>()?, &mut value)?;
        Ok(Reading { value, notes })
    }

    /// Writes it as an element of this name, `prefix:name` with a prefix of the schema set, or a name without namespace.
    ///
    /// # Errors
    /// What cannot be written; an unknown prefix.
    fn to_xml_as(&self, name: &str) -> Result<String> {
        self.to_xml_as_with(name, &WriteOptions::default())
    }

    /// Writes as told.
    ///
    /// # Errors
    /// As [`Xml::to_xml_as`].
    fn to_xml_as_with(&self, name: &str, options: &WriteOptions) -> Result<String> {
        let type_info = Self::facts().type_info;
        let root = Written { item: &ANY_ROOT, name: Some(name), type_info, slot: self, globals: None };
        refuse_name(schema::<Self>()?, name)?;
        root.write(schema::<Self>()?, options, None, &|xml, options| Self::read_xml(xml, options).map(drop))
    }

    /// Whether strict reading takes what would be written; nothing is.
    ///
    /// # Errors
    /// The first place where the value is not as the schema says: what is missing or wrong there, and what was expected.
    fn validate(&self) -> Result<()> {
        let name = Self::type_name().1;
        self.to_xml_as(if name.is_empty() { "root" } else { name }).map(drop)
    }
}

/// The local name of the element of this type that has this other type as its own, the first if there are several: the name that records have
/// in their list.
#[must_use]
pub fn child_name<P: Xml, T: Xml>() -> Option<&'static str> {
    let (parent, child) = (P::facts().type_info?, T::facts().type_info?);
    let is_it = |item: &&FieldInfo| item.type_info().is_some_and(|type_info| std::ptr::eq(type_info, child));
    parent.items().iter().find(is_it).map(|item| item.local)
}

/// The documents of a schema set: an enumeration over its root elements. Implemented by the derive `Xml`.
#[doc(hidden)]
pub trait Roots: Sized + 'static {
    /// The root elements.
    fn type_info() -> &'static TypeInfo;

    /// The root element it is.
    fn active(&self) -> (usize, &dyn Slot);

    /// As [`Roots::active`], to be changed.
    fn active_mut(&mut self) -> (usize, &mut dyn Slot);

    /// A root element of which nothing is said.
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

/// The item of a root element whose name does not matter.
pub(crate) static ANY_ROOT: FieldInfo = FieldInfo::bare("<root>", "</root>", "root");

/// Reads a root element whose name does not matter.
fn read_into(xml: &[u8], options: &ReadOptions, schema: &'static Schema, slot: &mut dyn Slot) -> Result<Notes> {
    with_reader(xml, options, schema, |reader| {
        let tag = reader.root_tag()?;
        slot.read(reader, &ANY_ROOT, &tag, None)
    })
}

/// Decodes, reads prolog, root element and epilog, and finds the places of error and notes.
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
/// As the mode has it.
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
            // A type that is read alone may be part of a document: only here are all identifiers known.
            Some(slot) => reader.root(item, tag, slot).and_then(|()| reader.dangling()),
            None => Ok(()),
        }
    })
}

/// Writes a document.
///
/// # Errors
/// What cannot be written.
#[doc(hidden)]
pub fn write_document<D: Roots>(document: &D, schema: &'static Schema, options: &WriteOptions) -> Result<String> {
    Written::of(document)?.write(schema, options, None, &reread::<D>)
}

/// Writes a document to a writer.
///
/// # Errors
/// What cannot be written; those of the writer.
#[doc(hidden)]
pub fn send_document<D: Roots>(document: &D, schema: &'static Schema, options: &WriteOptions, sink: &mut dyn io::Write) -> Result<()> {
    Written::of(document)?.write(schema, options, Some(sink), &reread::<D>).map(drop)
}

/// Whether strict reading takes the document that would be written.
///
/// # Errors
/// The first place where the document is not as the schema says.
#[doc(hidden)]
pub fn validate_document<D: Roots>(document: &D, schema: &'static Schema) -> Result<()> {
    send_document(document, schema, &WriteOptions::default(), &mut io::sink())
}

fn reread<D: Roots>(xml: &[u8], options: &ReadOptions) -> Result<()> {
    read_document::<D>(xml, options, D::type_info().schema).map(drop)
}

/// Reads what was written as the value that it was written from.
type Reread<'r> = &'r dyn Fn(&[u8], &ReadOptions) -> Result<()>;

/// A root element to be written.
struct Written<'v> {
    item: &'static FieldInfo,
    /// Its name, where it is not that of the item.
    name: Option<&'v str>,
    type_info: Option<&'static TypeInfo>,
    slot: &'v dyn Slot,
    /// The root elements of the schema set, of a document.
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

    /// Writes it, and reads it again if identity constraints are to be checked: all else is judged while it is written.
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
        // Nothing is sent before it is known to be right.
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

    /// Why it cannot be written with a reference, by its number, that leads nowhere: what is written again tells the path.
    #[cold]
    fn dangling(&self, schema: &'static Schema, options: &WriteOptions, reference: usize) -> Error {
        let mut writer = Writer::new(schema, options, None);
        (writer.checks.globals, writer.checks.dangling) = (self.globals, Some(reference));
        let written = writer.root(self.item, None, self.type_info, self.slot);
        written.err().unwrap_or_else(|| Error::new(ErrorKind::Identity, "a reference leads to no ID"))
    }

    /// Gives the text, where there is no sink, and whether an element with identity constraints is in it.
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
        // Only of a document all identifiers are known.
        if let Some(reference) = self.globals.and_then(|_| writer.dangling()) {
            return Err(self.dangling(schema, options, reference));
        }
        let constrained = writer.checks.constrained;
        Ok((writer.finish()?, constrained))
    }
}

/// Refuses a name that no element can have.
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

/// Decodes a document by its byte order mark, [`ReadOptions::charset`] or its XML declaration, as the reader does. Line ends become line feeds.
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
/// Bytes that are not text of that encoding, an unknown encoding, characters that XML does not have, more bytes than the limit.
pub fn decode_text<'a>(xml: &'a [u8], options: &ReadOptions) -> Result<Cow<'a, str>> {
    Ok(decode(xml, options)?.text)
}
