//! In: the bytes of one XML file. Out: its elements as an arena of nodes, each with its place and its namespace bindings.
//! Not done here: knowing what a schema is.
//!
//! The tree is built by `xmltree`, which keeps no places, knows attributes by their local name alone, and recurses once a level.
//! So a pass over the events of the parser under it comes first: it gives every start tag its place and the full names of its
//! attributes, in the tree's pre-order, and refuses what nests too deeply.

#![deny(clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::sync::Arc;

use xml::common::Position;
use xml::reader::{EventReader, ParserConfig, XmlEvent};
use xmltree::XMLNode;

use crate::codes;
use crate::diagnostic::{Diagnostic, Span};

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
}

impl Document {
    /// Parses a document.
    pub fn parse(path: &Arc<str>, bytes: &[u8], limits: Limits) -> Result<Document, Box<Diagnostic>> {
        let tags = scan(path, bytes, limits)?;
        let root = xmltree::Element::parse_with_config(bytes, config()).map_err(|error| {
            let start = Span { path: path.clone(), line: 1, column: 1 };
            Box::new(Diagnostic::error(codes::X0002, start, format!("not well-formed: {error}")))
        })?;
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

/// What the first pass keeps of a start tag.
struct Tag {
    span: Span,
    attributes: Vec<Attribute>,
}

fn config() -> ParserConfig {
    ParserConfig::new().max_entity_expansion_length(100_000).max_entity_expansion_depth(4).allow_multiple_root_elements(false)
}

/// The first pass: places and attribute names of all start tags in document order, and the limits.
fn scan(path: &Arc<str>, bytes: &[u8], limits: Limits) -> Result<Vec<Tag>, Box<Diagnostic>> {
    let mut reader = EventReader::new_with_config(bytes, config().ignore_comments(false));
    let mut tags = Vec::new();
    let mut depth = 0u32;
    // Without an XML declaration the parser gives the start of the root element to the start of the document.
    let visible = |b: &&u8| b.is_ascii_graphic() || b.is_ascii_whitespace();
    let bare = bytes.iter().find(visible) == Some(&b'<') && bytes.iter().filter(visible).take(5).ne(b"<?xml");
    let mut start = None;
    loop {
        let event = reader.next().map_err(|error| {
            let at = place(path, error.position());
            Box::new(Diagnostic::error(codes::X0002, at, format!("not well-formed: {}", plain(&error.msg()))))
        })?;
        match event {
            XmlEvent::StartElement { attributes, .. } => {
                let span = start.take().unwrap_or_else(|| place(path, reader.position()));
                depth += 1;
                if depth > limits.depth {
                    let message = format!("elements nest deeper than {} levels", limits.depth);
                    return Err(Box::new(Diagnostic::error(codes::X0003, span, message)));
                }
                if tags.len() as u64 >= u64::from(limits.elements) {
                    let message = format!("more than {} elements", limits.elements);
                    return Err(Box::new(Diagnostic::error(codes::X0003, span, message)));
                }
                tags.push(Tag { span, attributes: attributes.into_iter().map(attribute).collect() });
            }
            XmlEvent::Doctype { syntax } if declares_external_entity(&syntax) => {
                let at = place(path, reader.position());
                let message = "the document type declares an external entity: nothing outside of the schema documents is read";
                return Err(Box::new(Diagnostic::error(codes::X0002, at, message)));
            }
            XmlEvent::StartDocument { .. } if bare => start = Some(place(path, reader.position())),
            XmlEvent::Comment(_) | XmlEvent::ProcessingInstruction { .. } | XmlEvent::Doctype { .. } if tags.is_empty() => start = None,
            XmlEvent::EndElement { .. } => depth = depth.saturating_sub(1),
            XmlEvent::EndDocument => return Ok(tags),
            _ => {}
        }
    }
}

/// The parser's message without the place that some begin with.
fn plain(message: &str) -> &str {
    match message.split_once(' ') {
        Some((place, rest)) if place.contains(':') && place.bytes().all(|b| b.is_ascii_digit() || b == b':') => rest,
        _ => message,
    }
}

/// Whether a document type has `<!ENTITY name SYSTEM ...>`, whose text the parser would leave out without a word.
fn declares_external_entity(syntax: &str) -> bool {
    syntax.split("<!ENTITY").skip(1).any(|rest| {
        let mut words = rest.split_ascii_whitespace();
        words.next().is_some_and(|name| name != "%") && words.next().is_some_and(|w| w == "SYSTEM" || w == "PUBLIC")
    })
}

fn attribute(a: xml::attribute::OwnedAttribute) -> Attribute {
    Attribute { namespace: a.name.namespace.unwrap_or_default(), name: a.name.local_name, value: a.value }
}

fn place(path: &Arc<str>, at: xml::common::TextPosition) -> Span {
    let number = |n: u64| u32::try_from(n + 1).unwrap_or(u32::MAX);
    Span { path: path.clone(), line: number(at.row), column: number(at.column) }
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

    const LIMITS: Limits = Limits { depth: 50, elements: 100 };

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
}
