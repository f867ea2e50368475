//! Proposes literals that one type may admit and another may not. Each is tested by the caller.

use std::collections::HashSet;

use super::facets::{Limits, lexical_pattern};
use super::patterns::length_pattern;
use super::{Literals, Proof, kind, variety};
use crate::compare::inclusion::side::Side;
use crate::datatypes::builtin;
use crate::datatypes::regex::{Inclusion, example};
use crate::model::{Builtin, TypeId, Variety};
use crate::sample::compose::{base64_zeros, beside, counted, plain, spelled};

/// The maximum length of a proposed literal.
const LONGEST: usize = 20_000;

/// The number of values of a type that are proposed because an enumeration may not list them.
const SERIES: usize = 40;

/// The maximum number of literals of which other spellings are proposed.
const RESPELLED: usize = 500;

/// The maximum number of members of unions that are followed.
const MEMBERS: usize = 200;

/// Returns literals of A that B may not admit, and others.
pub(super) fn candidates<'m>(proof: &Proof<'_, 'm>, la: Literals<'m>, lb: Literals<'m>) -> Vec<String> {
    let (own, other) = (parts(proof.a, la.ty), parts(proof.b, lb.ty));
    let mut out = Vec::new();
    for a in &own {
        for b in &other {
            pair(proof, *a, *b, &mut out);
        }
        values(proof.a, *a, &mut out);
    }
    other.iter().for_each(|b| values(proof.b, *b, &mut out));
    out.extend(lb.fixed.map(|fixed| spelled(proof.b.model, lb.ty, &fixed.text, &fixed.prefixes)));
    lists(proof, la.ty, lb.ty, &mut out);
    let spellings: Vec<String> = out.iter().filter(|text| text.len() < 100).take(RESPELLED).flat_map(|text| respelled(text)).collect();
    out.extend(spellings);
    let padded: Vec<String> = out.iter().filter(|text| text.len() < 100).map(|text| format!(" {text}")).collect();
    out.extend(padded);
    out.extend(["", " ", "  a", "a  b", "a\tb", "0", "-1", "a", "a b", "true", "1.5"].map(str::to_owned));
    out
}

/// Returns other literals that may have the same value as a number, as octets, or as a list of these.
fn respelled(text: &str) -> Vec<String> {
    let (first, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
    let mut out = Vec::new();
    if first.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit()) {
        let (sign, digits) = first.split_at(first.len() - first.trim_start_matches(['+', '-']).len());
        out.extend([format!("{sign}0{digits}{rest}"), format!("+{digits}{rest}"), format!("{first}.0{rest}")]);
    }
    if first.chars().all(|c| c.is_ascii_hexdigit()) {
        out.extend([first.to_ascii_uppercase(), first.to_ascii_lowercase()].map(|first| format!("{first}{rest}")));
    }
    out.retain(|other| other != text);
    out
}

/// Returns the atomic types among a type, the members of a union, and the items of a list.
fn parts(side: &Side<'_>, ty: TypeId) -> Vec<TypeId> {
    let (mut out, mut seen, mut todo) = (Vec::new(), HashSet::new(), vec![ty]);
    while let Some(at) = todo.pop().filter(|_| out.len() < MEMBERS) {
        match variety(side, at) {
            _ if !seen.insert(at) => {}
            Variety::Union(members) => todo.extend(members.iter().rev()),
            Variety::List(item) => {
                out.push(at);
                todo.push(*item);
            }
            Variety::Atomic(_) | Variety::Ur => out.push(at),
        }
    }
    out
}

/// Adds literals near the limits of both types, and a text that the patterns of A match and those of B do not.
fn pair(proof: &Proof<'_, '_>, a: TypeId, b: TypeId, out: &mut Vec<String>) {
    for (_, step) in proof.b.literals.chain(b).filter(|(_, step)| !step.facets.patterns.is_empty()) {
        let patterns: Vec<&str> = step.facets.patterns.iter().map(|facet| facet.value.as_str()).collect();
        differing(proof, a, &patterns, out);
    }
    let kind_of_b = kind(proof.b, b);
    if kind_of_b != kind(proof.a, a) {
        differing(proof, a, &[lexical_pattern(kind_of_b, proof.b.literals.white_space(b))], out);
    }
    let limits = Limits::of(proof.b, b);
    if let Some(length) = length_pattern(&limits) {
        differing(proof, a, &[&length], out);
    }
    lengths(kind(proof.a, a), &Limits::of(proof.a, a), &limits, out);
    digits(&limits, out);
}

fn differing(proof: &Proof<'_, '_>, a: TypeId, patterns: &[&str], out: &mut Vec<String>) {
    if let Some(Inclusion::Differs(text)) = proof.language_included(a, patterns) {
        out.push(text);
    }
}

/// Adds the shortest and longest texts of a type, and texts that are too long or too short for the other one.
fn lengths(kind: Builtin, own: &Limits, other: &Limits, out: &mut Vec<String>) {
    let too_short = other.min_length.and_then(|min| min.checked_sub(1));
    let too_long = other.max_length.and_then(|max| max.checked_add(1));
    for length in [too_short, too_long, own.min_length, own.max_length].into_iter().flatten().filter(|length| *length <= LONGEST) {
        out.push(match builtin::primitive(kind) {
            Builtin::HexBinary => "00".repeat(length),
            Builtin::Base64Binary => base64_zeros(length),
            _ => "a".repeat(length),
        });
        out.push("1".repeat(length));
    }
}

/// Adds numbers with too many digits for a type.
fn digits(limits: &Limits, out: &mut Vec<String>) {
    let many = |digits: usize| "1".repeat(digits.min(LONGEST) + 1);
    out.extend(limits.total_digits.map(many));
    out.extend(limits.fraction_digits.map(|digits| format!("0.{}", many(digits))));
}

/// Returns whether the literals of a type may have a time zone.
fn is_moment(kind: Builtin) -> bool {
    use Builtin::{Date, DateTime, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time};
    matches!(kind, DateTime | Time | Date | GYearMonth | GYear | GMonthDay | GDay | GMonth)
}

/// Adds typical values of a type, its bounds and the values next to them, and examples of its patterns.
fn values(side: &Side<'_>, ty: TypeId, out: &mut Vec<String>) {
    let kind = kind(side, ty);
    out.extend(plain(kind, "a", 1));
    out.extend((1..=SERIES).map(|n| counted(kind, n)));
    if is_moment(kind) {
        out.extend(plain(kind, "a", 1).into_iter().map(|text| format!("{text}Z")));
    }
    if builtin::primitive(kind) == Builtin::Decimal {
        out.extend(["+1", "01", "1.0", "-0", "0.1", "-1"].map(str::to_owned));
    }
    if matches!(kind, Builtin::Float | Builtin::Double) {
        out.extend(["1e1", "INF", "NaN", "1e39", "1e300"].map(str::to_owned));
    }
    for (_, step) in side.literals.chain(ty) {
        let limits = step.facets.bounds().map(|(.., facet)| facet.value.as_str());
        out.extend(limits.flat_map(|bound| [bound.to_owned()].into_iter().chain(beside(bound))));
        out.extend(step.facets.patterns.iter().filter_map(|facet| example(&facet.value)));
        let listed = step.facets.enumeration.iter().take(super::MOST_VALUES);
        out.extend(listed.map(|facet| spelled(side.model, ty, &facet.value, &facet.prefixes)));
    }
}

/// Adds lists whose number of items B may not admit.
fn lists(proof: &Proof<'_, '_>, a: TypeId, b: TypeId, out: &mut Vec<String>) {
    let Variety::List(_) = variety(proof.a, a) else { return };
    let (own, other) = (Limits::of(proof.a, a), Limits::of(proof.b, b));
    let lengths = [Some(1), Some(2), own.min_length, own.max_length];
    let beyond = [other.min_length.and_then(|min| min.checked_sub(1)), other.max_length.map(|max| max + 1)];
    let items: Vec<String> =
        out.iter().filter(|text| !text.is_empty() && text.len() < 100 && !text.contains(' ')).take(200).cloned().collect();
    for length in lengths.into_iter().chain(beyond).flatten().filter(|length| *length <= LONGEST / 10) {
        out.extend(items.iter().take(if length > 10 { 10 } else { 200 }).map(|item| vec![item.as_str(); length].join(" ")));
    }
}
