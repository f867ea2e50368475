//! Removes items from the plan, and gives those that are kept new ids.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use crate::ir::{Facets, Field, Holder, Item, ItemId, ItemKind, NamedFacets, SimpleOf, SimpleType, Ty};

/// Removes the other items, and gives those that are kept new ids.
pub(super) fn plan(cx: &mut Context<'_>, kept: &HashSet<ItemId>) {
    let old = std::mem::take(&mut cx.ir.items);
    let mut ids: HashMap<ItemId, ItemId> = HashMap::new();
    for (id, item) in (0..).map(ItemId).zip(old).filter(|(id, _)| kept.contains(id)) {
        ids.insert(id, ItemId(u32::try_from(cx.ir.items.len()).unwrap_or(u32::MAX)));
        cx.ir.items.push(item);
    }
    let new = |id: &mut ItemId| {
        if let Some(new) = ids.get(id) {
            *id = *new;
        }
    };
    let ir = &mut cx.ir;
    ir.items.iter_mut().for_each(|item| in_item(item, &new));
    for module in &mut ir.modules {
        module.deprecated.iter_mut().for_each(|alias| new(&mut alias.item));
        module.facets.iter_mut().for_each(|NamedFacets { definition, .. }| in_simple(definition, &new));
    }
    ir.root.document.iter_mut().for_each(|variant| in_field(&mut variant.field, &new));
    for operation in ir.root.operations.iter_mut().flatten() {
        new(&mut operation.request);
        operation.response.iter_mut().for_each(&new);
    }
    ir.root.rules.attributes.iter_mut().for_each(|attribute| in_facets(&mut attribute.facets, &new));
    for ty in &mut ir.root.rules.types {
        ty.item.iter_mut().for_each(&new);
        ty.facets.iter_mut().for_each(|facets| in_facets(facets, &new));
    }
    for declaration in &mut ir.root.rules.declarations {
        if let Holder::Item(item) = &mut declaration.holder {
            new(item);
        }
    }
    cx.type_items = renumbered(&cx.type_items, &ids);
    cx.any_items = renumbered(&cx.any_items, &ids);
    cx.head_items = renumbered(&cx.head_items, &ids);
    cx.group_items = renumbered(&cx.group_items, &ids);
    cx.attribute_group_items = renumbered(&cx.attribute_group_items, &ids);
}

/// Returns the entries whose items are kept, with their new ids.
fn renumbered<K: Copy + Eq + std::hash::Hash>(items: &HashMap<K, ItemId>, ids: &HashMap<ItemId, ItemId>) -> HashMap<K, ItemId> {
    items.iter().filter_map(|(key, item)| Some((*key, *ids.get(item)?))).collect()
}

fn in_item(item: &mut Item, new: &impl Fn(&mut ItemId)) {
    match &mut item.kind {
        ItemKind::Struct(planned) => planned.fields_mut().for_each(|field| in_field(field, new)),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter_mut().for_each(|field| in_field(field, new)),
        ItemKind::Union(planned) => {
            planned.members.iter_mut().for_each(|member| in_type(&mut member.ty, new));
            in_simple(&mut planned.facets.definition, new);
        }
        ItemKind::Polymorphic(planned) => {
            planned.base.iter_mut().chain(&mut planned.derived).for_each(|derived| in_type(&mut derived.ty, new));
        }
        ItemKind::Alias(alias) => {
            in_type(&mut alias.ty, new);
            alias.facets.iter_mut().for_each(|facets| in_simple(&mut facets.definition, new));
        }
        ItemKind::Enumeration(_) | ItemKind::Value(_) => {}
    }
}

fn in_field(field: &mut Field, new: &impl Fn(&mut ItemId)) {
    in_type(&mut field.ty, new);
    field.facets.iter_mut().for_each(|facets| in_facets(facets, new));
}

fn in_type(ty: &mut Ty, new: &impl Fn(&mut ItemId)) {
    match ty {
        Ty::Item(id) => new(id),
        Ty::Boxed(inner) | Ty::Nillable(inner) | Ty::List(inner) | Ty::XsiTyped(inner) | Ty::XsiBox(inner) | Ty::MaybeNil(inner) => {
            in_type(inner, new);
        }
        Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_) => {}
    }
}

fn in_facets(facets: &mut Facets, new: &impl Fn(&mut ItemId)) {
    match facets {
        Facets::Static(id) => new(id),
        Facets::Named(_) => {}
        Facets::Inline(simple) => in_simple(simple, new),
    }
}

fn in_simple(simple: &mut SimpleType, new: &impl Fn(&mut ItemId)) {
    match &mut simple.of {
        SimpleOf::Builtin(_) => {}
        SimpleOf::List(item) => in_facets(item, new),
        SimpleOf::Restriction(base) => in_simple(base, new),
        SimpleOf::Union(members) => members.iter_mut().for_each(|member| in_facets(member, new)),
    }
}
