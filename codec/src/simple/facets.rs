//! Holds the facets of a simple type. What each of them requires is stated in `xsdgen_datatypes::facet`.

use xsdgen_datatypes::FacetKind;
use xsdgen_datatypes::facet::{Comparison, Measure};

/// The facets of one derivation step, except for white space: the stated ones, then `None`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facets([Option<Facet>; FacetKind::ALL.len()]);

/// A facet and its value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Facet {
    Count(FacetKind, Measure, Comparison, u64),
    Bound(FacetKind, Comparison, &'static str),
    Pattern(&'static str),
    Enumeration(&'static [&'static str]),
}

impl Facet {
    pub(crate) const fn kind(self) -> FacetKind {
        match self {
            Facet::Count(kind, ..) | Facet::Bound(kind, ..) => kind,
            Facet::Pattern(_) => FacetKind::Pattern,
            Facet::Enumeration(_) => FacetKind::Enumeration,
        }
    }
}

impl Facets {
    pub(super) const NONE: Self = Self([None; FacetKind::ALL.len()]);

    /// Adds a facet, or replaces the one of the same kind.
    pub(super) const fn with(mut self, facet: Facet) -> Self {
        let mut rest = &mut self.0 as &mut [Option<Facet>];
        while let [place, more @ ..] = rest {
            match place {
                Some(other) if other.kind() as u8 != facet.kind() as u8 => rest = more,
                _ => {
                    *place = Some(facet);
                    break;
                }
            }
        }
        self
    }

    /// Returns whether no facet is stated.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.0, [None, ..])
    }

    /// Returns the stated facets.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Facet> {
        self.0.iter().map_while(Option::as_ref)
    }

    /// Returns the pattern.
    pub(super) fn pattern(&self) -> Option<&'static str> {
        self.iter().find_map(|facet| if let Facet::Pattern(pattern) = facet { Some(*pattern) } else { None })
    }

    /// Returns the values of the enumeration.
    #[inline]
    pub(crate) fn enumeration(&self) -> Option<&'static [&'static str]> {
        self.iter().find_map(|facet| if let Facet::Enumeration(values) = facet { Some(*values) } else { None })
    }
}
