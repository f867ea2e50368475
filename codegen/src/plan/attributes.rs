//! Adds the attributes of the settings to types, fields and variants.
//!
//! A field or variant without a component, such as `any`, is selected by its Rust name.

use super::context::Context;
use crate::ir::{Field, Item, ItemKind};
use crate::model::path::{ComponentPath, Name, Step};

/// Adds the attributes of the settings, and notes which types have their own form in serde.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut items = std::mem::take(&mut cx.ir.items);
    items.iter_mut().for_each(|item| of_item(cx, item));
    cx.ir.items = items;
}

fn of_item(cx: &Context<'_>, item: &mut Item) {
    item.own_serde = has_form(item) && item.derives.iter().any(|derive| matches!(last(derive), "Serialize" | "Deserialize"));
    let Some(path) = item.path.clone().filter(|_| !matches!(item.kind, ItemKind::Alias(_) | ItemKind::Value(_))) else { return };
    item.attributes = given(cx.rules.type_attributes.all(&[&path]));
    let rules = &cx.rules.variant_attributes;
    let variant = |own: Option<&ComponentPath>, name: &str| own.map(|own| given(rules.all(&[&named(own, name)]))).unwrap_or_default();
    match &mut item.kind {
        ItemKind::Struct(planned) => planned.fields_mut().for_each(|field| of_field(cx, field, false)),
        ItemKind::Group(fields) => fields.iter_mut().for_each(|field| of_field(cx, field, false)),
        ItemKind::Choice(arms) => arms.iter_mut().for_each(|arm| of_field(cx, arm, true)),
        ItemKind::Enumeration(planned) => {
            planned.variants.iter_mut().for_each(|it| it.attributes = variant(it.path.as_ref(), &it.name));
        }
        ItemKind::Union(planned) => {
            planned.members.iter_mut().for_each(|it| it.attributes = variant(it.path.as_ref(), &it.name));
        }
        ItemKind::Polymorphic(planned) => {
            let all = planned.base.iter_mut().chain(&mut planned.derived);
            all.for_each(|it| it.attributes = variant(it.path.as_ref(), &it.name));
        }
        ItemKind::Alias(_) | ItemKind::Value(_) => {}
    }
    if matches!(item.kind, ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Polymorphic(_)) {
        item.other_attributes = given(rules.all(&[&member(&path, "Other")]));
    }
}

/// Adds the attributes of a field or an arm. It is selected as part of the type that has it, or where its element is declared.
fn of_field(cx: &Context<'_>, field: &mut Field, variant: bool) {
    let rules = if variant { &cx.rules.variant_attributes } else { &cx.rules.field_attributes };
    let own = field.path.as_ref().map(|path| named(path, &field.name));
    let declared = field.element.map(|id| cx.element_path(id));
    let paths: Vec<&ComponentPath> = own.iter().chain(&declared).collect();
    field.attributes = given(rules.all(&paths));
}

/// Returns the path that selectors match: one that ends in a part without a name ends in the Rust name instead.
fn named(path: &ComponentPath, name: &str) -> ComponentPath {
    let mut path = path.clone();
    match path.steps.pop() {
        Some(Step::Part(..)) => member(&path, name),
        last => {
            path.steps.extend(last);
            path
        }
    }
}

fn member(path: &ComponentPath, name: &str) -> ComponentPath {
    path.child(Step::Element(Name { prefix: None, local: name.into() }))
}

fn given(rules: Vec<&Vec<String>>) -> Vec<String> {
    rules.into_iter().flatten().cloned().collect()
}

/// Returns whether the codec gives the type a form in serde: a choice or a group in a type has none.
fn has_form(item: &Item) -> bool {
    match item.kind {
        ItemKind::Group(_) => false,
        ItemKind::Choice(_) => item.complex.is_some(),
        _ => true,
    }
}

/// Returns the last segment of a path.
fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path).trim()
}
