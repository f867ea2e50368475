//! In: qualified names with the namespaces that their prefixes stand for. Out: [`QName`], and back with a prefix that is declared.
//! Not done here: looking prefixes up (`read::leaf`).

use std::fmt;

use super::{TextMatch, Value, builtin_facts};
use crate::error::Result;
use crate::names::is_ncname;
use crate::simple::trim;
use crate::tables::{FieldInfo, ValueFlags};
use crate::write::Writer;

/// A qualified name: a value of `xs:QName` or `xs:NOTATION` (XML Schema Part 2, sections 3.2.18 and 3.2.19). Two are equal if namespace and local
/// name are; the prefix is what the document had, or what is to be written.
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
    /// A name in a namespace; none is the empty text.
    pub fn new(namespace: impl Into<String>, local: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), local: local.into(), prefix: String::new() }
    }

    /// The prefix that is written for it, unless that stands for another namespace there.
    #[must_use]
    pub fn with_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Its namespace; empty for none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Its local name.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The prefix it came with, or is to be written with; empty for none.
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

    fn blank() -> Self {
        Self::default()
    }

    /// Takes `{namespace}prefix:local`, as the reader hands it over, or a name whose prefix stands for nothing.
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
