//! Finds the version that a document belongs to, by the name of its root element.

use crate::document::Roots;
use crate::error::{Error, ErrorKind, Result, excerpt, schema_excerpt};
use crate::options::ReadOptions;
use crate::read::Reader;
use crate::schema::NO_SCHEMA;
use crate::tables::TypeInfo;
use crate::text::decode::decode;
use crate::text::place::locate;

/// The name of an element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RootName {
    /// The namespace; empty if there is none.
    pub namespace: String,
    /// The local name.
    pub local: String,
}

/// Returns the name of the root element of a document, and reads no further.
///
/// # Errors
/// Fails if the document does not begin with a well-formed prolog and start tag, or if the prefix of the root element is not declared.
///
/// # Example
/// ```
/// let name = xsdgen_codec::root_name(br#"<n:note xmlns:n="urn:notes"><n:to>Ada</n:to></n:note>"#)?;
/// assert_eq!((name.namespace.as_str(), name.local.as_str()), ("urn:notes", "note"));
/// # Ok::<(), xsdgen_codec::Error>(())
/// ```
pub fn root_name(xml: &[u8]) -> Result<RootName> {
    let options = ReadOptions::tolerant();
    let decoded = decode(xml, &options)?;
    let mut reader = Reader::new(&decoded.text, decoded.has_section_end, &NO_SCHEMA, &options);
    let name = reader.prolog().and_then(|()| reader.root_tag()).map(|tag| reader.qualified(&tag));
    name.map(|(namespace, local)| RootName { namespace, local }).map_err(|error| locate(error, &decoded.text))
}

/// Returns whether a version has a root element of this name.
#[doc(hidden)]
#[must_use]
pub fn accepts<D: Roots>(name: &RootName) -> bool {
    let roots: &'static TypeInfo = D::type_info();
    // A version without global elements keeps every document as XML.
    roots.fields().any(|field| !field.is_element() || field.name() == name.local && roots.namespace_of(field) == name.namespace)
}

/// Returns the error for a document that belongs to no version.
#[doc(hidden)]
#[must_use]
pub fn unknown_root(name: &RootName, versions: &[&str]) -> Error {
    let shown = match name.namespace.as_str() {
        "" => format!("`{}` without namespace", excerpt(&name.local)),
        namespace => format!("`{}` of the namespace `{}`", excerpt(&name.local), schema_excerpt(namespace)),
    };
    let versions = versions.iter().map(|version| format!("`{version}`")).collect::<Vec<_>>().join(", ");
    Error::new(ErrorKind::Root, format!("no version has the root element {shown}; the versions are {versions}"))
}

/// Returns the value of an enumeration for another one.
///
/// # Errors
/// Fails if the value is one that only the old enumeration lists.
#[doc(hidden)]
pub fn listed<'v>(value: &'v str, old: &[&str], new: &[&str], version: &str) -> Result<&'v str> {
    if old.contains(&value) && !new.contains(&value) {
        return Err(Error::new(ErrorKind::Value, format!("`{version}` does not list the value `{}`", excerpt(value))));
    }
    Ok(value)
}

/// Returns the error for a root element that the other version does not have, or whose type does not convert.
#[doc(hidden)]
#[must_use]
pub fn no_root<D: Roots>(document: &D, version: &str) -> Error {
    let (index, _) = document.active();
    let name = D::type_info().items().get(index).map_or("", |item| item.name());
    Error::new(ErrorKind::Root, format!("the root element `{}` does not convert to `{version}`", excerpt(name)))
}

/// Checks the whole document after a conversion, and reports the first rule that it breaks.
#[doc(hidden)]
pub fn whole<D: Roots>(document: D) -> Result<D> {
    let schema = D::type_info().schema;
    crate::document::validate_document(&document, schema).map_err(|error| error.of_writing(true))?;
    Ok(document)
}
