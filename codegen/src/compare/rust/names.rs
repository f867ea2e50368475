//! Finds the Rust names that were generated from a component.

use std::collections::HashMap;

use super::surface::{fields, item_path, module_paths};
use crate::compare::{ComponentPath, GlobalKind};
use crate::ir::{DocumentVariant, Field, Item, ItemKind, RustIr, Wire};
use crate::model::ElementId;

/// The Rust names of the components of a schema set.
pub(in crate::compare) struct Names {
    /// By the path of the component as documentation shows it.
    paths: HashMap<String, Vec<String>>,
    /// The fields and variants of an element declaration: types derived by extension repeat those of their base.
    elements: HashMap<ElementId, Vec<String>>,
}

impl Names {
    pub(in crate::compare) fn of(ir: &RustIr) -> Self {
        let mut names = Names { paths: HashMap::new(), elements: HashMap::new() };
        let modules = module_paths(ir);
        for item in &ir.items {
            names.item(item, &item_path(&modules, item));
        }
        for DocumentVariant { field, .. } in &ir.root.document {
            if let Wire::Name(wire) = &field.wire {
                let path = ComponentPath::global(GlobalKind::Element, wire.prefix.clone(), wire.local.clone());
                names.add(path.to_string(), format!("Document::{}", field.name));
            }
        }
        names
    }

    /// Returns the names for a component: the field or variant of an element, the item of its type.
    pub(in crate::compare) fn of_path(&self, path: &ComponentPath) -> Vec<String> {
        // A global element has a variant of `Document` too, which a type of the same name does not have.
        let root = (path.kind == GlobalKind::Element && path.steps.is_empty()).then(|| self.paths.get(&path.to_string())).flatten();
        self.paths.get(&path.shown()).into_iter().chain(root).flatten().cloned().collect()
    }

    /// Returns the fields and variants of an element.
    pub(in crate::compare) fn of_element(&self, id: ElementId) -> &[String] {
        self.elements.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    fn item(&mut self, item: &Item, path: &str) {
        self.add(item.component.clone(), path.to_owned());
        for field in fields(item) {
            self.field(field, path, &item.component);
        }
        match &item.kind {
            ItemKind::Enumeration(planned) => {
                for variant in &planned.variants {
                    self.add(format!("{}/={}", item.component, variant.value), format!("{path}::{}", variant.name));
                }
            }
            ItemKind::Struct(planned) => {
                for field in &planned.attributes {
                    if let Wire::Name(name) = &field.wire {
                        self.add(format!("{}/@{}", item.component, name.local), format!("{path}::{}", field.name));
                    }
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, field: &Field, path: &str, component: &str) {
        let name = format!("{path}::{}", field.name);
        if let (Some(id), Wire::Name(wire)) = (field.element, &field.wire) {
            self.elements.entry(id).or_default().push(name.clone());
            self.add(format!("{component}/{}", wire.local), name);
        }
    }

    fn add(&mut self, component: String, rust: String) {
        self.paths.entry(component).or_default().push(rust);
    }
}
