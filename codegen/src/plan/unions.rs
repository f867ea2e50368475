//! Decides which unions of simple types become an enum, and plans its variants, one for each member type.
//!
//! A union becomes an enum if at least one member is not represented as text in Rust. A union of text types is text, and so is a union of text and
//! the empty string, such as the type of `xml:lang`. Members that are unions are replaced by their members (XML Schema Part 2, section 2.5.1.3).

use super::context::Context;
use super::docs;
use super::expression::{expression, in_words};
use super::locked::Wanted;
use super::members::MemberNames;
use super::native::scalar;
use super::simple::{chain, docs_of_static, enumerates, replaced, static_name, underlying, used};
use crate::ir::{CodecType, ItemId, ItemKind, Member, NamedFacets, Scalar, Ty, Union};
use crate::lock::Form;
use crate::model::path::{ComponentPath, Label, PartKind, Step};
use crate::model::{Builtin, SimpleType, Type, TypeId, Variety};

/// The maximum number of members of an enum. A union with more is represented as text.
const MOST_MEMBERS: usize = 64;

/// The maximum number of enumeration values shown in documentation.
const MOST_WORDS: usize = 8;

/// A member type that is not a union itself.
struct Leaf {
    id: TypeId,
    /// Whether a pattern of a union that contains it applies to the literal.
    patterned: bool,
    /// The named union through which it is a member, if that union is a member itself.
    with: Option<TypeId>,
}

/// Returns whether the type is a union that becomes an enum; a restriction of a union does not count.
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

/// Returns whether the type is a union or a restriction of one.
pub(super) fn is_union(cx: &Context<'_>, id: TypeId) -> bool {
    matches!(cx.ty(id), Some(Type::Simple(ty)) if matches!(ty.variety, Variety::Union(_)))
}

/// Returns whether a restriction has a pattern that a value may not match after being written again. Such a type is represented as text.
pub(super) fn is_of_text(cx: &Context<'_>, steps: &[(TypeId, &SimpleType)]) -> bool {
    let Some((id, _)) = steps.iter().find(|(id, _)| is_definition(cx, *id)) else { return false };
    steps.iter().any(|(_, ty)| !ty.facets.patterns.is_empty()) && leaves(cx, *id).iter().any(|leaf| is_rewritten(cx, leaf))
}

/// Returns the member types in order; members that are unions are replaced by their members.
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

/// Returns whether the Rust type of a member is text. This is called before items exist.
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

/// Returns whether the facets of the type itself apply to the literal, so that it is represented as text anyway.
fn is_literal(steps: &[(TypeId, &SimpleType)]) -> bool {
    steps.iter().any(|(_, ty)| !ty.facets.patterns.is_empty() || !ty.facets.enumeration.is_empty())
}

/// Returns whether values of this kind are written in a canonical form that can differ from the text that was read.
fn may_be_rewritten(steps: &[(TypeId, &SimpleType)]) -> bool {
    match native(steps) {
        Ty::Scalar(scalar) => scalar != Scalar::String,
        Ty::Codec(ty) => matches!(ty, CodecType::Integer | CodecType::HexBinary | CodecType::Base64Binary),
        Ty::List(_) => true,
        _ => false,
    }
}

/// Returns whether a value of the member can be written differently from the text that was read.
fn is_rewritten(cx: &Context<'_>, leaf: &Leaf) -> bool {
    let steps = chain(cx, leaf.id);
    may_be_rewritten(&steps) && !is_literal(&steps) && !steps.iter().any(|(id, _)| enumerates(cx, *id))
}

/// Returns the kind of Rust type, ignoring the items of the schema set.
fn native(steps: &[(TypeId, &SimpleType)]) -> Ty {
    match steps.first().map(|(_, ty)| &ty.variety) {
        Some(Variety::List(_)) => Ty::List(Box::new(Ty::STRING)),
        _ => steps.iter().find_map(|(_, ty)| ty.builtin).map_or(Ty::STRING, scalar),
    }
}

/// Returns the enum of a union.
pub(super) fn union(cx: &mut Context<'_>, id: TypeId, item: ItemId) -> ItemKind {
    let facets =
        NamedFacets { docs: docs_of_static(cx, item), name: static_name(cx, item), definition: expression(cx, id), features: Vec::new() };
    let container = cx.item(item).and_then(|item| item.path.clone()).unwrap_or_else(|| cx.type_path(id));
    let mut names = MemberNames::new(cx, Some(container.clone()), Form::Variant, &["Other"]);
    let mut anonymous = 0;
    let mut members = Vec::new();
    let mut natives = Vec::new();
    for leaf in leaves(cx, id) {
        let (ty, native) = match leaf.patterned && is_rewritten(cx, &leaf) {
            true => (Ty::STRING, Ty::STRING),
            false => (used(cx, leaf.id).ty, replaced(cx, leaf.id).unwrap_or_else(|| underlying(cx, leaf.id))),
        };
        let wanted = Wanted::by_rule([name(cx, &leaf)]);
        let path = container.child(step(cx, &container, leaf.id, &mut anonymous));
        let (name, path) = names.give(cx, &path, &wanted);
        let [attributes, value_attributes] = [Vec::new(), Vec::new()];
        members.push(Member { docs: described(cx, leaf.id), attributes, value_attributes, name, ty, from: false, path: Some(path) });
        natives.push(native);
    }
    // Two lists can have the same Rust type under different names.
    let same = |one: &Ty, other: &Ty| one == other || matches!((one, other), (Ty::List(_), Ty::List(_)));
    let alone = |ty: &Ty| *ty != Ty::STRING && natives.iter().filter(|other| same(ty, other)).count() == 1;
    for (member, native) in members.iter_mut().zip(&natives) {
        member.from = alone(native);
    }
    ItemKind::Union(Union { members, facets })
}

/// Returns the step from a union to a member: the name of its type, or for an anonymous type its number.
fn step(cx: &Context<'_>, container: &ComponentPath, id: TypeId, anonymous: &mut u32) -> Step {
    match cx.ty(id) {
        Some(Type::Simple(SimpleType { builtin: Some(builtin), .. })) => {
            Step::Element(container.name("xs", xsdgen_datatypes::builtin::name(*builtin)))
        }
        Some(Type::Simple(SimpleType { name: Some(name), .. })) => Step::Element(container.name(cx.prefix(name.namespace), &name.local)),
        _ => {
            *anonymous += 1;
            Step::Part(PartKind::Member, Label::number(*anonymous))
        }
    }
}

/// Returns the name of a variant: that of the type; for an anonymous type, the union it belongs to followed by its base.
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

/// Returns the name of the type; for an anonymous type, a description.
fn described(cx: &Context<'_>, id: TypeId) -> Vec<String> {
    let Some(Type::Simple(ty)) = cx.ty(id) else { return Vec::new() };
    if let Some(builtin) = ty.builtin {
        return vec![docs::code(&format!("xs:{}", xsdgen_datatypes::builtin::name(builtin)))];
    }
    if let Some(name) = &ty.name {
        return vec![docs::code(&cx.shown(name))];
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
