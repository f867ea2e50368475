//! Reads WSDL 1.1 documents: which schemas they contain, which documents they import, and which operations their SOAP bindings offer.
//!
//! `load` makes a schema document of each schema. Only document/literal operations with one element in each body become operations of the
//! bindings (`operations`); a warning names each other one.

#![deny(clippy::indexing_slicing)]

mod definitions;
mod operations;

use crate::diagnostic::Span;
use crate::document::{Document, Node, NodeId};
use crate::model::Docs;
use crate::schema::{Reference, XS};

pub(crate) use definitions::Definitions;

/// The namespace of WSDL 1.1 documents.
pub const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";

/// An operation that a SOAP binding binds as document/literal, with one element in the body of each message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// The SOAP action; empty if there is none.
    pub action: String,
    /// The element in the body of the request.
    pub request: Reference,
    /// The element in the body of the response; `None` if the operation is one-way.
    pub response: Option<Reference>,
    /// The elements in the details of its faults.
    pub faults: Vec<Reference>,
    /// Its documentation.
    pub docs: Docs,
    /// The span of the operation in its binding.
    pub span: Span,
}

impl Operation {
    /// Returns the elements of all its messages.
    pub fn elements(&self) -> impl Iterator<Item = &Reference> {
        std::iter::once(&self.request).chain(&self.response).chain(&self.faults)
    }
}

/// Returns whether a document is a WSDL 1.1 document.
pub(crate) fn is_wsdl(document: &Document) -> bool {
    document.node(document.root()).is_some_and(|root| *root.namespace == *WSDL && root.name == "definitions")
}

/// Returns the schemas that a WSDL document contains.
pub(crate) fn schemas(document: &Document) -> Vec<NodeId> {
    let types = children(document, document.root(), "types");
    let all = types.into_iter().flat_map(|(_, types)| document.children(types));
    all.filter(|(_, node)| is_schema(node)).map(|(id, _)| id).collect()
}

fn is_schema(node: &Node) -> bool {
    *node.namespace == *XS && node.name == "schema"
}

/// Returns the imports of a WSDL document: their locations and spans.
pub(crate) fn imports(document: &Document) -> Vec<(String, Span)> {
    let imports = children(document, document.root(), "import").into_iter();
    imports.filter_map(|(_, node)| Some((node.attribute("location")?.trim().to_owned(), node.span.clone()))).collect()
}

/// Returns the children of an element that have this name and the namespace of WSDL.
fn children<'d>(document: &'d Document, id: NodeId, name: &str) -> Vec<(NodeId, &'d Node)> {
    let Some(node) = document.node(id) else { return Vec::new() };
    document.children(node).filter(|(_, child)| *child.namespace == *WSDL && child.name == name).collect()
}
