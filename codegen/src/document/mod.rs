//! In: the bytes of one XML file. Out: its elements as an arena of nodes, each with its place and its namespace bindings.
//! Not done here: knowing what a schema is.
//!
//! References to entities are expanded first (`entities`). The tree is built by `xmltree`, which keeps no places, knows attributes by their
//! local name alone, and recurses once a level. So a search for the start tags comes before (`tags`): it gives their places and the names of
//! their attributes, in the tree's pre-order, and the depth. A document that is not well-formed, exceeds a limit, or has what these two cannot
//! tell, is read a second time, event by event (`events`).

#![deny(clippy::indexing_slicing)]

mod doctype;
mod entities;
mod events;
mod places;
mod problem;
mod tags;

use std::collections::BTreeMap;
use std::sync::Arc;

use xmltree::XMLNode;

use crate::diagnostic::{Diagnostic, Span};
use crate::encoding;
use crate::span::SourceText;
use entities::Expanded;
use tags::Tags;

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
    /// Place of the start tag, as far as its name.
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
        let source = Arc::new(SourceText::new(path.clone(), text));
        let document = entities::expand(&source, limits.expansion).map_err(|fault| problem::of_entity(&source, fault))?;
        let tags = Tags::find(&document.text, document.doctype.unwrap_or(0), limits);
        // Where a document type declaration ends, the parser may see differently: how deep it recurses is known only from its events.
        let sure = tags.plain && tags.fault.is_none() && document.doctype.is_none();
        let attributes = if sure { None } else { Some(events::read(&document, &tags, limits)?) };
        if let Some(at) = tags.fault {
            return Err(problem::bad_tag(&document, at));
        }
        let root = xmltree::Element::parse_with_config(document.text.as_bytes(), events::config()).map_err(|error| {
            let why = events::read(&document, &tags, limits).err();
            why.unwrap_or_else(|| problem::malformed(&document, 0, &error.to_string(), None))
        })?;
        Ok(Document { path: path.clone(), nodes: flatten(root, &document, &tags, attributes)? })
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

/// The tree as an arena in pre-order, joined with the tags and, where they were read, the attributes of these; without recursion.
///
/// # Errors
///
/// Tags that are not those of the tree: then the document is not well-formed, whatever the parser says.
fn flatten(
    root: xmltree::Element,
    document: &Expanded<'_>,
    tags: &Tags<'_>,
    attributes: Option<Vec<Vec<Attribute>>>,
) -> Result<Vec<Node>, Box<Diagnostic>> {
    let mut nodes: Vec<Node> = Vec::with_capacity(tags.list.len());
    let mut rest = tags.list.iter();
    let mut attributes = attributes.map(Vec::into_iter);
    let mut open: Vec<(usize, std::vec::IntoIter<XMLNode>)> = Vec::new();
    let mut entered = Some(root);
    loop {
        if let Some(mut element) = entered.take() {
            let tag = rest.next().filter(|tag| tag.name == element.name);
            let tag = tag.ok_or_else(|| problem::bad_tag(document, 0))?;
            let children = std::mem::take(&mut element.children).into_iter();
            let parent = open.last().and_then(|(id, _)| nodes.get(*id)).map(|parent| &parent.bindings);
            let read = attributes.as_mut().map(|all| all.next().unwrap_or_default());
            let node = node(element, document.span(tag.range.clone()), read, tags.attributes(tag), parent);
            open.push((nodes.len(), children));
            nodes.push(node);
        }
        let Some((id, children)) = open.last_mut() else { break };
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

/// An element of the tree with its place, and with its attributes as they were read, else by their names as written.
fn node(element: xmltree::Element, span: Span, read: Option<Vec<Attribute>>, written: &[&str], parent: Option<&Arc<Bindings>>) -> Node {
    let bindings = element.namespaces.map(|n| n.0).unwrap_or_default();
    let attributes = read.unwrap_or_else(|| {
        let pairs = element.attributes.into_iter().zip(written);
        pairs.map(|((name, value), written)| Attribute { namespace: namespace_of(written, &bindings), name, value }).collect()
    });
    let bindings = match parent {
        Some(parent) if **parent == bindings => parent.clone(),
        _ => Arc::new(bindings),
    };
    Node { namespace: element.namespace.unwrap_or_default(), name: element.name, attributes, bindings, content: Vec::new(), span }
}

/// The namespace of an attribute with a name as it is written.
fn namespace_of(written: &str, bindings: &Bindings) -> String {
    match written.split_once(':') {
        None => String::new(),
        Some(("xml", _)) => xml::namespace::NS_XML_URI.to_owned(),
        Some((prefix, _)) => bindings.get(prefix).cloned().unwrap_or_default(),
    }
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
        assert_eq!((b.span.to_string().as_str(), b.span.range()), ("t.xml:2:3", Some(6..10)));
        assert_eq!(b.span.attribute_value("p:x").to_string(), "t.xml:2:25");
        let attributes: Vec<_> = b.attributes.iter().map(|a| (a.namespace.as_str(), a.name.as_str(), a.value.as_str())).collect();
        assert_eq!(attributes, [("u", "x", "1"), ("", "x", "2")]);
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
            let span = doc.node(doc.root()).map(|n| (n.span.line() as usize, n.span.column() as usize));
            let before = text.split("<a").next().unwrap_or_default();
            let column = before.rsplit('\n').next().unwrap_or_default().len() + 1;
            assert_eq!(span, Some((before.matches('\n').count() + 1, column)), "{text}");
        }
    }

    #[test]
    fn deep_and_broken_documents_are_refused() {
        let deep = "<a>".repeat(100_000);
        assert_eq!(parse(&deep).map_err(|d| d.code.id).err(), Some("X0003"));
        assert_eq!(parse("<a><b></a>").map_err(|d| (d.code.id, d.span.line())).err(), Some(("X0002", 1)));
        assert_eq!(parse("").map_err(|d| d.code.id).err(), Some("X0002"));
        // The parser takes this one.
        assert_eq!(
            parse("<a>\n<b c='</d>'/></a>").map_err(|d| (d.code.id, d.span.to_string())).err(),
            Some(("X0002", "t.xml:2:7".to_owned()))
        );
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
