//! Defines [`WriteOptions`], the options for writing.

use std::borrow::Cow;

use super::{Defaults, EmptyElements, Form};
use crate::schema::Schema;
use crate::style::{Canonical, Kept};

/// Options for writing.
///
/// # Example
/// ```
/// use xsdgen_codec::{Form, WriteOptions};
/// let request = WriteOptions::default().form(Form::RootQualified).type_aliases(true);
/// let log = WriteOptions::tolerant().indent(Some(2)).mask_secrets(true);
/// ```
#[derive(Debug, Clone)]
pub struct WriteOptions {
    pub(crate) form: Form,
    pub(crate) type_aliases: bool,
    pub(crate) mask_secrets: bool,
    pub(crate) declaration: bool,
    pub(crate) indent: Option<usize>,
    pub(crate) checked: bool,
    pub(crate) unlisted_values: bool,
    pub(crate) xsi_on_root: bool,
    pub(crate) namespaces_on_root: bool,
    pub(crate) defaults: Defaults,
    pub(crate) default_namespace: Option<String>,
    pub(crate) empty_elements: EmptyElements,
    pub(crate) canonical: Option<Canonical>,
    pub(crate) encoding: Option<String>,
    pub(crate) schema_location: Option<String>,
    pub(crate) no_namespace_schema_location: Option<String>,
    pub(crate) kept: Kept,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            form: Form::Qualified,
            type_aliases: false,
            mask_secrets: false,
            declaration: true,
            indent: None,
            checked: true,
            unlisted_values: false,
            xsi_on_root: false,
            namespaces_on_root: false,
            defaults: Defaults::Omit,
            default_namespace: None,
            empty_elements: EmptyElements::Usual,
            canonical: None,
            encoding: None,
            schema_location: None,
            no_namespace_schema_location: None,
            kept: Kept::default(),
        }
    }
}

impl WriteOptions {
    /// Returns options that write a value even if it violates the schema, such as values that tolerant mode
    /// kept although they are not listed in the enumeration, or missing elements. Only what cannot be written
    /// as XML is an error.
    #[must_use]
    pub fn tolerant() -> Self {
        Self { checked: false, ..Self::default() }
    }

    /// Sets how names are written; the default is as the schema requires.
    #[must_use]
    pub fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Sets whether `xsi:type` is written with an alias if the binding names one; the default is not.
    #[must_use]
    pub fn type_aliases(mut self, aliases: bool) -> Self {
        self.type_aliases = aliases;
        self
    }

    /// Sets whether `******` is written for secrets that are not empty; the default is not.
    #[must_use]
    pub fn mask_secrets(mut self, mask: bool) -> Self {
        self.mask_secrets = mask;
        self
    }

    /// Sets whether the XML declaration is written; the default is yes.
    #[must_use]
    pub fn declaration(mut self, declaration: bool) -> Self {
        self.declaration = declaration;
        self
    }

    /// Sets the number of spaces by which children are indented; by default everything is on one line.
    #[must_use]
    pub fn indent(mut self, spaces: Option<usize>) -> Self {
        self.indent = spaces;
        self
    }

    /// Sets whether the root element declares the prefix `xsi`, even if the document does not use it. By default,
    /// each element with `xsi:type` or `xsi:nil` declares it.
    ///
    /// The option is for peers that look for the declaration on the root element.
    #[must_use]
    pub fn xsi_on_root(mut self, on_root: bool) -> Self {
        self.xsi_on_root = on_root;
        self
    }

    /// Sets whether the root element declares the namespaces of all elements, attributes and type names in the
    /// document, except that of `xsi`. By default, elements with `xsi:type` and attributes declare those that are
    /// not declared yet.
    ///
    /// The namespaces of kept XML and of qualified names in texts are still declared where they are used, and so
    /// is a second namespace with the same prefix. With this option, a document is written twice, because its
    /// namespaces are not known before. A [`RecordWriter`](crate::RecordWriter) does not know the namespaces of its
    /// records before they are written, and refuses the option.
    #[must_use]
    pub fn namespaces_on_root(mut self, on_root: bool) -> Self {
        self.namespaces_on_root = on_root;
        self
    }

    /// Sets whether absent attributes are written for which the schema declares a default or fixed value. An absent attribute is a field
    /// that is `None`; reading fills no such fields unless [`ReadOptions::fill_defaults`](crate::ReadOptions::fill_defaults) is set.
    #[must_use]
    pub fn defaults(mut self, defaults: Defaults) -> Self {
        self.defaults = defaults;
        self
    }

    /// Sets the namespace whose elements are written without a prefix; the root element declares it as the default namespace. Elements
    /// without a namespace take the declaration back (`xmlns=""`). By default, it is the namespace that the bindings choose, see
    /// [`Schema::default_namespace`](crate::Schema::default_namespace); with an empty string, all elements have their prefixes.
    ///
    /// An element with a qualified name without a namespace, as a value or as `xsi:type`, keeps its prefix and takes the declaration back.
    #[must_use]
    pub fn default_namespace(mut self, uri: impl Into<String>) -> Self {
        self.default_namespace = Some(uri.into());
        self
    }

    /// Sets how elements without content are written.
    #[must_use]
    pub fn empty_elements(mut self, form: EmptyElements) -> Self {
        self.empty_elements = form;
        self
    }

    /// Sets the canonical form to write, for signatures. It has neither an XML declaration nor empty-element tags.
    #[must_use]
    pub fn canonical(mut self, form: Canonical) -> Self {
        self.canonical = Some(form);
        self
    }

    /// Sets the encoding: `UTF-8` (the default), `UTF-16`, `ISO-8859-1` or `US-ASCII`. The XML declaration names it. Methods that write to an
    /// [`io::Write`](std::io::Write) encode the document; characters that the encoding does not have are written as references. Those that
    /// return a string leave the encoding to the caller.
    #[must_use]
    pub fn encoding(mut self, name: impl Into<String>) -> Self {
        self.encoding = Some(name.into());
        self
    }

    /// Sets the attribute `xsi:schemaLocation` of the root element: pairs of a namespace and the location of its schema, separated by spaces.
    #[must_use]
    pub fn schema_location(mut self, pairs: impl Into<String>) -> Self {
        self.schema_location = Some(pairs.into());
        self
    }

    /// Sets the attribute `xsi:noNamespaceSchemaLocation` of the root element.
    #[must_use]
    pub fn no_namespace_schema_location(mut self, location: impl Into<String>) -> Self {
        self.no_namespace_schema_location = Some(location.into());
        self
    }

    /// Sets content of the document that was read which the value does not hold, to be written back at its place: see
    /// [`Reading::kept`](crate::Reading::kept).
    ///
    /// # Example
    /// ```ignore
    /// let reading = Document::read(xml, &ReadOptions::tolerant().keep_unknown(true))?;
    /// let options = WriteOptions::default().kept(&reading.kept);
    /// let written = reading.value.to_xml_with(&options)?;
    /// ```
    #[must_use]
    pub fn kept(mut self, kept: &Kept) -> Self {
        self.kept = kept.clone();
        self
    }

    /// Returns the namespace whose elements are written without a prefix.
    pub(crate) fn unprefixed(&self) -> Option<&str> {
        self.default_namespace.as_deref().filter(|uri| !uri.is_empty())
    }

    /// Returns these options with the default namespace of the schema set, if they have none.
    pub(crate) fn resolved(&self, schema: &Schema) -> Cow<'_, Self> {
        match schema.default_namespace().filter(|_| self.default_namespace.is_none()) {
            Some(uri) => Cow::Owned(self.clone().default_namespace(uri)),
            None => Cow::Borrowed(self),
        }
    }

    /// Returns whether a written document is changed as a whole.
    pub(crate) fn restyles(&self) -> bool {
        let encodes = self.encoding.as_ref().is_some_and(|name| !name.eq_ignore_ascii_case("utf-8"));
        let styled = self.empty_elements != EmptyElements::Usual || self.canonical.is_some() || self.unprefixed().is_some();
        styled || encodes || !self.kept.is_empty()
    }

    /// Sets whether values that are not among the enumeration values (`Other`) are written, and elements whose
    /// type the schema set does not know; the default is not. The option is for programs that return what a
    /// peer with a later version of the schema sent.
    #[must_use]
    pub fn unlisted_values(mut self, written: bool) -> Self {
        self.unlisted_values = written;
        self
    }
}
