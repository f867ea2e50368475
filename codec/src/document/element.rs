//! Reads and writes a root element, whatever its type: the part of the entry points that is not generic.

use std::io;

use crate::error::{Error, ErrorKind, Result};
use crate::note::Notes;
use crate::options::{Form, ReadOptions, WriteOptions};
use crate::read::{Globals, Reader};
use crate::schema::{Rules, Schema};
use crate::secret::mask_parameters;
use crate::style::{self, Kept};
use crate::tables::{ANY_ROOT, FieldInfo, TypeInfo};
use crate::text::decode::decode;
use crate::text::place::locate;
use crate::value::Slot;
use crate::write::Writer;

/// Reads a root element of any name.
pub(crate) fn read_into(xml: &[u8], options: &ReadOptions, schema: &'static Schema, slot: &mut dyn Slot) -> Result<(Notes, Kept)> {
    let (result, notes) = try_read_into(xml, options, schema, slot);
    result.map(|kept| (notes, kept))
}

/// Does the same as `read_into`, but returns the notes even if reading fails.
pub(crate) fn try_read_into(xml: &[u8], options: &ReadOptions, schema: &'static Schema, slot: &mut dyn Slot) -> (Result<Kept>, Notes) {
    with_reader(xml, options, schema, |reader| {
        let tag = reader.root_tag()?;
        slot.read(reader, &ANY_ROOT, &tag, None)
    })
}

/// Reads a root element of any name into a value that holds another one.
pub(super) fn read_again(xml: &[u8], options: &ReadOptions, schema: &'static Schema, slot: &mut dyn Slot) -> Result<(Notes, Kept)> {
    let (result, notes) = with_reader(xml, options, schema, |reader| {
        reader.use_again();
        let tag = reader.root_tag()?;
        slot.read(reader, &ANY_ROOT, &tag, None)
    });
    result.map(|kept| (notes, kept))
}

/// Decodes a document, reads its prolog, root element and epilog, and determines the positions of errors and
/// notes. The notes are those up to the end or to the error that ended reading.
pub(super) fn with_reader(
    xml: &[u8],
    options: &ReadOptions,
    schema: &'static Schema,
    read: impl FnOnce(&mut Reader<'_>) -> Result<()>,
) -> (Result<Kept>, Notes) {
    let decoded = match decode(xml, options) {
        Ok(decoded) => decoded,
        Err(error) => return (Err(error), Notes::default()),
    };
    let mut reader = Reader::new(&decoded.text, decoded.has_section_end, schema, options);
    let result = reader.prolog().and_then(|()| read(&mut reader)).and_then(|()| reader.epilog());
    let result = match reader.settle(result) {
        Ok(()) => reader.take_kept(),
        Err(error) => Err(locate(error, &decoded.text)),
    };
    (result, reader.notes())
}

/// Reads the written XML back as a value of the type that it was written from.
pub(super) type Reread<'r> = &'r dyn Fn(&[u8], &ReadOptions) -> Result<()>;

/// A root element to write.
pub(super) struct Written<'v> {
    pub(super) item: &'static FieldInfo,
    /// The name, if it differs from that of the item.
    pub(super) name: Option<&'v str>,
    pub(super) type_info: Option<&'static TypeInfo>,
    pub(super) slot: &'v dyn Slot,
    /// The root elements of the schema set, if a document is written.
    pub(super) globals: Option<Globals>,
}

impl<'v> Written<'v> {
    /// Writes the element. If identity constraints apply, the output is read back to check them; everything
    /// else is checked while writing.
    pub(super) fn write<'w>(
        &self,
        schema: &'static Schema,
        options: &'w WriteOptions,
        sink: Option<&'w mut (dyn io::Write + 'w)>,
        reread: Reread<'_>,
    ) -> Result<String> {
        let options = &*options.resolved(schema);
        if options.restyles() || masks_parameters(schema, options) {
            return self.write_styled(schema, options, sink, reread);
        }
        let has_constraints = options.checked && schema.rules().is_some_and(Rules::has_constraints);
        let Some(sink) = sink else { return self.write_checked(schema, options, None, reread) };
        if !has_constraints {
            return self.write_checked(schema, options, Some(sink), reread);
        }
        // Nothing is sent before the whole output has been checked.
        let xml = self.write_checked(schema, options, None, reread)?;
        sink.write_all(xml.as_bytes()).map_err(Error::io)?;
        Ok(String::new())
    }

    /// Writes the element with options that change the output as a whole.
    #[cold]
    fn write_styled(
        &self,
        schema: &'static Schema,
        options: &WriteOptions,
        sink: Option<&mut dyn io::Write>,
        reread: Reread<'_>,
    ) -> Result<String> {
        let mut xml = style::finish(self.write_checked(schema, options, None, reread)?, options)?;
        if masks_parameters(schema, options) {
            xml = mask_parameters(&xml, schema.secret_parameters()).into_owned();
        }
        let Some(sink) = sink else { return Ok(xml) };
        let bytes = style::encode(&xml, options.encoding.as_deref().unwrap_or("UTF-8"))?;
        sink.write_all(&bytes).map_err(Error::io)?;
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
            let reading =
                ReadOptions::strict().charset("UTF-8").max_bytes(usize::MAX).max_attributes(usize::MAX).unlisted(options.unlisted_values);
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

    /// Returns the namespaces that the document declares, with their prefixes. The element is written to nowhere to find them.
    #[cold]
    fn namespaces(&self, schema: &'static Schema, options: &WriteOptions) -> Result<Vec<(String, String)>> {
        let mut nowhere = io::sink();
        let mut writer = Writer::new(schema, options, Some(&mut nowhere));
        (writer.checks.globals, writer.found) = (self.globals, Some(Vec::new()));
        writer.root(self.item, self.name.map(str::to_owned), self.type_info, self.slot)?;
        Ok(writer.found.unwrap_or_default())
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
        if options.namespaces_on_root {
            writer.on_root = self.namespaces(schema, options)?;
        }
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

/// Returns whether values of parameters of addresses are masked.
fn masks_parameters(schema: &Schema, options: &WriteOptions) -> bool {
    options.mask_secrets && !schema.secret_parameters().is_empty()
}
