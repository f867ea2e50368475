//! Checks unique particle attribution: finds pairs of particles in a content model that compete for an element (cos-nonambig, appendix H). The types
//! of the elements do not matter.
//!
//! For each part of the model, two sets are sufficient: the particles that it can begin with, and those that can continue inside it after it could
//! have ended. Where two parts meet, the sets that compete there must not overlap. A particle with a count above one needs at most two copies of a
//! part: one for the repetitions before `minOccurs` is reached, where the part cannot end, and one for those after it. Both copies stand for the same
//! particle, and a particle does not compete with itself. The size of `maxOccurs` therefore does not affect the cost.

use std::collections::HashMap;

use super::Checker;
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Compositor, Max, Particle, QName, Term, WildcardNamespaces};
use crate::resolve::wildcard;

/// The maximum total number of set entries that are processed. A model that exceeds it counts as unambiguous.
const BUDGET: usize = 3_000_000;

/// A set of particles that may match the next element. A particle is identified by its address.
#[derive(Debug, Clone, Default)]
struct Set<'m> {
    elements: HashMap<&'m QName, (usize, &'m Span)>,
    wildcards: Vec<(usize, &'m WildcardNamespaces, &'m Span)>,
}

impl<'m> Set<'m> {
    fn len(&self) -> usize {
        self.elements.len() + self.wildcards.len()
    }

    fn merge(&mut self, mut other: Set<'m>) {
        if self.len() < other.len() {
            std::mem::swap(self, &mut other);
        }
        self.elements.extend(other.elements);
        for wildcard in other.wildcards {
            if !self.wildcards.iter().any(|(id, _, _)| *id == wildcard.0) {
                self.wildcards.push(wildcard);
            }
        }
    }

    /// Returns two particles, one from each set, that admit the same element. Among several pairs of elements, the first in the source is returned.
    fn conflict(&self, other: &Set<'m>) -> Option<Conflict<'m>> {
        let (small, large) = if self.elements.len() < other.elements.len() { (self, other) } else { (other, self) };
        let shared = small.elements.iter().filter_map(|(name, (id, span))| {
            let (other_id, other_span) = large.elements.get(name)?;
            (id != other_id).then_some((*span, *other_span, name))
        });
        if let Some((first, second, name)) = shared.min_by_key(|(first, second, _)| (*first, *second)) {
            return Some(Conflict { what: format!("`{}`", name.local), first, second });
        }
        self.element_conflict(other).or_else(|| other.element_conflict(self)).or_else(|| self.wildcard_conflict(other))
    }

    fn element_conflict(&self, other: &Set<'m>) -> Option<Conflict<'m>> {
        for (_, namespaces, span) in &other.wildcards {
            let admitted = self.elements.iter().filter(|(name, _)| wildcard::admits(namespaces, name.namespace));
            if let Some((name, (_, element))) = admitted.min_by_key(|(_, (_, element))| *element) {
                return Some(Conflict { what: format!("`{}`", name.local), first: element, second: span });
            }
        }
        None
    }

    fn wildcard_conflict(&self, other: &Set<'m>) -> Option<Conflict<'m>> {
        for (id, a, first) in &self.wildcards {
            for (other_id, b, second) in &other.wildcards {
                if id != other_id && wildcard::overlap(a, b) {
                    return Some(Conflict { what: "an element".to_owned(), first, second });
                }
            }
        }
        None
    }
}

#[derive(Debug)]
struct Conflict<'m> {
    what: String,
    first: &'m Span,
    second: &'m Span,
}

/// The properties of a part of a content model that the analysis needs.
#[derive(Debug, Clone, Default)]
struct Part<'m> {
    first: Set<'m>,
    /// The particles that can continue inside the part after it could have ended.
    inside: Set<'m>,
    nullable: bool,
}

struct Analysis<'m, 'c> {
    checker: &'c Checker<'m, 'c>,
    conflict: Option<Conflict<'m>>,
    spent: usize,
}

impl<'r> Checker<'r, '_> {
    pub(super) fn unique_attribution(&mut self, particle: &'r Particle, span: &Span) {
        let mut analysis = Analysis { checker: &*self, conflict: None, spent: 0 };
        analysis.part(particle);
        let Some(Conflict { what, first, second }) = analysis.conflict else { return };
        let (first, second) = if second < first { (second, first) } else { (first, second) };
        let message = format!("{what} can belong to two particles, and nothing before it tells which");
        let problem = Diagnostic::error(codes::X0208, span.clone(), message)
            .violating("cos-nonambig")
            .with_related(first.clone(), "one particle")
            .with_related(second.clone(), "the other")
            .with_help("make what comes before them different, or join the two into one particle");
        self.problems.push(problem);
    }
}

impl<'m> Analysis<'m, '_> {
    /// Checks that the particles of two sets that meet do not conflict.
    fn meet(&mut self, a: &Set<'m>, b: &Set<'m>) {
        if self.conflict.is_none() {
            self.spent += a.len().min(b.len());
            self.conflict = a.conflict(b);
        }
    }

    /// Analyses a particle. Recursion is bounded by the nesting of model groups.
    fn part(&mut self, particle: &'m Particle) -> Part<'m> {
        if self.conflict.is_some() || self.spent > BUDGET {
            return Part::default();
        }
        let single = particle.max == Max::Count(1);
        let mut part = self.term(particle);
        if !single {
            let before = (particle.min > 1).then(|| part.clone());
            self.spent += part.first.len() + part.inside.len();
            // These are the repetitions that may be the last one. If the count is exact, no further repetition can follow the last one.
            if particle.max != Max::Count(particle.min) {
                part = self.repeated(part);
            }
            if let Some(before) = before {
                let before = self.repeated(before);
                part = self.then(before, part);
            }
        }
        part.nullable |= particle.min == 0;
        part
    }

    fn repeated(&mut self, mut part: Part<'m>) -> Part<'m> {
        self.meet(&part.inside, &part.first);
        part.inside.merge(part.first.clone());
        part
    }

    fn term(&mut self, particle: &'m Particle) -> Part<'m> {
        let id = std::ptr::from_ref(particle) as usize;
        match &particle.term {
            Term::Element(element) => {
                let mut first = Set::default();
                let elements = &self.checker.model.elements;
                if let Some(head) = elements.get(element.index()) {
                    first.elements.insert(&head.name, (id, &particle.span));
                    if !head.block.substitution {
                        let members = head.members.iter().filter_map(|m| elements.get(m.index()));
                        first.elements.extend(members.map(|m| (&m.name, (id, &particle.span))));
                    }
                }
                self.spent += first.len();
                Part { first, ..Part::default() }
            }
            // The wildcard is in a stand-in, so the real content is unknown.
            Term::Any(any) if self.checker.resolver.is_stand_in(&any.span) => Part::default(),
            Term::Any(any) => {
                let first = Set { wildcards: vec![(id, &any.namespaces, &particle.span)], ..Set::default() };
                Part { first, ..Part::default() }
            }
            Term::Group(group) => match group.compositor {
                Compositor::Sequence => {
                    let empty = Part { nullable: true, ..Part::default() };
                    group.particles.iter().fold(empty, |so_far, p| {
                        let next = self.part(p);
                        self.then(so_far, next)
                    })
                }
                Compositor::Choice => self.choice(&group.particles),
                Compositor::All => {
                    let mut part = self.choice(&group.particles);
                    part.nullable = group.particles.iter().all(Particle::emptiable);
                    part.inside.merge(part.first.clone());
                    part
                }
            },
        }
    }

    fn choice(&mut self, particles: &'m [Particle]) -> Part<'m> {
        let mut out = Part::default();
        for particle in particles {
            let next = self.part(particle);
            self.meet(&out.first, &next.first);
            out.nullable |= next.nullable;
            out.first.merge(next.first);
            out.inside.merge(next.inside);
        }
        out
    }

    /// Combines two parts in sequence.
    fn then(&mut self, mut a: Part<'m>, b: Part<'m>) -> Part<'m> {
        self.meet(&a.inside, &b.first);
        if a.nullable {
            self.meet(&a.first, &b.first);
        }
        let Part { first, mut inside, nullable } = b;
        match (a.nullable, nullable) {
            (true, true) => {
                a.first.merge(first.clone());
                a.inside.merge(first);
            }
            (true, false) => a.first.merge(first),
            (false, true) => a.inside.merge(first),
            (false, false) => {}
        }
        if nullable {
            inside.merge(a.inside);
        }
        Part { first: a.first, inside, nullable: nullable && a.nullable }
    }
}
