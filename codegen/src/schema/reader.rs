//! Reads a document whose root is `xs:schema` into a [`Schema`], and checks the `src-*` constraints that concern a single element. The content models
//! and attributes of schema elements are checked in `grammar`.

use std::sync::Arc;

use super::values::{self, trim};
use super::{GlobalDecl, Lengths, Link, LinkKind, Name, NotationDecl, Place, Reference, Schema, XS};
use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Bindings, Document, Node};
use crate::model::{DerivationSet, Docs, Literal, Prefixes, ValueConstraint};

/// Reads a schema document. A document without a target namespace takes the namespace `into` of the schema that includes it.
pub fn read(document: &Document, into: Option<&Arc<str>>, problems: &mut Diagnostics) -> Option<Schema> {
    let root = document.node(document.root())?;
    let own = root.attribute("targetNamespace").map(|t| Arc::<str>::from(trim(t)));
    let chameleon = own.is_none() && into.is_some_and(|n| !n.is_empty());
    let target = own.or_else(|| into.cloned()).unwrap_or_default();
    let mut reader = Reader::new(document, root, target, chameleon, problems);
    for (_, child) in document.children(root).filter(|(_, c)| *c.namespace == *XS) {
        reader.top_level(child);
    }
    reader.schema.docs = reader.docs(root);
    Some(reader.schema)
}

/// The state while one document is read.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) schema: Schema,
    pub(super) problems: &'a mut Diagnostics,
    chameleon: bool,
    qualified_elements: bool,
    qualified_attributes: bool,
    block: Option<&'a str>,
    final_: Option<&'a str>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document, root: &'a Node, target: Arc<str>, chameleon: bool, problems: &'a mut Diagnostics) -> Self {
        let schema = Schema {
            later: super::versioning::is_later(root).then(|| root.span.clone()),
            path: document.path.clone(),
            stand_in: false,
            span: root.span.clone(),
            target,
            types: Vec::new(),
            elements: Vec::new(),
            attributes: Vec::new(),
            groups: Vec::new(),
            attribute_groups: Vec::new(),
            notations: Vec::new(),
            globals: Vec::new(),
            starts: Vec::new(),
            links: Vec::new(),
            docs: Vec::new(),
            bindings: root.bindings.clone(),
        };
        let qualified = |name| root.attribute(name).map(trim) == Some("qualified");
        Reader {
            document,
            schema,
            problems,
            chameleon,
            qualified_elements: qualified("elementFormDefault"),
            qualified_attributes: qualified("attributeFormDefault"),
            block: root.attribute("blockDefault"),
            final_: root.attribute("finalDefault"),
        }
    }

    fn top_level(&mut self, node: &'a Node) {
        match node.name.as_str() {
            "include" => self.link(node, LinkKind::Include),
            "import" => {
                let namespace = node.attribute("namespace").map(trim).unwrap_or_default().into();
                self.link(node, LinkKind::Import(namespace));
            }
            "redefine" => {
                let children: Vec<_> = self.document.children(node).filter(|(_, c)| *c.namespace == *XS).collect();
                let globals: Vec<_> = children.into_iter().filter_map(|(_, n)| self.global(n)).collect();
                self.schema.globals.extend(&globals);
                self.link(node, LinkKind::Redefine(globals));
            }
            _ => {
                let global = self.global(node);
                self.schema.globals.extend(global);
            }
        }
    }

    fn link(&mut self, node: &Node, kind: LinkKind) {
        let location = node.attribute("schemaLocation").map(|l| trim(l).to_owned());
        self.schema.links.push(Link { kind, location, span: node.span.clone(), to: None });
    }

    fn global(&mut self, node: &'a Node) -> Option<GlobalDecl> {
        let start = Lengths::of(&self.schema);
        let global = self.global_of(node)?;
        self.schema.starts.push(start);
        Some(global)
    }

    fn global_of(&mut self, node: &'a Node) -> Option<GlobalDecl> {
        match node.name.as_str() {
            "simpleType" => Some(GlobalDecl::Type(self.simple_type(node, Place::Global))),
            "complexType" => Some(GlobalDecl::Type(self.complex_type(node, Place::Global))),
            "element" => Some(GlobalDecl::Element(self.element_declaration(node, Place::Global))),
            "attribute" => Some(GlobalDecl::Attribute(self.attribute_declaration(node, Place::Global))),
            "group" => Some(GlobalDecl::Group(self.group(node))),
            "attributeGroup" => Some(GlobalDecl::AttributeGroup(self.attribute_group(node))),
            "notation" => Some(GlobalDecl::Notation(self.notation(node))),
            _ => None,
        }
    }

    fn notation(&mut self, node: &Node) -> usize {
        let text = |name| node.attribute(name).map(str::to_owned);
        let (public, system) = (text("public"), text("system"));
        self.schema.notations.push(NotationDecl { name: self.global_name(node), public, system, span: node.span.clone() });
        self.schema.notations.len() - 1
    }

    /// Returns the children in the XML Schema namespace, except annotations.
    pub(super) fn parts(&self, node: &'a Node) -> Vec<&'a Node> {
        self.document.children(node).map(|(_, n)| n).filter(|n| *n.namespace == *XS && n.name != "annotation").collect()
    }

    /// Returns the expanded name of a global declaration, which is in the target namespace.
    pub(super) fn global_name(&self, node: &Node) -> Name {
        Name { uri: self.schema.target.clone(), local: local_name(node) }
    }

    /// Returns the expanded name of a local declaration. Its namespace depends on `form` and the default of the schema.
    pub(super) fn local_name(&self, node: &Node, attribute: bool) -> Name {
        let default = if attribute { self.qualified_attributes } else { self.qualified_elements };
        let qualified = node.attribute("form").map_or(default, |f| trim(f) == "qualified");
        let uri = if qualified { self.schema.target.clone() } else { Arc::default() };
        Name { uri, local: local_name(node) }
    }

    /// Returns the reference in an attribute. Returns `None` if the attribute is absent, or if it cannot be resolved, which is reported.
    pub(super) fn reference(&mut self, node: &Node, attribute: &'static str) -> Option<Reference> {
        let text = trim(node.attribute(attribute)?);
        self.reference_to(text, node, attribute)
    }

    /// Resolves a QName to a reference (section 3.15.3).
    pub(super) fn reference_to(&mut self, text: &str, node: &Node, attribute: &'static str) -> Option<Reference> {
        match expand(text, &node.bindings) {
            Some(mut name) => {
                if self.chameleon && name.uri.is_empty() {
                    name.uri = self.schema.target.clone();
                }
                Some(Reference { name, span: node.span.clone(), attribute, written: text.into() })
            }
            None => {
                let prefix = text.split(':').next().unwrap_or_default();
                let message = format!("the prefix `{prefix}` of `{text}` is not bound to a namespace");
                let bindings = node.bindings.all();
                let known = bindings.keys().copied().filter(|p| !p.is_empty() && *p != "xmlns");
                let help = match crate::spelling::nearest(prefix, known) {
                    Some(near) => format!("did you mean `{near}`? Else declare the prefix: `xmlns:{prefix}=\"...\"`"),
                    None => format!("declare the prefix on the root element: `xmlns:{prefix}=\"...\"`"),
                };
                let problem = Diagnostic::error(codes::X0308, node.span.clone(), message).violating("src-qname");
                self.problems.push(problem.on(attribute).with_help(help));
                None
            }
        }
    }

    /// Returns the documentation of an element.
    pub(super) fn docs(&self, node: &Node) -> Docs {
        let annotations = self.document.children(node).filter(|(_, n)| *n.namespace == *XS && n.name == "annotation");
        let parts = annotations.flat_map(|(_, a)| self.document.children(a));
        parts.filter(|(_, n)| *n.namespace == *XS && n.name == "documentation").map(|(id, _)| self.document.text(id)).collect()
    }

    /// Returns the value constraint: `default` or `fixed`.
    pub(super) fn value_constraint(node: &Node) -> Option<ValueConstraint> {
        let literal = |text: &str| Literal { text: text.to_owned(), prefixes: prefixes_in(text, &node.bindings) };
        match (node.attribute("default"), node.attribute("fixed")) {
            (_, Some(fixed)) => Some(ValueConstraint::Fixed(literal(fixed))),
            (Some(default), None) => Some(ValueConstraint::Default(literal(default))),
            (None, None) => None,
        }
    }

    /// Returns the value of `block`, or else of `blockDefault`.
    pub(super) fn block(&self, node: &Node, all: DerivationSet) -> DerivationSet {
        values::derivations(node.attribute("block").or(self.block), all)
    }

    /// Returns the value of `final`, or else of `finalDefault`.
    pub(super) fn final_(&self, node: &Node, all: DerivationSet) -> DerivationSet {
        values::derivations(node.attribute("final").or(self.final_), all)
    }
}

fn local_name(node: &Node) -> Arc<str> {
    node.attribute("name").map(trim).unwrap_or_default().into()
}

/// Returns the bindings of the prefixes in a text. Each word is treated as a QName, and unbound prefixes are left out.
pub(super) fn prefixes_in(text: &str, bindings: &Bindings) -> Prefixes {
    let mut prefixes = Prefixes::default();
    for word in text.split_ascii_whitespace() {
        let prefix = word.split_once(':').map_or("", |(prefix, _)| prefix);
        if let (None, Some(name)) = (prefixes.get(prefix), expand(word, bindings)) {
            prefixes.0.push((prefix.to_owned(), name.uri));
        }
    }
    prefixes
}

/// Returns the expanded name of a QName, or `None` if its prefix is not bound.
pub(crate) fn expand(text: &str, bindings: &Bindings) -> Option<Name> {
    let (prefix, local) = text.split_once(':').unwrap_or(("", text));
    let uri = match (prefix, bindings.get(prefix)) {
        ("xml", _) => super::XML.into(),
        (_, Some(uri)) => uri.clone(),
        ("", None) => Arc::default(),
        (_, None) => return None,
    };
    Some(Name { uri, local: local.into() })
}
