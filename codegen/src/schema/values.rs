//! Parses the attribute values of schema elements. Invalid values have already been reported by `grammar`, so they are treated as the default here.

use crate::model::{DerivationSet, Max};

/// Splits a text at XML white space.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\n', '\r']).filter(|t| !t.is_empty())
}

/// Strips XML white space from both ends of a text.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

pub(super) fn boolean(text: Option<&str>) -> bool {
    matches!(text.map(trim), Some("true" | "1"))
}

/// Parses `minOccurs`. A number that exceeds `u64` becomes `u64::MAX`.
pub(super) fn min_occurs(text: Option<&str>) -> u64 {
    text.map_or(1, |t| number(trim(t)))
}

/// Parses `maxOccurs`.
pub(super) fn max_occurs(text: Option<&str>) -> Max {
    match text.map(trim) {
        None => Max::Count(1),
        Some("unbounded") => Max::Unbounded,
        Some(t) => Max::Count(number(t)),
    }
}

fn number(text: &str) -> u64 {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let digits = if digits.starts_with('-') { "0" } else { digits };
    digits.parse().unwrap_or(if digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() { u64::MAX } else { 1 })
}

/// Parses `block`, `final` and their defaults. `#all` means all methods in `all`.
pub(super) fn derivations(text: Option<&str>, all: DerivationSet) -> DerivationSet {
    let mut set = DerivationSet::default();
    for token in text.into_iter().flat_map(tokens) {
        match token {
            "#all" => return all,
            "extension" => set.extension = all.extension,
            "restriction" => set.restriction = all.restriction,
            "substitution" => set.substitution = all.substitution,
            "list" => set.list = all.list,
            "union" => set.union = all.union,
            _ => {}
        }
    }
    set
}

/// The methods allowed in `block` of an element.
pub(super) const ELEMENT_BLOCK: DerivationSet =
    DerivationSet { extension: true, restriction: true, substitution: true, list: false, union: false };
/// The methods allowed in `block` and `final` of a complex type and in `final` of an element.
pub(super) const COMPLEX: DerivationSet =
    DerivationSet { extension: true, restriction: true, substitution: false, list: false, union: false };
/// The methods allowed in `final` of a simple type.
pub(super) const SIMPLE_FINAL: DerivationSet =
    DerivationSet { extension: false, restriction: true, substitution: false, list: true, union: true };
