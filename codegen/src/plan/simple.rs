//! Plans the Rust types of simple types, and the items of enumerations and aliases.
//!
//! `native` maps built-in types, `expression` plans facets, `places` decides where items are written, and `fields` applies the settings for elements
//! and attributes.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::docs;
use super::expression::{expression, in_words};
use super::letters::{self, Case};
use super::locked::Wanted;
use super::members::MemberNames;
use super::names;
use super::native::{bounded, given, says_nothing, scalar};
use super::places;
use super::{unions, values, words};
use crate::ir::{Alias, CodecType, Enumeration, EnumerationValue, Facets, ItemId, ItemKind, NamedFacets, SimpleOf, SimpleType as Expr, Ty};
use crate::lock::Form;
use crate::model::path::{ComponentPath, Step};
use crate::model::{Builtin, SimpleType, Type, TypeId, Variety};

/// The number of values above which an enumeration is large: the derive then avoids matches over all of them, which take the compiler quadratic time.
const LARGE: usize = 1000;

/// The maximum length of a chain of derivations that is followed.
const LONGEST: usize = 2000;

/// The Rust type and the facets for a use of a simple type.
#[derive(Debug, Clone)]
pub(super) struct Used {
    pub(super) ty: Ty,
    pub(super) facets: Option<Facets>,
}

/// Returns the type and the types it restricts, starting with itself.
pub(super) fn chain<'m>(cx: &Context<'m>, id: TypeId) -> Vec<(TypeId, &'m SimpleType)> {
    let mut out = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next {
        let Some(Type::Simple(ty)) = cx.ty(id) else { break };
        out.push((id, ty));
        next = if out.len() < LONGEST { ty.base } else { None };
    }
    out
}

/// Returns whether the type itself lists values that make it a Rust enumeration.
pub(super) fn enumerates(cx: &Context<'_>, id: TypeId) -> bool {
    let Some(Type::Simple(ty)) = cx.ty(id) else { return false };
    if ty.facets.enumeration.is_empty() {
        return false;
    }
    match ty.variety {
        Variety::Atomic(Builtin::String | Builtin::AnyUri) => true,
        Variety::Atomic(Builtin::Decimal) => builtin(cx, id) != Builtin::Decimal,
        _ => false,
    }
}

/// Returns the built-in type that the type is or restricts.
pub(super) fn builtin(cx: &Context<'_>, id: TypeId) -> Builtin {
    chain(cx, id).iter().find_map(|(_, ty)| ty.builtin).unwrap_or(Builtin::AnySimpleType)
}

/// Returns the Rust type and the facets for a use of the type.
pub(super) fn used(cx: &Context<'_>, id: TypeId) -> Used {
    if let Some(item) = cx.type_items.get(&id).copied() {
        if let Some(ty) = replaced(cx, id) {
            return Used { ty, facets: static_of(cx, item, id) };
        }
        return Used { ty: Ty::Item(item), facets: static_of(cx, item, id) };
    }
    let (ty, facets) = (underlying(cx, id), expression(cx, id));
    let told = says_nothing(&ty, &facets);
    Used { ty, facets: (!told).then_some(Facets::Inline(facets)) }
}

/// Returns a use of the type with a Rust type that the settings give. That type may check less than the type's own, so facets are added if needed.
pub(super) fn mapped(cx: &Context<'_>, id: TypeId, path: &str) -> Used {
    let (ty, used) = (given(path), used(cx, id));
    let facets = used.facets.or_else(|| {
        let facets = expression(cx, id);
        (!says_nothing(&ty, &facets)).then_some(Facets::Inline(facets))
    });
    Used { ty, facets }
}

/// Returns the type that the settings give instead of this one: a secret, a path, or a value type.
pub(super) fn replaced(cx: &Context<'_>, id: TypeId) -> Option<Ty> {
    let path = cx.type_path(id);
    if cx.rules.secrets.find(&[&path]).is_some() {
        return Some(Ty::Codec(CodecType::Secret));
    }
    cx.rules.types.find(&[&path]).map(|path| given(path)).or_else(|| values::of_type(cx, &path))
}

/// Returns the Rust type that represents the type, ignoring its name.
pub(super) fn underlying(cx: &Context<'_>, id: TypeId) -> Ty {
    let steps = chain(cx, id);
    let native = natural(cx, &steps);
    // Patterns and enumerations apply to the text, and a number would be written without its leading zeros.
    let of_text = |ty: &SimpleType| !ty.facets.patterns.is_empty() || !ty.facets.enumeration.is_empty();
    match native {
        list @ Ty::List(_) if cx.model.holds_names(id) => list, // its prefixes have a meaning
        Ty::Scalar(_) | Ty::Codec(CodecType::Integer) | Ty::List(_) if steps.iter().any(|(_, ty)| of_text(ty)) => Ty::STRING,
        Ty::Codec(CodecType::HexBinary | CodecType::Base64Binary) if steps.iter().any(|(_, ty)| !ty.facets.patterns.is_empty()) => {
            Ty::STRING
        }
        Ty::Item(_) if unions::is_of_text(cx, &steps) => Ty::STRING,
        other => other,
    }
}

fn natural(cx: &Context<'_>, steps: &[(TypeId, &SimpleType)]) -> Ty {
    for &(step, ty) in steps {
        if let Some(ty) = replaced(cx, step) {
            return ty;
        }
        if let Some(builtin) = ty.builtin {
            return match scalar(builtin) {
                Ty::Codec(CodecType::Integer) => bounded(steps, builtin),
                other => other,
            };
        }
        if enumerates(cx, step)
            && let Some(item) = cx.type_items.get(&step)
        {
            return Ty::Item(*item);
        }
        let derived = ty.base.and_then(|base| match cx.ty(base) {
            Some(Type::Simple(base)) => Some(base.variety != Variety::Ur),
            _ => None,
        });
        match &ty.variety {
            Variety::List(item) if derived != Some(true) => return Ty::List(Box::new(used(cx, *item).ty)),
            Variety::Union(_) if derived != Some(true) => {
                let item = cx.type_items.get(&step).filter(|_| unions::unites(cx, step));
                return item.map_or(Ty::STRING, |item| Ty::Item(*item));
            }
            _ => {}
        }
    }
    Ty::STRING
}

/// Returns the facets of an item: the static of an alias. An enumeration checks itself and only needs the white space handling of its base.
pub(super) fn static_of(cx: &Context<'_>, item: ItemId, id: TypeId) -> Option<Facets> {
    if enumerates(cx, id) || matches!(underlying(cx, id), Ty::Item(_)) && !unions::is_union(cx, id) {
        let builtin = builtin(cx, id);
        let plain = Expr { of: SimpleOf::Builtin(builtin), name: None, facets: Vec::new() };
        return (builtin != Builtin::String).then_some(Facets::Inline(plain));
    }
    // Lists and unions always have facets to check. Examining their parts here would double the work at each level of nested unions.
    let composed = matches!(cx.ty(id), Some(Type::Simple(ty)) if matches!(ty.variety, Variety::List(_) | Variety::Union(_)));
    (composed || !says_nothing(&underlying(cx, id), &expression(cx, id))).then_some(Facets::Static(item))
}

/// Fills the items of all simple types.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut items: Vec<(TypeId, ItemId)> = cx.type_items.iter().map(|(ty, item)| (*ty, *item)).collect();
    items.sort_by_key(|(_, item)| *item);
    for (id, item) in items {
        if let Some(Type::Simple(ty)) = cx.ty(id).filter(|_| !cx.shared.contains_key(&id)) {
            let path = cx.type_path(id);
            let kind = match () {
                () if enumerates(cx, id) => enumeration(cx, ty, &path, item),
                () if unions::unites(cx, id) => unions::union(cx, id, item),
                () => alias(cx, id, item),
            };
            let mut docs = described(cx, ty, &path, &kind);
            cx.add_since(&mut docs, &[&path]);
            let derives = match &kind {
                ItemKind::Enumeration(planned) if planned.large => derives(cx, &path, &["PartialEq", "Eq", "Hash"], &["Debug", "Clone"]),
                ItemKind::Enumeration(_) => derives(cx, &path, &["Debug", "Clone", "PartialEq", "Eq", "Hash"], &[]),
                ItemKind::Union(_) => derives(cx, &path, &["Debug", "Clone", "PartialEq"], &[]),
                _ => Vec::new(),
            };
            if let Some(item) = cx.item_mut(item) {
                (item.kind, item.docs, item.derives) = (kind, docs, derives);
            }
        }
    }
}

/// Returns the derives of an item: the given ones and those of the settings, except those that the codec's macros implement.
pub(super) fn derives(cx: &Context<'_>, path: &ComponentPath, own: &[&str], implemented: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = own.iter().map(|d| (*d).to_owned()).collect();
    for derive in cx.rules.derives.all(&[path]).into_iter().flatten() {
        if !out.contains(derive) && !implemented.contains(&derive.as_str()) {
            out.push(derive.clone());
        }
    }
    out
}

/// Returns the documentation of a type: its own, or else that of its element or attribute, or else its name; followed by its facets in words.
fn described(cx: &Context<'_>, ty: &SimpleType, path: &ComponentPath, kind: &ItemKind) -> Vec<String> {
    let mut out = cx.documentation(&ty.docs);
    if out.is_empty() {
        out = cx.documentation_of_owner(&ty.scope);
    }
    if out.is_empty() {
        out.push(docs::code(&path.shown()));
    }
    if let ItemKind::Alias(Alias { facets: Some(facets), .. }) = kind
        && cx.settings.docs.facets
        && let Some(said) = in_words(&facets.definition)
    {
        match out.first_mut() {
            Some(first) if out_is_name(first, path) => *first = format!("{first}: {said}."),
            _ => out.push(format!("{}.", capital(&said))),
        }
    }
    out
}

fn out_is_name(first: &str, path: &ComponentPath) -> bool {
    first == docs::code(&path.shown())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn alias(cx: &mut Context<'_>, id: TypeId, item: ItemId) -> ItemKind {
    let ty = replaced(cx, id).unwrap_or_else(|| underlying(cx, id));
    let has_static = matches!(static_of(cx, item, id), Some(Facets::Static(_)));
    let facets = has_static.then(|| NamedFacets {
        docs: docs_of_static(cx, item),
        name: static_name(cx, item),
        definition: expression(cx, id),
        features: Vec::new(),
    });
    ItemKind::Alias(Alias { ty, facets })
}

/// Returns the documentation of the static of an item.
pub(super) fn docs_of_static(cx: &Context<'_>, item: ItemId) -> Vec<String> {
    cx.item(item).map(|item| format!("Facets of {}.", docs::code(&item.component))).into_iter().collect()
}

/// Returns the name of the static for the facets of an item: `EMAIL_TYPE` for `Email`. If `EmailType` exists too, its static is `EMAIL_TYPE_TYPE`.
pub(super) fn static_name(cx: &mut Context<'_>, item: ItemId) -> String {
    let Some(found) = cx.item(item) else { return String::new() };
    let (module, wanted, path) = (found.module, statics(&found.name, "TYPE"), found.path.clone());
    match path {
        Some(path) => cx.claim_static(module, &path, &wanted),
        None => cx.statics(module).take(&wanted, "_"),
    }
}

/// Returns the name of the private static for the content model of an item.
pub(super) fn model_name(cx: &mut Context<'_>, item: ItemId) -> String {
    let Some(found) = cx.item(item) else { return String::new() };
    let (module, wanted) = (found.module, statics(&found.name, "MODEL"));
    cx.statics(module).take(&wanted, "_")
}

/// Returns the names of a static, the best first.
fn statics(name: &str, word: &str) -> [String; 2] {
    let short = name.strip_suffix("Type").filter(|n| !n.is_empty()).unwrap_or(name);
    [short, name].map(|name| letters::spell(&format!("{}_{word}", heck::ToShoutySnakeCase::to_shouty_snake_case(name)), Case::Shouty))
}

fn enumeration(cx: &mut Context<'_>, ty: &SimpleType, path: &ComponentPath, item: ItemId) -> ItemKind {
    let wire = cx.wire_of(ty.name.as_ref(), &ty.scope);
    let container = cx.item(item).and_then(|item| item.path.clone()).unwrap_or_else(|| path.clone());
    let mut names = MemberNames::new(cx, Some(container.clone()), Form::Variant, &["Other", "VALUES"]);
    let mut seen = BTreeSet::new();
    let mut variants = Vec::new();
    let signed = words::signed(ty.facets.enumeration.iter().map(|facet| facet.value.as_str()));
    let mut folded: BTreeMap<String, usize> = BTreeMap::new();
    for value in ty.facets.enumeration.iter().map(|facet| facet.value.as_str()).collect::<BTreeSet<_>>() {
        *folded.entry(letters_and_digits(value)).or_default() += 1;
    }
    let alike = |value: &str| folded.get(&letters_and_digits(value)).is_some_and(|values| *values > 1);
    for facet in ty.facets.enumeration.iter().filter(|facet| seen.insert(facet.value.as_str())) {
        let way = path.child(Step::Value(facet.value.clone()));
        let wanted = variant_names(cx, &way, &facet.value, &signed);
        let (name, own) = names.give(cx, &container.child(Step::Value(facet.value.clone())), &wanted);
        let mut described = cx.documentation(&facet.docs);
        if !tells(&name, &facet.value) || alike(&facet.value) {
            described.insert(0, docs::code(&facet.value));
        }
        cx.add_since(&mut described, &[&way]);
        variants.push(EnumerationValue { docs: described, attributes: Vec::new(), name, value: facet.value.clone(), path: Some(own) });
    }
    ItemKind::Enumeration(Enumeration { wire, large: variants.len() > LARGE, variants })
}

/// Returns whether the name of a variant is the obvious one for the value: the same letters and digits, apart from word separators.
fn tells(name: &str, value: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphanumeric);
    value.split([' ', '-', '_']).all(word) && letters_and_digits(name) == letters_and_digits(value)
}

/// Returns the letters and digits of a text, in lower case.
fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the wanted names for a variant: that of the settings, or else the words of the value. Very long values are cut.
fn variant_names(cx: &mut Context<'_>, path: &ComponentPath, value: &str, signed: &BTreeSet<&str>) -> Wanted {
    if let Some(wanted) = places::renamed(cx, &[path]) {
        return wanted;
    }
    let mut found = cx.lexicon.value(value, signed);
    while found.len() > 1 && found.iter().map(String::len).sum::<usize>() > 64 {
        found.pop();
    }
    let name = names::variant(&words::camel(&found));
    Wanted::by_rule([if name == "Other" { "OtherValue".to_owned() } else { name }])
}
