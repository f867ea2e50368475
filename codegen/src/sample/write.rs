//! Writes the tree of a sample as indented text, with all namespaces declared on the root element.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Node;
use super::value::NAME;
use super::wildcard::{OTHER, other};
use crate::model::{Model, NamespaceId, QName};

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Writes a document. `further` are the namespaces that [`further`] numbers.
pub(super) fn document(model: &Model, further: &[String], root: &Node) -> String {
    let other = other(model, further);
    let mut prefixes = Prefixes { model, known: BTreeMap::new(), other, further: further.to_vec(), uses_xsi: false };
    prefixes.collect(root);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let declarations = prefixes.declarations();
    element(&prefixes, root, 0, &declarations, &mut out);
    out
}

struct Prefixes<'a> {
    model: &'a Model,
    known: BTreeMap<NamespaceId, String>,
    /// The namespace that [`OTHER`] stands for.
    other: String,
    /// The namespaces of qualified names in values that are not in the model.
    further: Vec<String>,
    /// Whether an element has `xsi:type` or `xsi:nil`.
    uses_xsi: bool,
}

impl Prefixes<'_> {
    fn collect(&mut self, root: &Node) {
        // Qualified names in values are handled first, so that they keep the prefixes of the schema.
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            node.attributes.iter().for_each(|attribute| self.add_values(&attribute.value));
            self.add_values(&node.text);
            open.extend(node.children.iter().rev());
        }
        open.push(root);
        while let Some(node) = open.pop() {
            self.add(node.name.namespace, None);
            self.uses_xsi |= node.derived.is_some() || node.nil.is_some();
            if let Some(derived) = &node.derived {
                self.add(derived.namespace, None);
            }
            node.attributes.iter().for_each(|attribute| self.add(attribute.name.namespace, None));
            open.extend(node.children.iter().rev());
        }
    }

    /// Gives a namespace the wanted prefix, or else the prefix that the schemas use.
    fn add(&mut self, id: NamespaceId, wanted: Option<&str>) {
        let uri = self.uri(id);
        if uri.is_empty() || self.known.contains_key(&id) {
            return;
        }
        let own = self.model.namespaces.get(id.index()).and_then(|namespace| namespace.prefix.as_deref());
        let wanted = match wanted.or(own) {
            _ if uri == XML => "xml",
            _ if id == OTHER => "other",
            // Prefixes that begin with `xml` are reserved.
            wanted => wanted.filter(|prefix| !prefix.to_ascii_lowercase().starts_with("xml")).unwrap_or("ns"),
        };
        let mut prefix = wanted.to_owned();
        let mut n = 1;
        while self.known.values().any(|p| *p == prefix) || prefix == "xsi" {
            n += 1;
            prefix = format!("{wanted}{n}");
        }
        self.known.insert(id, prefix);
    }

    fn declarations(&self) -> String {
        let mut out = String::new();
        for (id, prefix) in self.known.iter().filter(|(_, p)| *p != "xml") {
            let _ = write!(out, " xmlns:{prefix}=\"{}\"", escape(self.uri(*id)));
        }
        if self.uses_xsi {
            let _ = write!(out, " xmlns:xsi=\"{XSI}\"");
        }
        out
    }

    fn uri(&self, id: NamespaceId) -> &str {
        if id == OTHER {
            return &self.other;
        }
        let further = id.index().checked_sub(FURTHER).and_then(|at| self.further.get(at));
        further.or_else(|| self.model.namespaces.get(id.index()).map(|namespace| &namespace.uri)).map_or("", String::as_str)
    }

    /// Returns the id of a namespace of the model, or of a further namespace that occurs in values.
    fn id(&self, uri: &str) -> Option<NamespaceId> {
        let own = self.model.namespaces.iter().position(|namespace| namespace.uri == uri);
        let found = own.or_else(|| self.further.iter().position(|known| known == uri).map(|at| FURTHER + at));
        found.and_then(|at| u32::try_from(at).ok()).map(NamespaceId)
    }

    /// Records the namespaces of the qualified names in a value.
    fn add_values(&mut self, text: &str) {
        for (uri, name) in text.split(' ').filter_map(qualified) {
            if self.id(uri).is_none() {
                self.further.push(uri.to_owned());
            }
            let wanted = name.split_once(':').map(|(prefix, _)| prefix);
            self.id(uri).into_iter().for_each(|id| self.add(id, wanted));
        }
    }

    /// Returns a value in which qualified names are written with their prefixes.
    fn value(&self, text: &str) -> String {
        if !text.contains(NAME.0) {
            return escape(text);
        }
        let named = |word: &str| {
            let (uri, name) = qualified(word)?;
            let local = name.rsplit(':').next()?.to_owned();
            Some(self.name(&QName { namespace: self.id(uri)?, local }))
        };
        escape(&text.split(' ').map(|word| named(word).unwrap_or_else(|| word.to_owned())).collect::<Vec<_>>().join(" "))
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
    if let Some(nil) = node.nil {
        let _ = write!(out, " xsi:nil=\"{nil}\"");
    }
    for attribute in &node.attributes {
        let _ = write!(out, " {}=\"{}\"", prefixes.name(&attribute.name), prefixes.value(&attribute.value));
    }
    if node.children.is_empty() && node.text.is_empty() {
        out.push_str("/>\n");
        return;
    }
    let _ = write!(out, ">{}", prefixes.value(&node.text));
    if !node.children.is_empty() {
        out.push('\n');
        node.children.iter().for_each(|child| element(prefixes, child, depth + 1, "", out));
        out.push_str(&indent);
    }
    let _ = writeln!(out, "</{name}>");
}

/// Splits a word that is an encoded qualified name into its namespace and the name as written in the schema.
fn qualified(word: &str) -> Option<(&str, &str)> {
    word.strip_prefix(NAME.0)?.split_once(NAME.1)
}

/// The id of the first namespace that occurs in a document but not in the model.
const FURTHER: usize = 1 << 31;

/// Returns the id of the `at`th namespace that occurs in a document but not in the model.
pub(crate) fn further(at: usize) -> NamespaceId {
    NamespaceId(u32::try_from(FURTHER + at).unwrap_or(u32::MAX))
}

/// Escapes a text. White space that attribute-value normalization would change is written as character references.
fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    text.replace('\t', "&#9;").replace('\n', "&#10;").replace('\r', "&#13;")
}
