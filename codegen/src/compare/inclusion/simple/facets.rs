//! Proves that the facets of one type imply those of another.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::super::side::Side;
use super::{DEEPEST, Proof, kind, value, variety};
use crate::datatypes::decimal::Decimal;
use crate::datatypes::facet::{Comparison, FacetKind, Measure, WhiteSpace};
use crate::datatypes::{Value, builtin};
use crate::model::{Builtin, Facet, Facets, SimpleType, TypeId, Variety};

/// Returns whether the values of a built-in type are integers.
fn is_integer(kind: Builtin) -> bool {
    builtin::primitive(kind) == Builtin::Decimal && kind != Builtin::Decimal
}

/// Returns an integer as a value.
fn integer(number: i128) -> Option<Value> {
    Decimal::parse(&number.to_string()).map(|decimal| Value::Decimal(decimal.into_owned()))
}

/// Returns whether every literal of a built-in type is a literal of another, apart from bounds.
pub(super) fn lexically_included(a: Builtin, b: Builtin) -> bool {
    use Builtin::{
        Decimal as Number, Double, Entity, Float, Id, Idref, Integer, Language, Name, NcName, Nmtoken, NormalizedString, String as Text,
        Token,
    };
    match b {
        Text | NormalizedString | Token => true,
        Number => builtin::primitive(a) == Number,
        _ if is_integer(b) => is_integer(a),
        Float | Double => a == b || builtin::primitive(a) == Number,
        Nmtoken => matches!(a, Nmtoken | Name | NcName | Id | Idref | Entity | Language),
        Name => matches!(a, Name | NcName | Id | Idref | Entity | Language),
        NcName | Id | Idref | Entity => matches!(a, NcName | Id | Idref | Entity | Language),
        _ => a == b && a != Integer,
    }
}

/// Returns whether two derivation steps have the same facets.
pub(super) fn same(a: &Facets, b: &Facets) -> bool {
    a.get(FacetKind::WhiteSpace).map(|facet| &facet.value) == b.get(FacetKind::WhiteSpace).map(|facet| &facet.value)
        && same_but_white_space(a, b)
}

/// Returns whether two derivation steps have the same facets except for `whiteSpace`.
pub(super) fn same_but_white_space(a: &Facets, b: &Facets) -> bool {
    let lists = |a: &[Facet], b: &[Facet]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_facet(a, b));
    let same_singles = FacetKind::ALL.iter().filter(|kind| **kind != FacetKind::WhiteSpace && !kind.is_repeatable()).all(|kind| {
        match (a.get(*kind), b.get(*kind)) {
            (Some(a), Some(b)) => same_facet(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
    });
    same_singles && lists(&a.patterns, &b.patterns) && lists(&a.enumeration, &b.enumeration)
}

fn same_facet(a: &Facet, b: &Facet) -> bool {
    a.value == b.value && a.prefixes == b.prefixes
}

/// Returns the values of an integer type, if their number is small.
pub(super) fn range(side: &Side<'_>, ty: TypeId) -> Option<Vec<String>> {
    let limits = Limits::of(side, ty);
    let (low, high) = (limits.integer(side, ty, true)?, limits.integer(side, ty, false)?);
    let few = high.checked_sub(low)? < 1000;
    few.then(|| (low..=high).map(|n| n.to_string()).filter(|text| value(side, ty, text).is_some()).collect())
}

/// The narrowest bounds, lengths and digits of all derivation steps of a type.
#[derive(Debug, Default)]
pub(super) struct Limits {
    pub(super) low: Option<(Comparison, Value)>,
    pub(super) high: Option<(Comparison, Value)>,
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) total_digits: Option<usize>,
    pub(super) fraction_digits: Option<usize>,
}

impl Limits {
    pub(super) fn of(side: &Side<'_>, ty: TypeId) -> Self {
        let mut limits = Limits::default();
        for (id, step) in side.literals.chain(ty) {
            limits.add(side, id, step);
        }
        limits.add_digits(kind(side, ty));
        if let Some(item) = side.simple(ty).and_then(|simple| builtin::item(simple.builtin?)) {
            limits.min_length = limits.min_length.max(Some(usize::from(item != Builtin::AnySimpleType)));
        }
        limits
    }

    fn add(&mut self, side: &Side<'_>, id: TypeId, step: &SimpleType) {
        for (_, measure, comparison, facet) in step.facets.counts() {
            let Ok(number) = facet.value.trim_start_matches('+').parse::<usize>() else { continue };
            let (low, high) = match measure {
                Measure::Length => (Some(&mut self.min_length), &mut self.max_length),
                Measure::TotalDigits => (None, &mut self.total_digits),
                Measure::FractionDigits => (None, &mut self.fraction_digits),
            };
            if let Some(low) = low.filter(|_| !comparison.is_upper()) {
                *low = (*low).max(Some(number));
            }
            if !comparison.is_lower() {
                *high = Some(high.map_or(number, |high| high.min(number)));
            }
        }
        for (_, comparison, facet) in step.facets.bounds() {
            let Some(limit) = side.literals.bound_value(id, facet) else { continue };
            self.narrow(comparison, limit);
        }
    }

    /// Adds the bounds of an integer type that follow from its number of digits: two digits are -99 to 99.
    fn add_digits(&mut self, kind: Builtin) {
        let digits = self.total_digits.filter(|_| is_integer(kind)).and_then(|digits| u32::try_from(digits).ok());
        let Some(beyond) = digits.and_then(|digits| 10_i128.checked_pow(digits)) else { return };
        for (comparison, limit) in [(Comparison::Above, -beyond), (Comparison::Below, beyond)] {
            if let Some(limit) = integer(limit) {
                self.narrow(comparison, limit);
            }
        }
    }

    /// Adds a bound, unless there is a narrower one.
    fn narrow(&mut self, comparison: Comparison, limit: Value) {
        let slot = if comparison.is_lower() { &mut self.low } else { &mut self.high };
        if slot.as_ref().is_none_or(|known| implies_bound((comparison, &limit), (known.0, &known.1))) {
            *slot = Some((comparison, limit));
        }
    }

    /// Returns the smallest or the largest value of an integer type.
    fn integer(&self, side: &Side<'_>, ty: TypeId, is_low: bool) -> Option<i128> {
        let kind = kind(side, ty);
        let (bound, Value::Decimal(limit)) = (if is_low { &self.low } else { &self.high }).as_ref()? else { return None };
        let limit: i128 = limit.canonical().parse().ok().filter(|_| is_integer(kind))?;
        Some(match bound {
            Comparison::Above => limit.checked_add(1)?,
            Comparison::Below => limit.checked_sub(1)?,
            Comparison::AtLeast | Comparison::AtMost | Comparison::Equal => limit,
        })
    }
}

/// Returns whether each value within the first bound is within the second. Both are lower bounds, or both are upper bounds.
fn implies_bound(a: (Comparison, &Value), b: (Comparison, &Value)) -> bool {
    let inner = if a.0.is_lower() { Ordering::Greater } else { Ordering::Less };
    match a.1.compare(b.1) {
        Some(Ordering::Equal) => a.0.is_exclusive() || !b.0.is_exclusive(),
        Some(order) => order == inner,
        None => false,
    }
}

impl<'m> Proof<'_, 'm> {
    /// Returns whether the facets of A imply those of B. Both are atomic, or both are lists.
    pub(super) fn facets_imply(&self, a: TypeId, b: TypeId) -> bool {
        let concerns_text = self.b.literals.chain(b).any(|(_, step)| {
            let f = &step.facets;
            let has_length = f.counts().any(|(_, measure, ..)| measure == Measure::Length);
            !f.patterns.is_empty() || !f.enumeration.is_empty() || has_length
        });
        let same_text = self.a.literals.white_space(a) == self.b.literals.white_space(b);
        let (own, other) = (Limits::of(self.a, a), Limits::of(self.b, b));
        self.bounds_imply(a, &own, &other)
            && self.digits_imply(a, &own, &other)
            && (!concerns_text || same_text)
            && self.enumerations_imply(a, b)
            && (self.lengths_imply(a, b, &own, &other) || self.lengths_match(a, b, &other))
            && self.patterns_imply(a, b)
    }

    fn bounds_imply(&self, a: TypeId, own: &Limits, other: &Limits) -> bool {
        let implied = |own: &Option<(Comparison, Value)>, other: &Option<(Comparison, Value)>, is_low: bool| match (own, other) {
            (_, None) => true,
            (Some(own), Some(other)) => implies_bound((own.0, &own.1), (other.0, &other.1)) || self.integers_imply(a, own, other, is_low),
            (None, Some(_)) => false,
        };
        implied(&own.low, &other.low, true) && implied(&own.high, &other.high, false)
    }

    /// Returns whether an integer within the first bound is within the second: `x > 4` implies `x >= 5`.
    fn integers_imply(&self, a: TypeId, own: &(Comparison, Value), other: &(Comparison, Value), is_low: bool) -> bool {
        let limits = Limits { low: Some(own.clone()), high: Some(own.clone()), ..Limits::default() };
        let Some(extreme) = limits.integer(self.a, a, is_low) else { return false };
        let inclusive = if is_low { Comparison::AtLeast } else { Comparison::AtMost };
        integer(extreme).is_some_and(|extreme| implies_bound((inclusive, &extreme), (other.0, &other.1)))
    }

    fn digits_imply(&self, a: TypeId, own: &Limits, other: &Limits) -> bool {
        let within = |own: Option<usize>, other: Option<usize>| other.is_none_or(|other| own.is_some_and(|own| own <= other));
        let kind = kind(self.a, a);
        let fraction = if is_integer(kind) { Some(0) } else { own.fraction_digits };
        let by_bounds = || {
            let magnitude = |low| own.integer(self.a, a, low).map(|n| n.unsigned_abs().to_string().len());
            Some(magnitude(true)?.max(magnitude(false)?))
        };
        within(fraction, other.fraction_digits) && (within(own.total_digits, other.total_digits) || within(by_bounds(), other.total_digits))
    }

    /// Returns whether the lengths that A allows are allowed by B. A length is a number of characters, of octets or of items.
    fn lengths_imply(&self, a: TypeId, b: TypeId, own: &Limits, other: &Limits) -> bool {
        let (kind_of_a, kind_of_b) = (builtin::primitive(kind(self.a, a)), builtin::primitive(kind(self.b, b)));
        let is_text = |kind| matches!(kind, Builtin::String | Builtin::AnyUri);
        let are_lists = matches!(variety(self.a, a), Variety::List(_));
        // What QName and NOTATION state about lengths is not checked.
        let is_checked = !matches!(kind_of_a, Builtin::QName | Builtin::Notation);
        let same_unit = are_lists || is_checked && (kind_of_a == kind_of_b || is_text(kind_of_a) && is_text(kind_of_b));
        let nothing = Limits::default();
        let own = if same_unit { own } else { &nothing };
        other.min_length.is_none_or(|min| min == 0 || own.min_length.is_some_and(|own| own >= min))
            && other.max_length.is_none_or(|max| own.max_length.is_some_and(|own| own <= max))
    }

    /// Returns whether A lists values wherever B lists any, and only those of B. Other enumerations are compared value by value.
    fn enumerations_imply(&self, a: TypeId, b: TypeId) -> bool {
        let is_same_kind = self.same_values(a, b, DEEPEST);
        let own = || self.a.literals.chain(a).map(|(_, step)| &step.facets.enumeration).filter(|list| !list.is_empty());
        let mut other = self.b.literals.chain(b).map(|(_, step)| &step.facets.enumeration).filter(|list| !list.is_empty());
        other.all(|list| {
            let listed: HashSet<_> = list.iter().map(|facet| (&facet.value, &facet.prefixes)).collect();
            is_same_kind && own().any(|own| own.iter().all(|facet| listed.contains(&(&facet.value, &facet.prefixes))))
        })
    }
}

/// Returns the pattern that exactly the literals of a built-in type match after white space is normalized, apart from bounds.
pub(super) fn exact_pattern(kind: Builtin) -> Option<&'static str> {
    Some(match kind {
        Builtin::Boolean => "true|false|0|1",
        Builtin::Decimal => r"[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
        Builtin::HexBinary => "([0-9A-Fa-f]{2})*",
        Builtin::Language => "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
        Builtin::Nmtoken => r"\c+",
        Builtin::Name => r"\i\c*",
        Builtin::NcName | Builtin::Id | Builtin::Idref | Builtin::Entity => r"[\i-[:]][\c-[:]]*",
        kind if builtin::primitive(kind) == Builtin::Decimal => r"[+\-]?[0-9]+",
        _ => return None,
    })
}

/// Returns a pattern that all literals of a built-in type match after white space is normalized.
pub(super) fn lexical_pattern(kind: Builtin, white_space: WhiteSpace) -> &'static str {
    exact_pattern(kind).unwrap_or(match white_space {
        WhiteSpace::Preserve => r"[\s\S]*",
        WhiteSpace::Replace => r"[^\t\n\r]*",
        WhiteSpace::Collapse => r"(\S+( \S+)*)?",
    })
}
