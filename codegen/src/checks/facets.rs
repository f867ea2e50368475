//! Checks the facets of restricted simple types: whether they apply, contradict each other, or widen the base (Part 2, section 4.3). Literals are
//! checked in `literals`.

use std::borrow::Cow;

use super::Checker;
use crate::codes;
use crate::datatypes::facet::{Comparison, FacetKind, Measure, WhiteSpace};
use crate::datatypes::regex::{Regex, TOO_LARGE};
use crate::diagnostic::Diagnostic;
use crate::literals::{number, variety};
use crate::model::{Builtin, Facet, NamespaceId, Scope, SimpleType, Type, TypeId, Variety};
use crate::spelling::nearest;

impl Checker<'_, '_> {
    /// Checks all rules about the facets of one derivation step.
    pub(super) fn facets(&mut self, simple: &SimpleType, base: TypeId) {
        self.applicable(simple);
        self.fixed(simple, base);
        self.counts(simple, base);
        self.lengths_together(simple, base);
        self.digits_together(simple, base);
        self.white_space_step(simple, base);
        self.bounds_step(simple, base);
        for pattern in &simple.facets.patterns {
            if let Err(why) = Regex::new(&pattern.value) {
                let (what, help) = match why.as_str() {
                    TOO_LARGE => (
                        "cannot be checked",
                        "write a smaller pattern, or replace counts such as `{5000}` within repetitions by `*` or `+`",
                    ),
                    _ => (
                        "is no regular expression",
                        "see Part 2, appendix F, for the language; `^` and `$` are not anchors: a pattern always matches the whole value",
                    ),
                };
                let message = format!("`{}` {what}: {why}", pattern.value);
                self.problems.push(
                    Diagnostic::error(codes::X0215, pattern.span.clone(), message)
                        .violating("src-pattern-value")
                        .on("value")
                        .with_help(help),
                );
            }
        }
        for value in &simple.facets.enumeration {
            if simple.variety == Variety::Atomic(Builtin::Notation) && self.no_notation(value) {
                continue;
            }
            if let Err(why) = self.literals.enumerated(base, value) {
                self.problems.push(
                    Diagnostic::error(codes::X0214, value.span.clone(), format!("the enumeration value cannot occur: {why}"))
                        .violating("enumeration-valid-restriction")
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
        let message = format!("there is no notation `{}`", value.value);
        self.problems
            .push(Diagnostic::error(codes::X0309, value.span.clone(), message).violating("src-resolve").on("value").with_help(help));
        true
    }

    /// Checks that the facets apply to the type (Part 2, section 4.1.5).
    fn applicable(&mut self, simple: &SimpleType) {
        let facets = &simple.facets;
        for (kind, facet) in FacetKind::ALL.iter().filter_map(|kind| Some((kind, facets.get(*kind)?))) {
            if variety(&simple.variety).is_some_and(|variety| !kind.applies_to(variety)) || self.narrows_anything(simple) {
                let name = kind.name();
                let message = format!("`{name}` does not apply to {}", words(&simple.variety));
                self.problems.push(
                    Diagnostic::error(codes::X0212, facet.span.clone(), message)
                        .violating("cos-applicable-facets")
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
    fn inherited(&self, base: TypeId, kind: FacetKind) -> Option<&Facet> {
        self.literals.chain(base).find_map(|(_, s)| s.facets.get(kind))
    }

    /// Returns the facet that applies to a type: its own, or else that of the nearest base that has it.
    fn effective<'s>(&'s self, simple: &'s SimpleType, base: TypeId, kind: FacetKind) -> Option<&'s Facet> {
        simple.facets.get(kind).or_else(|| self.inherited(base, kind))
    }

    /// Reports a facet that is wider than the base allows.
    fn wrong(&mut self, facet: &Facet, message: String, rule: impl Into<Cow<'static, str>>) {
        let help = "a restriction can only narrow: choose a value that the base allows, or another base";
        let problem = Diagnostic::error(codes::X0213, facet.span.clone(), message).violating(rule);
        self.problems.push(problem.on("value").with_help(help));
    }

    /// Checks the numbers in facets against those of the base.
    fn counts(&mut self, simple: &SimpleType, base: TypeId) {
        for (kind, _, comparison, facet) in simple.facets.counts() {
            let Some(old) = self.inherited(base, kind) else { continue };
            let (Some(mine), Some(theirs)) = (number(facet), number(old)) else { continue };
            if !comparison.admits(mine.cmp(&theirs)) {
                let (name, how) = (kind.name(), comparison.violation());
                let message = format!("`{name}` {} {how} that of the base, {}", facet.value, old.value);
                self.wrong(facet, message, format!("{name}-valid-restriction"));
            }
        }
    }

    /// Reports a facet that contradicts another one.
    fn contradicts(&mut self, facet: &Facet, message: String, rule: impl Into<Cow<'static, str>>) {
        let help = "change one of the two; that of a base counts as well";
        let problem = Diagnostic::error(codes::X0213, facet.span.clone(), message).violating(rule);
        self.problems.push(problem.on("value").with_help(help));
    }

    fn fixed(&mut self, simple: &SimpleType, base: TypeId) {
        for (kind, facet) in simple.facets.single() {
            let Some(old) = self.inherited(base, kind).filter(|old| old.fixed) else { continue };
            let same = match (number(facet), number(old)) {
                (Some(a), Some(b)) => a == b,
                _ => facet.value == old.value || self.same_bound(base, facet, old),
            };
            if !same {
                let (name, value, fixed) = (kind.name(), &facet.value, &old.value);
                self.wrong(facet, format!("`{name}` is `{value}`, and the base fixes it as `{fixed}`"), "st-restrict-facets");
            }
        }
    }

    fn same_bound(&self, base: TypeId, a: &Facet, b: &Facet) -> bool {
        matches!((self.literals.bound_value(base, a), self.literals.bound_value(base, b)), (Some(x), Some(y)) if x.equals(&y))
    }

    /// Checks the facets of lengths against each other, including inherited ones.
    fn lengths_together(&mut self, simple: &SimpleType, base: TypeId) {
        let (low, high) = (FacetKind::MinLength, FacetKind::MaxLength);
        if let (Some(least), Some(most)) = (self.effective(simple, base, low), self.effective(simple, base, high))
            && number(least) > number(most)
        {
            let at = simple.facets.get(low).or(simple.facets.get(high)).unwrap_or(least).clone();
            let (least, most) = (&least.value, &most.value);
            let message = format!("`minLength` {least} is greater than `maxLength` {most}");
            self.contradicts(&at, message, "minLength-less-than-equal-to-maxLength");
        }
        self.length_with_others(simple, base);
    }

    /// Checks `length` together with `minLength` or `maxLength` (length-minLength-maxLength).
    fn length_with_others(&mut self, simple: &SimpleType, base: TypeId) {
        let f = &simple.facets;
        let Some(length) = self.effective(simple, base, FacetKind::Length) else { return };
        let Some((.., at)) = f.counts().find(|(_, measure, ..)| *measure == Measure::Length) else { return };
        let others = [(FacetKind::MinLength, Comparison::AtLeast), (FacetKind::MaxLength, Comparison::AtMost)];
        let others = others.map(|(kind, comparison)| (kind, comparison, self.effective(simple, base, kind)));
        // `minLength` and `maxLength` may accompany `length` only if a step without `length` sets them first.
        let fits = |(kind, comparison, other): &(FacetKind, Comparison, Option<&Facet>)| {
            let admits = other.is_none_or(|other| comparison.admits(number(length).cmp(&number(other))));
            admits && (f.get(*kind).is_none() || self.inherited_without_length(base, *kind))
        };
        if !others.iter().all(fits) {
            let others = others.into_iter().filter_map(|(kind, _, facet)| Some(format!("`{}` {}", kind.name(), facet?.value)));
            let others = others.collect::<Vec<_>>().join(" and ");
            let message = format!("`length` {} and {others} exclude each other", length.value);
            self.contradicts(at, message, "length-minLength-maxLength");
        }
    }

    fn inherited_without_length(&self, base: TypeId, kind: FacetKind) -> bool {
        self.literals.chain(base).any(|(_, s)| s.facets.get(kind).is_some() && s.facets.get(FacetKind::Length).is_none())
    }

    /// Checks that there are not more digits after the decimal point than digits, including inherited facets.
    fn digits_together(&mut self, simple: &SimpleType, base: TypeId) {
        let (total, fraction) = (FacetKind::TotalDigits, FacetKind::FractionDigits);
        let Some(at) = simple.facets.get(fraction).or(simple.facets.get(total)) else { return };
        if let (Some(total), Some(fraction)) = (self.effective(simple, base, total), self.effective(simple, base, fraction))
            && number(fraction) > number(total)
        {
            let (fraction, total) = (&fraction.value, &total.value);
            let message = format!("`fractionDigits` {fraction} is greater than `totalDigits` {total}");
            self.contradicts(at, message, "fractionDigits-totalDigits");
        }
    }

    fn white_space_step(&mut self, simple: &SimpleType, base: TypeId) {
        let Some(facet) = simple.facets.get(FacetKind::WhiteSpace) else { return };
        if WhiteSpace::from_name(&facet.value).is_some_and(|space| space < self.literals.white_space(base)) {
            let message = format!("`{}` gives up what the base normalises", facet.value);
            self.wrong(facet, message, "whiteSpace-valid-restriction");
        }
    }

    fn bounds_step(&mut self, simple: &SimpleType, base: TypeId) {
        if !matches!(simple.variety, Variety::Atomic(_)) {
            return;
        }
        for (exclusive, comparison, facet) in simple.facets.bounds() {
            let inclusive = simple.facets.bounds().find(|(other, ..)| exclusive.excludes(*other));
            if let Some((inclusive, ..)) = inclusive.filter(|_| comparison.is_exclusive()) {
                let (value, rule) = (&facet.value, format!("{}-{}", inclusive.name(), exclusive.name()));
                self.contradicts(facet, format!("the exclusive bound `{value}` stands beside an inclusive one"), rule);
            }
        }
        for (kind, comparison, facet) in simple.facets.bounds() {
            self.bound_in_base(kind, comparison, facet, base);
        }
        self.crossed(simple, base);
    }

    /// Checks that a bound is a value of the base, or repeats the exclusive bound of the base.
    fn bound_in_base(&mut self, kind: FacetKind, comparison: Comparison, facet: &Facet, base: TypeId) {
        let name = kind.name();
        let Some(value) = self.literals.bound_value(base, facet) else {
            let message = format!("`{}` is no value of the type it restricts", facet.value);
            self.wrong(facet, message, format!("{name}-valid-restriction"));
            return;
        };
        let repeated = self.inherited(base, kind).filter(|_| comparison.is_exclusive());
        if repeated.is_some_and(|bound| self.literals.bound_value(base, bound).is_some_and(|bound| bound.equals(&value))) {
            return;
        }
        if let Err(why) = self.literals.value(base, &facet.value, &facet.prefixes) {
            self.wrong(facet, format!("the bound is not a value of the base: {why}"), format!("{name}-valid-restriction"));
        }
    }

    /// Checks that no lower bound is above an upper bound, including inherited bounds.
    fn crossed(&mut self, simple: &SimpleType, base: TypeId) {
        let Some((.., at)) = simple.facets.bounds().next() else { return };
        let Some((low_kind, low_comparison, low)) = self.bound_of_side(simple, base, Comparison::is_lower) else { return };
        let Some((high_kind, high_comparison, high)) = self.bound_of_side(simple, base, Comparison::is_upper) else { return };
        let (Some(a), Some(b)) = (self.literals.bound_value(base, low), self.literals.bound_value(base, high)) else { return };
        let mixed = low_comparison.is_exclusive() != high_comparison.is_exclusive();
        if a.compare(&b).is_some_and(|order| order.is_gt() || (order.is_eq() && mixed)) {
            let (low_name, low, high_name, high) = (low_kind.name(), &low.value, high_kind.name(), &high.value);
            let message = format!("`{low_name}` {low} is not below `{high_name}` {high}");
            self.contradicts(at, message, "minInclusive-less-than-equal-to-maxInclusive and its like");
        }
    }

    /// Returns the bound on one side that applies to a type: its own, or else that of the nearest base that has one.
    fn bound_of_side<'s>(
        &'s self,
        simple: &'s SimpleType,
        base: TypeId,
        is_of_side: fn(Comparison) -> bool,
    ) -> Option<(FacetKind, Comparison, &'s Facet)> {
        let steps = std::iter::once(simple).chain(self.literals.chain(base).map(|(_, step)| step));
        steps.into_iter().find_map(|step| step.facets.bounds().find(|(_, comparison, _)| is_of_side(*comparison)))
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
