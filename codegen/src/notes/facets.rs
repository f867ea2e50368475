//! Finds the facets that the plan of the bindings gives to elements and named simple types.

use std::collections::HashMap;

use crate::ir::{Body, Facets, Field, Item, ItemKind, ModuleId, ROOT, RustIr, SimpleType};
use crate::model::ElementId;

/// The facets by element, and by the name of a simple type.
pub(super) type Known<'m> = (HashMap<ElementId, &'m SimpleType>, HashMap<&'m str, &'m SimpleType>);

/// Returns the facets of all elements and named simple types of a plan.
pub(super) fn of(ir: &RustIr) -> Known<'_> {
    let (mut elements, mut types) = (HashMap::new(), HashMap::new());
    let statics = statics(ir);
    for item in &ir.items {
        types.extend(of_item(item).map(|facets| (item.component.as_str(), facets)));
        for field in fields(item) {
            let facets = match &field.facets {
                Some(Facets::Inline(definition)) => Some(definition),
                Some(Facets::Static(id)) => ir.items.get(id.index()).and_then(of_item),
                Some(Facets::Named(name)) => statics.get(&(file(ir, item.module), name.as_str())).copied(),
                None => None,
            };
            elements.extend(field.element.zip(facets));
        }
    }
    (elements, types)
}

fn of_item(item: &Item) -> Option<&SimpleType> {
    match &item.kind {
        ItemKind::Alias(alias) => alias.facets.as_ref().map(|facets| &facets.definition),
        ItemKind::Union(union) => Some(&union.facets.definition),
        _ => None,
    }
}

/// Returns the statics of each file, by name.
fn statics(ir: &RustIr) -> HashMap<(ModuleId, &str), &SimpleType> {
    let modules = (0..).map(ModuleId).zip(&ir.modules);
    modules.flat_map(|(id, module)| module.facets.iter().map(move |facets| ((id, facets.name.as_str()), &facets.definition))).collect()
}

/// Returns the module whose file contains a module.
fn file(ir: &RustIr, mut id: ModuleId) -> ModuleId {
    while let Some(parent) = ir.modules.get(id.index()).map(|module| module.parent).filter(|parent| *parent != ROOT && *parent != id) {
        id = parent;
    }
    id
}

/// Returns the fields of an item that may stand for elements.
fn fields(item: &Item) -> &[Field] {
    match &item.kind {
        ItemKind::Struct(planned) => match &planned.body {
            Body::Sequence(fields) | Body::All(fields) => fields,
            Body::Mixed(field) | Body::Text(field) => std::slice::from_ref(field),
            Body::Empty => &[],
        },
        ItemKind::Group(fields) | ItemKind::Choice(fields) => fields,
        _ => &[],
    }
}
