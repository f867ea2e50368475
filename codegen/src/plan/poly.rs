//! Plans the `Any...` enums of types with derived types and the `...Element` enums of substitution groups, when they are first used.
//!
//! `fields` plans the fields that use them, and `operations` the second names in `xsi:type`.

use super::context::Context;
use super::locked::Wanted;
use super::members::MemberNames;
use super::{docs, fields, operations, simple};
use crate::ir::{Derived, Field, ItemId, ItemKind, Occurs, Polymorphic, Ty, Wire};
use crate::lock::{Form, Role};
use crate::model::path::{ComponentPath, GlobalKind, PartKind};
use crate::model::{ComplexType, Derivation, Element, ElementId, Global, Type, TypeId, Variety};
use crate::substitution::substitutes;

/// The maximum length of a chain of derivations that is followed.
const LONGEST: usize = 2000;

/// Records the named complex types that are derived from each type.
pub(super) fn derivations(cx: &mut Context<'_>) {
    let wanted: std::collections::HashSet<TypeId> = cx.type_items.keys().copied().filter(|id| asked(cx, *id)).collect();
    for global in &cx.model.globals {
        let Global::Type(id) = *global else { continue };
        for base in bases(cx, id) {
            if wanted.contains(&base) {
                cx.derived.entry(base).or_default().push(id);
            }
        }
    }
    if let Some(rules) = &cx.rules.polymorphic {
        rules.unused("type", &mut cx.problems);
    }
}

/// Returns whether the settings ask for an enum for this type.
fn asked(cx: &Context<'_>, id: TypeId) -> bool {
    let Some(Type::Complex(ty)) = cx.ty(id) else { return false };
    ty.name.is_some() && cx.rules.polymorphic.as_ref().is_none_or(|rules| rules.find(&[&cx.type_path(id)]).is_some())
}

/// Returns the base types of a complex type, the nearest first, without the type itself and `xs:anyType`.
fn bases(cx: &Context<'_>, id: TypeId) -> Vec<TypeId> {
    let mut out = Vec::new();
    let mut at = id;
    while let Some(Type::Complex(ty)) = cx.ty(at) {
        if ty.base == at || ty.base == crate::ANY_TYPE || out.len() > LONGEST {
            break;
        }
        at = ty.base;
        out.push(at);
    }
    out
}

/// Returns the enum for a base type, if it has derived types.
pub(super) fn any_of(cx: &mut Context<'_>, id: TypeId) -> Option<ItemId> {
    if let Some(item) = cx.any_items.get(&id) {
        return Some(*item);
    }
    let derived = cx.derived.get(&id)?.clone();
    let base = *cx.type_items.get(&id)?;
    let Some(Type::Complex(ty)) = cx.ty(id) else { return None };
    let (module, name, path) = cx.item(base).and_then(|item| Some((item.module, item.name.clone(), item.path.clone()?)))?;
    let component = path.shown();
    let own = cx.unique(&path.part(PartKind::Derived));
    let name = cx.claim(module, &own, Role::Type, &Wanted::by_rule([format!("Any{name}")]));
    let item = cx.add_item(module, name, own.clone());
    cx.any_items.insert(id, item);
    let kind = polymorphic(cx, &own, id, ty, base, &derived);
    let path = cx.type_path(id);
    let derives = simple::derives(cx, &path, &[], &["Debug", "Clone", "PartialEq"]);
    if let Some(item) = cx.item_mut(item) {
        item.docs = vec![format!("A value of {} or of a type derived from it, as `xsi:type` names it.", docs::code(&component))];
        item.derives = derives;
        item.kind = ItemKind::Polymorphic(kind);
    }
    Some(item)
}

fn polymorphic(cx: &mut Context<'_>, path: &ComponentPath, id: TypeId, ty: &ComplexType, base: ItemId, derived: &[TypeId]) -> Polymorphic {
    let mut names = MemberNames::new(cx, Some(path.clone()), Form::Variant, &["Other"]);
    let own = (!ty.abstract_).then(|| variant(cx, id, base, &mut names, true)).flatten();
    let mut list = Vec::new();
    let base_id = id;
    for id in derived {
        let Some(Type::Complex(found)) = cx.ty(*id) else { continue };
        if found.abstract_ || uses_blocked(cx, *id, base_id, ty) {
            continue;
        }
        if let Some(item) = cx.type_items.get(id).copied() {
            list.extend(variant(cx, *id, item, &mut names, false));
        }
    }
    Polymorphic { base: own, derived: list }
}

/// Returns whether the derivation of a type from its base uses a method that the base blocks.
fn uses_blocked(cx: &Context<'_>, mut at: TypeId, base: TypeId, ty: &ComplexType) -> bool {
    for _ in 0..LONGEST {
        let Some(Type::Complex(found)) = cx.ty(at).filter(|_| at != base) else { return false };
        let blocked = match found.derivation {
            Derivation::Extension => ty.block.extension,
            Derivation::Restriction => ty.block.restriction,
        };
        if blocked {
            return true;
        }
        at = found.base;
    }
    false
}

/// Returns whether elements of this type, or of a type derived from it, can have attributes.
pub(super) fn has_attributes(cx: &Context<'_>, id: TypeId) -> bool {
    let own = |id: TypeId| match cx.ty(id) {
        Some(Type::Complex(ty)) if id != crate::ANY_TYPE => !ty.attributes.is_empty() || ty.any_attribute.is_some(),
        _ => false,
    };
    own(id) || cx.derived.get(&id).is_some_and(|derived| derived.iter().any(|id| own(*id)))
}

/// Returns whether `ty` is the enum of a type and the types derived from it.
pub(super) fn is_any(cx: &Context<'_>, id: TypeId, ty: &Ty) -> bool {
    matches!(ty, Ty::Item(item) if cx.any_items.get(&id) == Some(item))
}

/// Returns whether `xsi:type` can replace a simple type by a named type: `xs:anySimpleType`, a named union, or a named type with derived types.
pub(super) fn is_told(cx: &Context<'_>, id: TypeId) -> bool {
    let Some(Type::Simple(ty)) = cx.ty(id) else { return false };
    if cx.rules.polymorphic.is_some() {
        return false;
    }
    let named = ty.name.is_some() && ty.builtin.is_none();
    match ty.variety {
        Variety::Ur => true,
        Variety::Union(_) if named => true,
        _ => named && cx.simple_bases.contains(&id),
    }
}

/// Collects the simple types from which named types are derived.
pub(super) fn simple_bases(cx: &mut Context<'_>) {
    for global in &cx.model.globals {
        let Global::Type(id) = *global else { continue };
        let mut at = id;
        for _ in 0..LONGEST {
            let base = match cx.ty(at) {
                Some(Type::Simple(ty)) => ty.base,
                Some(Type::Complex(ty)) if ty.base != at => Some(ty.base),
                _ => None,
            };
            let Some(base) = base else { break };
            if matches!(cx.ty(base), Some(Type::Simple(_))) {
                cx.simple_bases.insert(base);
            }
            at = base;
        }
    }
}

/// Returns a variant named after the item of the type, with its module as a prefix if another variant has that name.
fn variant(cx: &mut Context<'_>, id: TypeId, item: ItemId, names: &mut MemberNames, base: bool) -> Option<Derived> {
    let Some(Type::Complex(ty)) = cx.ty(id) else { return None };
    let name = ty.name.as_ref()?;
    let spelled = docs::code(&cx.shown(name));
    let own = cx.item(item).map(|i| i.name.clone())?;
    let module = cx.module_of(name.namespace);
    let module = cx.ir.modules.get(module.index()).map(|m| m.name.clone()).unwrap_or_default();
    let longer = format!("{}{own}", heck::ToUpperCamelCase::to_upper_camel_case(module.as_str()));
    let path = names.container().map(|container| cx.element_in(container, name))?;
    let (given, path) = names.give(cx, &path, &Wanted::by_rule([own, longer]));
    let docs = vec![if base { format!("{spelled} itself.") } else { spelled }];
    // If the settings list the polymorphic types, a redundant `xsi:type` is not preserved.
    let remembers = base && cx.rules.polymorphic.is_none();
    let inner = Box::new(Ty::Item(item));
    let ty = if remembers { Ty::XsiBox(inner) } else { Ty::Boxed(inner) };
    let (wire, alias) = (cx.wire(name), operations::alias(cx, id));
    Some(Derived { docs, attributes: Vec::new(), name: given, ty, wire, alias, feature: None, path: Some(path) })
}

/// Returns the enum of the substitution group of an element.
pub(super) fn head(cx: &mut Context<'_>, id: ElementId) -> Option<ItemId> {
    if let Some(item) = cx.head_items.get(&id) {
        return Some(*item);
    }
    let element = cx.element(id)?;
    let path = cx.global(GlobalKind::Element, &element.name);
    let component = path.shown();
    let own = cx.unique(&path.part(PartKind::Substitution));
    let name = cx.lexicon.type_name(&element.name.local);
    let module = cx.module_of(element.name.namespace);
    let name = cx.claim(module, &own, Role::Type, &Wanted::by_rule([format!("{name}Element")]));
    let item = cx.add_item(module, name, own.clone());
    cx.head_items.insert(id, item);
    let mut names = MemberNames::new(cx, Some(own.clone()), Form::Variant, &[]);
    let mut arms = Vec::new();
    for (member, element) in substitutes(cx.model, id) {
        let used = fields::member_type(cx, member, &[]);
        let wanted = Wanted::by_rule([cx.lexicon.variant(&element.name.local), prefixed(cx, element)]);
        let (name, path) = names.give(cx, &cx.element_in(&own, &element.name), &wanted);
        let mut arm = Field::new("", Occurs::One, used.ty, Wire::Name(cx.wire(&element.name))).named(name, path);
        arm.docs = vec![docs::code(&cx.shown(&element.name))];
        arm.element = Some(member);
        (arm.facets, arm.value) = (used.facets, fields::value(cx, element.ty, element.value.as_ref()));
        arms.push(arm);
    }
    let derives = simple::derives(cx, &path, &[], &["Debug", "Clone", "PartialEq"]);
    if let Some(item) = cx.item_mut(item) {
        item.docs = vec![format!("The element {} or a member of its substitution group.", docs::code(&component))];
        item.derives = derives;
        item.kind = ItemKind::Choice(arms);
    }
    Some(item)
}

/// Returns the name with the prefix of its namespace, for names that occur in several namespaces.
pub(super) fn prefixed(cx: &Context<'_>, element: &Element) -> String {
    let prefix = cx.prefix(element.name.namespace);
    format!("{}{}", heck::ToUpperCamelCase::to_upper_camel_case(prefix), cx.lexicon.variant(&element.name.local))
}
