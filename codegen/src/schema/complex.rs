//! Reads `xs:complexType` elements into [`ComplexDecl`]s (section 3.4.2). The content and attributes of the base type are added in `resolve`.

use super::reader::Reader;
use super::values::{self, boolean};
use super::{AttributesDecl, ComplexDecl, ContentDecl, Place, TypeBody, TypeDecl};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::model::Derivation;

impl<'a> Reader<'a> {
    /// Reads a complex type and returns its index.
    pub(super) fn complex_type(&mut self, node: &'a Node, place: Place) -> usize {
        let index = self.schema.types.len();
        let name = matches!(place, Place::Global).then(|| self.global_name(node).local);
        let content = ContentDecl::Complex { derivation: Derivation::Restriction, base: None, mixed: false, particle: None };
        let mut decl = ComplexDecl {
            abstract_: boolean(node.attribute("abstract")),
            final_: self.final_(node, values::COMPLEX),
            block: self.block(node, values::COMPLEX),
            content,
            attributes: AttributesDecl::default(),
        };
        let body = TypeBody::Complex(Box::new(decl.clone()));
        self.schema.types.push(TypeDecl { name, place, body, docs: self.docs(node), span: node.span.clone() });
        (decl.content, decl.attributes) = self.content(node, index);
        if let Some(slot) = self.schema.types.get_mut(index) {
            slot.body = TypeBody::Complex(Box::new(decl));
        }
        index
    }

    fn content(&mut self, node: &'a Node, index: usize) -> (ContentDecl, AttributesDecl) {
        let place = Place::Type(index);
        let mixed = boolean(node.attribute("mixed"));
        for part in self.parts(node) {
            let simple = part.name == "simpleContent";
            if !simple && part.name != "complexContent" {
                continue;
            }
            let Some(step) = self.parts(part).into_iter().find(|n| n.name == "restriction" || n.name == "extension") else { continue };
            let mixed = part.attribute("mixed").map_or(mixed, |m| boolean(Some(m)));
            let content = self.derived_content(step, index, simple, mixed);
            return (content, self.attributes(step, place));
        }
        let particle = self.model_group(node, place);
        let content = ContentDecl::Complex { derivation: Derivation::Restriction, base: None, mixed, particle };
        (content, self.attributes(node, place))
    }

    fn derived_content(&mut self, step: &'a Node, index: usize, simple: bool, mixed: bool) -> ContentDecl {
        let derivation = if step.name == "extension" { Derivation::Extension } else { Derivation::Restriction };
        let base = self.reference(step, "base");
        if base.is_none() && step.attribute("base").is_some_and(|b| b.trim().is_empty()) {
            self.problems.push(
                Diagnostic::error(codes::X0113, step.span.clone(), "`base` is empty").on("base").with_help("name the type to derive from"),
            );
        }
        if simple {
            let inner = self.parts(step).into_iter().find(|n| n.name == "simpleType");
            let narrowed = inner.map(|n| self.simple_type(n, Place::Type(index)));
            ContentDecl::Simple { derivation, base, narrowed, facets: self.facets(step) }
        } else {
            ContentDecl::Complex { derivation, base, mixed, particle: self.model_group(step, Place::Type(index)) }
        }
    }
}
