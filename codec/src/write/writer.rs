//! The state of the writer and its primitive operations: the output, and the tags around a text.

use std::collections::HashMap;
use std::io;

use crate::error::{Error, ErrorKind, Result, schema_excerpt};
use crate::options::{Form, WriteOptions};
use crate::read::Globals;
use crate::reflect::Visiting;
use crate::schema::{Rules, Schema};
use crate::simple::{SimpleType, expanded, words};
use crate::tables::matcher::Matcher;
use crate::tables::{FieldInfo, Place};
use crate::text::buffer::Buffer;
use crate::text::escape;

/// The number of bytes that are collected before they are sent. That many fit into the processor cache.
pub(super) const BATCH: usize = 16 * 1024;

/// What the children of an element are checked against.
#[derive(Debug)]
pub(super) enum Follow {
    Model(Matcher),
    /// The items of a type that has a wildcard among them.
    Order {
        items: &'static [FieldInfo],
        /// The index of the item that is being written.
        index: usize,
        /// The items where the reader would start looking for the next child, before and after that child.
        from: usize,
        next: usize,
    },
}

/// What the children of the enclosing element are checked against, while an inner element is being written.
pub(super) type Outer = Option<Box<Follow>>;

/// State of the checks that apply to the whole document.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    /// What the children are checked against, if the check needs more than their occurrence counts.
    pub(super) follow: Option<Box<Follow>>,
    /// Holds matchers that can be reused.
    #[allow(clippy::vec_box, reason = "the boxes go back and forth")]
    pub(super) spare: Vec<Box<Follow>>,
    /// Holds the root elements, which wildcards may admit.
    pub(crate) globals: Option<Globals>,
    /// Maps each identifier to the number of the element that has it.
    pub(super) identifiers: HashMap<String, usize>,
    pub(super) references: Vec<String>,
    /// The index of the dangling reference to report, when the document is written a second time to find its
    /// path.
    pub(crate) dangling: Option<usize>,
    /// Identifies the element that is being written by the number of bytes before it.
    pub(super) owner: usize,
    /// Whether an attribute of a wildcard was written in the current start tag.
    pub(super) kept_attributes: bool,
    /// Whether an element with identity constraints was written.
    pub(crate) constrained: bool,
}

/// The writer of one document: a buffer and the namespaces declared so far. Generated code passes it on.
pub struct Writer<'w> {
    pub(crate) out: Buffer,
    /// Holds the output of earlier batches, if there is no sink.
    pub(super) done: String,
    pub(super) sink: Option<&'w mut dyn io::Write>,
    /// The number of bytes in earlier batches.
    pub(super) sent: usize,
    pub(super) options: &'w WriteOptions,
    pub(super) schema: &'static Schema,
    /// Whether element names are written with their prefixes.
    pub(super) qualified: bool,
    /// Whether a start tag can be copied from the table.
    pub(super) plain: bool,
    /// Whether the tags around the next text are copied from the table.
    pub(super) tagged: bool,
    /// Additional content of the next start tag: namespace declarations and `xsi:type`.
    pub(super) extra: String,
    /// The name of the root element, if it differs from that in the table.
    pub(super) rename: Option<String>,
    pub(super) declared: Vec<(String, String)>,
    /// The namespaces that the root element declares in addition to those that it needs itself.
    pub(crate) on_root: Vec<(String, String)>,
    /// The namespaces that the document declares, if they are collected: one for each prefix.
    pub(crate) found: Option<Vec<(String, String)>>,
    pub(super) depth: usize,
    /// Whether white space may be added between elements.
    pub(super) indents: bool,
    pub(super) in_attribute: bool,
    /// Where the text of an item with a fixed value begins, and the value of `inserted` at that time.
    pub(super) fixed_from: (usize, usize),
    /// The number of bytes of namespace declarations that were inserted before existing output.
    pub(super) inserted: usize,
    /// The bytes of declarations that were written with kept content.
    pub(super) repeated: usize,
    /// Whether the content of the next element is left out because the element is nil.
    pub(crate) nil_body: bool,
    /// Whether an empty text stands for a default or fixed value.
    pub(super) value_constraints: bool,
    /// Whether values that strict mode would reject are errors.
    pub(super) checked: bool,
    /// Whether element declarations of the schema set block types.
    pub(super) has_declarations: bool,
    /// Whether the schema set has identity constraints.
    pub(super) has_identity_constraints: bool,
    pub(crate) checks: Checks,
    pub(super) simple: Option<&'static SimpleType>,
    /// Whether the numbers of the current list are decimals.
    pub(super) decimal: bool,
    /// Whether the current text must not appear in messages.
    pub(super) secret: bool,
    /// Receives the parts of the value if it is visited and not written.
    pub(crate) visit: Option<Visiting<'w>>,
}

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
            on_root: Vec::new(),
            found: None,
            depth: 0,
            indents: options.indent.is_some(),
            in_attribute: false,
            fixed_from: (0, 0),
            inserted: 0,
            repeated: 0,
            nil_body: false,
            value_constraints: false,
            checked: options.checked,
            has_declarations: rules.is_some_and(Rules::has_declarations),
            has_identity_constraints: rules.is_some_and(Rules::has_constraints),
            checks: Checks::default(),
            simple: None,
            decimal: false,
            secret: false,
            visit: None,
        }
    }

    pub(super) fn total(&self) -> usize {
        self.sent + self.out.len()
    }

    /// Sends the collected output once it has at least this many bytes.
    #[inline]
    pub(super) fn send(&mut self, at_least: usize) -> Result<()> {
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
        if self.visit.is_some() {
            return self.visit_text(item, put);
        }
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

    /// Writes an attribute with the value of its value constraint. Qualified names in the value get prefixes that are declared.
    pub(super) fn supplied(&mut self, item: &'static FieldInfo, value: &str) -> Result<()> {
        self.start_attribute(item);
        self.simple = None;
        if item.simple().is_some_and(|simple| simple.qualified) {
            for (index, word) in words(value).enumerate() {
                if index > 0 {
                    self.out.push(b' ');
                }
                match expanded::parts(word) {
                    Some((uri, prefix, local)) => self.qualified_name(&uri, local, prefix)?,
                    None => self.text(&expanded::plain(word))?,
                }
            }
        } else {
            self.text(value)?;
        }
        self.out.push(b'"');
        self.in_attribute = false;
        Ok(())
    }

    /// Writes a start tag without its `>`.
    pub(super) fn open(&mut self, item: &'static FieldInfo) {
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

    pub(super) fn close(&mut self, item: &'static FieldInfo) {
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
    pub(super) fn line(&mut self, depth: usize) {
        if let Some(spaces) = self.options.indent.filter(|_| self.indents) {
            self.out.push_line(spaces * depth);
        }
    }

    /// Begins a document.
    pub(crate) fn begin(&mut self) {
        if self.options.declaration {
            match self.options.encoding.as_deref() {
                None => self.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
                Some(name) => {
                    self.out.push_str("<?xml version=\"1.0\" encoding=\"");
                    self.out.push_str(name);
                    self.out.push_str("\"?>");
                }
            }
            if self.options.indent.is_some() {
                self.out.push(b'\n');
            }
        }
    }

    pub(super) fn form_below_root(&self) -> bool {
        self.options.form == Form::Qualified
    }
}
