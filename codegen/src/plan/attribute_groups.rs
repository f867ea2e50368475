//! Plans the structs of attribute groups, and says which attributes of a type are in them.
//!
//! A group has a struct if it has at least two attributes. A type that refers to it has a field for the struct, unless the type changes a use of one of
//! its attributes, as a restriction can.

use std::collections::HashMap;

use super::context::Context;
use super::fields::{self, Added, Namer};
use super::locked::Wanted;
use super::places::renamed;
use super::{docs, simple};
use crate::ir::{Body, Field, ItemId, ItemKind, Occurs, Struct, Ty, Wire};
use crate::lock::Role;
use crate::model::path::{GlobalKind, Label, PartKind, Step};
use crate::model::{AttributeGroup, AttributeGroupId, AttributeId, AttributeUse, ComplexType, Type};

/// The minimum number of attributes of a group that has a struct.
const LEAST: usize = 2;

/// The parts of the attributes of a type or a group.
#[derive(Debug, Default)]
pub(super) struct Parts<'m> {
    /// The groups whose structs are flattened into the struct.
    pub(super) groups: Vec<AttributeGroupId>,
    /// The other attribute uses.
    pub(super) own: Vec<&'m AttributeUse>,
}

/// Adds the items of all attribute groups that have a struct.
pub(super) fn places(cx: &mut Context<'_>) {
    if !cx.settings.attribute_group_structs {
        return;
    }
    for id in ids(cx) {
        let Some(group) = cx.model.attribute_groups.get(id.index()).filter(|group| group.attributes.len() >= LEAST) else { continue };
        let path = cx.global(GlobalKind::AttributeGroup, &group.name);
        let path = cx.unique(&path);
        let wanted = renamed(cx, &[&path]).unwrap_or_else(|| {
            let base = cx.lexicon.type_name(&group.name.local);
            let longer = format!("{base}Attributes");
            Wanted::by_rule([base, longer])
        });
        let module = cx.module_of(group.name.namespace);
        let name = cx.claim(module, &path, Role::Type, &wanted);
        let item = cx.add_item(module, name, path);
        cx.attribute_group_items.insert(id, item);
    }
}

/// Returns the attribute groups by name, so that the order of the documents does not matter.
fn ids(cx: &Context<'_>) -> Vec<AttributeGroupId> {
    let mut all: Vec<(&AttributeGroup, AttributeGroupId)> = cx.model.attribute_groups.iter().zip((0..).map(AttributeGroupId)).collect();
    all.sort_by_key(|(group, id)| (cx.uri(group.name.namespace), &group.name.local, *id));
    all.into_iter().map(|(_, id)| id).collect()
}

/// Fills the items of all attribute groups.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut items: Vec<(AttributeGroupId, ItemId)> = cx.attribute_group_items.iter().map(|(group, item)| (*group, *item)).collect();
    items.sort_by_key(|(_, item)| *item);
    for (id, item) in items {
        if let Some(group) = cx.model.attribute_groups.get(id.index()) {
            fill(cx, group, item);
        }
    }
}

fn fill<'m>(cx: &mut Context<'m>, group: &'m AttributeGroup, item: ItemId) {
    let Some(path) = cx.item(item).and_then(|item| item.path.clone()) else { return };
    let mut namer = Namer::fields(cx, &path);
    let parts = parts(cx, &group.groups, group.attributes.iter());
    let flattened = fields(cx, &parts, &mut namer);
    let attributes: Vec<Field> = parts.own.iter().filter_map(|said| fields::attribute(cx, said, &path, &mut namer)).collect();
    let required = attributes.iter().chain(&flattened).any(|field| field.occurs.is_required());
    let own: &[&str] = if required { &["Clone", "PartialEq"] } else { &["Clone", "PartialEq", "Default"] };
    let derives = simple::derives(cx, &path, own, &["Debug"]);
    let mut docs = cx.documentation(&group.docs);
    if docs.is_empty() {
        docs.push(format!("The attributes of the group {}.", docs::code(&cx.written(&group.name))));
    }
    cx.add_since(&mut docs, &[&path]);
    let wire = cx.wire(&group.name);
    let planned =
        Struct { wire, abstract_: false, attribute_group: true, flat: false, flattened, attributes, body: Body::Empty, model: None };
    if let Some(item) = cx.item_mut(item) {
        (item.docs, item.derives, item.kind) = (docs, derives, ItemKind::Struct(planned));
    }
}

/// Returns the attribute groups to which a type refers, itself or through its bases.
pub(super) fn of_type(cx: &Context<'_>, ty: &ComplexType) -> Vec<AttributeGroupId> {
    if cx.attribute_group_items.is_empty() {
        return Vec::new();
    }
    let (mut all, mut at) = (ty.attribute_groups.clone(), ty.base);
    for _ in 0..cx.model.types.len() {
        match cx.ty(at) {
            Some(Type::Complex(base)) if base.base != at => {
                // The groups of the base come first, as its attributes do.
                all.splice(0..0, base.attribute_groups.iter().copied());
                at = base.base;
            }
            _ => break,
        }
    }
    all
}

/// Divides attribute uses into those of groups that have a struct, and the others.
pub(super) fn parts<'m>(cx: &Context<'m>, groups: &[AttributeGroupId], uses: impl Iterator<Item = &'m AttributeUse> + Clone) -> Parts<'m> {
    let mut left: HashMap<AttributeId, &AttributeUse> = uses.clone().map(|said| (said.attribute, said)).collect();
    let mut out = Parts::default();
    for id in groups.iter().filter(|id| cx.attribute_group_items.contains_key(id)) {
        let Some(group) = cx.model.attribute_groups.get(id.index()) else { continue };
        if group.attributes.iter().all(|inner| left.get(&inner.attribute) == Some(&inner)) {
            for inner in &group.attributes {
                left.remove(&inner.attribute);
            }
            out.groups.push(*id);
        }
    }
    out.own = uses.filter(|said| left.contains_key(&said.attribute)).collect();
    out
}

/// Returns the fields of the structs of attribute groups.
pub(super) fn fields(cx: &mut Context<'_>, parts: &Parts<'_>, namer: &mut Namer) -> Vec<Field> {
    let mut found = Vec::new();
    for id in &parts.groups {
        let (Some(group), Some(item)) = (cx.model.attribute_groups.get(id.index()), cx.attribute_group_items.get(id).copied()) else {
            continue;
        };
        let name = namer.container().name(cx.prefix(group.name.namespace), &group.name.local);
        found.push((cx.lexicon.field(&group.name.local), Step::Part(PartKind::AttributeGroup, Label::Name(name)), item));
    }
    namer.reserve(cx, found.iter().map(|(name, step, _)| Added { name: name.clone(), step: step.clone() }));
    let mut out = Vec::new();
    for (name, step, item) in found {
        let field = Field::new("", Occurs::One, Ty::Item(item), Wire::Flatten { required: false, deref: false });
        let mut field = namer.unnamed(cx, &name, step, field);
        field.docs = cx.item(item).map(|item| item.docs.clone()).unwrap_or_default();
        out.push(field);
    }
    out
}
