//! Reduces a schema document to a selection of its global components and everything that they refer to.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::diagnostic::Span;
use crate::document::{Document, Node, NodeId};
use crate::missing::Kind;

/// Removes all global components from a document, except the wanted ones and those they refer to.
pub(super) fn keep(document: &mut Document, namespace: &str, wanted: &BTreeSet<(Kind, String)>) {
    let globals = globals(document);
    let mut kept = BTreeSet::new();
    let mut todo: Vec<(Kind, String)> = wanted.iter().filter(|key| globals.contains_key(key)).cloned().collect();
    while let Some(key) = todo.pop() {
        let Some((id, _)) = globals.get(&key).filter(|_| kept.insert(key.clone())) else { continue };
        todo.extend(references(document, *id, namespace).into_iter().filter(|key| globals.contains_key(key) && !kept.contains(key)));
    }
    let dropped: HashSet<Span> = globals.into_iter().filter(|(key, _)| !kept.contains(key)).map(|(_, (_, span))| span).collect();
    document.retain(|node| !dropped.contains(&node.span));
}

/// Returns the global components, each with its node and its span.
fn globals(document: &Document) -> BTreeMap<(Kind, String), (NodeId, Span)> {
    let Some(root) = document.node(document.root()) else { return BTreeMap::new() };
    let children = document.children(root).filter_map(|(id, node)| {
        let name = node.attribute("name")?.to_owned();
        Some(((kind(&node.name)?, name), (id, node.span.clone())))
    });
    children.collect()
}

fn kind(element: &str) -> Option<Kind> {
    match element {
        "element" => Some(Kind::Element),
        "complexType" | "simpleType" => Some(Kind::Type),
        "attribute" => Some(Kind::Attribute),
        "group" => Some(Kind::Group),
        "attributeGroup" => Some(Kind::AttributeGroup),
        _ => None,
    }
}

/// Returns the components of the namespace that a component refers to.
fn references(document: &Document, id: NodeId, namespace: &str) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    let mut todo: Vec<&Node> = document.node(id).into_iter().collect();
    while let Some(node) = todo.pop() {
        todo.extend(document.children(node).map(|(_, child)| child));
        for attribute in &node.attributes {
            let Some(kind) = referred(&node.name, &attribute.name) else { continue };
            for name in attribute.value.split_ascii_whitespace() {
                let (prefix, local) = name.split_once(':').unwrap_or(("", name));
                if node.bindings.get(prefix).is_some_and(|uri| **uri == *namespace) {
                    found.push((kind, local.to_owned()));
                }
            }
        }
    }
    found
}

/// Returns the kind of component that an attribute of a schema element refers to.
fn referred(element: &str, attribute: &str) -> Option<Kind> {
    match attribute {
        "type" | "base" | "itemType" | "memberTypes" => Some(Kind::Type),
        "substitutionGroup" => Some(Kind::Element),
        "ref" => kind(element),
        _ => None,
    }
}
