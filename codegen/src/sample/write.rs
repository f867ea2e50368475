//! In: the tree of a sample. Out: its text, indented, with all namespaces declared on the root.
//! Not done here: choosing what the tree holds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Node;
use crate::model::{Model, NamespaceId, QName};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

pub(super) fn document(model: &Model, root: &Node) -> String {
    let mut prefixes = Prefixes { model, known: BTreeMap::new(), values: BTreeMap::new(), derived: false };
    prefixes.collect(root);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let declarations = prefixes.declarations();
    element(&prefixes, root, 0, &declarations, &mut out);
    out
}

struct Prefixes<'a> {
    model: &'a Model,
    known: BTreeMap<NamespaceId, String>,
    /// Those of names that are values.
    values: BTreeMap<String, String>,
    derived: bool,
}

impl Prefixes<'_> {
    fn collect(&mut self, root: &Node) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let needed = node.prefixes.0.iter().filter(|(prefix, _)| prefix != "xml");
            for (prefix, uri) in needed {
                self.values.entry(prefix.clone()).or_insert_with(|| uri.clone());
            }
            open.extend(&node.children);
        }
        open.push(root);
        while let Some(node) = open.pop() {
            self.add(node.name.namespace);
            if let Some(derived) = &node.derived {
                self.derived = true;
                self.add(derived.namespace);
            }
            node.attributes.iter().for_each(|(name, _)| self.add(name.namespace));
            open.extend(node.children.iter().rev());
        }
    }

    fn add(&mut self, id: NamespaceId) {
        let Some(namespace) = self.model.namespaces.get(id.index()) else { return };
        if namespace.uri.is_empty() || self.known.contains_key(&id) {
            return;
        }
        let wanted =
            if namespace.uri == "http://www.w3.org/XML/1998/namespace" { "xml" } else { namespace.prefix.as_deref().unwrap_or("ns") };
        let mut prefix = wanted.to_owned();
        let mut n = 1;
        let taken = |prefix: &str| self.values.get(prefix).is_some_and(|uri| *uri != namespace.uri);
        while self.known.values().any(|p| *p == prefix) || prefix == "xsi" || taken(&prefix) {
            n += 1;
            prefix = format!("{wanted}{n}");
        }
        self.known.insert(id, prefix);
    }

    fn declarations(&self) -> String {
        let mut out = String::new();
        for (id, prefix) in self.known.iter().filter(|(_, p)| *p != "xml") {
            if let Some(namespace) = self.model.namespaces.get(id.index()) {
                let _ = write!(out, " xmlns:{prefix}=\"{}\"", escape(&namespace.uri));
            }
        }
        for (prefix, uri) in self.values.iter().filter(|(prefix, _)| self.known.values().all(|known| known != *prefix)) {
            let _ = write!(out, " xmlns:{prefix}=\"{}\"", escape(uri));
        }
        if self.derived {
            let _ = write!(out, " xmlns:xsi=\"{XSI}\"");
        }
        out
    }

    fn name(&self, name: &QName) -> String {
        match self.known.get(&name.namespace) {
            Some(prefix) => format!("{prefix}:{}", name.local),
            None => name.local.clone(),
        }
    }
}

fn element(prefixes: &Prefixes<'_>, node: &Node, depth: usize, declarations: &str, out: &mut String) {
    let name = prefixes.name(&node.name);
    let indent = "  ".repeat(depth);
    let _ = write!(out, "{indent}<{name}{declarations}");
    if let Some(derived) = &node.derived {
        let _ = write!(out, " xsi:type=\"{}\"", prefixes.name(derived));
    }
    for (attribute, value) in &node.attributes {
        let _ = write!(out, " {}=\"{}\"", prefixes.name(attribute), escape(value));
    }
    if node.children.is_empty() && node.text.is_empty() {
        out.push_str("/>\n");
        return;
    }
    let _ = write!(out, ">{}", escape(&node.text));
    if !node.children.is_empty() {
        out.push('\n');
        node.children.iter().for_each(|child| element(prefixes, child, depth + 1, "", out));
        out.push_str(&indent);
    }
    let _ = writeln!(out, "</{name}>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
