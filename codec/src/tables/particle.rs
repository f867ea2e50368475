//! Content models as static trees of particles, for types whose fields cannot express their content model. The `matcher` module matches
//! children against them.

use crate::tables::kinds::UNBOUNDED;

/// A content model, or a part of one (XML Schema Part 1, section 3.9).
#[derive(Debug, Clone, Copy)]
pub struct Particle {
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) term: Term,
    /// Whether an empty sequence of children satisfies it.
    pub(crate) nullable: bool,
    /// Whether it contains a wildcard.
    pub(crate) wild: bool,
    /// Whether it contains an element declaration that differs from others of the same name.
    pub(crate) placed: bool,
}

/// The term of a particle: the element, wildcard or group that it repeats.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Term {
    Element { namespace: u16, local: &'static str, info: Option<DeclarationInfo> },
    Any(&'static str),
    Sequence(&'static [Particle]),
    Choice(&'static [Particle]),
    All(&'static [Particle]),
}

/// The properties of one element declaration, for content models in which other declarations of the same name have different ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeclarationInfo {
    pub(crate) value_constraint: Option<&'static str>,
    pub(crate) fixed: bool,
    /// Whether the element is not nillable although another declaration of the same name is.
    pub(crate) never_nil: bool,
}

impl DeclarationInfo {
    /// A declaration without a value constraint.
    pub const NONE: Self = Self { value_constraint: None, fixed: false, never_nil: false };

    /// Returns a declaration with this default value.
    #[must_use]
    pub const fn default_value(text: &'static str) -> Self {
        Self { value_constraint: Some(text), ..Self::NONE }
    }

    /// Returns a declaration with this fixed value.
    #[must_use]
    pub const fn fixed(text: &'static str) -> Self {
        Self { value_constraint: Some(text), fixed: true, ..Self::NONE }
    }

    /// Returns the declaration of an element that is not nillable.
    #[must_use]
    pub const fn never_nil(self) -> Self {
        Self { never_nil: true, ..self }
    }
}

impl Particle {
    const fn once(term: Term, nullable: bool, wild: bool) -> Self {
        Self { min: 1, max: 1, term, nullable, wild, placed: false }
    }

    const fn group(term: Term, nullable: bool, particles: &'static [Self]) -> Self {
        Self { placed: any_placed(particles), ..Self::once(term, nullable, any_wild(particles)) }
    }

    const fn info(mut self, info: DeclarationInfo) -> Self {
        if let Term::Element { namespace, local, .. } = self.term {
            self.term = Term::Element { namespace, local, info: Some(info) };
            self.placed = true;
        }
        self
    }

    /// Returns an element particle with this default value, where others of the same name have a different value constraint.
    #[must_use]
    pub const fn with_default(self, text: &'static str) -> Self {
        self.info(DeclarationInfo { value_constraint: Some(text), fixed: false, never_nil: false })
    }

    /// Returns an element particle with this fixed value, where others of the same name have a different value constraint.
    #[must_use]
    pub const fn with_fixed(self, text: &'static str) -> Self {
        self.info(DeclarationInfo { value_constraint: Some(text), fixed: true, never_nil: false })
    }

    /// Returns an element particle without a value constraint, where others of the same name have one or are nillable.
    #[must_use]
    pub const fn without_value(self) -> Self {
        self.info(DeclarationInfo { value_constraint: None, fixed: false, never_nil: false })
    }

    /// Returns an element particle that is not nillable, where others of the same name are. It must be called after `with_default`,
    /// `with_fixed` or
    /// `without_value`, and does nothing otherwise.
    #[must_use]
    pub const fn never_nil(self) -> Self {
        match self.term {
            Term::Element { info: Some(info), .. } => self.info(DeclarationInfo { never_nil: true, ..info }),
            _ => self,
        }
    }

    /// Returns the particle of an element; its namespace is a constant of the module `xmlns`.
    #[must_use]
    pub const fn element(namespace: u16, local: &'static str) -> Self {
        Self::once(Term::Element { namespace, local, info: None }, false, false)
    }

    /// Returns a wildcard particle that admits the elements of this namespace constraint.
    #[must_use]
    pub const fn any(constraint: &'static str) -> Self {
        Self::once(Term::Any(constraint), false, true)
    }

    /// Returns a sequence of these particles.
    #[must_use]
    pub const fn sequence(particles: &'static [Self]) -> Self {
        Self::group(Term::Sequence(particles), every_nullable(particles), particles)
    }

    /// Returns a choice between these particles.
    #[must_use]
    pub const fn choice(particles: &'static [Self]) -> Self {
        let mut rest = particles;
        let mut nullable = false;
        while let [first, more @ ..] = rest {
            nullable = nullable || first.nullable;
            rest = more;
        }
        Self::group(Term::Choice(particles), nullable, particles)
    }

    /// Returns an all-group: all of these particles, in any order. Its members are elements or wildcards.
    #[must_use]
    pub const fn all(particles: &'static [Self]) -> Self {
        Self::group(Term::All(particles), every_nullable(particles), particles)
    }

    /// Returns the particle with these occurrence bounds.
    #[must_use]
    pub const fn occurs(mut self, min: u32, max: u32) -> Self {
        self.nullable = self.nullable || min == 0;
        (self.min, self.max) = (min, max);
        self
    }

    /// Returns the particle as optional: it occurs at most once.
    #[must_use]
    pub const fn optional(self) -> Self {
        self.occurs(0, 1)
    }

    /// Returns the particle as repeated: it occurs any number of times.
    #[must_use]
    pub const fn repeated(self) -> Self {
        self.occurs(0, UNBOUNDED)
    }

    /// Returns the particle with a minimum number of occurrences and no maximum.
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

const fn any_placed(particles: &[Particle]) -> bool {
    let mut rest = particles;
    while let [first, more @ ..] = rest {
        if first.placed {
            return true;
        }
        rest = more;
    }
    false
}

/// Returns whether a wildcard with this namespace constraint admits the elements and attributes of a namespace
/// (XML Schema Part 1, section 3.10.4). The constraint is `##any`, `##other:` and the namespace that is not
/// admitted, or a list of namespaces, in which `##local` stands for no namespace.
pub(crate) fn admits(constraint: &str, uri: &str) -> bool {
    if constraint == "##any" {
        return true;
    }
    match constraint.strip_prefix("##other:") {
        Some(but) => !uri.is_empty() && uri != but,
        None => constraint.split_ascii_whitespace().any(|one| if one == "##local" { uri.is_empty() } else { one == uri }),
    }
}
