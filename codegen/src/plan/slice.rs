//! Reduces the plan to the components that [`Settings::only`](crate::settings::Settings::only) selects, and to those that they refer to.
//!
//! Names, boxes and statics are planned for the whole schema set before, so that a slice contains the same types as the whole bindings. The modules
//! and features are planned afterwards.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use super::features::{file_of, of_facets, of_simple};
use super::graph::{Graph, stays};
use super::{document, features, renumber};
use crate::ir::{Facets, Field, Holder, ItemId, ItemKind, ModuleId, ROOT, RustIr, Wire, WireName};
use crate::lock::Lock;
use crate::model::path::GlobalKind;

/// Removes what the settings do not select.
pub(super) fn plan(cx: &mut Context<'_>) {
    if cx.settings.only.is_empty() {
        return;
    }
    features::names(&mut cx.ir);
    let (roots, documents) = selected(cx);
    let kept = Graph::new(cx).reachable(roots);
    cx.ir.whole = Some(Lock::of(&cx.ir));
    remove(cx, &kept, &documents);
    if cx.ir.root.document.is_empty() {
        document::other(cx);
    }
    statics(&mut cx.ir);
    renumber::plan(cx, &kept);
}

/// Returns the selected items, and whether each variant of `Document` is kept.
///
/// A request stands for its operation: the response is selected too, and the root elements whose content can hold it.
fn selected(cx: &Context<'_>) -> (Vec<ItemId>, Vec<bool>) {
    let mut roots = Vec::new();
    for (id, item) in (0..).map(ItemId).zip(&cx.ir.items) {
        if item.path.as_ref().is_some_and(|path| path.steps.is_empty() && cx.rules.only.find(&[path]).is_some()) {
            roots.push(id);
        }
    }
    let graph = Graph::new(cx);
    let chosen: Vec<bool> = cx.ir.root.document.iter().map(|variant| selects(cx, &variant.field)).collect();
    let elements = || cx.ir.root.document.iter().map(|variant| graph.of_field(ROOT, &variant.field));
    let mut requested: HashSet<ItemId> = roots.iter().copied().collect();
    requested.extend(elements().zip(&chosen).filter(|(_, chosen)| **chosen).flat_map(|(targets, _)| targets));
    let (mut carried, mut named) = (Vec::new(), HashSet::new());
    for operation in cx.ir.root.operations.iter().flatten().filter(|operation| requested.contains(&operation.request)) {
        roots.extend(operation.response);
        carried.extend(std::iter::once(operation.request).chain(operation.response));
        carried.extend(cx.base_of_operations.and_then(|base| cx.any_items.get(&base)));
        if let Some(messages) = &operation.messages {
            named.extend(std::iter::once(&messages.request).chain(&messages.response).chain(&messages.faults));
        }
    }
    let carriers = graph.referring(carried);
    let mut documents = Vec::new();
    for ((variant, targets), chosen) in cx.ir.root.document.iter().zip(elements()).zip(chosen) {
        let kept =
            chosen || targets.iter().any(|item| carriers.contains(item)) || shown(&variant.field).is_some_and(|name| named.contains(&name));
        documents.push(kept);
        roots.extend(targets.into_iter().filter(|_| kept));
    }
    for attribute in &cx.ir.root.rules.attributes {
        graph.of_named(ROOT, &attribute.facets, &mut roots);
    }
    (roots, documents)
}

/// Returns the name of an element as the messages of operations have it.
fn shown(field: &Field) -> Option<String> {
    let Wire::Name(WireName { prefix, local }) = &field.wire else { return None };
    Some(if prefix == "none" { local.clone() } else { format!("{prefix}:{local}") })
}

/// Returns whether the element of a variant of `Document` is selected.
fn selects(cx: &Context<'_>, field: &Field) -> bool {
    let element = field.element.and_then(|id| cx.element(id));
    element.is_some_and(|element| cx.rules.only.find(&[&cx.global(GlobalKind::Element, &element.name)]).is_some())
}

/// Removes the variants, operations and rules of items that are not kept.
fn remove(cx: &mut Context<'_>, kept: &HashSet<ItemId>, documents: &[bool]) {
    let heads: HashSet<ItemId> = cx.head_items.values().copied().collect();
    for (id, item) in (0..).map(ItemId).zip(&mut cx.ir.items) {
        match &mut item.kind {
            ItemKind::Polymorphic(planned) => planned.derived.retain(|derived| stays(&derived.ty, kept)),
            ItemKind::Choice(arms) if heads.contains(&id) => arms.retain(|arm| stays(&arm.ty, kept)),
            _ => {}
        }
    }
    for module in &mut cx.ir.modules {
        module.deprecated.retain(|alias| kept.contains(&alias.item));
    }
    let root = &mut cx.ir.root;
    let mut wanted = documents.iter();
    root.document.retain(|_| wanted.next().copied().unwrap_or_default());
    if let Some(operations) = &mut root.operations {
        operations.retain(|operation| kept.contains(&operation.request) && operation.response.is_none_or(|id| kept.contains(&id)));
    }
    let names: HashSet<&WireName> =
        root.document.iter().filter_map(|variant| if let Wire::Name(name) = &variant.field.wire { Some(name) } else { None }).collect();
    root.rules.declarations.retain(|declaration| match declaration.holder {
        Holder::Document => names.contains(&declaration.name),
        Holder::Item(item) => kept.contains(&item),
    });
    let mut targets = HashMap::new();
    for facets in cx.ir.modules.first().into_iter().flat_map(|root| &root.facets) {
        let mut out = Vec::new();
        of_simple(&facets.definition, &mut out);
        targets.insert(facets.name.clone(), out);
    }
    cx.ir.root.rules.types.retain(|ty| {
        let mut needs: Vec<ItemId> = ty.item.into_iter().collect();
        match &ty.facets {
            Some(Facets::Named(name)) => needs.extend(targets.get(name).into_iter().flatten()),
            Some(other) => of_facets(other, &mut needs),
            None => {}
        }
        needs.iter().all(|item| kept.contains(item))
    });
    for (id, item) in (0..).map(ItemId).zip(&mut cx.ir.items) {
        if !kept.contains(&id) {
            // The item is removed later; until then, it refers to nothing.
            item.kind = ItemKind::Choice(Vec::new());
        }
    }
}

/// Removes the statics that nothing refers to. An item that is exported from an older version refers to none.
pub(super) fn statics(ir: &mut RustIr) {
    let mut used: HashSet<(ModuleId, String)> = HashSet::new();
    let mut see = |file: ModuleId, facets: Option<&Facets>| {
        if let Some(Facets::Named(name)) = facets {
            used.insert((file, name.clone()));
        }
    };
    for item in ir.items.iter().filter(|item| item.earlier.is_none()) {
        let file = file_of(ir, item.module);
        let fields: Vec<&Field> = match &item.kind {
            ItemKind::Struct(planned) => planned.fields().collect(),
            ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter().collect(),
            _ => Vec::new(),
        };
        fields.into_iter().for_each(|field| see(file, field.facets.as_ref()));
    }
    ir.root.document.iter().for_each(|variant| see(ROOT, variant.field.facets.as_ref()));
    ir.root.rules.attributes.iter().for_each(|attribute| see(ROOT, Some(&attribute.facets)));
    ir.root.rules.types.iter().for_each(|ty| see(ROOT, ty.facets.as_ref()));
    for (id, module) in (0..).map(ModuleId).zip(&mut ir.modules) {
        module.facets.retain(|facets| used.contains(&(id, facets.name.clone())));
    }
}
