//! In: what the caller wants. Out: [`ReadOptions`] and [`WriteOptions`].
//! Not done here: doing it.

use crate::schema::Schema;

/// How a document is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// By namespace and local name, in any order, with what is odd noted.
    #[default]
    Tolerant,
    /// As the schema says, or not at all.
    Strict,
}

/// How to read.
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
    pub(crate) bare_ampersands: bool,
    pub(crate) fast: bool,
    /// Whether strict reading takes values that an enumeration does not list, and types that the schema set has not.
    pub(crate) unlisted: bool,
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
            bare_ampersands: false,
            fast: true,
            unlisted: false,
        }
    }
}

impl ReadOptions {
    /// Tolerant reading, the default.
    #[must_use]
    pub fn tolerant() -> Self {
        Self::default()
    }

    /// Strict reading: content model, cardinalities, facets, namespaces and types hold, else it is an error.
    #[must_use]
    pub fn strict() -> Self {
        Self { mode: Mode::Strict, ..Self::default() }
    }

    /// How deep elements may stand in each other; 256 unless told. Elements of types with hundreds of fields count several times, so that with
    /// 256 no document takes more than a megabyte of stack to be read, written, copied, compared or dropped, in unoptimised code too.
    #[must_use]
    pub fn max_depth(mut self, depth: u32) -> Self {
        self.max_depth = depth;
        self
    }

    /// How many bytes a document may have, before and after decoding; 64 MiB unless told.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// How many attributes and namespace declarations one element may have, beyond the attributes that its type declares; 512 unless told.
    #[must_use]
    pub fn max_attributes(mut self, attributes: usize) -> Self {
        self.max_attributes = attributes;
        self
    }

    /// The `charset` of the HTTP header. It goes before the XML declaration; a byte order mark goes before both (RFC 7303, 3).
    #[must_use]
    pub fn charset(mut self, charset: impl Into<String>) -> Self {
        self.charset = Some(charset.into());
        self
    }

    /// Sets whether a prefix may be used that the document does not declare; as the bindings say unless set, see
    /// [`Schema::undeclared_prefixes`]. Strict reading takes none.
    ///
    /// Such a prefix stands for the namespace that the bindings write with it, and `xsi` for its usual one. A name with any other such prefix
    /// is taken by its local name, as one without a prefix. Each prefix is noted where it stands first
    /// ([`NoteKind::UndeclaredPrefix`](crate::NoteKind::UndeclaredPrefix)). A root element without a namespace, in any case of letters, is taken too.
    ///
    /// Clients that do without prefixes are careless with namespaces too: a name that the schema has in one namespace is taken in another one of
    /// the schema set, and a namespace is known with `https` for `http` ([`NoteKind::OtherNamespace`](crate::NoteKind::OtherNamespace)); an alias in
    /// `xsi:type` may be shortened at a dot, `user.GetUser` for `java:com.example.user.GetUser`.
    #[must_use]
    pub fn undeclared_prefixes(mut self, taken: bool) -> Self {
        self.undeclared_prefixes = Some(taken);
        self
    }

    /// Whether documents of that schema set may use prefixes that they do not declare.
    pub(crate) fn takes_undeclared(&self, schema: &Schema) -> bool {
        self.undeclared_prefixes.unwrap_or(schema.undeclared_prefixes())
    }

    /// The same options with all that they leave to the bindings, for documents of that schema set whose parts are read without one.
    pub(crate) fn of(&self, schema: &Schema) -> Self {
        self.clone().undeclared_prefixes(self.takes_undeclared(schema))
    }

    /// Whether an `&` in the text of an element may stand for itself where it starts no reference (tolerant reading only; noted).
    /// That is not well-formed; for clients of servers that put addresses into their answers without escaping them.
    #[must_use]
    pub fn bare_ampersands(mut self, taken: bool) -> Self {
        self.bare_ampersands = taken;
        self
    }

    /// Whether the short ways are taken. They change nothing but the time: a test compares.
    #[doc(hidden)]
    #[must_use]
    pub fn fast(mut self, fast: bool) -> Self {
        self.fast = fast;
        self
    }

    /// As [`WriteOptions::unlisted_values`] has it, where what was written is read.
    pub(crate) fn unlisted(mut self, taken: bool) -> Self {
        self.unlisted = taken;
        self
    }
}

/// How names are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Form {
    /// As the schema says.
    #[default]
    Qualified,
    /// The root element with its prefix, all that stands in it without.
    RootQualified,
}

/// How to write.
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
        }
    }
}

impl WriteOptions {
    /// Writes the value as it is, whether strict reading would take that or not: for what tolerant reading let pass, as values that no
    /// enumeration lists, and elements that are missing. Only what cannot be XML is an error.
    #[must_use]
    pub fn tolerant() -> Self {
        Self { checked: false, ..Self::default() }
    }

    /// How names are written; as the schema says unless told.
    #[must_use]
    pub fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Whether `xsi:type` is written by alias where the binding names one; not unless told.
    #[must_use]
    pub fn type_aliases(mut self, aliases: bool) -> Self {
        self.type_aliases = aliases;
        self
    }

    /// Whether `******` is written for secrets; not unless told.
    #[must_use]
    pub fn mask_secrets(mut self, mask: bool) -> Self {
        self.mask_secrets = mask;
        self
    }

    /// Whether the XML declaration is written; it is unless told.
    #[must_use]
    pub fn declaration(mut self, declaration: bool) -> Self {
        self.declaration = declaration;
        self
    }

    /// By how many spaces children are indented; all on one line unless told.
    #[must_use]
    pub fn indent(mut self, spaces: Option<usize>) -> Self {
        self.indent = spaces;
        self
    }

    /// Whether values that an enumeration does not list (`Other`) are written, and elements whose type the schema set does not know; not
    /// unless told. For programs that give back what a peer with a later version of the schema sent.
    #[must_use]
    pub fn unlisted_values(mut self, written: bool) -> Self {
        self.unlisted_values = written;
        self
    }
}
