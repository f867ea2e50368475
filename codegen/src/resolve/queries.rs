//! Provides the information that the checks need from a finished resolver in addition to the model.

use super::attributes::ResolvedAttributes;
use super::names::Space;
use super::{Resolver, count};
use crate::diagnostic::Span;
use crate::model::{AttributeId, AttributeUse, GroupId, Type, TypeId};
use crate::schema::{AttributeItem, Name, ParticleDecl, Schema, TermDecl};

impl<'a> Resolver<'a> {
    /// Returns all schema documents.
    pub(crate) fn schemas(&self) -> &'a [Schema] {
        &self.set.schemas
    }

    /// Returns whether a span is in a document that stands in for one that was not read.
    pub(crate) fn is_stand_in(&self, span: &Span) -> bool {
        self.stand_ins.contains(span.path())
    }

    /// Returns whether a type is a stand-in for a missing type, or is derived from one. Recursion is bounded by the depth of derivations.
    pub(crate) fn is_of_stand_in(&self, id: TypeId) -> bool {
        let (span, base) = match self.ty(id) {
            Some(Type::Simple(ty)) => (&ty.span, ty.base),
            Some(Type::Complex(ty)) => (&ty.span, Some(ty.base).filter(|b| *b != id)),
            None => return false,
        };
        !self.stand_ins.is_empty() && (self.is_stand_in(span) || base.is_some_and(|b| self.is_of_stand_in(b)))
    }

    /// Returns a global attribute, for a reference that has already been resolved.
    pub(crate) fn known_attribute(&self, name: &Name) -> Option<AttributeId> {
        self.find(Space::Attribute, name).map(AttributeId)
    }

    /// Returns the attribute uses of every attribute group, with the span of the group.
    pub(crate) fn attribute_group_uses(&self) -> impl Iterator<Item = (&[AttributeUse], &'a Span)> {
        let numbered = self.attribute_groups.iter().enumerate();
        numbered.filter_map(|(n, g)| self.attribute_group_decl(count(n)).map(|(_, d)| (g.uses.as_slice(), &d.span)))
    }

    /// Returns the groups that redefine another group without referring to it, each with its original.
    pub(crate) fn redefined_groups(&self) -> Vec<(GroupId, GroupId)> {
        let mut found = Vec::new();
        for ((space, new), old) in &self.names.original {
            let Some(old) = old else { continue };
            let Some((_, decl)) = self.group_decl(GroupId(*new)).filter(|_| *space == Space::Group) else { continue };
            if !decl.particle.as_ref().is_some_and(|p| refers_to(p, &decl.name)) {
                found.push((GroupId(*new), GroupId(*old)));
            }
        }
        found.sort_unstable();
        found
    }

    /// Returns the attribute groups that redefine another one without referring to it: the new one, the original, and the span of the new one.
    pub(crate) fn redefined_attribute_groups(&self) -> Vec<(ResolvedAttributes, ResolvedAttributes, Span)> {
        let of_groups = self.names.original.iter().filter(|((s, _), _)| *s == Space::AttributeGroup);
        let mut pairs: Vec<(u32, u32)> = of_groups.filter_map(|((_, new), old)| Some((*new, (*old)?))).collect();
        pairs.sort_unstable();
        let uses = |g: u32| self.attribute_groups.get(g as usize).cloned().unwrap_or_default();
        let mut found = Vec::new();
        for (new, old) in pairs {
            let Some((_, decl)) = self.attribute_group_decl(new) else { continue };
            let own = |item: &AttributeItem| matches!(item, AttributeItem::Group(r) if r.name == decl.name);
            if !decl.attributes.items.iter().any(own) {
                found.push((uses(new), uses(old), decl.span.clone()));
            }
        }
        found
    }
}

fn refers_to(particle: &ParticleDecl, name: &Name) -> bool {
    let mut todo = vec![particle];
    while let Some(at) = todo.pop() {
        match &at.term {
            TermDecl::GroupRef(r) if r.name == *name => return true,
            TermDecl::Group(_, particles, _) => todo.extend(particles),
            _ => {}
        }
    }
    false
}
