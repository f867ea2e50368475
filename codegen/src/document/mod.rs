//! Parses one XML file into an arena of elements, each with its source span and its namespace bindings. Knows nothing about schemas.
//!
//! Entity references are expanded first (`entities`). The tree is built by `xmltree`, which keeps no positions, identifies an attribute by its
//! local name only, and recurses once for each level of nesting. A scan for start tags (`tags`) therefore runs before it. The scan finds the
//! positions of the tags and the names of their attributes, in the pre-order of the tree, and it finds the nesting depth. If a document is not
//! well-formed, exceeds a limit, or has content that these two steps cannot handle reliably, it is read a second time, event by event
//! (`events`).

#![deny(clippy::indexing_slicing)]

mod bindings;
mod doctype;
mod entities;
mod events;
mod places;
mod problem;
mod tags;
mod tree;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};
use crate::encoding;
use crate::span::SourceText;
use tags::Tags;

pub use bindings::Bindings;

/// An XML document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path to show in messages.
    pub path: Arc<str>,
    nodes: Vec<Node>,
}

/// An index into the nodes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

/// An element of a document.
#[derive(Debug, Clone)]
pub struct Node {
    /// The namespace; empty for no namespace.
    pub namespace: Arc<str>,
    /// The local name.
    pub name: String,
    /// The attributes in document order, without namespace declarations.
    pub attributes: Vec<Attribute>,
    /// The prefixes in scope.
    pub bindings: Arc<Bindings>,
    /// The child elements and the text, in document order.
    pub content: Vec<Content>,
    /// The span of the start tag, from its `<` to the end of its name.
    pub span: Span,
}

/// An attribute of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The namespace; empty for no namespace.
    pub namespace: String,
    /// The local name.
    pub name: String,
    /// The value after XML attribute-value normalization.
    pub value: String,
}

/// A child of an element.
#[derive(Debug, Clone)]
pub enum Content {
    /// A child element.
    Element(NodeId),
    /// Text that is not only white space.
    Text(String),
}

/// The limits for one document.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The maximum nesting depth of elements.
    pub depth: u32,
    /// The maximum number of elements.
    pub elements: u32,
    /// The maximum number of prefixes in scope of one element.
    pub prefixes: usize,
    /// The maximum number of bytes that the entities of the document type declaration may expand to.
    pub expansion: usize,
}

impl Document {
    /// Parses a document.
    ///
    /// # Errors
    ///
    /// Fails if the bytes cannot be decoded as text, or the document is not well-formed or exceeds a limit.
    pub fn parse(path: &Arc<str>, bytes: &[u8], limits: Limits) -> Result<Document, Box<Diagnostic>> {
        let text = encoding::decode(bytes).map_err(|why| problem::undecodable(path, bytes, &why))?;
        let source = Arc::new(SourceText::new(path.clone(), text));
        let document = entities::expand(&source, limits.expansion).map_err(|fault| problem::of_entity(&source, fault))?;
        let tags = Tags::find(&document.text, document.doctype.unwrap_or(0), limits);
        if let Some(at) = tags.costly {
            let message = "the namespace declarations in scope, counted at each element, take more than 256 MiB and 64 times the document";
            let help = "declare fewer prefixes, shorter names, or declare them where they are used";
            return Err(Box::new(events::beyond(document.span(at..at + 1), message.to_owned()).with_help(help)));
        }
        // The scan and the parser may disagree on where a document type declaration ends, so only the events show how deep the parser recurses.
        let sure = tags.plain && tags.fault.is_none() && document.doctype.is_none();
        let attributes = if sure { None } else { Some(events::read(&document, &tags, limits)?) };
        if let Some(at) = tags.fault {
            return Err(problem::bad_tag(&document, at));
        }
        let root = xmltree::Element::parse_with_config(document.text.as_bytes(), events::config()).map_err(|error| {
            let why = events::read(&document, &tags, limits).err();
            why.unwrap_or_else(|| problem::malformed(&document, 0, &error.to_string(), None))
        })?;
        Ok(Document { path: path.clone(), nodes: tree::flatten(root, &document, &tags, attributes)? })
    }

    /// Returns the id of the root element.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// Returns the node with an id, or `None` for an id of another document.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// Returns all elements, including those that were removed from the tree.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    /// Returns an element with its content as a document of its own. It keeps its places and the prefixes in scope.
    pub fn part(&self, id: NodeId) -> Document {
        let start = id.0 as usize;
        // Elements are in pre-order: the last descendant is the last one of the last child.
        let mut last = start;
        while let Some(child) = self
            .nodes
            .get(last)
            .and_then(|node| node.content.iter().rev().find_map(|c| if let Content::Element(id) = c { Some(id.0 as usize) } else { None }))
        {
            last = child;
        }
        let mut nodes: Vec<Node> = self.nodes.get(start..=last).unwrap_or_default().to_vec();
        for content in nodes.iter_mut().flat_map(|node| &mut node.content) {
            if let Content::Element(child) = content {
                child.0 = child.0.saturating_sub(id.0);
            }
        }
        Document { path: self.path.clone(), nodes }
    }

    /// Returns the child elements of a node with their ids.
    pub fn children<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = (NodeId, &'a Node)> {
        node.content.iter().filter_map(|c| match c {
            Content::Element(id) => self.node(*id).map(|n| (*id, n)),
            Content::Text(_) => None,
        })
    }

    /// Renames an element, or one of its attributes that has no namespace.
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

    /// Removes the elements below the root for which `keep` is false, with their descendants. Returns the removed elements in document order.
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

    /// Returns all text within a node, including the text of its descendants.
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
    /// Returns the value of an attribute that has no namespace.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.namespace.is_empty() && a.name == name).map(|a| a.value.as_str())
    }

    /// Returns whether the element itself has text other than white space.
    pub fn has_text(&self) -> bool {
        self.content.iter().any(|c| matches!(c, Content::Text(_)))
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
        assert_eq!(&*b.namespace, "u");
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
    fn a_part_has_the_prefixes_and_the_places_that_it_had() {
        let doc = parse("<a xmlns:p='u'>\n<b/><p:c><d>t<e/></d><f/></p:c><g/></a>").unwrap_or_else(|e| unreachable!("{e:?}"));
        let id = doc.node(doc.root()).and_then(|root| doc.children(root).find(|(_, n)| n.name == "c")).map(|(id, _)| id);
        let part = doc.part(id.unwrap_or_else(|| unreachable!()));
        let root = part.node(part.root()).unwrap_or_else(|| unreachable!());
        let names: Vec<&str> = part.nodes().map(|n| n.name.as_str()).collect();
        assert_eq!((names.as_slice(), root.span.to_string().as_str()), (["c", "d", "e", "f"].as_slice(), "t.xml:2:5"));
        assert_eq!(root.bindings.get("p").map(|uri| uri.to_string()).as_deref(), Some("u"));
        let children: Vec<&str> = part.children(root).map(|(_, n)| n.name.as_str()).collect();
        assert_eq!(children, ["d", "f"]);
        assert_eq!(part.text(part.root()), "t");
    }

    #[test]
    fn deep_and_broken_documents_are_refused() {
        let deep = "<a>".repeat(100_000);
        assert_eq!(parse(&deep).map_err(|d| d.code.id).err(), Some("X0003"));
        assert_eq!(parse("<a><b></a>").map_err(|d| (d.code.id, d.span.line())).err(), Some(("X0002", 1)));
        assert_eq!(parse("").map_err(|d| d.code.id).err(), Some("X0002"));
        // The parser accepts this document.
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
            ("<!ENTITY a '&a;'>", "<a/>", "X0002", "t.xml:1:14", "refers to itself"),
            (
                "<!ENTITY a '<b v=\"&b;\"/>'><!ENTITY b '&#38;a;'><!ATTLIST a v CDATA '&a;'>",
                "<a/>",
                "X0002",
                "t.xml:1:14",
                "refers to itself",
            ),
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

    #[test]
    fn elements_share_the_bindings_around_them() {
        let doc = parse("<a xmlns='u' xmlns:p='v'><b><c xmlns:p='w' xmlns=''/></b><p:d/></a>").unwrap_or_else(|e| unreachable!("{e:?}"));
        let [a, b, c, d] = &doc.nodes[..] else { unreachable!("{doc:?}") };
        assert!(Arc::ptr_eq(&a.bindings, &b.bindings) && Arc::ptr_eq(&a.bindings, &d.bindings) && Arc::ptr_eq(&a.namespace, &b.namespace));
        let bound = |node: &Node, prefix: &str| node.bindings.get(prefix).map(|uri| uri.to_string());
        assert_eq!((bound(a, "p").as_deref(), bound(c, "p").as_deref(), bound(c, "").as_deref()), (Some("v"), Some("w"), Some("")));
        assert_eq!((&*a.namespace, &*c.namespace, &*d.namespace), ("u", "", "v"));
        assert_eq!(c.bindings.all().get("p"), Some(&"w"));
    }

    /// Tests that the declarations that the parser would copy for each element are counted before it starts.
    #[test]
    fn declarations_for_many_elements_are_limited() {
        let limits = Limits { elements: 100_000, ..LIMITS };
        let parse = |name: usize, elements: usize| {
            let prefixes: String = (0..16).map(|n| format!(" xmlns:p{n}='{}'", "u".repeat(name))).collect();
            let text = format!("<a{prefixes}>{}</a>", "<b/>".repeat(elements));
            Document::parse(&Arc::from("t.xml"), text.as_bytes(), limits).map_err(|d| (d.code.id, d.message)).err()
        };
        assert_eq!(parse(16, 1000), None);
        let (code, message) = parse(1 << 16, 2000).unwrap_or_else(|| unreachable!());
        assert!(code == "X0003" && message.contains("256 MiB"), "{message}");
    }
}
