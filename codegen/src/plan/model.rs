//! In: the particle of a complex type. Out: the `Particle` expression that strict reading checks against.
//! Not done here: deciding whether a type needs one (`types`).

use super::context::Context;
use super::fields;
use crate::ir::{Particle as Out, Term as OutTerm};
use crate::model::{Compositor, Max, Particle, Term};
use crate::substitution::substitutes;

/// The particle with names spelled, groups of one merged, and elements replaced by those that may stand for them.
pub(super) fn particle(cx: &Context<'_>, particle: &Particle) -> Out {
    let (min, max) = fields::bounds(particle.min, particle.max);
    let max = match max {
        Max::Count(count) => Some(count),
        Max::Unbounded => None,
    };
    let term = match &particle.term {
        Term::Element(id) => {
            let mut members: Vec<Out> =
                substitutes(cx.model, *id).into_iter().map(|(_, e)| once(OutTerm::Element(cx.wire(&e.name)))).collect();
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
            let parts: Vec<Out> = group.particles.iter().map(|part| self::particle(cx, part)).collect();
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
