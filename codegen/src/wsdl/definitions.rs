//! Reads the messages, port types and bindings of WSDL documents as they are written. References between them are still names.

use std::collections::HashMap;
use std::sync::Arc;

use super::{WSDL, children};
use crate::diagnostic::Span;
use crate::document::{Document, Node, NodeId};
use crate::model::Docs;
use crate::schema::{Name, Reference, expand};

/// The namespaces of the SOAP bindings of WSDL: for SOAP 1.1 and for SOAP 1.2.
const SOAP: [&str; 2] = ["http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"];

/// The messages, port types and bindings of the WSDL documents of a schema set.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    pub(super) messages: HashMap<Name, Vec<Part>>,
    pub(super) port_types: HashMap<Name, Vec<Abstract>>,
    pub(super) bindings: Vec<Binding>,
}

/// A part of a message.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    /// The element; `None` if the part has a type instead.
    pub(super) element: Option<Reference>,
}

/// An operation of a port type.
#[derive(Debug)]
pub(super) struct Abstract {
    pub(super) name: String,
    pub(super) input: Option<Direction>,
    pub(super) output: Option<Direction>,
    pub(super) faults: Vec<Direction>,
    pub(super) docs: Docs,
}

/// An input, an output or a fault of an operation.
#[derive(Debug)]
pub(super) struct Direction {
    pub(super) name: Option<String>,
    pub(super) message: Option<Name>,
}

/// A binding of a port type.
#[derive(Debug)]
pub(super) struct Binding {
    pub(super) name: String,
    pub(super) port_type: Option<Name>,
    /// The `style` of a SOAP binding; `None` if it is another binding.
    pub(super) style: Option<String>,
    pub(super) operations: Vec<Bound>,
    pub(super) span: Span,
}

/// An operation of a binding.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) name: String,
    pub(super) action: String,
    /// The `style`, unless it is that of the binding.
    pub(super) style: Option<String>,
    pub(super) input: Option<Body>,
    pub(super) output: Option<Body>,
    /// The names of the faults that are bound as literal.
    pub(super) faults: Vec<String>,
    pub(super) docs: Docs,
    pub(super) span: Span,
}

/// What a binding says about the body of a message.
#[derive(Debug)]
pub(super) struct Body {
    /// The name of the input or output.
    pub(super) name: Option<String>,
    pub(super) encoded: bool,
    /// The parts that are in the body; `None` means all that are not in a header.
    pub(super) parts: Option<Vec<String>>,
    /// The parts that are in headers.
    pub(super) headers: Vec<String>,
}

impl Definitions {
    /// Adds the definitions of a WSDL document.
    pub(crate) fn read(&mut self, document: &Document) {
        let root = document.root();
        let target: Arc<str> = document.node(root).and_then(|r| r.attribute("targetNamespace")).unwrap_or_default().trim().into();
        let named = |node: &Node| Name { uri: target.clone(), local: attribute(node, "name").unwrap_or_default().into() };
        for (id, node) in children(document, root, "message") {
            let parts = children(document, id, "part")
                .into_iter()
                .map(|(_, part)| Part { name: attribute(part, "name").unwrap_or_default(), element: reference(part, "element") });
            self.messages.insert(named(node), parts.collect());
        }
        for (id, node) in children(document, root, "portType") {
            let operations = children(document, id, "operation").into_iter().map(|(id, node)| offered(document, id, node));
            self.port_types.insert(named(node), operations.collect());
        }
        for (id, node) in children(document, root, "binding") {
            let soap = soap(document, node, "binding");
            self.bindings.push(Binding {
                name: attribute(node, "name").unwrap_or_default(),
                port_type: reference(node, "type").map(|reference| reference.name),
                style: soap.map(|soap| attribute(soap, "style").unwrap_or_else(|| "document".to_owned())),
                operations: children(document, id, "operation").into_iter().map(|(id, node)| bound(document, id, node)).collect(),
                span: node.span.clone(),
            });
        }
    }
}

fn offered(document: &Document, id: NodeId, node: &Node) -> Abstract {
    let directions = |name: &str| {
        let all = children(document, id, name).into_iter();
        all.map(|(_, n)| Direction { name: attribute(n, "name"), message: reference(n, "message").map(|reference| reference.name) })
    };
    Abstract {
        name: attribute(node, "name").unwrap_or_default(),
        input: directions("input").next(),
        output: directions("output").next(),
        faults: directions("fault").collect(),
        docs: docs(document, id),
    }
}

fn bound(document: &Document, id: NodeId, node: &Node) -> Bound {
    let soap = soap(document, node, "operation");
    let body = |name: &str| children(document, id, name).first().map(|(id, node)| body(document, *id, node));
    let literal = |fault: &Node| self::soap(document, fault, "fault").and_then(|soap| attribute(soap, "use")).as_deref() != Some("encoded");
    let faults = children(document, id, "fault").into_iter().filter(|(_, fault)| literal(fault));
    Bound {
        name: attribute(node, "name").unwrap_or_default(),
        action: soap.and_then(|soap| attribute(soap, "soapAction")).unwrap_or_default(),
        style: soap.and_then(|soap| attribute(soap, "style")),
        input: body("input"),
        output: body("output"),
        faults: faults.filter_map(|(_, fault)| attribute(fault, "name")).collect(),
        docs: docs(document, id),
        span: node.span.clone(),
    }
}

/// Reads what is bound to a message. Its body may be in a MIME part.
fn body(document: &Document, id: NodeId, node: &Node) -> Body {
    let within = document.part(id);
    let soap = |name: &'static str| within.nodes().filter(move |n| SOAP.contains(&&*n.namespace) && n.name == name);
    let body = soap("body").next();
    let parts = body.and_then(|body| body.attribute("parts"));
    Body {
        name: attribute(node, "name"),
        encoded: body.and_then(|body| attribute(body, "use")).as_deref() == Some("encoded"),
        parts: parts.map(|parts| parts.split_ascii_whitespace().map(str::to_owned).collect()),
        headers: soap("header").filter_map(|header| attribute(header, "part")).collect(),
    }
}

/// Returns the first child of an element that has this name and the namespace of a SOAP binding.
fn soap<'d>(document: &'d Document, node: &'d Node, name: &str) -> Option<&'d Node> {
    document.children(node).map(|(_, child)| child).find(|child| SOAP.contains(&&*child.namespace) && child.name == name)
}

fn docs(document: &Document, id: NodeId) -> Docs {
    let Some(node) = document.node(id) else { return Docs::new() };
    let all = document.children(node).filter(|(_, child)| *child.namespace == *WSDL && child.name == "documentation");
    all.map(|(id, _)| document.text(id)).collect()
}

fn attribute(node: &Node, name: &str) -> Option<String> {
    node.attribute(name).map(|value| value.trim().to_owned())
}

/// Returns the name that an attribute refers to; `None` if the attribute is absent or its prefix is not declared.
fn reference(node: &Node, attribute: &'static str) -> Option<Reference> {
    let written = node.attribute(attribute)?.trim();
    let name = expand(written, &node.bindings)?;
    Some(Reference { name, span: node.span.clone(), attribute, written: written.into() })
}
