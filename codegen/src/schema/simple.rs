//! Reads `xs:simpleType` and facet elements into [`SimpleDecl`]s (section 3.14.2). Whether facets apply to the base type is checked in `resolve` and
//! `checks`.

use super::reader::Reader;
use super::values::{self, tokens};
use super::{FacetDecl, Place, SimpleDecl, SimpleDerivation, TypeBody, TypeDecl, TypeUse};
use crate::codes;
use crate::datatypes::FacetKind;
use crate::diagnostic::Diagnostic;
use crate::document::Node;

impl<'a> Reader<'a> {
    /// Reads a simple type and returns its index.
    pub(super) fn simple_type(&mut self, node: &'a Node, place: Place) -> usize {
        let index = self.schema.types.len();
        let final_ = self.final_(node, values::SIMPLE_FINAL);
        let name = matches!(place, Place::Global).then(|| self.global_name(node).local);
        let body = TypeBody::Simple(SimpleDecl { variety: SimpleDerivation::Union(Vec::new()), final_ });
        self.schema.types.push(TypeDecl { name, place, body, docs: self.docs(node), span: node.span.clone() });
        let variety = match self.parts(node).into_iter().next() {
            Some(n) if n.name == "list" => self.list(n, index),
            Some(n) if n.name == "union" => self.union(n, index),
            Some(n) if n.name == "restriction" => self.simple_restriction(n, index),
            _ => SimpleDerivation::Restriction(None, Vec::new()),
        };
        if let Some(decl) = self.schema.types.get_mut(index) {
            decl.body = TypeBody::Simple(SimpleDecl { variety, final_ });
        }
        index
    }

    fn simple_restriction(&mut self, node: &'a Node, index: usize) -> SimpleDerivation {
        let base = self.type_or_child(node, "base", index);
        SimpleDerivation::Restriction(base, self.facets(node))
    }

    fn list(&mut self, node: &'a Node, index: usize) -> SimpleDerivation {
        SimpleDerivation::List(self.type_or_child(node, "itemType", index))
    }

    fn union(&mut self, node: &'a Node, index: usize) -> SimpleDerivation {
        let mut members = Vec::new();
        for text in node.attribute("memberTypes").into_iter().flat_map(tokens) {
            members.extend(self.reference_to(text, node, "memberTypes").map(TypeUse::Named));
        }
        let named = node.attribute("memberTypes").is_some_and(|t| tokens(t).next().is_some());
        let anonymous: Vec<_> = self.parts(node).into_iter().filter(|n| n.name == "simpleType").collect();
        if !named && anonymous.is_empty() {
            self.problems.push(
                Diagnostic::error(codes::X0112, node.span.clone(), "a union needs `memberTypes` or simple types within it")
                    .violating("src-simple-type.4")
                    .with_help("name the members in `memberTypes`, or write them as `simpleType`s within"),
            );
        }
        members.extend(anonymous.into_iter().map(|n| TypeUse::Local(self.simple_type(n, Place::Type(index)))));
        SimpleDerivation::Union(members)
    }

    /// Returns the type in an attribute or a `simpleType` child, and reports an error unless exactly one of the two exists (src-simple-type 2 and 3).
    fn type_or_child(&mut self, node: &'a Node, attribute: &'static str, index: usize) -> Option<TypeUse> {
        let child = self.parts(node).into_iter().find(|n| n.name == "simpleType");
        let both = match (node.attribute(attribute).is_some(), child.is_some()) {
            (true, true) => "only one of them",
            (false, false) => "one of them",
            _ => "",
        };
        if !both.is_empty() {
            let message = format!("`{}` takes `{attribute}` or a `simpleType` within it, and needs {both}", node.name);
            self.problems.push(
                Diagnostic::error(codes::X0112, node.span.clone(), message)
                    .violating("src-simple-type")
                    .with_help("name the type in the attribute, or write it within"),
            );
        }
        let anonymous = child.map(|c| TypeUse::Local(self.simple_type(c, Place::Type(index))));
        self.reference(node, attribute).map(TypeUse::Named).or(anonymous)
    }

    /// Returns the facets among the children.
    pub(super) fn facets(&mut self, node: &'a Node) -> Vec<FacetDecl> {
        let facets = self.parts(node).into_iter().filter_map(|n| Some((FacetKind::from_name(&n.name)?, n)));
        facets.map(|(kind, n)| self.facet(kind, n)).collect()
    }

    fn facet(&self, kind: FacetKind, node: &'a Node) -> FacetDecl {
        FacetDecl {
            kind,
            value: node.attribute("value").unwrap_or_default().to_owned(),
            fixed: values::boolean(node.attribute("fixed")),
            docs: self.docs(node),
            prefixes: super::reader::prefixes_in(node.attribute("value").unwrap_or_default(), &node.bindings),
            span: node.span.clone(),
        }
    }
}
