//! Computes how often the content of particles can occur (sections 3.8.6 and 3.9.6).

use crate::model::{Max, Particle};

/// An occurrence range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) min: u64,
    pub(super) max: Max,
}

impl Range {
    pub(super) fn of(particle: &Particle) -> Range {
        Range { min: particle.min, max: particle.max }
    }

    /// Returns whether this range is within another (range-ok).
    pub(super) fn within(self, other: Range) -> bool {
        self.min >= other.min && self.max <= other.max
    }

    /// Returns the range of this range repeated as often as `other` says.
    pub(super) fn times(self, other: Range) -> Range {
        Range { min: self.min.saturating_mul(other.min), max: times(self.max, other.max) }
    }

    /// Returns the range of two ranges in sequence (cos-seq-range).
    pub(super) fn plus(self, other: Range) -> Range {
        let max = match (self.max, other.max) {
            (Max::Count(a), Max::Count(b)) => Max::Count(a.saturating_add(b)),
            _ => Max::Unbounded,
        };
        Range { min: self.min.saturating_add(other.min), max }
    }

    /// Returns the range of a choice between two ranges (cos-choice-range).
    pub(super) fn either(self, other: Range) -> Range {
        Range { min: self.min.min(other.min), max: self.max.max(other.max) }
    }
}

fn times(a: Max, b: Max) -> Max {
    match (a, b) {
        (Max::Count(0), _) | (_, Max::Count(0)) => Max::Count(0),
        (Max::Count(a), Max::Count(b)) => Max::Count(a.saturating_mul(b)),
        _ => Max::Unbounded,
    }
}
