//! One side of a comparison: names, and the components that paths lead to.

use std::collections::HashMap;

use crate::compare::Input;
use crate::compare::{ComponentPath, GlobalKind};
use crate::ir::{ItemId, Operation, Origin, RustIr, SimpleType as Expr};
use crate::model::path::{NONE, Step};
use crate::model::{
    AttributeUse, ComplexType, Content, Element, ElementId, Global, GroupId, Model, NamespaceId, Particle, QName, SimpleType, Term, Type,
    TypeId,
};

use super::facets;
use super::types::Occurrence;

/// One side of a comparison.
pub(super) struct Side<'m> {
    pub(super) model: &'m Model,
    pub(super) ir: &'m RustIr,
    /// The prefixes of the bindings, by namespace URI.
    prefixes: HashMap<&'m str, &'m str>,
    /// The namespace URIs, by prefix.
    uris: HashMap<&'m str, &'m str>,
    globals: HashMap<(GlobalKind, String), Global>,
    /// The facets of the fields that were generated from elements.
    facets: HashMap<ElementId, &'m Expr>,
    /// The facets of named simple types, by component.
    named: HashMap<&'m str, &'m Expr>,
}

/// The component that a path leads to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'m> {
    Type(TypeId),
    /// An element with its occurrence.
    Element(ElementId, Occurrence),
    Attribute(&'m AttributeUse),
    /// A value of an enumeration.
    Value(TypeId),
    Group(GroupId),
}

impl<'m> Side<'m> {
    pub(super) fn of(input: Input<'m>) -> Self {
        let prefixes = input.ir.root.namespaces.iter().map(|(prefix, uri)| (uri.as_str(), prefix.as_str())).collect();
        let uris = input.ir.root.namespaces.iter().map(|(prefix, uri)| (prefix.as_str(), uri.as_str())).collect();
        let (facets, named) = facets::of(input.ir);
        let mut side = Side { model: input.model, ir: input.ir, prefixes, uris, globals: HashMap::new(), facets, named };
        for global in &input.model.globals {
            if let Some((kind, name)) = side.global(*global) {
                side.globals.insert((kind, side.name(name)), *global);
            }
        }
        side
    }

    pub(super) fn uri(&self, id: NamespaceId) -> &'m str {
        self.model.namespaces.get(id.index()).map_or("", |namespace| namespace.uri.as_str())
    }

    /// Returns the prefix of a namespace; `none` for no namespace.
    pub(super) fn prefix(&self, uri: &str) -> String {
        match uri {
            "" => NONE.to_owned(),
            crate::schema::XS => "xs".to_owned(),
            _ => self.prefixes.get(uri).map_or_else(|| format!("{{{uri}}}"), |prefix| (*prefix).to_owned()),
        }
    }

    /// Returns the URI of a prefix, if the set has a namespace with this prefix.
    pub(super) fn uri_of(&self, prefix: &str) -> Option<&'m str> {
        if prefix == NONE { Some("") } else { self.uris.get(prefix).copied() }
    }

    /// Returns a name with its prefix.
    pub(super) fn name(&self, name: &QName) -> String {
        shown(&self.prefix(self.uri(name.namespace)), &name.local)
    }

    fn global(&self, global: Global) -> Option<(GlobalKind, &'m QName)> {
        match global {
            Global::Type(id) => self.type_name(id).map(|name| (GlobalKind::Type, name)),
            Global::Element(id) => self.element(id).map(|it| (GlobalKind::Element, &it.name)),
            Global::Attribute(id) => self.model.attributes.get(id.index()).map(|it| (GlobalKind::Attribute, &it.name)),
            Global::Group(id) => self.model.groups.get(id.index()).map(|it| (GlobalKind::Group, &it.name)),
        }
    }

    pub(super) fn element(&self, id: ElementId) -> Option<&'m Element> {
        self.model.elements.get(id.index())
    }

    pub(super) fn complex(&self, id: TypeId) -> Option<&'m ComplexType> {
        match self.model.types.get(id.index())? {
            Type::Complex(ty) => Some(ty),
            Type::Simple(_) => None,
        }
    }

    pub(super) fn simple(&self, id: TypeId) -> Option<&'m SimpleType> {
        match self.model.types.get(id.index())? {
            Type::Simple(ty) => Some(ty),
            Type::Complex(_) => None,
        }
    }

    pub(super) fn type_name(&self, id: TypeId) -> Option<&'m QName> {
        match self.model.types.get(id.index())? {
            Type::Complex(ty) => ty.name.as_ref(),
            Type::Simple(ty) => ty.name.as_ref(),
        }
    }

    /// Returns the facets that restrict the values of an element.
    pub(super) fn facets(&self, id: ElementId) -> Option<&'m Expr> {
        self.facets.get(&id).copied()
    }

    /// Returns the facets of a named simple type.
    pub(super) fn facets_of_type(&self, id: TypeId) -> Option<&'m Expr> {
        self.named.get(self.name(self.type_name(id)?).as_str()).copied()
    }

    pub(super) fn operations(&self) -> &'m [Operation] {
        self.ir.root.operations.as_deref().unwrap_or_default()
    }

    /// Returns the path of an item.
    pub(super) fn path(&self, id: ItemId) -> Option<&'m ComponentPath> {
        self.ir.items.get(id.index()).and_then(|item| item.path.as_ref())
    }

    /// Returns the type that an item was generated from.
    pub(super) fn type_of(&self, id: ItemId) -> Option<TypeId> {
        match self.find(self.path(id)?)? {
            Found::Type(id) => Some(id),
            _ => None,
        }
    }

    /// Returns the module of a namespace.
    pub(super) fn module(&self, uri: &str) -> Option<&'m str> {
        let is = |origin: &Origin| matches!(origin, Origin::Namespace { uri: own, .. } if own == uri);
        let found = self.ir.modules.iter().find(|module| module.origin.as_ref().is_some_and(is));
        found.map(|module| module.name.as_str())
    }

    /// Returns the component that a path leads to.
    pub(super) fn find(&self, path: &ComponentPath) -> Option<Found<'m>> {
        let mut at = match self.globals.get(&(path.kind, shown(&path.prefix, &path.local)))? {
            Global::Type(id) => Found::Type(*id),
            Global::Element(id) => Found::Element(*id, Occurrence { min: 1, max: Some(1), alternative: false }),
            Global::Attribute(_) => return None,
            Global::Group(id) => Found::Group(*id),
        };
        for step in &path.steps {
            at = self.step(at, step)?;
        }
        Some(at)
    }

    fn step(&self, at: Found<'m>, step: &Step) -> Option<Found<'m>> {
        let ty = match at {
            Found::Group(id) => return self.in_group(id, step).or(matches!(step, Step::Part(..)).then_some(at)),
            Found::Type(id) | Found::Value(id) => id,
            Found::Element(id, _) => self.element(id)?.ty,
            Found::Attribute(usage) => self.model.attributes.get(usage.attribute.index())?.ty,
        };
        match step {
            Step::Element(name) => match &self.complex(ty)?.content {
                Content::Elements(particle) | Content::Mixed(particle) => self.search(particle, &name.local),
                Content::Empty | Content::Simple(_) => None,
            },
            Step::Attribute(name) => {
                let is = |usage: &&AttributeUse| {
                    self.model.attributes.get(usage.attribute.index()).is_some_and(|declared| declared.name.local == name.local)
                };
                self.complex(ty)?.attributes.iter().find(is).map(Found::Attribute)
            }
            Step::Value(_) => Some(Found::Value(ty)),
            Step::Part(..) => Some(at),
        }
    }

    /// Finds an element in a named group.
    fn in_group(&self, id: GroupId, step: &Step) -> Option<Found<'m>> {
        let Step::Element(name) = step else { return None };
        let group = self.model.groups.get(id.index())?;
        group.group.particles.iter().find_map(|particle| self.search(particle, &name.local))
    }

    /// Finds an element in a content model.
    fn search(&self, particle: &Particle, local: &str) -> Option<Found<'m>> {
        let mut found = None;
        each(particle, Occurrence { min: 1, max: Some(1), alternative: false }, &mut |term, occurs| {
            if let Term::Element(id) = term
                && self.element(*id).is_some_and(|element| element.name.local == local)
                && found.is_none()
            {
                found = Some(Found::Element(*id, occurs));
            }
        });
        found
    }
}

/// Visits the elements and wildcards of a content model, with the occurrence that the groups around them give them.
pub(super) fn each<'p>(particle: &'p Particle, around: Occurrence, visit: &mut impl FnMut(&'p Term, Occurrence)) {
    let max = match particle.max {
        crate::model::Max::Count(most) => around.max.map(|max| max.saturating_mul(most)),
        crate::model::Max::Unbounded => None,
    };
    let own = Occurrence { min: around.min.saturating_mul(particle.min), max, alternative: around.alternative };
    match &particle.term {
        Term::Group(group) => {
            let choice = group.compositor == crate::model::Compositor::Choice && group.particles.len() > 1;
            let within = Occurrence { min: if choice { 0 } else { own.min }, alternative: own.alternative || choice, ..own };
            group.particles.iter().for_each(|particle| each(particle, within, visit));
        }
        term => visit(term, own),
    }
}

/// Returns a name with its prefix, unless that stands for no namespace.
pub(super) fn shown(prefix: &str, local: &str) -> String {
    if prefix == NONE { local.to_owned() } else { format!("{prefix}:{local}") }
}
