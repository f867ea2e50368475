//! Checks the facets of restricted simple types: whether they apply, contradict each other, or widen the base (Part 2, section 4.3). Literals are
//! checked in `literals`.

use std::cmp::Ordering;

use super::Checker;
use crate::codes;
use crate::datatypes::Regex;
use crate::diagnostic::Diagnostic;
use crate::literals::{Bound, WhiteSpace, bounds, number};
use crate::model::{Builtin, Facet, Facets, NamespaceId, Scope, SimpleType, Type, TypeId, Variety};
use crate::spelling::nearest;

type Slot = fn(&Facets) -> &Option<Facet>;

const SLOTS: [(&str, Slot); 10] = [
    ("length", |f| &f.length),
    ("minLength", |f| &f.min_length),
    ("maxLength", |f| &f.max_length),
    ("minInclusive", |f| &f.min_inclusive),
    ("minExclusive", |f| &f.min_exclusive),
    ("maxInclusive", |f| &f.max_inclusive),
    ("maxExclusive", |f| &f.max_exclusive),
    ("totalDigits", |f| &f.total_digits),
    ("fractionDigits", |f| &f.fraction_digits),
    ("whiteSpace", |f| &f.white_space),
];

impl Checker<'_, '_> {
    /// Checks all rules about the facets of one derivation step.
    pub(super) fn facets(&mut self, simple: &SimpleType, base: TypeId) {
        self.applicable(simple);
        self.fixed(simple, base);
        self.lengths(simple, base);
        self.digits(simple, base);
        self.white_space_step(simple, base);
        self.bounds_step(simple, base);
        for pattern in &simple.facets.patterns {
            if let Err(why) = Regex::new(&pattern.value) {
                let message = format!("`{}` is no regular expression: {why} (src-pattern-value)", pattern.value);
                self.problems.push(Diagnostic::error(codes::X0215, pattern.span.clone(), message).on("value").with_help(
                    "see Part 2, appendix F, for the language; `^` and `$` are not anchors: a pattern always matches the whole value",
                ));
            }
        }
        for value in &simple.facets.enumeration {
            if simple.variety == Variety::Atomic(Builtin::Notation) && self.no_notation(value) {
                continue;
            }
            if let Err(why) = self.literals.enumerated(base, value) {
                self.problems.push(
                    Diagnostic::error(
                        codes::X0214,
                        value.span.clone(),
                        format!("the enumeration value cannot occur: {why} (enumeration-valid-restriction)"),
                    )
                    .on("value")
                    .with_help("remove it, or widen the base type"),
                );
            }
        }
    }

    /// Returns whether a value names a notation that is not declared, and reports it.
    fn no_notation(&mut self, value: &Facet) -> bool {
        let uri = |id: NamespaceId| self.model.namespaces.get(id.index()).map_or("", |n| n.uri.as_str());
        let declared = |(prefix, local): (&str, &str)| {
            let namespace = value.prefixes.get(prefix).unwrap_or_default();
            self.model.notations.iter().any(|n| n.name.local == local && uri(n.name.namespace) == namespace)
        };
        let mut names = value.value.split_ascii_whitespace().map(|name| name.split_once(':').unwrap_or(("", name)));
        let Some((_, local)) = names.find(|name| !declared(*name)) else { return false };
        let near = nearest(local, self.model.notations.iter().map(|n| n.name.local.as_str()));
        let usual = "declare it by `notation` within `schema`";
        let help = near.map_or_else(|| usual.to_owned(), |near| format!("did you mean `{near}`?"));
        let message = format!("there is no notation `{}` (src-resolve)", value.value);
        self.problems.push(Diagnostic::error(codes::X0309, value.span.clone(), message).on("value").with_help(help));
        true
    }

    /// Checks that the facets apply to the type (Part 2, section 4.1.5).
    fn applicable(&mut self, simple: &SimpleType) {
        let facets = &simple.facets;
        let mut present: Vec<(&str, &Facet)> = SLOTS.iter().filter_map(|(n, slot)| slot(facets).as_ref().map(|f| (*n, f))).collect();
        present.extend(facets.patterns.first().map(|f| ("pattern", f)));
        present.extend(facets.enumeration.first().map(|f| ("enumeration", f)));
        for (name, facet) in present {
            if !applies(name, &simple.variety) || self.narrows_anything(simple) {
                let message = format!("`{name}` does not apply to {} (cos-applicable-facets)", words(&simple.variety));
                self.problems.push(
                    Diagnostic::error(codes::X0212, facet.span.clone(), message)
                        .with_help("remove it, or restrict a type that it applies to"),
                );
            }
        }
    }

    /// Returns whether a type is the anonymous type that facets in `simpleContent` derive from `xs:anySimpleType`. In all other cases, a base with
    /// the variety of `xs:anySimpleType` is unknown or already reported.
    fn narrows_anything(&self, simple: &SimpleType) -> bool {
        let Scope::Type(within) = simple.scope else { return false };
        simple.variety == Variety::Ur && matches!(self.ty(within), Some(Type::Complex(_)))
    }

    /// Returns the same facet from the nearest base that has it.
    fn inherited(&self, base: TypeId, slot: Slot) -> Option<Facet> {
        self.literals.chain(base).find_map(|(_, s)| slot(&s.facets).clone())
    }

    /// Reports a facet that is wider than the base allows.
    fn wrong(&mut self, facet: &Facet, message: String) {
        let help = "a restriction can only narrow: choose a value that the base allows, or another base";
        self.problems.push(Diagnostic::error(codes::X0213, facet.span.clone(), message).on("value").with_help(help));
    }

    /// Checks the number in a facet against that of the base.
    fn against_base(&mut self, name: &str, own: &Option<Facet>, base: TypeId, slot: Slot, (how, wrong): (&str, fn(Ordering) -> bool)) {
        let (Some(facet), Some(old)) = (own, self.inherited(base, slot)) else { return };
        let (Some(mine), Some(theirs)) = (number(facet), number(&old)) else { return };
        if mine.partial_cmp(&theirs).is_some_and(wrong) {
            let message = format!("`{name}` {} {how} that of the base, {} ({name}-valid-restriction)", facet.value, old.value);
            self.wrong(facet, message);
        }
    }

    /// Reports a facet that contradicts another one.
    fn contradicts(&mut self, facet: &Facet, message: String) {
        let help = "change one of the two; that of a base counts as well";
        self.problems.push(Diagnostic::error(codes::X0213, facet.span.clone(), message).on("value").with_help(help));
    }

    fn fixed(&mut self, simple: &SimpleType, base: TypeId) {
        for (name, slot) in SLOTS {
            let Some(facet) = slot(&simple.facets) else { continue };
            let Some(old) = self.inherited(base, slot).filter(|o| o.fixed) else { continue };
            let same = match (number(facet), number(&old)) {
                (Some(a), Some(b)) => a == b,
                _ => facet.value == old.value || self.same_bound(base, facet, &old),
            };
            if !same {
                self.wrong(facet, format!("`{name}` is `{}`, and the base fixes it as `{}` (st-restrict-facets)", facet.value, old.value));
            }
        }
    }

    fn same_bound(&self, base: TypeId, a: &Facet, b: &Facet) -> bool {
        matches!((self.literals.bound_value(base, a), self.literals.bound_value(base, b)), (Some(x), Some(y)) if x.equals(&y))
    }

    fn lengths(&mut self, simple: &SimpleType, base: TypeId) {
        let f = &simple.facets;
        let [length, min, max]: [Slot; 3] = [|f| &f.length, |f| &f.min_length, |f| &f.max_length];
        self.against_base("length", &f.length, base, length, ("differs from", Ordering::is_ne));
        self.against_base("minLength", &f.min_length, base, min, ("is less than", Ordering::is_lt));
        self.against_base("maxLength", &f.max_length, base, max, ("is greater than", Ordering::is_gt));
        let effective = |this: &Self, own: &Option<Facet>, slot: Slot| own.clone().or_else(|| this.inherited(base, slot));
        let (length, min, max) =
            (effective(self, &f.length, length), effective(self, &f.min_length, min), effective(self, &f.max_length, max));
        if let (Some(low), Some(high)) = (&min, &max)
            && number(low) > number(high)
        {
            let at = f.min_length.as_ref().or(f.max_length.as_ref()).unwrap_or(low);
            let (low, high) = (&low.value, &high.value);
            let message = format!("`minLength` {low} is greater than `maxLength` {high} (minLength-less-than-equal-to-maxLength)");
            self.contradicts(at, message);
        }
        self.length_with_others(simple, base, length.as_ref(), min.as_ref(), max.as_ref());
    }

    /// Checks `length` together with `minLength` or `maxLength` (length-minLength-maxLength).
    fn length_with_others(&mut self, simple: &SimpleType, base: TypeId, length: Option<&Facet>, min: Option<&Facet>, max: Option<&Facet>) {
        let f = &simple.facets;
        let Some(length) = length else { return };
        let at = f.length.as_ref().or(f.min_length.as_ref()).or(f.max_length.as_ref());
        let Some(at) = at else { return };
        let outside = min.is_some_and(|m| number(m) > number(length)) || max.is_some_and(|m| number(m) < number(length));
        // `minLength` and `maxLength` may accompany `length` only if a step without `length` sets them first.
        let earlier = |own: &Option<Facet>, slot: Slot| own.is_none() || self.inherited_without_length(base, slot);
        let ok = earlier(&f.min_length, |f| &f.min_length) && earlier(&f.max_length, |f| &f.max_length);
        if outside || !ok {
            let others =
                [("minLength", min), ("maxLength", max)].into_iter().filter_map(|(name, facet)| Some(format!("`{name}` {}", facet?.value)));
            let others = others.collect::<Vec<_>>().join(" and ");
            let message = format!("`length` {} and {others} exclude each other (length-minLength-maxLength)", length.value);
            self.contradicts(at, message);
        }
    }

    fn inherited_without_length(&self, base: TypeId, slot: Slot) -> bool {
        self.literals.chain(base).any(|(_, s)| slot(&s.facets).is_some() && s.facets.length.is_none())
    }

    fn digits(&mut self, simple: &SimpleType, base: TypeId) {
        let f = &simple.facets;
        let total: Slot = |f| &f.total_digits;
        let fraction: Slot = |f| &f.fraction_digits;
        for (name, own, slot) in [("totalDigits", &f.total_digits, total), ("fractionDigits", &f.fraction_digits, fraction)] {
            self.against_base(name, own, base, slot, ("is greater than", Ordering::is_gt));
        }
        let total = f.total_digits.clone().or_else(|| self.inherited(base, total));
        let fraction = f.fraction_digits.clone().or_else(|| self.inherited(base, fraction));
        if let (Some(total), Some(fraction)) = (total, fraction)
            && number(&fraction) > number(&total)
            && (f.total_digits.is_some() || f.fraction_digits.is_some())
        {
            let at = f.fraction_digits.as_ref().or(f.total_digits.as_ref()).unwrap_or(&fraction).clone();
            let (fraction, total) = (&fraction.value, &total.value);
            let message = format!("`fractionDigits` {fraction} is greater than `totalDigits` {total} (fractionDigits-totalDigits)");
            self.contradicts(&at, message);
        }
    }

    fn white_space_step(&mut self, simple: &SimpleType, base: TypeId) {
        let Some(facet) = &simple.facets.white_space else { return };
        if WhiteSpace::of(&facet.value) < self.literals.white_space(base) {
            let message = format!("`{}` gives up what the base normalises (whiteSpace-valid-restriction)", facet.value);
            self.wrong(facet, message);
        }
    }

    fn bounds_step(&mut self, simple: &SimpleType, base: TypeId) {
        let own: Vec<(Bound, Facet)> = bounds(simple).map(|(b, f)| (b, f.clone())).collect();
        if own.is_empty() || !matches!(simple.variety, Variety::Atomic(_)) {
            return;
        }
        for (a, b) in [(Bound::MinInclusive, Bound::MinExclusive), (Bound::MaxInclusive, Bound::MaxExclusive)] {
            if own.iter().any(|(k, _)| *k == a)
                && let Some((_, facet)) = own.iter().find(|(k, _)| *k == b)
            {
                let rule = if a == Bound::MinInclusive { "minInclusive-minExclusive" } else { "maxInclusive-maxExclusive" };
                let value = &facet.value;
                self.contradicts(facet, format!("the exclusive bound `{value}` stands beside an inclusive one ({rule})"));
            }
        }
        for (kind, facet) in &own {
            self.bound_in_base(*kind, facet, base);
        }
        self.crossed(&own, base);
    }

    /// Checks that a bound is a value of the base, or repeats the exclusive bound of the base.
    fn bound_in_base(&mut self, kind: Bound, facet: &Facet, base: TypeId) {
        let Some(value) = self.literals.bound_value(base, facet) else {
            let message = format!("`{}` is no value of the type it restricts ({}-valid-restriction)", facet.value, kind.name());
            self.wrong(facet, message);
            return;
        };
        let repeats = match kind {
            Bound::MinExclusive => self.inherited(base, |f| &f.min_exclusive),
            Bound::MaxExclusive => self.inherited(base, |f| &f.max_exclusive),
            _ => None,
        };
        if repeats.is_some_and(|r| self.literals.bound_value(base, &r).is_some_and(|v| v.equals(&value))) {
            return;
        }
        if let Err(why) = self.literals.value(base, &facet.value, &facet.prefixes) {
            self.wrong(facet, format!("the bound is not a value of the base: {why} ({}-valid-restriction)", kind.name()));
        }
    }

    /// Checks that no lower bound is above an upper bound, including inherited bounds.
    fn crossed(&mut self, own: &[(Bound, Facet)], base: TypeId) {
        let get = |this: &Self, a: Bound, b: Bound, slots: [Slot; 2]| {
            let mine = own.iter().find(|(k, _)| *k == a || *k == b).cloned();
            mine.or_else(|| {
                this.literals.chain(base).find_map(|(_, s)| {
                    let [first, second] = slots;
                    first(&s.facets).clone().map(|f| (a, f)).or_else(|| second(&s.facets).clone().map(|f| (b, f)))
                })
            })
        };
        let low = get(self, Bound::MinInclusive, Bound::MinExclusive, [|f| &f.min_inclusive, |f| &f.min_exclusive]);
        let high = get(self, Bound::MaxInclusive, Bound::MaxExclusive, [|f| &f.max_inclusive, |f| &f.max_exclusive]);
        let (Some((low_kind, low)), Some((high_kind, high))) = (low, high) else { return };
        let (Some(a), Some(b)) = (self.literals.bound_value(base, &low), self.literals.bound_value(base, &high)) else { return };
        let mixed = (low_kind == Bound::MinInclusive) != (high_kind == Bound::MaxInclusive);
        let wrong = match a.compare(&b) {
            Some(order) => order.is_gt() || (order.is_eq() && mixed),
            None => false,
        };
        if wrong {
            let at = own.first().map_or_else(|| low.clone(), |(_, f)| f.clone());
            let (low_name, low, high_name, high) = (low_kind.name(), &low.value, high_kind.name(), &high.value);
            let message =
                format!("`{low_name}` {low} is not below `{high_name}` {high} (minInclusive-less-than-equal-to-maxInclusive and its like)");
            self.contradicts(&at, message);
        }
    }
}

fn applies(facet: &str, variety: &Variety) -> bool {
    let length = matches!(facet, "length" | "minLength" | "maxLength");
    match variety {
        // The base is unknown or has already been reported.
        Variety::Ur => true,
        Variety::List(_) => length || matches!(facet, "pattern" | "enumeration" | "whiteSpace"),
        Variety::Union(_) => matches!(facet, "pattern" | "enumeration"),
        Variety::Atomic(primitive) => match primitive {
            Builtin::String | Builtin::HexBinary | Builtin::Base64Binary | Builtin::AnyUri | Builtin::QName | Builtin::Notation => {
                length || matches!(facet, "pattern" | "enumeration" | "whiteSpace")
            }
            Builtin::Boolean => matches!(facet, "pattern" | "whiteSpace"),
            Builtin::Decimal => !length,
            _ => !length && !matches!(facet, "totalDigits" | "fractionDigits"),
        },
    }
}

fn words(variety: &Variety) -> String {
    match variety {
        Variety::Ur => "`xs:anySimpleType`".to_owned(),
        Variety::List(_) => "lists".to_owned(),
        Variety::Union(_) => "unions".to_owned(),
        Variety::Atomic(primitive) => format!("types derived from `xs:{}`", crate::datatypes::builtin::name(*primitive)),
    }
}
