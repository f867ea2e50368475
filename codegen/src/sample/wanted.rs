//! Finds the types through which a document leads to optional content that a sample is to show.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::SampleOptions;
use crate::model::{AttributeId, ComplexType, Content, Element, ElementId, Model, Particle, Term, Type, TypeId};

/// The optional content to show, and what leads to it.
pub(super) struct Wanted<'a> {
    elements: &'a BTreeSet<ElementId>,
    attributes: &'a BTreeSet<AttributeId>,
    /// The types whose content leads to something wanted.
    types: HashSet<TypeId>,
}

impl<'a> Wanted<'a> {
    /// Finds what leads to the wanted content, and to an element that may have the type `derived`, if anything is wanted.
    pub(super) fn of(model: &Model, root: ElementId, derived: Option<TypeId>, options: &'a SampleOptions) -> Self {
        let mut wanted = Self::nothing_leads(options);
        if wanted.elements.is_empty() && wanted.attributes.is_empty() {
            return wanted;
        }
        let bases: HashSet<TypeId> = derived.into_iter().flat_map(|ty| bases(model, ty)).collect();
        let mut within: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        let (mut seen, mut found) = (HashSet::new(), Vec::new());
        let first = model.elements.get(root.index()).map(|element| element.ty);
        let mut open: Vec<TypeId> = first.into_iter().chain(derived).collect();
        while let Some(id) = open.pop() {
            let Some(Type::Complex(ty)) = model.types.get(id.index()).filter(|_| seen.insert(id)) else { continue };
            let mut leads = ty.attributes.iter().any(|usage| wanted.attributes.contains(&usage.attribute));
            for (child, element) in children(model, ty) {
                leads |= wanted.elements.contains(&child) || bases.contains(&element.ty);
                within.entry(element.ty).or_default().push(id);
                open.push(element.ty);
            }
            if leads {
                found.push(id);
            }
        }
        while let Some(id) = found.pop() {
            if wanted.types.insert(id) {
                found.extend(within.get(&id).into_iter().flatten());
            }
        }
        wanted.types.extend(bases);
        wanted
    }

    /// Creates a value with the wanted content, but no types that lead to it.
    pub(super) fn nothing_leads(options: &'a SampleOptions) -> Self {
        Wanted { elements: &options.elements, attributes: &options.attributes, types: HashSet::new() }
    }

    /// Returns whether an element is wanted or leads to something wanted.
    pub(super) fn element(&self, model: &Model, id: ElementId) -> bool {
        let is = |id: &ElementId| {
            self.elements.contains(id) || model.elements.get(id.index()).is_some_and(|element| self.types.contains(&element.ty))
        };
        is(&id) || model.elements.get(id.index()).is_some_and(|element| element.members.iter().any(is))
    }

    /// Returns whether an element is wanted itself.
    pub(super) fn declares(&self, id: ElementId) -> bool {
        self.elements.contains(&id)
    }

    pub(super) fn attribute(&self, id: AttributeId) -> bool {
        self.attributes.contains(&id)
    }

    /// Returns whether a particle leads to something wanted.
    pub(super) fn term(&self, model: &Model, term: &Term) -> bool {
        match term {
            _ if self.is_empty() => false,
            Term::Element(id) => self.element(model, *id),
            Term::Any(_) => false,
            Term::Group(group) => group.particles.iter().any(|particle| self.term(model, &particle.term)),
        }
    }

    fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.types.is_empty()
    }
}

/// Returns a type and the types that it derives from, without `xs:anyType`.
fn bases(model: &Model, id: TypeId) -> Vec<TypeId> {
    let mut out = Vec::new();
    let mut at = id;
    while let Some(Type::Complex(ty)) = model.types.get(at.index())
        && ty.base != at
        && !out.contains(&at)
    {
        out.push(at);
        at = ty.base;
    }
    out
}

/// Returns the elements in the content of a type, and those that can substitute for them.
fn children<'m>(model: &'m Model, ty: &'m ComplexType) -> Vec<(ElementId, &'m Element)> {
    let (Content::Elements(particle) | Content::Mixed(particle)) = &ty.content else { return Vec::new() };
    let (mut out, mut open): (Vec<ElementId>, Vec<&Particle>) = (Vec::new(), vec![particle]);
    while let Some(particle) = open.pop() {
        match &particle.term {
            Term::Element(id) => {
                out.push(*id);
                out.extend(model.elements.get(id.index()).into_iter().flat_map(|element| &element.members));
            }
            Term::Any(_) => {}
            Term::Group(group) => open.extend(&group.particles),
        }
    }
    out.into_iter().filter_map(|id| Some((id, model.elements.get(id.index())?))).collect()
}
