//! Finds shortest sequences of children that contain a given one.

use super::content::{Letter, Sides, Way, shortest};
use crate::model::{Compositor, Particle, Term};

impl<'m> Way<'m> {
    /// Returns the sequence, and the index of the child.
    pub(super) fn letters(&self, sides: &Sides<'_, 'm>) -> (Vec<Letter>, usize) {
        match self {
            Way::Word { letters, at } => (letters.to_vec(), *at),
            Way::Leaf { root, leaf, letter } => {
                let mut out = Vec::new();
                let at = through(sides, root, leaf, *letter, &mut out);
                (out, at.unwrap_or_default())
            }
        }
    }
}

/// Adds a shortest sequence that contains a leaf, and returns the index of the leaf.
fn through<'m>(sides: &Sides<'_, 'm>, at: &'m Particle, leaf: &'m Particle, letter: Letter, out: &mut Vec<Letter>) -> Option<usize> {
    let mut found = None;
    if std::ptr::eq(at, leaf) {
        found = Some(out.len());
        out.push(letter);
    } else if let Term::Group(group) = &at.term {
        let start = out.len();
        for particle in &group.particles {
            let found_here = if found.is_none() && contains(particle, leaf) { through(sides, particle, leaf, letter, out) } else { None };
            match (found_here, group.compositor) {
                (Some(index), Compositor::Choice) => {
                    found = Some(index);
                    break;
                }
                (Some(index), _) => found = Some(index),
                (None, Compositor::Choice) => {}
                (None, _) => out.extend(shortest(sides, particle)),
            }
        }
        if found.is_none() {
            out.truncate(start);
        }
    }
    if found.is_some() && at.min > 1 {
        let again = shortest_of(sides, at, at.min - 1);
        out.extend(again);
    }
    found
}

fn contains(at: &Particle, leaf: &Particle) -> bool {
    std::ptr::eq(at, leaf) || matches!(&at.term, Term::Group(group) if group.particles.iter().any(|particle| contains(particle, leaf)))
}

/// Returns a shortest sequence of some occurrences of a particle of A, of which at least one is required.
fn shortest_of<'m>(sides: &Sides<'_, 'm>, particle: &'m Particle, times: u64) -> Vec<Letter> {
    let all = shortest(sides, particle);
    let per_time = all.len() / usize::try_from(particle.min.max(1)).unwrap_or(usize::MAX);
    let count = per_time.saturating_mul(usize::try_from(times).unwrap_or(usize::MAX));
    all.into_iter().take(count).collect()
}
