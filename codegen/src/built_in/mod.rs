//! Contains schemas that are often referenced but rarely supplied: the schema for schemas, XLink, and the attributes of the XML namespace.
//!
//! A built-in schema is used if its namespace is imported and no document for that namespace is read. Only the components that are referenced are
//! added to the schema set, so that the bindings contain nothing unused.

mod select;

use std::collections::BTreeSet;

use crate::document::Document;
use crate::missing::Kind;
use crate::schema::{XML, XS, XSI};

/// The namespace of XLink 1.1.
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// A schema document that is part of the program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BuiltIn {
    /// The target namespace.
    pub(crate) namespace: &'static str,
    /// The path to show in messages.
    pub(crate) path: &'static str,
    /// The text of the document.
    pub(crate) text: &'static str,
}

const ALL: &[BuiltIn] = &[
    BuiltIn { namespace: XML, path: "xml.xsd", text: include_str!("xml.xsd") },
    BuiltIn { namespace: XLINK, path: "xlink.xsd", text: include_str!("xlink.xsd") },
    BuiltIn { namespace: XS, path: "XMLSchema.xsd", text: include_str!("XMLSchema.xsd") },
];

/// Returns the built-in schema for a namespace.
pub(crate) fn of(namespace: &str) -> Option<BuiltIn> {
    ALL.iter().find(|b| b.namespace == namespace).copied()
}

/// Returns the namespaces of all built-in schemas.
pub(crate) fn namespaces() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|b| b.namespace)
}

/// Returns whether a namespace needs no document, because its components are known or there is a built-in schema for it.
pub(crate) fn knows(namespace: &str) -> bool {
    namespace == XSI || of(namespace).is_some()
}

impl BuiltIn {
    /// Removes all global components from the document, except the wanted ones and those they refer to.
    pub(crate) fn select(self, document: &mut Document, wanted: &BTreeSet<(Kind, String)>) {
        select::keep(document, self.namespace, wanted);
    }
}
