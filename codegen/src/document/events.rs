//! Reads a document event by event into an arena of elements, with the position of a well-formedness error or an exceeded limit.

use std::collections::BTreeMap;
use std::sync::Arc;

use xml::common::{Position, TextPosition};
use xml::reader::{EventReader, ParserConfig, XmlEvent};

use super::entities::Expanded;
use super::tags::Tags;
use super::{Attribute, Bindings, Content, Limits, Node, NodeId, problem};
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::span::line_starts;

/// Returns the parser configuration. All references that the parser could expand are already expanded.
pub(super) fn config() -> ParserConfig {
    ParserConfig::new().max_entity_expansion_length(100_000).max_entity_expansion_depth(4).allow_multiple_root_elements(false)
}

/// An open element.
struct Open {
    node: usize,
    name: xml::name::OwnedName,
    /// The prefixes in scope, as the parser gives them.
    scope: Arc<BTreeMap<String, String>>,
}

/// Returns all elements in document order.
///
/// # Errors
///
/// Fails if the document is not well-formed or exceeds a limit.
pub(super) fn read(document: &Expanded<'_>, tags: &Tags<'_>, limits: Limits) -> Result<Vec<Node>, Box<Diagnostic>> {
    let mut reader = EventReader::new_with_config(document.text.as_bytes(), config());
    let beyond_last = || tags.fault.map_or(0..0, |at| at..at + 1);
    let place = |tag: usize| document.span(tags.list.get(tag).map_or_else(beyond_last, |tag| tag.range.clone()));
    let mut nodes: Vec<Node> = Vec::with_capacity(tags.list.len());
    let mut open: Vec<Open> = Vec::new();
    loop {
        let event = reader.next().map_err(|error| {
            let open = open.last().map(|open| (open.name.borrow().to_repr(), place(open.node)));
            let at = offset(&document.text, error.position());
            problem::malformed(document, at, &error.msg(), open)
        })?;
        match event {
            XmlEvent::StartElement { name, attributes, namespace } => {
                let tag = nodes.len();
                if open.len() >= limits.depth as usize {
                    return Err(beyond(place(tag), format!("elements nest deeper than {} levels", limits.depth)));
                }
                if tag >= limits.elements as usize {
                    return Err(beyond(place(tag), format!("more than {} elements", limits.elements)));
                }
                if namespace.0.len() > limits.prefixes {
                    return Err(beyond(place(tag), format!("more than {} prefixes are declared here", limits.prefixes)));
                }
                if tags.list.get(tag).is_some_and(|tag| tag.name != name.local_name) {
                    return Err(problem::bad_tag(document, 0));
                }
                let parent = open.last().and_then(|open| nodes.get_mut(open.node).map(|node| (node, &open.scope)));
                let (bindings, scope) = match parent {
                    Some((node, scope)) => {
                        node.content.push(Content::Element(NodeId(u32::try_from(tag).unwrap_or(u32::MAX))));
                        match **scope == namespace.0 {
                            true => (node.bindings.clone(), scope.clone()),
                            false => (Arc::new(Bindings::within(&node.bindings, scope, &namespace.0)), Arc::new(namespace.0)),
                        }
                    }
                    None => (Arc::new(Bindings::of(&namespace.0)), Arc::new(namespace.0)),
                };
                nodes.push(Node {
                    namespace: bindings.shared(name.namespace.as_deref().unwrap_or_default(), name.prefix.as_deref()),
                    name: name.local_name.clone(),
                    attributes: attributes.into_iter().map(attribute).collect(),
                    bindings,
                    content: Vec::new(),
                    span: place(tag),
                });
                open.push(Open { node: tag, name, scope });
            }
            XmlEvent::EndElement { .. } => {
                open.pop();
            }
            XmlEvent::Characters(text) | XmlEvent::CData(text) => {
                let node = open.last().and_then(|open| nodes.get_mut(open.node));
                if let Some(node) = node.filter(|_| !text.trim_matches([' ', '\t', '\n', '\r']).is_empty()) {
                    node.content.push(Content::Text(text));
                }
            }
            XmlEvent::EndDocument => return Ok(nodes),
            _ => {}
        }
    }
}

pub(super) fn beyond(span: Span, message: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::X0003, span, message))
}

fn attribute(a: xml::attribute::OwnedAttribute) -> Attribute {
    Attribute { namespace: a.name.namespace.unwrap_or_default(), name: a.name.local_name, value: a.value }
}

/// Converts a row and column to a byte offset in a text.
fn offset(text: &str, at: TextPosition) -> usize {
    let (row, column) = (usize::try_from(at.row).unwrap_or(usize::MAX), usize::try_from(at.column).unwrap_or(usize::MAX));
    let Some(start) = line_starts(text).nth(row) else { return text.len() };
    let line = text.get(start..).unwrap_or_default();
    start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}
