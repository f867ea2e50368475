//! Converts the facets of simple types to `SimpleType` expressions and to words. `simple` and `native` plan the Rust types.

use std::collections::HashSet;

use super::context::Context;
use super::docs;
use super::simple::{chain, static_of};
use crate::datatypes::facet::{Comparison, Constraint, FacetKind, Measure, WhiteSpace};
use crate::ir::{Facet, FacetValue, Facets, SimpleOf, SimpleType as Expr};
use crate::model::{Builtin, Facet as Said, Literal, Prefixes, SimpleType, Type, TypeId, Variety};

/// Returns the type as an expression with the facets of all derivation steps, the least restrictive first.
pub(super) fn expression(cx: &Context<'_>, id: TypeId) -> Expr {
    let steps = chain(cx, id);
    let name = steps.first().and_then(|(_, ty)| ty.name.as_ref()).filter(|_| steps.first().is_some_and(|(_, t)| t.builtin.is_none()));
    let name = name.map(|name| cx.shown(name));
    let mut facets = Collected::default();
    let mut of = SimpleOf::Builtin(Builtin::AnySimpleType);
    for (id, ty) in &steps {
        if let Some(builtin) = ty.builtin {
            of = SimpleOf::Builtin(builtin);
            break;
        }
        facets.step(cx, ty, cx.model.holds_names(*id));
        match &ty.variety {
            Variety::List(item) => of = SimpleOf::List(Box::new(part(cx, *item))),
            Variety::Union(list) => of = SimpleOf::Union(members(cx, list).into_iter().map(|member| part(cx, member)).collect()),
            _ => {}
        }
        if matches!(ty.variety, Variety::List(_) | Variety::Union(_)) && ty.base.is_none_or(|base| is_ur(cx, base)) {
            break;
        }
    }
    facets.finish(of, name)
}

fn is_ur(cx: &Context<'_>, id: TypeId) -> bool {
    matches!(cx.ty(id), Some(Type::Simple(ty)) if ty.variety == Variety::Ur)
}

/// Returns the members of a union. A nested union without facets can be replaced by its members (Part 2, section 2.5.1.3). This is done where members
/// overlap, so that no type is tried twice: otherwise the work would double with each level of unions that share members.
fn members(cx: &Context<'_>, list: &[TypeId]) -> Vec<TypeId> {
    let (mut out, mut seen, mut opened) = (Vec::new(), HashSet::new(), HashSet::new());
    let mut waiting: Vec<TypeId> = list.iter().rev().copied().collect();
    while let Some(id) = waiting.pop() {
        let leaves = leaves(cx, id);
        if leaves.is_disjoint(&seen) {
            out.push(id);
            seen.extend(leaves);
        } else if let Some(inner) = plain_union(cx, id).filter(|_| opened.insert(id)) {
            waiting.extend(inner.iter().rev());
        }
    }
    out
}

/// Returns the types that a type stands for once unions without facets are replaced by their members.
fn leaves(cx: &Context<'_>, id: TypeId) -> HashSet<TypeId> {
    let (mut leaves, mut seen, mut waiting) = (HashSet::new(), HashSet::new(), vec![id]);
    while let Some(id) = waiting.pop() {
        match plain_union(cx, id) {
            Some(inner) if seen.insert(id) => waiting.extend(inner),
            Some(_) => {}
            None => {
                leaves.insert(id);
            }
        }
    }
    leaves
}

/// Returns the members of a union that has no facets.
fn plain_union<'m>(cx: &Context<'m>, id: TypeId) -> Option<&'m [TypeId]> {
    match cx.ty(id) {
        Some(Type::Simple(ty)) if ty.facets.patterns.is_empty() && ty.facets.enumeration.is_empty() => match &ty.variety {
            Variety::Union(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the facets of a union member or of the item type of a list.
fn part(cx: &Context<'_>, id: TypeId) -> Facets {
    match cx.type_items.get(&id) {
        Some(item) if matches!(static_of(cx, *item, id), Some(Facets::Static(_))) => Facets::Static(*item),
        _ => Facets::Inline(expression(cx, id)),
    }
}

/// The effective facets of a type: the most derived one of each kind, and the patterns of all derivation steps.
#[derive(Default)]
struct Collected {
    list: Vec<Facet>,
    /// The patterns of each derivation step, the most derived first.
    patterns: Vec<Vec<String>>,
}

impl Collected {
    fn step(&mut self, cx: &Context<'_>, ty: &SimpleType, qualified: bool) {
        let said = &ty.facets;
        for (kind, facet) in said.single() {
            self.extend(kind, single(kind, facet));
        }
        if !said.patterns.is_empty() {
            self.patterns.push(values(&said.patterns));
        }
        if !said.enumeration.is_empty() {
            let value = match qualified {
                false => FacetValue::Values(values(&said.enumeration)),
                true => FacetValue::Names(said.enumeration.iter().map(|said| self::qualified(cx, &ty.variety, said)).collect()),
            };
            self.extend(FacetKind::Enumeration, Some(value));
        }
    }

    /// Adds a facet, unless a more derived step has already set it or the other bound of the same side.
    fn extend(&mut self, kind: FacetKind, value: Option<FacetValue>) {
        let is_set = self.list.iter().any(|facet| facet.kind == kind || facet.kind.excludes(kind));
        self.list.extend(value.filter(|_| !is_set).map(|value| Facet { kind, value }));
    }

    /// Builds the expression. Each pattern except the most derived becomes a step of its own, because all of them must match.
    fn finish(mut self, of: SimpleOf, name: Option<String>) -> Expr {
        let mut of = of;
        let mut patterns = self.patterns.into_iter();
        let nearest = patterns.next();
        for pattern in patterns.rev() {
            let space = self.list.iter().find(|facet| facet.kind == FacetKind::WhiteSpace).cloned();
            let facets = space.into_iter().chain([patterned(pattern)]).collect();
            of = SimpleOf::Restriction(Box::new(Expr { of, name: None, facets }));
        }
        self.list.extend(nearest.map(patterned));
        self.list.sort_by_key(|facet| facet.kind);
        Expr { of, name, facets: self.list }
    }
}

fn patterned(patterns: Vec<String>) -> Facet {
    Facet { kind: FacetKind::Pattern, value: FacetValue::Patterns(patterns) }
}

/// Returns the value of a facet that occurs once. A number beyond u64 does not restrict anything that fits into memory.
fn single(kind: FacetKind, facet: &Said) -> Option<FacetValue> {
    match kind.constraint() {
        Constraint::Count(..) => facet.value.trim().trim_start_matches('+').parse().ok().map(FacetValue::Count),
        Constraint::Bound(_) => Some(FacetValue::Bound(facet.value.clone())),
        Constraint::WhiteSpace => WhiteSpace::from_name(facet.value.trim()).map(FacetValue::WhiteSpace),
        Constraint::Pattern | Constraint::Enumeration => None,
    }
}

/// Returns the value with each name as `{namespace}local`. In a union, names also keep their prefixes, because a member may be text.
fn qualified(cx: &Context<'_>, variety: &Variety, said: &Said) -> String {
    if uses_union(cx, variety) {
        return expanded(&said.value, &said.prefixes, |_, word| word.to_owned());
    }
    let name = |word: &str| {
        let (prefix, local) = word.split_once(':').unwrap_or(("", word));
        format!("{{{}}}{local}", said.prefixes.get(prefix).unwrap_or_default())
    };
    said.value.split_ascii_whitespace().map(name).collect::<Vec<_>>().join(" ")
}

/// Returns whether it is a union, or a list with a union as its item type.
fn uses_union(cx: &Context<'_>, variety: &Variety) -> bool {
    match variety {
        Variety::Union(_) => true,
        Variety::List(item) => matches!(cx.ty(*item), Some(Type::Simple(ty)) if matches!(ty.variety, Variety::Union(_))),
        Variety::Atomic(_) | Variety::Ur => false,
    }
}

/// Returns the literal of a value constraint. If the values of the type are qualified names, each is preceded by its namespace and has the prefix of
/// the bindings. In a union, names keep the prefix that is written, because a member may be text.
pub(super) fn literal(cx: &Context<'_>, id: TypeId, said: &Literal) -> String {
    let union = matches!(cx.ty(id), Some(Type::Simple(ty)) if uses_union(cx, &ty.variety));
    match cx.model.holds_names(id) {
        true if union => expanded(&said.text, &said.prefixes, |_, word| word.to_owned()),
        true => expanded(&said.text, &said.prefixes, |uri, word| prefixed(cx, uri, word)),
        false => said.text.clone(),
    }
}

/// Returns a qualified name with the prefix of the bindings for its namespace, or else with the prefix that the namespace would have.
fn prefixed(cx: &Context<'_>, uri: &str, word: &str) -> String {
    let local = word.split_once(':').map_or(word, |(_, local)| local);
    let planned =
        cx.model.namespaces.iter().zip(&cx.namespaces).find(|(namespace, _)| namespace.uri == uri).map(|(_, planned)| &planned.prefix);
    match planned.filter(|prefix| *prefix != "none").cloned().or_else(|| super::namespaces::prefix_of(uri)) {
        Some(prefix) if !uri.is_empty() => format!("{prefix}:{local}"),
        _ => word.to_owned(),
    }
}

/// Puts `{namespace}` before each qualified name whose prefix is bound, and `{}` before any other word that starts with `{`. `spelled` gets the namespace
/// of a name and the name as written.
fn expanded(text: &str, prefixes: &Prefixes, spelled: impl Fn(&str, &str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for run in text.split_inclusive([' ', '\t', '\n', '\r']) {
        let word = run.trim_end_matches([' ', '\t', '\n', '\r']);
        let prefix = word.split_once(':').map_or("", |(prefix, _)| prefix);
        match prefixes.get(prefix).filter(|_| crate::datatypes::names::is_qname(word)) {
            Some(uri) => out.push_str(&format!("{{{}}}{}", uri.replace(' ', "%20"), spelled(uri, word))),
            None if word.starts_with('{') => out.push_str(&format!("{{}}{word}")),
            None => out.push_str(word),
        }
        out.push_str(run.get(word.len()..).unwrap_or_default());
    }
    out
}

fn values(said: &[Said]) -> Vec<String> {
    said.iter().map(|facet| facet.value.clone()).collect()
}

/// Describes facets in words, such as "at most 192 characters, matches `a+`".
pub(crate) fn in_words(expr: &Expr) -> Option<String> {
    let unit = if matches!(expr.of, SimpleOf::List(_)) { "items" } else { "characters" };
    let out: Vec<String> = expr.facets.iter().filter_map(|facet| words(facet, unit)).collect();
    (!out.is_empty()).then(|| out.join(", "))
}

fn words(facet: &Facet, unit: &str) -> Option<String> {
    Some(match (facet.kind.constraint(), &facet.value) {
        (Constraint::Count(measure, comparison), FacetValue::Count(number)) => {
            let unit = match measure {
                Measure::Length => unit,
                Measure::TotalDigits => "digits",
                Measure::FractionDigits => "digits after the point",
            };
            format!("{}{number} {unit}", compared(comparison))
        }
        (Constraint::Bound(comparison), FacetValue::Bound(bound)) => match comparison {
            Comparison::AtLeast => format!("{} or more", docs::code(bound)),
            Comparison::AtMost => format!("{} or less", docs::code(bound)),
            _ => format!("{}{}", compared(comparison), docs::code(bound)),
        },
        (_, FacetValue::Patterns(patterns)) => {
            let patterns: Vec<String> = patterns.iter().map(|p| docs::code(p)).collect();
            format!("matches {}", patterns.join(" or "))
        }
        _ => return None,
    })
}

fn compared(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "",
        Comparison::AtLeast => "at least ",
        Comparison::Above => "more than ",
        Comparison::AtMost => "at most ",
        Comparison::Below => "less than ",
    }
}
