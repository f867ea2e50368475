//! In: the bytes of one XML file. Out: its elements as an arena of nodes, each with its place and its namespace bindings.
//! Not done here: knowing what a schema is.
//!
//! The tree is built by `xmltree`, which keeps no places, knows attributes by their local name alone, and recurses once a level.
//! So a pass over the events of the parser under it comes first (`scan`): it gives every start tag its place and the full names of its
//! attributes, in the tree's pre-order, and refuses what nests too deeply. References to entities are expanded before both (`entities`).

#![deny(clippy::indexing_slicing)]

mod entities;
mod markup;
mod places;
mod problem;
mod scan;

use std::collections::BTreeMap;
use std::sync::Arc;

use xmltree::XMLNode;

use crate::diagnostic::{Diagnostic, Span};
use crate::encoding;
use scan::Tag;

/// Prefixes in scope, with the namespace each is bound to; the empty prefix is the default namespace.
pub type Bindings = BTreeMap<String, String>;

/// An XML document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path to show.
    pub path: Arc<str>,
    nodes: Vec<Node>,
}

/// Index into a document's nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

/// An element of a document.
#[derive(Debug, Clone)]
pub struct Node {
    /// Namespace; empty for none.
    pub namespace: String,
    /// Local name.
    pub name: String,
    /// Attributes in order, without namespace declarations.
    pub attributes: Vec<Attribute>,
    /// Prefixes in scope.
    pub bindings: Arc<Bindings>,
    /// Elements and text in order.
    pub content: Vec<Content>,
    /// Place of the start tag.
    pub span: Span,
}

/// An attribute of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Namespace; empty for none.
    pub namespace: String,
    /// Local name.
    pub name: String,
    /// Value, normalised as XML asks.
    pub value: String,
}

/// What an element contains.
#[derive(Debug, Clone)]
pub enum Content {
    /// A child element.
    Element(NodeId),
    /// Text that is not white space alone.
    Text(String),
}

/// Limits on one document.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Deepest nesting of elements.
    pub depth: u32,
    /// Most elements.
    pub elements: u32,
    /// Most prefixes in scope of one element.
    pub prefixes: usize,
    /// Most bytes that the entities of the document type declaration expand to.
    pub expansion: usize,
}

impl Document {
    /// Parses a document.
    ///
    /// # Errors
    ///
    /// A document that is no text, is not well-formed, or exceeds a limit.
    pub fn parse(path: &Arc<str>, bytes: &[u8], limits: Limits) -> Result<Document, Box<Diagnostic>> {
        let text = encoding::decode(bytes).map_err(|why| problem::undecodable(path, bytes, &why))?;
        let expanded = entities::expand(&text, limits.expansion).map_err(|fault| problem::of_entity(path, &text, fault))?;
        let tags = scan::scan(path, &expanded, limits)?;
        let root = xmltree::Element::parse_with_config(expanded.text.as_bytes(), scan::config())
            .map_err(|error| problem::malformed(Span { path: path.clone(), line: 1, column: 1 }, &error.to_string(), None))?;
        Ok(Document { path: path.clone(), nodes: flatten(root, tags) })
    }

    /// The root element.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// A node by its id; `None` only for an id of another document.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// All elements, those taken away among them.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    /// The child elements of a node.
    pub fn children<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = (NodeId, &'a Node)> {
        node.content.iter().filter_map(|c| match c {
            Content::Element(id) => self.node(*id).map(|n| (*id, n)),
            Content::Text(_) => None,
        })
    }

    /// Gives an element, or one of its attributes without namespace, another name.
    pub fn rename(&mut self, id: NodeId, attribute: Option<&str>, name: &str) {
        let Some(node) = self.nodes.get_mut(id.0 as usize) else { return };
        match attribute {
            None => name.clone_into(&mut node.name),
            Some(old) => {
                for found in node.attributes.iter_mut().filter(|a| a.namespace.is_empty() && a.name == old) {
                    name.clone_into(&mut found.name);
                }
            }
        }
    }

    /// Takes away the elements below the root that do not pass, with all that is in them, and gives them in their order.
    pub fn retain(&mut self, keep: impl Fn(&Node) -> bool) -> Vec<NodeId> {
        let (mut taken, mut waiting) = (Vec::new(), vec![self.root()]);
        while let Some(id) = waiting.pop() {
            let children: Vec<(NodeId, bool)> =
                self.node(id).map(|node| self.children(node).map(|(id, child)| (id, keep(child))).collect()).unwrap_or_default();
            let out: Vec<NodeId> = children.iter().filter(|(_, kept)| !kept).map(|(id, _)| *id).collect();
            waiting.extend(children.iter().filter(|(_, kept)| *kept).map(|(id, _)| *id));
            if let Some(node) = self.nodes.get_mut(id.0 as usize).filter(|_| !out.is_empty()) {
                node.content.retain(|c| !matches!(c, Content::Element(id) if out.contains(id)));
            }
            taken.extend(out);
        }
        taken.sort_by_key(|id| id.0);
        taken
    }

    /// All text within a node, that of descendants included.
    pub fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        let mut todo: Vec<&Content> = self.node(id).map(|n| n.content.iter().rev().collect()).unwrap_or_default();
        while let Some(next) = todo.pop() {
            match next {
                Content::Text(t) => out.push_str(t),
                Content::Element(id) => todo.extend(self.node(*id).into_iter().flat_map(|n| n.content.iter().rev())),
            }
        }
        out
    }
}

impl Node {
    /// The value of an attribute without namespace.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.namespace.is_empty() && a.name == name).map(|a| a.value.as_str())
    }

    /// Whether the element has text of its own other than white space.
    pub fn has_text(&self) -> bool {
        self.content.iter().any(|c| matches!(c, Content::Text(_)))
    }
}

/// The tree as an arena in pre-order, joined with what the first pass found; without recursion.
fn flatten(root: xmltree::Element, tags: Vec<Tag>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(tags.len());
    let mut tags = tags.into_iter();
    let mut open = Vec::new();
    enter(root, &mut nodes, &mut tags, &mut open);
    while let Some((id, children)) = open.last_mut() {
        let id: usize = *id;
        match children.next() {
            None => {
                open.pop();
            }
            Some(XMLNode::Element(child)) => {
                let child_id = NodeId(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
                if let Some(parent) = nodes.get_mut(id) {
                    parent.content.push(Content::Element(child_id));
                }
                enter(child, &mut nodes, &mut tags, &mut open);
            }
            Some(XMLNode::Text(text) | XMLNode::CData(text)) => push_text(&mut nodes, id, text),
            Some(_) => {}
        }
    }
    nodes
}

type Open = Vec<(usize, std::vec::IntoIter<XMLNode>)>;

fn enter(element: xmltree::Element, nodes: &mut Vec<Node>, tags: &mut std::vec::IntoIter<Tag>, open: &mut Open) {
    let Some(tag) = tags.next() else { return };
    let bindings = element.namespaces.map(|n| n.0).unwrap_or_default();
    let parent = open.last().and_then(|(id, _)| nodes.get(*id));
    let bindings = match parent {
        Some(p) if *p.bindings == bindings => p.bindings.clone(),
        _ => Arc::new(bindings),
    };
    let namespace = element.namespace.unwrap_or_default();
    let id = nodes.len();
    nodes.push(Node { namespace, name: element.name, attributes: tag.attributes, bindings, content: Vec::new(), span: tag.span });
    open.push((id, element.children.into_iter()));
}

fn push_text(nodes: &mut [Node], id: usize, text: String) {
    if let Some(node) = nodes.get_mut(id)
        && !text.trim_matches([' ', '\t', '\n', '\r']).is_empty()
    {
        node.content.push(Content::Text(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { depth: 50, elements: 100, prefixes: 20, expansion: 1000 };

    fn parse(text: &str) -> Result<Document, Box<Diagnostic>> {
        Document::parse(&Arc::from("t.xml"), text.as_bytes(), LIMITS)
    }

    #[test]
    fn every_element_has_its_place_and_full_attribute_names() {
        let doc = parse("<a>\n  <p:b xmlns:p='u' p:x='1' x='2'>t<c/>u</p:b>\n</a>").unwrap_or_else(|e| unreachable!("{e:?}"));
        let root = doc.node(doc.root()).cloned().into_iter().next();
        let (id, b) = root.as_ref().and_then(|r| doc.children(r).next()).unwrap_or_else(|| unreachable!());
        assert_eq!(b.span.to_string(), "t.xml:2:3");
        assert_eq!(b.attribute("x"), Some("2"));
        assert_eq!(b.namespace, "u");
        assert_eq!(doc.text(id), "tu");
        for text in [
            "<a x='1'>\n</a>",
            "<?xml version='1.0'?><a/>",
            "<!-- c --><a y=''/>",
            "<?p i?>\n<!-- c -->\n<a/>",
            "<!DOCTYPE a><a/>",
            "\n <a/>",
        ] {
            let doc = parse(text).unwrap_or_else(|e| unreachable!("{e:?}"));
            let span = doc.node(doc.root()).map(|n| (n.span.line as usize, n.span.column as usize));
            let before = text.split("<a").next().unwrap_or_default();
            let column = before.rsplit('\n').next().unwrap_or_default().len() + 1;
            assert_eq!(span, Some((before.matches('\n').count() + 1, column)), "{text}");
        }
    }

    #[test]
    fn deep_and_broken_documents_are_refused() {
        let deep = "<a>".repeat(100_000);
        assert_eq!(parse(&deep).map_err(|d| d.code.id).err(), Some("X0003"));
        assert_eq!(parse("<a><b></a>").map_err(|d| (d.code.id, d.span.line)).err(), Some(("X0002", 1)));
        assert_eq!(parse("").map_err(|d| d.code.id).err(), Some("X0002"));
    }

    #[test]
    fn entities_are_expanded_in_content_and_in_values() {
        let text = "<!DOCTYPE a [<!ENTITY d '0-9'><!ENTITY e \"[&d;]+'\"><!ENTITY b '<b x=\"&e;\"/>'><!ENTITY lt2 '&#38;lt;'><!ENTITY d 'x'>]>\n\
            <a v='&e;&lt2;'>&b;&b;<!-- &no; -->\n<![CDATA[&no;]]><c/></a>";
        let doc = parse(text).unwrap_or_else(|e| unreachable!("{e:?}"));
        let all: Vec<(&str, Option<&str>, String)> =
            doc.nodes().map(|n| (n.name.as_str(), n.attribute("v").or_else(|| n.attribute("x")), n.span.to_string())).collect();
        let expected = [("a", Some("[0-9]+'<"), "t.xml:2:1"), ("b", Some("[0-9]+'"), "t.xml:2:17"), ("b", Some("[0-9]+'"), "t.xml:2:20")];
        assert_eq!(all.get(..3), Some(expected.map(|(n, v, s)| (n, v, s.to_owned())).as_slice()));
        assert_eq!(all.get(3).map(|c| c.2.as_str()), Some("t.xml:3:17"), "the places after a replacement stay");
        assert_eq!(doc.text(doc.root()), "&no;");
    }

    #[test]
    fn entities_that_cannot_be_expanded_are_refused() {
        let found = |declarations: &str, body: &str| {
            parse(&format!("<!DOCTYPE a [{declarations}]>\n{body}")).map_err(|d| (d.code.id, d.span.to_string(), d.message)).err()
        };
        let cases = [
            ("<!ENTITY a '&b;'><!ENTITY b '&a;'>", "<a v='&b;'/>", "X0002", "t.xml:2:7", "refers to itself"),
            ("<!ENTITY a '<b>'>", "<a>\n &a;</a>", "X0002", "t.xml:3:2", "without its end tag"),
            ("<!ENTITY a '&#60;'>", "<a v='&a;'/>", "X0002", "t.xml:2:7", "cannot stand in an attribute value"),
            ("<!ENTITY a 'x'>", "<a>&b;</a>", "X0002", "t.xml:2:6", "`b` is not declared"),
            ("<!ENTITY a '%p;'>", "<a/>", "X0002", "t.xml:1:25", "not well-formed here"),
            ("<!ENTITY a SYSTEM 'a.xml'>", "<a/>", "X0002", "t.xml:1:14", "external entity"),
        ];
        for (declarations, body, code, place, words) in cases {
            let (id, span, message) = found(declarations, body).unwrap_or_else(|| unreachable!("{declarations} is taken"));
            assert_eq!((id, span.as_str()), (code, place), "{message}");
            assert!(message.contains(words), "{message}");
        }
        let laughs: String = (1..20).map(|n| format!("<!ENTITY e{n} '&e{0};&e{0};&e{0};&e{0};'>", n - 1)).collect();
        let (id, _, message) = found(&format!("<!ENTITY e0 'ha'>{laughs}"), "<a>&e19;</a>").unwrap_or_else(|| unreachable!());
        assert_eq!((id, message.as_str()), ("X0003", "the entities of the document expand to more than 1000 bytes"));
    }
}
