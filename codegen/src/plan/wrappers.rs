//! Replaces the structs of elements that hold nothing but a list by the list: `lines: Option<Lines>` becomes `lines: Option<Vec<Line>>`.
//!
//! A struct is replaced if it is that of anonymous types without attributes, with one element that repeats, and if it is only used as the type of a field
//! that does not repeat. It runs after the passes that change or describe the fields.

use std::collections::{BTreeMap, HashSet};

use super::context::{Context, Owner};
use super::docs;
use super::features::file_of;
use super::recursion::fields_mut;
use super::renumber;
use crate::ir::{Body, Field, Holder, Item, ItemId, ItemKind, Items, ModuleId, Occurs, RustIr, Struct, Ty, Wire};
use crate::model::path::{ComponentPath, Step};

/// Replaces the structs of wrappers, if the settings ask for it.
pub(super) fn plan(cx: &mut Context<'_>) {
    if !cx.settings.wrapper_lists {
        return;
    }
    let mut lists: BTreeMap<ItemId, Field> =
        (0..).map(ItemId).zip(&cx.ir.items).filter_map(|(id, item)| Some((id, list(item)?.clone()))).collect();
    keep_used(cx, &mut lists);
    if lists.is_empty() {
        return;
    }
    describe_modules(cx, &lists);
    for item in &mut cx.ir.items {
        for field in fields_mut(item) {
            if let Some(list) = wrapper(field).and_then(|id| lists.get(&id)) {
                replace(field, list);
            }
        }
    }
    let kept: HashSet<ItemId> = (0..).map(ItemId).take(cx.ir.items.len()).filter(|id| !lists.contains_key(id)).collect();
    renumber::plan(cx, &kept);
}

/// Returns the list of a struct that holds nothing else.
fn list(item: &Item) -> Option<&Field> {
    let ItemKind::Struct(Struct { abstract_: false, flattened, attributes, body: Body::Sequence(fields), model: None, .. }) = &item.kind
    else {
        return None;
    };
    let anonymous = item.path.as_ref().is_some_and(is_anonymous);
    let [only] = fields.as_slice() else { return None };
    let plain = only.value.is_none() && only.placed.is_empty() && only.feature.is_none();
    let bare = only.attributes.is_empty() && only.value_attributes.is_empty();
    let repeats = only.occurs.is_list() && matches!(only.wire, Wire::Name(_));
    (anonymous && flattened.is_empty() && attributes.is_empty() && plain && bare && repeats).then_some(only)
}

/// Returns whether the path is that of an anonymous type of a local element.
fn is_anonymous(path: &ComponentPath) -> bool {
    matches!(path.steps.last(), Some(Step::Element(..)))
}

/// Keeps those lists whose structs are only used as the types of fields that do not repeat.
fn keep_used(cx: &Context<'_>, lists: &mut BTreeMap<ItemId, Field>) {
    let ir = &cx.ir;
    let mut used = HashSet::new();
    let mut fits: HashSet<ItemId> = lists.keys().copied().collect();
    for item in &ir.items {
        // The slot of a wrapper is made where it is used, which a struct that is flattened into another cannot do.
        let replaceable = match &item.kind {
            ItemKind::Struct(planned) => planned.flattened.is_empty() && !planned.flat,
            ItemKind::Group(_) => true,
            _ => false,
        };
        for field in fields(item) {
            let Some(id) = field.ty.item().filter(|id| lists.contains_key(id)) else { continue };
            let fit = replaceable
                && wrapper(field) == Some(id)
                && lists.get(&id).is_some_and(|list| same_place(ir, item.module, field, id, list));
            if fit {
                used.insert(id);
            } else {
                fits.remove(&id);
            }
        }
    }
    let others = ir.root.document.iter().filter_map(|variant| variant.field.ty.item());
    let operations = ir.root.operations.iter().flatten().flat_map(|operation| std::iter::once(operation.request).chain(operation.response));
    let aliases = ir.modules.iter().flat_map(|module| module.deprecated.iter().map(|alias| alias.item));
    let holders = ir.root.rules.declarations.iter().filter_map(|it| if let Holder::Item(id) = it.holder { Some(id) } else { None });
    for id in others.chain(operations).chain(aliases).chain(holders) {
        fits.remove(&id);
    }
    lists.retain(|id, _| used.contains(id) && fits.contains(id));
}

/// Returns the fields of a struct or a group, or the variants of a choice.
fn fields(item: &Item) -> Vec<&Field> {
    match &item.kind {
        ItemKind::Struct(planned) => planned.fields().collect(),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter().collect(),
        _ => Vec::new(),
    }
}

/// Changes the documentation of the modules of the anonymous types in wrappers, which refers to the structs.
fn describe_modules(cx: &mut Context<'_>, lists: &BTreeMap<ItemId, Field>) {
    for (ty, item) in &cx.type_items {
        let component = lists.get(item).and(cx.ir.items.get(item.index())).map(|item| docs::code(&item.component));
        let module = cx.modules.get(&Owner::Type(*ty)).and_then(|module| cx.ir.modules.get_mut(module.index()));
        if let (Some(component), Some(module)) = (component, module) {
            module.docs = vec![format!("The anonymous types within {component}.")];
        }
    }
}

/// Returns the struct that a field may hold as a list: it is the type of an element that does not repeat.
fn wrapper(field: &Field) -> Option<ItemId> {
    let once = matches!(field.occurs, Occurs::One | Occurs::Optional) && matches!(field.wire, Wire::Name(_));
    let plain = field.value.is_none() && field.placed.is_empty() && field.facets.is_none() && field.value_attributes.is_empty();
    match &field.ty {
        Ty::Item(id) if once && plain => Some(*id),
        Ty::Boxed(inner) if once && plain => match **inner {
            Ty::Item(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}

/// Returns whether the list can stand in the module of the field: its facets are in the same file, and its items have the prefix of the wrapper.
fn same_place(ir: &RustIr, module: ModuleId, field: &Field, wrapper: ItemId, list: &Field) -> bool {
    let (Wire::Name(outer), Wire::Name(inner)) = (&field.wire, &list.wire) else { return false };
    let file = ir.items.get(wrapper.index()).map(|item| file_of(ir, item.module));
    outer.prefix == inner.prefix && file == Some(file_of(ir, module))
}

fn replace(field: &mut Field, list: &Field) {
    let (Wire::Name(name), Occurs::Many(min, max)) = (&list.wire, list.occurs) else { return };
    field.items = Some(Items { local: name.local.clone(), min, max });
    (field.ty, field.facets, field.integer) = (list.ty.clone(), list.facets.clone(), list.integer);
}
