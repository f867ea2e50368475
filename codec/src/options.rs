//! Defines the options for reading and writing, [`ReadOptions`] and [`WriteOptions`].

use crate::style::{Canonical, Kept};

/// The mode of reading: how strictly a document must follow the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Elements are matched by namespace and local name, in any order; deviations are noted.
    #[default]
    Tolerant,
    /// The document must be valid; any deviation is an error.
    Strict,
}

/// What tolerant mode does if a required element, choice or attribute is missing, or is empty although its type has no empty value. Strict
/// mode always rejects the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// The document is rejected, because nothing in the value would tell what is missing from what is there.
    #[default]
    Error,
    /// The empty value is read: 0, false, the empty text, the first variant of a choice. A note
    /// ([`NoteKind::Missing`](crate::NoteKind::Missing)) tells that it was not in the document.
    Blank,
}

/// Options for reading.
///
/// # Example
/// ```
/// use xsdgen_codec::ReadOptions;
/// let options = ReadOptions::strict().max_depth(64).charset("ISO-8859-1");
/// ```
#[derive(Debug, Clone)]
pub struct ReadOptions {
    pub(crate) mode: Mode,
    pub(crate) max_depth: u32,
    pub(crate) max_bytes: usize,
    pub(crate) max_attributes: usize,
    pub(crate) charset: Option<String>,
    pub(crate) undeclared_prefixes: Option<bool>,
    pub(crate) missing: Option<Missing>,
    pub(crate) fill_defaults: bool,
    pub(crate) all_errors: bool,
    pub(crate) keep_unknown: bool,
    pub(crate) bare_ampersands: bool,
    pub(crate) fast: bool,
    /// Whether strict mode accepts values that are not among the enumeration values, and types that the schema
    /// set does not have.
    pub(crate) unlisted: bool,
    /// Whether tolerant mode keeps the white space at both ends of texts, even if the schema set removes it.
    pub(crate) exact_texts: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            mode: Mode::Tolerant,
            max_depth: 256,
            max_bytes: 64 << 20,
            max_attributes: 512,
            charset: None,
            undeclared_prefixes: None,
            missing: None,
            fill_defaults: false,
            all_errors: false,
            keep_unknown: false,
            bare_ampersands: false,
            fast: true,
            unlisted: false,
            exact_texts: false,
        }
    }
}

impl ReadOptions {
    /// Returns the options of tolerant mode, the default.
    #[must_use]
    pub fn tolerant() -> Self {
        Self::default()
    }

    /// Returns the options of strict mode: any violation of content model, cardinality, facet, namespace or
    /// type is an error.
    #[must_use]
    pub fn strict() -> Self {
        Self { mode: Mode::Strict, ..Self::default() }
    }

    /// Sets the maximum nesting depth of elements; the default is 256. Elements of types with hundreds of
    /// fields count several times, so that with 256, reading, writing, cloning, comparing or dropping a
    /// document takes at most a megabyte of stack, even in unoptimised code.
    #[must_use]
    pub fn max_depth(mut self, depth: u32) -> Self {
        self.max_depth = depth;
        self
    }

    /// Sets the maximum size of a document in bytes, before and after decoding; the default is 64 MiB.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Sets the maximum number of attributes and namespace declarations of one element, in addition to the
    /// attributes that its type declares; the default is 512.
    #[must_use]
    pub fn max_attributes(mut self, attributes: usize) -> Self {
        self.max_attributes = attributes;
        self
    }

    /// Sets the `charset` of the HTTP header. It takes precedence over the XML declaration; a byte order mark
    /// takes precedence over both (RFC 7303, 3).
    #[must_use]
    pub fn charset(mut self, charset: impl Into<String>) -> Self {
        self.charset = Some(charset.into());
        self
    }

    /// Sets whether prefixes may be used that the document does not declare. The default comes from the
    /// bindings, see [`Schema::undeclared_prefixes`](crate::Schema::undeclared_prefixes). Strict mode never accepts them.
    ///
    /// Such a prefix stands for the namespace that the bindings write with it, and `xsi` for its usual
    /// namespace. A name with any other undeclared prefix is matched by its local name, as if it had no prefix.
    /// Each prefix is noted at its first use
    /// ([`NoteKind::UndeclaredPrefix`](crate::NoteKind::UndeclaredPrefix)). A root element without a namespace
    /// is accepted too, in any case.
    ///
    /// Because peers that omit declarations often use wrong namespaces as well, a name of one namespace of the
    /// schema set is also accepted in another, and a namespace is also recognised with `https` instead of
    /// `http` ([`NoteKind::OtherNamespace`](crate::NoteKind::OtherNamespace)). An alias in `xsi:type` may be
    /// shortened at a dot: `user.GetUser` for `java:com.example.user.GetUser`.
    #[must_use]
    pub fn undeclared_prefixes(mut self, taken: bool) -> Self {
        self.undeclared_prefixes = Some(taken);
        self
    }

    /// Sets what tolerant mode does if a required element, choice or attribute is missing. The default comes from the bindings, see
    /// [`Schema::missing`](crate::Schema::missing); it is [`Missing::Error`] unless their configuration says otherwise.
    #[must_use]
    pub fn missing(mut self, missing: Missing) -> Self {
        self.missing = Some(missing);
        self
    }

    /// Sets whether an optional attribute that is absent gets the default or fixed value that the schema declares for it; the default is
    /// not.
    ///
    /// Without the option, the field of such an attribute is `None`, which tells it from an attribute that is in the document, and writing
    /// what was read adds no attributes. With the option, the field holds the value, and writing writes it. An attribute whose field cannot
    /// be absent gets the value in any case.
    #[must_use]
    pub fn fill_defaults(mut self, filled: bool) -> Self {
        self.fill_defaults = filled;
        self
    }

    /// Sets whether reading goes on after an error that is not fatal, to report all errors of the document at once: see
    /// [`Error::all`](crate::Error::all). The default is to end at the first error.
    ///
    /// An element whose reading failed is skipped as a whole, so that errors that follow from another one are rare. Reading ends after a
    /// thousand errors, and at an error after which nothing can be read, such as one of the syntax. If the content of an element is not read
    /// because of an error, identity constraints are not checked from there on.
    #[must_use]
    pub fn all_errors(mut self, all: bool) -> Self {
        self.all_errors = all;
        self
    }

    /// Sets whether tolerant mode keeps the elements and attributes that it cannot place, in [`Reading::kept`](crate::Reading::kept), in addition
    /// to the notes; the default is not. Writing puts them back, see [`WriteOptions::kept`].
    #[must_use]
    pub fn keep_unknown(mut self, kept: bool) -> Self {
        self.keep_unknown = kept;
        self
    }

    /// Sets whether an `&` in the text of an element is taken literally if it starts no reference (tolerant
    /// mode only; noted). Such a document is not well-formed; the option is for servers that put URLs into
    /// their responses without escaping them.
    #[must_use]
    pub fn bare_ampersands(mut self, taken: bool) -> Self {
        self.bare_ampersands = taken;
        self
    }

    /// Sets whether fast paths are used. They change only the speed, which a test verifies.
    #[doc(hidden)]
    #[must_use]
    pub fn fast(mut self, fast: bool) -> Self {
        self.fast = fast;
        self
    }

    /// Keeps the white space at both ends of texts in tolerant mode.
    #[cfg(feature = "serde")]
    pub(crate) fn exact_texts(mut self) -> Self {
        self.exact_texts = true;
        self
    }

    /// Sets for reading back what [`WriteOptions::unlisted_values`] sets for writing.
    pub(crate) fn unlisted(mut self, taken: bool) -> Self {
        self.unlisted = taken;
        self
    }
}

/// The form in which names are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Form {
    /// As the schema requires.
    #[default]
    Qualified,
    /// The root element with its prefix, all elements inside it without prefixes.
    RootQualified,
}

/// What the writer does about attributes for which the schema supplies a value because they are absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Defaults {
    /// They are not written: a reader that knows the schema supplies the value.
    #[default]
    Omit,
    /// They are written with their default or fixed value, for readers that do not know the schema.
    Write,
}

/// How elements without content are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum EmptyElements {
    /// `<a/>` if the type of the element is complex, `<a></a>` if it is simple.
    #[default]
    Usual,
    /// `<a/>`.
    Short,
    /// `<a />`.
    Spaced,
    /// `<a></a>`.
    Long,
}

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

    /// Sets whether `******` is written for secrets; the default is not.
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
    /// that is `None`; reading fills no such fields unless [`ReadOptions::fill_defaults`] is set.
    #[must_use]
    pub fn defaults(mut self, defaults: Defaults) -> Self {
        self.defaults = defaults;
        self
    }

    /// Sets the namespace whose elements are written without a prefix; the root element declares it as the default namespace. Elements
    /// without a namespace take the declaration back (`xmlns=""`).
    ///
    /// A qualified name without a namespace, as a value or as `xsi:type`, cannot be written then.
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

    /// Returns whether a written document is changed as a whole.
    pub(crate) fn restyles(&self) -> bool {
        let encodes = self.encoding.as_ref().is_some_and(|name| !name.eq_ignore_ascii_case("utf-8"));
        let styled = self.empty_elements != EmptyElements::Usual || self.canonical.is_some() || self.default_namespace.is_some();
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
