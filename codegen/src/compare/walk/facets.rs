//! Compares the facets of simple types, except `enumeration`.

use super::{At, Says, Spans, Walk};
use crate::compare::codes;
use crate::ir::FacetKind;
use crate::model::{Facet, Facets};

/// Which values of a facet admit more literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wider {
    Smaller,
    Greater,
    Neither,
}

impl FacetKind {
    /// Returns the name of the facet in schemas.
    pub(in crate::compare) fn name(self) -> &'static str {
        match self {
            FacetKind::WhiteSpace => "whiteSpace",
            FacetKind::Length => "length",
            FacetKind::MinLength => "minLength",
            FacetKind::MaxLength => "maxLength",
            FacetKind::MinInclusive => "minInclusive",
            FacetKind::MinExclusive => "minExclusive",
            FacetKind::MaxInclusive => "maxInclusive",
            FacetKind::MaxExclusive => "maxExclusive",
            FacetKind::TotalDigits => "totalDigits",
            FacetKind::FractionDigits => "fractionDigits",
            FacetKind::Pattern => "pattern",
            FacetKind::Enumeration => "enumeration",
        }
    }

    fn wider(self) -> Wider {
        match self {
            FacetKind::MinLength | FacetKind::MinInclusive | FacetKind::MinExclusive => Wider::Smaller,
            FacetKind::MaxLength
            | FacetKind::MaxInclusive
            | FacetKind::MaxExclusive
            | FacetKind::TotalDigits
            | FacetKind::FractionDigits => Wider::Greater,
            FacetKind::WhiteSpace | FacetKind::Length | FacetKind::Pattern | FacetKind::Enumeration => Wider::Neither,
        }
    }
}

/// Returns the facets that occur at most once, by kind.
pub(in crate::compare) fn list(facets: &Facets) -> [(FacetKind, Option<&Facet>); 10] {
    [
        (FacetKind::WhiteSpace, facets.white_space.as_ref()),
        (FacetKind::Length, facets.length.as_ref()),
        (FacetKind::MinLength, facets.min_length.as_ref()),
        (FacetKind::MaxLength, facets.max_length.as_ref()),
        (FacetKind::MinInclusive, facets.min_inclusive.as_ref()),
        (FacetKind::MinExclusive, facets.min_exclusive.as_ref()),
        (FacetKind::MaxInclusive, facets.max_inclusive.as_ref()),
        (FacetKind::MaxExclusive, facets.max_exclusive.as_ref()),
        (FacetKind::TotalDigits, facets.total_digits.as_ref()),
        (FacetKind::FractionDigits, facets.fraction_digits.as_ref()),
    ]
}

impl Walk<'_> {
    /// Compares all facets of two derivation steps, except `enumeration`.
    pub(super) fn facets(&mut self, old: &Facets, new: &Facets, at: &At, owner: Spans<'_>) {
        for ((kind, a), (_, b)) in list(old).into_iter().zip(list(new)) {
            let said = |facet: &Facet| format!("{} {}{}", kind.name(), facet.value, if facet.fixed { ", fixed" } else { "" });
            self.facet(kind, (a, a.map(said)), (b, b.map(said)), at, owner);
        }
        // The patterns of a step are alternatives, whose order is not significant.
        let joined = |patterns: &[Facet]| {
            let mut all: Vec<&str> = patterns.iter().map(|pattern| pattern.value.as_str()).collect();
            all.sort_unstable();
            (!all.is_empty()).then(|| format!("pattern {}", all.join(" | ")))
        };
        let (a, b) = ((old.patterns.first(), joined(&old.patterns)), (new.patterns.first(), joined(&new.patterns)));
        self.facet(FacetKind::Pattern, a, b, at, owner);
    }

    fn facet(
        &mut self,
        kind: FacetKind,
        a: (Option<&Facet>, Option<String>),
        b: (Option<&Facet>, Option<String>),
        at: &At,
        owner: Spans<'_>,
    ) {
        let (code, spans) = match (a.0, b.0) {
            (None, None) => return,
            (None, Some(new)) => (codes::FACET_ADDED, owner.on_old().map_or(Spans::New(&new.span), |old| Spans::Both(old, &new.span))),
            (Some(old), None) => (codes::FACET_REMOVED, owner.on_new().map_or(Spans::Old(&old.span), |new| Spans::Both(&old.span, new))),
            (Some(_), Some(_)) if a.1 == b.1 => return,
            (Some(old), Some(new)) => (changed(kind, old, new), Spans::Both(&old.span, &new.span)),
        };
        self.report(code, at, spans, Says { before: a.1, after: b.1, ..Says::default() });
    }
}

/// Returns whether a facet got tighter or looser. Bounds that are no numbers, such as dates, are not compared.
fn changed(kind: FacetKind, old: &Facet, new: &Facet) -> codes::ChangeCode {
    let number = |facet: &Facet| facet.value.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    let (Some(a), Some(b)) = (number(old), number(new)) else { return codes::FACET_CHANGED };
    match (kind.wider(), b.total_cmp(&a)) {
        (Wider::Smaller, std::cmp::Ordering::Less) | (Wider::Greater, std::cmp::Ordering::Greater) => codes::FACET_LOOSENED,
        (Wider::Smaller, std::cmp::Ordering::Greater) | (Wider::Greater, std::cmp::Ordering::Less) => codes::FACET_TIGHTENED,
        _ => codes::FACET_CHANGED,
    }
}
