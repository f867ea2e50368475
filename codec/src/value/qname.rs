//! Defines [`QName`], a qualified name whose prefix is resolved to a namespace. It is written with a declared
//! prefix. Prefixes are resolved in `read::leaf`.

use std::fmt;

use super::{TextMatch, Value, builtin_facts};
use crate::error::Result;
use crate::simple::trim;
use crate::tables::{FieldInfo, ValueFlags};
use crate::write::Writer;
use xsdgen_datatypes::names::is_ncname;

/// A qualified name: a value of `xs:QName` or `xs:NOTATION` (XML Schema Part 2, sections 3.2.18 and 3.2.19).
///
/// Two names are equal if their namespaces and local names are equal. The prefix is the one from the document,
/// or the one to write.
///
/// # Example
/// ```
/// use xsdgen_codec::QName;
/// let name = QName::new("urn:a", "note").with_prefix("a");
/// assert_eq!(name, QName::new("urn:a", "note"));
/// assert_eq!(name.to_string(), "{urn:a}note");
/// ```
#[derive(Debug, Clone, Default)]
pub struct QName {
    namespace: String,
    local: String,
    prefix: String,
}

impl QName {
    /// Creates a name in a namespace; the empty string stands for no namespace.
    pub fn new(namespace: impl Into<String>, local: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), local: local.into(), prefix: String::new() }
    }

    /// Sets the preferred prefix for writing. It is not used if it is bound to another namespace in that scope.
    #[must_use]
    pub fn with_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Returns the namespace, or the empty string if there is none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Returns the local name.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.local
    }

    /// Returns the prefix that was read or is to be written, or the empty string if there is none.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }
}

impl PartialEq for QName {
    fn eq(&self, other: &Self) -> bool {
        (&self.namespace, &self.local) == (&other.namespace, &other.local)
    }
}

impl Eq for QName {}

impl std::hash::Hash for QName {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.namespace, &self.local).hash(state);
    }
}

impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.namespace.is_empty() {
            write!(f, "{{{}}}", self.namespace)?;
        }
        f.write_str(&self.local)
    }
}

impl Value for QName {
    builtin_facts!(QName, ValueFlags::LEAF.with(ValueFlags::QUALIFIED));

    fn empty() -> Self {
        Self::default()
    }

    /// Accepts `{namespace}prefix:local`, which is what the reader passes, or a name whose prefix is not
    /// resolved.
    fn set_text(&mut self, text: &str) -> TextMatch {
        let text = trim(text);
        let (namespace, name) = text.strip_prefix('{').and_then(|rest| rest.rsplit_once('}')).unwrap_or(("", text));
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if namespace.contains(|c: char| c.is_ascii_whitespace()) || !is_ncname(local) || !prefix.is_empty() && !is_ncname(prefix) {
            return TextMatch::No;
        }
        *self = Self::new(namespace.replace("%20", " "), local).with_prefix(prefix);
        TextMatch::Yes
    }

    fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
        writer.qualified_name(&self.namespace, &self.local, &self.prefix)
    }
}
