//! Finds the place of a component in the schemas by its path.

use std::collections::BTreeMap;

use super::Lock;
use crate::diagnostic::Span;
use crate::model::path::{ComponentPath, GlobalKind, NONE, Name, PartKind, Step};
use crate::model::{Content, ElementId, Global, Model, NamespaceId, Particle, QName, Term, Type, TypeId};
use crate::substitution::substitutes;

/// The model with the prefixes of a lock.
pub(super) struct Finder<'m> {
    model: &'m Model,
    prefixes: BTreeMap<&'m str, NamespaceId>,
}

/// A place in the schemas, with the component found there.
#[derive(Clone)]
struct Found<'m> {
    at: At<'m>,
    span: Span,
}

#[derive(Clone, Copy)]
enum At<'m> {
    Type(TypeId),
    Group(&'m [Particle]),
    Derived,
    Nothing,
}

impl<'m> Finder<'m> {
    pub(super) fn new(model: &'m Model, lock: &'m Lock) -> Self {
        let ids = (0..).map(NamespaceId).zip(&model.namespaces);
        let prefixes = ids.filter_map(|(id, namespace)| Some((lock.namespaces.get(&namespace.uri)?.prefix.as_str(), id)));
        let prefixes = prefixes.chain([(NONE, NamespaceId(0))]).collect();
        Finder { model, prefixes }
    }

    /// Returns the place of the declaration, particle or attribute use that a path leads to, or of the nearest component around it.
    pub(super) fn span(&self, path: &ComponentPath) -> Option<Span> {
        self.find(path).map(|(span, _)| span)
    }

    /// Returns the place of the component that a path leads to, unless there is no such component.
    pub(super) fn exact(&self, path: &ComponentPath) -> Option<Span> {
        self.find(path).filter(|(_, whole)| *whole).map(|(span, _)| span)
    }

    /// Returns the place that a path leads to, and whether all of its steps lead there.
    fn find(&self, path: &ComponentPath) -> Option<(Span, bool)> {
        let mut found = self.global(path)?;
        for step in &path.steps {
            match self.step(&found, path, step) {
                Some(next) => found = next,
                None => return Some((found.span, false)),
            }
        }
        Some((found.span, true))
    }

    fn global(&self, path: &ComponentPath) -> Option<Found<'m>> {
        let namespace = *self.prefixes.get(path.prefix.as_str())?;
        let is = |name: &QName| name.namespace == namespace && name.local == path.local;
        self.model.globals.iter().find_map(|global| match *global {
            Global::Type(id) if path.kind == GlobalKind::Type => self.ty(id).filter(|_| self.type_name(id).is_some_and(is)),
            Global::Element(id) if path.kind == GlobalKind::Element => {
                let element = self.model.elements.get(id.index()).filter(|element| is(&element.name))?;
                Some(Found { at: At::Type(element.ty), span: element.span.clone() })
            }
            Global::Attribute(id) if path.kind == GlobalKind::Attribute => {
                let attribute = self.model.attributes.get(id.index()).filter(|attribute| is(&attribute.name))?;
                Some(Found { at: At::Type(attribute.ty), span: attribute.span.clone() })
            }
            Global::Group(id) if path.kind == GlobalKind::Group => {
                let group = self.model.groups.get(id.index()).filter(|group| is(&group.name))?;
                Some(Found { at: At::Group(&group.group.particles), span: group.span.clone() })
            }
            _ => None,
        })
    }

    fn ty(&self, id: TypeId) -> Option<Found<'m>> {
        let span = match self.model.types.get(id.index())? {
            Type::Simple(ty) => &ty.span,
            Type::Complex(ty) => &ty.span,
        };
        Some(Found { at: At::Type(id), span: span.clone() })
    }

    fn type_name(&self, id: TypeId) -> Option<&'m QName> {
        match self.model.types.get(id.index())? {
            Type::Simple(ty) => ty.name.as_ref(),
            Type::Complex(ty) => ty.name.as_ref(),
        }
    }

    fn step(&self, from: &Found<'m>, path: &ComponentPath, step: &Step) -> Option<Found<'m>> {
        match (step, from.at) {
            (Step::Part(PartKind::Derived, _), At::Type(_)) => Some(Found { at: At::Derived, ..from.clone() }),
            (Step::Part(..), _) => Some(from.clone()),
            (Step::Element(name), At::Derived) => {
                let prefix = name.prefix.clone().unwrap_or_else(|| path.prefix.clone());
                self.global(&ComponentPath::global(GlobalKind::Type, prefix, name.local.as_str()))
            }
            (Step::Element(name), At::Group(particles)) => particles.iter().find_map(|particle| self.element(particle, path, name)),
            (Step::Element(name), At::Type(id)) => match self.model.types.get(id.index())? {
                Type::Complex(ty) => match &ty.content {
                    Content::Elements(particle) | Content::Mixed(particle) => self.element(particle, path, name),
                    Content::Empty | Content::Simple(_) => None,
                },
                Type::Simple(_) => None,
            },
            (Step::Attribute(name), At::Type(id)) => {
                let Type::Complex(ty) = self.model.types.get(id.index())? else { return None };
                ty.attributes.iter().find_map(|found| {
                    let attribute = self.model.attributes.get(found.attribute.index())?;
                    let is = self.is(&attribute.name, path, name);
                    is.then(|| Found { at: At::Type(attribute.ty), span: found.span.clone() })
                })
            }
            (Step::Value(value), At::Type(id)) => {
                let Type::Simple(ty) = self.model.types.get(id.index())? else { return None };
                let facet = ty.facets.enumeration.iter().find(|facet| facet.value == *value)?;
                Some(Found { at: At::Nothing, span: facet.span.clone() })
            }
            _ => None,
        }
    }

    /// Returns the particle of an element, or of the head of its substitution group.
    fn element(&self, particle: &'m Particle, path: &ComponentPath, name: &Name) -> Option<Found<'m>> {
        match &particle.term {
            Term::Element(id) => {
                let (member, _) = self.members(*id).into_iter().find(|(_, found)| self.is(found, path, name))?;
                let element = self.model.elements.get(member.index())?;
                Some(Found { at: At::Type(element.ty), span: particle.span.clone() })
            }
            Term::Any(_) => None,
            Term::Group(group) => group.particles.iter().find_map(|particle| self.element(particle, path, name)),
        }
    }

    fn members(&self, id: ElementId) -> Vec<(ElementId, &'m QName)> {
        let own = self.model.elements.get(id.index()).map(|element| (id, &element.name));
        own.into_iter().chain(substitutes(self.model, id).into_iter().map(|(id, element)| (id, &element.name))).collect()
    }

    /// Returns whether a component has the name of a step.
    fn is(&self, own: &QName, path: &ComponentPath, name: &Name) -> bool {
        let prefix = name.prefix.as_deref().unwrap_or(&path.prefix);
        let namespace = self.prefixes.get(prefix) == Some(&own.namespace) || name.prefix.is_none() && own.namespace == NamespaceId(0);
        namespace && own.local == name.local
    }
}
