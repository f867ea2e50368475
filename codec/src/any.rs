//! Defines [`AnyElement`], [`AnyAttribute`] and [`AnyType`], which keep XML that the schema leaves open.
//! `read::keep` extracts it from a document. What is kept shares the names of namespaces and the declarations, so that a document with long
//! names does not take many times its size.

mod part;

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

pub(crate) use self::part::Keeper;
use self::part::{Context, Part};
use crate::simple::is_space;
use crate::text::escape;

/// A namespace name, whose text all copies share; empty if there is no namespace.
///
/// # Example
/// ```
/// use xsdgen_codec::NamespaceName;
/// let name = NamespaceName::from("urn:a");
/// assert_eq!(name, "urn:a");
/// assert!(name.starts_with("urn:"));
/// ```
#[derive(Clone, Default, Eq, PartialOrd, Ord)]
pub struct NamespaceName(Option<Arc<str>>);

impl PartialEq for NamespaceName {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl NamespaceName {
    /// Returns the name as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

impl Deref for NamespaceName {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<&str> for NamespaceName {
    fn from(name: &str) -> Self {
        Self((!name.is_empty()).then(|| name.into()))
    }
}

impl From<String> for NamespaceName {
    fn from(name: String) -> Self {
        name.as_str().into()
    }
}

impl From<NamespaceName> for String {
    fn from(name: NamespaceName) -> Self {
        name.as_str().to_owned()
    }
}

impl Hash for NamespaceName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl AsRef<str> for NamespaceName {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for NamespaceName {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq<str> for NamespaceName {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for NamespaceName {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for NamespaceName {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<NamespaceName> for str {
    fn eq(&self, other: &NamespaceName) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<NamespaceName> for &str {
    fn eq(&self, other: &NamespaceName) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<NamespaceName> for String {
    fn eq(&self, other: &NamespaceName) -> bool {
        self == other.as_str()
    }
}

impl fmt::Display for NamespaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for NamespaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// The namespace declarations around an element that it needs, as pairs of prefix and namespace. Elements beside each other share them.
pub(crate) type Around = Option<Arc<[(Box<str>, NamespaceName)]>>;

/// An element kept as XML, with the namespace declarations that it needs, so that it is a complete document.
///
/// # Example
/// ```
/// use xsdgen_codec::AnyElement;
/// let kept = AnyElement::from_xml(r#"<a:note xmlns:a="urn:a">later</a:note>"#)?;
/// assert_eq!((kept.namespace(), kept.name()), ("urn:a", "note"));
/// # Ok::<(), xsdgen_codec::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct AnyElement {
    /// The element as in the document.
    part: Part,
}

impl Keeper {
    /// Keeps an element as it is in the document; it needs these declarations in addition to those that it has itself.
    pub(crate) fn element(&mut self, namespace: NamespaceName, raw: &str, around: Around) -> AnyElement {
        AnyElement { part: self.keep(&[raw], Context { namespace, around }) }
    }

    /// Keeps an attribute.
    pub(crate) fn attribute(&mut self, namespace: NamespaceName, name: &str, value: &str) -> AnyAttribute {
        AnyAttribute { part: self.keep(&[name, "=", value], Context { namespace, around: None }) }
    }
}

impl AnyElement {
    /// Returns whether the element was never set.
    pub(crate) fn is_unset(&self) -> bool {
        self.part.is_unset()
    }

    /// Returns the namespace of the element, or the empty string if there is none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.part.namespace()
    }

    /// Returns the local name of the element.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.split().0.get(1..).unwrap_or_default();
        name.split_once(':').map_or(name, |(_, local)| local)
    }

    /// Returns the element as XML, with all declarations that it needs.
    #[must_use]
    pub fn xml(&self) -> Cow<'_, str> {
        if self.part.around().is_none() {
            return Cow::Borrowed(self.part.text());
        }
        let (start, rest) = self.split();
        Cow::Owned([start, &self.declarations(), rest].concat())
    }

    /// Returns the start of the start tag up to the name of the element, and the rest. The declarations belong between them.
    pub(crate) fn split(&self) -> (&str, &str) {
        let raw = self.part.text();
        let end = raw.bytes().position(|byte| is_space(byte) || matches!(byte, b'/' | b'>')).unwrap_or(raw.len());
        raw.split_at_checked(end).unwrap_or_default()
    }

    /// Returns the number of bytes of the element as in the document.
    #[cfg(feature = "serde")]
    pub(crate) fn len(&self) -> usize {
        self.part.text().len()
    }

    /// Returns the number of bytes of the namespace names that the element needs beside its own text.
    #[cfg(feature = "serde")]
    pub(crate) fn repeated(&self) -> usize {
        self.part.around().as_deref().unwrap_or_default().iter().map(|(_, uri)| uri.len()).sum()
    }

    /// Returns the declarations around the element that it needs, as in a start tag.
    pub(crate) fn declarations(&self) -> String {
        let mut declarations = String::new();
        for (prefix, uri) in self.part.around().as_deref().unwrap_or_default() {
            declarations.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            declarations.push_str(prefix);
            declarations.push_str("=\"");
            escape::attribute(uri, &mut declarations);
            declarations.push('"');
        }
        declarations
    }
}

impl fmt::Debug for AnyElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyElement").field("namespace", &self.namespace()).field("name", &self.name()).field("xml", &self.xml()).finish()
    }
}

impl PartialEq for AnyElement {
    fn eq(&self, other: &Self) -> bool {
        let (one, other_part) = (&self.part, &other.part);
        let same = one.around() == other_part.around() && one.text() == other_part.text() || self.xml() == other.xml();
        same && self.namespace() == other.namespace()
    }
}

impl Eq for AnyElement {}

impl Hash for AnyElement {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.namespace().hash(state);
        self.name().hash(state);
    }
}

/// An attribute that is kept with its name and value.
///
/// # Example
/// ```
/// use xsdgen_codec::AnyAttribute;
/// let note = AnyAttribute::new("urn:a", "note", "later");
/// assert_eq!((note.namespace(), note.name(), note.value()), ("urn:a", "note", "later"));
/// ```
#[derive(Clone, Default)]
pub struct AnyAttribute {
    /// The name and the value, with `=` between them.
    part: Part,
}

impl AnyAttribute {
    /// Creates an attribute. An attribute without namespace has the empty string as its namespace.
    #[must_use]
    pub fn new(namespace: impl Into<NamespaceName>, name: &str, value: &str) -> Self {
        let context = Context { namespace: namespace.into(), around: None };
        Self { part: Part::alone([name, "=", value].concat(), context) }
    }

    /// Returns the namespace, or the empty string if there is none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.part.namespace()
    }

    /// Returns the local name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.part.text().split_once('=').unwrap_or_default().0
    }

    /// Returns the value.
    #[must_use]
    pub fn value(&self) -> &str {
        self.part.text().split_once('=').unwrap_or_default().1
    }
}

impl fmt::Debug for AnyAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (namespace, name, value) = (self.namespace(), self.name(), self.value());
        f.debug_struct("AnyAttribute").field("namespace", &namespace).field("name", &name).field("value", &value).finish()
    }
}

impl PartialEq for AnyAttribute {
    fn eq(&self, other: &Self) -> bool {
        self.part.text() == other.part.text() && self.namespace() == other.namespace()
    }
}

impl Eq for AnyAttribute {}

impl Hash for AnyAttribute {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.namespace().hash(state);
        self.part.text().hash(state);
    }
}

/// The content of an element of type `xs:anyType`, kept as XML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AnyType {
    /// The attributes, including `xsi:type` and `xsi:nil`.
    pub attributes: Vec<AnyAttribute>,
    /// The content of the element, as XML.
    pub xml: String,
    /// The declarations in scope that the XML may need, as pairs of prefix and namespace.
    pub namespaces: Vec<(String, NamespaceName)>,
}

impl From<&str> for AnyType {
    /// Creates the content of an element that contains only a text.
    fn from(text: &str) -> Self {
        let mut xml = String::new();
        escape::text(text, &mut xml);
        Self { xml, ..Self::default() }
    }
}
