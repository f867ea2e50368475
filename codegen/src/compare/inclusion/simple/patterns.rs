//! Proves that the patterns and lengths of one type imply those of another, by inclusion of regular languages.

use super::facets::{Limits, exact_pattern, lexical_pattern};
use super::{Proof, kind, variety};
use crate::datatypes::regex::{Inclusion, Regex, inclusion};
use crate::model::{Builtin, Facet, TypeId, Variety};

/// The maximum number of states of the product of two automata that are examined.
pub(super) const STATES: usize = 20_000;

/// The maximum length that is turned into a pattern.
const LONGEST: usize = 2000;

impl Proof<'_, '_> {
    /// Returns whether each text that the patterns of A match is matched by the patterns of B.
    pub(super) fn patterns_imply(&self, a: TypeId, b: TypeId) -> bool {
        let own: Vec<Vec<&str>> = self.a.literals.chain(a).map(|(_, step)| texts(&step.facets.patterns)).collect();
        let other = self.b.literals.chain(b).map(|(_, step)| texts(&step.facets.patterns)).filter(|step| !step.is_empty());
        other.into_iter().all(|step| {
            let subset = |own: &Vec<&str>| !own.is_empty() && own.iter().all(|text| step.contains(text));
            own.iter().any(subset) || self.language_included(a, &step) == Some(Inclusion::Included)
        })
    }

    /// Returns whether each text that the patterns of A match is a literal of the built-in type of B.
    pub(super) fn patterns_imply_kind(&self, a: TypeId, b: TypeId) -> bool {
        exact_pattern(kind(self.b, b)).is_some_and(|pattern| self.language_included(a, &[pattern]) == Some(Inclusion::Included))
    }

    /// Returns whether the patterns of A bound the length as B does.
    pub(super) fn lengths_match(&self, a: TypeId, b: TypeId, other: &Limits) -> bool {
        let is_text = |kind| matches!(crate::datatypes::builtin::primitive(kind), Builtin::String | Builtin::AnyUri);
        let texts = is_text(kind(self.a, a)) && is_text(kind(self.b, b)) && !matches!(variety(self.a, a), Variety::List(_));
        let Some(length) = length_pattern(other).filter(|_| texts) else { return false };
        self.language_included(a, &[&length]) == Some(Inclusion::Included)
    }

    /// Compares the normalized literals of A with the texts that one of the patterns matches.
    pub(super) fn language_included(&self, a: TypeId, patterns: &[&str]) -> Option<Inclusion> {
        let mut steps: Vec<Vec<Regex>> = Vec::new();
        for (_, step) in self.a.literals.chain(a).filter(|(_, step)| !step.facets.patterns.is_empty()) {
            steps.push(compiled(&texts(&step.facets.patterns))?);
        }
        if !matches!(variety(self.a, a), Variety::List(_)) {
            steps.push(compiled(&[lexical_pattern(kind(self.a, a), self.a.literals.white_space(a))])?);
            let length = length_pattern(&Limits::of(self.a, a)).filter(|_| matches!(variety(self.a, a), Variety::Atomic(Builtin::String)));
            steps.extend(length.and_then(|length| compiled(&[&length])));
        }
        Some(inclusion(&steps, &compiled(patterns)?, STATES))
    }
}

/// Returns a pattern for texts of the allowed lengths, if the lengths are small.
pub(super) fn length_pattern(limits: &Limits) -> Option<String> {
    let (min, max) = (limits.min_length.unwrap_or(0), limits.max_length);
    match max {
        _ if min > LONGEST || max.is_some_and(|max| max > LONGEST) => None,
        Some(max) => Some(format!(r"[\s\S]{{{min},{max}}}")),
        None if min > 0 => Some(format!(r"[\s\S]{{{min},}}")),
        None => None,
    }
}

fn texts(patterns: &[Facet]) -> Vec<&str> {
    patterns.iter().map(|facet| facet.value.as_str()).collect()
}

fn compiled(patterns: &[&str]) -> Option<Vec<Regex>> {
    patterns.iter().map(|pattern| Regex::new(pattern).ok()).collect()
}
