//! Compares the facets of simple types, except `enumeration`.

use std::cmp::Ordering;

use super::{At, Says, Spans, Walk};
use crate::compare::codes;
use crate::datatypes::facet::{Constraint, FacetKind};
use crate::model::{Facet, Facets};

impl Walk<'_> {
    /// Compares all facets of two derivation steps, except `enumeration`.
    pub(super) fn facets(&mut self, old: &Facets, new: &Facets, at: &At, owner: Spans<'_>) {
        let said = |kind: FacetKind, facet: &Facet| format!("{} {}{}", kind.name(), facet.value, if facet.fixed { ", fixed" } else { "" });
        for kind in FacetKind::ALL.iter().copied().filter(|kind| !kind.is_repeatable()) {
            let (a, b) = (old.get(kind), new.get(kind));
            self.facet(kind, (a, a.map(|facet| said(kind, facet))), (b, b.map(|facet| said(kind, facet))), at, owner);
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
    let comparison = match kind.constraint() {
        Constraint::Bound(comparison) | Constraint::Count(_, comparison) => comparison,
        _ => return codes::FACET_CHANGED,
    };
    match (comparison.is_lower(), comparison.is_upper(), b.total_cmp(&a)) {
        (true, false, Ordering::Less) | (false, true, Ordering::Greater) => codes::FACET_LOOSENED,
        (true, false, Ordering::Greater) | (false, true, Ordering::Less) => codes::FACET_TIGHTENED,
        _ => codes::FACET_CHANGED,
    }
}
