//! Names the facets that fields refer to: each set of facets is written once per file, under a name derived from its contents.
//!
//! The name depends only on the facets, so that a new field does not change the names of others.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use heck::ToShoutySnakeCase;

use super::context::Context;
use super::features::file_of;
use super::letters::{self, Case};
use super::recursion::fields_mut;
use super::words;
use crate::datatypes::builtin;
use crate::fnv::fnv1a;
use crate::ir::{Facet, FacetValue, Facets, ItemKind, ModuleId, NamedFacets, ROOT, RustIr, SimpleOf, SimpleType};

/// The maximum length of a name that contains every facet. Longer names are shortened with a hash.
const LONGEST: usize = 64;

/// The sets of facets of each file, by their contents as text.
type Sets = BTreeMap<ModuleId, BTreeMap<String, SimpleType>>;

/// Moves all facets written in place to statics of their file, and names them.
pub(super) fn plan(cx: &mut Context<'_>) {
    let paths: Vec<String> = (0..cx.ir.items.len()).map(|at| path(&cx.ir, at)).collect();
    let mut sets = Sets::new();
    visit(&mut cx.ir, &mut |file, facets| {
        if let Facets::Inline(definition) = facets {
            let said = text(definition, &paths);
            let named = Facets::Named(said.clone());
            if let Facets::Inline(definition) = std::mem::replace(facets, named) {
                sets.entry(file).or_default().entry(said).or_insert(definition);
            }
        }
    });
    let names = stated(cx, sets, &paths);
    visit(&mut cx.ir, &mut |file, facets| {
        if let Facets::Named(said) = facets
            && let Some(name) = names.get(&file).and_then(|names| names.get(said))
        {
            said.clone_from(name);
        }
    });
}

/// Adds the sets to their files, and returns their names.
fn stated(cx: &mut Context<'_>, sets: Sets, paths: &[String]) -> BTreeMap<ModuleId, BTreeMap<String, String>> {
    let mut names: BTreeMap<ModuleId, BTreeMap<String, String>> = BTreeMap::new();
    for (file, sets) in sets {
        let mut scope = std::mem::take(cx.statics(file));
        if file == ROOT {
            scope.take(&["RULES".to_owned()], "_");
            scope.take(&["OPERATIONS".to_owned()], "_");
        }
        let Some(module) = cx.ir.modules.get_mut(file.index()) else { continue };
        for (said, definition) in sets {
            let name = scope.take(&[name(&definition, paths)], "_");
            names.entry(file).or_default().insert(said, name.clone());
            module.facets.push(NamedFacets { docs: Vec::new(), name, definition, features: Vec::new() });
        }
        module.facets.sort_by(|one, other| one.name.cmp(&other.name));
    }
    names
}

/// Visits the facets of all fields and rules, each with the file it is written in.
fn visit(ir: &mut RustIr, each: &mut impl FnMut(ModuleId, &mut Facets)) {
    let files: Vec<ModuleId> = ir.items.iter().map(|item| file_of(ir, item.module)).collect();
    for (item, file) in ir.items.iter_mut().zip(files) {
        fields_mut(item).filter_map(|field| field.facets.as_mut()).for_each(|facets| each(file, facets));
    }
    let rules = &mut ir.root.rules;
    let documents = ir.root.document.iter_mut().filter_map(|variant| variant.field.facets.as_mut());
    let attributes = rules.attributes.iter_mut().map(|attribute| &mut attribute.facets);
    let types = rules.types.iter_mut().filter_map(|ty| ty.facets.as_mut());
    documents.chain(attributes).chain(types).for_each(|facets| each(ROOT, facets));
}

/// Returns the path of the static of an alias or a union.
fn path(ir: &RustIr, item: usize) -> String {
    let Some(item) = ir.items.get(item) else { return String::new() };
    let name = match &item.kind {
        ItemKind::Alias(alias) => alias.facets.as_ref().map(|facets| facets.name.as_str()),
        ItemKind::Union(planned) => Some(planned.facets.name.as_str()),
        _ => None,
    };
    let Some(mut out) = name.map(str::to_owned) else { return String::new() };
    let mut at = item.module;
    while let Some(module) = ir.modules.get(at.index()).filter(|_| at != ROOT) {
        out = format!("{}::{out}", module.name);
        at = module.parent;
    }
    out
}

/// Returns a text that identifies the contents of a simple type uniquely.
fn text(simple: &SimpleType, paths: &[String]) -> String {
    let mut out = match &simple.of {
        SimpleOf::Builtin(builtin) => builtin::name(*builtin).to_owned(),
        SimpleOf::List(item) => format!("list({})", text_of(item, paths)),
        SimpleOf::Union(members) => format!("union({})", members.iter().map(|it| text_of(it, paths)).collect::<Vec<_>>().join("\u{1f}")),
        SimpleOf::Restriction(base) => format!("({})", text(base, paths)),
    };
    if let Some(name) = &simple.name {
        _ = write!(out, "={name}");
    }
    for facet in &simple.facets {
        _ = write!(out, " {}", word(facet, |texts| texts.join("\u{1e}")));
    }
    out
}

fn text_of(facets: &Facets, paths: &[String]) -> String {
    match facets {
        Facets::Static(id) => paths.get(id.index()).cloned().unwrap_or_default(),
        Facets::Named(name) => name.clone(),
        Facets::Inline(simple) => text(simple, paths),
    }
}

/// Returns the name of a static: that of the schema type, or else its base and its facets. Facets with text values are identified by a hash.
fn name(simple: &SimpleType, paths: &[String]) -> String {
    if let Some(name) = &simple.name {
        let shouty = letters::spell(&name.to_shouty_snake_case(), Case::Shouty);
        return words::identifier(&shouty, "T", "UNNAMED");
    }
    let base = base(simple, paths);
    let facets: String = simple.facets.iter().map(|facet| format!("_{}", word(facet, |texts| hash(&texts.join("\u{1e}"))))).collect();
    if base.len() + facets.len() > LONGEST { format!("{base}_{}", hash(&text(simple, paths))) } else { base + &facets }
}

/// Returns the name of the base that the facets restrict.
fn base(simple: &SimpleType, paths: &[String]) -> String {
    match &simple.of {
        SimpleOf::Builtin(builtin) => builtin::name(*builtin).to_shouty_snake_case(),
        SimpleOf::List(item) => format!("LIST_{}", hash(&text_of(item, paths))),
        SimpleOf::Union(_) => format!("UNION_{}", hash(&text(simple, paths))),
        SimpleOf::Restriction(base) => name(base, paths),
    }
}

/// Returns the name and value of a facet; `texts` makes a word of text values.
fn word(facet: &Facet, texts: impl Fn(&[String]) -> String) -> String {
    let value = match &facet.value {
        FacetValue::WhiteSpace(space) => format!("{space:?}").to_shouty_snake_case(),
        FacetValue::Count(number) => number.to_string(),
        FacetValue::Bound(bound) => integer(bound).unwrap_or_else(|| texts(std::slice::from_ref(bound))),
        FacetValue::Patterns(list) | FacetValue::Values(list) | FacetValue::Names(list) => texts(list),
    };
    let kind = match facet.value {
        FacetValue::Names(_) => "NAMES".to_owned(),
        _ => facet.kind.name().to_shouty_snake_case(),
    };
    format!("{kind}_{value}")
}

/// Returns an integer as part of a name.
fn integer(literal: &str) -> Option<String> {
    let digits = literal.strip_prefix('-').unwrap_or(literal);
    let fits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| if digits.len() < literal.len() { format!("MINUS_{digits}") } else { digits.to_owned() })
}

/// Returns six hexadecimal digits that depend only on the text (FNV-1a, folded).
fn hash(text: &str) -> String {
    let hash = fnv1a(text.bytes());
    format!("{:06X}", (hash ^ (hash >> 24) ^ (hash >> 48)) & 0x00ff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datatypes::{FacetKind, WhiteSpace};
    use crate::model::Builtin;

    fn simple(of: SimpleOf, facets: Vec<Facet>) -> SimpleType {
        SimpleType { of, name: None, facets }
    }

    fn count(kind: FacetKind, number: u64) -> Facet {
        Facet { kind, value: FacetValue::Count(number) }
    }

    fn bound(kind: FacetKind, literal: &str) -> Facet {
        Facet { kind, value: FacetValue::Bound(literal.to_owned()) }
    }

    fn matching(pattern: &str) -> Facet {
        Facet { kind: FacetKind::Pattern, value: FacetValue::Patterns(vec![pattern.to_owned()]) }
    }

    fn named(builtin: Builtin, facets: Vec<Facet>) -> String {
        name(&simple(SimpleOf::Builtin(builtin), facets), &[])
    }

    #[test]
    fn names_say_what_the_facets_do() {
        assert_eq!(named(Builtin::String, vec![count(FacetKind::MaxLength, 128)]), "STRING_MAX_LENGTH_128");
        assert_eq!(named(Builtin::NonNegativeInteger, Vec::new()), "NON_NEGATIVE_INTEGER");
        assert_eq!(named(Builtin::Integer, vec![bound(FacetKind::MinInclusive, "-1")]), "INTEGER_MIN_INCLUSIVE_MINUS_1");
        let collapse = Facet { kind: FacetKind::WhiteSpace, value: FacetValue::WhiteSpace(WhiteSpace::Collapse) };
        let both = vec![collapse, count(FacetKind::MinLength, 1), count(FacetKind::MaxLength, 9)];
        assert_eq!(named(Builtin::Token, both), "TOKEN_WHITE_SPACE_COLLAPSE_MIN_LENGTH_1_MAX_LENGTH_9");
        let schema = SimpleType { name: Some("ep:emailType".to_owned()), ..simple(SimpleOf::Builtin(Builtin::String), Vec::new()) };
        assert_eq!(name(&schema, &[]), "EP_EMAIL_TYPE");
    }

    #[test]
    fn texts_are_told_by_a_hash() {
        let pattern = |text: &str| named(Builtin::String, vec![matching(text)]);
        assert_eq!(pattern("a+"), "STRING_PATTERN_B810EB");
        assert_ne!(pattern("a+"), pattern("a*"));
        let step = simple(SimpleOf::Builtin(Builtin::String), vec![matching("a+")]);
        let steps = simple(SimpleOf::Restriction(Box::new(step)), vec![count(FacetKind::MaxLength, 5)]);
        assert_eq!(name(&steps, &[]), "STRING_PATTERN_B810EB_MAX_LENGTH_5");
        let long = vec![bound(FacetKind::MinInclusive, &"1".repeat(40)), bound(FacetKind::MaxInclusive, &"2".repeat(40))];
        assert_eq!(named(Builtin::Integer, long).len(), "INTEGER_".len() + 6);
    }
}
