//! Finds the first facet of a simple type that a text violates. The white space of the text is already
//! normalised; lexical forms of built-in types are in `lexical`.

use std::cmp::Ordering;

use xsdgen_datatypes::decimal::Decimal;
use xsdgen_datatypes::{binary, value};

use super::broken::{Broken, Limit};
use super::lexical::{is_literal, matches_pattern, parse};
use super::space::words;
use super::{Builtin, SimpleType, Variety, normalize};

/// Checks a text against a type and all types that it is derived from.
pub(super) fn check<'t>(simple: &SimpleType, text: &'t str) -> Result<(), Broken<'t>> {
    match simple.variety {
        Variety::Atomic(builtin) if !is_literal(builtin, text) => {
            return Err(broken(simple, text, "type", Limit::Builtin(builtin)));
        }
        Variety::Atomic(_) => {}
        Variety::List(item) => words(text).try_for_each(|word| check(item, word))?,
        Variety::Union(members) => member(simple, members, text)?,
        Variety::Restriction(base) => check(base, text)?,
    }
    lengths(simple, text)?;
    digits(simple, text)?;
    range(simple, text)?;
    if let Some(pattern) = simple.pattern.filter(|pattern| !matches_pattern(pattern, text)) {
        return Err(broken(simple, text, "pattern", Limit::Text(pattern)));
    }
    match simple.enumeration {
        Some(values) if !is_listed(simple, values, text) => Err(broken(simple, text, "enumeration", Limit::Values(values))),
        _ => Ok(()),
    }
}

fn broken<'t>(simple: &SimpleType, text: &'t str, facet: &'static str, limit: Limit) -> Broken<'t> {
    Broken { facet, limit, name: simple.name, text }
}

fn member<'t>(simple: &SimpleType, members: &[&SimpleType], text: &'t str) -> Result<(), Broken<'t>> {
    match members.iter().any(|member| member.admits(text)) {
        true => Ok(()),
        false => Err(broken(simple, text, "type", Limit::Members)),
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

fn lengths<'t>(simple: &SimpleType, text: &'t str) -> Result<(), Broken<'t>> {
    if simple.length.is_none() && simple.min_length.is_none() && simple.max_length.is_none() {
        return Ok(());
    }
    // Characters, octets and items are never more than the bytes, and at least one if there are any bytes.
    // These bounds often decide without counting.
    let short = simple.max_length.is_none_or(|most| text.len() as u64 <= most);
    let long = simple.min_length.is_none_or(|least| least <= text.len().min(1) as u64);
    if short && long && simple.length.is_none() {
        return Ok(());
    }
    let length = match builtin(simple) {
        _ if is_list(simple) => words(text).count(),
        Some(Builtin::HexBinary) => binary::hex_length(text).unwrap_or(0),
        Some(Builtin::Base64Binary) => binary::base64_length(text).unwrap_or(0),
        Some(Builtin::QName | Builtin::Notation) => return Ok(()),
        _ => text.chars().count(),
    } as u64;
    let over = |facet, limit: Option<u64>, bad: fn(u64, u64) -> bool| match limit {
        Some(limit) if bad(length, limit) => Err(broken(simple, text, facet, Limit::Number(limit))),
        _ => Ok(()),
    };
    over("length", simple.length, |length, limit| length != limit)?;
    over("minLength", simple.min_length, |length, limit| length < limit)?;
    over("maxLength", simple.max_length, |length, limit| length > limit)
}

fn digits<'t>(simple: &SimpleType, text: &'t str) -> Result<(), Broken<'t>> {
    if simple.total_digits.is_none() && simple.fraction_digits.is_none() {
        return Ok(());
    }
    let Some(value) = Decimal::parse(text) else { return Ok(()) };
    if let Some(limit) = simple.total_digits.filter(|limit| value.total_digits() as u64 > *limit) {
        return Err(broken(simple, text, "totalDigits", Limit::Number(limit)));
    }
    match simple.fraction_digits.filter(|limit| value.fraction_digits() as u64 > *limit) {
        Some(limit) => Err(broken(simple, text, "fractionDigits", Limit::Number(limit))),
        None => Ok(()),
    }
}

fn range<'t>(simple: &SimpleType, text: &'t str) -> Result<(), Broken<'t>> {
    type Holds = fn(Ordering) -> bool;
    let bounds: [(_, Option<&'static str>, Holds); 4] = [
        ("minInclusive", simple.min_inclusive, Ordering::is_ge),
        ("maxInclusive", simple.max_inclusive, Ordering::is_le),
        ("minExclusive", simple.min_exclusive, Ordering::is_gt),
        ("maxExclusive", simple.max_exclusive, Ordering::is_lt),
    ];
    for (facet, bound, holds) in bounds {
        if let Some(bound) = bound
            && compare(simple, text, bound).is_some_and(|order| !order.is_some_and(holds))
        {
            return Err(broken(simple, text, facet, Limit::Text(bound)));
        }
    }
    Ok(())
}

/// Compares two literals. The inner `None` means that they have no order, like `NaN`; the outer `None` means
/// that one of them is not a literal.
fn compare(simple: &SimpleType, one: &str, other: &str) -> Option<Option<Ordering>> {
    value::compare(builtin(simple)?, one, other)
}

/// Returns whether a text is one of the values. Plain text comparison comes first, because most values are
/// spelled as in the schema.
fn is_listed(simple: &SimpleType, values: &[&str], text: &str) -> bool {
    values.contains(&text) || values.iter().any(|value| equal(simple, value, text))
}

/// Returns whether two literals have the same value.
fn equal(simple: &SimpleType, one: &str, other: &str) -> bool {
    let values = || match builtin(simple) {
        Some(Builtin::QName | Builtin::Notation) => None,
        Some(builtin) => Some(parse(builtin, one)?.equals(&parse(builtin, other)?)),
        None => Some(simple.same(one, other)),
    };
    normalize(one, simple.white_space) == other || values().unwrap_or(false)
}
