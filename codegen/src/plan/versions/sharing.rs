//! Finds the types of a version that are the same for Rust and for XML as a type of the version before, and makes them that type.
//!
//! Enumerations and value types are texts: they are shared whatever the namespaces are. A complex type has a table of qualified names, which belong to the
//! namespaces of its schema set. It is shared only if both schema sets have the same namespaces with the same prefixes, so that the codec reads and
//! writes it as a type of either of them, and if all types in it are shared too.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Item, ItemId, ROOT, RustIr, StepIr, VersionIr};
use crate::plan::{features, particles, slice};

use super::matching::Matching;
use super::same::{Judge, has_same_rules, is_same_text};

type Shared = BTreeMap<ItemId, ItemId>;

/// Marks the items of the newer version that the older one has too, and returns both.
pub(super) fn plan(older: &VersionIr, newer: &mut RustIr, matching: &Matching, complex: bool) -> Shared {
    let mut shared = texts(&older.ir, newer, matching);
    if complex && has_same_namespaces(&older.ir, newer) && has_same_rules(&older.ir, newer) {
        let found = of_complex(&older.ir, newer, matching, &shared);
        if !found.is_empty() {
            newer.root.earlier = Some(older.name.clone());
        }
        shared.extend(found);
    }
    for (old, new) in &shared {
        let (Some(a), Some(b)) = (older.ir.items.get(old.index()), newer.items.get_mut(new.index())) else { continue };
        b.earlier = Some(a.earlier.clone().unwrap_or_else(|| path(older, a)));
        b.picture = None;
    }
    if newer.root.earlier.is_some() {
        slice::statics(newer);
        particles::prune(newer);
        features::imports(newer);
    }
    shared
}

/// Returns the types whose values are texts.
fn texts(older: &RustIr, newer: &RustIr, matching: &Matching) -> Shared {
    let same = |(old, new): &&(ItemId, ItemId)| match (older.items.get(old.index()), newer.items.get(new.index())) {
        (Some(a), Some(b)) => is_same_text(a, b),
        _ => false,
    };
    matching.types.iter().filter(same).copied().collect()
}

/// Returns whether the codec reads and writes a document of one schema set in the same way as one of the other, if the types are the same.
fn has_same_namespaces(older: &RustIr, newer: &RustIr) -> bool {
    let (a, b) = (&older.root, &newer.root);
    let settings = |ir: &RustIr| (ir.root.trim_text, ir.root.undeclared_prefixes, ir.root.blank_if_missing, ir.root.visibility);
    let has_features = |ir: &RustIr| ir.modules.iter().any(|module| module.feature.is_some());
    let texts = a.default_namespace == b.default_namespace && a.secret_parameters == b.secret_parameters;
    let same = a.namespaces == b.namespaces && texts && settings(older) == settings(newer);
    same && !has_features(older) && !has_features(newer)
}

/// Returns the types with a table: all that are the same, except those that refer to a type that is not the same.
fn of_complex(older: &RustIr, newer: &RustIr, matching: &Matching, texts: &Shared) -> Shared {
    let judge = Judge::new(older, newer);
    let mut found = Shared::new();
    let mut users: BTreeMap<(ItemId, ItemId), Vec<ItemId>> = BTreeMap::new();
    for (old, new) in &matching.types {
        let Some(needs) = judge.same(*old, *new) else { continue };
        found.insert(*old, *new);
        needs.into_iter().for_each(|pair| users.entry(pair).or_default().push(*old));
    }
    let is_shared = |found: &Shared, (old, new): (ItemId, ItemId)| found.get(&old).or(texts.get(&old)) == Some(&new);
    let mut gone: Vec<(ItemId, ItemId)> = users.keys().copied().filter(|pair| !is_shared(&found, *pair)).collect();
    while let Some(pair) = gone.pop() {
        for user in users.remove(&pair).into_iter().flatten() {
            gone.extend(found.remove(&user).map(|new| (user, new)));
        }
    }
    found
}

/// Returns whether a conversion of one step is a conversion of another one, because the types of both are shared.
pub(super) fn is_ambiguous(versions: &[VersionIr], steps: &[StepIr]) -> bool {
    let path_of = |version: &VersionIr, id: ItemId| {
        let item = version.ir.items.get(id.index())?;
        Some(item.earlier.clone().unwrap_or_else(|| path(version, item)))
    };
    let mut seen = BTreeSet::new();
    for ((old, new), step) in versions.iter().zip(versions.iter().skip(1)).zip(steps) {
        for (from, to, list) in [(old, new, &step.up), (new, old, &step.down)] {
            let types = list.iter().filter_map(|conversion| conversion.types);
            let mut paths = types.filter_map(|(a, b)| Some((path_of(from, a)?, path_of(to, b)?)));
            if paths.any(|pair| pair.0 == pair.1 || !seen.insert(pair)) {
                return true;
            }
        }
    }
    false
}

/// Returns the path of an item from the root of the versions.
fn path(version: &VersionIr, item: &Item) -> Vec<String> {
    let mut out = vec![item.name.clone()];
    let mut at = item.module;
    while at != ROOT && out.len() <= version.ir.modules.len() {
        let Some(module) = version.ir.modules.get(at.index()) else { break };
        out.push(module.name.clone());
        at = module.parent;
    }
    out.push(version.name.clone());
    out.reverse();
    out
}
