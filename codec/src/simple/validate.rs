//! Finds the first facet of a simple type that a text violates. The white space of the text is already
//! normalised; lexical forms of built-in types are in `lexical`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ptr;

use xsdgen_datatypes::facet::{self, Measure};
use xsdgen_datatypes::{Value, value};

use super::lexical::{is_literal, matches_pattern, parse};
use super::space::words;
use super::violation::{Violated, Violation};
use super::{Builtin, Facet, SimpleType, Variety, normalize};

/// The unions that a text was checked against, and whether they admit it. Unions that share members would otherwise double the work with each
/// level.
#[derive(Debug, Default)]
pub(super) struct Tried(HashMap<*const SimpleType, bool>);

impl Tried {
    /// Returns whether the type admits the text, for which `check` is called at most once if the type is a union.
    pub(super) fn admits(&mut self, simple: &SimpleType, check: impl FnOnce(&mut Self) -> bool) -> bool {
        if !is_union(simple) {
            return check(self);
        }
        if let Some(known) = self.0.get(&ptr::from_ref(simple)) {
            return *known;
        }
        let admits = check(self);
        self.0.insert(ptr::from_ref(simple), admits);
        admits
    }
}

fn is_union(simple: &SimpleType) -> bool {
    match simple.variety {
        Variety::Union(_) => true,
        Variety::Restriction(base) => is_union(base),
        Variety::Atomic(_) | Variety::List(_) => false,
    }
}

/// Checks a text against a type and all types that it is derived from.
pub(super) fn check<'t>(simple: &SimpleType, text: &'t str) -> Result<(), Violation<'t>> {
    check_once(simple, text, &mut Tried::default())
}

fn check_once<'t>(simple: &SimpleType, text: &'t str, tried: &mut Tried) -> Result<(), Violation<'t>> {
    match simple.variety {
        Variety::Atomic(builtin) if !is_literal(builtin, text) => {
            return Err(violation(simple, text, Violated::Builtin(builtin)));
        }
        Variety::Atomic(_) => {}
        Variety::List(item) => words(text).try_for_each(|word| check(item, word))?,
        Variety::Union(members) => member(simple, members, text, tried)?,
        Variety::Restriction(base) => check_once(base, text, tried)?,
    }
    if simple.facets.is_empty() {
        return Ok(());
    }
    match simple.facets.iter().find(|facet| !admits(simple, facet, text)) {
        Some(facet) => Err(violation(simple, text, Violated::Facet(*facet))),
        None => Ok(()),
    }
}

fn violation<'t>(simple: &SimpleType, text: &'t str, facet: Violated) -> Violation<'t> {
    Violation { facet, name: simple.name, text }
}

/// Returns whether a text satisfies a facet.
#[inline]
fn admits(simple: &SimpleType, facet: &Facet, text: &str) -> bool {
    match *facet {
        Facet::Count(_, measure, comparison, limit) => counts(simple, measure, text, |count| comparison.admits(count.cmp(&limit))),
        Facet::Bound(_, comparison, bound) => {
            compare(simple, text, bound).is_none_or(|order| order.is_some_and(|order| comparison.admits(order)))
        }
        Facet::Pattern(pattern) => matches_pattern(pattern, text),
        Facet::Enumeration(values) => is_listed(simple, values, text),
    }
}

fn member<'t>(simple: &SimpleType, members: &[&SimpleType], text: &'t str, tried: &mut Tried) -> Result<(), Violation<'t>> {
    let admits = |member: &&SimpleType| {
        tried.admits(member, |tried| match normalize(text, member.white_space) {
            Cow::Borrowed(text) => check_once(member, text, tried).is_ok(),
            Cow::Owned(text) => check(member, &text).is_ok(),
        })
    };
    match members.iter().any(admits) {
        true => Ok(()),
        false => Err(violation(simple, text, Violated::Members)),
    }
}

/// Returns the built-in type that a type is derived from, or `None` for lists and unions.
fn builtin(simple: &SimpleType) -> Option<Builtin> {
    match simple.variety {
        Variety::Atomic(builtin) => Some(builtin),
        Variety::Restriction(base) => builtin(base),
        Variety::List(_) | Variety::Union(_) => None,
    }
}

fn is_list(simple: &SimpleType) -> bool {
    match simple.variety {
        Variety::List(_) | Variety::Atomic(Builtin::Nmtokens | Builtin::Idrefs | Builtin::Entities) => true,
        Variety::Restriction(base) => is_list(base),
        Variety::Atomic(_) | Variety::Union(_) => false,
    }
}

/// Returns whether the number that is measured of a text is admitted.
#[inline]
fn counts(simple: &SimpleType, measure: Measure, text: &str, admits: impl Fn(u64) -> bool) -> bool {
    // There are never more characters, octets, items or digits than bytes, and a text that is not empty has a length of at
    // least one. These limits often decide without counting.
    let most = text.len() as u64;
    let least = if measure == Measure::Length { most.min(1) } else { 0 };
    admits(least) && admits(most) || measure.of(variety(simple), text).is_none_or(|count| admits(count as u64))
}

/// Returns the variety by which a text is measured.
fn variety(simple: &SimpleType) -> facet::Variety {
    match builtin(simple) {
        _ if is_list(simple) => facet::Variety::List,
        Some(builtin) => facet::Variety::Atomic(builtin),
        None => facet::Variety::Union,
    }
}

/// Compares two literals. The inner `None` means that they have no order, like `NaN`; the outer `None` means
/// that one of them is not a literal.
fn compare(simple: &SimpleType, one: &str, other: &str) -> Option<Option<Ordering>> {
    value::compare(builtin(simple)?, one, other)
}

/// Returns whether a text is one of the values. Plain text comparison comes first, because most values are
/// spelled as in the schema.
fn is_listed(simple: &SimpleType, values: &'static [&'static str], text: &str) -> bool {
    values.contains(&text)
        || values.iter().any(|value| normalize(value, simple.white_space) == text)
        || match builtin(simple) {
            Some(Builtin::QName | Builtin::Notation) => false,
            Some(builtin) => {
                let equals = |own: Value| values.iter().any(|value| parse(builtin, value).is_some_and(|value| value.equals(&own)));
                parse(builtin, text).is_some_and(equals)
            }
            None => simple.same_among(values, text).is_some(),
        }
}
