//! In: unions of simple types. Out: which of them become an enum, and its variants: one for each member type.
//! Not done here: the Rust types of the members (`simple`), facets (`expression`), where items stand (`places`).
//!
//! A union becomes an enum where a member is more than a text in Rust; a union of texts is a text, and so is one of texts and the empty
//! word, as `xml:lang`. Members that are unions stand for their members (XML Schema Part 2, section 2.5.1.3).

use super::context::Context;
use super::docs;
use super::expression::{expression, in_words};
use super::names::Scope;
use super::native::scalar;
use super::selectors::shown;
use super::simple::{chain, docs_of_static, enumerates, replaced, static_name, underlying, used};
use crate::ir::{CodecType, ItemId, ItemKind, Member, NamedFacets, Scalar, Ty, Union};
use crate::model::{Builtin, SimpleType, Type, TypeId, Variety};

/// Most members of an enum; a union with more is a text.
const MOST_MEMBERS: usize = 64;

/// Most words of an enumeration that are shown.
const MOST_WORDS: usize = 8;

/// A member type that is no union.
struct Leaf {
    id: TypeId,
    /// Whether a pattern of a union around it sees the literal.
    patterned: bool,
    /// The named union that it came with, where that is a member itself.
    with: Option<TypeId>,
}

/// Whether the type is a union, not a restriction of one, that becomes an enum.
pub(super) fn unites(cx: &Context<'_>, id: TypeId) -> bool {
    if !is_definition(cx, id) || replaced(cx, id).is_some() {
        return false;
    }
    let leaves = leaves(cx, id);
    leaves.len() <= MOST_MEMBERS && leaves.iter().any(|leaf| !is_text(cx, leaf))
}

fn is_definition(cx: &Context<'_>, id: TypeId) -> bool {
    let Some(Type::Simple(ty)) = cx.ty(id) else { return false };
    matches!(ty.variety, Variety::Union(_)) && !ty.base.is_some_and(|base| is_union(cx, base))
}

/// Whether the type is a union, or a restriction of one.
pub(super) fn is_union(cx: &Context<'_>, id: TypeId) -> bool {
    matches!(cx.ty(id), Some(Type::Simple(ty)) if matches!(ty.variety, Variety::Union(_)))
}

/// Whether a restriction has a pattern that a value written again might not match: then it stays a text, as with numbers.
pub(super) fn is_of_text(cx: &Context<'_>, steps: &[(TypeId, &SimpleType)]) -> bool {
    let Some((id, _)) = steps.iter().find(|(id, _)| is_definition(cx, *id)) else { return false };
    steps.iter().any(|(_, ty)| !ty.facets.patterns.is_empty()) && leaves(cx, *id).iter().any(|leaf| is_rewritten(cx, leaf))
}

/// The member types in order, those of members that are unions in their place.
fn leaves(cx: &Context<'_>, id: TypeId) -> Vec<Leaf> {
    let mut out = Vec::new();
    let mut waiting = vec![Leaf { id, patterned: false, with: None }];
    while let Some(next) = waiting.pop() {
        match cx.ty(next.id) {
            Some(Type::Simple(ty)) if out.len() <= MOST_MEMBERS => match &ty.variety {
                Variety::Union(members) => {
                    let patterned = next.patterned || chain(cx, next.id).iter().any(|(_, ty)| !ty.facets.patterns.is_empty());
                    let with = if next.id != id && ty.name.is_some() { Some(next.id) } else { next.with };
                    waiting.extend(members.iter().rev().map(|member| Leaf { id: *member, patterned, with }));
                }
                _ => out.push(next),
            },
            _ => {}
        }
    }
    out
}

/// Whether the Rust type of a member is a text. Asked before there are items.
fn is_text(cx: &Context<'_>, leaf: &Leaf) -> bool {
    let steps = chain(cx, leaf.id);
    if steps.iter().any(|(id, _)| replaced(cx, *id).is_some()) {
        return false;
    }
    if let Some((_, ty)) = steps.iter().find(|(id, _)| enumerates(cx, *id)) {
        return ty.name.is_none() && ty.facets.enumeration.iter().all(|word| word.value.is_empty());
    }
    native(&steps) == Ty::STRING || may_be_rewritten(&steps) && (leaf.patterned || is_literal(&steps))
}

/// Whether the type's own facets see the literal: then it is a text anyway.
fn is_literal(steps: &[(TypeId, &SimpleType)]) -> bool {
    steps.iter().any(|(_, ty)| !ty.facets.patterns.is_empty() || !ty.facets.enumeration.is_empty())
}

/// Whether values of the kind are written in letters of their own.
fn may_be_rewritten(steps: &[(TypeId, &SimpleType)]) -> bool {
    match native(steps) {
        Ty::Scalar(scalar) => scalar != Scalar::String,
        Ty::Codec(ty) => matches!(ty, CodecType::Integer | CodecType::HexBinary | CodecType::Base64Binary),
        Ty::List(_) => true,
        _ => false,
    }
}

/// Whether a value of the member may be written in other letters than it was read in.
fn is_rewritten(cx: &Context<'_>, leaf: &Leaf) -> bool {
    let steps = chain(cx, leaf.id);
    may_be_rewritten(&steps) && !is_literal(&steps) && !steps.iter().any(|(id, _)| enumerates(cx, *id))
}

/// The kind of Rust type, without the names of the schema set.
fn native(steps: &[(TypeId, &SimpleType)]) -> Ty {
    match steps.first().map(|(_, ty)| &ty.variety) {
        Some(Variety::List(_)) => Ty::List(Box::new(Ty::STRING)),
        _ => steps.iter().find_map(|(_, ty)| ty.builtin).map_or(Ty::STRING, scalar),
    }
}

/// The enum.
pub(super) fn union(cx: &mut Context<'_>, id: TypeId, item: ItemId) -> ItemKind {
    let facets = NamedFacets {
        docs: docs_of_static(cx, item),
        name: static_name(cx, item, "TYPE"),
        definition: expression(cx, id),
        features: Vec::new(),
    };
    let mut scope = Scope::reserving(["Other"]);
    let mut members = Vec::new();
    let mut natives = Vec::new();
    for leaf in leaves(cx, id) {
        let (ty, native) = match leaf.patterned && is_rewritten(cx, &leaf) {
            true => (Ty::STRING, Ty::STRING),
            false => (used(cx, leaf.id).ty, replaced(cx, leaf.id).unwrap_or_else(|| underlying(cx, leaf.id))),
        };
        let name = scope.take(&[name(cx, &leaf)], "");
        members.push(Member { docs: described(cx, leaf.id), name, ty, from: false });
        natives.push(native);
    }
    // Two lists may be of one type under two names.
    let same = |one: &Ty, other: &Ty| one == other || matches!((one, other), (Ty::List(_), Ty::List(_)));
    let alone = |ty: &Ty| *ty != Ty::STRING && natives.iter().filter(|other| same(ty, other)).count() == 1;
    for (member, native) in members.iter_mut().zip(&natives) {
        member.from = alone(native);
    }
    ItemKind::Union(Union { members, facets })
}

/// The variant: as the type is named, or what the anonymous type is made of, behind the union that it came with.
fn name(cx: &Context<'_>, leaf: &Leaf) -> String {
    let steps = chain(cx, leaf.id);
    let own = |id: TypeId| {
        cx.ty(id).and_then(Type::name).and(cx.type_items.get(&id)).and_then(|item| cx.item(*item)).map(|item| item.name.clone())
    };
    let builtin =
        |ty: &SimpleType| ty.builtin.map(|builtin| heck::ToUpperCamelCase::to_upper_camel_case(xsdgen_datatypes::builtin::name(builtin)));
    let spelled = own(leaf.id).or_else(|| steps.first().and_then(|(_, ty)| builtin(ty)));
    if let Some(name) = spelled {
        return name;
    }
    let made_of = match steps.first() {
        Some((id, _)) if enumerates(cx, *id) => Some("Keyword".to_owned()),
        Some((_, ty)) if matches!(ty.variety, Variety::List(_)) => Some("List".to_owned()),
        _ => steps.iter().find_map(|(id, ty)| own(*id).or_else(|| builtin(ty))),
    };
    let with = leaf.with.and_then(own).unwrap_or_default();
    format!("{with}{}", made_of.as_deref().unwrap_or("Text"))
}

/// The name of the type; of an anonymous one, what it says.
fn described(cx: &Context<'_>, id: TypeId) -> Vec<String> {
    let Some(Type::Simple(ty)) = cx.ty(id) else { return Vec::new() };
    if let Some(builtin) = ty.builtin {
        return vec![docs::code(&format!("xs:{}", xsdgen_datatypes::builtin::name(builtin)))];
    }
    if let Some(name) = &ty.name {
        return vec![docs::code(&shown(&[cx.step(name)]))];
    }
    let words: Vec<String> = ty.facets.enumeration.iter().take(MOST_WORDS).map(|facet| docs::code(&facet.value)).collect();
    if !words.is_empty() {
        let more = if ty.facets.enumeration.len() > MOST_WORDS { " ..." } else { "" };
        return vec![format!("{}{more}", words.join(", "))];
    }
    let base = chain(cx, id).iter().find_map(|(_, ty)| ty.builtin).unwrap_or(Builtin::AnySimpleType);
    let kind = match &ty.variety {
        Variety::List(item) => format!("A list of {}", described(cx, *item).concat()),
        _ => docs::code(&format!("xs:{}", xsdgen_datatypes::builtin::name(base))),
    };
    vec![in_words(&expression(cx, id)).map_or_else(|| kind.clone(), |said| format!("{kind}: {said}"))]
}
