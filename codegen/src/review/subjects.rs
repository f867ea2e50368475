//! The components that Rust items, fields and variants were generated from, and which items use which.

use std::collections::HashMap;

use crate::compare::rust::{fields, item_path, module_paths};
use crate::compare::{ChangeKind, Comparison, Subject};
use crate::ir::{Field, Item, ItemId, ItemKind, NamedFacets, Origin, ROOT, RustIr, Ty, WireName};
use crate::model::{ComponentPath, ElementId};

/// What is known about the Rust names of one side.
pub(super) struct Subjects<'i> {
    ir: &'i RustIr,
    /// The components, by Rust path.
    components: HashMap<String, String>,
    items: HashMap<String, ItemId>,
    paths: Vec<String>,
    /// The types of fields and variants, by Rust path.
    types: HashMap<String, &'i Ty>,
    /// The prefix and the URI of the namespace of each module, by its path.
    namespaces: HashMap<String, (&'i str, &'i str)>,
    /// The modules that a Cargo feature enables.
    features: HashMap<&'i str, Vec<String>>,
    /// The declarations of fields, by Rust path.
    declared: HashMap<String, Declared>,
    is_old: bool,
}

/// A declaration of an element, and whether it is one of the old side.
pub(super) type Declared = (bool, ElementId);

impl<'i> Subjects<'i> {
    pub(super) fn of(ir: &'i RustIr, is_old: bool) -> Self {
        let modules = module_paths(ir);
        let paths = ir.items.iter().map(|item| item_path(&modules, item)).collect();
        let mut out = Subjects {
            ir,
            components: HashMap::new(),
            items: HashMap::new(),
            paths,
            types: HashMap::new(),
            namespaces: HashMap::new(),
            features: HashMap::new(),
            declared: HashMap::new(),
            is_old,
        };
        let module = |item: &Item| modules.get(item.module.index()).cloned().unwrap_or_default();
        for (index, item) in ir.items.iter().enumerate() {
            let id = ItemId(u32::try_from(index).unwrap_or(u32::MAX));
            out.item(id, item, &module(item));
        }
        for (index, path) in modules.iter().enumerate() {
            out.module(index, path.trim_end_matches("::"));
        }
        for variant in &ir.root.document {
            out.types.insert(format!("Document::{}", variant.field.name), &variant.field.ty);
            if let crate::ir::Wire::Name(wire) = &variant.field.wire {
                out.component(format!("Document::{}", variant.field.name), of_name(wire));
            }
        }
        out
    }

    /// Returns the component of a Rust path, as documentation shows it.
    pub(super) fn component_of(&self, path: &str) -> Option<&str> {
        self.components.get(path).map(String::as_str)
    }

    /// Returns the namespace of a module, as prefix and URI.
    pub(super) fn namespace(&self, module: &str) -> Option<(&'i str, &'i str)> {
        self.namespaces.get(module.split("::").next().unwrap_or_default()).copied()
    }

    /// Returns the modules that a Cargo feature enables.
    pub(super) fn feature(&self, name: &str) -> &[String] {
        self.features.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the type of a field or a variant.
    pub(super) fn type_of(&self, member: &str) -> Option<&'i Ty> {
        self.types.get(member).copied()
    }

    /// Returns the declaration of a field.
    pub(super) fn element_of(&self, member: &str) -> Option<Declared> {
        self.declared.get(member).copied()
    }

    /// Returns the declarations of fields, each with a component that was generated from it.
    pub(super) fn declarations(&self) -> impl Iterator<Item = (Declared, &str)> {
        self.declared.iter().filter_map(|(path, declared)| Some((*declared, self.component_of(path)?)))
    }

    /// Returns the item with this path.
    pub(super) fn item_of(&self, path: &str) -> Option<ItemId> {
        self.items.get(path).copied()
    }

    pub(super) fn path_of(&self, id: ItemId) -> &str {
        self.paths.get(id.index()).map_or("", String::as_str)
    }

    pub(super) fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Returns the items that each item uses.
    pub(super) fn uses(&self) -> Vec<Vec<ItemId>> {
        self.ir.items.iter().map(used).collect()
    }

    fn component(&mut self, path: String, component: String) {
        self.components.entry(path).or_insert(component);
    }

    fn item(&mut self, id: ItemId, item: &'i Item, module: &str) {
        let path = self.path_of(id).to_owned();
        self.items.insert(path.clone(), id);
        self.component(path.clone(), item.component.clone());
        for field in fields(item) {
            self.field(field, &path, &item.component);
        }
        let mut facets = |named: &NamedFacets| self.component(format!("{module}{}", named.name), item.component.clone());
        match &item.kind {
            ItemKind::Alias(planned) => planned.facets.iter().for_each(facets),
            ItemKind::Union(planned) => {
                facets(&planned.facets);
                for member in &planned.members {
                    self.member(&path, &member.name, member.path.as_ref());
                    self.types.insert(format!("{path}::{}", member.name), &member.ty);
                }
            }
            ItemKind::Struct(planned) => {
                let model = planned.model.iter().map(|model| format!("{module}{}", model.name));
                model.for_each(|name| self.component(name, item.component.clone()));
            }
            ItemKind::Enumeration(planned) => {
                for variant in &planned.variants {
                    self.component(format!("{path}::{}", variant.name), format!("{}/={}", item.component, variant.value));
                }
            }
            ItemKind::Polymorphic(planned) => {
                for derived in planned.base.iter().chain(&planned.derived) {
                    self.component(format!("{path}::{}", derived.name), of_name(&derived.wire));
                    self.types.insert(format!("{path}::{}", derived.name), &derived.ty);
                }
            }
            ItemKind::Choice(_) => {
                let model = item.complex.iter().filter_map(|ty| ty.model.as_ref()).map(|model| format!("{module}{}", model.name));
                model.for_each(|name| self.component(name, item.component.clone()));
            }
            ItemKind::Group(_) | ItemKind::Value(_) => {}
        }
    }

    fn field(&mut self, field: &'i Field, path: &str, component: &str) {
        let name = format!("{path}::{}", field.name);
        self.types.insert(name.clone(), &field.ty);
        if let Some(id) = field.element {
            self.declared.insert(name.clone(), (self.is_old, id));
        }
        match (&field.path, &field.wire) {
            (Some(own), _) => self.component(name, own.shown()),
            (None, crate::ir::Wire::Name(wire)) => self.component(name, format!("{component}/{}", wire.local)),
            _ => {}
        }
    }

    fn member(&mut self, path: &str, name: &str, component: Option<&ComponentPath>) {
        component.into_iter().for_each(|component| self.component(format!("{path}::{name}"), component.shown()));
    }

    fn module(&mut self, index: usize, path: &str) {
        let Some(module) = self.ir.modules.get(index) else { return };
        match &module.origin {
            Some(Origin::Namespace { prefix, uri }) => drop(self.namespaces.insert(path.to_owned(), (prefix, uri))),
            Some(Origin::Component(component)) => self.component(path.to_owned(), component.shown()),
            None => {}
        }
        for facets in &module.facets {
            let name = if index == ROOT.index() { facets.name.clone() } else { format!("{path}::{}", facets.name) };
            facets.definition.name.iter().for_each(|component| self.component(name.clone(), component.clone()));
        }
        for old in &module.deprecated {
            self.component(format!("{path}::{}", old.name), old.path.shown());
        }
        module.feature.iter().for_each(|feature| self.features.entry(feature).or_default().push(path.to_owned()));
    }
}

/// Returns the old name of each module whose namespace was renamed, by the new one.
pub(super) fn renamed_modules(comparison: &Comparison, old: &RustIr, new: &RustIr) -> HashMap<String, String> {
    let of = |ir: &RustIr, wanted: &str| {
        let is = |origin: &Option<Origin>| matches!(origin, Some(Origin::Namespace { uri, .. }) if uri == wanted);
        ir.modules.iter().find(|module| is(&module.origin)).map(|module| module.name.clone())
    };
    let renamed =
        comparison.changes.iter().filter(|change| change.kind == ChangeKind::Renamed && matches!(change.subject, Subject::Namespace(_)));
    renamed.filter_map(|change| Some((of(new, change.after.as_deref()?)?, of(old, change.before.as_deref()?)?))).collect()
}

fn of_name(name: &WireName) -> String {
    if name.prefix == "none" { name.local.clone() } else { format!("{}:{}", name.prefix, name.local) }
}

/// Returns the item in a type.
pub(super) fn item_in(ty: &Ty) -> Option<ItemId> {
    match ty {
        Ty::Item(id) => Some(*id),
        Ty::Boxed(inner) | Ty::Nillable(inner) | Ty::MaybeNil(inner) | Ty::List(inner) | Ty::XsiBox(inner) | Ty::XsiTyped(inner) => {
            item_in(inner)
        }
        Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_) => None,
    }
}

/// Returns the items that an item uses.
fn used(item: &Item) -> Vec<ItemId> {
    let more: Vec<&Ty> = match &item.kind {
        ItemKind::Union(planned) => planned.members.iter().map(|member| &member.ty).collect(),
        ItemKind::Polymorphic(planned) => planned.base.iter().chain(&planned.derived).map(|derived| &derived.ty).collect(),
        ItemKind::Alias(planned) => vec![&planned.ty],
        _ => Vec::new(),
    };
    fields(item).map(|field| &field.ty).chain(more).filter_map(item_in).collect()
}
