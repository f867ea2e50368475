//! In: the `model` line of `complex_type!`. Out: the content model as a static tree.
//! Not done here: matching children with it (`read::matcher`).

use crate::schema::Schema;
use crate::shape::UNBOUNDED;

/// A content model, or a part of one (XML Schema Part 1, section 3.9).
#[derive(Debug, Clone, Copy)]
pub struct Particle {
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) term: Term,
    /// Whether no child at all satisfies it.
    pub(crate) nullable: bool,
    /// Whether a wildcard is in it.
    pub(crate) wild: bool,
}

/// What a particle repeats.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Term {
    Element { namespace: u16, local: &'static str },
    Any(&'static str),
    Sequence(&'static [Particle]),
    Choice(&'static [Particle]),
    All(&'static [Particle]),
}

impl Particle {
    const fn once(term: Term, nullable: bool, wild: bool) -> Self {
        Self { min: 1, max: 1, term, nullable, wild }
    }

    /// An element; the prefix is one of the schema set, or `none`.
    #[must_use]
    pub const fn element(schema: &'static Schema, prefix: &str, local: &'static str) -> Self {
        Self::once(Term::Element { namespace: schema.number(prefix), local }, false, false)
    }

    /// Any element that the constraint admits.
    #[must_use]
    pub const fn any(constraint: &'static str) -> Self {
        Self::once(Term::Any(constraint), false, true)
    }

    /// All of them, in order.
    #[must_use]
    pub const fn sequence(particles: &'static [Self]) -> Self {
        Self::once(Term::Sequence(particles), every_nullable(particles), any_wild(particles))
    }

    /// One of them.
    #[must_use]
    pub const fn choice(particles: &'static [Self]) -> Self {
        let mut rest = particles;
        let mut nullable = false;
        while let [first, more @ ..] = rest {
            nullable = nullable || first.nullable;
            rest = more;
        }
        Self::once(Term::Choice(particles), nullable, any_wild(particles))
    }

    /// All of them, in any order. Its members are elements or wildcards.
    #[must_use]
    pub const fn all(particles: &'static [Self]) -> Self {
        Self::once(Term::All(particles), every_nullable(particles), any_wild(particles))
    }

    /// Between so many and so many times.
    #[must_use]
    pub const fn occurs(mut self, min: u32, max: u32) -> Self {
        self.nullable = self.nullable || min == 0;
        (self.min, self.max) = (min, max);
        self
    }

    /// Once or not at all.
    #[must_use]
    pub const fn optional(self) -> Self {
        self.occurs(0, 1)
    }

    /// Any number of times.
    #[must_use]
    pub const fn repeated(self) -> Self {
        self.occurs(0, UNBOUNDED)
    }

    /// So many times or more.
    #[must_use]
    pub const fn at_least(self, min: u32) -> Self {
        self.occurs(min, UNBOUNDED)
    }
}

const fn every_nullable(particles: &[Particle]) -> bool {
    let mut rest = particles;
    while let [first, more @ ..] = rest {
        if !first.nullable {
            return false;
        }
        rest = more;
    }
    true
}

const fn any_wild(particles: &[Particle]) -> bool {
    let mut rest = particles;
    while let [first, more @ ..] = rest {
        if first.wild {
            return true;
        }
        rest = more;
    }
    false
}
