//! Writes values as XML, driven by the type tables. The output is collected in a buffer and sent to the
//! caller's writer in batches.
//!
//! Modules: `buffer` collects the pieces, `record` writes elements with children, `checks` rejects what the
//! schema forbids, `fragment` writes records of a larger document, `texts` writes simple values, `types`
//! handles `xsi:type`, `xsi:nil` and kept XML, `names` writes qualified names as values, `scope` declares
//! namespaces, and `escape` escapes text.

mod checks;
mod fragment;
mod names;
mod record;
mod scope;
mod texts;
mod types;

use std::io;

use crate::error::{Error, ErrorKind, Result, schema_excerpt};
use crate::options::{Form, WriteOptions};
use crate::schema::{NO_SCHEMA, Rules, Schema};
use crate::simple::{Builtin, SimpleType};
use crate::tables::{FieldInfo, Place};
use crate::text::buffer::Buffer;
use crate::text::escape;
use crate::value::Value;

use checks::Checks;
pub(crate) use fragment::Carried;
pub use types::Active;

/// The number of bytes that are collected before they are sent. That many fit into the processor cache.
const BATCH: usize = 16 * 1024;

/// The writer of one document: a buffer and the namespaces declared so far. Generated code passes it on.
pub struct Writer<'w> {
    out: Buffer,
    /// Holds the output of earlier batches, if there is no sink.
    done: String,
    sink: Option<&'w mut dyn io::Write>,
    /// The number of bytes in earlier batches.
    sent: usize,
    options: &'w WriteOptions,
    schema: &'static Schema,
    /// Whether element names are written with their prefixes.
    qualified: bool,
    /// Whether a start tag can be copied from the table.
    plain: bool,
    /// Whether the tags around the next text are copied from the table.
    tagged: bool,
    /// Additional content of the next start tag: namespace declarations and `xsi:type`.
    extra: String,
    /// The name of the root element, if it differs from that in the table.
    rename: Option<String>,
    declared: Vec<(String, String)>,
    depth: usize,
    /// Whether white space may be added between elements.
    loose: bool,
    in_attribute: bool,
    /// Where the text of an item with a fixed value begins, and the value of `inserted` at that time.
    fixed_from: (usize, usize),
    /// The number of bytes of namespace declarations that were inserted before existing output.
    inserted: usize,
    /// Whether the content of the next element is left out because the element is nil.
    nil_body: bool,
    /// Whether an empty text stands for a default or fixed value.
    value_constraints: bool,
    /// Whether values that strict mode would reject are errors.
    checked: bool,
    /// Whether element declarations of the schema set block types.
    declares: bool,
    /// Whether the schema set has identity constraints.
    watched: bool,
    pub(crate) checks: Checks,
    simple: Option<&'static SimpleType>,
    /// Whether the numbers of the current list are decimals.
    decimal: bool,
    /// Whether the current text must not appear in messages.
    secret: bool,
}

/// Returns whether a leaf holds the same value as a text. To find out, the leaf is written and the result
/// compared with the text according to the simple type.
pub(crate) fn is_held(simple: Option<&'static SimpleType>, leaf: &dyn Value, text: &str) -> bool {
    let options = WriteOptions::default();
    let mut writer = Writer::new(&NO_SCHEMA, &options, None);
    (writer.simple, writer.decimal) = (simple, simple.and_then(SimpleType::primitive) == Some(Builtin::Decimal));
    let written = leaf.write(&mut writer, &ANY_TEXT).and_then(|()| writer.finish());
    written.is_ok_and(|written| simple.is_none_or(|simple| simple.same(&written, text)))
}

/// The item for a text without tags.
static ANY_TEXT: FieldInfo = FieldInfo { place: Place::Text, ..FieldInfo::bare("", "", "") };

impl std::fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("written", &self.total()).finish_non_exhaustive()
    }
}

impl<'w> Writer<'w> {
    pub(crate) fn new(schema: &'static Schema, options: &'w WriteOptions, sink: Option<&'w mut dyn io::Write>) -> Self {
        let rules = schema.rules().filter(|_| options.checked);
        Self {
            out: Buffer::default(),
            done: String::new(),
            sink,
            sent: 0,
            options,
            schema,
            qualified: true,
            plain: false,
            tagged: false,
            extra: String::new(),
            rename: None,
            declared: Vec::new(),
            depth: 0,
            loose: options.indent.is_some(),
            in_attribute: false,
            fixed_from: (0, 0),
            inserted: 0,
            nil_body: false,
            value_constraints: false,
            checked: options.checked,
            declares: rules.is_some_and(Rules::has_declarations),
            watched: rules.is_some_and(Rules::has_constraints),
            checks: Checks::default(),
            simple: None,
            decimal: false,
            secret: false,
        }
    }

    fn total(&self) -> usize {
        self.sent + self.out.len()
    }

    /// Sends the collected output once it has at least this many bytes.
    #[inline]
    fn send(&mut self, at_least: usize) -> Result<()> {
        if self.out.len() < at_least { Ok(()) } else { self.send_all() }
    }

    fn send_all(&mut self) -> Result<()> {
        match &mut self.sink {
            Some(sink) => sink.write_all(self.out.as_bytes()).map_err(Error::io)?,
            None => self.done.push_str(self.out.since(0)),
        }
        self.sent += self.out.len();
        self.out.clear();
        Ok(())
    }

    /// Ends the document and returns it, if there is no sink.
    pub(crate) fn finish(mut self) -> Result<String> {
        if self.sink.is_none() && self.sent == 0 {
            return Ok(self.out.into_string().unwrap_or_default());
        }
        self.send(1)?;
        Ok(self.done)
    }

    /// Writes an item that has a text.
    ///
    /// # Errors
    /// Fails if the text cannot be written.
    #[inline(never)]
    pub fn leaf(&mut self, item: &'static FieldInfo, put: &dyn Fn(&mut Self) -> Result<()>) -> Result<()> {
        self.start(item)?;
        put(self)?;
        self.end(item)
    }

    /// Writes the start tag, or what else precedes the text of an item.
    ///
    /// # Errors
    /// Never fails; the return type matches that of the related methods.
    #[inline]
    pub fn start(&mut self, item: &'static FieldInfo) -> Result<()> {
        if self.plain
            && let Some([open, _]) = &item.tags
        {
            self.out.push_padded(open);
            (self.tagged, self.simple, self.in_attribute) = (true, item.simple, item.in_tag);
            return Ok(());
        }
        self.start_slowly(item)
    }

    #[inline(never)]
    fn start_slowly(&mut self, item: &'static FieldInfo) -> Result<()> {
        self.tagged = false;
        self.simple = item.simple;
        self.value_constraints |= item.value_constraint.is_some() && item.place == Place::Element;
        if item.fixed {
            return self.start_fixed(item);
        }
        self.start_tag(item);
        Ok(())
    }

    fn start_tag(&mut self, item: &'static FieldInfo) {
        match item.place {
            Place::Element if self.plain => self.out.push_str(item.open),
            Place::Element => {
                self.open(item);
                self.out.push(b'>');
            }
            Place::Attribute => self.start_attribute(item),
            Place::Text | Place::Any | Place::Group => {}
        }
    }

    /// Writes the end tag, or what else follows the text of an item.
    ///
    /// # Errors
    /// Fails if the caller's writer fails.
    #[inline]
    pub fn end(&mut self, item: &'static FieldInfo) -> Result<()> {
        if self.tagged
            && let Some([_, close]) = &item.tags
        {
            (self.tagged, self.in_attribute) = (false, false);
            self.out.push_padded(close);
            return Ok(());
        }
        self.end_slowly(item)
    }

    #[inline(never)]
    fn end_slowly(&mut self, item: &'static FieldInfo) -> Result<()> {
        self.value_constraints = false;
        if item.fixed {
            self.end_fixed(item)?;
        }
        match item.place {
            Place::Element if self.plain => self.out.push_str(item.close),
            Place::Element => self.close(item),
            Place::Attribute => {
                self.out.push(b'"');
                self.in_attribute = false;
            }
            Place::Text | Place::Any | Place::Group => {}
        }
        Ok(())
    }

    /// Does the same as `start` for an item with a fixed value.
    #[cold]
    fn start_fixed(&mut self, item: &'static FieldInfo) -> Result<()> {
        self.start_tag(item);
        self.fixed_from = (self.out.len(), self.inserted);
        Ok(())
    }

    /// Checks that the written text is the fixed value.
    #[cold]
    fn end_fixed(&mut self, item: &'static FieldInfo) -> Result<()> {
        let Some(fixed) = item.value_constraint.filter(|_| self.checked) else { return Ok(()) };
        let (from, inserted) = self.fixed_from;
        let written = self.out.since(from + self.inserted - inserted);
        if written.is_empty() && item.place == Place::Element {
            return Ok(()); // an empty element has the fixed value
        }
        let mut escaped = String::new();
        let _ = if self.in_attribute { escape::attribute(fixed, &mut escaped) } else { escape::text(fixed, &mut escaped) };
        let same = match item.simple().filter(|simple| simple.qualified) {
            Some(simple) => simple.same_as(fixed, written, &|prefix| self.namespace_of(prefix)),
            None => written == escaped || item.simple().is_some_and(|simple| simple.same(fixed, written)),
        };
        if same {
            return Ok(());
        }
        let message = format!("{} is not the fixed value `{}`", item.excerpt(written), schema_excerpt(fixed));
        Err(Error::new(ErrorKind::Facet, message))
    }

    fn start_attribute(&mut self, item: &'static FieldInfo) {
        if let Some(namespace) = self.schema.at(item.namespace) {
            self.declare(namespace.prefix(), namespace.uri());
        }
        self.out.push_str(item.open);
        self.in_attribute = true;
    }

    /// Writes a start tag without its `>`.
    fn open(&mut self, item: &'static FieldInfo) {
        if self.depth > 0 {
            self.line(self.depth);
        }
        self.out.push(b'<');
        match &self.rename {
            Some(name) => self.out.push_str(name),
            None => self.out.push_str(self.name(item)),
        }
        let extra = std::mem::take(&mut self.extra);
        self.out.push_str(&extra);
    }

    fn close(&mut self, item: &'static FieldInfo) {
        self.out.push_str("</");
        match self.rename.take() {
            Some(name) => self.out.push_str(&name),
            None => self.out.push_str(self.name(item)),
        }
        self.out.push(b'>');
    }

    /// Returns the name of an element in the form that is written.
    fn name(&self, item: &'static FieldInfo) -> &'static str {
        let name = item.open.strip_prefix('<').and_then(|name| name.strip_suffix('>')).unwrap_or_default();
        if self.qualified { name } else { item.local }
    }

    /// Starts a new line, if children are indented.
    fn line(&mut self, depth: usize) {
        if let Some(spaces) = self.options.indent.filter(|_| self.loose) {
            self.out.push_line(spaces * depth);
        }
    }

    /// Begins a document.
    pub(crate) fn begin(&mut self) {
        if self.options.declaration {
            self.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
            if self.options.indent.is_some() {
                self.out.push(b'\n');
            }
        }
    }

    fn form_below_root(&self) -> bool {
        self.options.form == Form::Qualified
    }
}
