//! Holds the facets of one derivation step. What each facet means is stated in `datatypes::facet`.

use std::collections::BTreeMap;

use super::{Docs, Prefixes};
use crate::datatypes::facet::{Comparison, Constraint, FacetKind, Measure};
use crate::diagnostic::Span;

/// The constraining facets of one derivation step (Part 2, section 4.3). Values are kept as written, with white space collapsed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facets {
    /// The facets that occur at most once.
    single: BTreeMap<FacetKind, Facet>,
    /// The `pattern`s of this step. A value must match one of them.
    pub patterns: Vec<Facet>,
    /// The `enumeration` values in order.
    pub enumeration: Vec<Facet>,
}

impl Facets {
    /// Adds a facet. Returns the facet that it replaces, if it can occur only once.
    pub fn insert(&mut self, kind: FacetKind, facet: Facet) -> Option<Facet> {
        match kind {
            FacetKind::Pattern => self.patterns.push(facet),
            FacetKind::Enumeration => self.enumeration.push(facet),
            _ => return self.single.insert(kind, facet),
        }
        None
    }

    /// Removes a facet that occurs at most once.
    pub fn remove(&mut self, kind: FacetKind) {
        self.single.remove(&kind);
    }

    /// Returns a facet; of those that can occur several times, the first.
    #[must_use]
    pub fn get(&self, kind: FacetKind) -> Option<&Facet> {
        match kind {
            FacetKind::Pattern => self.patterns.first(),
            FacetKind::Enumeration => self.enumeration.first(),
            _ => self.single.get(&kind),
        }
    }

    /// Returns the facets that occur at most once, in the order of [`FacetKind`].
    pub fn single(&self) -> impl Iterator<Item = (FacetKind, &Facet)> {
        self.single.iter().map(|(kind, facet)| (*kind, facet))
    }

    /// Returns the bounds of the values, each with its comparison to them.
    pub fn bounds(&self) -> impl Iterator<Item = (FacetKind, Comparison, &Facet)> {
        self.single().filter_map(|(kind, facet)| match kind.constraint() {
            Constraint::Bound(comparison) => Some((kind, comparison, facet)),
            _ => None,
        })
    }

    /// Returns the facets that limit a number, each with its comparison to the measured number.
    pub fn counts(&self) -> impl Iterator<Item = (FacetKind, Measure, Comparison, &Facet)> {
        self.single().filter_map(|(kind, facet)| match kind.constraint() {
            Constraint::Count(measure, comparison) => Some((kind, measure, comparison, facet)),
            _ => None,
        })
    }
}

/// A facet element.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// The value as written. The white space of an enumeration value is normalized as the `whiteSpace` facet of the base type requires.
    pub value: String,
    /// Whether the facet has `fixed="true"`.
    pub fixed: bool,
    /// The namespaces bound to the prefixes in an enumeration value, if the type contains QNames or NOTATIONs.
    pub prefixes: Prefixes,
    /// The documentation of an enumeration value.
    pub docs: Docs,
    /// The span of the facet element.
    pub span: Span,
}
