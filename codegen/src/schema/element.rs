//! Reads `xs:element` and the identity constraints in it into [`ElementDecl`]s (sections 3.3.2 and 3.11.2). XPath expressions are parsed in
//! `resolve`, and the particles of references are read in `group`.

use super::reader::Reader;
use super::values::{self, boolean, trim};
use super::{ElementDecl, IdentityDecl, IdentityDeclKind, ParticleDecl, Place, TermDecl, TypeUse, XPathDecl};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::Node;

impl<'a> Reader<'a> {
    /// Reads an element declaration, global or local, and returns its index.
    pub(super) fn element_declaration(&mut self, node: &'a Node, place: Place) -> usize {
        let index = self.schema.elements.len();
        let name = if place == Place::Global { self.global_name(node) } else { self.local_name(node, false) };
        if node.attribute("default").is_some() && node.attribute("fixed").is_some() {
            self.problems.push(
                Diagnostic::error(codes::X0110, node.span.clone(), "an element has `default` and `fixed`: only one is allowed")
                    .violating("src-element.1")
                    .on("fixed")
                    .with_help("keep `fixed` if no other value is allowed, `default` if it is only a value to assume"),
            );
        }
        let substitutes = self.reference(node, "substitutionGroup");
        self.schema.elements.push(ElementDecl {
            name,
            place,
            ty: None,
            nillable: boolean(node.attribute("nillable")),
            abstract_: boolean(node.attribute("abstract")),
            value: Self::value_constraint(node),
            substitutes,
            block: self.block(node, values::ELEMENT_BLOCK),
            final_: self.final_(node, values::COMPLEX),
            identity: Vec::new(),
            docs: self.docs(node),
            span: node.span.clone(),
        });
        let ty = self.element_type(node, index);
        let identity = self.identity(node);
        if let Some(decl) = self.schema.elements.get_mut(index) {
            decl.ty = ty;
            decl.identity = identity;
        }
        index
    }

    fn element_type(&mut self, node: &'a Node, index: usize) -> Option<TypeUse> {
        let child = self.parts(node).into_iter().find(|n| n.name == "simpleType" || n.name == "complexType");
        if child.is_some() && node.attribute("type").is_some() {
            self.problems.push(
                Diagnostic::error(codes::X0110, node.span.clone(), "an element has a `type` and an anonymous type: only one is allowed")
                    .violating("src-element.3")
                    .on("type")
                    .with_help("remove `type`, or the type within"),
            );
        }
        let anonymous = child.map(|c| {
            let place = Place::Element(index);
            TypeUse::Local(if c.name == "simpleType" { self.simple_type(c, place) } else { self.complex_type(c, place) })
        });
        self.reference(node, "type").map(TypeUse::Named).or(anonymous)
    }

    /// Reads `xs:element` within a model group.
    pub(super) fn element_particle(&mut self, node: &'a Node, place: Place) -> Option<ParticleDecl> {
        let term = if node.attribute("ref").is_some() {
            self.check_element_reference(node);
            TermDecl::ElementRef(self.reference(node, "ref")?)
        } else {
            if node.attribute("name").is_none() {
                self.problems.push(
                    Diagnostic::error(codes::X0110, node.span.clone(), "an element needs a `name` or a `ref`")
                        .violating("src-element.2.1")
                        .with_help("add `name` to declare an element here, or `ref` to use a global one"),
                );
                return None;
            }
            TermDecl::Element(self.element_declaration(node, place))
        };
        Some(self.particle(node, term))
    }

    fn check_element_reference(&mut self, node: &'a Node) {
        for other in ["name", "nillable", "default", "fixed", "form", "block", "type"] {
            if node.attribute(other).is_some() {
                let message = format!("an element with a `ref` cannot have `{other}`");
                self.problems.push(
                    Diagnostic::error(codes::X0110, node.span.clone(), message)
                        .violating("src-element.2.2")
                        .with_help("remove it: what `ref` refers to has it; or declare the element here, by `name` instead of `ref`"),
                );
            }
        }
        if let Some(child) = self.parts(node).first() {
            let message = format!("an element with a `ref` cannot have `{}` within it", child.name);
            self.problems.push(
                Diagnostic::error(codes::X0110, child.span.clone(), message)
                    .violating("src-element.2.2")
                    .with_help("remove it: the declaration that `ref` refers to has the type and the constraints"),
            );
        }
    }

    fn identity(&mut self, node: &'a Node) -> Vec<IdentityDecl> {
        let parts = self.parts(node).into_iter();
        parts.filter(|n| matches!(n.name.as_str(), "key" | "unique" | "keyref")).filter_map(|n| self.identity_constraint(n)).collect()
    }

    fn identity_constraint(&mut self, node: &'a Node) -> Option<IdentityDecl> {
        let kind = match node.name.as_str() {
            "key" => IdentityDeclKind::Key,
            "unique" => IdentityDeclKind::Unique,
            _ => IdentityDeclKind::KeyRef(self.reference(node, "refer")),
        };
        let parts = self.parts(node);
        let xpath = |n: &&Node| XPathDecl {
            text: n.attribute("xpath").map(trim).unwrap_or_default().to_owned(),
            bindings: n.bindings.clone(),
            span: n.span.clone(),
        };
        let selector = parts.iter().find(|n| n.name == "selector").map(xpath)?;
        let fields = parts.iter().filter(|n| n.name == "field").map(xpath).collect();
        Some(IdentityDecl { name: self.global_name(node), kind, selector, fields, span: node.span.clone() })
    }
}
