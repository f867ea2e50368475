//! Maps each particle of a content model to one of another in order, which proves that the sequences of the first are sequences of the second. It
//! fails for many models that are included; these are compared by their automata in `content`.

use std::collections::HashSet;

use super::content::{Compared, Letter, Sides, Target, Way, Wild};
use super::side::{NameId, Source};
use crate::model::{Compositor, Max, ModelGroup, NamespaceId, Particle, Term, Wildcard};

/// The maximum number of pairs of particles that are aligned.
const ALIGNMENTS: usize = 200_000;

/// Compares two content models particle by particle. Returns `None` if they cannot be aligned.
pub(super) fn align<'m>(sides: &Sides<'_, 'm>, a: Option<&'m Particle>, b: Option<&'m Particle>) -> Option<Compared<'m>> {
    let (a, b) = (a?, b?);
    let mut alignment = Alignment { sides, found: Vec::new(), spent: 0 };
    alignment.align(a, b).then(|| aligned(alignment.found, a))
}

fn aligned<'m>(found: Vec<(Target, &'m Particle, Letter)>, root: &'m Particle) -> Compared<'m> {
    let mut seen = HashSet::new();
    let distinct = found.into_iter().filter(|(target, ..)| seen.insert(target.clone()));
    Compared {
        children: distinct.map(|(target, leaf, letter)| (target, Way::Leaf { root, leaf, letter })).collect(),
        ..Compared::default()
    }
}

/// An attempt to map each particle of A to one of B in order.
struct Alignment<'s, 'x, 'm> {
    sides: &'s Sides<'x, 'm>,
    found: Vec<(Target, &'m Particle, Letter)>,
    spent: usize,
}

impl<'m> Alignment<'_, '_, 'm> {
    /// Returns whether all sequences of one particle are found to be sequences of another. Recursion is bounded by the nesting of model groups.
    fn align(&mut self, a: &'m Particle, b: &'m Particle) -> bool {
        self.spent += 1;
        if self.spent > ALIGNMENTS {
            return false;
        }
        let (a, b) = (unwrapped(a), unwrapped(b));
        let before = self.found.len();
        let aligned = within(a, b)
            && match (&a.term, &b.term) {
                (Term::Element(own), Term::Element(other)) => {
                    let (own, other) = (self.sides.a.substitutes(*own), self.sides.b.substitutes(*other));
                    own.iter().all(|(name, own)| self.names(a, *name, Source::Element(*own), other.get(name).copied().map(Source::Element)))
                }
                (Term::Any(own), Term::Any(other)) => self.wildcards(a, own, other),
                (Term::Group(own), Term::Group(other)) if own.compositor == other.compositor => self.groups(own, other),
                _ => false,
            };
        if !aligned {
            self.found.truncate(before);
        }
        aligned
    }

    fn names(&mut self, leaf: &'m Particle, name: NameId, a: Source, b: Option<Source>) -> bool {
        if !self.sides.is_possible(a) {
            return true;
        }
        self.found.extend(b.map(|b| (Target::Pair(a, b), leaf, Letter::Named(name, a))));
        b.is_some()
    }

    /// Aligns wildcards. All children are then validated by wildcards, so that no names are excepted.
    fn wildcards(&mut self, leaf: &'m Particle, a: &Wildcard, b: &Wildcard) -> bool {
        let all = self.sides.names.namespaces();
        let namespaces: Vec<NamespaceId> = all.into_iter().filter(|id| self.sides.a.admits(a, *id)).collect();
        let is_subset = namespaces.iter().all(|id| self.sides.b.admits(b, *id));
        let Some(any) = namespaces.last().copied().filter(|_| is_subset) else { return is_subset };
        let letter = Letter::Other(any, a.process);
        self.found.push((Target::Wild(Wild { namespaces, a: a.process, b: b.process, except: Vec::new() }), leaf, letter));
        true
    }

    fn groups(&mut self, a: &'m ModelGroup, b: &'m ModelGroup) -> bool {
        match a.compositor {
            Compositor::Sequence => {
                let mut rest = b.particles.iter();
                let mapped = a.particles.iter().all(|own| {
                    rest.by_ref().find_map(|other| if self.align(own, other) { Some(true) } else { (!other.emptiable()).then_some(false) })
                        == Some(true)
                });
                mapped && rest.all(Particle::emptiable)
            }
            Compositor::Choice => a.particles.iter().all(|own| b.particles.iter().any(|other| self.align(own, other))),
            Compositor::All => {
                let mut used = HashSet::new();
                let mapped = a.particles.iter().all(|own| {
                    let found = b.particles.iter().enumerate().find(|(at, other)| !used.contains(at) && self.align(own, other));
                    found.is_some_and(|(at, _)| used.insert(at))
                });
                mapped && b.particles.iter().enumerate().all(|(at, other)| used.contains(&at) || other.emptiable())
            }
        }
    }
}

/// Returns the only particle of a group that occurs once.
fn unwrapped(particle: &Particle) -> &Particle {
    let mut at = particle;
    while let Term::Group(group) = &at.term
        && let [only] = group.particles.as_slice()
        && (at.min, at.max) == (1, Max::Count(1))
    {
        at = only;
    }
    at
}

fn within(a: &Particle, b: &Particle) -> bool {
    b.min <= a.min && a.max <= b.max
}
