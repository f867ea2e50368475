//! The options of the JSON form.

/// The names of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Names {
    /// The local names of elements and attributes.
    #[default]
    Schema,
    /// The names of fields and variants in Rust.
    Rust,
}

/// What happens to secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Secrets {
    /// A secret is an error.
    #[default]
    Refuse,
    /// A secret is written as `******` unless it is empty.
    Mask,
    /// Secrets are written.
    Write,
}

/// Options for writing and reading JSON.
///
/// # Example
/// ```
/// use xsdgen_codec::{JsonOptions, Names, Secrets};
/// let options = JsonOptions::new().names(Names::Rust).secrets(Secrets::Mask);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JsonOptions {
    pub(super) names: Names,
    pub(super) secrets: Secrets,
    pub(super) strict: bool,
    pub(super) all_errors: bool,
}

impl JsonOptions {
    /// Returns the default options: names of the schema, no secrets, and reading that ends at the first error.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the names of members.
    #[must_use]
    pub fn names(mut self, names: Names) -> Self {
        self.names = names;
        self
    }

    /// Sets what happens to secrets.
    #[must_use]
    pub fn secrets(mut self, secrets: Secrets) -> Self {
        self.secrets = secrets;
        self
    }

    /// Sets whether reading checks the whole value, as strict reading of XML does: values of enumerations, facets, and the content model. The
    /// default is not. A secret that is masked is an error too.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets whether reading goes on after an error, to report all errors at once: see [`Error::all`](crate::Error::all). The default is to end
    /// at the first error. A member whose value is wrong is left out, so that errors that follow from another one are rare.
    #[must_use]
    pub fn all_errors(mut self, all: bool) -> Self {
        self.all_errors = all;
        self
    }
}
