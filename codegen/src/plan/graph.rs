//! The references between planned items, which decide what a slice contains.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use super::features::{file_of, of_facets, of_simple};
use crate::ir::{Facets, Field, ItemId, ItemKind, ModuleId, NamedType, RustIr, Ty, WireName};
use crate::model::ElementId;

/// The references between items.
pub(super) struct Graph<'c> {
    ir: &'c RustIr,
    /// The items that the statics of each file refer to.
    statics: HashMap<(ModuleId, &'c str), Vec<ItemId>>,
    /// The enums of substitution groups, each with the head of the group.
    heads: HashMap<ItemId, ElementId>,
    /// The nearest base of an item that is an item too, if strict mode checks derivations.
    bases: HashMap<ItemId, ItemId>,
}

impl<'c> Graph<'c> {
    pub(super) fn new(cx: &'c Context<'_>) -> Self {
        let ir = &cx.ir;
        let mut statics = HashMap::new();
        for (id, module) in (0..).map(ModuleId).zip(&ir.modules) {
            for facets in &module.facets {
                let mut out = Vec::new();
                of_simple(&facets.definition, &mut out);
                statics.insert((id, facets.name.as_str()), out);
            }
        }
        Graph {
            ir,
            statics,
            heads: cx.head_items.iter().map(|(element, item)| (*item, *element)).collect(),
            bases: bases(&ir.root.rules.types),
        }
    }

    /// Returns the items that can be reached from these.
    ///
    /// A variant for a derived type, or for a member of a substitution group, is kept if its type is reachable in another way. Only if an enum of
    /// a substitution group would have no variant, all its variants are kept.
    pub(super) fn reachable(&self, roots: Vec<ItemId>) -> HashSet<ItemId> {
        let mut kept = HashSet::new();
        let mut pending = roots;
        loop {
            while let Some(id) = pending.pop() {
                if kept.insert(id) {
                    pending.extend(self.targets(id));
                }
            }
            let empty = self.heads.keys().filter(|head| kept.contains(*head)).filter_map(|head| self.arms(*head));
            let empty = empty.filter(|arms| !arms.iter().any(|arm| stays(&arm.ty, &kept)));
            pending.extend(empty.flatten().filter_map(|arm| arm.ty.item()));
            if pending.is_empty() {
                return kept;
            }
        }
    }

    fn arms(&self, id: ItemId) -> Option<&'c [Field]> {
        match &self.ir.items.get(id.index())?.kind {
            ItemKind::Choice(arms) => Some(arms),
            _ => None,
        }
    }

    /// Returns the items that an item refers to.
    fn targets(&self, id: ItemId) -> Vec<ItemId> {
        let Some(item) = self.ir.items.get(id.index()) else { return Vec::new() };
        let file = file_of(self.ir, item.module);
        let mut out: Vec<ItemId> = self.bases.get(&id).copied().into_iter().collect();
        match &item.kind {
            ItemKind::Struct(planned) => planned.fields().for_each(|field| out.extend(self.of_field(file, field))),
            ItemKind::Group(fields) | ItemKind::Choice(fields) => {
                // Of the variants for a substitution group, only that of its head counts.
                let head = self.heads.get(&id);
                let counts = |field: &&Field| head.is_none() || field.element.as_ref() == head;
                fields.iter().filter(counts).for_each(|field| out.extend(self.of_field(file, field)));
            }
            ItemKind::Union(planned) => {
                out.extend(planned.members.iter().filter_map(|member| member.ty.item()));
                of_simple(&planned.facets.definition, &mut out);
            }
            ItemKind::Polymorphic(planned) => out.extend(planned.base.as_ref().and_then(|base| base.ty.item())),
            ItemKind::Alias(alias) => {
                out.extend(alias.ty.item());
                alias.facets.iter().for_each(|facets| of_simple(&facets.definition, &mut out));
            }
            ItemKind::Enumeration(_) | ItemKind::Value(_) => {}
        }
        out
    }

    /// Collects the items that facets refer to, directly or through a static of the file.
    pub(super) fn of_named(&self, file: ModuleId, facets: &Facets, out: &mut Vec<ItemId>) {
        match facets {
            Facets::Named(name) => out.extend(self.statics.get(&(file, name.as_str())).into_iter().flatten()),
            other => of_facets(other, out),
        }
    }

    /// Returns the items that a field refers to.
    pub(super) fn of_field(&self, file: ModuleId, field: &Field) -> Vec<ItemId> {
        let mut out: Vec<ItemId> = field.ty.item().into_iter().collect();
        if let Some(facets) = &field.facets {
            self.of_named(file, facets, &mut out);
        }
        out
    }

    /// Returns the items that refer to these, directly or through others, and these.
    pub(super) fn referring(&self, items: Vec<ItemId>) -> HashSet<ItemId> {
        let mut sources: HashMap<ItemId, Vec<ItemId>> = HashMap::new();
        for (id, _) in (0..).map(ItemId).zip(&self.ir.items) {
            for target in self.targets(id) {
                sources.entry(target).or_default().push(id);
            }
        }
        let (mut found, mut pending) = (HashSet::new(), items);
        while let Some(id) = pending.pop() {
            if found.insert(id) {
                pending.extend(sources.get(&id).into_iter().flatten());
            }
        }
        found
    }
}

/// Returns the nearest base with an item for each item that has one.
fn bases(types: &[NamedType]) -> HashMap<ItemId, ItemId> {
    let by_name: HashMap<&WireName, &NamedType> = types.iter().map(|ty| (&ty.name, ty)).collect();
    let mut out = HashMap::new();
    for ty in types {
        let Some(item) = ty.item else { continue };
        let mut base = ty.base.as_ref().and_then(|name| by_name.get(name));
        // The chain ends, because derivations have no cycles; the limit is for damaged data.
        for _ in 0..types.len() {
            match base {
                Some(found) if found.item.is_none() => base = found.base.as_ref().and_then(|name| by_name.get(name)),
                _ => break,
            }
        }
        out.extend(base.and_then(|found| found.item).map(|base| (item, base)));
    }
    out
}

/// Returns whether a type needs no item, or an item that is kept.
pub(super) fn stays(ty: &Ty, kept: &HashSet<ItemId>) -> bool {
    ty.item().is_none_or(|item| kept.contains(&item))
}
