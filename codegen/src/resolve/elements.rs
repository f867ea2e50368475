//! Resolves element and attribute declarations to [`Element`]s and [`Attribute`]s with their types, and builds substitution groups. Whether the
//! members of a substitution group are valid for its head is checked in `checks`.

use super::builtins::{ANY_TYPE, builtin_id};
use super::order::topological;
use super::{MAX_DEPTH, Resolver, count};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Attribute, AttributeId, Builtin, Element, ElementId, TypeId};

impl Resolver<'_> {
    /// Resolves all element and attribute declarations.
    pub(super) fn element_and_attribute_types(&mut self) {
        let total = self.ids.elements.len();
        let mut heads = Vec::with_capacity(total);
        for index in 0..total {
            heads.push(self.head_of(ElementId(count(index))));
        }
        let ordered = topological(total, |n| heads.get(n).copied().flatten().map(|h: ElementId| h.index()).into_iter().collect());
        for (from, _) in &ordered.cycles {
            if let Some((_, decl)) = self.element_decl(ElementId(count(*from))) {
                let message = format!("`{}` is in its own substitution group", decl.name.local);
                self.problems.push(
                    Diagnostic::error(codes::X0201, decl.span.clone(), message)
                        .violating("e-props-correct.6")
                        .on("substitutionGroup")
                        .with_help("remove one of the `substitutionGroup`s of the circle"),
                );
            }
            if let Some(slot) = heads.get_mut(*from) {
                *slot = None;
            }
        }
        let mut types = vec![None; total];
        for index in ordered.order {
            let own = self.own_type(ElementId(count(index)));
            let inherited = heads.get(index).copied().flatten().and_then(|h| types.get(h.index()).copied().flatten());
            if let Some(slot) = types.get_mut(index) {
                *slot = own.or(inherited);
            }
        }
        for (index, (head, ty)) in heads.into_iter().zip(types).enumerate() {
            self.element(ElementId(count(index)), head, ty.unwrap_or(ANY_TYPE));
        }
        for index in 0..self.ids.attributes.len() {
            self.attribute(AttributeId(count(index)));
        }
    }

    fn head_of(&mut self, id: ElementId) -> Option<ElementId> {
        let (document, decl) = self.element_decl(id)?;
        let reference = decl.substitutes.as_ref()?;
        self.lookup_element(document, reference)
    }

    fn own_type(&mut self, id: ElementId) -> Option<TypeId> {
        let (document, decl) = self.element_decl(id)?;
        let used = decl.ty.as_ref()?;
        Some(self.used_type(document, used).unwrap_or(ANY_TYPE))
    }

    fn element(&mut self, id: ElementId, head: Option<ElementId>, ty: TypeId) {
        let Some((document, decl)) = self.element_decl(id) else { return };
        let name = self.qname(&decl.name);
        let scope = self.scope(document, decl.place);
        self.model.elements.push(Element {
            name,
            scope,
            ty,
            nillable: decl.nillable,
            abstract_: decl.abstract_,
            value: decl.value.clone(),
            substitutes: head,
            members: Vec::new(),
            block: decl.block,
            final_: decl.final_,
            identity: Vec::new(),
            docs: decl.docs.clone(),
            span: decl.span.clone(),
        });
    }

    fn attribute(&mut self, id: AttributeId) {
        let Some((document, decl)) = self.attribute_decl(id) else { return };
        let name = self.qname(&decl.name);
        let scope = self.scope(document, decl.place);
        let ty = decl.ty.as_ref().and_then(|used| self.used_type(document, used));
        let ty = ty.unwrap_or(builtin_id(Builtin::AnySimpleType));
        let (value, docs, span) = (decl.value.clone(), decl.docs.clone(), decl.span.clone());
        self.model.attributes.push(Attribute { name, scope, ty, value, docs, span });
    }

    /// Adds every member of a substitution group to its head, and to the heads of that head.
    pub(super) fn substitution_members(&mut self) {
        for index in 0..self.model.elements.len() {
            let id = ElementId(count(index));
            let mut at = self.model.elements.get(index).and_then(|e| e.substitutes);
            let mut depth = 0;
            while let Some(head) = at {
                depth += 1;
                if depth > MAX_DEPTH {
                    if let Some(span) = self.model.elements.get(index).map(|e| e.span.clone()) {
                        self.too_deep(&span, "substitution groups");
                    }
                    return;
                }
                let Some(element) = self.model.elements.get_mut(head.index()) else { break };
                element.members.push(id);
                at = element.substitutes;
            }
        }
    }
}
