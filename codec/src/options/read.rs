//! Defines [`ReadOptions`], the options for reading.

use std::io;
use std::time::Instant;

use super::{Missing, Mode};
use crate::error::{Error, Result};

/// The maximum number of namespace prefixes in scope.
const MOST_PREFIXES: usize = 128;

/// The number of prefixes in scope beside those of the namespaces of a schema set with many.
const MORE_PREFIXES: usize = 16;

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
    pub(crate) max_prefixes: Option<usize>,
    pub(crate) deadline: Option<Instant>,
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
    /// The number of bytes of a document that are in memory at once, if it is read window by window.
    pub(crate) window: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            mode: Mode::Tolerant,
            max_depth: 256,
            max_bytes: 64 << 20,
            max_attributes: 512,
            max_prefixes: None,
            deadline: None,
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
            window: 256 << 10,
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

    /// Sets the maximum number of namespace prefixes that are in scope at any place; the default is 128, or 16 more than the schema set has
    /// namespaces if that is greater. A prefix that is declared again counts once.
    #[must_use]
    pub fn max_prefixes(mut self, prefixes: usize) -> Self {
        self.max_prefixes = Some(prefixes);
        self
    }

    /// Sets the time by which reading must have ended; there is none by default. Reading that takes longer ends with an error of the kind
    /// [`ErrorKind::Io`](crate::ErrorKind::Io), see [`Error::timed_out`](crate::Error::timed_out). The time is checked every few kilobytes of a
    /// document, and whenever a piece of a stream has arrived: a source that can block must have a time limit of its own.
    #[must_use]
    pub fn deadline(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Fails if the deadline has passed.
    pub(crate) fn check_deadline(&self) -> Result<()> {
        match self.deadline {
            Some(deadline) if Instant::now() >= deadline => {
                let message = "the document was not read by the deadline";
                Err(Error::io(io::Error::new(io::ErrorKind::TimedOut, message)))
            }
            _ => Ok(()),
        }
    }

    /// Returns the maximum number of prefixes in scope for a schema set with this many namespaces.
    pub(crate) fn most_prefixes(&self, namespaces: usize) -> usize {
        self.max_prefixes.unwrap_or(MOST_PREFIXES.max(namespaces + MORE_PREFIXES))
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
    /// is accepted too, in any case. In XML that is kept, prefixes that have a meaning are declared, and the
    /// others are removed from the names, so that what is written is well-formed.
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
    /// to the notes; the default is not. [`Records`](crate::Records) keep nothing. Writing puts them back, see [`WriteOptions::kept`](crate::WriteOptions::kept).
    #[must_use]
    pub fn keep_unknown(mut self, kept: bool) -> Self {
        self.keep_unknown = kept;
        self
    }

    /// Sets whether an `&` in the text of an element is taken literally if it starts no reference (tolerant
    /// mode only; noted). Such a document is not well-formed; the option is for servers that put URLs into
    /// their responses without escaping them. In XML that is kept, the `&` is escaped.
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

    /// Sets the number of bytes of a document that are in memory at once, if it is read window by window. It changes only the speed, which a
    /// test verifies.
    #[doc(hidden)]
    #[must_use]
    pub fn window(mut self, bytes: usize) -> Self {
        self.window = bytes;
        self
    }

    /// Keeps the white space at both ends of texts in tolerant mode.
    #[cfg(feature = "serde")]
    pub(crate) fn exact_texts(mut self) -> Self {
        self.exact_texts = true;
        self
    }

    /// Sets for reading back what [`WriteOptions::unlisted_values`](crate::WriteOptions::unlisted_values) sets for writing.
    pub(crate) fn unlisted(mut self, taken: bool) -> Self {
        self.unlisted = taken;
        self
    }
}
