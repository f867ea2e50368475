//! Writes a document of any size record by record. A single record is written in `write`.

use std::fmt;
use std::io::Write;

use memchr::memchr;
use xsdgen_datatypes::names::is_qname;

use super::envelope::Envelope;
use super::markup::{Markup, element_len, local_of, name_of};
use crate::any::AnyElement;
use crate::document::{Roots, Xml, schema, write_document};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::options::{Form, ReadOptions, WriteOptions};
use crate::schema::Rules;
use crate::write::{Carried, Writer};

/// Writes a document record by record: first what precedes the records, then each record, then what follows
/// them.
///
/// Memory holds about sixteen thousand bytes or one record, and the parts of the document outside the records.
/// If a record cannot be written, none of it appears in the output, and the next record can be written. Without
/// [`RecordWriter::finish`] the document is incomplete.
///
/// # Example
#[cfg_attr(feature = "derive", doc = "```")]
#[cfg_attr(not(feature = "derive"), doc = "```ignore")]
/// # #[allow(missing_docs)] mod bindings {
/// use xsdgen_codec::{RecordWriter, WriteOptions, Xml};
/// mod xmlns { xsdgen_codec::schema! { trim_text = true; n = "urn:notes"; } }
///
/// #[derive(Clone, PartialEq, Xml)]
/// #[xml(n, "noteType")]
/// pub struct Note { #[xml("to")] pub to: String }
///
/// # pub fn main() -> xsdgen_codec::Result<()> {
/// let (head, tail) = (r#"<n:notes xmlns:n="urn:notes" about="all">"#, "</n:notes>");
/// let mut notes = RecordWriter::between(Vec::new(), head, tail, "n:note", &WriteOptions::default())?;
/// notes.write(&Note { to: "Ada".to_owned() })?;
/// notes.write(&Note { to: "Charles".to_owned() })?;
/// let xml = notes.finish()?;
/// assert!(xml.ends_with(b"<n:note><n:to>Charles</n:to></n:note></n:notes>"));
/// # Ok(()) } }
/// # fn main() -> xsdgen_codec::Result<()> { bindings::main() }
/// ```
pub struct RecordWriter<W> {
    sink: W,
    options: WriteOptions,
    name: String,
    tail: String,
    depth: usize,
    carried: Carried,
    /// Whether the sink has failed, so that it is not known which of the last bytes it accepted.
    broken: bool,
}

impl<W> fmt::Debug for RecordWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordWriter").field("name", &self.name).field("depth", &self.depth).finish_non_exhaustive()
    }
}

/// A document that is split at the place where its records go.
struct Split {
    head: String,
    tail: String,
    name: String,
}

impl<W: Write> RecordWriter<W> {
    /// Writes records into this document, at the path given by local names from the root element, such as
    /// `message/body/bodyContent/ep:recording`.
    ///
    /// The records follow the last element that the document already has at this path. If there is none, they
    /// go at the end of the parent element, under the name from the path. If other elements must follow them
    /// there, include the first record in the document.
    ///
    /// All elements have prefixes, also where the bindings choose a default namespace.
    ///
    /// # Errors
    /// Fails if the document cannot be written, if the path does not lead into the document, if the sink fails, or
    /// if [`WriteOptions::namespaces_on_root`] is set.
    pub fn new<D: Roots>(sink: W, document: &D, path: &str, options: &WriteOptions) -> Result<Self> {
        refuse_namespaces_on_root(options)?;
        let xml = write_document(document, D::type_info().schema, &options.clone().default_namespace(""))?;
        let Split { head, tail, name } = split(&xml, path, options)?;
        Self::between(sink, &head, &tail, &name, options)
    }

    /// Writes records between two texts that together form a document. The name of the records is `prefix:name`
    /// with a prefix of the schema set, or a name without namespace.
    ///
    /// # Errors
    /// Fails if the texts do not form a document, if the name is not one, if the sink fails, or if [`WriteOptions::namespaces_on_root`] is
    /// set.
    pub fn between(sink: W, head: &str, tail: &str, name: &str, options: &WriteOptions) -> Result<Self> {
        refuse_namespaces_on_root(options)?;
        if !is_qname(name) {
            return Err(Error::new(ErrorKind::Unwritable, format!("{} is not the name of an element", excerpt(name))));
        }
        let around = around(head, tail)?;
        let mut carried = Carried::new(around.declarations().to_vec());
        carried.push_str(head);
        let (name, tail) = (name.to_owned(), tail.to_owned());
        Ok(Self { sink, options: options.clone(), name, tail, depth: around.depth(), carried, broken: false })
    }

    /// Returns the sink. About sixteen thousand bytes that were written last may not have reached it yet.
    pub fn get_ref(&self) -> &W {
        &self.sink
    }

    /// Writes one record.
    ///
    /// # Errors
    /// Fails if the record cannot be written, or if the sink fails. After a failure of the sink, all further
    /// records are rejected.
    pub fn write<T: Xml>(&mut self, record: &T) -> Result<()> {
        if self.broken {
            return Err(Error::new(ErrorKind::Io, "the writer failed before"));
        }
        let prefix = self.name.split_once(':').map_or("", |(prefix, _)| prefix);
        if !prefix.is_empty() && schema::<T>()?.by_prefix(prefix).is_none() && !self.carried.declares(prefix) {
            return Err(Error::new(ErrorKind::Unwritable, format!("the prefix {} is not declared for the records", excerpt(prefix))));
        }
        if self.options.checked && schema::<T>()?.rules().is_some_and(Rules::has_constraints) {
            record.validate()?; // identity constraints and identifiers are checked within one record
        }
        let carried = std::mem::take(&mut self.carried);
        let (carried, result) =
            Writer::fragment(schema::<T>()?, &self.options, carried, self.depth, &self.name, T::info().type_info, record);
        self.carried = carried;
        result.map_err(|error| error.within(local_of(&self.name)))?;
        self.send(false)
    }

    /// Writes what follows the records, flushes the sink and returns it.
    ///
    /// # Errors
    /// Fails if the sink fails.
    pub fn finish(mut self) -> Result<W> {
        self.carried.push_str(&self.tail);
        self.send(true)?;
        self.sink.flush().map_err(Error::io)?;
        Ok(self.sink)
    }

    fn send(&mut self, all: bool) -> Result<()> {
        let result = self.carried.send(&mut self.sink, all);
        self.broken |= result.is_err();
        result.map_err(Error::io)
    }
}

/// Refuses the option, because the root element is written before the namespaces of the records are known.
fn refuse_namespaces_on_root(options: &WriteOptions) -> Result<()> {
    if options.restyles() {
        let message = "options that change a document as a whole do not work for records: a default namespace, another form of empty elements, \
                       the canonical form, another encoding, and kept content";
        return Err(Error::new(ErrorKind::Unwritable, message));
    }
    if !options.namespaces_on_root {
        return Ok(());
    }
    let message = "`namespaces_on_root` does not work for records, because the root element is written before them; write the document as a \
                   whole, or declare the namespaces in the text before the records";
    Err(Error::new(ErrorKind::Unwritable, message))
}

/// Returns an envelope with the elements that are open between the two texts.
fn around(head: &str, tail: &str) -> Result<Envelope> {
    let options = ReadOptions::strict().max_bytes(usize::MAX);
    let whole = head.to_owned() + tail;
    AnyElement::from_xml(&whole)?;
    let mut envelope = Envelope::new("records")?;
    let mut at = 0;
    while let Some(found) = memchr(b'<', head.as_bytes().get(at..).unwrap_or_default()) {
        at += found;
        at += pass(&mut envelope, head.get(at..).unwrap_or_default(), &options)?;
    }
    Ok(envelope)
}

/// Updates the open elements for the markup at the start of the text. Returns the length of the markup.
fn pass(envelope: &mut Envelope, text: &str, options: &ReadOptions) -> Result<usize> {
    match Markup::of(text) {
        Some(Markup::Start { len, empty }) => {
            envelope.enter(text.get(..len).unwrap_or_default(), empty, options)?;
            Ok(len)
        }
        Some(Markup::End { len }) => {
            envelope.leave(text.get(..len).unwrap_or_default())?;
            Ok(len)
        }
        Some(Markup::Aside { len } | Markup::Section { len }) => Ok(len),
        Some(Markup::Declaration) | None => {
            Err(Error::new(ErrorKind::Syntax, "the text ends within a tag, or has a document type declaration"))
        }
    }
}

/// Splits a document at the place where its records go.
fn split(xml: &str, path: &str, options: &WriteOptions) -> Result<Split> {
    let reading = ReadOptions::strict().max_bytes(usize::MAX);
    let mut envelope = Envelope::new(path)?;
    let (mut at, mut place) = (0, None);
    while let Some(found) = memchr(b'<', xml.as_bytes().get(at..).unwrap_or_default()) {
        at += found;
        let text = xml.get(at..).unwrap_or_default();
        if !text.starts_with("</") && envelope.is_record(name_of(text)) {
            at += element_len(text).unwrap_or(text.len());
            place = Some((at, name_of(text)));
            continue;
        }
        if text.starts_with("</") && envelope.is_around_records() && place.is_none() {
            place = Some((at, ""));
        }
        let len = pass(&mut envelope, text, &reading)?;
        if place.is_none()
            && let Some(tag) = text.get(..len).and_then(|tag| tag.strip_suffix("/>"))
            && envelope.would_be_around(name_of(tag))
        {
            let (head, tail) = (xml.get(..at + len - 2).unwrap_or_default(), xml.get(at + len..).unwrap_or_default());
            let line = options.indent.map_or(String::new(), |spaces| format!("\n{}", " ".repeat(spaces * envelope.depth())));
            let (head, tail) = (format!("{head}>"), format!("{line}</{}>{tail}", name_of(tag)));
            return Ok(Split { head, tail, name: record_name(path, options) });
        }
        at += len;
    }
    let Some((at, name)) = place else {
        return Err(Error::new(ErrorKind::Root, format!("the document has no element for the records of {path}")));
    };
    let name = if name.is_empty() { record_name(path, options) } else { name.to_owned() };
    Ok(Split { head: xml.get(..at).unwrap_or_default().to_owned(), tail: xml.get(at..).unwrap_or_default().to_owned(), name })
}

/// Returns the name of the records according to the path.
fn record_name(path: &str, options: &WriteOptions) -> String {
    let last = path.rsplit('/').next().unwrap_or_default().trim();
    if options.form == Form::RootQualified { local_of(last).to_owned() } else { last.to_owned() }
}
