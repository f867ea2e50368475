//! Builds the `Particle` expression of a content model, which strict mode checks against. `types` decides whether a type needs one.

use std::collections::{BTreeMap, HashSet};

use super::context::Context;
use super::fields;
use super::letters::{self, Case};
use crate::ir::{Own, Particle as Out, ParticleGroup, Term as OutTerm};
use crate::model::path::GlobalKind;
use crate::model::{Compositor, Element, Max, Particle, QName, Term};
use crate::substitution::substitutes;

/// The declarations of those names for which a content model has declarations with different properties.
#[derive(Debug)]
pub(super) struct Owns<'m>(BTreeMap<&'m QName, Declared<'m>>);

/// The declarations of one name.
#[derive(Debug, Default)]
struct Declared<'m> {
    all: Vec<&'m Element>,
    /// Whether any of them is nillable.
    nillable: bool,
    /// Whether their properties differ.
    differ: bool,
}

impl<'m> Owns<'m> {
    /// Collects the names whose declarations differ.
    pub(super) fn of(elements: impl IntoIterator<Item = &'m Element>) -> Self {
        let mut names: BTreeMap<&QName, Declared<'m>> = BTreeMap::new();
        for element in elements {
            let known = names.entry(&element.name).or_default();
            known.differ |= known.all.first().is_some_and(|first| first.value != element.value || first.nillable != element.nillable);
            known.nillable |= element.nillable;
            known.all.push(element);
        }
        names.retain(|_, known| known.differ);
        Self(names)
    }

    /// Returns the properties of this declaration, if other declarations of its name differ.
    fn said(&self, cx: &Context<'_>, element: &Element) -> Option<Own> {
        let nillable = self.0.get(&element.name)?.nillable;
        let value = fields::value(cx, element.ty, element.value.as_ref());
        Some(Own { value, never_nil: nillable && !element.nillable })
    }

    /// Returns the distinct properties of the declarations of this name, if they differ.
    pub(super) fn all(&self, cx: &Context<'_>, name: &QName) -> Vec<Own> {
        let Some(declared) = self.0.get(name) else { return Vec::new() };
        let mut seen = HashSet::new();
        declared.all.iter().filter_map(|element| self.said(cx, element)).filter(|said| seen.insert(said.clone())).collect()
    }
}

/// Collects the declarations in a particle, including the members of substitution groups.
fn elements<'m>(cx: &Context<'m>, particle: &'m Particle, out: &mut Vec<&'m Element>) {
    match &particle.term {
        Term::Element(id) => out.extend(substitutes(cx.model, *id).into_iter().map(|(_, element)| element)),
        Term::Any(_) => {}
        Term::Group(group) => group.particles.iter().for_each(|part| elements(cx, part, out)),
    }
}

/// Returns the particle in the form that the codec uses.
pub(super) fn particle<'m>(cx: &Context<'m>, particle: &'m Particle) -> Out {
    let mut all = Vec::new();
    elements(cx, particle, &mut all);
    spelled(cx, particle, &Owns::of(all))
}

/// Returns the particle with names as written, groups of one merged, and elements replaced by their substitution groups.
fn spelled(cx: &Context<'_>, particle: &Particle, owns: &Owns<'_>) -> Out {
    let (min, max) = fields::bounds(particle.min, particle.max);
    let max = match max {
        Max::Count(count) => Some(count),
        Max::Unbounded => None,
    };
    let mut named = None;
    let term = match &particle.term {
        Term::Element(id) => {
            let member = |e: &Element| once(OutTerm::Element(cx.wire(&e.name), owns.said(cx, e)));
            let mut members: Vec<Out> = substitutes(cx.model, *id).into_iter().map(|(_, e)| member(e)).collect();
            match members.pop() {
                Some(only) if members.is_empty() => only.term,
                last => {
                    members.extend(last);
                    named = cx.element(*id).map(|head| group(cx, GlobalKind::Element, &head.name, id.0, "MEMBERS"));
                    OutTerm::Choice(members)
                }
            }
        }
        Term::Any(wildcard) => OutTerm::Any(fields::constraint(cx, wildcard)),
        Term::Group(inner) => {
            let parts: Vec<Out> = inner.particles.iter().map(|part| spelled(cx, part, owns)).collect();
            let definition = inner.named.filter(|_| parts.len() > 1).and_then(|id| Some((id, cx.model.groups.get(id.index())?)));
            let named = definition.map(|(id, it)| group(cx, GlobalKind::Group, &it.name, id.0, "GROUP"));
            let merged = merge(inner.compositor, parts, min, max);
            return if named.is_some() { merged.of(named) } else { merged };
        }
    };
    Out { term, min, max, group: None }.of(named)
}

fn once(term: OutTerm) -> Out {
    Out { term, min: 1, max: Some(1), group: None }
}

/// Returns the name that the particles of a group have if content models share them. The word is added unless the name ends with it.
fn group(cx: &Context<'_>, kind: GlobalKind, name: &QName, number: u32, word: &str) -> ParticleGroup {
    let shouty = heck::ToShoutySnakeCase::to_shouty_snake_case(cx.lexicon.type_name(&name.local).as_str());
    let spelled = if shouty.ends_with(word) { shouty } else { format!("{shouty}_{word}") };
    ParticleGroup { name: letters::spell(&spelled, Case::Shouty), path: cx.global(kind, name), number }
}

impl Out {
    /// Returns the particle as that of a named group. A group that contains a declaration whose properties depend on the type around it has no name.
    fn of(self, group: Option<ParticleGroup>) -> Self {
        let group = group.filter(|_| !self.depends());
        Self { group, ..self }
    }

    /// Returns whether it contains a declaration whose properties depend on the other declarations of its name in the type.
    fn depends(&self) -> bool {
        match &self.term {
            OutTerm::Element(_, own) => own.is_some(),
            OutTerm::Any(_) => false,
            OutTerm::Sequence(parts) | OutTerm::Choice(parts) | OutTerm::All(parts) => parts.iter().any(Self::depends),
        }
    }
}

fn merge(compositor: Compositor, mut parts: Vec<Out>, min: u64, max: Option<u64>) -> Out {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        if (min, max) == (1, Some(1)) {
            return only;
        }
        if (only.min, only.max) == (1, Some(1)) {
            return Out { min, max, ..only };
        }
        parts.push(only);
    }
    let term = match compositor {
        Compositor::Sequence => OutTerm::Sequence(parts),
        Compositor::Choice => OutTerm::Choice(parts),
        Compositor::All => OutTerm::All(parts),
    };
    Out { term, min, max, group: None }
}
