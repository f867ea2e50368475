//! Finds the types of a version that are the same for Rust and for XML as a type of the version before, and makes them that type.
//!
//! Only types whose values are texts are shared: enumerations and value types. A complex type has a table of qualified names, which belong to the
//! namespaces of its own schema set.

use std::collections::BTreeMap;

use crate::ir::{Enumeration, Item, ItemId, ItemKind, RustIr, VersionIr};

use super::matching::Matching;

/// Marks the items of the newer version that the older one has too, and returns both.
pub(super) fn plan(older: &VersionIr, newer: &mut RustIr, matching: &Matching) -> BTreeMap<ItemId, ItemId> {
    let mut shared = BTreeMap::new();
    for (old, new) in &matching.types {
        let (Some(a), Some(b)) = (older.ir.items.get(old.index()), newer.items.get_mut(new.index())) else { continue };
        if is_same(a, b) {
            b.earlier = Some(a.earlier.clone().unwrap_or_else(|| path(older, a)));
            shared.insert(*old, *new);
        }
    }
    shared
}

/// Returns whether two items are the same type. The documentation may differ.
fn is_same(a: &Item, b: &Item) -> bool {
    let same = match (&a.kind, &b.kind) {
        (ItemKind::Enumeration(a), ItemKind::Enumeration(b)) => values(a).eq(values(b)),
        (ItemKind::Value(a), ItemKind::Value(b)) => a == b,
        _ => false,
    };
    same && a.name == b.name && a.derives == b.derives
}

fn values(enumeration: &Enumeration) -> impl Iterator<Item = (&str, &str)> {
    enumeration.variants.iter().map(|variant| (variant.name.as_str(), variant.value.as_str()))
}

/// Returns the path of an item from the root of the versions.
fn path(version: &VersionIr, item: &Item) -> Vec<String> {
    let mut out = vec![item.name.clone()];
    let mut at = item.module;
    while at != crate::ir::ROOT && out.len() <= version.ir.modules.len() {
        let Some(module) = version.ir.modules.get(at.index()) else { break };
        out.push(module.name.clone());
        at = module.parent;
    }
    out.push(version.name.clone());
    out.reverse();
    out
}
