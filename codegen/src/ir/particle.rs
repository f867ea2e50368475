//! Content models, for strict mode: particles, and the lists of particles that several content models share.

use super::{Own, WireName};
use crate::model::ComponentPath;

/// A content model and the name of its static.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentModel {
    /// The name of the static, which is in the module of the struct.
    pub name: String,
    /// The content model.
    pub particle: Particle,
}

/// A particle of a content model, for strict mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Particle {
    /// What occurs.
    pub term: Term,
    /// The minimum number of occurrences.
    pub min: u64,
    /// The maximum number of occurrences; `None` means unbounded.
    pub max: Option<u64>,
    /// For a named group or a substitution group: what its particles are called, so that the content models of a file share them.
    pub group: Option<ParticleGroup>,
}

/// The name of the particles that several content models of a file share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParticleGroup {
    /// The name of the static.
    pub name: String,
    /// The group, or the head of the substitution group.
    pub path: ComponentPath,
    /// The index of the component. A group that redefines another has the same path.
    pub number: u32,
}

/// The particles of a named group or a substitution group, as a static of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedParticles {
    /// The name of the static.
    pub name: String,
    /// The particles.
    pub particles: Vec<Particle>,
}

/// The term of a particle.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// An element by name, with the properties of its declaration if other declarations of the name differ.
    Element(WireName, Option<Own>),
    /// A wildcard with its namespace constraint.
    Any(String),
    /// The particles in this order.
    Sequence(Vec<Particle>),
    /// One of the particles.
    Choice(Vec<Particle>),
    /// The particles in any order.
    All(Vec<Particle>),
}

impl Particle {
    /// Returns the particles of a group; none for an element or a wildcard.
    #[must_use]
    pub fn particles(&self) -> &[Particle] {
        match &self.term {
            Term::Sequence(parts) | Term::Choice(parts) | Term::All(parts) => parts,
            Term::Element(..) | Term::Any(_) => &[],
        }
    }
}
