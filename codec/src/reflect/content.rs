//! The content model of a type as a tree, from its fields or, if they cannot express it, from its particles.

use std::ptr;

use super::path::gather;
use crate::tables::particle::Term;
use crate::tables::{Content, FieldInfo, Particle, Place, TypeInfo};

/// A part of a content model, and how often it occurs.
#[derive(Debug, Clone)]
pub struct ContentPart {
    /// The minimum number of occurrences.
    pub min: u32,
    /// The maximum number of occurrences; [`UNBOUNDED`](crate::UNBOUNDED) if there is none.
    pub max: u32,
    /// The part.
    pub term: ContentTerm,
}

/// An element, a wildcard or a model group.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ContentTerm {
    /// An element, with the field that holds it.
    Element(&'static FieldInfo),
    /// A wildcard with its namespace constraint.
    Wildcard(&'static str),
    /// All parts in this order.
    Sequence(Vec<ContentPart>),
    /// One of the parts.
    Choice(Vec<ContentPart>),
    /// All parts in any order.
    All(Vec<ContentPart>),
}

impl ContentPart {
    fn once(term: ContentTerm) -> Self {
        Self { min: 1, max: 1, term }
    }
}

impl TypeInfo {
    /// Returns the content model. It has no parts if the content is empty or a text only.
    #[must_use]
    pub fn content_parts(&'static self) -> ContentPart {
        match self.model {
            Some(model) => of_particle(self, model),
            None => ContentPart::once(of_fields(self, &mut Vec::new())),
        }
    }
}

fn of_fields(type_info: &'static TypeInfo, above: &mut Vec<&'static TypeInfo>) -> ContentTerm {
    let mut parts = Vec::new();
    above.push(type_info);
    for field in type_info.items() {
        let term = match (field.place, field.type_info()) {
            (Place::Element, _) => ContentTerm::Element(field),
            (Place::Any, _) => ContentTerm::Wildcard(field.local),
            (Place::Group, Some(inner)) if !above.iter().any(|it| ptr::eq(*it, inner)) => of_fields(inner, above),
            _ => continue,
        };
        parts.push(ContentPart { min: field.min, max: field.max, term });
    }
    above.pop();
    match type_info.content {
        Content::Choice => ContentTerm::Choice(parts),
        Content::All => ContentTerm::All(parts),
        _ => ContentTerm::Sequence(parts),
    }
}

fn of_particle(type_info: &'static TypeInfo, particle: &'static Particle) -> ContentPart {
    let all = |particles: &'static [Particle]| particles.iter().map(|particle| of_particle(type_info, particle)).collect();
    let term = match particle.term {
        Term::Element { namespace, local, .. } => {
            let mut found = None;
            gather(type_info, &mut |field| {
                if field.place == Place::Element && field.namespace == namespace && field.local == local {
                    found = found.or(Some(field));
                }
            });
            found.map_or(ContentTerm::Sequence(Vec::new()), ContentTerm::Element)
        }
        Term::Any(constraint) => ContentTerm::Wildcard(constraint),
        Term::Sequence(particles) => ContentTerm::Sequence(all(particles)),
        Term::Choice(particles) => ContentTerm::Choice(all(particles)),
        Term::All(particles) => ContentTerm::All(all(particles)),
    };
    ContentPart { min: particle.min, max: particle.max, term }
}
