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
    /// A secret is written as `******`.
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
}

impl JsonOptions {
    /// Returns the default options: names of the schema, and no secrets.
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
}
