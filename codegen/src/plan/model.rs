//! Builds the `Particle` expression of a content model, which strict mode checks against. `types` decides whether a type needs one.

use std::collections::{BTreeMap, HashSet};

use super::context::Context;
use super::fields;
use crate::ir::{Own, Particle as Out, Term as OutTerm};
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
    let term = match &particle.term {
        Term::Element(id) => {
            let member = |e: &Element| once(OutTerm::Element(cx.wire(&e.name), owns.said(cx, e)));
            let mut members: Vec<Out> = substitutes(cx.model, *id).into_iter().map(|(_, e)| member(e)).collect();
            match members.pop() {
                Some(only) if members.is_empty() => only.term,
                last => {
                    members.extend(last);
                    OutTerm::Choice(members)
                }
            }
        }
        Term::Any(wildcard) => OutTerm::Any(fields::constraint(cx, wildcard)),
        Term::Group(group) => {
            let parts: Vec<Out> = group.particles.iter().map(|part| spelled(cx, part, owns)).collect();
            return merge(group.compositor, parts, min, max);
        }
    };
    Out { term, min, max }
}

fn once(term: OutTerm) -> Out {
    Out { term, min: 1, max: Some(1) }
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
    Out { term, min, max }
}
