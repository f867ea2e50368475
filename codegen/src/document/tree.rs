//! Converts the tree that `xmltree` has built to an arena.

use std::collections::BTreeMap;
use std::sync::Arc;

use xmltree::XMLNode;

use super::entities::Expanded;
use super::tags::Tags;
use super::{Attribute, Bindings, Content, Node, NodeId, problem};
use crate::diagnostic::{Diagnostic, Span};

/// An element of the tree whose children are being converted.
struct Open {
    node: usize,
    /// The prefixes in scope, as the tree has them.
    scope: Arc<BTreeMap<String, String>>,
    children: std::vec::IntoIter<XMLNode>,
}

/// Converts the tree to an arena in pre-order without recursion, and adds the positions of the tags and, if they were read, the attributes.
///
/// # Errors
///
/// Fails if the tags differ from those of the tree. The document is then not well-formed, even if the parser accepts it.
pub(super) fn flatten(
    root: xmltree::Element,
    document: &Expanded<'_>,
    tags: &Tags<'_>,
    attributes: Option<Vec<Vec<Attribute>>>,
) -> Result<Vec<Node>, Box<Diagnostic>> {
    let mut nodes: Vec<Node> = Vec::with_capacity(tags.list.len());
    let mut rest = tags.list.iter();
    let mut attributes = attributes.map(Vec::into_iter);
    let mut open: Vec<Open> = Vec::new();
    let mut entered = Some(root);
    loop {
        if let Some(mut element) = entered.take() {
            let tag = rest.next().filter(|tag| tag.name == element.name);
            let tag = tag.ok_or_else(|| problem::bad_tag(document, 0))?;
            let children = std::mem::take(&mut element.children).into_iter();
            let scope = element.namespaces.take().map(|namespaces| namespaces.0).unwrap_or_default();
            let parent = open.last().and_then(|open| Some((&nodes.get(open.node)?.bindings, &open.scope)));
            let (bindings, scope) = match parent {
                Some((bindings, outer)) if **outer == scope => (bindings.clone(), outer.clone()),
                Some((bindings, outer)) => (Arc::new(Bindings::within(bindings, outer, &scope)), Arc::new(scope)),
                None => (Arc::new(Bindings::of(&scope)), Arc::new(scope)),
            };
            let read = attributes.as_mut().map(|all| all.next().unwrap_or_default());
            let node = node(element, document.span(tag.range.clone()), read, tags.attributes(tag), bindings);
            open.push(Open { node: nodes.len(), scope, children });
            nodes.push(node);
        }
        let Some(Open { node: id, children, .. }) = open.last_mut() else { break };
        let id = *id;
        match children.next() {
            None => {
                open.pop();
            }
            Some(XMLNode::Element(child)) => {
                let child_id = NodeId(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
                if let Some(parent) = nodes.get_mut(id) {
                    parent.content.push(Content::Element(child_id));
                }
                entered = Some(child);
            }
            Some(XMLNode::Text(text) | XMLNode::CData(text)) => push_text(&mut nodes, id, text),
            Some(_) => {}
        }
    }
    rest.next().map_or(Ok(nodes), |extra| Err(problem::bad_tag(document, extra.range.start)))
}

/// Makes a node from an element of the tree. If its attributes were not read, they are rebuilt from their names as written.
fn node(element: xmltree::Element, span: Span, read: Option<Vec<Attribute>>, written: &[&str], bindings: Arc<Bindings>) -> Node {
    let attributes = read.unwrap_or_else(|| {
        let pairs = element.attributes.into_iter().zip(written);
        pairs.map(|((name, value), written)| Attribute { namespace: namespace_of(written, &bindings), name, value }).collect()
    });
    let namespace = bindings.shared(element.namespace.as_deref().unwrap_or_default(), element.prefix.as_deref());
    Node { namespace, name: element.name, attributes, bindings, content: Vec::new(), span }
}

/// Returns the namespace of an attribute, given its name as written.
fn namespace_of(written: &str, bindings: &Bindings) -> String {
    match written.split_once(':') {
        None => String::new(),
        Some(("xml", _)) => xml::namespace::NS_XML_URI.to_owned(),
        Some((prefix, _)) => bindings.get(prefix).map(|uri| uri.to_string()).unwrap_or_default(),
    }
}

fn push_text(nodes: &mut [Node], id: usize, text: String) {
    if let Some(node) = nodes.get_mut(id)
        && !text.trim_matches([' ', '\t', '\n', '\r']).is_empty()
    {
        node.content.push(Content::Text(text));
    }
}
