//! Schemas that others refer to and that are rarely beside them: the schema for schemas, XLink, and the attributes of XML itself.
//!
//! A namespace is taken from here where it is imported and no document for it is read. Of its schema only the components that are
//! referred to become part of the schema set, so that bindings do not grow by what nobody uses.

mod select;

use std::collections::BTreeSet;

use crate::document::Document;
use crate::missing::Kind;
use crate::schema::{XML, XS, XSI};

/// The namespace of XLink 1.1.
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// A schema document that needs no file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BuiltIn {
    /// Its target namespace.
    pub(crate) namespace: &'static str,
    /// The name to show for its path.
    pub(crate) path: &'static str,
    /// The document.
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

/// The namespaces of all of them.
pub(crate) fn namespaces() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|b| b.namespace)
}

/// Whether nothing has to be read for a namespace: its components are known, or there is a schema for it here.
pub(crate) fn knows(namespace: &str) -> bool {
    namespace == XSI || of(namespace).is_some()
}

impl BuiltIn {
    /// Takes out of its document all global components but those wanted and what they refer to.
    pub(crate) fn select(self, document: &mut Document, wanted: &BTreeSet<(Kind, String)>) {
        select::keep(document, self.namespace, wanted);
    }
}
